package figures

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// Item is an incident that is added up.
type Item struct {
	// Total is how many were harmed in it; nil where no claim gives a figure.
	Total *Range
	// Partial is set where the total lacks a role that is told apart.
	Partial bool
	// Hedge is how the total is worded.
	Hedge graph.Hedge
	// Component is shared by incidents that may be the same.
	Component int
	// Aside is set for an incident that is not of the sum, though one that is may be the same
	// or part of it.
	Aside bool
	// Wholes are the places in the list of the incidents that it is part of, by way of
	// others too; it is part of none that is part of it.
	Wholes []int
	// Perhaps are the places of those that it is part of where that is disputed.
	Perhaps []int
	// Circle are the places of those of which claims say both: that it is part of them, and
	// they of it.
	Circle []int
}

// TollSum is what incidents come to.
type TollSum struct {
	// Range adds up: Low takes incidents that may be the same once, with the least figure
	// that one of them has, those that are said to be part of one another likewise, and none
	// that may be part of another that has a figure; Best
	// and High take every incident that is not part of such a one, and are nil where one
	// that has a figure lacks it. All are nil where no incident has a figure.
	Range
	// WithoutFigure counts the incidents of which no claim gives a figure, and Partial
	// those of which the figure lacks a role that is told apart.
	WithoutFigure, Partial int
	// PossiblySame counts the incidents that may be the same as another of the sum.
	PossiblySame int
	// WithinOthers counts the incidents with a figure that is not added, since they are
	// part of another of the sum that has one: it holds theirs.
	WithinOthers int
	// Hedges are how the figures are worded that are added, in the order of graph.Hedges.
	Hedges []HedgeCount
	// Least and Greatest are the least and the greatest figure of an incident that was
	// added, Mean their mean; nil where none was.
	Least, Greatest *Range
	Mean            *FigureMean
}

// HedgeCount is how many figures are worded in one way.
type HedgeCount struct {
	Hedge graph.Hedge
	Count int
}

// SumOf adds incidents up, each of which is there once, beside those by way of which they
// may be the same, or part of one another.
func SumOf(incidents []Item) (s TollSum) {
	var ranges []Range
	sizes, worded := map[int]int{}, map[graph.Hedge]int{}
	for _, i := range incidents {
		if i.Aside {
			continue
		}
		sizes[i.Component]++
		switch {
		case i.Total == nil:
			s.WithoutFigure++
			continue
		case i.within(incidents):
			s.WithinOthers++
			continue
		case i.Partial:
			s.Partial++
		}
		ranges = append(ranges, *i.Total)
		worded[i.Hedge]++
	}
	s.Hedges = inOrder(worded)
	if len(ranges) > 0 {
		s.Range = add(ranges)
		s.Low = leastSum(incidents)
		s.Least, s.Greatest, s.Mean = leastOf(ranges), greatestOf(ranges), meanOf(ranges)
	}
	for _, n := range sizes {
		if n > 1 {
			s.PossiblySame += n
		}
	}
	return s
}

// inOrder are the hedges that are there, in the order of the vocabulary.
func inOrder(worded map[graph.Hedge]int) (out []HedgeCount) {
	for _, h := range graph.Hedges {
		if n := worded[h]; n > 0 {
			out = append(out, HedgeCount{h, n})
		}
	}
	return out
}

// leastSum is what incidents come to at the least: each component once, with the least figure
// that one of it has, less those that may be part of another that has one.
func leastSum(incidents []Item) (sum *int) {
	once := onceAtLeast(incidents)
	least, within := map[int]*int{}, possiblyWithin(incidents, once)
	for k, i := range incidents {
		if i.Aside || i.Total == nil || within[once[k]] {
			continue
		}
		if low, seen := least[once[k]]; seen {
			least[once[k]] = known(low, i.Total.Low)
		} else {
			least[once[k]] = i.Total.Low
		}
	}
	for _, low := range least {
		sum = plus(sum, low)
	}
	return sum
}

