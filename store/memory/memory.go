// Package memory keeps the log of commits in the process: for tests and trials.
// What it holds is gone when the process ends.
package memory

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
)

// Store is a graph.Store in memory.
type Store struct {
	log    *log
	closed atomic.Bool
}

var _ graph.Store = (*Store)(nil)

// New is a store that holds nothing.
func New() *Store {
	return &Store{log: &log{
		batches: map[string]int{},
		known: graph.Known{
			Entities: map[graph.ID]graph.EntityState{},
			Sources:  map[graph.ID]graph.RecordState{},
			Claims:   map[graph.ID]bool{},
		},
		now: time.Now,
	}}
}

// log is what the handles on one store share.
type log struct {
	mu      sync.RWMutex
	commits []entry
	batches map[string]int // index in commits
	known   graph.Known
	now     func() time.Time
	// incomplete is set while a Restore has not ended.
	incomplete bool
}

// entry is a commit. Records are kept in their canonical form, so that nobody
// holds a part of the log.
type entry struct {
	graph.Commit
	batch, content, actor, reason string
	sources                       [][]byte
	entities                      [][]byte
	claims                        [][]byte
}

// checkOpen reports why a call cannot begin.
func (s *Store) checkOpen(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.closed.Load() {
		return fmt.Errorf("the store is closed: %w", graph.ErrUnavailable)
	}
	return nil
}

// Close is graph.Store's.
func (s *Store) Close() error {
	s.closed.Store(true)
	return nil
}

// Apply is graph.Store's.
func (s *Store) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	if err := s.checkOpen(ctx); err != nil {
		return graph.Commit{}, err
	}
	b = b.Normalised()
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	if err := s.checkOpen(ctx); err != nil { // it may have waited
		return graph.Commit{}, err
	}
	return s.log.apply(b)
}

func (l *log) apply(b graph.Batch) (graph.Commit, error) {
	if l.incomplete {
		return graph.Commit{}, graph.Incomplete("apply")
	}
	last := l.last()
	to, err := graph.Settle(b, graph.Log{Known: l.known, Head: last, Holder: l.holder})
	if err != nil {
		return graph.Commit{}, err
	}
	if to.Replay != nil {
		return *to.Replay, nil
	}
	recorded := l.now().UTC().Truncate(time.Microsecond)
	if recorded.Before(last.RecordedAt) {
		recorded = last.RecordedAt
	}
	fresh := &to.Fresh
	return l.append(last.Sequence+1, recorded, to.Content, fresh), nil
}

// append adds a commit with all that is in a batch.
func (l *log) append(n graph.Sequence, recorded time.Time, content string, b *graph.Batch) graph.Commit {
	e := newEntry(n, recorded, content, b)
	l.note(b)
	l.batches[b.ID] = len(l.commits)
	l.commits = append(l.commits, e)
	return e.Commit
}

// newEntry is the commit of all that is in a batch.
func newEntry(n graph.Sequence, recorded time.Time, content string, b *graph.Batch) entry {
	e := entry{
		Commit: graph.Commit{
			Sequence: n, RecordedAt: recorded,
			Sources: len(b.Sources), Entities: len(b.Entities), Claims: len(b.Claims),
		},
		batch: b.ID, content: content, actor: b.Actor, reason: b.Reason,
	}
	for i := range b.Sources {
		e.sources = append(e.sources, graph.Encode(&b.Sources[i]))
	}
	for i := range b.Entities {
		e.entities = append(e.entities, graph.Encode(&b.Entities[i]))
	}
	for i := range b.Claims {
		e.claims = append(e.claims, graph.Encode(&b.Claims[i]))
	}
	return e
}

// last is the last commit; zero when there is none.
func (l *log) last() graph.Commit {
	if n := len(l.commits); n > 0 {
		return l.commits[n-1].Commit
	}
	return graph.Commit{}
}

// holder is the commit that holds an id; nil when none does.
func (l *log) holder(id string) (*graph.Holder, error) {
	at, ok := l.batches[id]
	if !ok {
		return nil, nil
	}
	e := &l.commits[at]
	return &graph.Holder{Sequence: e.Sequence, RecordedAt: e.RecordedAt, Content: e.content}, nil
}

// note keeps what later batches are checked against.
func (l *log) note(b *graph.Batch) {
	for i := range b.Sources {
		r := &b.Sources[i]
		l.known.Sources[r.ID] = graph.RecordState{Digest: graph.Digest(r)}
	}
	for i := range b.Entities {
		r := &b.Entities[i]
		l.known.Entities[r.ID] = graph.EntityState{Digest: graph.Digest(r), Kind: r.Kind}
	}
	for i := range b.Claims {
		r := &b.Claims[i]
		l.known.Claims[r.ID] = true
		if r.Predicate == graph.Retracts {
			l.known.Claims[r.Subject] = false
		}
	}
}

// Head is graph.Store's.
func (s *Store) Head(ctx context.Context) (graph.Sequence, error) {
	if err := s.checkOpen(ctx); err != nil {
		return 0, err
	}
	s.log.mu.RLock()
	defer s.log.mu.RUnlock()
	if s.log.incomplete {
		return 0, graph.Incomplete("read the head")
	}
	return graph.Sequence(len(s.log.commits)), nil
}

// Changes is graph.Store's.
func (s *Store) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	s.log.mu.RLock()
	commits, incomplete := s.log.commits, s.log.incomplete // entries are never changed
	s.log.mu.RUnlock()
	return func(yield func(graph.Change, error) bool) {
		err := s.checkOpen(ctx)
		if err == nil && incomplete {
			err = graph.Incomplete("read changes")
		}
		if err != nil {
			yield(graph.Change{}, err)
			return
		}
		for i := since; i < graph.Sequence(len(commits)); i++ {
			if err := s.checkOpen(ctx); err != nil {
				yield(graph.Change{}, err)
				return
			}
			if !yield(commits[i].change(), nil) {
				return
			}
		}
	}
}

// change decodes an entry: every reader gets records of its own.
func (e *entry) change() graph.Change {
	c := graph.Change{
		Sequence: e.Sequence, Recorded: e.RecordedAt,
		Batch: e.batch, Content: e.content, Actor: e.actor, Reason: e.reason,
		Sources: decoded[graph.Source](e.sources), Entities: decoded[graph.Entity](e.entities),
		Claims: decoded[graph.Claim](e.claims),
	}
	for i := range c.Claims {
		c.Claims[i].Sequence, c.Claims[i].RecordedAt = c.Sequence, c.Recorded
	}
	return c
}

func decoded[R any](list [][]byte) []R {
	out := make([]R, len(list))
	for i, body := range list {
		var err error
		if out[i], err = graph.Decode[R](body); err != nil {
			panic("memory: a record that was encoded cannot be decoded: " + err.Error())
		}
	}
	return out
}
