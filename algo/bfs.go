package algo

import "github.com/rabta/rabta/work"

// Unreached is the distance of a node that cannot be reached.
const Unreached = int32(-1)

// BFS is the number of steps from a node to every node, Unreached where there is
// no way. Rounds that would touch most of the graph are run from the side of the
// nodes not yet reached, which reads far fewer arcs.
func BFS(g *Graph, from Node, m *work.Meter) ([]int32, error) {
	b := newBFS(g)
	defer nodePool.put(b.space)
	b.dist[from] = 0
	b.front = append(b.front, from)
	if err := m.Spend(swept(g.Len())); err != nil {
		return b.dist, err
	}
	for depth := int32(1); len(b.front) > 0; depth++ {
		read := b.round(depth)
		if err := m.Spend(read); err != nil {
			return b.dist, err
		}
		b.front, b.next = b.next, b.front[:0]
	}
	return b.dist, nil
}

// swept is the slots that it costs to go once through a value of each of n nodes, in their
// order: to set it, or to add it up.
func swept(n int) int { return n/4 + 1 }

type bfs struct {
	g           *Graph
	dist        []int32
	front, next []Node
	inFront     []uint64 // a bit a node, for rounds from below
	unread      int      // arcs of nodes not yet in any front
	space       *[]Node
}

func newBFS(g *Graph) *bfs {
	n := g.Len()
	space := nodePool.get(2 * n)
	b := &bfs{
		g: g, dist: make([]int32, n), front: (*space)[0:0:n], next: (*space)[n : n : 2*n], unread: len(g.out.To),
		space: space,
	}
	for i := range b.dist {
		b.dist[i] = Unreached
	}
	return b
}

// How much larger the rest must be than the front's arcs, and the graph than the
// front, for a round to go down; the customary values.
const (
	bottomUpArcs = 15
	topDownNodes = 20
)

func (b *bfs) round(depth int32) (read int) {
	arcs := 0
	for _, u := range b.front {
		arcs += int(b.g.out.Start[u+1] - b.g.out.Start[u])
	}
	b.unread -= arcs
	if arcs > b.unread/bottomUpArcs && len(b.front) > len(b.dist)/topDownNodes {
		return b.bottomUp(depth)
	}
	for _, u := range b.front {
		for _, w := range b.g.Out(u) {
			if b.dist[w] == Unreached {
				b.dist[w] = depth
				b.next = append(b.next, w)
			}
		}
	}
	return arcs
}

// bottomUp lets each node that is not reached look for a neighbour in the front.
func (b *bfs) bottomUp(depth int32) (read int) {
	if b.inFront == nil {
		b.inFront = make([]uint64, len(b.dist)/64+1)
	}
	clear(b.inFront)
	for _, u := range b.front {
		b.inFront[u/64] |= 1 << (u % 64)
	}
	read = swept(len(b.dist))
	for u := range Node(len(b.dist)) {
		if b.dist[u] != Unreached {
			continue
		}
		for _, w := range b.g.In(u) {
			read++
			if b.inFront[w/64]&(1<<(w%64)) != 0 {
				b.dist[u] = depth
				b.next = append(b.next, u)
				break
			}
		}
	}
	return read
}

// bitset is a set of nodes.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, n/64+1) }

func (b bitset) has(i Node) bool { return b[i/64]&(1<<(i%64)) != 0 }

func (b bitset) add(i Node) { b[i/64] |= 1 << (i % 64) }

func (b bitset) remove(i Node) { b[i/64] &^= 1 << (i % 64) }
