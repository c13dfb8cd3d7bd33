package live

// revisions is what became of a claim that was retracted or recorded again. Claims
// of which neither is true have none.
type revisions struct {
	rerecorded  list[ClaimRow] // rows that record it after the first
	retractions list[ClaimRow] // rows that retract it
}

// revisions is that of the claim which the row recorded first; only the writer asks.
func (g *Graph) revisions(first ClaimRow) *revisions {
	h, _ := g.revisionsByClaim.LoadOrStore(first, new(revisions))
	return h.(*revisions)
}

// revisionsOf is the history of a claim by its first row, or nil.
func (g *Graph) revisionsOf(first ClaimRow) *revisions {
	h, ok := g.revisionsByClaim.Load(first)
	if !ok {
		return nil
	}
	return h.(*revisions)
}

// recordAgain notes that a row records what an earlier one did.
func (g *Graph) recordAgain(before, at ClaimRow) {
	first := g.details.at(before).first
	row := g.claims.at(at)
	g.details.at(at).first = first
	row.grade |= rerecorded
	if g.claims.at(before).isContradicted() {
		row.state.Or(contradictedBit)
	}
	g.revisions(first).rerecorded.add(at)
	g.supersede(before, at)
}

// supersede notes the first row that retracts a claim or records it again; only the
// writer does.
func (g *Graph) supersede(target, by ClaimRow) {
	if row := g.claims.at(target); row.supersededBy() == unsuperseded {
		row.state.Store(uint32(by) | row.state.Load()&contradictedBit)
	}
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
