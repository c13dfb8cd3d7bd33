package algo

import (
	"slices"

	"github.com/rabta/rabta/work"
)

// Components numbers the weakly connected components: of[node] is the component,
// sizes its sizes, from the largest; components of one size are in the order of
// their first node. Directed graphs are read as undirected.
func Components(g *Graph, m *work.Meter) (of []Label, sizes []int, err error) {
	of = joined(&g.Undirected().out, nil)
	return of, rankCounted(of, numberRoots(of)), m.Spend(g.Len() + len(g.out.To))
}

// joined leads each node to the first node of what it hangs together with by edges
// within its part; nil is one part of all. First each is in a tree with its first
// neighbour: where nodes that have most edges come first, one tree has
// most nodes. Then the nodes of other trees than the first of their part are read with
// all their edges, which lead to the first too.
func joined(a *Adjacency, part []Label) (of []Label) {
	of = firstNeighbours(a, part)
	first := firstOf(part)
	for v := range Node(len(of)) {
		if part == nil && of[v] == 0 || part != nil && of[v] == first[part[v]] {
			continue
		}
		own := root(of, Label(v))
		for _, w := range a.List(v) {
			if part != nil && part[w] != part[v] {
				continue
			}
			if other := root(of, Label(w)); other != own {
				of[max(own, other)] = min(own, other)
				own = min(own, other)
			}
		}
	}
	return of
}

// Pieces divides parts into what hangs together by edges within them: of[node] is the
// first node of its piece.
func Pieces(a *Adjacency, part []Label) (of []Label) {
	of = joined(a, part)
	for v := range of {
		of[v] = root(of, Label(v))
	}
	return of
}

// firstNeighbours leads each node to the first of its tree.
func firstNeighbours(a *Adjacency, part []Label) (of []Label) {
	of = make([]Label, len(a.Start)-1)
	start, to := a.Start, a.To
	for v := range Node(len(of)) {
		of[v] = Label(v)
		for arc := start[v]; arc < start[v+1] && to[arc] < v; arc++ {
			if part == nil || part[to[arc]] == part[v] {
				of[v] = of[to[arc]]
				break
			}
		}
	}
	return of
}

// firstOf is the first node of each part.
func firstOf(part []Label) []Label {
	if len(part) == 0 {
		return nil
	}
	first := make([]Label, slices.Max(part)+1)
	for v := len(part) - 1; v >= 0; v-- {
		first[part[v]] = Label(v)
	}
	return first
}

// root is the label of the first node of what a node is in; the way there gets shorter.
func root(of []Label, v Label) Label {
	for of[v] != v {
		of[v] = of[of[v]]
		v = of[v]
	}
	return v
}

// numberRoots numbers the components in the order of their first nodes, where of[node]
// leads to the first node, and counts their nodes.
func numberRoots(of []Label) (sizes []int) {
	others := 0 // in other components than the first
	for v, before := range of {
		switch {
		case before == Label(v):
			of[v] = Label(len(sizes))
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

// StrongComponents numbers the strongly connected components like Components.
func StrongComponents(g *Graph, m *work.Meter) (of []Label, sizes []int, err error) {
	s := tarjan{
		g: g, index: make([]uint32, g.Len()), low: make([]uint32, g.Len()), name: make([]Label, g.Len()),
		onStack: newBitset(g.Len()),
	}
	for u := range Node(g.Len()) {
		if s.index[u] == 0 {
			s.visit(u)
		}
	}
	of, sizes = BySize(s.name)
	return of, sizes, m.Spend(g.Len() + len(g.out.To))
}

// tarjan is Tarjan's search without recursion.
type tarjan struct {
	g           *Graph
	index, low  []uint32 // index from 1; 0 is not yet visited
	name        []Label
	onStack     bitset
	stack, path []Node
	at          []Arc // for each node of path, its next arc
	clock       uint32
}

func (s *tarjan) visit(start Node) {
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

func (s *tarjan) enter(u Node) {
	s.clock++
	s.index[u], s.low[u] = s.clock, s.clock
	s.stack, s.path, s.at = append(s.stack, u), append(s.path, u), append(s.at, s.g.out.Start[u])
	s.onStack.add(u)
}

// close takes a finished component off the stack.
func (s *tarjan) close(u Node) {
	for {
		w := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.onStack.remove(w)
		s.name[w] = Label(u)
		if w == u {
			return
		}
	}
}
