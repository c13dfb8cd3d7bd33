package algo

import (
	"math"
	"slices"
	"sync"

	"github.com/rabta/rabta/work"
)

// Betweenness is the share of shortest paths between other nodes that run through
// a node, as networkx's betweenness_centrality with its default normalisation.
// It is Brandes's exact algorithm, one search from every node.
func Betweenness(g *Graph, m *work.Meter) ([]float64, error) {
	sources := make([]Node, g.Len())
	for i := range sources {
		sources[i] = Node(i)
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

// dependencies adds up Brandes's dependencies over the sources.
func dependencies(g *Graph, sources []Node, m *work.Meter) ([]float64, error) {
	return sumBlocks(g.Len(), sources, func(part []Node) ([]float64, error) {
		b := newBrandes(g)
		if err := m.Spend(2 * g.Len()); err != nil {
			return b.sum, err
		}
		for _, s := range part {
			b.from(s)
			if err := m.Spend(b.read + len(b.order)); err != nil {
				return b.sum, err
			}
		}
		return b.sum, nil
	})
}

// sumBlocks adds up what blocks of sources give each of n nodes. Blocks are shared out and
// added in their order, so that every run gives the same bits.
func sumBlocks(n int, sources []Node, block func(part []Node) ([]float64, error)) ([]float64, error) {
	total := make([]float64, n)
	blocks := (len(sources) + blockSources - 1) / blockSources
	workers, done := work.Workers(blocks)
	defer done()
	for start := 0; start < blocks; start += workers {
		parts := make([][]float64, min(workers, blocks-start))
		errs := make([]error, len(parts))
		var wait sync.WaitGroup
		for i := range parts {
			wait.Go(func() {
				from := (start + i) * blockSources
				parts[i], errs[i] = block(sources[from:min(from+blockSources, len(sources))])
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

type brandes struct {
	g     *Graph
	dist  []int32
	paths []float64
	// share is, once a node is done with, (1 + its dependency) / its paths: what each
	// path that arrives there hands back. Nodes of even distance have theirs in the
	// first list, others in the second; each is 0 but for one distance.
	share [2][]float64
	order []Node // of rising distance
	leads bitset // those with a neighbour that is further away
	sum   []float64
	read  int
}

func newBrandes(g *Graph) *brandes {
	n := g.Len()
	b := &brandes{
		g: g, dist: make([]int32, n), paths: make([]float64, n), share: [2][]float64{make([]float64, n), make([]float64, n)},
		order: make([]Node, 0, n+1), leads: newBitset(n), sum: make([]float64, n),
	}
	for i := range b.dist {
		b.dist[i] = Unreached
	}
	return b
}

// from adds the dependencies of one source.
func (b *brandes) from(s Node) {
	b.search(s)
	b.accumulate()
	b.clear()
}

// search counts the shortest paths from a source to every node. It goes on without
// branches, for which way they go cannot be foreseen: a node is queued before it is
// known whether it is new, and adds no path where it is no step further.
func (b *brandes) search(s Node) {
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
// node adds up: so there is nothing to compare.
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
			dependency := sumOf(theirs, b.g.Out(u)) * b.paths[u]
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

// sumOf is the sum of the values of nodes; in two sums, which do not wait for each
// other.
func sumOf(values []float64, nodes []Node) float64 {
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

// tieSlots is what an arc costs that is read and written to, there and back.
const tieSlots = 4

// TieBetweenness is the share of shortest paths between all pairs of nodes that
// run along each tie, as networkx's edge_betweenness_centrality with its default
// normalisation: one value for each arc of Out, node by node. The two arcs of an
// undirected tie have the same value.
func TieBetweenness(g *Graph, m *work.Meter) ([]float64, error) {
	sum := make([]float64, len(g.out.To))
	b := newBrandes(g)
	share := b.share[0]
	for s := range Node(g.Len()) {
		b.search(s)
		if err := m.Spend(tieSlots*b.read + len(b.order)); err != nil {
			return sum, err
		}
		for i := len(b.order) - 1; i >= 0; i-- {
			u := b.order[i]
			back := 0.0
			for arc := g.out.Start[u]; arc < g.out.Start[u+1]; arc++ {
				if w := g.out.To[arc]; b.dist[w] == b.dist[u]+1 {
					back += share[w]
					sum[arc] += b.paths[u] * share[w]
				}
			}
			share[u] = 1/b.paths[u] + back
		}
		b.clear()
	}
	g.normaliseTies(sum)
	return sum, nil
}

// normaliseTies adds up the two arcs of an undirected tie, and makes shares of sums: of
// all ordered pairs of nodes.
func (g *Graph) normaliseTies(sum []float64) {
	if n := float64(g.Len()); n > 1 {
		scale(sum, 1/(n*(n-1)))
	}
	if g.directed {
		return
	}
	for u := range Node(g.Len()) {
		for arc := g.out.Start[u]; arc < g.out.Start[u+1]; arc++ {
			if w := g.out.To[arc]; u < w {
				at, _ := slices.BinarySearch(g.out.List(w), u)
				back := g.out.Start[w] + Arc(at)
				sum[arc] += sum[back]
				sum[back] = sum[arc]
			}
		}
	}
}
