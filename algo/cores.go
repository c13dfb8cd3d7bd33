package algo

import "github.com/rabta/rabta/work"

// Cores is the core number of every node: the greatest k for which the node is
// left when nodes of fewer than k neighbours are taken away again and again.
// Directed graphs are read as undirected.
func Cores(g *Graph, m *work.Meter) ([]int, error) {
	u := g.Undirected()
	n := u.Len()
	degreeSpace, nodeSpace := degreePool.get(n), nodePool.get(n)
	defer degreePool.put(degreeSpace)
	defer nodePool.put(nodeSpace)
	degrees, left := *degreeSpace, *nodeSpace
	for v := range degrees {
		degrees[v], left[v] = degree(u.out.Start[v+1]-u.out.Start[v]), Node(v)
	}
	var p peeling
	for rest := n; rest > 0; {
		if left = p.fill(degrees, left); !p.any() {
			p.base = fewest(degrees, left) // no core between has another member
			continue
		}
		for k := p.base; k < p.end; k++ {
			rest -= p.take(u, degrees, k, rest)
		}
		p.base = p.end
	}
	p.done()
	cores := make([]int, n)
	for v, d := range degrees {
		cores[v] = int(d)
	}
	return cores, m.Spend(n + len(u.out.To))
}

// All nodes that are left are read once for each window of core numbers. A window is
// one number wide below wideFrom, for of few neighbours many nodes fall all through a
// wide one.
const (
	wideFrom = 4
	wide     = 8
)

// degree is how many neighbours a node has.
type degree uint32

// peeling is a window: the nodes of base to end neighbours, by how many these are.
type peeling struct {
	base, end degree
	last      Node // no node above it is left
	room      []Node
	size      int // of room for each number of neighbours
	count     [wide]int
	space     *[]Node
}

// fill puts the nodes of the window in their places, drops those of fewer neighbours,
// which were taken before, and returns the rest.
func (p *peeling) fill(degrees []degree, left []Node) (rest []Node) {
	width := 1
	if p.base >= wideFrom {
		width = wide
	}
	p.end, p.last, p.size, p.count = p.base+degree(width), left[len(left)-1], len(left), [wide]int{}
	if p.room == nil || len(p.room) < width*p.size {
		p.done()
		p.space = nodePool.get(width * p.size)
		p.room = *p.space
	}
	kept := 0
	for _, v := range left {
		d := degrees[v]
		left[kept] = v
		if d >= p.end {
			kept++
		} else if d >= p.base {
			p.put(v, d)
		}
	}
	return left[:kept]
}

func (p *peeling) put(v Node, d degree) {
	i := d - p.base
	p.room[int(i)*p.size+p.count[i]] = v
	p.count[i]++
}

func (p *peeling) any() bool { return p.count != [wide]int{} }

func (p *peeling) done() {
	if p.space != nil {
		nodePool.put(p.space)
	}
}

// take takes the nodes of k neighbours away, and those that have k left by that, and
// counts them. Once all the rest have k, none of them falls any more.
func (p *peeling) take(g *Graph, degrees []degree, k degree, rest int) int {
	i := k - p.base
	list := p.room[int(i)*p.size : int(i+1)*p.size]
	kept := 0
	for _, v := range list[:p.count[i]] {
		if list[kept] = v; degrees[v] == k { // others have fallen further
			kept++
		}
	}
	p.count[i] = kept
	for j := 0; j < p.count[i] && p.count[i] < rest; j++ {
		p.lower(degrees, g.Out(list[j]), k)
	}
	return p.count[i]
}

// lower takes a neighbour from each of the nodes near one that is taken. Where nodes
// are numbered by falling degree, the last that is left spares most of those that were
// taken before.
func (p *peeling) lower(degrees []degree, near []Node, k degree) {
	last, end := p.last, p.end
	for _, w := range near {
		if w > last {
			break
		}
		d := degrees[w]
		if d <= k {
			continue
		}
		d--
		degrees[w] = d
		if d < end {
			p.put(w, d)
		}
	}
}

// fewest is how few neighbours any of the nodes has.
func fewest(degrees []degree, nodes []Node) degree {
	least := ^degree(0)
	for _, v := range nodes {
		least = min(least, degrees[v])
	}
	return least
}

// undirected is the graph with every edge both ways; itself when it is undirected.
func (g *Graph) Undirected() *Graph {
	if !g.directed {
		return g
	}
	edges := make([]Edge, 0, len(g.out.To))
	for u := range Node(g.Len()) {
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
