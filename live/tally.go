package live

import "github.com/rabta/rabta/graph"

// Exclusion says how many claims or links the lens or the association guard left
// out of an answer, and why. What clearance hides is never counted.
type Exclusion struct {
	Reason graph.Reason
	Claims int
	Links  int
}

// tally counts exclusions; a nil tally counts nothing.
type tally struct {
	claimsBy, linksBy map[graph.Reason]int
}

func newTally() *tally {
	return &tally{map[graph.Reason]int{}, map[graph.Reason]int{}}
}

// claims is what foldRows calls; nil for a nil tally.
func (t *tally) claims() func(graph.Reason) {
	if t == nil {
		return nil
	}
	return func(r graph.Reason) { t.claimsBy[r]++ }
}

func (t *tally) link(r graph.Reason) {
	if t != nil {
		t.linksBy[r]++
	}
}

// list is the count by reason, in the order of graph.Reasons.
func (t *tally) list() []Exclusion {
	out := []Exclusion{}
	for _, r := range graph.Reasons {
		if t.claimsBy[r]+t.linksBy[r] > 0 {
			out = append(out, Exclusion{r, t.claimsBy[r], t.linksBy[r]})
		}
	}
	return out
}
