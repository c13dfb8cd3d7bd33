package algo

import "sync"

// pool keeps lists that computations are done with. What is in them is of no meaning to
// the next.
type pool[T any] struct{ sync.Pool }

// get is a list of n, which may be any, until it is put back.
func (p *pool[T]) get(n int) *[]T {
	if s, ok := p.Get().(*[]T); ok && cap(*s) >= n {
		*s = (*s)[:n]
		return s
	}
	s := make([]T, n)
	return &s
}

func (p *pool[T]) put(s *[]T) { p.Put(s) }

// The lists of nodes and of degrees that computations share.
var (
	nodePool   pool[Node]
	degreePool pool[degree]
)
