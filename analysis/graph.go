package analysis

import "slices"

// Direction says how a network's links are read.
type Direction uint8

// The directions. A symmetric link goes both ways in any of them.
const (
	// Undirected joins both ends of every link.
	Undirected Direction = iota
	// Forward reads links from source to target.
	Forward
	// Backward reads links from target to source.
	Backward
)

// Graph is a simple graph without loops: parallel links of a network are one.
// Neighbours are in ascending order. It never changes.
type Graph struct {
	directed bool
	out, in  adjacency // the same when undirected
}

// adjacency lists for each node its neighbours and, if weighted, how strong each
// tie is.
type adjacency struct {
	start  []uint32
	to     []uint32
	weight []float64 // nil: every tie counts 1
}

func (a *adjacency) of(node uint32) []uint32 { return a.to[a.start[node]:a.start[node+1]] }

func (a *adjacency) weights(node uint32) []float64 {
	return a.weight[a.start[node]:a.start[node+1]]
}

// Edge is a tie between two nodes, for FromEdges.
type Edge struct {
	From, To uint32
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

// layOut sorts edges by both ends with two counting sorts and merges parallels.
func layOut(n int, edges []Edge, both, reversed, weighted bool) adjacency {
	ends := func(e *Edge) (uint32, uint32) {
		if reversed {
			return e.To, e.From
		}
		return e.From, e.To
	}
	type arc struct {
		from, to uint32
		weight   float64
	}
	arcs := make([]arc, 0, len(edges)*2)
	for i := range edges {
		from, to := ends(&edges[i])
		if from == to {
			continue
		}
		arcs = append(arcs, arc{from, to, edges[i].Weight})
		if both {
			arcs = append(arcs, arc{to, from, edges[i].Weight})
		}
	}
	byTo := countingSort(n, arcs, func(a *arc) uint32 { return a.to })
	sorted := countingSort(n, byTo, func(a *arc) uint32 { return a.from })
	a := adjacency{start: make([]uint32, n+1), to: make([]uint32, 0, len(sorted))}
	if weighted {
		a.weight = make([]float64, 0, len(sorted))
	}
	for i := range sorted {
		s := &sorted[i]
		if i > 0 && sorted[i-1].from == s.from && sorted[i-1].to == s.to {
			if weighted {
				a.weight[len(a.weight)-1] += s.weight
			}
			continue
		}
		a.to = append(a.to, s.to)
		a.start[s.from+1]++
		if weighted {
			a.weight = append(a.weight, s.weight)
		}
	}
	a.to = slices.Clip(a.to)
	accumulate(a.start)
	return a
}

// countingSort is list sorted by a key below n; equal keys keep their order.
func countingSort[T any](n int, list []T, key func(*T) uint32) []T {
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

// Graph reads the network as a simple graph. weigh gives the strength of the link
// in an out slot; nil makes an unweighted graph.
func (n *Network) Graph(dir Direction, weigh func(slot uint32) float64) *Graph {
	all := func(uint32) bool { return true }
	if dir == Undirected {
		both := n.merge(all, all, weigh)
		return &Graph{out: both, in: both}
	}
	g := &Graph{directed: true, out: n.merge(all, n.Symmetric, weigh), in: n.merge(n.Symmetric, all, weigh)}
	if dir == Backward {
		g.out, g.in = g.in, g.out
	}
	return g
}

// merge lays out, for each node, the links that start from it and those that lead
// to it, as far as they are taken. Both lists are in order, so that parallels meet.
func (n *Network) merge(takesOut, takesIn func(slot uint32) bool, weigh func(uint32) float64) adjacency {
	a := adjacency{start: make([]uint32, n.Len()+1), to: make([]uint32, 0, 2*n.Links())}
	if weigh != nil {
		a.weight = make([]float64, 0, 2*n.Links())
	}
	for node := range uint32(n.Len()) {
		out, in := n.outStart[node], n.inStart[node]
		first := len(a.to)
		for out < n.outStart[node+1] || in < n.inStart[node+1] {
			var other, slot uint32
			var taken bool
			if in == n.inStart[node+1] || out < n.outStart[node+1] && n.outTo[out] <= n.inFrom[in] {
				other, slot = n.outTo[out], out
				taken = takesOut(slot)
				out++
			} else {
				other, slot = n.inFrom[in], n.inSlot[in]
				taken = takesIn(slot)
				in++
			}
			if taken && other != node {
				a.append(first, other, slot, weigh)
			}
		}
		a.start[node+1] = uint32(len(a.to))
	}
	a.to = slices.Clip(a.to)
	return a
}

// append adds a tie to the node whose list begins at first; a parallel one adds
// to the weight.
func (a *adjacency) append(first int, other, slot uint32, weigh func(uint32) float64) {
	last := len(a.to) - 1
	parallel := last >= first && a.to[last] == other
	if !parallel {
		a.to = append(a.to, other)
	}
	switch {
	case weigh == nil:
	case parallel:
		a.weight[last] += weigh(slot)
	default:
		a.weight = append(a.weight, weigh(slot))
	}
}

// Len is the number of nodes.
func (g *Graph) Len() int { return len(g.out.start) - 1 }

// Edges is the number of edges; an undirected edge counts once.
func (g *Graph) Edges() int {
	if g.directed {
		return len(g.out.to)
	}
	return len(g.out.to) / 2
}

// Directed reports whether edges have a direction.
func (g *Graph) Directed() bool { return g.directed }

// Weighted reports whether edges have weights other than 1.
func (g *Graph) Weighted() bool { return g.out.weight != nil }

// Out lists the neighbours that a node has edges to, ascending. It must not be
// changed.
func (g *Graph) Out(node uint32) []uint32 { return g.out.of(node) }

// In lists the neighbours that have edges to a node, ascending. It must not be
// changed.
func (g *Graph) In(node uint32) []uint32 { return g.in.of(node) }

// OutWeights are the weights of the edges to Out(node), in its order; nil for an
// unweighted graph.
func (g *Graph) OutWeights(node uint32) []float64 {
	if g.out.weight == nil {
		return nil
	}
	return g.out.weights(node)
}

// InWeights are the weights of the edges from In(node), in its order; nil for an
// unweighted graph.
func (g *Graph) InWeights(node uint32) []float64 {
	if g.in.weight == nil {
		return nil
	}
	return g.in.weights(node)
}

// Bytes is the memory that the graph's arrays take.
func (g *Graph) Bytes() int {
	size := 4*(len(g.out.start)+len(g.out.to)) + 8*len(g.out.weight)
	if g.directed {
		size += 4*(len(g.in.start)+len(g.in.to)) + 8*len(g.in.weight)
	}
	return size
}
