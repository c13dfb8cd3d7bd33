package analysis

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// Betweenness is the share of shortest paths between other nodes that run through
// a node, as networkx's betweenness_centrality with its default normalisation.
// It is Brandes's exact algorithm, one search from every node.
func Betweenness(g *Graph, m *Meter) ([]float64, error) {
	sources := make([]uint32, g.Len())
	for i := range sources {
		sources[i] = uint32(i)
	}
	sum, err := dependencies(g, sources, m)
	scale(sum, pairScale(g))
	return sum, err
}

// pairScale normalises a sum over ordered pairs: undirected graphs count each
// pair twice, which the number of ordered pairs makes up for.
func pairScale(g *Graph) float64 {
	n := float64(g.Len())
	if n < 3 {
		return 0
	}
	return 1 / ((n - 1) * (n - 2))
}

func scale(values []float64, by float64) {
	for i := range values {
		values[i] *= by
	}
}

// blockSources is how many sources are added up before blocks are: it fixes the
// order of additions, whatever the number of processors.
const blockSources = 64

// dependencies adds up Brandes's dependencies over the sources. Blocks of sources
// are shared out and added in their order, so that every run gives the same bits.
func dependencies(g *Graph, sources []uint32, m *Meter) ([]float64, error) {
	total := make([]float64, g.Len())
	blocks := (len(sources) + blockSources - 1) / blockSources
	workers := runtime.GOMAXPROCS(0)
	for start := 0; start < blocks; start += workers {
		parts := make([][]float64, min(workers, blocks-start))
		errs := make([]error, len(parts))
		var wait sync.WaitGroup
		for i := range parts {
			wait.Go(func() {
				from := (start + i) * blockSources
				parts[i], errs[i] = block(g, sources[from:min(from+blockSources, len(sources))], m)
			})
		}
		wait.Wait()
		for i, part := range parts {
			for v := range part {
				total[v] += part[v]
			}
			if errs[i] != nil {
				return total, errs[i]
			}
		}
	}
	return total, nil
}

func block(g *Graph, sources []uint32, m *Meter) ([]float64, error) {
	b := newBrandes(g)
	for _, s := range sources {
		b.from(s)
		if err := m.Spend(b.read); err != nil {
			return b.sum, err
		}
	}
	return b.sum, nil
}

type brandes struct {
	g     *Graph
	dist  []int32
	paths []float64
	// share is, once a node is done with, (1 + its dependency) / its paths: what each
	// path that arrives there hands back. Nodes of even distance have theirs in the
	// first list, others in the second; each is 0 but for one distance.
	share [2][]float64
	order []uint32 // of rising distance
	leads bitset   // those with a neighbour that is further away
	sum   []float64
	read  int
}

func newBrandes(g *Graph) *brandes {
	n := g.Len()
	b := &brandes{
		g: g, dist: make([]int32, n), paths: make([]float64, n), share: [2][]float64{make([]float64, n), make([]float64, n)},
		order: make([]uint32, 0, n+1), leads: newBitset(n), sum: make([]float64, n),
	}
	for i := range b.dist {
		b.dist[i] = Unreached
	}
	return b
}

// from adds the dependencies of one source.
func (b *brandes) from(s uint32) {
	b.search(s)
	b.accumulate()
	b.clear()
}

// search counts the shortest paths from a source to every node. It goes on without
// branches, for which way they go cannot be foreseen: a node is queued before it is
// known whether it is new, and adds no path where it is no step further.
func (b *brandes) search(s uint32) {
	b.read = 0
	dist, paths, order, count := b.dist, b.paths, b.order[:cap(b.order)], 1
	dist[s], paths[s], order[0] = 0, 1, s
	for i := 0; i < count; i++ {
		u := order[i]
		near := b.g.Out(u)
		b.read += len(near)
		next, ways, leads := dist[u]+1, math.Float64bits(paths[u]), uint64(0)
		for _, w := range near {
			d := dist[w]
			order[count] = w
			if d == Unreached {
				count++
				d = next
			}
			dist[w] = d
			further := uint64(0)
			if d == next {
				further = math.MaxUint64
			}
			leads |= further
			paths[w] += math.Float64frombits(ways & further)
		}
		if leads != 0 {
			b.leads.add(u)
		}
	}
	b.order = order[:count]
}

