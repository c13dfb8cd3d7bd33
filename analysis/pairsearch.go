package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
)

// pairSearch draws a random shortest path by a search from both ends.
type pairSearch struct {
	g    *Graph
	side [2]half
	read int
}

// half is one side of the search; touched lists what to clear.
type half struct {
	dist        []int32
	paths       []float64
	front, next []uint32
	touched     []uint32
}

func newPairSearch(g *Graph) *pairSearch {
	p := &pairSearch{g: g}
	for i := range p.side {
		h := &p.side[i]
		h.dist, h.paths = make([]int32, g.Len()), make([]float64, g.Len())
		for v := range h.dist {
			h.dist[v] = Unreached
		}
	}
	return p
}

// path is a random shortest path from s to t with both ends, nil when there is none.
func (p *pairSearch) path(s, t uint32, random *rand.Rand) []uint32 {
	p.read = 0
	p.side[0].start(s)
	p.side[1].start(t)
	defer p.clear()
	depth := [2]int32{}
	for {
		if meets := p.meets(); len(meets) > 0 {
			return p.draw(meets, random)
		}
		if len(p.side[0].front) == 0 || len(p.side[1].front) == 0 {
			return nil
		}
		i := 0
		if p.slots(1) < p.slots(0) {
			i = 1
		}
		depth[i]++
		p.step(i, depth[i])
	}
}

func (h *half) start(v uint32) {
	h.front, h.touched = append(h.front[:0], v), append(h.touched[:0], v)
	h.dist[v], h.paths[v] = 0, 1
}

func (p *pairSearch) clear() {
	for i := range p.side {
		h := &p.side[i]
		for _, v := range h.touched {
			h.dist[v], h.paths[v] = Unreached, 0
		}
	}
}

// near lists the neighbours that side i walks to: forwards from s, backwards from
// t.
func (p *pairSearch) near(i int, v uint32) []uint32 {
	if i == 0 {
		return p.g.Out(v)
	}
	return p.g.In(v)
}

func (p *pairSearch) slots(i int) int {
	n := 0
	for _, v := range p.side[i].front {
		n += len(p.near(i, v))
	}
	return n
}

func (p *pairSearch) step(i int, depth int32) {
	h := &p.side[i]
	h.next = h.next[:0]
	for _, u := range h.front {
		near := p.near(i, u)
		p.read += len(near)
		for _, w := range near {
			if h.dist[w] == Unreached {
				h.dist[w] = depth
				h.next, h.touched = append(h.next, w), append(h.touched, w)
			}
			if h.dist[w] == depth {
				h.paths[w] += h.paths[u]
			}
		}
	}
	h.front, h.next = h.next, h.front
}

// meets lists the nodes of either front that the other side has reached. All
// shortest paths run through them, each through exactly one.
func (p *pairSearch) meets() []uint32 {
	var out []uint32
	least := int32(math.MaxInt32)
	for i := range p.side {
		for _, v := range p.side[i].front {
			if p.side[1-i].dist[v] == Unreached {
				continue
			}
			switch d := p.side[0].dist[v] + p.side[1].dist[v]; {
			case d < least:
				least, out = d, append(out[:0], v)
			case d == least:
				out = append(out, v)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return out
}

// draw takes a meeting node by its number of paths and walks to both ends.
func (p *pairSearch) draw(meets []uint32, random *rand.Rand) []uint32 {
	v := pick(meets, func(v uint32) float64 { return p.side[0].paths[v] * p.side[1].paths[v] }, random)
	path := p.walk(0, v, random)
	slices.Reverse(path)
	return append(append(path, v), p.walk(1, v, random)...)
}

// walk is the rest of a random shortest path from a node to the end of a side.
func (p *pairSearch) walk(i int, at uint32, random *rand.Rand) (path []uint32) {
	h := &p.side[i]
	for h.dist[at] > 0 {
		var back []uint32
		for _, w := range p.near(1-i, at) {
			if h.dist[w] == h.dist[at]-1 {
				back = append(back, w)
			}
		}
		at = pick(back, func(w uint32) float64 { return h.paths[w] }, random)
		path = append(path, at)
	}
	return path
}

// pick draws one of the nodes in proportion to a weight.
func pick(nodes []uint32, weight func(uint32) float64, random *rand.Rand) uint32 {
	sum := 0.0
	for _, v := range nodes {
		sum += weight(v)
	}
	at := random.Float64() * sum
	for _, v := range nodes {
		at -= weight(v)
		if at < 0 {
			return v
		}
	}
	return nodes[len(nodes)-1]
}
