package analysis

import (
	"cmp"
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
