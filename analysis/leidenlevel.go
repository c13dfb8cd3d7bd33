package analysis

import (
	"math"
	"slices"
)

// level is a graph of one round: nodes are communities of the round before. It has no
// loops.
type level struct {
	n        int
	start    []uint32
	to       []uint32
	weight   []float64
	strength []float64 // with what lies inside the node
	total    float64
}

// firstLevel is a graph without the ties that weigh nothing.
func firstLevel(g *Graph) *level {
	a := g.out
	switch {
	case a.weight == nil:
		a.weight = make([]float64, len(a.to))
		for i := range a.weight {
			a.weight[i] = 1
		}
	case slices.Contains(a.weight, 0):
		a = a.weighing()
	}
	lev := &level{n: g.Len(), start: a.start, to: a.to, weight: a.weight, strength: strengths(g)}
	lev.total = sum(lev.strength)
	return lev
}

// weighing is without ties of no weight.
func (a *adjacency) weighing() (out adjacency) {
	out.start = make([]uint32, len(a.start))
	for v := range uint32(len(a.start) - 1) {
		for i, w := range a.weights(v) {
			if w != 0 {
				out.to, out.weight = append(out.to, a.of(v)[i]), append(out.weight, w)
			}
		}
		out.start[v+1] = uint32(len(out.to))
	}
	return out
}

// slots are the neighbours of a node and the weights to them.
func (lev *level) slots(v uint32) (near []uint32, weight []float64) {
	from, end := lev.start[v], lev.start[v+1]
	near = lev.to[from:end]
	return near, lev.weight[from:end][:len(near)]
}

// near lists the neighbours of a node.
func (lev *level) near(v uint32) []uint32 { return lev.to[lev.start[v]:lev.start[v+1]] }

// weightWithin is the weight of the links from a node to others of its community.
func (lev *level) weightWithin(v uint32, part []uint32) (sum float64) {
	near, weight := lev.slots(v)
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
	touched []uint32 // with room for one more: it is written before it is known whether it is new
	count   int
}

// newWeights has room for up to n communities.
func newWeights(n int) weights {
	return weights{to: make([]float64, n), touched: make([]uint32, n+1)}
}

// of is the sieve for n communities, empty.
func (w *weights) of(n int) *weights {
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
func (w *weights) gather(lev *level, v uint32, part []uint32) {
	near, weight := lev.slots(v)
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
func (w *weights) gatherWithin(lev *level, v uint32, part, refined []uint32) {
	near, weight := lev.slots(v)
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
func (l *leiden) aggregate(lev, next *level, refined []uint32, count int, part []uint32) (above []uint32) {
	next.begin(lev, count)
	above = make([]uint32, count)
	members := countingSort(count, identityOf(lev.n), func(v *uint32) uint32 { return refined[*v] })
	w := l.sieve.of(count)
	slots := uint32(0)
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
		slots += w.writeTo(next.to[slots:], next.weight[slots:])
		next.start[c+1] = slots
	}
	next.to, next.weight = next.to[:slots], next.weight[:slots]
	compact(above)
	return above
}

// writeTo writes the communities that have a weight, and the weights.
func (w *weights) writeTo(to []uint32, weight []float64) (written uint32) {
	for _, c := range w.touched[:w.count] {
		if x := w.to[c]; x != 0 {
			to[written], weight[written] = c, x
			w.to[c] = 0
			written++
		}
	}
	return written
}

// begin makes room for what another level can become when its nodes are put together.
func (lev *level) begin(from *level, n int) {
	if cap(lev.to) < len(from.to) {
		lev.to, lev.weight = make([]uint32, len(from.to)), make([]float64, len(from.to))
	}
	if cap(lev.strength) < n {
		lev.strength, lev.start = make([]float64, n), make([]uint32, n+1)
	}
	lev.n, lev.total = n, from.total
	lev.to, lev.weight = lev.to[:len(from.to)], lev.weight[:len(from.to)]
	lev.strength, lev.start = lev.strength[:n], lev.start[:n+1]
	clear(lev.strength)
	lev.start[0] = 0
}
