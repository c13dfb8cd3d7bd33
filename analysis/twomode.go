package analysis

import (
	"fmt"
	"math"
	"slices"

	"github.com/rabta/rabta/graph"
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

// TwoModeOptions say what is projected.
type TwoModeOptions struct {
	// First are the kinds of entities that are joined, Second those that join them;
	// no kind is in both.
	First, Second []graph.EntityKind
	// Kinds are the kinds of links that count; nil is all. Direction does not
	// count, nor how many links join the same two.
	Kinds  []graph.Predicate
	Weight Projection
	// Alpha keeps only ties that the disparity filter finds significant at this
	// level, above 0 and below 1; 0 keeps all.
	Alpha float64
}

// TwoMode is a network of two modes projected onto the first.
type TwoMode struct {
	// Graph joins nodes of the first mode that share one of the second, weighted.
	Graph *Graph
	// Nodes is the network's node of each node of the graph, ascending: all of the
	// first mode, also those that share nothing.
	Nodes []uint32
	// Ties has a row for each edge of the graph, ascending.
	Ties []SharedTie
	// Dropped is how many ties the filter took away.
	Dropped int
}

// SharedTie is two nodes of a projection and what they share.
type SharedTie struct {
	// A and B are nodes of the graph, A the smaller.
	A, B   uint32
	Weight float64
	// Shared are the network's nodes that join them, ascending.
	Shared []uint32
	// Significance is the lesser of the two ends' chances that a tie takes at least
	// its share of the end's strength when that is split at random among its ties:
	// (1 - w/s)^(k-1), with strength s and k ties, and 1 where k is 1 (Serrano,
	// Boguñá and Vespignani 2009). The filter keeps what is below Alpha.
	Significance float64
}

// ProjectTwoMode projects a network of two modes onto the first. With an error of
// the meter the ties found so far are returned beside it, without the filter.
func ProjectTwoMode(n *Network, o TwoModeOptions, m *Meter) (*TwoMode, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	t := &twoMode{weight: o.Weight}
	modes := t.modes(n, o)
	t.incidence(n, o, modes)
	err := m.Spend(n.Links())
	if err == nil {
		err = t.join(m)
	}
	t.judge()
	if err == nil && o.Alpha > 0 {
		t.filter(o.Alpha)
	}
	edges := make([]Edge, len(t.out.Ties))
	for i, tie := range t.out.Ties {
		edges[i] = Edge{tie.A, tie.B, tie.Weight}
	}
	t.out.Graph = FromEdges(len(t.out.Nodes), edges, false, true)
	return &t.out, err
}

func (o *TwoModeOptions) check() error {
	switch {
	case o.Weight != PlainProjection && o.Weight != NewmanProjection && o.Weight != HyperbolicProjection:
		return graph.Invalid("UNKNOWN_VALUE", "weight", fmt.Sprintf("%q is not known", string(o.Weight)), "use a weight that the schema lists")
	case !(o.Alpha >= 0 && o.Alpha < 1):
		return graph.Invalid("OUT_OF_RANGE", "alpha", fmt.Sprintf("%g is not 0 or more and less than 1", o.Alpha), "use 0.05, or 0 to keep all ties")
	case len(o.First) == 0 || len(o.Second) == 0:
		return graph.Invalid("MISSING", "join, by", "each mode needs a kind of entity", "name who is joined, and by what")
	}
	for _, kind := range o.First {
		if slices.Contains(o.Second, kind) {
			return graph.Invalid("SAME_KIND", "by", fmt.Sprintf("%s is joined too", kind), "name kinds that join does not have")
		}
	}
	return nil
}

// mode is where a node of the network stands.
type mode struct {
	second bool
	place  uint32 // in its mode; absent when it has none
}

// twoMode is the incidence of two modes, each side ascending, while it is
// projected.
type twoMode struct {
	weight  Projection
	seconds []uint32   // the network's nodes of the second mode
	joins   [][]uint32 // first -> seconds
	members [][]uint32 // second -> firsts
	out     TwoMode
}

// modes sorts the network's nodes into the modes.
func (t *twoMode) modes(n *Network, o TwoModeOptions) []mode {
	modes := make([]mode, n.Len())
	t.out.Nodes, t.out.Ties = []uint32{}, []SharedTie{}
	for v := range uint32(n.Len()) {
		switch kind := n.Entity(v).Base().Kind(); {
		case slices.Contains(o.First, kind):
			modes[v] = mode{place: uint32(len(t.out.Nodes))}
			t.out.Nodes = append(t.out.Nodes, v)
		case slices.Contains(o.Second, kind):
			modes[v] = mode{second: true, place: uint32(len(t.seconds))}
			t.seconds = append(t.seconds, v)
		default:
			modes[v].place = absent
		}
	}
	return modes
}

// incidence notes which nodes of the modes the network joins.
func (t *twoMode) incidence(n *Network, o TwoModeOptions, modes []mode) {
	t.joins, t.members = make([][]uint32, len(t.out.Nodes)), make([][]uint32, len(t.seconds))
	for a, v := range t.out.Nodes {
		n.Slots(v, func(slot Slot) bool {
			other := modes[slot.Other]
			if other.second && other.place != absent && (o.Kinds == nil || slices.Contains(o.Kinds, n.Kind(slot.Link))) {
				t.joins[a] = append(t.joins[a], other.place)
			}
			return true
		})
		slices.Sort(t.joins[a])
		t.joins[a] = slices.Compact(t.joins[a])
		for _, k := range t.joins[a] {
			t.members[k] = append(t.members[k], uint32(a))
		}
	}
}

// maxTies bounds the ties of a projection, for the memory that they take: what a thousand
// share makes half a million.
const maxTies = 3_000_000

// join finds what each two nodes of the first mode share.
func (t *twoMode) join(m *Meter) error {
	made := (*Meter)(nil).within(tiesBudget, maxTies)
	shared := make([][]uint32, len(t.out.Nodes)) // with the node at hand
	for a, joins := range t.joins {
		var others []uint32
		read := 0
		for _, k := range joins {
			read += len(t.members[k])
			for _, b := range t.members[k] {
				if b <= uint32(a) {
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
		for _, b := range others {
			t.out.Ties = append(t.out.Ties, t.tie(uint32(a), b, shared[b]))
			shared[b] = nil
		}
		if err := m.Spend(read); err != nil {
			return err
		}
	}
	return nil
}

func (t *twoMode) tie(a, b uint32, shared []uint32) SharedTie {
	tie := SharedTie{A: a, B: b, Shared: make([]uint32, len(shared))}
	for i, k := range shared {
		tie.Shared[i] = t.seconds[k]
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

// judge works out how significant each tie is for its ends.
func (t *twoMode) judge() {
	strength, ties := make([]float64, len(t.out.Nodes)), make([]int, len(t.out.Nodes))
	for _, tie := range t.out.Ties {
		for _, v := range []uint32{tie.A, tie.B} {
			strength[v] += tie.Weight
			ties[v]++
		}
	}
	for i := range t.out.Ties {
		tie := &t.out.Ties[i]
		tie.Significance = 1
		for _, v := range []uint32{tie.A, tie.B} {
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
