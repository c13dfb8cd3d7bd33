package live

import "github.com/rabta/rabta/graph"

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
