package algo

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

func sortNodes(nodes []Node) { slices.Sort(nodes) }

func sortPairs(pairs [][2]Node) {
	slices.SortFunc(pairs, func(a, b [2]Node) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
}

// top is what has values by falling value, equal ones by number; at most first of them.
func top[T ~uint32](values []float64, first int) []T {
	order := Identity[T](len(values))
	slices.SortFunc(order, func(a, b T) int {
		return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b))
	})
	return order[:min(first, len(order))]
}

// Standings is what has values by falling value, and where in them each group of equals ends.
func Standings[T ~uint32](values []float64) (order []T, ends []int) {
	order = top[T](values, len(values))
	greatest := 0.0
	for _, v := range values {
		greatest = max(greatest, math.Abs(v))
	}
	for i := range order {
		if first := lastOf(ends); i > first && !nearly(values[order[first]], values[order[i]], greatest) {
			ends = append(ends, i)
		}
	}
	if len(order) > 0 {
		ends = append(ends, len(order))
	}
	return order, ends
}

func lastOf(ends []int) int {
	if len(ends) == 0 {
		return 0
	}
	return ends[len(ends)-1]
}

// nearly reports whether two values differ by no more than sums of the same numbers in
// another order do; greatest is the greatest of all values.
func nearly(a, b, greatest float64) bool {
	return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b))+1e-12*greatest
}

// ranksOf gives the highest value rank 1; equal values share the best rank.
func Ranks(values []float64) []int32 {
	order, ends := Standings[Node](values)
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

// Intervals are the intervals of nodes, of which each has ranks in many networks.
func Intervals(ranks [][]int32) []RankInterval {
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

// RankInterval says how sure a node's rank is over many graphs, in which each edge is only
// as likely as it is credible.
type RankInterval struct {
	// Median is the middle rank, Low and High bound nine tenths of them; 1 is the
	// highest.
	Median, Low, High int
	// TopTen is the share of networks in which the node is among the first ten.
	TopTen float64
}
