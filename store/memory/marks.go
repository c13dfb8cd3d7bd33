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

// lines yields, in order, the records of entities that may say what one of some claims says.
func (l *log) lines(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
	places, err := l.lineIndex.Places(ids, placeOf(len(l.commits), 0), func(place uint64) iter.Seq2[graph.Placed, error] {
		first, _ := splitPlace(place)
		return l.placedFrom(first, func(p *graph.Placed) bool { return p.Entity != nil })
	})
	return func(yield func(graph.Placed, error) bool) {
		if err != nil {
			yield(graph.Placed{}, err)
			return
		}
		for _, place := range places {
			at, _ := splitPlace(place)
			c := l.commits[at].change()
			for _, p := range c.Records() {
				if p.Place = placeOf(at, int(p.Place)); p.Place == place && p.Entity != nil && !yield(p, nil) {
					return
				}
			}
		}
	}
}

// placed yields, in order, the records that are to be kept.
func (l *log) placed(keep func(*graph.Placed) bool) iter.Seq2[graph.Placed, error] {
	return l.placedFrom(0, keep)
}

// placedFrom yields those from a commit on.
func (l *log) placedFrom(first int, keep func(*graph.Placed) bool) iter.Seq2[graph.Placed, error] {
	return func(yield func(graph.Placed, error) bool) {
		for i := first; i < len(l.commits); i++ {
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
