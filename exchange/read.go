package exchange

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// Fault is something wrong with a line of a file. Path is the field in it.
type Fault struct {
	// Line counts from 1.
	Line int
	graph.Problem
}

// FaultsError says everything that is wrong with a file, in the order of its lines. It is
// an ErrInvalid, and nothing was written.
type FaultsError struct{ Faults []Fault }

func (e *FaultsError) Error() string {
	first := e.Faults[0]
	text := fmt.Sprintf("line %d: %s", first.Line, first.Problem)
	if n := len(e.Faults) - 1; n > 0 {
		text += fmt.Sprintf("; and %d more", n)
	}
	return text
}

// Is makes errors.Is(err, graph.ErrInvalid) true.
func (e *FaultsError) Is(target error) bool { return target == graph.ErrInvalid }

// File is a file that was read.
type File struct {
	Header  Header
	commits []graph.Change
	lines   []int // of commits
	Summary Summary
}

// ahead is how far ahead of here the clock of another store may be.
const ahead = 24 * time.Hour

// Read reads a file to its end, and checks the form of all that is in it. now is the time
// here. The error is a *FaultsError, or one of the reader's.
func Read(in io.Reader, now time.Time) (*File, error) {
	r := &reader{in: bufio.NewReaderSize(in, 1<<16), latest: now.Add(ahead)}
	if err := r.read(); err != nil {
		return nil, err
	}
	if len(r.faults) > 0 {
		return nil, &FaultsError{r.faults}
	}
	return &r.file, nil
}

type reader struct {
	in     *bufio.Reader
	file   File
	line   int
	latest time.Time // that a commit may have
	last   merge.Order
	faults []Fault
}

func (r *reader) fault(code, path, message, remedy string) {
	r.faults = append(r.faults, Fault{r.line, graph.Problem{Code: code, Record: -1, Path: path, Message: message, Remedy: remedy}})
}

// What to do about a file.
const (
	exportAgain = "export it again from the store that it comes from"
	nameLog     = "name a file that rabta export log.ndjson wrote"
)

func (r *reader) read() error {
	text, err := r.next()
	if err != nil || !r.header(text) {
		return err
	}
	var last end
	for done := false; !done; {
		if text, err = r.next(); err != nil {
			return err
		}
		switch {
		case text == nil:
			r.fault("CUT", "line", "the file ends here, and more was written", exportAgain)
			return nil
		case bytes.HasPrefix(text, []byte(`{"commits":`)):
			if last, err = graph.Decode[end](text); err != nil {
				r.fault("BAD_JSON", "line", "it cannot be read as the end of a log", exportAgain)
				return nil
			}
			done = true
		default:
			r.commit(text)
		}
	}
	r.end(last)
	return nil
}

// next reads a line, without its end; nil at the end of the file.
func (r *reader) next() ([]byte, error) {
	r.line++
	text, err := r.in.ReadBytes('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line %d: %w", r.line, err)
	}
	if text = bytes.TrimSpace(text); len(text) == 0 {
		return nil, nil
	}
	return text, nil
}

// header reads the first line; false where the rest is not to be read.
func (r *reader) header(text []byte) bool {
	var of struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if json.Unmarshal(text, &of) != nil || of.Format != formatName {
		r.fault("NOT_A_LOG", "format", "it is not the beginning of a log", nameLog)
		return false
	}
	if of.Version > formatVersion {
		r.fault("NEWER_LOG", "version", fmt.Sprintf("the file is of version %d, and this rabta reads those up to %d",
			of.Version, formatVersion), "use the rabta that wrote it, or a newer one")
		return false
	}
	h, err := graph.Decode[Header](text)
	if err != nil {
		r.fault("BAD_JSON", "line", "it cannot be read: "+err.Error(), exportAgain)
		return false
	}
	if r.file.Header = h; !slices.Contains(graph.Markings, h.Clearance) {
		r.fault("UNKNOWN_MARKING", "clearance", fmt.Sprintf("%.40q is no marking", h.Clearance), exportAgain)
	}
	return true
}

// commit reads the line of a commit.
func (r *reader) commit(text []byte) {
	c, err := graph.Decode[commit](text)
	if err != nil {
		r.fault("BAD_JSON", "line", "it cannot be read as a commit: "+err.Error(), exportAgain)
		return
	}
	if !r.origin(&c) || !r.sealed(&c) {
		return
	}
	r.marks(&c)
	r.tombstones(&c)
	b := graph.Batch{
		ID: c.Batch, Actor: c.Actor, Reason: c.Reason, Sources: c.Sources, Entities: slices.Clone(c.Entities), Claims: slices.Clone(c.Claims),
	}
	for i := range b.Entities {
		if e := &b.Entities[i]; len(e.Names) == 0 { // all of them are from sources that are above the clearance
			e.Names = []graph.Name{{Value: string(e.ID)}}
		}
	}
	for i := range b.Claims {
		if k := &b.Claims[i]; ofLine(k) { // it was asserted anew, by a line; only a store writes that
			k.Source = "s_line"
		}
	}
	if invalid, ok := errors.AsType[*graph.InvalidError](b.Check()); ok {
		for _, p := range invalid.Problems {
			r.faults = append(r.faults, Fault{r.line, p})
		}
	}
	for i := range c.Claims {
		if id := c.Claims[i].Normalised().ID; id != c.Claims[i].ID {
			r.fault("WRONG_ID", fmt.Sprintf("claims[%d].id", i), fmt.Sprintf("it is %q, and that of what it says is %q", c.Claims[i].ID, id), exportAgain)
		}
	}
	r.file.commits, r.file.lines = append(r.file.commits, c.change()), append(r.file.lines, r.line)
}

