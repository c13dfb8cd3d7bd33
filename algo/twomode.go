package algo

import (
	"math"
	"slices"

	"github.com/rabta/rabta/work"
)

// Projection says how strong the tie of two nodes is that share others of the
// second mode. d is how many nodes of the first mode a shared node joins.
type Projection string

// The projections.
const (
	// PlainProjection counts what is shared.
	PlainProjection Projection = "PLAIN"
	// NewmanProjection adds up 1/(d-1): what joins many ties them less (Newman
	// 2001; networkx's collaboration_weighted_projected_graph; some call it
	// hyperbolic).
	NewmanProjection Projection = "NEWMAN"
	// HyperbolicProjection adds up 1/d.
	HyperbolicProjection Projection = "HYPERBOLIC"
)

// Incidence says which nodes of a first mode are joined to which of a second; both
// modes number their nodes from 0.
type Incidence struct {
	// First has, for each node of the first mode, those of the second, ascending and
	// without repeats.
	First [][]Node
	// Second is how many nodes the second mode has.
	Second int
}

// TwoMode is a network of two modes projected onto the first.
type TwoMode struct {
	// Graph joins nodes of the first mode that share one of the second, weighted.
	Graph *Graph
	// Ties has a row for each edge of the graph, ascending.
	Ties []SharedTie
	// Dropped is how many ties the filter took away.
	Dropped int
}

// SharedTie is two nodes of a projection and what they share.
type SharedTie struct {
	// A and B are nodes of the first mode, A the smaller.
	A, B   Node
	Weight float64
	// Shared are the nodes of the second that join them, ascending.
	Shared []Node
	// Significance is the lesser of the two ends' chances that a tie takes at least
	// its share of the end's strength when that is split at random among its ties:
	// (1 - w/s)^(k-1), with strength s and k ties, and 1 where k is 1 (Serrano,
	// Boguñá and Vespignani 2009). The filter keeps what is below Alpha.
	Significance float64
}

// ProjectTwoMode projects a network of two modes onto the first. alpha keeps only ties
// that the disparity filter finds significant at this level; 0 keeps all. With an error
// of the meter the ties found so far are returned beside it, without the filter.
func ProjectTwoMode(in Incidence, weight Projection, alpha float64, m *work.Meter) (*TwoMode, error) {
	t := &twoMode{weight: weight, joins: in.First, members: make([][]Node, in.Second)}
	t.out.Ties = []SharedTie{}
	for a, joins := range t.joins {
		for _, k := range joins {
			t.members[k] = append(t.members[k], Node(a))
		}
	}
	err := t.join(m)
	t.weighTies()
	if err == nil && alpha > 0 {
		t.filter(alpha)
	}
	edges := make([]Edge, len(t.out.Ties))
	for i, tie := range t.out.Ties {
		edges[i] = Edge{tie.A, tie.B, tie.Weight}
	}
	t.out.Graph = FromEdges(len(t.joins), edges, false, true)
	return &t.out, err
}

// twoMode is the incidence of two modes, each side ascending, while it is
// projected.
type twoMode struct {
	weight  Projection
	joins   [][]Node // first -> seconds
	members [][]Node // second -> firsts
	out     TwoMode
}

// tiesBudget is that of the ties of a projection.
var tiesBudget = work.Budget{Code: "TIES_MADE", Counts: "ties that may be made"}

// maxTies bounds the ties of a projection, for the memory that they take: what a thousand
// share makes half a million.
const maxTies = 3_000_000

// join finds what each two nodes of the first mode share.
func (t *twoMode) join(m *work.Meter) error {
	made := (*work.Meter)(nil).Within(tiesBudget, maxTies)
	shared := make([][]Node, len(t.joins)) // with the node at hand
	for a, joins := range t.joins {
		var others []Node
		read := 0
		for _, k := range joins {
			read += len(t.members[k])
			for _, b := range t.members[k] {
				if b <= Node(a) {
					continue
				}
				if shared[b] == nil {
					others = append(others, b)
				}
				shared[b] = append(shared[b], k)
			}
		}
		slices.Sort(others)
		if err := made.Spend(len(others)); err != nil {
			return err
		}
		read += sharedSlots * len(others)
		for _, b := range others {
			t.out.Ties = append(t.out.Ties, t.tie(Node(a), b, shared[b]))
			shared[b] = nil
		}
		if err := m.Spend(read); err != nil {
			return err
		}
	}
	return nil
}

func (t *twoMode) tie(a, b Node, shared []Node) SharedTie {
	tie := SharedTie{A: a, B: b, Shared: shared}
	for _, k := range shared {
		d := float64(len(t.members[k])) // at least 2
		switch t.weight {
		case NewmanProjection:
			tie.Weight += 1 / (d - 1)
		case HyperbolicProjection:
			tie.Weight += 1 / d
		default:
			tie.Weight++
		}
	}
	return tie
}

// weighTies works out how significant each tie is for its ends.
func (t *twoMode) weighTies() {
	strength, ties := make([]float64, len(t.joins)), make([]int, len(t.joins))
	for _, tie := range t.out.Ties {
		for _, v := range []Node{tie.A, tie.B} {
			strength[v] += tie.Weight
			ties[v]++
		}
	}
	for i := range t.out.Ties {
		tie := &t.out.Ties[i]
		tie.Significance = 1
		for _, v := range []Node{tie.A, tie.B} {
			if ties[v] > 1 {
				tie.Significance = min(tie.Significance, math.Pow(1-tie.Weight/strength[v], float64(ties[v]-1)))
			}
		}
	}
}

// filter drops ties that are not significant for either end.
func (t *twoMode) filter(alpha float64) {
	all := len(t.out.Ties)
	t.out.Ties = slices.DeleteFunc(t.out.Ties, func(tie SharedTie) bool { return tie.Significance >= alpha })
	t.out.Dropped = all - len(t.out.Ties)
}
