package backup

import (
	"context"
	"fmt"
	"iter"

	"github.com/rabta/rabta/graph"
)

// Restore gives a store the log of a file up to one commit; 0 is all. All of the file is
// read and verified before the store counts as complete. The store must hold nothing, or
// what an earlier Restore of the file left there. The error is one of Changes or of
// graph.Restorer, or an ErrInvalid when the file ends before the commit. A store that is a
// graph.Receiver gets the id of the log.
func Restore(ctx context.Context, r *Reader, s graph.Restorer, to graph.Sequence) (Summary, error) {
	if to > r.Header.Last {
		return Summary{}, graph.Invalid("OUT_OF_RANGE", "to",
			fmt.Sprintf("the last commit of the backup is %d", r.Header.Last), "write that or less")
	}
	if to == 0 {
		to = r.Header.Last
	}
	var done Summary
	if exchanges, ok := s.(graph.Receiver); ok && r.Header.Log != "" {
		if err := exchanges.Adopt(ctx, r.Header.Log); err != nil {
			return Summary{}, err
		}
	}
	if err := s.Restore(ctx, r.upTo(to, &done)); err != nil {
		return Summary{}, err
	}
	return done, nil
}

// upTo yields the commits up to one, reads the others, and says what it yielded.
func (r *Reader) upTo(to graph.Sequence, done *Summary) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		for c, err := range r.Changes() {
			if err == nil && c.Sequence > to {
				continue
			}
			if !yield(c, err) || err != nil {
				return
			}
			if c.Sequence == to {
				*done = r.summary
				_, done.Digest, _ = seal(r.digest, end{to})
			}
		}
	}
}
