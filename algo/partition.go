package algo

import "slices"

// Label names a set of nodes. While sets grow together it is the number of one of their
// nodes, afterwards a number from 0.
type Label uint32

// BySize renumbers sets, named by small numbers, from the largest; sets of one size keep
// the order of their first members.
func BySize(name []Label) (of []Label, sizes []int) {
	of = slices.Clone(name)
	return of, rankSizes(of, Compact(of))
}

// rankSizes is BySize for sets that are numbered in the order of their first
// members; it renumbers them in place.
func rankSizes(of []Label, count int) (sizes []int) {
	counts := make([]int, count)
	for _, k := range of {
		counts[k]++
	}
	return rankCounted(of, counts)
}

// rankCounted is rankSizes for sets that are counted. The largest often come first as
// they are.
func rankCounted(of []Label, counts []int) (sizes []int) {
	if len(counts) == 0 {
		return []int{}
	}
	if slices.IsSortedFunc(counts, func(a, b int) int { return b - a }) {
		return counts
	}
	most := slices.Max(counts)
	order := countingSort(most+1, Identity[Label](len(counts)), func(k *Label) Label { return Label(most - counts[*k]) })
	rank := make([]Label, len(counts))
	sizes = make([]int, len(counts))
	for r, k := range order {
		rank[k], sizes[r] = Label(r), counts[k]
	}
	for i := range of {
		of[i] = rank[of[i]]
	}
	return sizes
}

// Compact renumbers sets, named by small numbers, from 0 in the order of their
// first members and counts them.
func Compact(of []Label) int {
	if len(of) == 0 {
		return 0
	}
	number := make([]Label, slices.Max(of)+1) // from 1; 0 is not yet met
	count := Label(0)
	for i, c := range of {
		if number[c] == 0 {
			count++
			number[c] = count
		}
		of[i] = number[c] - 1
	}
	return int(count)
}

// Members are the nodes by their set, of which there are count, each set ascending.
func Members(of []Label, count int) []Node {
	return countingSort(count, Identity[Node](len(of)), func(v *Node) Label { return of[*v] })
}

// Identity is the numbers below n.
func Identity[T ~uint32](n int) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = T(i)
	}
	return out
}
