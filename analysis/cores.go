package analysis

// Cores is the core number of every node: the greatest k for which the node is
// left when nodes of fewer than k neighbours are taken away again and again.
// Directed graphs are read as undirected.
func Cores(g *Graph, m *Meter) ([]int, error) {
	u := g.undirected()
	n := u.Len()
	degree := make([]int, n)
	most := 0
	for v := range uint32(n) {
		degree[v] = len(u.Out(v))
		most = max(most, degree[v])
	}
	order, place, bin := binSort(degree, most)
	for i := range n {
		v := order[i]
		for _, w := range u.Out(v) {
			if degree[w] <= degree[v] {
				continue
			}
			// Move w to the front of its bin and shrink the bin.
			dw := degree[w]
			front := bin[dw]
			other := order[front]
			if other != w {
				order[place[w]], order[front] = other, w
				place[other], place[w] = place[w], front
			}
			bin[dw]++
			degree[w]--
		}
	}
	return degree, m.Spend(len(u.out.to))
}

// binSort orders nodes by degree: order, each node's place in it, and where the
// nodes of each degree begin.
func binSort(degree []int, most int) (order []uint32, place, bin []int) {
	bin = make([]int, most+2)
	for _, d := range degree {
		bin[d+1]++
	}
	for d := 1; d < len(bin); d++ {
		bin[d] += bin[d-1]
	}
	order, place = make([]uint32, len(degree)), make([]int, len(degree))
	next := append([]int(nil), bin...)
	for v, d := range degree {
		place[v] = next[d]
		order[next[d]] = uint32(v)
		next[d]++
	}
	return order, place, bin
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
