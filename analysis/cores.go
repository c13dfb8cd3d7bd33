package analysis

// Cores is the core number of every node: the greatest k for which the node is
// left when nodes of fewer than k neighbours are taken away again and again.
// Directed graphs are read as undirected.
func Cores(g *Graph, m *Meter) ([]int, error) {
	u := g.undirected()
	n := u.Len()
	space := workspace(3*n + 2)
	defer handBack(space)
	degree, left, queue := (*space)[:n], (*space)[n:2*n], (*space)[2*n:]
	for v := range degree {
		degree[v], left[v] = u.out.start[v+1]-u.out.start[v], uint32(v)
	}
	for k := uint32(0); len(left) > 0; k++ {
		var size int
		var least uint32
		if left, size, least = take(degree, left, queue, k); size == 0 {
			k = least - 1 // no core between has another member
			continue
		}
		highest, all := last(left), size+len(left)
		for i := 0; i < size && size < all; i++ { // once all are queued, none falls any more
			size = lower(degree, u.Out(queue[i]), highest, queue, size, k)
		}
	}
	cores := make([]int, n)
	for v, d := range degree {
		cores[v] = int(d)
	}
	return cores, m.Spend(len(u.out.to))
}

// take puts the nodes of k neighbours in the queue and drops those of fewer, which
// were taken before; least is the fewest neighbours of the rest. Over all k, left is
// read as often as core numbers add up to.
func take(degree, left, queue []uint32, k uint32) (rest []uint32, size int, least uint32) {
	kept := 0
	least = none32
	for _, v := range left { // without branches: which way they go cannot be foreseen
		d := degree[v]
		left[kept], queue[size] = v, v
		more := none32
		if d > k {
			kept++
			more = d
		}
		if d == k {
			size++
		}
		least = min(least, more)
	}
	return left[:kept], size, least
}

// last is the highest of the nodes that are left.
func last(left []uint32) uint32 {
	if len(left) == 0 {
		return 0
	}
	return left[len(left)-1]
}

// lower takes a neighbour from each of the nodes near one that is taken, and queues
// those that have k left. No node above last is left: where nodes are numbered by
// falling degree, that spares most of those that were taken before.
func lower(degree, near []uint32, last uint32, queue []uint32, size int, k uint32) int {
	for _, w := range near {
		if w > last {
			break
		}
		d := degree[w]
		if d <= k {
			continue
		}
		degree[w] = d - 1
		if d == k+1 {
			queue[size] = w
			size++
		}
	}
	return size
}

// undirected is the graph with every edge both ways; itself when it is undirected.
func (g *Graph) undirected() *Graph {
	if !g.directed {
		return g
	}
	edges := make([]Edge, 0, len(g.out.to))
	for u := range uint32(g.Len()) {
		weights := g.OutWeights(u)
		for i, w := range g.Out(u) {
			e := Edge{From: u, To: w, Weight: 1}
			if weights != nil {
				e.Weight = weights[i]
			}
			edges = append(edges, e)
		}
	}
	return FromEdges(g.Len(), edges, false, g.Weighted())
}
