package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Layers is a network read layer by layer.
type Layers struct {
	Answer
	Layers []*Layer
	// Pairs are the two layers that join the same pairs of entities, most alike
	// first.
	Pairs []*LayerPair
	// Rows are the entities whose ties spread over most layers, those of most ties
	// first.
	Rows []*LayeredEntity
	// Overlap counts the pairs that are joined, by in how many layers: the first
	// number is for one.
	Overlap []int
}

// Layer is the ties of one kind.
type Layer struct {
	Kind        graph.Predicate
	Nodes, Ties int
}

// LayerPair is how far two layers join the same pairs.
type LayerPair struct {
	A, B             graph.Predicate
	Shared           int
	Jaccard          float64
	AGivenB, BGivenA float64
}

// LayeredEntity is how an entity's ties spread over the layers.
type LayeredEntity struct {
	Node                live.Entity
	Degree, Overlapping int
	Participation       float64
}

// LayersOf reads a network layer by layer and lists the first entities.
func LayersOf(n *Network, first int, m *work.Meter) (*Layers, error) {
	n = n.whole()
	out := &Layers{Layers: []*Layer{}, Pairs: []*LayerPair{}, Rows: []*LayeredEntity{}, Overlap: []int{}}
	err := m.Spend(rankSlots*n.Len() + tieSlots*n.Links())
	if err == nil {
		out.fill(n, first)
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

// tieSlots is what a link costs that is sorted in among those between the same two.
const tieSlots = 64

func (out *Layers) fill(n *Network, first int) {
	l, kinds := n.layers()
	out.Overlap = append(out.Overlap, l.Overlap...)
	for i, layer := range l.Layers {
		out.Layers = append(out.Layers, &Layer{kinds[i], layer.Nodes, layer.Ties})
	}
	for _, p := range l.Pairs {
		if p.Shared > 0 {
			out.Pairs = append(out.Pairs, &LayerPair{kinds[p.A], kinds[p.B], p.Shared, p.Jaccard, p.AGivenB, p.BGivenA})
		}
	}
	slices.SortStableFunc(out.Pairs, func(a, b *LayerPair) int { return cmp.Compare(b.Jaccard, a.Jaccard) })
	rows := slices.Clone(l.Nodes)
	slices.SortStableFunc(rows, func(a, b algo.LayeredNode) int {
		return cmp.Or(cmp.Compare(b.Overlapping, a.Overlapping), cmp.Compare(n.ID(a.Node), n.ID(b.Node)))
	})
	for _, row := range rows[:min(first, len(rows))] {
		out.Rows = append(out.Rows, &LayeredEntity{n.Entity(row.Node), row.Degree, row.Overlapping, row.Participation})
	}
}

// layers reads the network layer by layer. The layers are the kinds of link that join
// two nodes of it, in the order of the vocabulary; links of one kind between the same two
// are one tie.
func (n *Network) layers() (*algo.Multilayer, []graph.Predicate) {
	ties := make([]algo.LayerTie, 0, n.Links())
	present := make([]bool, len(predicates))
	for v := range algo.Node(n.Len()) {
		for slot := n.outStart[v]; slot < n.outStart[v+1]; slot++ {
			if w := n.outTo[slot]; w != v {
				present[n.kind[slot]] = true
				ties = append(ties, algo.LayerTie{A: min(v, w), B: max(v, w), Layer: int(n.kind[slot])})
			}
		}
	}
	var kinds []graph.Predicate
	place := make([]int, len(predicates)) // kind -> layer
	for kind, there := range present {
		if there {
			place[kind] = len(kinds)
			kinds = append(kinds, predicates[kind].Name)
		}
	}
	for i := range ties {
		ties[i].Layer = place[ties[i].Layer]
	}
	return algo.Layered(n.Len(), len(kinds), ties), kinds
}
