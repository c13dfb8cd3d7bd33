package neo4j

import (
	"context"
	"iter"

	"github.com/rabta/rabta/graph"
)

const (
	cypherHead = `MATCH (h:Head {id: 1}) RETURN h.seq, h.safe, h.restoring`
	// A commit becomes visible piece by piece, the counter perhaps before the
	// claims that it counts; the lock is released when all of it is. So whoever
	// gets the lock may read up to the counter.
	cypherAwaitCommits = `MATCH (h:Head {id: 1}) SET h.lock = true SET h.safe = h.seq RETURN h.seq, h.restoring`
)

// Head is graph.Store's.
func (s *Store) Head(ctx context.Context) (graph.Sequence, error) {
	seq, visible, err := s.counter(ctx)
	if err == nil && !visible {
		seq, err = s.awaitCommits(ctx)
	}
	if err != nil {
		return 0, s.failed(ctx, "read the head", err)
	}
	return graph.Sequence(seq), nil
}

// counter reads the number of the last commit, and whether all of it is visible.
func (s *Store) counter(ctx context.Context) (seq int64, visible bool, err error) {
	if s.inDoubt.Load() {
		return 0, false, nil
	}
	err = s.read(ctx, "head", func(t tx) error {
		r, err := one(ctx, t, cypherHead, nil)
		if err == nil && r.truth(2) {
			err = graph.Incomplete("read the head")
		}
		if err == nil {
			seq = r.int(0)
			visible = seq == r.int(1) || uint64(seq) <= s.acked.Load()
		}
		return err
	})
	return seq, visible, err
}

// awaitCommits waits for the commits that are under way.
func (s *Store) awaitCommits(ctx context.Context) (seq int64, err error) {
	inDoubt := s.inDoubt.Swap(false)
	err = s.write(ctx, "await commits", func(t tx) error {
		r, err := one(ctx, t, cypherAwaitCommits, nil)
		if err == nil && r.truth(1) {
			err = graph.Incomplete("read the head")
		}
		if err == nil {
			seq = r.int(0)
		}
		return err
	})
	if err != nil && inDoubt {
		s.inDoubt.Store(true)
	}
	return seq, err
}

// page is a run of commits as they come from the database.
type page struct {
	changes []graph.Change
	err     error
}

// Changes is graph.Store's. It reads one page ahead of the caller and holds no
// transaction while the caller works.
func (s *Store) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	head, err := s.Head(ctx)
	if err != nil {
		return func(yield func(graph.Change, error) bool) { yield(graph.Change{}, err) }
	}
	return s.changesBetween(ctx, since, head)
}

// changesBetween yields the commits after since, up to head, all of which must be visible.
func (s *Store) changesBetween(ctx context.Context, since, head graph.Sequence) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		reading, cancel := context.WithCancel(ctx)
		pages := make(chan page)
		go s.readAhead(reading, since, head, pages)
		defer func() {
			cancel()
			for range pages { // until the reader has ended
			}
		}()
		at := since
		for p := range pages {
			for i := range p.changes {
				if err := s.endReason(ctx); err != nil {
					yield(graph.Change{}, err)
					return
				}
				if !yield(p.changes[i], nil) {
					return
				}
				at = p.changes[i].Sequence
			}
			if p.err != nil {
				yield(graph.Change{}, p.err)
				return
			}
		}
		if at < head {
			yield(graph.Change{}, ctx.Err())
		}
	}
}

// endReason is why a feed ends though there is more: the store was closed, or the
// context ended.
func (s *Store) endReason(ctx context.Context) error {
	if ctx.Err() == nil && s.closed.Load() {
		return s.failed(ctx, "read changes", errClosed)
	}
	return ctx.Err()
}

// readAhead sends pages up to head, then closes the channel. It ends early with
// an error or with ctx.
func (s *Store) readAhead(ctx context.Context, at, head graph.Sequence, pages chan<- page) {
	defer close(pages)
	for at < head {
		changes, err := s.page(ctx, at, head)
		select {
		case pages <- page{changes, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
		at = changes[len(changes)-1].Sequence
	}
}
