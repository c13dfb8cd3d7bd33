package algo

import "github.com/rabta/rabta/work"

// reach measures what sets of nodes reach, or keep together, by walks through a graph. Its
// arrays serve one walk after another.
type reach struct {
	g      *Graph
	seen   []uint32 // the walk that reached the node last
	number uint32   // of the last walk
	out    bitset   // the nodes that are taken away
	queue  []Node
	at     []int // how many nodes were reached in each step
}

func newReach(g *Graph) *reach {
	return &reach{g: g, seen: make([]uint32, g.Len()), out: newBitset(g.Len())}
}

// walk goes breadth first from nodes, at most some steps, around what is taken away. at[d]
// is then how many nodes are d steps away.
func (w *reach) walk(nodes []Node, steps int) (reached, read int) {
	if w.number++; w.number == 0 { // numbers begin anew
		clear(w.seen)
		w.number = 1
	}
	w.at, w.queue = append(w.at[:0], len(nodes)), append(w.queue[:0], nodes...)
	for _, v := range nodes {
		w.seen[v] = w.number
	}
	for begin := 0; begin < len(w.queue) && len(w.at) <= steps; {
		end := len(w.queue)
		for ; begin < end; begin++ {
			near := w.g.Out(w.queue[begin])
			read += len(near)
			for _, u := range near {
				if w.seen[u] != w.number && !w.out.has(u) {
					w.seen[u] = w.number
					w.queue = append(w.queue, u)
				}
			}
		}
		w.at = append(w.at, len(w.queue)-end)
	}
	return len(w.queue), read
}

// without takes nodes away while f runs with the number of those that are left.
func (w *reach) without(set []Node, f func(left int)) {
	for _, v := range set {
		w.out.add(v)
	}
	f(w.g.Len() - len(set))
	clear(w.out)
}

// fragmentation is Borgatti's F of what is left without a set; 0 when fewer than
// two nodes are left.
func (w *reach) fragmentation(set []Node) (value float64, read int) {
	w.without(set, func(left int) {
		var connected uint64 // ordered pairs
		first := w.number + 1
		if first == 0 || first > first+uint32(w.g.Len()) { // the numbers would begin anew midway
			clear(w.seen)
			w.number, first = 0, 1
		}
		for v := range Node(w.g.Len()) {
			if w.seen[v] >= first || w.out.has(v) {
				continue
			}
			size, arcs := w.walk([]Node{v}, w.g.Len())
			connected += uint64(size) * uint64(size-1)
			read += arcs + 1
		}
		value = missingShare(float64(connected), left)
	})
	return value, read
}

// distanceFragmentation is the distance-weighted F of what is left without a set. The error
// is the meter's.
func (w *reach) distanceFragmentation(set []Node, m *work.Meter) (value float64, err error) {
	w.without(set, func(left int) {
		var near []int // how many ordered pairs are how far apart
		for v := range Node(w.g.Len()) {
			if w.out.has(v) {
				continue
			}
			_, read := w.walk([]Node{v}, w.g.Len())
			if err = m.Spend(read + 1); err != nil {
				return
			}
			for len(near) < len(w.at) {
				near = append(near, 0)
			}
			for d, count := range w.at {
				near[d] += count
			}
		}
		value = missingShare(sumOfInverses(near), left)
	})
	return value, err
}

// missingShare is how much of n(n-1) is missing, as a share; 0 with fewer than two.
func missingShare(have float64, n int) float64 {
	if n < 2 {
		return 0
	}
	return 1 - have/(float64(n)*float64(n-1))
}

// sumOfInverses is the sum of 1/d over counts by distance, from far to near: it does not
// depend on the order in which nodes were counted. Distance 0 does not count.
func sumOfInverses(at []int) float64 {
	sum := 0.0
	for d := len(at) - 1; d > 0; d-- {
		sum += float64(at[d]) / float64(d)
	}
	return sum
}

// share is how many nodes are within some steps of a set, or the sum of 1/d with 1 for its
// members, as a share of all nodes.
func (w *reach) share(set []Node, steps int, byDistance bool) (value float64, read int) {
	reached, read := w.walk(set, steps)
	value = float64(reached)
	if byDistance {
		value = float64(len(set)) + sumOfInverses(w.at)
	}
	return value / float64(w.g.Len()), read + len(set)
}
