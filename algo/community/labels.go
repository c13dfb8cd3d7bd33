package community

import (
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/work"
)

// LabelPropagation is LDBC's CDLP: every node begins with its own label and, for
// some rounds, takes the most frequent label among its neighbours, the least of
// several. All nodes change at once. In a directed graph a neighbour joined both
// ways counts twice. labels are the labels to begin with, nil for the node numbers;
// a label is a number of a node.
func LabelPropagation(g *algo.Graph, rounds int, labels []algo.Label, m *work.Meter) ([]algo.Label, error) {
	n := g.Len()
	now, next := make([]algo.Label, n), make([]algo.Label, n)
	for v := range now {
		now[v] = algo.Label(v)
	}
	copy(now, labels)
	count := make(labelCounts, n)
	for range rounds {
		for v := range algo.Node(n) {
			next[v] = count.frequent(g, v, now)
		}
		now, next = next, now
		if err := m.Spend(4*n + 4*len(g.Adjacency().To)); err != nil {
			return now, err
		}
	}
	return now, nil
}

// labelCounts counts labels; all are 0 but while a node is looked at.
type labelCounts []uint32

// frequent is the label that most of the neighbours have.
func (count labelCounts) frequent(g *algo.Graph, v algo.Node, labels []algo.Label) algo.Label {
	best := labels[v]
	most := uint32(0)
	lists := [2][]algo.Node{g.Out(v), nil}
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
