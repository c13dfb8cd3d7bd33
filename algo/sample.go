package algo

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/rabta/rabta/work"
)

// Sample estimates a value of every node, or of every tie, from random ones. But for
// errorProbability none is further than Error from its exact value.
type Sample struct {
	Values  []float64
	Samples int
	Error   float64
}

// errorProbability is the chance that some value of a sample is further off than is said.
const errorProbability = 0.1

// hoeffding bounds how far the mean of so many samples of 0 to 1 is off, for any of so
// many means.
func hoeffding(samples, means int) float64 {
	return math.Sqrt(math.Log(2*float64(means)/errorProbability) / (2 * float64(max(samples, 1))))
}

// SampleBetweenness estimates Betweenness from random pairs of nodes and a random
// shortest path between each; the same seed gives the same answer. The error bound is
// Hoeffding's with a union over all nodes.
func SampleBetweenness(g *Graph, samples int, seed uint64, m *work.Meter) (*Sample, error) {
	n := g.Len()
	out := &Sample{Values: make([]float64, n)}
	if n < 3 {
		return out, nil
	}
	err := samplePaths(g, samples, seed, m, out, func(path []Node) {
		for _, v := range path[1 : len(path)-1] {
			out.Values[v]++
		}
	})
	// A pair of other nodes is drawn more seldom than any pair: n/(n-2) makes up for it.
	up := float64(n) / float64(n-2)
	scale(out.Values, up/float64(max(out.Samples, 1)))
	out.Error = up * hoeffding(out.Samples, n)
	return out, err
}

// SampleTieBetweenness estimates TieBetweenness in the same way, one value for each arc
// of Out.
func SampleTieBetweenness(g *Graph, samples int, seed uint64, m *work.Meter) (*Sample, error) {
	out := &Sample{Values: make([]float64, len(g.out.To))}
	if g.Len() < 2 {
		return out, nil
	}
	err := samplePaths(g, samples, seed, m, out, func(path []Node) {
		for i, v := range path[1:] {
			out.Values[g.arc(path[i], v)]++
			if !g.directed {
				out.Values[g.arc(v, path[i])]++
			}
		}
	})
	scale(out.Values, 1/float64(max(out.Samples, 1)))
	out.Error = hoeffding(out.Samples, g.Edges())
	return out, err
}

// arc is an edge that is there.
func (g *Graph) arc(from, to Node) Arc {
	at, _ := slices.BinarySearch(g.out.List(from), to)
	return g.out.Start[from] + Arc(at)
}

// pathSlots is what a path costs beside the arcs that are read for it.
const pathSlots = 32

// samplePaths draws pairs of nodes and calls f with a random shortest path between each
// two that have one.
func samplePaths(g *Graph, samples int, seed uint64, m *work.Meter, out *Sample, f func(path []Node)) error {
	n := g.Len()
	random := rand.New(rand.NewPCG(seed, 0x7261627461))
	p := newPairSearch(g)
	for out.Samples < samples {
		s, t := Node(random.IntN(n)), Node(random.IntN(n-1))
		if t >= s {
			t++
		}
		if path := p.path(s, t, random); path != nil {
			f(path)
		}
		out.Samples++
		if err := m.Spend(pathSlots + p.read); err != nil {
			return err
		}
	}
	return nil
}

// SampleHarmonic estimates Harmonic from the distances from random nodes; the same seed
// gives the same answer. The error bound is Hoeffding's with a union over all nodes.
func SampleHarmonic(g *Graph, samples int, seed uint64, m *work.Meter) (*Sample, error) {
	n := g.Len()
	out := &Sample{Values: make([]float64, n)}
	if n == 0 {
		return out, nil
	}
	random := rand.New(rand.NewPCG(seed, 0x6861726d6f6e6963))
	sources := make([]Node, samples)
	for i := range sources {
		sources[i] = Node(random.IntN(n))
	}
	values, err := sumBlocks(n, sources, func(part []Node) ([]float64, error) {
		sum := make([]float64, n)
		for _, s := range part {
			dist, err := BFS(g, s, m)
			if err == nil {
				err = m.Spend(swept(n))
			}
			if err != nil {
				return nil, err
			}
			for v, d := range dist {
				if d > 0 {
					sum[v] += 1 / float64(d)
				}
			}
		}
		return sum, nil
	})
	if err != nil {
		return nil, err // how many counted is not known
	}
	scale(values, float64(n)/float64(samples))
	out.Values, out.Samples, out.Error = values, samples, float64(n)*hoeffding(samples, n)
	return out, nil
}

