package memory

import (
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// placeOf is where a record stands: its commit, and its place in that.
func placeOf(commit, record int) uint64 { return uint64(commit)<<32 | uint64(record) }

func splitPlace(place uint64) (commit, record int) { return int(place >> 32), int(place & (1<<32 - 1)) }

// records yields, in order, the records that have one of some ids or name one.
func (l *log) records(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
	return l.placed(func(p *graph.Placed) bool {
		return slices.ContainsFunc(p.Mentions(), func(id graph.ID) bool { return ids[id] })
	})
}

// lines yields, in order, the records of entities.
func (l *log) lines() iter.Seq2[graph.Placed, error] {
	return l.placed(func(p *graph.Placed) bool { return p.Entity != nil })
}

// placed yields, in order, the records that are to be kept.
func (l *log) placed(keep func(*graph.Placed) bool) iter.Seq2[graph.Placed, error] {
	return func(yield func(graph.Placed, error) bool) {
		for i := range l.commits {
			c := l.commits[i].change()
			for _, p := range c.Records() {
				p.Place = placeOf(i, int(p.Place))
				if keep(&p) && !yield(p, nil) {
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
	edit := l.edit()
	for _, m := range marked {
		at, n := splitPlace(m.Place)
		edit(at).record(n).seal.InForce = m.InForce
	}
}

// edit gives entries that may be changed: readers keep the old ones.
func (l *log) edit() func(commit int) *entry {
	l.commits = slices.Clone(l.commits)
	copied := map[int]bool{}
	return func(commit int) *entry {
		e := &l.commits[commit]
		if !copied[commit] {
			e.sources, e.entities, e.claims = slices.Clone(e.sources), slices.Clone(e.entities), slices.Clone(e.claims)
			e.tombstones = slices.Clone(e.tombstones)
			copied[commit] = true
		}
		return e
	}
}

// record is a record of the commit by its place. Tombstones keep theirs.
func (e *entry) record(n int) *record {
	before := 0
	for _, t := range e.tombstones {
		if t.Place < n {
			before++
		}
	}
	n -= before
	switch {
	case n < len(e.sources):
		return &e.sources[n]
	case n < len(e.sources)+len(e.entities):
		return &e.entities[n-len(e.sources)]
	}
	return &e.claims[n-len(e.sources)-len(e.entities)]
}
