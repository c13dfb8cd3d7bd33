package figures

import (
	"math"

	"github.com/rabta/rabta/graph"
)

// Quantity is how much, as claims give it: Low is the least and High the greatest figure given,
// Best that of the best claim that gives one as such. What no claim gives is nil, not 0; nor does
// High bound a claim of at least more than it.
type Quantity struct{ Low, Best, High *float64 }

// QuantityOf is what claims give, best graded first.
func QuantityOf(claims []Claimed) (a Quantity) {
	var least *float64 // the greatest figure that a claim says there are at least
	for _, c := range claims {
		low, high := c.Bounds()
		a.Low, least = lesser(a.Low, low), greater(least, low)
		a.High = greater(a.High, high)
	}
	if best := BestOf(claims); best >= 0 {
		a.Best = claims[best].Best
	}
	if a.High != nil && least != nil && *least > *a.High {
		a.High = nil
	}
	return a
}

// AmountItem is an amount that is added up.
type AmountItem struct {
	Quantity
	// Hedge is how its best claim is worded.
	Hedge graph.Hedge
	// Component is shared by amounts that may be one.
	Component int
}

// AmountTotal is what amounts come to.
type AmountTotal struct {
	// Quantity adds up: Low takes amounts that may be one once, with the least figure that one of
	// them has, and is nil where none has any; Best and High take every amount, and are nil where
	// one lacks them.
	Quantity
	// PossiblySame counts the amounts that may be the same as another of the sum.
	PossiblySame int
	// Hedges counts how the amounts are worded, in the order of the vocabulary.
	Hedges []HedgeCount
}

// TotalOfAmounts adds up amounts, of which there is one.
func TotalOfAmounts(items []AmountItem) (s AmountTotal) {
	s.Best, s.High = new(float64), new(float64)
	least, sizes, worded := map[int]*float64{}, map[int]int{}, map[graph.Hedge]int{}
	var once []int
	for _, i := range items {
		worded[i.Hedge]++
		s.Best, s.High = together(s.Best, i.Best), together(s.High, i.High)
		if sizes[i.Component]++; sizes[i.Component] == 1 {
			once, least[i.Component] = append(once, i.Component), i.Low
		} else {
			least[i.Component] = known(least[i.Component], i.Low)
		}
	}
	s.Hedges = inOrder(worded)
	for _, c := range once {
		s.Low = plus(s.Low, least[c])
		if sizes[c] > 1 {
			s.PossiblySame += sizes[c]
		}
	}
	return s.told()
}

// told is the sum without what is greater than any number that can be told.
func (s AmountTotal) told() AmountTotal {
	for _, end := range []**float64{&s.Best, &s.High} {
		if *end != nil && math.IsInf(**end, 1) {
			*end = nil
		}
	}
	if s.Low != nil {
		least := min(*s.Low, math.MaxFloat64)
		s.Low = &least
	}
	return s
}