// accumulate adds the dependencies of the source on each node, from the furthest
// back, a step at a time. Only nodes one step further have a share in the list that a
// node adds up: so there is nothing to ask of them.
func (b *brandes) accumulate() {
	last := len(b.order)
	for end := last; end > 1; {
		start, depth := end-1, b.dist[b.order[end-1]]
		for start > 0 && b.dist[b.order[start-1]] == depth {
			start--
		}
		mine, theirs := b.share[depth&1], b.share[1-depth&1]
		for _, u := range b.order[max(start, 1):end] {
			if !b.leads.has(u) {
				mine[u] = 1 / b.paths[u]
				continue
			}
			dependency := added(theirs, b.g.Out(u)) * b.paths[u]
			mine[u] = (1 + dependency) / b.paths[u]
			b.sum[u] += dependency
		}
		for _, u := range b.order[end:last] {
			theirs[u] = 0
		}
		last, end = end, start
	}
	for _, u := range b.order[:last] {
		b.share[0][u], b.share[1][u] = 0, 0
	}
}

// added is the sum of the values of nodes; in two sums, which do not wait for each
// other.
func added(values []float64, nodes []uint32) float64 {
	even, odd := 0.0, 0.0
	i := 0
	for ; i+1 < len(nodes); i += 2 {
		even += values[nodes[i]]
		odd += values[nodes[i+1]]
	}
	if i < len(nodes) {
		even += values[nodes[i]]
	}
	return even + odd
}

// clear makes ready for the next source.
func (b *brandes) clear() {
	for _, u := range b.order {
		b.dist[u], b.paths[u] = Unreached, 0
		b.leads.remove(u)
	}
}

// BetweennessSample estimates Betweenness from random pairs of nodes and a random
// shortest path between each. With probability at least 1-Confidence no node is
// further than Error from its exact value.
type BetweennessSample struct {
	Values     []float64
	Samples    int
	Error      float64
	Confidence float64
}

// SampleBetweenness draws samples paths with a seed; the same seed gives the same
// answer. The error bound is Hoeffding's with a union over all nodes.
func SampleBetweenness(g *Graph, samples int, seed uint64, m *Meter) (*BetweennessSample, error) {
	const confidence = 0.1
	n := g.Len()
	out := &BetweennessSample{Values: make([]float64, n), Confidence: confidence}
	if n < 3 {
		return out, nil
	}
	random := rand.New(rand.NewPCG(seed, 0x7261627461))
	p := newPairSearch(g)
	counts := make([]int, n)
	for out.Samples < samples {
		s, t := uint32(random.IntN(n)), uint32(random.IntN(n-1))
		if t >= s {
			t++
		}
		for _, v := range p.inner(s, t, random) {
			counts[v]++
		}
		out.Samples++
		if err := m.Spend(p.read); err != nil {
			return out.finish(counts), err
		}
	}
	return out.finish(counts), nil
}

// finish turns counts into shares. A pair of other nodes is drawn more seldom
// than any pair: n/(n-2) makes up for it.
func (b *BetweennessSample) finish(counts []int) *BetweennessSample {
	n := float64(len(counts))
	k := float64(max(b.Samples, 1))
	up := n / (n - 2)
	for v, c := range counts {
		b.Values[v] = float64(c) / k * up
	}
	b.Error = up * math.Sqrt(math.Log(2*n/b.Confidence)/(2*k))
	return b
}

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

// inner is the nodes between s and t on a random shortest path, nil when there is
// no path or nothing between.
func (p *pairSearch) inner(s, t uint32, random *rand.Rand) []uint32 {
	p.read = 0
	p.side[0].start(s)
	p.side[1].start(t)
	defer p.clear()
	depth := [2]int32{}
	for {
		if meets := p.meets(); len(meets) > 0 {
			return p.draw(meets, s, t, random)
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
func (p *pairSearch) draw(meets []uint32, s, t uint32, random *rand.Rand) []uint32 {
	v := pick(meets, func(v uint32) float64 { return p.side[0].paths[v] * p.side[1].paths[v] }, random)
	var inner []uint32
	if v != s && v != t {
		inner = append(inner, v)
	}
	for i, end := range []uint32{s, t} {
		h := &p.side[i]
		for at := v; h.dist[at] > 1; {
			var back []uint32
			for _, w := range p.near(1-i, at) {
				if h.dist[w] == h.dist[at]-1 {
					back = append(back, w)
				}
			}
			at = pick(back, func(w uint32) float64 { return h.paths[w] }, random)
			if at != end {
				inner = append(inner, at)
			}
		}
	}
	return inner
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
