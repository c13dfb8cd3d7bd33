// Package flip finds the least sets of members whose absence flips an answer, of which it knows no more
// than whether it differs without some of them. Answers need not be monotone: that one set flips an answer
// does not say that a greater one does.
package flip

import (
	"cmp"
	"slices"
)

// Ask says how an answer fares without some members, ascending: whether it differs from the answer with
// all, and, if not, next: members at least one of which every greater set that flips the answer and holds
// these must hold. Whoever knows no better names all. An error ends the search.
type Ask func(without []int) (flips bool, next []int, err error)

// Limits bound a search.
type Limits struct {
	// Size is the greatest size of a set that is sought by trying all, Tries how often is asked, Sets how
	// many sets are kept.
	Size, Tries, Sets int
}

// Result is what a search found.
type Result struct {
	// Sets flip the answer, all of one size, in the order of their members. They are of least size where
	// Exact is set; else there is one at most, from which members were taken that it does not need, as far as
	// twice the tries went.
	Sets [][]int
	// Exact is set where no smaller set flips the answer, or, with no sets, none at all.
	Exact bool
	// Whole is set where no other set of the least size flips it.
	Whole bool
	// RuledOut is up to which size no set flips the answer.
	RuledOut int
	// Tried is how often was asked.
	Tried int
	// Err is what ended the search; nil where nothing did.
	Err error
}

// Least finds the least sets, trying those of one member, then those of two, and so on:
//
//	without none      next: a, c
//	without a         next: b         without c   flips: a set of least size
//	without a, b      is not asked: one member is enough
//
// Where a limit ends that, it takes out all members that it has met, and puts them back one by one as long
// as the answer stays flipped.
func Least(ask Ask, limits Limits) Result {
	s := search{ask: ask, limits: limits, met: map[int]bool{}}
	s.Exact = s.levels()
	if s.Exact {
		s.Whole = s.Whole || len(s.Sets) == 0
	} else if s.Err == nil {
		s.above()
	}
	return s.Result
}

type search struct {
	Result
	ask    Ask
	limits Limits
	met    map[int]bool
}

// try asks once.
func (s *search) try(without []int) (flips bool, next []int, ok bool) {
	s.Tried++
	flips, next, s.Err = s.ask(without)
	for _, m := range next {
		s.met[m] = true
	}
	return flips, next, s.Err == nil
}

// levels reports whether what it found is exact.
func (s *search) levels() (exact bool) {
	if _, next, ok := s.try(nil); ok {
		level := grown(nil, [][]int{{}}, [][]int{next})
		for size := 1; size <= s.limits.Size && len(level) > 0; size++ {
			if level, ok = s.level(level); !ok {
				return len(s.Sets) > 0
			}
			if len(s.Sets) > 0 {
				return true
			}
			s.RuledOut = size
		}
		return len(level) == 0
	}
	return false
}

// level asks for sets of one size, and makes those of the next; it is false where a limit ended it.
func (s *search) level(sets [][]int) (greater [][]int, ok bool) {
	var stand, nexts [][]int
	for i, set := range sets {
		if s.Tried >= s.limits.Tries {
			return nil, false
		}
		flips, next, ok := s.try(set)
		switch {
		case !ok:
			return nil, false
		case flips && len(s.Sets) == s.limits.Sets:
			return nil, true // there are more than are kept
		case flips:
			s.Sets = append(s.Sets, set)
			s.Whole = i == len(sets)-1
		default:
			stand, nexts = append(stand, set), append(nexts, next)
		}
	}
	s.Whole = len(s.Sets) > 0
	if s.Whole {
		return nil, true
	}
	return grown(nil, stand, nexts), true
}

// grown are the sets with one of their next members each, each once, in order.
func grown(out, sets, nexts [][]int) [][]int {
	for i, set := range sets {
		for _, m := range nexts[i] {
			at, in := slices.BinarySearch(set, m)
			if !in {
				out = append(out, slices.Insert(slices.Clone(set), at, m))
			}
		}
	}
	slices.SortFunc(out, slices.Compare)
	return slices.CompactFunc(out, slices.Equal)
}

// above finds a set that flips the answer and is none too great.
func (s *search) above() {
	all := make([]int, 0, len(s.met))
	for m := range s.met {
		all = append(all, m)
	}
	slices.SortFunc(all, cmp.Compare[int])
	for {
		flips, next, ok := s.try(all)
		if !ok {
			return
		}
		if flips {
			break
		}
		more := grown(nil, [][]int{all}, [][]int{next})
		if len(more) == 0 || s.Tried >= 2*s.limits.Tries {
			return
		}
		for _, m := range next {
			if at, in := slices.BinarySearch(all, m); !in {
				all = slices.Insert(all, at, m)
			}
		}
	}
	all = s.lessened(all)
	s.Sets, s.Whole = [][]int{all}, false
	s.Exact = len(all) == s.RuledOut+1
}

// lessened takes from a set that flips the answer what it does not need: halves of it, then quarters, down to
// single members.
func (s *search) lessened(all []int) []int {
	for part := max(len(all)/2, 1); ; part = max(part/2, 1) {
		for at := 0; at < len(all); {
			if s.Tried >= 2*s.limits.Tries {
				return all
			}
			less := slices.Delete(slices.Clone(all), at, min(at+part, len(all)))
			flips, _, ok := s.try(less)
			switch {
			case !ok:
				return all
			case flips:
				all = less
			default:
				at += part
			}
		}
		if part == 1 {
			return all
		}
	}
}
