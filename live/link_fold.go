package live

import (
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// foldRows folds the claims of link rows that count; left, if not nil, hears why
// the others do not.
func (v *View) foldRows(rows []LinkRow, left func(graph.ExclusionReason)) (f graph.Fold) {
	for _, number := range rows {
		for r := v.g.links.at(number).newest.Load(); r != none; r = v.g.claims.at(r).older {
			e, reason, seen := v.assess(r)
			switch {
			case !seen:
			case reason == "":
				f.Add(e)
				if graph.Polarities[e.Polarity] == graph.Affirmed && !f.Contradicted {
					f.Contradicted = v.contradicted(r)
				}
			case left != nil:
				left(reason)
			}
		}
	}
	return f
}

// link folds what resolve gave into a link, whether it is shown or not.
func (v *View) link(of resolved, left func(graph.ExclusionReason)) Link {
	l := Link{v: v, rows: of.rows, order: of.order, key: of.key, fold: v.foldRows(of.rows, left), from: none}
	if l.fold.Affirmed > 0 && !l.fold.Contradicted {
		l.fold.Contradicted = v.excluded(&l)
	}
	return l
}

// excluded reports whether a link of a kind that excludes this one joins the same
// two at an overlapping time.
func (v *View) excluded(l *Link) bool {
	rows := v.against(l)
	if len(rows) == 0 {
		return false
	}
	var f graph.Fold
	if l.within == nil {
		f = v.foldRows(rows, nil)
	} else {
		f = v.foldWithin(rows, *l.within)
	}
	return f.Affirmed > 0 && f.Times().Overlaps(l.fold.Times())
}

// against are the rows of the link that cannot hold beside l, if there is one.
func (v *View) against(l *Link) []LinkRow {
	if v.resolution != nil && v.resolution.links[l.rows[0]] != nil {
		other := l.key.kind.spec().Excludes
		if other == "" {
			return nil
		}
		key := l.key
		key.kind = codeOf[other]
		return v.rowsOf(key)
	}
	if other := v.g.links.at(l.rows[0]).excluding.Load(); other < v.sizes.links {
		return []LinkRow{other}
	}
	return nil
}

// rowsOf finds the rows of a link by its key, in representatives.
func (v *View) rowsOf(key linkKey) []LinkRow {
	if v.resolution != nil && (v.resolution.members[key.source] != nil || v.resolution.members[key.target] != nil) {
		if g := v.resolution.linksByID[v.keyID(key)]; g != nil {
			return g.rows
		}
		return nil
	}
	if number, ok := v.g.linkIndex.get(key); ok && number < v.sizes.links {
		return []LinkRow{number}
	}
	return nil
}

// resolved is a link or an attribute before its claims are weighed.
type resolved struct {
	rows  []LinkRow
	order ClaimRow
	key   linkKey
}

// resolveLink is the link that a row belongs to. False when the row vanishes inside a
// cluster or is hidden, or when another row stands for it.
func (v *View) resolveLink(number LinkRow) (resolved, bool) {
	return v.resolveLinkInto(number, new([1]LinkRow))
}

// resolveLinkInto is resolve with room for the rows of a link that stands alone.
func (v *View) resolveLinkInto(number LinkRow, one *[1]LinkRow) (resolved, bool) {
	if number >= v.sizes.links {
		return resolved{}, false
	}
	if v.resolution != nil {
		if g := v.resolution.links[number]; g != nil {
			return resolved{g.rows, g.order, g.key}, g.key.source != g.key.target && g.rows[0] == number
		}
	}
	place := v.order(number)
	if place == none {
		return resolved{}, false
	}
	l := v.g.links.at(number)
	one[0] = number
	return resolved{one[:], place, linkKey{l.kind, l.source, l.target, l.discriminator}}, true
}

// visibleLink folds a row's link and reports whether the lens shows it. count, if not
// nil, hears what is left out and why.
func (v *View) visibleLink(number LinkRow, count *exclusions) (*Link, bool) {
	of, ok := v.resolveLink(number)
	if !ok {
		return nil, false
	}
	l := v.link(of, count.claimCounter())
	if l.fold.Status() == "" {
		return nil, false
	}
	if reason := l.fold.Hidden(&v.lens, l.IndependentSources); reason != "" {
		count.addLink(reason)
		return nil, false
	}
	return &l, true
}

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

// countingRows yields the claims of the link that count, oldest first.
func (l *Link) countingRows() []ClaimRow {
	var out []ClaimRow
	for _, number := range l.rows {
		for r := l.v.g.links.at(number).newest.Load(); r != none; r = l.v.g.claims.at(r).older {
			if l.v.counts(r) && l.mayHoldWithin(r) {
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return out
}

// ClaimRows yields the claims behind the link that count, oldest first.
func (l *Link) claims() iter.Seq[*Claim] {
	return func(yield func(*Claim) bool) {
		for _, r := range l.countingRows() {
			if !yield(&Claim{v: l.v, row: r}) {
				return
			}
		}
	}
}

// firstRows stand for the claims that count, however often each was asserted; ascending.
func (l *Link) firstRows() []ClaimRow {
	rows := l.countingRows()
	for i, r := range rows {
		rows[i] = l.v.g.details.at(r).first
	}
	slices.Sort(rows)
	return rows
}

// affirming are the claims that affirm the link and count, oldest first.
func (l *Link) affirming() []ClaimRow {
	return slices.DeleteFunc(l.countingRows(), func(r ClaimRow) bool { return l.v.polarity(r) != graph.Affirmed })
}

// polarity is which way the claim speaks.
func (v *View) polarity(r ClaimRow) graph.Polarity {
	return graph.Polarities[v.g.claims.at(r).grade.polarity()]
}

// sourceOf is the source in which the claim was read.
func (v *View) sourceOf(r ClaimRow) graph.ID { return v.g.sources.at(v.g.claims.at(r).source).id }

// evidence is what is asked of the claims of a polarity that count, oldest first.
func (l *Link) evidence(polarity graph.Polarity) []graph.Evidence {
	var out []graph.Evidence
	for _, r := range l.countingRows() {
		if e, _, _ := l.v.assess(r); graph.Polarities[e.Polarity] == polarity {
			out = append(out, e)
		}
	}
	return out
}
