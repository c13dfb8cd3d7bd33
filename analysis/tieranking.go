package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// TieRanking ranks the ties of a network by TieBetweenness.
type TieRanking struct {
	Answer
	Rows []*TieRank
	// Exact and Error are as those of a Ranking.
	Exact bool
	Error *float64
}

// TieRank is one tie of a ranking.
type TieRank struct {
	// Rank is 1 for the highest value; values that are equal but for rounding share the
	// best rank.
	Rank  int
	A, B  live.Entity
	Value float64
	// Links are the links of the view that the tie is made of, in the order of
	// recording.
	Links []*live.Link
}

// RankTies ranks the ties of a network, those that most shortest paths run along
// first, equal ones by the ids of their ends. In a large network the values are
// estimates. It has no rows when the meter stops exact work.
func RankTies(n *Network, first int, seed uint64, m *work.Meter) (*TieRanking, error) {
	out := &TieRanking{Rows: []*TieRank{}}
	g, err := n.Graph(m)
	var got measurement
	if err == nil {
		got, err = tieMeasure(g, seed, m)
	}
	if got.values != nil {
		if out.Exact = got.exact; !got.exact {
			out.Error = &got.err
		}
		out.fill(n, g, got.values, first)
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

func tieMeasure(g *algo.Graph, seed uint64, m *work.Meter) (measurement, error) {
	if err := m.Spend(tieSlots * g.Edges()); err != nil {
		return measurement{}, err
	}
	if !isSmall(g) {
		return estimated(algo.SampleTieBetweenness(g, betweennessSamples, seed, m))
	}
	values, err := algo.TieBetweenness(g, m)
	if err != nil {
		return measurement{}, err
	}
	return measurement{values: values, exact: true}, nil
}

// tie is an edge, tieNumber its place in a list of them.
type (
	tie       struct{ a, b algo.Node }
	tieNumber uint32
)

func (out *TieRanking) fill(n *Network, g *algo.Graph, values []float64, first int) {
	var ties []tie
	var of []float64
	arc := 0
	for u := range algo.Node(g.Len()) {
		for _, w := range g.Out(u) {
			if g.Directed() || u < w {
				ties, of = append(ties, tie{u, w}), append(of, values[arc])
			}
			arc++
		}
	}
	start := 0
	order, ends := algo.Standings[tieNumber](of)
	for _, end := range ends {
		if len(out.Rows) == first {
			break
		}
		equals := order[start:end]
		slices.SortFunc(equals, func(i, j tieNumber) int {
			return cmp.Or(cmp.Compare(n.ID(ties[i].a), n.ID(ties[j].a)), cmp.Compare(n.ID(ties[i].b), n.ID(ties[j].b)))
		})
		for _, i := range equals[:min(len(equals), first-len(out.Rows))] {
			t := ties[i]
			out.Rows = append(out.Rows, &TieRank{start + 1, n.Entity(t.a), n.Entity(t.b), of[i], n.between(t.a, t.b)})
		}
		start = end
	}
}

// between are the links between two nodes, in the order of recording; none of a projected network.
func (n *Network) between(a, b algo.Node) []*live.Link {
	if n.base != nil {
		return []*live.Link{}
	}
	slots := n.slotsBetween(a, b)
	slices.SortFunc(slots, func(x, y Slot) int { return cmp.Compare(n.order(x), n.order(y)) })
	out := make([]*live.Link, len(slots))
	for i, slot := range slots {
		out[i] = n.Link(slot)
	}
	return out
}
