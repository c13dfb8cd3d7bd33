package algo

import "sync"

// spaces are lists of numbers that computations are done with. What is in them is of
// no meaning to the next.
var spaces sync.Pool

// workspace is a list of n numbers, which may be any, until it is given back.
func workspace(n int) *[]uint32 {
	if s, ok := spaces.Get().(*[]uint32); ok && cap(*s) >= n {
		*s = (*s)[:n]
		return s
	}
	s := make([]uint32, n)
	return &s
}

func handBack(s *[]uint32) { spaces.Put(s) }
