package memory

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

var _ graph.Receiver = (*Store)(nil)

func newID() string {
	id := make([]byte, 16)
	_, _ = rand.Read(id) // which never fails
	return hex.EncodeToString(id)
}

// ID is graph.Receiver's.
func (s *Store) ID(ctx context.Context) (string, error) {
	if err := s.checkOpen(ctx); err != nil {
		return "", err
	}
	s.log.mu.RLock()
	defer s.log.mu.RUnlock()
	return s.log.id, nil
}

// Adopt is graph.Receiver's.
func (s *Store) Adopt(ctx context.Context, id string) error {
	if err := s.checkOpen(ctx); err != nil {
		return err
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	if n := graph.Sequence(len(s.log.commits)); n > 0 && id != s.log.id {
		return graph.NotEmpty(n)
	}
	s.log.id = id
	return nil
}

// Receive is graph.Receiver's.
func (s *Store) Receive(ctx context.Context, c graph.Change) (graph.Commit, error) {
	if err := s.checkOpen(ctx); err != nil {
		return graph.Commit{}, err
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	if err := s.checkOpen(ctx); err != nil { // it may have waited
		return graph.Commit{}, err
	}
	return s.log.receive(c)
}

func (l *log) receive(c graph.Change) (graph.Commit, error) {
	if l.incomplete {
		return graph.Commit{}, graph.Incomplete("receive")
	}
	last, m := l.last(), l.catchUp()
	recorded := l.now().UTC().Truncate(time.Microsecond)
	if recorded.Before(last.RecordedAt) {
		recorded = last.RecordedAt
	}
	c.Recorded = recorded
	if len(c.Origin.Tombstones) > 0 {
		if to, ok := m.TakeOver(c); ok {
			return l.bury(&to), nil
		}
		return graph.Commit{Sequence: last.Numbers.At(c.Writer), Numbers: last.Numbers, RecordedAt: last.RecordedAt, Replayed: true}, nil
	}
	to, ok, err := m.Receive(c, placesOf(len(l.commits)))
	if err != nil || !ok {
		return graph.Commit{Sequence: last.Numbers.At(c.Writer), Numbers: last.Numbers, RecordedAt: last.RecordedAt, Replayed: true}, err
	}
	l.mark(to.Marked)
	e := newEntry(to.Numbers, recorded, "", &to.Fresh)
	e.origin = to.Origin
	done := l.append(e)
	maps.Copy(l.known, to.Held)
	return done, nil
}

// isMerged reports whether the log holds what others recorded.
func (l *log) isMerged() bool {
	return slices.ContainsFunc(l.commits, func(e entry) bool { return e.origin != nil })
}

// catchUp is the log to be merged with others, as it stands.
func (l *log) catchUp() *merge.Log {
	begins := l.merged == nil
	if begins {
		l.merged = merge.NewLog(l.id)
	}
	for n := int(l.merged.Head()); n < len(l.commits); n++ {
		l.merged.Add(l.commits[n].change(), placesOf(n))
	}
	if begins {
		l.merged.Agree(merge.InForce)
	}
	return l.merged
}

// placesOf are the places of the records of a commit.
func placesOf(commit int) func(i int) uint64 {
	return func(i int) uint64 { return placeOf(commit, i) }
}
