package analysis

import (
	"math/rand/v2"
	"slices"
	"sort"
)

// RankInterval says how sure a node's rank is when links are only as likely as
// their grades: over many networks in which each link is kept with its Chance.
type RankInterval struct {
	// Median is the middle rank, Low and High bound nine tenths of them; 1 is the
	// highest.
	Median, Low, High int
	// TopTen is the share of networks in which the node is among the first ten.
	TopTen float64
}

// RankIntervals measures samples networks drawn by the links' grades, read as the
// request reads them, and returns an interval a node. The same seed gives the same answer. When the meter stops
// the work, the networks measured so far count; there may be none.
func RankIntervals(n *Network, r *Request, samples int, seed uint64, measure func(*Graph) ([]float64, error)) ([]RankInterval, int, error) {
	random := rand.New(rand.NewPCG(seed, 0x696e7465727661))
	ranks := make([][]int32, n.Len())
	done := 0
	for ; done < samples; done++ {
		values, err := measure(n.drawn(r.direction(), n.weigher(r.weight()), random))
		if err != nil {
			return intervals(ranks), done, err
		}
		for node, rank := range ranksOf(values) {
			ranks[node] = append(ranks[node], rank)
		}
	}
	return intervals(ranks), done, nil
}

// drawn is the network with each link kept by its chance.
func (n *Network) drawn(dir Direction, weigh func(slot uint32) float64, random *rand.Rand) *Graph {
	edges := make([]Edge, 0, n.Links())
	for node := range uint32(n.Len()) {
		for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
			if random.Float64() >= Chance(n.credibility[slot]) {
				continue
			}
			e := Edge{From: node, To: n.outTo[slot], Weight: 1}
			if weigh != nil {
				e.Weight = weigh(slot)
			}
			if dir == Backward {
				e.From, e.To = e.To, e.From
			}
			edges = append(edges, e)
			if dir != Undirected && n.Symmetric(slot) {
				edges = append(edges, Edge{e.To, e.From, e.Weight})
			}
		}
	}
	return FromEdges(n.Len(), edges, dir != Undirected, weigh != nil)
}

// ranksOf gives the highest value rank 1; equal values share the best rank.
func ranksOf(values []float64) []int32 {
	order, ends := standings(values)
	ranks := make([]int32, len(values))
	start := 0
	for _, end := range ends {
		for _, node := range order[start:end] {
			ranks[node] = int32(start + 1)
		}
		start = end
	}
	return ranks
}

func intervals(ranks [][]int32) []RankInterval {
	out := make([]RankInterval, len(ranks))
	for node, list := range ranks {
		if len(list) == 0 {
			continue
		}
		slices.Sort(list)
		at := func(share float64) int { return int(list[int(share*float64(len(list)-1)+0.5)]) }
		top := sort.Search(len(list), func(i int) bool { return list[i] > 10 })
		out[node] = RankInterval{Median: at(0.5), Low: at(0.05), High: at(0.95), TopTen: float64(top) / float64(len(list))}
	}
	return out
}
