package live

// history is what became of a claim that was retracted or recorded again. Claims
// of which neither is true have none.
type history struct {
	again       list[uint32] // rows that record it after the first
	retractions list[uint32] // rows that retract it
}

// history is that of the claim which the row recorded first; only the writer asks.
func (g *Graph) history(first uint32) *history {
	h, _ := g.histories.LoadOrStore(first, new(history))
	return h.(*history)
}

// historyOf is the history of a claim by its first row, or nil.
func (g *Graph) historyOf(first uint32) *history {
	h, ok := g.histories.Load(first)
	if !ok {
		return nil
	}
	return h.(*history)
}

// again notes that a row records what an earlier one did.
func (g *Graph) again(before, at uint32) {
	first := g.rest.at(before).first
	row := g.claims.at(at)
	g.rest.at(at).first = first
	row.grade |= flagAgain
	if g.claims.at(before).named() {
		row.state.Or(contradictedBit)
	}
	g.history(first).again.add(at)
	g.touch(before, at)
}

// touch notes the first row that retracts a claim or records it again; only the
// writer does.
func (g *Graph) touch(target, by uint32) {
	if row := g.claims.at(target); row.touchedBy() == untouched {
		row.state.Store(by | row.state.Load()&contradictedBit)
	}
}

// stands reports whether the row is the one in which the reader finds its claim,
// and whether a retraction of it counts for the reader.
func (v *View) stands(r uint32, row *claimRow) (current, takenBack bool) {
	if row.touchedBy() >= v.at.claims && row.grade&flagAgain == 0 {
		return true, false
	}
	if v.current(v.g.rest.at(r).first, v.at.claims) != r {
		return false, false
	}
	return true, v.takenBack(r, row)
}

// current is the last row before end that records a claim, for the reader. A row
// that records it again is none when, for all that the reader may see, there was
// nothing to record: the claim was never gone, and what it takes back never came
// back.
func (v *View) current(first, end uint32) uint32 {
	h := v.g.historyOf(first)
	if h == nil {
		return first
	}
	at := first
	for _, again := range h.again.all() {
		if again >= end {
			break
		}
		if v.retracted(h, at, again) || v.g.rest.at(first).kind == retracts && v.stood(v.g.rest.at(first).about, again) {
			at = again
		}
	}
	return at
}

// stood reports whether nothing that the reader may see had retracted the claim of
// a row before end.
func (v *View) stood(row, end uint32) bool {
	first := v.g.rest.at(row).first
	h := v.g.historyOf(first)
	return h == nil || !v.retracted(h, v.current(first, end), end)
}

// retracted reports whether a retraction that the reader may see lies between two
// rows of a claim.
func (v *View) retracted(h *history, from, to uint32) bool {
	for _, by := range h.retractions.all() {
		if from < by && by < to && v.visible(by, v.g.claims.at(by)) {
			return true
		}
	}
	return false
}

// takenBack reports whether a later retraction of the claim counts for the reader:
// whatever floors the lens sets, but not one by a source that it leaves out.
func (v *View) takenBack(r uint32, row *claimRow) bool {
	if row.touchedBy() >= v.at.claims {
		return false
	}
	for _, by := range v.g.historyOf(v.g.rest.at(r).first).retractions.all() {
		if by >= v.at.claims {
			break
		}
		if by < r { // the claim came after it: the later counts
			continue
		}
		if other := v.g.claims.at(by); v.visible(by, other) && !v.leftOut(other) && !v.takenBack(by, other) {
			return true
		}
	}
	return false
}
