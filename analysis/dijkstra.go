package analysis

import (
	"fmt"
	"math"

	"github.com/rabta/rabta/graph"
)

// Dijkstra is the length of the shortest way from a node to every node, over the
// sums of the edges' weights, 1 each in an unweighted graph; infinite where there
// is no way. Weights below 0 are refused. With an error of the meter lengths are
// upper bounds.
func Dijkstra(g *Graph, from uint32, m *Meter) ([]float64, error) {
	d := dijkstra{length: make([]float64, g.Len()), place: make([]int, g.Len())}
	for v := range d.length {
		d.length[v] = math.Inf(1)
	}
	d.reach(from, 0)
	for len(d.heap) > 0 {
		v := d.nearest()
		weights := g.OutWeights(v)
		for i, w := range g.Out(v) {
			x := weightAt(weights, i)
			if !(x >= 0) {
				return nil, graph.Invalid("OUT_OF_RANGE", "weight", fmt.Sprintf("%g is not 0 or more", x), "use weights that can be lengths")
			}
			if length := d.length[v] + x; length < d.length[w] {
				d.reach(w, length)
			}
		}
		if err := m.Spend(len(g.Out(v)) + 1); err != nil {
			return d.length, err
		}
	}
	return d.length, nil
}

// dijkstra is a binary heap of the nodes that are reached and not yet left,
// nearest first. place is where a node is in it, plus 1; 0 when it is not.
type dijkstra struct {
	length []float64
	heap   []uint32
	place  []int
}

// reach notes a shorter way to a node.
func (d *dijkstra) reach(v uint32, length float64) {
	d.length[v] = length
	if d.place[v] == 0 {
		d.heap = append(d.heap, v)
		d.place[v] = len(d.heap)
	}
	d.up(d.place[v] - 1)
}

// nearest takes the nearest node out.
func (d *dijkstra) nearest() uint32 {
	v, last := d.heap[0], len(d.heap)-1
	d.swap(0, last)
	d.heap, d.place[v] = d.heap[:last], 0
	d.down(0)
	return v
}

// before orders by length, ties by node.
func (d *dijkstra) before(i, j int) bool {
	v, w := d.heap[i], d.heap[j]
	return d.length[v] < d.length[w] || d.length[v] == d.length[w] && v < w
}

func (d *dijkstra) swap(i, j int) {
	d.heap[i], d.heap[j] = d.heap[j], d.heap[i]
	d.place[d.heap[i]], d.place[d.heap[j]] = i+1, j+1
}

func (d *dijkstra) up(i int) {
	for i > 0 && d.before(i, (i-1)/2) {
		d.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
}

func (d *dijkstra) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(d.heap) {
			return
		}
		if child+1 < len(d.heap) && d.before(child+1, child) {
			child++
		}
		if !d.before(child, i) {
			return
		}
		d.swap(i, child)
		i = child
	}
}
