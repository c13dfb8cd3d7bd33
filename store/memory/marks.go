package memory

import (
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// placeOf is where a record stands: its commit, and its place in that.
func placeOf(commit, record int) uint64 { return uint64(commit)<<32 | uint64(record) }

// records yields, in order, the records that have one of some ids or name one.
func (l *log) records(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
	return func(yield func(graph.Placed, error) bool) {
		for i := range l.commits {
			c := l.commits[i].change()
			for n, p := range c.Records() {
				p.Place = placeOf(i, n)
				if slices.ContainsFunc(p.Mentions(), func(id graph.ID) bool { return ids[id] }) && !yield(p, nil) {
					return
				}
			}
		}
	}
}

// mark gives records their new markings. Readers of the log have the old entries: those
// that change are made anew.
func (l *log) mark(marked []graph.Marked) {
	if len(marked) == 0 {
		return
	}
	l.commits = slices.Clone(l.commits)
	copied := map[uint64]bool{}
	for _, m := range marked {
		at := m.Place >> 32
		e := &l.commits[at]
		if !copied[at] {
			e.sources, e.entities, e.claims = slices.Clone(e.sources), slices.Clone(e.entities), slices.Clone(e.claims)
			copied[at] = true
		}
		e.record(int(m.Place & (1<<32 - 1))).seal.InForce = m.InForce
	}
}

// record is a record of the commit by its place.
func (e *entry) record(n int) *record {
	switch {
	case n < len(e.sources):
		return &e.sources[n]
	case n < len(e.sources)+len(e.entities):
		return &e.entities[n-len(e.sources)]
	}
	return &e.claims[n-len(e.sources)-len(e.entities)]
}
