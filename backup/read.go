package backup

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/rabta/rabta/graph"
)

// FaultError is a place where a file is not what was written. It is an ErrInvalid.
type FaultError struct {
	// Line is the line of the unpacked file, from 1.
	Line int
	// Commit is the commit that should stand there; 0 for the header and the end.
	Commit  graph.Sequence
	Message string
	Remedy  string
}

func (e *FaultError) Error() string {
	where := fmt.Sprintf("line %d", e.Line)
	if e.Commit > 0 {
		where += fmt.Sprintf(" (commit %d)", e.Commit)
	}
	return fmt.Sprintf("%s: %s; %s", where, e.Message, e.Remedy)
}

// Is makes errors.Is(err, graph.ErrInvalid) true.
func (e *FaultError) Is(target error) bool { return target == graph.ErrInvalid }

// Reader reads a file once, from its first line to its last.
type Reader struct {
	// Header is what the file says of itself.
	Header Header

	in      *bufio.Reader
	older   *graph.Older // for a file of a version without stamps
	line    int
	digest  string // of the line before
	last    graph.Change
	batches map[batchKey]bool
	summary Summary
}

// batchKey is what is unique of a batch: its id, for writers of one clearance.
type batchKey struct {
	id     string
	writer graph.Marking
}

// Open reads the header of a file. What is no backup, or one of a newer version, is a
// *FaultError. A file of a version without stamps is read to its end first, for they depend
// on that; it must be an io.Seeker.
func Open(r io.Reader) (*Reader, error) {
	out, err := open(r)
	if err != nil || out.Header.Version >= stampVersion {
		return out, err
	}
	start, ok := r.(io.Seeker)
	if !ok {
		return nil, out.fault("a file of this version is read twice, and what is piped is read once",
			"name a file")
	}
	older := graph.NewOlder()
	for c, err := range out.Changes() {
		if err != nil {
			return nil, err
		}
		older.Note(&c)
	}
	if _, err := start.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if out, err = open(r); err == nil {
		out.older = older
	}
	return out, err
}

func open(r io.Reader) (*Reader, error) {
	out := &Reader{in: bufio.NewReaderSize(r, 1<<16), batches: map[batchKey]bool{}}
	if start, _ := out.in.Peek(2); bytes.Equal(start, []byte{0x1f, 0x8b}) {
		packed, err := gzip.NewReader(out.in)
		if err != nil {
			out.line = 1
			return nil, out.foreign()
		}
		out.in = bufio.NewReaderSize(packed, 1<<16)
	}
	if err := out.header(); err != nil {
		return nil, err
	}
	return out, nil
}

// header reads the first line. What a newer version wrote is told by its version, however
// it may be sealed.
func (r *Reader) header() error {
	line, err := r.next()
	if err != nil {
		return err
	}
	var of struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	switch err := json.Unmarshal(line, &of); {
	case err != nil && bytes.Contains(line, []byte(formatName)):
		return r.damaged()
	case err != nil || of.Format != formatName:
		return r.foreign()
	case of.Version > formatVersion:
		return r.fault(fmt.Sprintf("the file is of version %d, and this rabta reads those up to %d", of.Version, formatVersion),
			"use the rabta that wrote it, or a newer one")
	}
	body, _, ok := unseal("", line)
	if ok {
		r.Header, err = graph.Decode[Header](body)
	}
	if !ok || err != nil {
		return r.damaged()
	}
	return nil
}

// Changes yields the commits of the file, each once it is known to be what was written,
// and ends after the last line was read. An error ends it: a *FaultError, or one of the
// reader's. It can be ranged over once.
func (r *Reader) Changes() iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		for r.summary.Last < r.Header.Last {
			c, err := r.commit()
			if !yield(c, err) || err != nil {
				return
			}
		}
		if err := r.end(); err != nil {
			yield(graph.Change{}, err)
		}
	}
}

// Verify reads a file to its end. The error is nil when all of it is what was written.
func Verify(in io.Reader) (Header, Summary, error) {
	r, err := open(in)
	if err != nil {
		return Header{}, Summary{}, err
	}
	for _, err := range r.Changes() {
		if err != nil {
			return r.Header, Summary{}, err
		}
	}
	return r.Header, r.summary, nil
}

// commit reads the line of the next commit.
func (r *Reader) commit() (graph.Change, error) {
	line, err := r.next()
	if err != nil {
		return graph.Change{}, err
	}
	body, digest, ok := unseal(r.digest, line)
	if !ok {
		return graph.Change{}, r.damaged()
	}
	c, err := graph.Decode[commit](body)
	if err != nil {
		return graph.Change{}, r.fault("it is sealed, and this rabta cannot read it", "use the rabta that wrote it")
	}
	out := c.change()
	if r.older != nil {
		r.older.Seal(&out)
	}
	key := batchKey{out.Batch, out.Writer}
	if !out.Fits() {
		return graph.Change{}, r.fault("it is sealed, and its tombstones are in places that it does not have",
			"it was not written by rabta; restore another backup")
	}
	own := out.Origin == nil // the ids of others are their own
	if own && r.batches[key] || out.Sequence != r.last.Sequence+1 || out.Recorded.Before(r.last.Recorded) {
		return graph.Change{}, r.fault("it is sealed, and its number, time or id does not follow the line before",
			"it was not written by rabta; restore another backup")
	}
	if r.digest = digest; own {
		r.batches[key] = true
	}
	r.last = graph.Change{Sequence: out.Sequence, Recorded: out.Recorded}
	r.summary.add(&out)
	return out, nil
}

// end reads the last line, behind which nothing may stand.
func (r *Reader) end() error {
	line, err := r.next()
	if err != nil {
		return err
	}
	body, digest, ok := unseal(r.digest, line)
	if !ok {
		return r.damaged()
	}
	if e, err := graph.Decode[end](body); err != nil || e.Commits != r.Header.Last {
		return r.fault("it does not end where its first line says", "it was put together by hand; restore another backup")
	}
	r.line++
	switch _, err := r.in.ReadByte(); {
	case err == nil:
		return r.fault("there is more behind the end", "it was put together by hand; restore another backup")
	case err != io.EOF:
		return r.unreadable(err)
	}
	r.summary.Digest = digest
	return nil
}

// next reads a line, without its end.
func (r *Reader) next() ([]byte, error) {
	r.line++
	line, err := r.in.ReadBytes('\n')
	if err == nil {
		return line[:len(line)-1], nil
	}
	return nil, r.unreadable(err)
}

// unreadable says why the line cannot be read: the file was cut or is damaged, or it is
// not the file's fault.
func (r *Reader) unreadable(err error) error {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	switch {
	case r.line == 1 && err == io.EOF:
		return r.foreign()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return r.fault("the file ends here, and more was written", "it was cut; restore another backup")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), corrupt:
		return r.damaged()
	}
	return fmt.Errorf("line %d: %w", r.line, err)
}

func (r *Reader) fault(message, remedy string) error {
	e := &FaultError{Line: r.line, Message: message, Remedy: remedy}
	if r.line > 1 && graph.Sequence(r.line)-1 <= r.Header.Last {
		e.Commit = graph.Sequence(r.line) - 1
	}
	return e
}

func (r *Reader) damaged() error {
	return r.fault("it is not what was written", "the file is damaged or was edited; restore another backup")
}

func (r *Reader) foreign() error {
	return r.fault("it is not the beginning of a backup", "name a file that rabta backup wrote")
}
