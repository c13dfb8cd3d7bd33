package analysis

import (
	"math/rand/v2"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/work"
)

// rankIntervals measures some networks that are sampled by the links' grades, and says how
// many; it gives an interval a node. The same seed gives the same answer. When the meter
// stops the work, the networks measured so far count; there may be none.
func (n *Network) rankIntervals(
	samples int, seed uint64, measure func(*algo.Graph) ([]float64, error), m *work.Meter,
) ([]algo.RankInterval, int, error) {
	weigh, err := n.weigher(m)
	if err != nil {
		return nil, 0, err
	}
	random := rand.New(rand.NewPCG(seed, 0x696e7465727661))
	ranks := make([][]int32, n.Len())
	done := 0
	for ; done < samples; done++ {
		if err := m.Spend(rankSlots*n.Len() + drawSlots*n.Links()); err != nil {
			return algo.Intervals(ranks), done, err
		}
		values, err := measure(n.sampled(weigh, random))
		if err != nil {
			return algo.Intervals(ranks), done, err
		}
		for node, rank := range algo.Ranks(values) {
			ranks[node] = append(ranks[node], rank)
		}
	}
	return algo.Intervals(ranks), done, nil
}

// rankSlots is what ranking a node costs, drawSlots what drawing a link for a graph does.
const (
	rankSlots = 16
	drawSlots = 16
)

// sampled is the network with each link kept by its Likelihood.
func (n *Network) sampled(weigh func(Slot) float64, random *rand.Rand) *algo.Graph {
	dir := n.input.direction()
	edges := make([]algo.Edge, 0, n.Links())
	for node := range algo.Node(n.Len()) {
		for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
			if n.cut != nil && n.cut[slot] || random.Float64() >= likelihood(n.credibility[slot]) {
				continue
			}
			e := algo.Edge{From: node, To: n.outTo[slot], Weight: 1}
			if weigh != nil {
				e.Weight = weigh(slot)
			}
			if dir == algo.Backward {
				e.From, e.To = e.To, e.From
			}
			edges = append(edges, e)
			if dir != algo.Undirected && n.Symmetric(slot) {
				edges = append(edges, algo.Edge{From: e.To, To: e.From, Weight: e.Weight})
			}
		}
	}
	return algo.FromEdges(n.Len(), edges, dir != algo.Undirected, weigh != nil)
}
