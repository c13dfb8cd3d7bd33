package analysis

import "slices"

// Components numbers the weakly connected components: of[node] is the component,
// sizes its sizes, from the largest; components of one size are in the order of
// their first node. Directed graphs are read as undirected.
func Components(g *Graph, m *Meter) (of []uint32, sizes []int, err error) {
	b := newBFS[uint32](g.undirected())
	defer handBack(b.space)
	for v := range uint32(g.Len()) {
		if b.dist[v] == none32 {
			sizes = append(sizes, b.flood(v, uint32(len(sizes))))
		}
	}
	return b.dist, rankCounted(b.dist, sizes), m.Spend(len(g.out.to))
}

// flood gives all that can be reached from a node its number, and counts them.
func (b *bfs[T]) flood(from uint32, number T) (size int) {
	b.dist[from] = number
	if b.g.out.start[from] == b.g.out.start[from+1] {
		return 1
	}
	for b.front = append(b.front[:0], from); len(b.front) > 0; {
		size += len(b.front)
		b.round(number)
		b.front, b.next = b.next, b.front[:0]
	}
	return size
}

// bySize renumbers sets, named by small numbers, from the largest; sets of one size keep the order of their first members.
func bySize(name []uint32) (of []uint32, sizes []int) {
	of = slices.Clone(name)
	return of, rankSizes(of, compact(of))
}

// rankSizes is bySize for sets that are numbered in the order of their first
// members; it renumbers them in place.
func rankSizes(of []uint32, count int) (sizes []int) {
	counts := make([]int, count)
	for _, k := range of {
		counts[k]++
	}
	return rankCounted(of, counts)
}

// rankCounted is rankSizes for sets that are counted. The largest often come first as
// they are.
func rankCounted(of []uint32, counts []int) (sizes []int) {
	if len(counts) == 0 {
		return []int{}
	}
	if slices.IsSortedFunc(counts, func(a, b int) int { return b - a }) {
		return counts
	}
	most := slices.Max(counts)
	order := countingSort(most+1, identityOf(len(counts)), func(k *uint32) uint32 { return uint32(most - counts[*k]) })
	rank := make([]uint32, len(counts))
	sizes = make([]int, len(counts))
	for r, k := range order {
		rank[k], sizes[r] = uint32(r), counts[k]
	}
	for i := range of {
		of[i] = rank[of[i]]
	}
	return sizes
}

// compact renumbers sets, named by small numbers, from 0 in the order of their
// first members and counts them.
func compact(of []uint32) int {
	if len(of) == 0 {
		return 0
	}
	number := make([]uint32, slices.Max(of)+1) // from 1; 0 is not yet met
	count := uint32(0)
	for i, c := range of {
		if number[c] == 0 {
			count++
			number[c] = count
		}
		of[i] = number[c] - 1
	}
	return int(count)
}

// StrongComponents numbers the strongly connected components like Components.
func StrongComponents(g *Graph, m *Meter) (of []uint32, sizes []int, err error) {
	s := strong{g: g, index: make([]uint32, g.Len()), low: make([]uint32, g.Len()), name: make([]uint32, g.Len()), onStack: newBitset(g.Len())}
	for u := range uint32(g.Len()) {
		if s.index[u] == 0 {
			s.visit(u)
		}
	}
	of, sizes = bySize(s.name)
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
		s.onStack.remove(w)
		s.name[w] = u
		if w == u {
			return
		}
	}
}
