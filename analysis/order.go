package analysis

import (
	"cmp"
	"math"
	"slices"
)

func sortNodes(nodes []uint32) { slices.Sort(nodes) }

func sortPairs(pairs [][2]uint32) {
	slices.SortFunc(pairs, func(a, b [2]uint32) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
}

// Top is the nodes by falling value, ties by node; at most first of them.
func Top(values []float64, first int) []uint32 {
	order := make([]uint32, len(values))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b))
	})
	return order[:min(first, len(order))]
}

// standings is the nodes by falling value, and where in them each group of equals ends.
func standings(values []float64) (order []uint32, ends []int) {
	order = Top(values, len(values))
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
