package analysis

// Cores is the core number of every node: the greatest k for which the node is
// left when nodes of fewer than k neighbours are taken away again and again.
// Directed graphs are read as undirected.
func Cores(g *Graph, m *Meter) ([]int, error) {
	u := g.undirected()
	n := u.Len()
	degree, left := make([]uint32, n), identityOf(n)
	for v := range degree {
		degree[v] = u.out.start[v+1] - u.out.start[v]
	}
	queue := make([]uint32, 0, n)
	for k := uint32(0); len(left) > 0; k++ {
		queue, left = take(degree, left, queue[:0], k)
		for i := 0; i < len(queue); i++ {
			for _, w := range u.Out(queue[i]) {
				if d := degree[w]; d > k {
					degree[w] = d - 1
					if d == k+1 {
						queue = append(queue, w)
					}
				}
			}
		}
	}
	cores := make([]int, n)
	for v, d := range degree {
		cores[v] = int(d)
	}
	return cores, m.Spend(len(u.out.to))
}

// take moves the nodes of k neighbours to the queue and drops those of fewer,
// which were taken before. Over all k, left is read as often as core numbers add up
// to.
func take(degree, left, queue []uint32, k uint32) (taken, rest []uint32) {
	rest = left[:0]
	for _, v := range left {
		switch d := degree[v]; {
		case d > k:
			rest = append(rest, v)
		case d == k:
			queue = append(queue, v)
		}
	}
	return queue, rest
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
