package analysis

import (
	"math/rand/v2"

	"github.com/rabta/rabta/algo"
)

// RankIntervals measures samples networks drawn by the links' grades, read as the
// request reads them, and returns an interval a node. The same seed gives the same answer. When the meter stops
// the work, the networks measured so far count; there may be none.
func RankIntervals(n *Network, r *Request, samples int, seed uint64, measure func(*algo.Graph) ([]float64, error)) ([]algo.RankInterval, int, error) {
	random := rand.New(rand.NewPCG(seed, 0x696e7465727661))
	ranks := make([][]int32, n.Len())
	done := 0
	for ; done < samples; done++ {
		values, err := measure(n.drawn(r.direction(), n.weigher(r.weight()), random))
		if err != nil {
			return algo.Intervals(ranks), done, err
		}
		for node, rank := range algo.Ranks(values) {
			ranks[node] = append(ranks[node], rank)
		}
	}
	return algo.Intervals(ranks), done, nil
}

// drawn is the network with each link kept by its chance.
func (n *Network) drawn(dir algo.Direction, weigh func(slot Slot) float64, random *rand.Rand) *algo.Graph {
	edges := make([]algo.Edge, 0, n.Links())
	for node := range algo.Node(n.Len()) {
		for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
			if random.Float64() >= Chance(n.credibility[slot]) {
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
