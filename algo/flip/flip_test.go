package flip_test

import (
	"errors"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/algo/flip"
)

const members = 6

// answers are of each set of members, as bits, that is absent: any at all.
type answers []int

func drawAnswers() *rapid.Generator[answers] {
	return rapid.Custom(func(t *rapid.T) answers {
		rare := rapid.IntRange(1, 40).Draw(t, "rare")
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) int {
			return rapid.IntRange(0, rare).Draw(t, "answer") / rare
		}), 1<<members, 1<<members).Draw(t, "answers")
	})
}

func maskOf(set []int) (mask int) {
	for _, m := range set {
		mask |= 1 << m
	}
	return mask
}

// all names every member as the next.
func (a answers) all(without []int) (bool, []int, error) {
	return a[maskOf(without)] != a[0], []int{0, 1, 2, 3, 4, 5}, nil
}

// some names as the next only members of one greater set that flips the answer, and one of each other.
func (a answers) some(without []int) (bool, []int, error) {
	mask := maskOf(without)
	var next []int
	for greater := range 1 << members {
		if greater&mask != mask || a[greater] == a[0] {
			continue
		}
		if rest := greater &^ mask; maskOf(next)&rest == 0 && rest != 0 {
			next = append(next, bits.TrailingZeros(uint(rest)))
		}
	}
	return a[mask] != a[0], next, nil
}

// byForce are the least sets that flip the answer, of all.
func (a answers) byForce() (out [][]int) {
	for size := 1; size <= members && out == nil; size++ {
		for mask := range 1 << members {
			if bits.OnesCount(uint(mask)) == size && a[mask] != a[0] {
				var set []int
				for m := range members {
					if mask>>m&1 == 1 {
						set = append(set, m)
					}
				}
				out = append(out, set)
			}
		}
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

func TestLeastIsThatOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawAnswers().Draw(t, "a")
		want := a.byForce()
		got := flip.Least(a.all, flip.Limits{Size: members, Tries: 1000, Sets: 1000})
		if !got.Exact || !got.Whole || !slices.EqualFunc(want, got.Sets, slices.Equal) {
			t.Fatalf("all: want %v, got %+v", want, got)
		}
		got = flip.Least(a.some, flip.Limits{Size: members, Tries: 1000, Sets: 1000})
		if !got.Exact || !got.Whole || !slices.EqualFunc(want, got.Sets, slices.Equal) {
			t.Fatalf("some: want %v, got %+v", want, got)
		}
	})
}

// TestLimitsAreSaid: what is cut short is called exact only where it is.
func TestLimitsAreSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawAnswers().Draw(t, "a")
		want := a.byForce()
		limits := flip.Limits{
			Size: rapid.IntRange(0, 4).Draw(t, "size"), Tries: rapid.IntRange(1, 50).Draw(t, "tries"),
			Sets: rapid.IntRange(1, 3).Draw(t, "sets"),
		}
		fails := rapid.IntRange(0, 60).Draw(t, "fails")
		got := flip.Least(func(without []int) (bool, []int, error) {
			if fails--; fails == 0 {
				return false, nil, errors.New("enough")
			}
			return a.all(without)
		}, limits)
		for _, set := range got.Sets {
			if a[maskOf(set)] == a[0] {
				t.Fatalf("%v does not flip it", set)
			}
			if len(set) < len(want[0]) || got.Exact && len(set) != len(want[0]) {
				t.Fatalf("%v is not of the size of %v: %+v", set, want, got)
			}
		}
		if got.Exact && len(got.Sets) == 0 && len(want) > 0 {
			t.Fatalf("nothing flips it? %v does", want)
		}
		if got.Whole && got.Exact && len(got.Sets) != len(want) {
			t.Fatalf("want all of %v, got %+v", want, got)
		}
		if len(want) > 0 && got.RuledOut >= len(want[0]) {
			t.Fatalf("%d is ruled out, and there is %v", got.RuledOut, want[0])
		}
		if len(got.Sets) > limits.Sets {
			t.Fatalf("%d sets", len(got.Sets))
		}
	})
}
