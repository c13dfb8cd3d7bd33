package live

import "github.com/rabta/rabta/graph"

// During is the link as the claims make it that may hold within the span: its grade,
// status, dates, sources and claims are theirs. It is nil when none of them affirms or
// denies it, or the lens does not show it so.
func (l *Link) During(span graph.Span) *Link {
	during := *l
	during.within, during.fold = &span, l.v.foldWithin(l.rows, span)
	if f := &during.fold; f.Affirmed > 0 && !f.Contradicted {
		f.Contradicted = l.v.excluded(&during)
	}
	if during.fold.Status() == "" || during.fold.Hidden(&l.v.lens, during.IndependentSources) != "" {
		return nil
	}
	return &during
}

// foldWithin folds the claims that count and may hold within a span.
func (v *View) foldWithin(rows []LinkRow, span graph.Span) (f graph.Fold) {
	of := Link{v: v, rows: rows, within: &span}
	for _, r := range of.countingRows() {
		e, _, _ := v.assess(r)
		f.Add(e)
		if graph.Polarities[e.Polarity] == graph.Affirmed && !f.Contradicted {
			f.Contradicted = v.contradicted(r)
		}
	}
	return f
}

// mayHoldWithin reports whether a claim may hold within the span that the link is seen in.
func (l *Link) mayHoldWithin(r ClaimRow) bool {
	if l.within == nil {
		return true
	}
	e, _, _ := l.v.assess(r)
	return graph.Span{Earliest: e.From.Earliest, Latest: e.To.Latest}.Overlaps(*l.within)
}

// Times is the span within which the link may hold.
func (l *Link) Times() graph.Span { return l.fold.Times() }

// EachLink calls f for the entity's links of the kinds (all when nil) that the
// lens shows, as reached from it, until f returns false.
func (e *EntityBase) EachLink(kinds []graph.Predicate, direction Direction, f func(*Link) bool) {
	for l := range e.links(kinds, direction, nil) {
		if !f(l) {
			return
		}
	}
}
