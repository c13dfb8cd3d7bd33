package live

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// evidence is what lens and fold ask of the claim, whether it was taken back aside.
func (v *View) evidence(r ClaimRow, row *claimRecord) graph.Evidence {
	src := v.sourceVersion(row.source)
	e := graph.Evidence{
		Order: uint32(r), Hedge: row.grade.hedge(), Credibility: row.grade.credibility(), Polarity: row.grade.polarity(),
		Inferred: row.grade.inferred(), Undated: row.grade.undated(),
		Reliability: src.reliability, Published: src.published, Marking: uint8(v.marking(r, row)),
		Barred: v.excludedSource(row),
		From:   openStart, To: openEnd,
	}
	if !e.Undated {
		rest := v.g.details.at(r)
		e.From = graph.Span{Earliest: graph.Day(row.from), Latest: graph.Day(rest.fromLast)}
		e.To = graph.Span{Earliest: graph.Day(rest.toFirst), Latest: graph.Day(row.to)}
	}
	return e
}

func (v *View) excludedSource(row *claimRecord) bool {
	return v.onlySources != nil && !v.onlySources[row.source] || v.sourceLeftOut(row)
}

// sourceLeftOut reports whether the lens reads the graph as if the claim's source, or
// whom that relies on, were not there.
func (v *View) sourceLeftOut(row *claimRecord) bool {
	return v.withoutSources != nil && (v.withoutSources[row.source] || row.origin != none && v.withoutSources[row.origin])
}

// assess judges one claim. seen is false for a claim that does not exist for the
// reader; reason is empty for one that counts.
func (v *View) assess(r ClaimRow) (e graph.Evidence, reason graph.ExclusionReason, seen bool) {
	row := v.g.claims.at(r)
	if r >= v.sizes.claims {
		return e, graph.NotYetRecorded, v.pending(r, row)
	}
	if !v.claimVisible(r, row) {
		return e, "", false
	}
	current, takenBack := v.currentRecord(r, row)
	if !current {
		return e, "", false
	}
	e = v.evidence(r, row)
	e.Retracted = takenBack || v.withdrawn[row.source]
	return e, v.filter.Excludes(&e), true
}

// pending reports whether a row that was recorded after the view is one that the
// reader will see.
func (v *View) pending(r ClaimRow, row *claimRecord) bool {
	return r < v.r.snapshot.claims && v.claimVisible(r, row) && (!row.grade.rerecorded() || v.current(v.g.details.at(r).first, r+1) == r)
}

// counts reports whether the claim counts.
func (v *View) counts(r ClaimRow) bool {
	_, reason, seen := v.assess(r)
	return seen && reason == ""
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
		e, reason, seen := v.assess(by)
		if !seen || reason != "" || graph.Polarities[e.Polarity] != graph.Affirmed {
			continue
		}
		other := v.other(v.g.details.at(by), r)
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

// other is the claim that a CONTRADICTS claim sets against claim r, in the row in
// which the reader finds it.
func (v *View) other(rest *claimDetails, r ClaimRow) ClaimRow {
	other := v.g.details.at(rest.about).first
	if other == v.g.details.at(r).first {
		other = v.g.details.at(rest.against).first
	}
	return v.current(other, v.sizes.claims)
}

// currentRecord reports whether the row is the one in which the reader finds its claim,
// and whether a retraction of it counts for the reader.
func (v *View) currentRecord(r ClaimRow, row *claimRecord) (current, takenBack bool) {
	if row.supersededBy() >= v.sizes.claims && !row.grade.rerecorded() {
		return true, false
	}
	if v.current(v.g.details.at(r).first, v.sizes.claims) != r {
		return false, false
	}
	return true, v.retracted(r, row)
}

// current is the last row before end that records a claim, for the reader. A row
// that records it again is none when, for all that the reader may see, there was
// nothing to record: the claim was never gone, and what it takes back never came
// back.
func (v *View) current(first, end ClaimRow) ClaimRow {
	h := v.g.revisionsOf(first)
	if h == nil {
		return first
	}
	at := first
	for _, again := range h.rerecorded.all() {
		if again >= end {
			break
		}
		if v.retractedBetween(h, at, again) || v.g.details.at(first).kind == retracts && v.unretractedBefore(v.g.details.at(first).about, again) {
			at = again
		}
	}
	return at
}

// unretractedBefore reports whether nothing that the reader may see had retracted the claim of
// a row before end.
func (v *View) unretractedBefore(row, end ClaimRow) bool {
	first := v.g.details.at(row).first
	h := v.g.revisionsOf(first)
	return h == nil || !v.retractedBetween(h, v.current(first, end), end)
}

// retractedBetween reports whether a retraction that the reader may see lies between two
// rows of a claim.
func (v *View) retractedBetween(h *revisions, from, to ClaimRow) bool {
	for _, by := range h.retractions.all() {
		if from < by && by < to && v.claimVisible(by, v.g.claims.at(by)) {
			return true
		}
	}
	return false
}

// retracted reports whether a later retraction of the claim counts for the reader:
// whatever floors the lens sets, but not one by a source that it leaves out.
func (v *View) retracted(r ClaimRow, row *claimRecord) bool {
	if row.supersededBy() >= v.sizes.claims {
		return false
	}
	for _, by := range v.g.revisionsOf(v.g.details.at(r).first).retractions.all() {
		if by >= v.sizes.claims {
			break
		}
		if by < r { // the claim came after it: the later counts
			continue
		}
		if other := v.g.claims.at(by); v.claimVisible(by, other) && !v.sourceLeftOut(other) && !v.retracted(by, other) {
			return true
		}
	}
	return false
}

// Exclusion says how many claims or links the lens or the association guard left
// out of an answer, and why. What clearance hides is never counted.
type Exclusion struct {
	Reason graph.ExclusionReason
	Claims int
	Links  int
}

// exclusions counts exclusions; a nil tally counts nothing.
type exclusions struct {
	claims, links map[graph.ExclusionReason]int
}

func newExclusions() *exclusions {
	return &exclusions{map[graph.ExclusionReason]int{}, map[graph.ExclusionReason]int{}}
}

// claimCounter is what foldRows calls; nil for a nil tally.
func (t *exclusions) claimCounter() func(graph.ExclusionReason) {
	if t == nil {
		return nil
	}
	return func(r graph.ExclusionReason) { t.claims[r]++ }
}

func (t *exclusions) addLink(r graph.ExclusionReason) {
	if t != nil {
		t.links[r]++
	}
}

// list is the count by reason, in the order of graph.Reasons.
func (t *exclusions) list() []Exclusion {
	out := []Exclusion{}
	for _, r := range graph.ExclusionReasons {
		if t.claims[r]+t.links[r] > 0 {
			out = append(out, Exclusion{r, t.claims[r], t.links[r]})
		}
	}
	return out
}

func sortedRows(set map[ClaimRow]bool) []ClaimRow {
	out := make([]ClaimRow, 0, len(set))
	for r := range set {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}
