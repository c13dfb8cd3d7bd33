package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TwoModeAnswer is entities joined by what they share.
type TwoModeAnswer struct {
	Answer
	// Ties are the strongest first, at most as many as asked for; Count is how many
	// there are, Dropped how many the filter took away.
	Ties           []*NamedTie
	Count, Dropped int
}

// NamedTie is two entities and what they share.
type NamedTie struct {
	A, B         live.Entity
	Weight       float64
	Significance float64
	Shared       []live.Entity
}

// TwoModeOf projects a network of two modes onto the first and tells the strongest
// ties.
func TwoModeOf(n *Network, o TwoModeOptions, first int, m *Meter) (*TwoModeAnswer, error) {
	t, err := ProjectTwoMode(n, o, m)
	if t == nil {
		return nil, err
	}
	out := &TwoModeAnswer{Ties: []*NamedTie{}, Count: len(t.Ties), Dropped: t.Dropped}
	ties := slices.Clone(t.Ties)
	slices.SortStableFunc(ties, func(a, b SharedTie) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, tie := range ties[:min(first, len(ties))] {
		out.Ties = append(out.Ties, &NamedTie{n.Entity(t.Nodes[tie.A]), n.Entity(t.Nodes[tie.B]), tie.Weight, tie.Significance, n.named(tie.Shared)})
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

// LayersAnswer is a network read layer by layer.
type LayersAnswer struct {
	Answer
	Layers []*NamedLayer
	// Pairs are the two layers that join the same pairs of entities, most alike
	// first.
	Pairs []*NamedLayerPair
	// Rows are the entities whose ties spread over most layers, those of most ties
	// first.
	Rows []*LayeredEntity
	// Overlap counts the pairs that are joined, by in how many layers: the first
	// number is for one.
	Overlap []int
}

// NamedLayer is the ties of one kind.
type NamedLayer struct {
	Kind        graph.Predicate
	Nodes, Ties int
}

// NamedLayerPair is how far two layers join the same pairs.
type NamedLayerPair struct {
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

// LayersOf reads a network layer by layer and tells the first entities.
func LayersOf(n *Network, first int, m *Meter) (*LayersAnswer, error) {
	l, err := Layers(n, m)
	out := &LayersAnswer{Layers: []*NamedLayer{}, Pairs: []*NamedLayerPair{}, Rows: []*LayeredEntity{}, Overlap: append([]int{}, l.Overlap...)}
	for _, layer := range l.Layers {
		out.Layers = append(out.Layers, &NamedLayer{layer.Kind, layer.Nodes, layer.Ties})
	}
	for _, p := range l.Pairs {
		if p.Shared > 0 {
			out.Pairs = append(out.Pairs, &NamedLayerPair{l.Layers[p.A].Kind, l.Layers[p.B].Kind, p.Shared, p.Jaccard, p.AGivenB, p.BGivenA})
		}
	}
	slices.SortStableFunc(out.Pairs, func(a, b *NamedLayerPair) int { return cmp.Compare(b.Jaccard, a.Jaccard) })
	rows := slices.Clone(l.Nodes)
	slices.SortStableFunc(rows, func(a, b LayeredNode) int {
		return cmp.Or(cmp.Compare(b.Overlapping, a.Overlapping), compareIDs(n.ID(a.Node), n.ID(b.Node)))
	})
	for _, row := range rows[:min(first, len(rows))] {
		out.Rows = append(out.Rows, &LayeredEntity{n.Entity(row.Node), row.Degree, row.Overlapping, row.Participation})
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}
