package live

import (
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Link is a relation between two entities, or an attribute of one, as the view's
// claims make it.
type Link struct {
	v     *View
	rows  []LinkRow // of the graph, by place; the first stands for all
	order ClaimRow  // where it stands in the order of recording
	id    graph.ID
	key   linkKey
	fold  graph.Fold
	from  EntityRow // the entity it was reached from, or none
	// within bounds the claims that count to those that may hold then; nil is any time.
	within *graph.Span
}

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

// Link finds a link by id.
func (v *View) Link(id graph.ID) (*Link, bool) {
	if g := v.linkCluster(id); g != nil {
		if !g.isLink() {
			return nil, false
		}
		return v.visibleLink(g.rows[0], nil)
	}
	number, ok := v.g.linkIDs.get(id)
	if !ok || number >= v.sizes.links || !v.g.links.at(number).kind.isLink() {
		return nil, false
	}
	return v.visibleLink(number, nil)
}

// Links yields every link that the lens shows, in the order in which they were
// first recorded.
func (v *View) Links() iter.Seq[*Link] {
	return func(yield func(*Link) bool) {
		for number := range v.numbers() {
			if !v.g.links.at(number).kind.isLink() {
				continue
			}
			if l, ok := v.visibleLink(number, nil); ok && !yield(l) {
				return
			}
		}
	}
}

// IsNode marks a Node.
func (*Link) IsNode() {}

// ID is "l_" and a hash of kind, ends and discriminator.
func (l *Link) ID() graph.ID {
	if l.id == "" {
		return l.v.keyID(l.key)
	}
	return l.id
}

// Kind is the kind of link.
func (l *Link) Kind() graph.Predicate { return l.key.kind.predicate() }

// SourceID is the id of the entity that the link starts from.
func (l *Link) SourceID() graph.ID { return l.v.g.entities.at(l.key.source).id }

// TargetID is the id of the entity that the link leads to.
func (l *Link) TargetID() graph.ID { return l.v.g.entities.at(l.key.target).id }

// Source is the entity that the link starts from.
func (l *Link) Source() Entity { return l.v.entity(l.key.source) }

// Target is the entity that the link leads to.
func (l *Link) Target() Entity { return l.v.entity(l.key.target) }

// Other is the far end, seen from the entity that the link was reached from; nil
// when it was reached from none.
func (l *Link) Other() Entity {
	switch l.from {
	case none:
		return nil
	case l.key.source:
		return l.Target()
	}
	return l.Source()
}

// SeenFrom is the link as reached from one of its ends, so that Other is the far
// one.
func (l *Link) SeenFrom(e Entity) *Link {
	seen := *l
	seen.from = e.Base().row
	return &seen
}

// Status says how the link stands.
func (l *Link) Status() graph.LinkStatus { return l.fold.Status() }

// Disputed reports whether the link is denied or contradicted as well.
func (l *Link) Disputed() bool { return l.fold.Disputed() }

// Credibility is that of the best claim: 1 confirmed to 5 improbable, 6 cannot
// be judged.
func (l *Link) Credibility() int { return int(l.bestEvidence().Credibility) }

// Hedge is how the best claim is worded.
func (l *Link) Hedge() graph.Hedge { return graph.Hedges[l.bestEvidence().Hedge] }

// Reliability is the letter of the source of the best claim.
func (l *Link) Reliability() graph.Reliability {
	return graph.Reliabilities[l.bestEvidence().Reliability]
}

func (l *Link) bestEvidence() graph.Evidence {
	e, _ := l.fold.Best()
	return e
}

// best is what the best claim says.
func (l *Link) best() encodedClaim { return l.v.encoded(rowOf(l.bestEvidence())) }

// ValidFrom is the earliest stated start of the claims that affirm the link; nil
// when one of them has none.
func (l *Link) ValidFrom() *graph.PartialDate {
	if r, ok := l.fold.From(); ok {
		return date(l.v.encoded(ClaimRow(r)).date("validFrom"))
	}
	return nil
}

// ValidTo is the latest stated end; nil when the link may be going on.
func (l *Link) ValidTo() *graph.PartialDate {
	if r, ok := l.fold.To(); ok {
		return date(l.v.encoded(ClaimRow(r)).date("validTo"))
	}
	return nil
}

// DatesDisagree reports whether the claims' times have no day in common.
func (l *Link) DatesDisagree() bool { return l.fold.DatesDisagree() }

// Undated reports whether no claim says when.
func (l *Link) Undated() bool { return l.fold.Undated() }

// Implicative is false for kinship, attendance and the like, which are no
// evidence of conduct.
func (l *Link) Implicative() bool { return l.key.kind.spec().Bearing.Implicative() }

// Marking is the strictest marking among the claims used and what they refer to.
func (l *Link) Marking() graph.Marking { return graph.Markings[l.fold.Marking()] }

// AffirmedCount, DeniedCount and NoEvidenceCount count the claims by polarity.
func (l *Link) AffirmedCount() int { return l.fold.Affirmed }

// DeniedCount counts the claims that deny the link.
func (l *Link) DeniedCount() int { return l.fold.Denied }

// NoEvidenceCount counts the claims that found no evidence of it.
func (l *Link) NoEvidenceCount() int { return l.fold.NoEvidence }

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

// LinkHandle stands for a link within one graph, whatever lens it is seen under. It means
// nothing to a client.
type LinkHandle struct{ key linkKey }

// Handle is the link's handle: links of two views of one graph that have the same id
// have the same.
func (l *Link) Handle() LinkHandle { return LinkHandle{l.key} }

// SameClaims reports whether the same claims count for the link as for another of the
// same graph, whichever lens each is seen under.
func (l *Link) SameClaims(other *Link) bool {
	return slices.Equal(l.firstRows(), other.firstRows())
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

// AffirmedBy yields the source of each claim that affirms the link under the lens.
func (l *Link) AffirmedBy() iter.Seq[graph.ID] {
	return func(yield func(graph.ID) bool) {
		for _, r := range l.affirming() {
			if !yield(l.v.sourceOf(r)) {
				return
			}
		}
	}
}

// SourceIDs are the sources in which the claims behind the link that count were
// read, whichever way they speak; each once, in the order of the claims.
func (l *Link) SourceIDs() []graph.ID {
	out := []graph.ID{}
	for _, r := range l.countingRows() {
		if id := l.v.sourceOf(r); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// sourceOf is the source in which the claim was read.
func (v *View) sourceOf(r ClaimRow) graph.ID { return v.g.sources.at(v.g.claims.at(r).source).id }

// IndependentSources counts the sources that affirm the link, those that derive
// from one another once.
func (l *Link) IndependentSources() int {
	if l.fold.Affirmed <= 1 {
		return l.fold.Affirmed
	}
	var roots [][]sourceRow
	for _, r := range l.affirming() {
		roots = append(roots, l.v.roots(l.v.g.claims.at(r)))
	}
	return graph.Independent(roots)
}

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

// ContradictedBy are the claims that are set against the link: those that deny
// it, those that CONTRADICTS claims name, and those that affirm a link which cannot
// hold beside it. There is one where the link is disputed.
func (l *Link) ContradictedBy() []*Claim {
	out := []*Claim{}
	if l.fold.Affirmed == 0 {
		return out
	}
	set := map[ClaimRow]bool{}
	for _, r := range l.countingRows() {
		switch l.v.polarity(r) {
		case graph.Denied:
			set[r] = true
		case graph.Affirmed:
			l.v.contradictions(r, func(other ClaimRow) { set[other] = true })
		}
	}
	if l.v.excluded(l) {
		rival := Link{v: l.v, rows: l.v.against(l), within: l.within}
		for _, e := range rival.evidence(graph.Affirmed) {
			set[rowOf(e)] = true
		}
	}
	for _, r := range sortedRows(set) {
		out = append(out, &Claim{v: l.v, row: r})
	}
	return out
}

func date(d graph.PartialDate) *graph.PartialDate {
	if d.IsZero() {
		return nil
	}
	return &d
}
