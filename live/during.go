package live

import "github.com/rabta/rabta/graph"

// During is the link folded over the claims that may hold within the span; nil
// when none of them affirms or denies it, or the lens does not show it so.
func (l *Link) During(span graph.Span) *Link {
	f := graph.Fold{}
	for _, r := range l.rowsAdmitted() {
		e, _, _ := l.v.weigh(r)
		if !(graph.Span{Earliest: e.From.Earliest, Latest: e.To.Latest}).Overlaps(span) {
			continue
		}
		f.Add(e)
		if graph.Polarities[e.Polarity] == graph.Affirmed && !f.Contradicted {
			f.Contradicted = l.v.contradicted(r)
		}
	}
	during := *l
	during.fold = f
	if f.Status() == "" || f.Hidden(&l.v.lens, l.IndependentSources) != "" {
		return nil
	}
	return &during
}

// Times is the span within which the link may hold.
func (l *Link) Times() graph.Span { return l.fold.Times() }

// EachLink calls f for the entity's links of the kinds (all when nil) that the
// lens shows, as reached from it, until f returns false.
func (e *Entity) EachLink(kinds []graph.Predicate, direction Direction, f func(*Link) bool) {
	for l := range e.links(kinds, direction, nil) {
		if !f(l) {
			return
		}
	}
}
