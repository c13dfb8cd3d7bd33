package backup

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/rabta/rabta/graph"
)

// Summary says what a backup holds.
type Summary struct {
	// Last is the number of its last commit; the first is 1.
	Last graph.Sequence `json:"last"`
	// Sources, Entities and Claims count records, each as often as it was recorded.
	Sources  int `json:"sources"`
	Entities int `json:"entities"`
	Claims   int `json:"claims"`
	// Redacted counts the records that were redacted.
	Redacted int `json:"redacted,omitempty"`
	// Digest is over all of it: the same for two stores that hold the same log.
	Digest string `json:"digest"`
}

func (s *Summary) add(c *graph.Change) {
	s.Last = c.Sequence
	s.Sources, s.Entities, s.Claims = s.Sources+len(c.Sources), s.Entities+len(c.Entities), s.Claims+len(c.Claims)
	s.Redacted += len(c.Tombstones)
}

// Options say what to write.
type Options struct {
	// Program and Store are Header's.
	Program, Store string
	// Log is the id of the log among those that are exchanged, if the store has one.
	Log string
	// To is the last commit to write; 0 is the head.
	To graph.Sequence
}

// Write writes the log of a store up to one commit, while others go on writing to the
// store. A log that is damaged is not written past the place. The error is one of those of
// a Store, an ErrInvalid when the store holds nothing or not so much, or one of w.
func Write(ctx context.Context, w io.Writer, s graph.Store, o Options) (Summary, error) {
	last, err := lastOf(ctx, s, o.To)
	if err != nil {
		return Summary{}, err
	}
	packed := gzip.NewWriter(w)
	out := &writer{w: bufio.NewWriterSize(packed, 1<<16)}
	out.line("", Header{
		Format: formatName, Version: formatVersion, Program: o.Program, Store: o.Store,
		Created: time.Now().UTC().Truncate(time.Second), Log: o.Log, Last: last,
	})
	summary, digest := Summary{}, ""
	for c, err := range s.Changes(ctx, 0) {
		if err != nil {
			return Summary{}, err
		}
		digest = out.line(digest, commitOf(&c))
		if summary.add(&c); c.Sequence == last || out.err != nil {
			break
		}
	}
	if out.err == nil && summary.Last != last {
		return Summary{}, fmt.Errorf("read the log: %w: it ends at commit %d, before %d; look at the store with rabta check",
			graph.ErrUnavailable, summary.Last, last)
	}
	summary.Digest = out.line(digest, end{last})
	return summary, out.close(packed)
}

// lastOf is the commit up to which a backup goes.
func lastOf(ctx context.Context, s graph.Store, to graph.Sequence) (graph.Sequence, error) {
	head, err := s.Head(ctx)
	switch {
	case err != nil:
		return 0, err
	case head == 0:
		return 0, graph.Invalid("EMPTY_STORE", "store", "it holds nothing", "name the store that is in use")
	case to > head:
		return 0, graph.Invalid("OUT_OF_RANGE", "to", fmt.Sprintf("the last commit of the store is %d", head), "write that or less")
	case to > 0:
		return to, nil
	}
	return head, nil
}

// writer writes lines until one fails.
type writer struct {
	w   *bufio.Writer
	err error
}

// line writes a value's line and returns its digest.
func (w *writer) line(before string, v any) (digest string) {
	if w.err != nil {
		return ""
	}
	text, digest, err := seal(before, v)
	if err == nil {
		_, err = w.w.Write(text)
	}
	w.err = err
	return digest
}

func (w *writer) close(packed *gzip.Writer) error {
	for _, finish := range []func() error{w.w.Flush, packed.Close} {
		if w.err == nil {
			w.err = finish()
		}
	}
	return w.err
}
