package algo

import "slices"

// Components numbers the weakly connected components: of[node] is the component,
// sizes its sizes, from the largest; components of one size are in the order of
// their first node. Directed graphs are read as undirected.
func Components(g *Graph, m *Meter) (of []uint32, sizes []int, err error) {
	of = joined(&g.Undirected().out, nil)
	return of, rankCounted(of, numberRoots(of)), m.Spend(len(g.out.To))
}

// joined leads each node to the first node of what it hangs together with by edges
// within its part; nil is one part of all. First each is in a tree with its first
// neighbour: in a network, where nodes that have most links come first, one tree has
// most nodes. Then the nodes of other trees than the first of their part are asked for
// all their edges: they know those to the first.
func joined(a *Adjacency, part []uint32) (of []uint32) {
	of = firstNeighbours(a, part)
	first := firstOf(part)
	for v := range uint32(len(of)) {
		if part == nil && of[v] == 0 || part != nil && of[v] == first[part[v]] {
			continue
		}
		own := root(of, v)
		for _, w := range a.List(v) {
			if part != nil && part[w] != part[v] {
				continue
			}
			if other := root(of, w); other != own {
				of[max(own, other)] = min(own, other)
				own = min(own, other)
			}
		}
	}
	return of
}

// Pieces divides parts into what hangs together by edges within them: of[node] is the
// first node of its piece.
func Pieces(a *Adjacency, part []uint32) (of []uint32) {
	of = joined(a, part)
	for v := range of {
		of[v] = root(of, uint32(v))
	}
	return of
}

// firstNeighbours leads each node to the first of its tree.
func firstNeighbours(a *Adjacency, part []uint32) (of []uint32) {
	of = make([]uint32, len(a.Start)-1)
	start, to := a.Start, a.To
	for v := range uint32(len(of)) {
		of[v] = v
		for slot := start[v]; slot < start[v+1] && to[slot] < v; slot++ {
			if part == nil || part[to[slot]] == part[v] {
				of[v] = of[to[slot]]
				break
			}
		}
	}
	return of
}

// firstOf is the first node of each part.
func firstOf(part []uint32) []uint32 {
	if len(part) == 0 {
		return nil
	}
	first := make([]uint32, slices.Max(part)+1)
	for v := len(part) - 1; v >= 0; v-- {
		first[part[v]] = uint32(v)
	}
	return first
}

// root is the first node of what a node is in; the way there gets shorter.
func root(of []uint32, v uint32) uint32 {
	for of[v] != v {
		of[v] = of[of[v]]
		v = of[v]
	}
	return v
}

// numberRoots numbers the components in the order of their first nodes, where of[node]
// leads to the first node, and counts their nodes.
func numberRoots(of []uint32) (sizes []int) {
	others := 0 // in other components than the first
	for v, before := range of {
		switch {
		case before == uint32(v):
			of[v] = uint32(len(sizes))
			sizes = append(sizes, 1)
		case of[before] == 0:
			of[v] = 0
		default:
			of[v] = of[before]
			sizes[of[v]]++
			others++
		}
	}
	if len(sizes) > 0 {
		sizes[0] = len(of) - others - len(sizes) + 1
	}
	return sizes
}

// bySize renumbers sets, named by small numbers, from the largest; sets of one size keep the order of their first members.
func BySize(name []uint32) (of []uint32, sizes []int) {
	of = slices.Clone(name)
	return of, rankSizes(of, Compact(of))
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
	order := countingSort(most+1, Identity(len(counts)), func(k *uint32) uint32 { return uint32(most - counts[*k]) })
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
func Compact(of []uint32) int {
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
	of, sizes = BySize(s.name)
	return of, sizes, m.Spend(len(g.out.To))
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
		if s.at[top] < s.g.out.Start[u+1] {
			w := s.g.out.To[s.at[top]]
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
	s.stack, s.path, s.at = append(s.stack, u), append(s.path, u), append(s.at, s.g.out.Start[u])
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

// Members are the nodes by their set, of which there are count, each set ascending.
func Members(of []uint32, count int) []uint32 {
	return countingSort(count, Identity(len(of)), func(v *uint32) uint32 { return of[*v] })
}

// Identity is the numbers below n.
func Identity(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}
