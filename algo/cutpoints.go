package algo

import "github.com/rabta/rabta/work"

// Cut is what one depth-first pass over an undirected graph finds of its weak
// points.
type Cut struct {
	// Points marks the nodes whose removal splits their component.
	Points []bool
	// Bridges are the edges whose removal splits their component, smaller node
	// first, ascending.
	Bridges [][2]Node
	// Blocks are the biconnected components, each as its nodes ascending, in the
	// order in which the pass closes them.
	Blocks [][]Node
	// Fragmentation is, for each node, the share of pairs of the other nodes that
	// cannot reach each other once it is removed: Borgatti's F of what is left.
	Fragmentation []float64
}

// blockSlots is what an arc costs with its place in a block.
const blockSlots = 16

// Cutpoints finds cutpoints, bridges, blocks and the fragmentation after each
// single removal in one pass. Directed graphs are read as undirected.
func Cutpoints(g *Graph, m *work.Meter) (*Cut, error) {
	u := g.Undirected()
	n := u.Len()
	of, sizes, err := Components(u, m)
	if err != nil {
		return nil, err
	}
	c := cutter{
		g: u, cut: &Cut{Points: make([]bool, n), Fragmentation: make([]float64, n)},
		index: make([]uint32, n), low: make([]uint32, n), size: make([]uint32, n),
		left: make([]uint64, n), pairs: make([]uint64, n),
	}
	for v := range Node(n) {
		if c.index[v] == 0 {
			c.search(v)
		}
	}
	c.fragment(of, sizes)
	sortPairs(c.cut.Bridges)
	return c.cut, m.Spend(n + blockSlots*len(u.out.To))
}

type cutter struct {
	g          *Graph
	cut        *Cut
	index, low []uint32
	size       []uint32 // nodes of the subtree
	// left is, for a cutpoint, how many nodes its split-off subtrees hold, pairs
	// the sum of their connected pairs.
	left, pairs []uint64
	clock       uint32
	path        []frame
	edges       [][2]Node // not yet in a block
}

type frame struct {
	node, parent Node
	arc          Arc // the next one
	children     int
}

func (c *cutter) search(start Node) {
	c.enter(start, None)
	if len(c.g.Out(start)) == 0 {
		c.path = c.path[:0]
		return
	}
	for len(c.path) > 0 {
		f := &c.path[len(c.path)-1]
		if f.arc < c.g.out.Start[f.node+1] {
			w := c.g.out.To[f.arc]
			f.arc++
			c.follow(f, w)
			continue
		}
		done := *f
		c.path = c.path[:len(c.path)-1]
		if len(c.path) > 0 {
			c.leave(&c.path[len(c.path)-1], done.node)
		}
	}
}

func (c *cutter) enter(node, parent Node) {
	c.clock++
	c.index[node], c.low[node], c.size[node] = c.clock, c.clock, 1
	c.path = append(c.path, frame{node: node, parent: parent, arc: c.g.out.Start[node]})
}

func (c *cutter) follow(f *frame, w Node) {
	switch {
	case w == f.parent:
	case c.index[w] == 0:
		f.children++
		c.edges = append(c.edges, [2]Node{f.node, w})
		c.enter(w, f.node)
	case c.index[w] < c.index[f.node]:
		c.edges = append(c.edges, [2]Node{f.node, w})
		c.low[f.node] = min(c.low[f.node], c.index[w])
	}
}

// leave takes the subtree of child back into its parent.
func (c *cutter) leave(f *frame, child Node) {
	u := f.node
	c.low[u] = min(c.low[u], c.low[child])
	c.size[u] += c.size[child]
	if c.low[child] > c.index[u] {
		c.cut.Bridges = append(c.cut.Bridges, [2]Node{min(u, child), max(u, child)})
	}
	if c.low[child] >= c.index[u] { // child's subtree hangs on u alone
		s := uint64(c.size[child])
		c.left[u] += s
		c.pairs[u] += s * (s - 1) / 2
		if f.parent != None || f.children > 1 {
			c.cut.Points[u] = true
		}
		c.block(u, child)
	}
}

// block takes the edges of a closed block off the stack.
func (c *cutter) block(u, child Node) {
	at := len(c.edges) - 1
	for c.edges[at] != [2]Node{u, child} {
		at--
	}
	seen := map[Node]bool{}
	var nodes []Node
	for _, e := range c.edges[at:] {
		for _, v := range e {
			if !seen[v] {
				seen[v] = true
				nodes = append(nodes, v)
			}
		}
	}
	c.edges = c.edges[:at]
	sortNodes(nodes)
	c.cut.Blocks = append(c.cut.Blocks, nodes)
}

// fragment turns the sizes of what falls apart into shares.
func (c *cutter) fragment(of []Label, sizes []int) {
	n := uint64(len(of))
	if n < 3 {
		return
	}
	var connected uint64
	for _, s := range sizes {
		connected += uint64(s) * uint64(s-1) / 2
	}
	all := (n - 1) * (n - 2) / 2
	for v := range of {
		s := uint64(sizes[of[v]])
		rest := s - 1 - c.left[v] // what is left on the side of v's parent
		now := connected - s*(s-1)/2 + c.pairs[v]
		if rest > 0 {
			now += rest * (rest - 1) / 2
		}
		c.cut.Fragmentation[v] = 1 - float64(now)/float64(all)
	}
}
