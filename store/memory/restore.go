package memory

import (
	"context"
	"iter"
	"maps"
	"reflect"
	"slices"

	"github.com/rabta/rabta/graph"
)

var _ graph.Restorer = (*Store)(nil)

// Restore is graph.Restorer's.
func (s *Store) Restore(ctx context.Context, feed iter.Seq2[graph.Change, error]) error {
	last := graph.Sequence(0)
	for c, err := range feed {
		if err == nil {
			err = s.checkOpen(ctx)
		}
		if err == nil {
			err = s.log.restore(&c)
		}
		if err != nil {
			return err
		}
		last = c.Sequence
	}
	return s.log.complete(last)
}

// restore appends a change, or checks that it is the one that is there.
func (l *log) restore(c *graph.Change) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch n := graph.Sequence(len(l.commits)); {
	case n > 0 && !l.incomplete:
		return graph.NotEmpty(n)
	case c.Sequence == n+1:
		l.incomplete = true
		return l.take(c)
	case c.Sequence == 0 || c.Sequence > n:
		return graph.OtherLog(c.Sequence)
	default:
		e, _ := restoredEntry(c)
		if !reflect.DeepEqual(e, l.commits[c.Sequence-1]) {
			return graph.OtherLog(c.Sequence)
		}
	}
	return nil
}

// take appends a change.
func (l *log) take(c *graph.Change) error {
	for _, r := range c.Redacts {
		if r.Commit == 0 || r.Commit >= c.Sequence {
			return graph.Unburied(c.Sequence, r)
		}
		if was := l.commits[r.Commit-1].change(); !slices.Contains(was.Gone(), r) {
			return graph.Unburied(c.Sequence, r)
		}
	}
	e, b := restoredEntry(c)
	l.append(e)
	l.known.Note(b)
	if c.Origin != nil || l.merged != nil {
		m := l.catchUp()
		maps.Copy(l.known, m.Held(m.Touched()))
	}
	return nil
}

// restoredEntry is the commit of a change, and its batch.
func restoredEntry(c *graph.Change) (entry, *graph.Batch) {
	b := &graph.Batch{
		ID: c.Batch, Clearance: c.Writer, Actor: c.Actor, Reason: c.Reason,
		Sources: c.Sources, Entities: c.Entities, Claims: c.Claims,
	}
	e := newEntry(c.Numbers, c.Recorded, c.Content, b)
	e.tombstones, e.redacts, e.unsaid = slices.Clone(c.Tombstones), slices.Clone(c.Redacts), c.Unsaid
	e.origin = c.Origin
	return e, b
}

// complete ends a restore whose last commit is given.
func (l *log) complete(last graph.Sequence) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := graph.Sequence(len(l.commits)); l.incomplete && last > 0 && n > last {
		return graph.OtherLog(n)
	} else if last > 0 {
		l.incomplete = false
	}
	return nil
}
