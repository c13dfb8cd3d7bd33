// Package figures adds up how many were harmed, and says no more than claims say: an
// absent figure is unknown and not 0, an upper end is one that somebody gave, and what
// may be one thing twice is in a lower bound once.
package figures

import "github.com/rabta/rabta/graph"

// Range is how many were harmed, as claims give it: Low is the least and High the greatest
// figure given, Best that of the best claim that gives one as such. What no claim gives is
// nil, not 0; nor does High bound a claim of at least more than it.
type Range struct {
	Low, Best, High *int
	// Circa is set where the best claim's figure is approximate.
	Circa bool
}

// Claimed is what a claim gives, and how well it is graded.
type Claimed struct {
	*graph.Value
	Grade graph.Evidence
}

// RangeOf is the range of what claims give, best graded first.
func RangeOf(claims []Claimed) (r Range) {
	a := QuantityOf(claims)
	r = Range{Low: whole(a.Low), Best: whole(a.Best), High: whole(a.High)}
	if best := BestOf(claims); best >= 0 {
		r.Circa = claims[best].Circa
	} else if len(claims) > 0 {
		r.Circa = claims[0].Circa
	}
	return r
}

// BestOf is the place of the claim that gives the best figure, of claims best graded first;
// -1 where none does. A figure that a better claim rules out, of at least more or at most
// less, is not the best.
func BestOf(claims []Claimed) int {
	for i, c := range claims {
		if c.Best != nil && !c.ruledOut(claims[:i]) {
			return i
		}
	}
	return -1
}

// ruledOut reports whether one of some claims is graded better, and its bounds exclude the
// best figure.
func (c *Claimed) ruledOut(by []Claimed) bool {
	for i := range by {
		low, high := by[i].Bounds()
		if by[i].better(c) && (low != nil && *low > *c.Best || high != nil && *high < *c.Best) {
			return true
		}
	}
	return false
}

// better reports whether a claim is more credible than another, or of a more reliable source
// where they are equally so. What cannot be judged compares with nothing.
func (c *Claimed) better(o *Claimed) bool {
	for _, g := range []graph.Evidence{c.Grade, o.Grade} {
		if g.Credibility == graph.CannotBeJudged || graph.Reliabilities[g.Reliability] == graph.Unjudged {
			return false
		}
	}
	if c.Grade.Credibility != o.Grade.Credibility {
		return c.Grade.Credibility < o.Grade.Credibility
	}
	return c.Grade.Reliability < o.Grade.Reliability
}

// Given reports whether claims give any figure.
func (r Range) Given() bool { return r.Low != nil || r.Best != nil || r.High != nil }

// BestOrLow is the best figure, else the least one; nil where neither is given.
func (r Range) BestOrLow() *int {
	if r.Best != nil {
		return r.Best
	}
	return r.Low
}

// Part is the figure of those of one role.
type Part struct {
	Role graph.CasualtyRole
	Range
}

// Total is how many were harmed in one way, of whatever role.
type Total struct {
	Range
	// OfParts is set where no claim gives a figure of all: the range is the sum of those
	// of the roles. Partial says that it lacks a role that is told apart.
	OfParts, Partial bool
	// Parts is the sum of the figures of the roles; nil where no claim gives one.
	Parts *Range
	// Disagree is set where the roles come to more, at the least, than any claim gives for
	// all.
	Disagree bool
}

// TotalOf is the total of figures of different roles: that of all as claims state it, else
// the sum of the others. False where there is no figure.
func TotalOf(parts []Part) (t Total, ok bool) {
	var all *Range
	var roles []Range
	given := map[graph.CasualtyRole]bool{}
	for _, p := range parts {
		if p.Role == graph.RoleAll {
			all = &p.Range
			continue
		}
		roles, given[p.Role] = append(roles, p.Range), true
	}
	if len(roles) > 0 {
		sum := add(roles)
		t.Parts = &sum
	}
	switch {
	case all != nil:
		t.Range = *all
		t.Disagree = t.Parts != nil && all.High != nil && t.Parts.Low != nil && *t.Parts.Low > *all.High
	case t.Parts != nil:
		t.Range, t.OfParts = *t.Parts, true
		for _, r := range graph.RolesToldApart {
			t.Partial = t.Partial || !given[r]
		}
	}
	return t, len(parts) > 0
}

// add adds ranges up. What one of them lacks above or as its best the sum lacks too; it is
// at least what those come to that have a least figure.
func add(ranges []Range) (sum Range) {
	sum.Best, sum.High = new(int), new(int)
	for _, r := range ranges {
		sum.Low = plus(sum.Low, r.Low)
		sum.Best, sum.High = together(sum.Best, r.Best), together(sum.High, r.High)
		sum.Circa = sum.Circa || r.Circa
	}
	return sum
}

// number is a figure.
type number interface{ int | float64 }

// plus adds what is known of two.
func plus[N number](a, b *N) *N {
	if a == nil || b == nil {
		return greater(a, b)
	}
	return together(a, b)
}

// together is the sum of two; nil where one of them is not known.
func together[N number](a, b *N) *N {
	if a == nil || b == nil {
		return nil
	}
	n := *a + *b
	return &n
}

func whole(f *float64) *int {
	if f == nil {
		return nil
	}
	n := int(*f)
	return &n
}

func lesser[N number](a, b *N) *N {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

func greater[N number](a, b *N) *N {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}
