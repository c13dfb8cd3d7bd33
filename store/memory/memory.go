// Package memory keeps the log of commits in the process: for tests and trials.
// What it holds is gone when the process ends.
package memory

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
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
		id: newID(), batches: map[batchKey]int{}, known: graph.Known{}, now: time.Now,
	}}
}

// log is what the handles on one store share.
type log struct {
	mu        sync.RWMutex
	id        string // of the store, among those that exchange
	commits   []entry
	batches   map[batchKey]int // index in commits
	known     graph.Known
	lineIndex graph.LineIndex
	now       func() time.Time
	// incomplete is set while a Restore has not ended.
	incomplete bool
	// merged is the log as far as it was merged with others; nil where it never was.
	merged *merge.Log
}

// batchKey is what is unique of a batch: its id, for writers of one clearance.
type batchKey struct {
	id     string
	writer graph.Marking
}

// entry is a commit. Records are kept in their canonical form, so that nobody
// holds a part of the log.
type entry struct {
	graph.Commit
	batchKey
	content, actor, reason string
	origin                 *graph.Origin // nil for what the store recorded itself
	sources                []record
	entities               []record
	claims                 []record
	tombstones             []graph.Tombstone
	redacts                []graph.Redacted
	unsaid                 string
}

// record is a record in its canonical form, with what the store knows of it.
type record struct {
	body []byte
	seal graph.Seal
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
	to, err := graph.Settle(b, graph.Log{
		Known: l.needed(&b), Head: last, Holder: l.holder, Records: l.records, Lines: l.lines, Redacted: l.redacted,
	})
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
	l.mark(to.Marked)
	c := l.append(newEntry(to.Numbers, recorded, to.Content, &to.Fresh))
	l.known.Note(&to.Fresh)
	maps.Copy(l.known, to.Held)
	c.Notices = to.Notices
	if len(to.Marked) > 0 && l.isMerged() { // what is held then is not by the order of this log
		m := l.catchUp()
		maps.Copy(l.known, m.Held(m.Touched()))
	}
	return c, nil
}

// needed is what is known of what a normalised batch needs.
func (l *log) needed(b *graph.Batch) graph.Known {
	k := graph.Known{}
	for _, id := range b.Needs() {
		if held, ok := l.known[id]; ok {
			k[id] = held
		}
	}
	return k
}

// append adds a commit. The ids of the batches of other stores are their own.
func (l *log) append(e entry) graph.Commit {
	if e.origin == nil {
		l.batches[e.batchKey] = len(l.commits)
	}
	l.commits = append(l.commits, e)
	return e.Commit
}

// newEntry is the commit of all that is in a batch.
func newEntry(n graph.Numbers, recorded time.Time, content string, b *graph.Batch) entry {
	e := entry{
		Commit: graph.Commit{
			Sequence: n.At(b.Clearance), Numbers: n, RecordedAt: recorded,
			Sources: len(b.Sources), Entities: len(b.Entities), Claims: len(b.Claims),
		},
		batchKey: batchKey{b.ID, b.Clearance}, content: content, actor: b.Actor, reason: b.Reason,
	}
	for i := range b.Sources {
		r := &b.Sources[i]
		e.sources = append(e.sources, record{graph.Encode(r), r.Seal})
	}
	for i := range b.Entities {
		r := &b.Entities[i]
		e.entities = append(e.entities, record{graph.Encode(r), r.Seal})
	}
	for i := range b.Claims {
		r := &b.Claims[i]
		e.claims = append(e.claims, record{graph.Encode(r), r.Seal})
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

// holder is the commit that holds an id for writers of a clearance; nil when none does.
func (l *log) holder(id string, writer graph.Marking) (*graph.Holder, error) {
	at, ok := l.batches[batchKey{id, writer}]
	if !ok {
		return nil, nil
	}
	e := &l.commits[at]
	return &graph.Holder{Numbers: e.Numbers, RecordedAt: e.RecordedAt, Content: e.content}, nil
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
		Sequence: e.Numbers.At(graph.Red), Numbers: e.Numbers, Writer: e.writer, Recorded: e.RecordedAt,
		Batch: e.id, Content: e.content, Actor: e.actor, Reason: e.reason, Origin: e.origin,
		Sources: decoded[graph.Source](e.sources), Entities: decoded[graph.Entity](e.entities),
		Claims: decoded[graph.Claim](e.claims), Tombstones: slices.Clone(e.tombstones),
		Redacts: slices.Clone(e.redacts), Unsaid: e.unsaid,
	}
	for i := range c.Sources {
		c.Sources[i].Seal = e.sources[i].seal
	}
	for i := range c.Entities {
		c.Entities[i].Seal = e.entities[i].seal
	}
	for i := range c.Claims {
		c.Claims[i].Seal = e.claims[i].seal
		c.Claims[i].Sequence, c.Claims[i].RecordedAt = c.Sequence, c.Recorded
	}
	return c
}

func decoded[R any](list []record) []R {
	out := make([]R, len(list))
	for i, r := range list {
		var err error
		if out[i], err = graph.Decode[R](r.body); err != nil {
			panic("memory: a record that was encoded cannot be decoded: " + err.Error())
		}
	}
	return out
}
