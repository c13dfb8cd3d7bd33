package live

import (
	"context"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Selection is a part of a view that is read whole. In each list nil takes all
// kinds and an empty list none.
type Selection struct {
	// Kinds keeps links of these kinds, and entities that one of them joins.
	Kinds []graph.Predicate
	// EntityKinds keeps entities of these kinds, and links between two of them.
	EntityKinds []graph.EntityKind
}

// joins reports whether the selection takes links of the kind in row l.
func (s *Selection) joins(v *View, want map[KindCode]bool, l *linkRecord) bool {
	return l.kind.isLink() && (want == nil || want[l.kind]) &&
		(s.EntityKinds == nil || s.takes(v, l.source) && s.takes(v, l.target))
}

// takes reports whether the selection takes entities of the kind in row e; what is
// the same as something else is of the same kind.
func (s *Selection) takes(v *View, e EntityRow) bool {
	return s.EntityKinds == nil || slices.Contains(s.EntityKinds, v.g.entities.at(e).kind)
}

// SelectLinks yields the links of the selection that the lens shows, in the order
// in which they were first recorded. It ends when the context does.
func (v *View) SelectLinks(ctx context.Context, s Selection) iter.Seq[*Link] {
	want := kindSet(s.Kinds)
	return func(yield func(*Link) bool) {
		step := newPacer(ctx)
		for number := range v.numbers() {
			if step.over() {
				return
			}
			if !s.joins(v, want, v.g.links.at(number)) {
				continue
			}
			if l, ok := v.visibleLink(number, nil); ok && !yield(l) {
				return
			}
		}
	}
}

// CountLinks counts what SelectLinks yields. The only error is the context's.
func (v *View) CountLinks(ctx context.Context, s Selection) (int, error) {
	want, one, n := kindSet(s.Kinds), new([1]LinkRow), 0
	step := newPacer(ctx)
	for number := range v.numbers() {
		if step.over() {
			return 0, step.err
		}
		if !s.joins(v, want, v.g.links.at(number)) {
			continue
		}
		if _, ok := v.assessLink(number, one, nil); ok {
			n++
		}
	}
	return n, ctx.Err()
}

// SelectEntities yields the entities of the selection, in the order of Entities. It
// ends when the context does.
func (v *View) SelectEntities(ctx context.Context, s Selection) iter.Seq[Entity] {
	step := newPacer(ctx)
	return func(yield func(Entity) bool) {
		if s.EntityKinds != nil && len(s.EntityKinds) == 0 {
			return
		}
		for _, k := range graph.EntityKinds { // in one order, whatever that of the selection
			if s.EntityKinds != nil && !slices.Contains(s.EntityKinds, k) {
				continue
			}
			for e := range v.Entities(k) {
				if step.over() {
					return
				}
				if (s.Kinds == nil || e.Base().joined(&s)) && !yield(e) {
					return
				}
			}
		}
	}
}

// joined reports whether a link of the selection that the lens shows joins the
// entity to another.
func (e *EntityBase) joined(s *Selection) bool {
	want := kindSet(s.Kinds)
	for h := range e.v.postings(e.row) {
		if h.other == none || !want[h.kind] || !s.takes(e.v, h.other) {
			continue
		}
		if _, ok := e.v.visibleLink(h.link, nil); ok {
			return true
		}
	}
	return false
}

// CountEntities counts what SelectEntities yields. The only error is the context's.
func (v *View) CountEntities(ctx context.Context, s Selection) (int, error) {
	n := 0
	for range v.SelectEntities(ctx, s) {
		n++
	}
	return n, ctx.Err()
}

// pacer asks a context now and then whether it is over.
type pacer struct {
	ctx   context.Context
	steps uint32
	err   error
}

func newPacer(ctx context.Context) *pacer { return &pacer{ctx: ctx} }

// over reports whether the context has ended, as of some steps ago.
func (p *pacer) over() bool {
	if p.steps++; p.steps%1024 == 0 {
		p.err = p.ctx.Err()
	}
	return p.err != nil
}
