package community

import (
	"math"
	"slices"

	"github.com/rabta/rabta/algo"
)

// level is a graph of one round: nodes are communities of the round before. It has no
// loops.
type level struct {
	n        int
	start    []algo.Arc
	to       []algo.Node
	weight   []float64
	strength []float64 // with what lies inside the node
	total    float64
}

// firstLevel is a graph without the ties that weigh nothing.
func firstLevel(g *algo.Graph) *level {
	a := *g.Adjacency()
	switch {
	case a.Weight == nil:
		a.Weight = make([]float64, len(a.To))
		for i := range a.Weight {
			a.Weight[i] = 1
		}
	case slices.Contains(a.Weight, 0):
		a = weighing(a)
	}
	lev := &level{n: g.Len(), start: a.Start, to: a.To, weight: a.Weight, strength: algo.Strengths(g)}
	lev.total = total(lev.strength)
	return lev
}

// weighing is without ties of no weight.
func weighing(a algo.Adjacency) (out algo.Adjacency) {
	out.Start = make([]algo.Arc, len(a.Start))
	for v := range algo.Node(len(a.Start) - 1) {
		for i, w := range a.Weights(v) {
			if w != 0 {
				out.To, out.Weight = append(out.To, a.List(v)[i]), append(out.Weight, w)
			}
		}
		out.Start[v+1] = algo.Arc(len(out.To))
	}
	return out
}

// arcs are the neighbours of a node and the weights to them.
func (lev *level) arcs(v algo.Node) (near []algo.Node, weight []float64) {
	from, end := lev.start[v], lev.start[v+1]
	near = lev.to[from:end]
	return near, lev.weight[from:end][:len(near)]
}

// near lists the neighbours of a node.
func (lev *level) near(v algo.Node) []algo.Node { return lev.to[lev.start[v]:lev.start[v+1]] }

// weightWithin is the weight of the edges from a node to others of its community.
func (lev *level) weightWithin(v algo.Node, part []algo.Label) (sum float64) {
	near, weight := lev.arcs(v)
	own := part[v]
	for i, u := range near {
		sum += only(weight[i], part[u] == own)
	}
	return sum
}

// only is a weight or nothing, without a jump.
func only(weight float64, taken bool) float64 {
	mask := uint64(0)
	if taken {
		mask = math.MaxUint64
	}
	return math.Float64frombits(math.Float64bits(weight) & mask)
}

// weights gathers the weights from nodes to communities; the first count of touched are
// those.
type weights struct {
	to      []float64
	touched []algo.Label // with room for one more: it is written before it is known whether it is new
	count   int
}

// newWeights has room for up to n communities.
func newWeights(n int) weights {
	return weights{to: make([]float64, n), touched: make([]algo.Label, n+1)}
}

// reset empties it, for n communities.
func (w *weights) reset(n int) *weights {
	w.clear()
	w.to, w.touched = w.to[:n], w.touched[:n+1]
	return w
}

func (w *weights) clear() {
	for _, c := range w.touched[:w.count] {
		w.to[c] = 0
	}
	w.count = 0
}

// gather adds the weights from a node to communities.
func (w *weights) gather(lev *level, v algo.Node, part []algo.Label) {
	near, weight := lev.arcs(v)
	sums, touched, count := w.to, w.touched, w.count
	for i, u := range near {
		c := part[u]
		sum := sums[c]
		touched[count] = c
		if sum == 0 {
			count++
		}
		sums[c] = sum + weight[i]
	}
	w.count = count
}

// gatherWithin adds the weights from a node to the parts of its community.
func (w *weights) gatherWithin(lev *level, v algo.Node, part, refined []algo.Label) {
	near, weight := lev.arcs(v)
	own := part[v]
	sums, touched, count := w.to, w.touched, w.count
	for i, u := range near {
		c := refined[u]
		sum := sums[c]
		touched[count] = c
		more := sum + only(weight[i], part[u] == own)
		if sum == 0 && more != 0 {
			count++
		}
		sums[c] = more
	}
	w.count = count
}

// aggregate makes the level of the parts, of which there are count, and gives the
// communities that they are in.
func (l *leiden) aggregate(lev, next *level, refined []algo.Label, count int, part []algo.Label) (above []algo.Label) {
	next.begin(lev, count)
	above = make([]algo.Label, count)
	members := algo.Members(refined, count)
	w := l.weights.reset(count)
	arcs := algo.Arc(0)
	for i := 0; i < len(members); {
		c := refined[members[i]]
		w.clear()
		for ; i < len(members) && refined[members[i]] == c; i++ {
			v := members[i]
			next.strength[c] += lev.strength[v]
			above[c] = part[v]
			w.gather(lev, v, refined)
		}
		w.to[c] = 0 // what lies inside
		arcs += w.writeTo(next.to[arcs:], next.weight[arcs:])
		next.start[c+1] = arcs
	}
	next.to, next.weight = next.to[:arcs], next.weight[:arcs]
	algo.Compact(above)
	return above
}

// writeTo writes the communities that have a weight, and the weights.
func (w *weights) writeTo(to []algo.Node, weight []float64) (written algo.Arc) {
	for _, c := range w.touched[:w.count] {
		if x := w.to[c]; x != 0 {
			to[written], weight[written] = algo.Node(c), x
			w.to[c] = 0
			written++
		}
	}
	return written
}

// begin makes room for what another level can become when its nodes are put together.
func (lev *level) begin(from *level, n int) {
	if cap(lev.to) < len(from.to) {
		lev.to, lev.weight = make([]algo.Node, len(from.to)), make([]float64, len(from.to))
	}
	if cap(lev.strength) < n {
		lev.strength, lev.start = make([]float64, n), make([]algo.Arc, n+1)
	}
	lev.n, lev.total = n, from.total
	lev.to, lev.weight = lev.to[:len(from.to)], lev.weight[:len(from.to)]
	lev.strength, lev.start = lev.strength[:n], lev.start[:n+1]
	clear(lev.strength)
	lev.start[0] = 0
}
