package analysis

import "slices"

// Components numbers the weakly connected components: of[node] is the component,
// sizes its sizes, from the largest; components of one size are in the order of
// their first node.
func Components(g *Graph, m *Meter) (of []uint32, sizes []int, err error) {
	n := g.Len()
	parent := make([]uint32, n)
	for i := range parent {
		parent[i] = uint32(i)
	}
	for u := range uint32(n) {
		for _, w := range g.Out(u) {
			if w > u || g.directed {
				unite(parent, u, w)
			}
		}
	}
	of, sizes = bySize(parent, func(i uint32) uint32 { return root(parent, i) })
	return of, sizes, m.Spend(len(g.out.to))
}

func root(parent []uint32, i uint32) uint32 {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

// unite joins two trees under the smaller root.
func unite(parent []uint32, a, b uint32) {
	a, b = root(parent, a), root(parent, b)
	if a < b {
		parent[b] = a
	} else {
		parent[a] = b
	}
}

// bySize renumbers sets, named by any of their members, from the largest; sets of
// one size keep the order of their first members.
func bySize(members []uint32, name func(uint32) uint32) (of []uint32, sizes []int) {
	first := map[uint32]uint32{}
	var counts []int
	of = make([]uint32, len(members))
	for i := range uint32(len(members)) {
		s := name(i)
		k, ok := first[s]
		if !ok {
			k = uint32(len(counts))
			first[s] = k
			counts = append(counts, 0)
		}
		of[i] = k
		counts[k]++
	}
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return counts[b] - counts[a] })
	rank := make([]uint32, len(counts))
	sizes = make([]int, len(counts))
	for r, k := range order {
		rank[k], sizes[r] = uint32(r), counts[k]
	}
	for i := range of {
		of[i] = rank[of[i]]
	}
	return of, sizes
}

// StrongComponents numbers the strongly connected components like Components.
func StrongComponents(g *Graph, m *Meter) (of []uint32, sizes []int, err error) {
	s := strong{g: g, index: make([]uint32, g.Len()), low: make([]uint32, g.Len()), name: make([]uint32, g.Len()), onStack: newBitset(g.Len())}
	for u := range uint32(g.Len()) {
		if s.index[u] == 0 {
			s.visit(u)
		}
	}
	of, sizes = bySize(s.name, func(i uint32) uint32 { return s.name[i] })
	return of, sizes, m.Spend(len(g.out.to))
}

// strong is Tarjan's search without recursion.
type strong struct {
	g           *Graph
	index, low  []uint32 // index from 1; 0 is not yet visited
	name        []uint32
	onStack     bitset
	stack, path []uint32
	at          []uint32 // for each node of path, its next slot
	clock       uint32
}

func (s *strong) visit(start uint32) {
	s.enter(start)
	for len(s.path) > 0 {
		top := len(s.path) - 1
		u := s.path[top]
		if s.at[top] < s.g.out.start[u+1] {
			w := s.g.out.to[s.at[top]]
			s.at[top]++
			if s.index[w] == 0 {
				s.enter(w)
			} else if s.onStack.has(w) {
				s.low[u] = min(s.low[u], s.index[w])
			}
			continue
		}
		s.path, s.at = s.path[:top], s.at[:top]
		if top > 0 {
			s.low[s.path[top-1]] = min(s.low[s.path[top-1]], s.low[u])
		}
		if s.low[u] == s.index[u] {
			s.close(u)
		}
	}
}

func (s *strong) enter(u uint32) {
	s.clock++
	s.index[u], s.low[u] = s.clock, s.clock
	s.stack, s.path, s.at = append(s.stack, u), append(s.path, u), append(s.at, s.g.out.start[u])
	s.onStack.add(u)
}

// close takes a finished component off the stack.
func (s *strong) close(u uint32) {
	for {
		w := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.onStack[w/64] &^= 1 << (w % 64)
		s.name[w] = u
		if w == u {
			return
		}
	}
}
