package live

import (
	"iter"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// assess asks the lens of one claim. known is false when the reader finds no claim in
// the row; reason is empty for a claim that counts, and else why it does not.
func (v *View) assess(r ClaimRow) (e graph.Evidence, reason graph.ExclusionReason, known bool) {
	c := v.g.claims.at(r)
	if r >= v.sizes.claims {
		return e, graph.NotYetRecorded, v.pending(r, c)
	}
	current, retracted := v.currentRecord(r, c)
	if !current {
		return e, "", false
	}
	e = v.evidence(r, c)
	e.Retracted = retracted || v.withdraws(c)
	return e, v.filter.Excludes(&e), true
}

// counts reports whether the claim counts: it passes, and is not of a retired entity alone.
func (v *View) counts(r ClaimRow) bool { return v.passes(r) && !v.lost(v.g.claims.at(r)) }

// passes reports whether the reader finds the claim in the row, and the lens does not
// exclude it.
func (v *View) passes(r ClaimRow) bool {
	_, reason, known := v.assess(r)
	return known && reason == ""
}

// pending reports whether a row that was recorded after the view is one in which the
// reader will find a claim.
func (v *View) pending(r ClaimRow, c *claimRecord) bool {
	return r < v.r.snapshot.claims &&
		(!c.grade.rerecorded() || v.current(v.g.details.at(r).first, r+1) == r)
}

// evidence is what lens and fold ask of the claim, but for whether it is retracted.
func (v *View) evidence(r ClaimRow, c *claimRecord) graph.Evidence {
	source := v.sourceVersion(c.source)
	e := graph.Evidence{
		Order: uint32(r), Hedge: c.grade.hedge(), Credibility: c.grade.credibility(), Polarity: c.grade.polarity(),
		Inferred: c.grade.inferred(), Undated: c.grade.undated(), AsRecorded: c.source == asRecorded,
		Reliability: source.reliability, Published: source.published, Marking: uint8(c.marking),
		Barred:  v.onlySources != nil && !v.onlySources[c.source] || v.leavesOut(r),
		Unheard: v.heard != nil && !v.hears(r), From: openStart, To: openEnd,
	}
	if !e.Undated {
		d := v.g.details.at(r)
		e.From = graph.Span{Earliest: graph.Day(c.from), Latest: graph.Day(d.fromLast)}
		e.To = graph.Span{Earliest: graph.Day(d.toFirst), Latest: graph.Day(c.to)}
	}
	return e
}

// rowOf is the row of the claim that gives the evidence.
func rowOf(e graph.Evidence) ClaimRow { return ClaimRow(e.Order) }

// leavesOut reports whether the view reads the graph as if the claim, its source, or the
// source that it relies on, were not there.
func (v *View) leavesOut(r ClaimRow) bool {
	if v.less != nil && v.less[v.g.details.at(r).first] {
		return true
	}
	c := v.g.claims.at(r)
	return v.withoutSources != nil && (v.withoutSources[c.source] || c.origin != none && v.withoutSources[c.origin])
}

// currentRecord reports whether the row is the one in which the reader finds its claim,
// and whether that is retracted.
func (v *View) currentRecord(r ClaimRow, c *claimRecord) (current, retracted bool) {
	if c.supersededBy() >= v.sizes.claims && !c.grade.rerecorded() {
		return true, false
	}
	if v.current(v.g.details.at(r).first, v.sizes.claims) != r {
		return false, false
	}
	return true, v.retracted(r, c)
}

// current is the row, of those before end that record a claim, in which the reader
// finds it: the last one that had something to record.
//
//	claim C:       C       C again           C again
//	retractions:                   R                 R
//	rows         ----------------------------------------------->
//	found in:      C                         C              retracted
//
// A row that records a claim again has nothing to record while the claim was never
// retracted; or, for a claim that is a retraction itself, while what it retracts was
// never recorded again. A retraction takes back what its writer saw.
func (v *View) current(first, end ClaimRow) ClaimRow { return v.currentTo(topLevel, first, end) }

// currentTo is current for who sees up to a level; none where that sees no row.
func (v *View) currentTo(top level, first, end ClaimRow) ClaimRow {
	at := ClaimRow(none)
	if v.g.claims.at(first).marking <= top {
		at = first
	}
	revisions := v.g.revisionsOf(first)
	if revisions == nil {
		return at
	}
	d := v.g.details.at(first)
	for _, again := range revisions.rerecorded.all() {
		switch {
		case again >= end:
			return at
		case v.g.claims.at(again).marking > top:
		case at == none, v.retractedBetween(top, revisions, at, again),
			d.kind == retracts && v.unretractedBefore(top, d.about, again):
			at = again
		}
	}
	return at
}

// unretractedBefore reports whether no retraction before end retracts the claim
// of a row, for who sees up to a level.
func (v *View) unretractedBefore(top level, r, end ClaimRow) bool {
	first := v.g.details.at(r).first
	revisions := v.g.revisionsOf(first)
	return revisions == nil || !v.retractedBetween(top, revisions, v.currentTo(top, first, end), end)
}

// retractedBetween reports whether a retraction of a row of a claim lies between that and
// another, for who sees up to a level.
func (v *View) retractedBetween(top level, revisions *revisions, from, to ClaimRow) bool {
	list := revisions.retractions.all()
	since, _ := slices.BinarySearch(list, from)
	for _, by := range list[since:] {
		if by >= to {
			break
		}
		if v.g.claims.at(by).marking <= top && v.takesBack(by, v.g.claims.at(from)) {
			return true
		}
	}
	return false
}

// takesBack reports whether a retraction takes back a row of its claim: one that its
// writer saw, or that is no stricter than itself by now.
func (v *View) takesBack(by ClaimRow, c *claimRecord) bool { return c.marking <= v.reach(by) }

// reach is the strictest of what a claim takes back, if that is what it does.
func (v *View) reach(r ClaimRow) level { return v.g.reach(r) }

// withdraws reports whether the source of a claim is withdrawn by what reaches the claim.
func (v *View) withdraws(c *claimRecord) bool { return v.withdrawsUpTo(c.source, c.marking) }

// withdrawsUpTo reports whether a source is withdrawn by what reaches what is of a level.
func (v *View) withdrawsUpTo(source sourceRow, of level) bool {
	to, ok := v.withdrawn[source]
	return ok && of <= to
}

// retracted reports whether the claim is retracted: by a later claim of a writer who saw
// it, not retracted itself, and not of a source that the lens leaves out. What else the
// lens asks of claims it does not ask of retractions.
func (v *View) retracted(r ClaimRow, c *claimRecord) bool { return v.retractedTo(topLevel, r, c) }

// retractedTo is retracted for who sees up to a level.
func (v *View) retractedTo(top level, r ClaimRow, c *claimRecord) bool {
	if c.supersededBy() >= v.sizes.claims {
		return false
	}
	for _, by := range v.g.revisionsOf(v.g.details.at(r).first).retractions.all() {
		if by >= v.sizes.claims {
			break
		}
		if by < r { // the claim was recorded again since
			continue
		}
		if other := v.g.claims.at(by); other.marking <= top && v.takesBack(by, c) && !v.leavesOut(by) && !v.retractedTo(top, by, other) {
			return true
		}
	}
	return false
}

// goneTo reports whether who sees up to a level finds a claim, by its first row, and finds
// it taken back.
func (v *View) goneTo(top level, first ClaimRow) bool {
	r := v.currentTo(top, first, v.sizes.claims)
	if r == none {
		return false
	}
	c := v.g.claims.at(r)
	return v.retractedTo(top, r, c) || v.withdrawnTo(top, c.source, c.marking)
}

// withdrawnTo reports whether for who sees up to a level a source is withdrawn by what
// reaches what is of a level.
func (v *View) withdrawnTo(top level, source sourceRow, of level) bool {
	for _, r := range v.g.withdrawals.all() {
		if r >= v.sizes.claims {
			break
		}
		c := v.g.claims.at(r)
		if v.g.details.at(r).withdraws == source && of <= v.reach(r) && !v.leavesOut(r) &&
			v.currentTo(top, v.g.details.at(r).first, v.sizes.claims) == r && !v.retractedTo(top, r, c) {
			return true
		}
	}
	return false
}

// lineGoneTo is goneTo for what a line says and no row does.
func (v *View) lineGoneTo(top level, s *said) bool {
	source, ok := v.sourceMarkingTo(top, s.source)
	for _, line := range v.lines(s.entity) {
		if ok && line.is.own <= top && s.isOn(line) { // it was recorded then
			return v.withdrawnTo(top, s.source, max(line.is.own, source))
		}
	}
	return false
}

// sourceMarkingTo is the strictest marking of what is recorded of a source for who sees up
// to a level; false where that sees nothing of it.
func (v *View) sourceMarkingTo(top level, row sourceRow) (strictest level, ok bool) {
	for _, version := range v.g.sources.at(row).versions.all() {
		if version.commit < v.sizes.commits && version.is.own <= top {
			strictest, ok = max(strictest, version.is.own), true
		}
	}
	return strictest, ok
}

// contradicted reports whether a CONTRADICTS claim that counts sets another claim
// that counts against this one.
func (v *View) contradicted(r ClaimRow) bool { return v.contradictions(r, nil) }

// contradictions calls f for each claim that is set against claim r; it reports
// whether there is one.
func (v *View) contradictions(r ClaimRow, f func(other ClaimRow)) bool {
	if !v.g.claims.at(r).isContradicted() {
		return false
	}
	l, ok := v.g.contradicted.Load(v.g.details.at(r).first)
	if !ok {
		return false
	}
	found := false
	for _, by := range l.(*list[ClaimRow]).all() {
		e, reason, known := v.assess(by)
		if !known || reason != "" || graph.Polarities[e.Polarity] != graph.Affirmed {
			continue
		}
		other := v.opponent(v.g.details.at(by), r)
		if !v.counts(other) {
			continue
		}
		found = true
		if f == nil {
			return true
		}
		f(other)
	}
	return found
}

// opponent is the claim that a CONTRADICTS claim sets against claim r, in the row in
// which the reader finds it.
func (v *View) opponent(d *claimDetails, r ClaimRow) ClaimRow {
	other := v.g.details.at(d.about).first
	if other == v.g.details.at(r).first {
		other = v.g.details.at(d.against).first
	}
	return v.current(other, v.sizes.claims)
}

// excludes counts the claims of rows that do not count.
func (v *View) excludes(x *exclusions, rows iter.Seq[ClaimRow]) {
	for r := range rows {
		if !v.meter.Continue(claimSlots) {
			return
		}
		if _, reason, known := v.assess(r); known && reason != "" {
			x.claims[reason]++
		}
	}
}

// leftOut is what a list of the claims of rows leaves out, counted when asked.
func (v *View) leftOut(rows iter.Seq[ClaimRow]) func() []graph.Exclusion {
	return func() []graph.Exclusion {
		x := newExclusions()
		v.excludes(x, rows)
		return x.leftOut()
	}
}

// everyClaim yields the rows of all claims that may be asked for, counting or not.
func (v *View) everyClaim(named kindSet) iter.Seq[ClaimRow] {
	return func(yield func(ClaimRow) bool) {
		for r := range v.sizes.claims {
			if v.asked(r, named) && !v.lost(v.g.claims.at(r)) && !yield(r) {
				return
			}
		}
	}
}

func sortedRows(set map[ClaimRow]bool) []ClaimRow { return slices.Sorted(maps.Keys(set)) }

// BearingCounts counts links by the place of their bearing in graph.Bearings.
type BearingCounts [16]int

// Add adds other counts.
func (n *BearingCounts) Add(other *BearingCounts) {
	for code, links := range other {
		n[code] += links
	}
}

// Exclusions are the counts that there are, in the order of graph.Bearings.
func (n *BearingCounts) Exclusions() []graph.Exclusion {
	out := []graph.Exclusion{}
	for code := range graph.Bearings {
		if n[code] > 0 {
			out = append(out, graph.Exclusion{Reason: graph.OtherBearing, Bearing: &graph.Bearings[code], Links: n[code]})
		}
	}
	return out
}

// exclusions counts what an answer leaves out; nil counts nothing.
type exclusions struct {
	claims, links map[graph.ExclusionReason]int
	bearings      BearingCounts
	paths         int // that did not hold together
}

func newExclusions() *exclusions {
	return &exclusions{claims: map[graph.ExclusionReason]int{}, links: map[graph.ExclusionReason]int{}}
}

// claimCounter is what foldRows calls; nil for nil.
func (x *exclusions) claimCounter() func(graph.ExclusionReason) {
	if x == nil {
		return nil
	}
	return func(r graph.ExclusionReason) { x.claims[r]++ }
}

func (x *exclusions) addLink(r graph.ExclusionReason) {
	if x != nil {
		x.links[r]++
	}
}

// leftOut is list for what a list leaves out: what was recorded later is in no store as it
// stood then, and is not told.
func (x *exclusions) leftOut() []graph.Exclusion {
	delete(x.claims, graph.NotYetRecorded)
	return x.list()
}

// list is the count by reason, in the order of graph.ExclusionReasons.
func (x *exclusions) list() []graph.Exclusion {
	out := []graph.Exclusion{}
	for _, r := range graph.ExclusionReasons {
		if x.claims[r]+x.links[r] > 0 {
			out = append(out, graph.Exclusion{Reason: r, Claims: x.claims[r], Links: x.links[r]})
		}
	}
	out = append(out, x.bearings.Exclusions()...)
	if x.paths > 0 {
		out = append(out, graph.Exclusion{Reason: graph.NotConcurrent, Paths: x.paths})
	}
	return out
}