// pairSearch draws a random shortest path by a search from both ends.
type pairSearch struct {
	g     *Graph
	sides [2]searchSide
	read  int
}

// searchSide is one side of the search; touched lists what to clear.
type searchSide struct {
	dist        []int32
	paths       []float64
	front, next []Node
	touched     []Node
}

func newPairSearch(g *Graph) *pairSearch {
	p := &pairSearch{g: g}
	for i := range p.sides {
		h := &p.sides[i]
		h.dist, h.paths = make([]int32, g.Len()), make([]float64, g.Len())
		for v := range h.dist {
			h.dist[v] = Unreached
		}
	}
	return p
}

// path is a random shortest path from s to t with both ends, nil when there is none.
func (p *pairSearch) path(s, t Node, random *rand.Rand) []Node {
	p.read = 0
	p.sides[0].start(s)
	p.sides[1].start(t)
	defer p.clear()
	depth := [2]int32{}
	for {
		if meets := p.meets(); len(meets) > 0 {
			return p.through(meets, random)
		}
		if len(p.sides[0].front) == 0 || len(p.sides[1].front) == 0 {
			return nil
		}
		i := 0
		if p.arcs(1) < p.arcs(0) {
			i = 1
		}
		depth[i]++
		p.step(i, depth[i])
	}
}

func (h *searchSide) start(v Node) {
	h.front, h.touched = append(h.front[:0], v), append(h.touched[:0], v)
	h.dist[v], h.paths[v] = 0, 1
}

func (p *pairSearch) clear() {
	for i := range p.sides {
		h := &p.sides[i]
		for _, v := range h.touched {
			h.dist[v], h.paths[v] = Unreached, 0
		}
	}
}

// near lists the neighbours that side i walks to: forwards from s, backwards from
// t.
func (p *pairSearch) near(i int, v Node) []Node {
	if i == 0 {
		return p.g.Out(v)
	}
	return p.g.In(v)
}

func (p *pairSearch) arcs(i int) int {
	n := 0
	for _, v := range p.sides[i].front {
		n += len(p.near(i, v))
	}
	return n
}

func (p *pairSearch) step(i int, depth int32) {
	h := &p.sides[i]
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
func (p *pairSearch) meets() []Node {
	var out []Node
	least := int32(math.MaxInt32)
	for i := range p.sides {
		for _, v := range p.sides[i].front {
			if p.sides[1-i].dist[v] == Unreached {
				continue
			}
			switch d := p.sides[0].dist[v] + p.sides[1].dist[v]; {
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

// through is a random shortest path through one of the nodes where both sides meet.
func (p *pairSearch) through(meets []Node, random *rand.Rand) []Node {
	v := pick(meets, func(v Node) float64 { return p.sides[0].paths[v] * p.sides[1].paths[v] }, random)
	path := p.walk(0, v, random)
	slices.Reverse(path)
	return append(append(path, v), p.walk(1, v, random)...)
}

// walk is the rest of a random shortest path from a node to the end of a side.
func (p *pairSearch) walk(i int, at Node, random *rand.Rand) (path []Node) {
	h := &p.sides[i]
	for h.dist[at] > 0 {
		var back []Node
		for _, w := range p.near(1-i, at) {
			if h.dist[w] == h.dist[at]-1 {
				back = append(back, w)
			}
		}
		at = pick(back, func(w Node) float64 { return h.paths[w] }, random)
		path = append(path, at)
	}
	return path
}

// pick draws one of the nodes in proportion to a weight.
func pick(nodes []Node, weight func(Node) float64, random *rand.Rand) Node {
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
