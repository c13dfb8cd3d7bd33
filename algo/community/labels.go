package community

import "github.com/rabta/rabta/algo"

// LabelPropagation is LDBC's CDLP: every node begins with its own label and, for
// some rounds, takes the most frequent label among its neighbours, the least of
// several. All nodes change at once. In a directed graph a neighbour joined both
// ways counts twice. labels are the labels to begin with, nil for the node numbers;
// a label is a number of a node.
func LabelPropagation(g *algo.Graph, rounds int, labels []uint32, m *algo.Meter) ([]uint32, error) {
	n := g.Len()
	now, next := make([]uint32, n), make([]uint32, n)
	for v := range now {
		now[v] = uint32(v)
	}
	copy(now, labels)
	count := make([]uint32, n)
	for range rounds {
		for v := range uint32(n) {
			next[v] = frequent(g, v, now, count)
		}
		now, next = next, now
		if err := m.Spend(len(g.Adjacency().To)); err != nil {
			return now, err
		}
	}
	return now, nil
}

// frequent is the label that most of the neighbours have; count is all 0 before
// and after.
func frequent(g *algo.Graph, v uint32, labels, count []uint32) uint32 {
	best := labels[v]
	most := uint32(0)
	lists := [2][]uint32{g.Out(v), nil}
	if g.Directed() {
		lists[1] = g.In(v)
	}
	for _, list := range lists {
		for _, w := range list {
			l := labels[w]
			count[l]++
			if c := count[l]; c > most || c == most && l < best {
				best, most = l, c
			}
		}
	}
	for _, list := range lists {
		for _, w := range list {
			count[labels[w]] = 0
		}
	}
	return best
}
