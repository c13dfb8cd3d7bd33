package algo

import "slices"

// Direction says how edges are read.
type Direction uint8

// The directions.
const (
	// Undirected joins both ends of every edge.
	Undirected Direction = iota
	// Forward reads edges from source to target.
	Forward
	// Backward reads edges from target to source.
	Backward
)

// Node is a node of a graph by its number, from 0.
type Node uint32

// None is no node.
const None = ^Node(0)

// Arc is an edge as the node that it leaves has it, by its place in the lists of
// neighbours. An undirected edge is two arcs.
type Arc uint32

// Graph is a simple graph without loops: parallel edges are one. Neighbours are in
// ascending order. It never changes.
type Graph struct {
	directed bool
	out, in  Adjacency // the same when undirected
}

// Adjacency lists for each node its neighbours and, if weighted, how strong each edge is:
// one list after another, each ascending. The edges 0-1, 0-2 and 2-3 of weights 9, 4 and 1
// lie in memory so:
//
//	node    0     1   2     3
//	Start   0     2   3     5   6     where the list of each begins; one more at the end
//	        |     |   |     |   |
//	arc     0  1  2   3  4  5
//	To      1  2  0   0  3  2         the neighbour
//	Weight  9  4  9   4  1  1         nil: every edge counts 1
type Adjacency struct {
	Start  []Arc
	To     []Node
	Weight []float64
}

// List is the neighbours of a node.
func (a *Adjacency) List(node Node) []Node { return a.To[a.Start[node]:a.Start[node+1]] }

// Weights are those of the edges to List(node), in its order.
func (a *Adjacency) Weights(node Node) []float64 {
	return a.Weight[a.Start[node]:a.Start[node+1]]
}

// Edge joins two nodes, for FromEdges.
type Edge struct {
	From, To Node
	Weight   float64
}

// FromEdges makes a graph of n nodes. Loops are dropped; of parallel edges the
// weights are added. An undirected graph takes each edge both ways. Unweighted
// graphs ignore weights.
func FromEdges(n int, edges []Edge, directed, weighted bool) *Graph {
	g := &Graph{directed: directed}
	g.out = layOut(n, edges, !directed, false, weighted)
	g.in = g.out
	if directed {
		g.in = layOut(n, edges, false, true, weighted)
	}
	return g
}

// FromAdjacency makes an undirected graph of lists that have each edge at both its
// ends, ascending and without repeats. The lists must not be changed afterwards.
func FromAdjacency(both Adjacency) *Graph { return &Graph{out: both, in: both} }

// FromAdjacencies makes a directed graph of the lists of the edges that leave and of
// those that arrive, both ascending and without repeats. The lists must not be changed
// afterwards.
func FromAdjacencies(out, in Adjacency) *Graph { return &Graph{directed: true, out: out, in: in} }

// layOut sorts edges by both ends with two counting sorts and merges parallels.
func layOut(n int, edges []Edge, both, reversed, weighted bool) Adjacency {
	arcs := arcsOf(edges, both, reversed)
	byTo := countingSort(n, arcs, func(a *Edge) Node { return a.To })
	sorted := countingSort(n, byTo, func(a *Edge) Node { return a.From })
	a := Adjacency{Start: make([]Arc, n+1), To: make([]Node, 0, len(sorted))}
	if weighted {
		a.Weight = make([]float64, 0, len(sorted))
	}
	for i := range sorted {
		s := &sorted[i]
		if i > 0 && sorted[i-1].From == s.From && sorted[i-1].To == s.To {
			if weighted {
				a.Weight[len(a.Weight)-1] += s.Weight
			}
			continue
		}
		a.To = append(a.To, s.To)
		a.Start[s.From+1]++
		if weighted {
			a.Weight = append(a.Weight, s.Weight)
		}
	}
	a.To = slices.Clip(a.To)
	accumulate(a.Start)
	return a
}

// arcsOf are edges the other way, if reversed, and both ways, if both is set; without loops.
func arcsOf(edges []Edge, both, reversed bool) []Edge {
	arcs := make([]Edge, 0, len(edges)*2)
	for _, e := range edges {
		back := Edge{e.To, e.From, e.Weight}
		if reversed {
			e, back = back, e
		}
		if e.From == e.To {
			continue
		}
		arcs = append(arcs, e)
		if both {
			arcs = append(arcs, back)
		}
	}
	return arcs
}

// countingSort is list sorted by a key below n; equal keys keep their order.
func countingSort[T any, K ~uint32](n int, list []T, key func(*T) K) []T {
	start := make([]uint32, n+1)
	for i := range list {
		start[key(&list[i])+1]++
	}
	accumulate(start)
	out := make([]T, len(list))
	for i := range list {
		k := key(&list[i])
		out[start[k]] = list[i]
		start[k]++
	}
	return out
}

// Len is the number of nodes.
func (g *Graph) Len() int { return len(g.out.Start) - 1 }

// Edges is the number of edges; an undirected edge counts once.
func (g *Graph) Edges() int {
	if g.directed {
		return len(g.out.To)
	}
	return len(g.out.To) / 2
}

// Directed reports whether edges have a direction.
func (g *Graph) Directed() bool { return g.directed }

// Weighted reports whether edges have weights other than 1.
func (g *Graph) Weighted() bool { return g.out.Weight != nil }

// Out lists the neighbours that a node has edges to, ascending. It must not be
// changed.
func (g *Graph) Out(node Node) []Node { return g.out.List(node) }

// In lists the neighbours that have edges to a node, ascending. It must not be
// changed.
func (g *Graph) In(node Node) []Node { return g.in.List(node) }

// Adjacency is all edges that leave, as they lie in memory. It must not be changed.
func (g *Graph) Adjacency() *Adjacency { return &g.out }

// OutWeights are the weights of the edges to Out(node), in its order; nil for an
// unweighted graph.
func (g *Graph) OutWeights(node Node) []float64 {
	if g.out.Weight == nil {
		return nil
	}
	return g.out.Weights(node)
}

// InWeights are the weights of the edges from In(node), in its order; nil for an
// unweighted graph.
func (g *Graph) InWeights(node Node) []float64 {
	if g.in.Weight == nil {
		return nil
	}
	return g.in.Weights(node)
}

// Bytes is the memory that the graph's arrays take.
func (g *Graph) Bytes() int {
	size := 4*(len(g.out.Start)+len(g.out.To)) + 8*len(g.out.Weight)
	if g.directed {
		size += 4*(len(g.in.Start)+len(g.in.To)) + 8*len(g.in.Weight)
	}
	return size
}

// accumulate turns counts into where each begins.
func accumulate[T ~uint32](start []T) {
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
}