// onceAtLeast numbers incidents so that those that may be the same, or are said to be part of
// one another, have one number.
func onceAtLeast(incidents []Item) []int {
	var pairs [][2]int
	first := map[int]int{}
	for k, i := range incidents {
		if of, seen := first[i.Component]; seen {
			pairs = append(pairs, [2]int{of, k})
		} else {
			first[i.Component] = k
		}
		for _, other := range i.Circle {
			pairs = append(pairs, [2]int{k, other})
		}
	}
	return Components(len(incidents), pairs)
}

// within reports whether an incident is part of another that has a figure.
func (i *Item) within(incidents []Item) bool {
	for _, w := range i.Wholes {
		if !incidents[w].Aside && incidents[w].Total != nil {
			return true
		}
	}
	return false
}

// possiblyWithin are those that count once, by their numbers, that may be part of another that
// has a figure, by way of others too.
func possiblyWithin(incidents []Item, once []int) map[int]bool {
	given, up := map[int]bool{}, map[int][]int{}
	for k, i := range incidents {
		given[once[k]] = given[once[k]] || !i.Aside && i.Total != nil
		for _, w := range slices.Concat(i.Wholes, i.Perhaps) {
			up[once[k]] = append(up[once[k]], once[w])
		}
	}
	within := map[int]bool{}
	for c := range up {
		seen := map[int]bool{c: true}
		for next := up[c]; len(next) > 0 && !within[c]; next = next[1:] {
			if in := next[0]; !seen[in] {
				seen[in], within[c] = true, given[in]
				next = append(next[:len(next):len(next)], up[in]...)
			}
		}
	}
	return within
}

// FigureMean is a mean of figures: Low is at least what those come to that have a least one, Best
// and High are nil where one figure lacks it.
type FigureMean struct {
	Low, Best, High *float64
	// Of is of how many figures.
	Of int
}

// meanOf is the mean of ranges, of which there is one.
func meanOf(ranges []Range) *FigureMean {
	sum := add(ranges)
	each := func(n *int) *float64 {
		if n == nil {
			return nil
		}
		mean := float64(*n) / float64(len(ranges))
		return &mean
	}
	return &FigureMean{each(sum.Low), each(sum.Best), each(sum.High), len(ranges)}
}

// leastOf is the least of ranges: it is no greater than the least upper end, and no less
// than the least lower one where all have that.
func leastOf(ranges []Range) *Range {
	out := ranges[0]
	for _, r := range ranges[1:] {
		out.Low, out.Best = known(out.Low, r.Low), known(out.Best, r.Best)
		out.High = lesser(out.High, r.High)
		out.Circa = out.Circa || r.Circa
	}
	return &out
}

// greatestOf is the greatest of ranges: it is no less than the greatest lower end, and no
// greater than the greatest upper one where all have that.
func greatestOf(ranges []Range) *Range {
	out := ranges[0]
	for _, r := range ranges[1:] {
		out.Low = greater(out.Low, r.Low)
		out.Best, out.High = most(out.Best, r.Best), most(out.High, r.High)
		out.Circa = out.Circa || r.Circa
	}
	return &out
}

// known is the lesser of two figures; nil where one of them is not known.
func known[N number](a, b *N) *N {
	if a == nil || b == nil {
		return nil
	}
	return lesser(a, b)
}

// most is the greater of two figures; nil where one of them is not known.
func most(a, b *int) *int {
	if a == nil || b == nil {
		return nil
	}
	return greater(a, b)
}

// Components numbers things, of which pairs may be the same, so that what may be one thing
// has one number.
func Components(n int, pairs [][2]int) []int {
	of := make([]int, n)
	for i := range of {
		of[i] = i
	}
	root := func(i int) int {
		for of[i] != i {
			of[i] = of[of[i]]
			i = of[i]
		}
		return i
	}
	for _, p := range pairs {
		a, b := root(p[0]), root(p[1])
		of[max(a, b)] = min(a, b)
	}
	for i := range of {
		of[i] = root(i)
	}
	return of
}
