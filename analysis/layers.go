package analysis

import (
	"cmp"
	"maps"
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

// Layer is the ties of one kind; of associates, of one role.
type Layer struct {
	LayerOf
	Nodes, Ties int
}

// LayerOf says what the ties of a layer are.
type LayerOf struct {
	Kind graph.Predicate
	// Role is what tells ties between associates apart; "" for other kinds.
	role string
}

// Role is what tells ties between associates apart, live.NoLayer where none is said; nil for
// other kinds.
func (l LayerOf) Role() *string {
	if l.role == "" {
		return nil
	}
	return &l.role
}

// LayerPair is how far two layers join the same pairs.
type LayerPair struct {
	A, B             graph.Predicate
	ARole, BRole     *string
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
			out.Pairs = append(out.Pairs, &LayerPair{
				kinds[p.A].Kind, kinds[p.B].Kind, kinds[p.A].Role(), kinds[p.B].Role(), p.Shared, p.Jaccard, p.AGivenB, p.BGivenA,
			})
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
// two nodes of it, in the order of the vocabulary, of associates each role; links of one layer
// between the same two are one tie.
func (n *Network) layers() (*algo.Multilayer, []LayerOf) {
	ties := make([]algo.LayerTie, 0, n.Links())
	of := make([]LayerOf, 0, n.Links())
	place := map[LayerOf]int{}
	for v := range algo.Node(n.Len()) {
		for slot := n.outStart[v]; slot < n.outStart[v+1]; slot++ {
			if w := n.outTo[slot]; w != v {
				layer := LayerOf{predicates[n.kind[slot]].Name, n.view.Layer(n.link[slot])}
				of, place[layer] = append(of, layer), int(n.kind[slot])
				ties = append(ties, algo.LayerTie{A: min(v, w), B: max(v, w)})
			}
		}
	}
	layers := slices.SortedFunc(maps.Keys(place), func(a, b LayerOf) int {
		return cmp.Or(cmp.Compare(place[a], place[b]), cmp.Compare(a.role, b.role))
	})
	for i, layer := range layers {
		place[layer] = i
	}
	for i := range ties {
		ties[i].Layer = place[of[i]]
	}
	return algo.Layered(n.Len(), len(layers), ties), layers
}
