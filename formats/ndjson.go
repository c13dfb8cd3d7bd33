// Package formats reads and writes rabta's material as files of many formats;
// one format a file.
package formats

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
)

// MaxLine is the greatest length of one line of canonical claims.
const MaxLine = 1 << 20

// File is what one file of canonical claims holds, and where each record stands.
type File struct {
	Name     string
	Sources  []Located[graph.Source]
	Entities []Located[graph.Entity]
	Claims   []Located[graph.Claim]
}

// Located is a record and the line that it came from.
type Located[T any] struct {
	Record T
	At     Position
}

// Position is a line of a file, from 1.
type Position struct {
	File string
	Line int
}

// maxFindings bounds how much of a hopeless file is reported.
const maxFindings = 100

// ReadClaims reads canonical claims: one JSON object a line, in any order. It
// reports every line that cannot be read, as a *FindingsError beside what could be
// read; what the lines say is checked by Join.
func ReadClaims(r io.Reader, name string) (File, error) {
	f := File{Name: name}
	var findings []Finding
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, whole, err := readLine(lines)
		if err != nil && err != io.EOF {
			return File{}, fmt.Errorf("reading %s: %w", name, err)
		}
		at := Position{name, n}
		var bad *Finding
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff")) // as some editors begin UTF-8
		}
		if !whole {
			bad = &Finding{at, "line", "TOO_LONG", fmt.Sprintf("it is longer than %d bytes", MaxLine), "shorten the record"}
		} else if line = bytes.TrimSpace(line); len(line) > 0 {
			bad = f.read(line, at)
		}
		if bad != nil && len(findings) < maxFindings {
			findings = append(findings, *bad)
		}
		if err == io.EOF {
			break
		}
	}
	if len(findings) > 0 {
		return f, &FindingsError{findings}
	}
	return f, nil
}

// readLine reads up to and with the next line end. whole is false for a line that
// is too long, which is read over.
func readLine(r *bufio.Reader) (line []byte, whole bool, err error) {
	whole = true
	for {
		part, err := r.ReadSlice('\n')
		if whole = whole && len(line)+len(part) <= MaxLine; whole {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, whole, err
		}
	}
}

func (f *File) read(line []byte, at Position) *Finding {
	if !utf8.Valid(line) {
		return &Finding{at, "line", "INVALID_UTF8", "it is not valid UTF-8", "save the file as UTF-8"}
	}
	var head struct {
		Type string `json:"type"`
	}
	err := json.Unmarshal(line, &head)
	if err != nil {
		return headFinding(err, at)
	}
	switch head.Type {
	case "source":
		err = add(&f.Sources, line, at)
	case "entity":
		err = add(&f.Entities, line, at)
	case "claim":
		err = add(&f.Claims, line, at)
	default:
		return &Finding{at, "type", "UNKNOWN_TYPE", fmt.Sprintf("%.40q is not known", head.Type), `use "source", "entity" or "claim"`}
	}
	if err == nil {
		return nil
	}
	return decodeFinding(err, line, at)
}

// Input is a batch made of files, and where each of its records stands: sources,
// then entities, then claims.
type Input struct {
	Batch graph.Batch
	At    []Position
}

// Join makes one batch of files, of any size, and checks it by itself; a record that stands in
// them twice is kept once. A claim about claims may name one of the files' own by
// its label, as "@C36". References to what a store may hold are left to the store.
// The error is a *FindingsError.
func Join(files ...File) (Input, error) {
	j := joiner{seen: map[string]bool{}}
	for _, f := range files {
		for _, s := range f.Sources {
			if j.fresh(graph.Encode(&s.Record)) {
				j.batch.Sources, j.sources = append(j.batch.Sources, s.Record), append(j.sources, s.At)
			}
		}
		for _, e := range f.Entities {
			if j.fresh(graph.Encode(&e.Record)) {
				j.batch.Entities, j.entities = append(j.batch.Entities, e.Record), append(j.entities, e.At)
			}
		}
		for _, c := range f.Claims {
			j.batch.Claims, j.claims = append(j.batch.Claims, c.Record), append(j.claims, c.At)
		}
	}
	j.resolve()
	j.once()
	in := Input{Batch: j.batch, At: append(append(append([]Position(nil), j.sources...), j.entities...), j.claims...)}
	if len(j.findings) == 0 {
		for _, part := range in.Parts(graph.MaxBatch) {
			j.findings = append(j.findings, part.Explain(part.Batch.Check())...)
		}
	}
	if len(j.findings) > 0 {
		return Input{}, &FindingsError{j.findings}
	}
	return in, nil
}

// Explain turns what is wrong with the batch, as a check or a store says it, into
// findings with the places of the records; nil for any other error.
func (in *Input) Explain(err error) []Finding {
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) {
		return nil
	}
	out := make([]Finding, 0, len(invalid.Problems))
	for _, p := range invalid.Problems {
		f := Finding{Field: p.Field(), Code: p.Code, Message: p.Message, Remedy: p.Remedy}
		switch {
		case p.Record >= 0 && p.Record < len(in.At):
			f.Position = in.At[p.Record]
		case len(in.At) > 0:
			f.File = in.At[0].File
		}
		out = append(out, f)
	}
	return out
}

type joiner struct {
	batch                     graph.Batch
	sources, entities, claims []Position
	seen                      map[string]bool
	findings                  []Finding
}

// fresh reports whether a record has not been seen.
func (j *joiner) fresh(record []byte) bool {
	if j.seen[string(record)] {
		return false
	}
	j.seen[string(record)] = true
	return true
}

// resolve replaces "@LABEL" in claims about claims by the claim's id, and checks
// ids that are given.
func (j *joiner) resolve() {
	labels := j.labels()
	for i := range j.batch.Claims {
		c := &j.batch.Claims[i]
		for _, ref := range []struct {
			field string
			id    *graph.ID
		}{{"subject", &c.Subject}, {"object", &c.Object}} {
			label, ok := strings.CutPrefix(string(*ref.id), "@")
			if !ok {
				continue
			}
			if len(labels[label]) != 1 {
				j.findings = append(j.findings, Finding{j.claims[i], ref.field, "DANGLING_REFERENCE", fmt.Sprintf("%d claims of the input have the label %.40q", len(labels[label]), label), "name one claim by a label that occurs once"})
				continue
			}
			*ref.id = labels[label][0]
		}
		if c.ID != "" && c.ID != c.Normalised().ID {
			j.findings = append(j.findings, Finding{j.claims[i], "id", "WRONG_ID", "it is not the hash of what the claim says", "leave it out"})
		}
	}
}

// labels gives the ids of the claims that have each label, each id once.
func (j *joiner) labels() map[string][]graph.ID {
	labels := map[string][]graph.ID{}
	for i := range j.batch.Claims {
		c := &j.batch.Claims[i]
		if c.Label == "" {
			continue
		}
		if id := c.Normalised().ID; !slices.Contains(labels[c.Label], id) {
			labels[c.Label] = append(labels[c.Label], id)
		}
	}
	return labels
}

// once drops claims that stand in the input twice.
func (j *joiner) once() {
	claims, at := j.batch.Claims[:0], j.claims[:0]
	for i, c := range j.batch.Claims {
		if j.fresh([]byte(c.Normalised().ID)) {
			claims, at = append(claims, c), append(at, j.claims[i])
		}
	}
	j.batch.Claims, j.claims = claims, at
}
