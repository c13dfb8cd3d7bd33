package analysis

import (
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// walk reads only what lies around the entities that the scope names.
func (b *builder) walk() error {
	var front []live.EntityRow
	for _, id := range b.scope.Around {
		row, ok := b.v.EntityRow(id)
		if !ok {
			return graph.NotFound("view.around", id)
		}
		if !b.keep[row] {
			b.keep[row] = true
			front = append(front, row)
		}
	}
	e := egoWalk{builder: b, passed: map[live.EntityRow]bool{}, seen: map[live.LinkRow]bool{}}
	for range b.scope.Depth {
		front = e.step(front)
	}
	e.boundary(front)
	b.order()
	return nil
}

// egoWalk is a walk outwards from entities. Each link and each entity is judged once.
type egoWalk struct {
	*builder
	passed map[live.EntityRow]bool // whether it passes
	seen   map[live.LinkRow]bool
}

// step takes all links of a front to entities that pass, and gives those of them
// that are new.
func (e *egoWalk) step(front []live.EntityRow) (next []live.EntityRow) {
	for _, row := range front {
		e.v.LinkSummariesOf(row, func(f live.LinkSummary) {
			other := f.Source + f.Target - row
			if !e.wanted[f.Kind] || !e.keep[other] && !e.passes(other) {
				return
			}
			if e.take(f) && !e.keep[other] {
				e.keep[other] = true
				next = append(next, other)
			}
		})
	}
	return next
}

// boundary takes the links between the entities of the last front.
func (e *egoWalk) boundary(front []live.EntityRow) {
	for _, row := range front {
		e.v.LinkSummariesOf(row, func(f live.LinkSummary) {
			if e.wanted[f.Kind] && e.keep[f.Source] && e.keep[f.Target] {
				e.take(f)
			}
		})
	}
}

// take adds a link, if it is not excluded.
func (e *egoWalk) take(f live.LinkSummary) bool {
	if e.scope.excludes(&f) {
		if !e.seen[f.Row] {
			e.excluded++
		}
		e.seen[f.Row] = true
		return false
	}
	if !e.seen[f.Row] {
		e.seen[f.Row] = true
		if len(e.parts) == 0 {
			e.parts = make([][]edge[live.EntityRow], 1)
		}
		e.parts[0] = append(e.parts[0], edgeOf(f))
	}
	return true
}

func (e *egoWalk) passes(row live.EntityRow) bool {
	ok, known := e.passed[row]
	if !known {
		any := e.v.EntityAt(row)
		ok = (e.scope.EntityKinds == nil || slices.Contains(e.scope.EntityKinds, any.Base().Kind())) && (e.scope.Where == nil || e.scope.Where(any))
		e.passed[row] = ok
	}
	return ok
}