// ofLine reports whether a claim is one that a line of an entity stands for, and that has no
// source of its own.
func ofLine(k *graph.Claim) bool {
	if k.Source != graph.AsRecorded || k.Value == nil || !k.Predicate.Spec().Naming {
		return false
	}
	said := graph.Claim{
		Subject: k.Subject, Predicate: k.Predicate, Source: k.Source, Hedge: graph.Stated,
		Value: &graph.Value{Text: k.Value.Text, Lang: k.Value.Lang, Primary: k.Value.Primary},
	}
	return said.Normalised().ID == k.ID
}

// origin checks where a commit comes from; false where it has no place among the others.
func (r *reader) origin(c *commit) bool {
	before := len(r.faults)
	if id, err := hex.DecodeString(c.Store); err != nil || len(id) != 16 {
		r.fault("BAD_STORE_ID", "store", fmt.Sprintf("%.40q is not the id of a store", c.Store), exportAgain)
	}
	if !slices.Contains(graph.Markings, c.Writer) {
		r.fault("UNKNOWN_MARKING", "writer", fmt.Sprintf("%.40q is no marking", c.Writer), exportAgain)
	}
	at := merge.Order{Time: c.Time, Store: c.Store}
	switch {
	case c.Time.IsZero() || !c.Time.Equal(c.Time.Truncate(time.Microsecond)):
		r.fault("BAD_TIME", "time", "it is no time in microseconds", exportAgain)
	case c.Time.After(r.latest):
		r.fault("CLOCK_AHEAD", "time", fmt.Sprintf("it is %s, more than a day ahead of the clock here", c.Time.UTC().Format(time.RFC3339)),
			"set the clock here, or that of the store that recorded it; what it recorded in the future can be exchanged once that has come")
	case at.Compare(r.last) <= 0:
		r.fault("OUT_OF_ORDER", "time", "it does not come after the line before", exportAgain)
	}
	if len(r.faults) > before {
		return false
	}
	r.last = at
	return true
}

// sealed checks that every record has a stamp and a place.
func (r *reader) sealed(c *commit) bool {
	before, n := len(r.faults), len(c.Sources)+len(c.Entities)+len(c.Claims)
	if len(c.Stamps) != n || len(c.Places) != n {
		r.fault("NOT_SEALED", "stamps", fmt.Sprintf("it has %d records, %d stamps and %d places", n, len(c.Stamps), len(c.Places)), exportAgain)
		return false
	}
	for i, m := range c.Stamps {
		if !slices.Contains(graph.Markings, m) {
			r.fault("UNKNOWN_MARKING", fmt.Sprintf("stamps[%d]", i), fmt.Sprintf("%.40q is no marking", m), exportAgain)
		}
		if len(c.Places[i]) != int(m.Level())+1 || slices.Min(c.Places[i]) < 0 {
			r.fault("BAD_PLACE", fmt.Sprintf("places[%d]", i), "it is no place in a batch", exportAgain)
		}
	}
	return len(r.faults) == before
}

func (r *reader) marks(c *commit) {
	for i, m := range c.Marks {
		path := fmt.Sprintf("marks[%d]", i)
		if sum, err := hex.DecodeString(m.Record); err != nil || len(sum) != 32 {
			r.fault("BAD_DIGEST", path+".record", "it is not the digest of a record", exportAgain)
		}
		if !slices.Contains(graph.Markings, m.Stamp) || !slices.Contains(graph.Markings, m.Marking) {
			r.fault("UNKNOWN_MARKING", path, "it names no two markings", exportAgain)
		}
	}
}

func (r *reader) tombstones(c *commit) {
	for i := range c.Tombstones {
		t, path := &c.Tombstones[i], fmt.Sprintf("tombstones[%d]", i)
		for _, of := range []struct {
			field, text string
			size        int
		}{{"name", t.Name, 32}, {"digest", t.Digest, 16}, {"key", t.Key, 16}} {
			if sum, err := hex.DecodeString(of.text); (of.text != "" || of.field == "name") && (err != nil || len(sum) != of.size) {
				r.fault("BAD_DIGEST", path+"."+of.field, "it is not the digest of a record", exportAgain)
			}
		}
		markings := []graph.Marking{t.Stamp, t.InForce, t.Told}
		if t.Digest != "" {
			markings = append(markings, t.Whole)
		}
		if slices.ContainsFunc(markings, func(m graph.Marking) bool { return !slices.Contains(graph.Markings, m) }) {
			r.fault("UNKNOWN_MARKING", path, "it names no marking", exportAgain)
		}
		if !slices.Contains([]graph.RecordType{graph.SourceRecord, graph.EntityRecord, graph.ClaimRecord}, t.Type) {
			r.fault("BAD_TYPE", path+".type", fmt.Sprintf("%.40q is no source, entity or claim", t.Type), exportAgain)
		}
	}
}

// end checks that the file holds what was written, and no more.
func (r *reader) end(last end) {
	at := r.line
	text, err := r.next()
	if err != nil || text != nil {
		r.fault("MORE", "line", "there is more behind the end", exportAgain)
	}
	if r.file.Summary = summaryOf(r.file.commits, r.file.Header.Clearance); len(r.faults) > 0 {
		return
	}
	r.line = at
	if last.Commits != len(r.file.commits) || last.Digest != r.file.Summary.Digest {
		r.fault("DAMAGED", "digest", "it is not that of what the file holds", "the file is damaged or was edited; "+exportAgain)
	}
}
