package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/rabta/rabta/graph"
)

const headSQL = `SELECT ifnull(max(sequence), 0) FROM commits`

// Head is graph.Store's.
func (s *Store) Head(ctx context.Context) (head graph.Sequence, err error) {
	if err := s.beginCall(ctx); err != nil {
		return 0, err
	}
	defer s.endCall()
	if err := errors.Join(s.checkFiles(ctx), s.checkFrozen()); err != nil {
		return 0, err
	}
	if err := s.readers.QueryRowContext(ctx, headSQL).Scan(&head); err != nil {
		return 0, s.failed(ctx, "read the head", err)
	}
	return head, s.checkRestored(ctx, s.readers, "read the head")
}

// Changes is graph.Store's. It reads a page at a time and holds no connection
// while the caller works, so a slow caller keeps nothing from being tidied up.
func (s *Store) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	head, err := s.Head(ctx)
	return func(yield func(graph.Change, error) bool) {
		if err != nil {
			yield(graph.Change{}, err)
			return
		}
		if since >= head {
			return
		}
		older, err := s.readOlder(ctx, head)
		if err != nil {
			yield(graph.Change{}, err)
			return
		}
		at := cursor{sequence: since}
		if older != nil {
			at = cursor{} // seals come of all that is before
		}
		s.changes(ctx, at, since, head, older, yield)
	}
}

// changes yields the commits after since up to the head, from a cursor on. older seals
// those of a file of an older version.
func (s *Store) changes(
	ctx context.Context, at cursor, since, head graph.Sequence, older *graph.Older, yield func(graph.Change, error) bool,
) {
	for at.sequence < head {
		page, err := s.page(ctx, &at, head)
		for i := range page {
			if page[i].Numbers == (graph.Numbers{}) {
				older.Seal(&page[i])
			}
			if page[i].Sequence > since && !yield(page[i], nil) {
				return
			}
		}
		if err != nil {
			yield(graph.Change{}, err)
			return
		}
	}
}

// cursor is where a reader of the log stands.
type cursor struct {
	sequence graph.Sequence
	digest   []byte // of that commit; nil when it was not read
}

// A page is this many records at most, or one commit.
const (
	pageRecords = 4_000
	pageCommits = 1_000
)

// page reads the commits after a cursor and moves it. With an error it returns
// the commits before the one that could not be read.
func (s *Store) page(ctx context.Context, at *cursor, head graph.Sequence) ([]graph.Change, error) {
	if err := s.beginCall(ctx); err != nil {
		return nil, err
	}
	defer s.endCall()
	q, done, err := s.snapshot(ctx)
	if err != nil {
		return nil, s.failed(ctx, "read commits", err)
	}
	defer done()
	if err := s.loadDigest(ctx, q, at); err != nil {
		return nil, err
	}
	commits, err := s.entries(ctx, q, at.sequence, head, pageCommits)
	if err != nil {
		return nil, s.failed(ctx, "read commits", err)
	}
	marked, err := s.marked(ctx, q)
	if err != nil {
		return nil, s.failed(ctx, "read commits", err)
	}
	made, err := s.madeGone(ctx, q)
	if err != nil {
		return nil, s.failed(ctx, "read commits", err)
	}
	if err := s.checkFiles(ctx); err != nil {
		return nil, err
	}
	out := make([]graph.Change, 0, len(commits))
	for i := range commits {
		c := &commits[i]
		if c.sequence != at.sequence+1 || c.fault(at.digest) != "" || !c.inForce(marked) || !made.all(&c.Change) {
			return out, s.damaged(ctx, at.sequence+1)
		}
		out = append(out, c.Change)
		*at = cursor{c.sequence, c.digest}
	}
	if len(out) == 0 {
		return nil, s.damaged(ctx, at.sequence+1)
	}
	return out, nil
}

// snapshot is what a page is read from: one moment of a file that another process may
// bring up to date meanwhile.
func (s *Store) snapshot(ctx context.Context) (q queryer, done func(), err error) {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	return tx, func() { _ = tx.Rollback() }, nil
}

const digestSQL = `SELECT digest FROM commits WHERE sequence = ?`

// loadDigest fills in the digest of the commit at the cursor.
func (s *Store) loadDigest(ctx context.Context, q queryer, at *cursor) error {
	if at.sequence == 0 || at.digest != nil {
		return nil
	}
	err := q.QueryRowContext(ctx, digestSQL, at.sequence).Scan(&at.digest)
	if errors.Is(err, sql.ErrNoRows) {
		return s.damaged(ctx, at.sequence)
	}
	if err != nil {
		return s.failed(ctx, "read a commit", err)
	}
	return nil
}
