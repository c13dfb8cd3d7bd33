package memory

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
)

var _ graph.Redactor = (*Store)(nil)

// Redact is graph.Redactor's.
func (s *Store) Redact(ctx context.Context, r graph.Redaction) (graph.Commit, error) {
	if err := s.checkOpen(ctx); err != nil {
		return graph.Commit{}, err
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	if s.log.incomplete {
		return graph.Commit{}, graph.Incomplete("redact")
	}
	return s.log.redact(&r)
}

func (l *log) redact(r *graph.Redaction) (graph.Commit, error) {
	to, err := r.Settle(graph.RedactionLog{
		Head: l.last(), Records: l.records,
		Where: func(place uint64) (graph.Sequence, int, error) {
			commit, n := splitPlace(place)
			return graph.Sequence(commit) + 1, n, nil
		},
		Commit: func(n graph.Sequence) (graph.Change, error) { return l.commits[n-1].change(), nil },
	}, l.now().UTC().Truncate(time.Microsecond))
	if err != nil {
		return graph.Commit{}, err
	}
	l.catchUp().Bury(&to)
	return l.bury(&to), nil
}

// bury writes what is to become of the log by a redaction.
func (l *log) bury(to *graph.Burial) graph.Commit {
	l.merged = nil
	edit := l.edit()
	for _, b := range slices.Backward(to.Buried) { // so that the places before it stay
		edit(int(b.Commit) - 1).bury(b.Tombstone)
	}
	for _, r := range to.Change.Redacts {
		if r.Place == graph.WhatItSaid {
			l.silence(edit, r.Commit)
		}
	}
	maps.Copy(l.known, to.Held)
	for id, held := range to.Held {
		if len(held) == 0 {
			delete(l.known, id)
		}
	}
	e, _ := restoredEntry(&to.Change)
	e.Buried = len(to.Buried)
	return l.append(e)
}

// bury puts a tombstone in the place of a record.
func (e *entry) bury(t graph.Tombstone) {
	n := t.Place
	for _, other := range e.tombstones {
		if other.Place < t.Place {
			n--
		}
	}
	switch {
	case n < len(e.sources):
		e.sources = slices.Delete(e.sources, n, n+1)
	case n < len(e.sources)+len(e.entities):
		n -= len(e.sources)
		e.entities = slices.Delete(e.entities, n, n+1)
	default:
		n -= len(e.sources) + len(e.entities)
		e.claims = slices.Delete(e.claims, n, n+1)
	}
	e.tombstones = append(e.tombstones, t)
	slices.SortFunc(e.tombstones, func(a, b graph.Tombstone) int { return a.Place - b.Place })
}

// silence takes out what a commit says of itself, also where tombstones that it made say it.
func (l *log) silence(edit func(commit int) *entry, n graph.Sequence) {
	e := edit(int(n) - 1)
	c := e.change()
	delete(l.batches, e.batchKey)
	e.unsaid, e.actor, e.reason, e.id = c.SaidDigest(), "", "", graph.Silenced(n)
	l.batches[e.batchKey] = int(n) - 1
	for i := range l.commits[:n] {
		if slices.ContainsFunc(l.commits[i].tombstones, func(t graph.Tombstone) bool { return t.By == n }) {
			made := edit(i).tombstones
			for k := range made {
				if made[k].By == n {
					made[k].Reason = ""
				}
			}
		}
	}
}

// redacted are the digests of the tombstones.
func (l *log) redacted() (map[string]graph.Marking, error) {
	out := map[string]graph.Marking{}
	for i := range l.commits {
		for _, t := range l.commits[i].tombstones {
			t.AddTo(out)
		}
		if o := l.commits[i].origin; o != nil {
			for _, t := range o.Tombstones {
				t.AddTo(out)
			}
		}
	}
	return out, nil
}
