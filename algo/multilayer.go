package algo

import (
	"cmp"
	"slices"
)

// Multilayer reads a network as layers of the same nodes, undirected and without
// weights, after Battiston, Nicosia and Latora, Structural measures for multiplex
// networks (2014).
type Multilayer struct {
	Layers []Layer
	// Nodes has a row for each node of the network.
	Nodes []LayeredNode
	// Pairs has a row for each two layers.
	Pairs []LayerPair
	// Overlap counts the pairs of nodes that are joined, by in how many layers they
	// are: Overlap[0] in one.
	Overlap []int
}

// Layer is the ties of one layer.
type Layer struct {
	// Nodes is how many nodes have ties in the layer, Ties how many there are.
	Nodes, Ties int
}

// LayeredNode is how a node's ties spread over the layers.
type LayeredNode struct {
	Node Node
	// Degree is its neighbours in any layer; Overlapping adds up those of every
	// layer: a neighbour in two layers counts twice.
	Degree, Overlapping int
	// ByLayer is its neighbours in each layer.
	ByLayer []int
	// Participation is M/(M-1) (1 - sum of (k/o)²) over M layers, with k neighbours
	// in a layer and o overlapping: 0 when all ties lie in one layer, 1 when they
	// are spread evenly. 0 without ties, and with a single layer.
	Participation float64
}

// LayerPair is how far two layers join the same pairs of nodes.
type LayerPair struct {
	// A and B are places in Layers.
	A, B int
	// Shared is the pairs joined in both, Jaccard its share of those joined in
	// either.
	Shared  int
	Jaccard float64
	// AGivenB is the share of B's ties that A has too, BGivenA the reverse: the
	// conditional probability of a tie, and so how far one layer reinforces the
	// other.
	AGivenB, BGivenA float64
}

// LayerTie joins two nodes, the smaller first, in a layer.
type LayerTie struct {
	A, B  Node
	Layer int
}

// Layered works out everything from ties, of which some may be repeated: they are one.
// It puts the list in order.
func Layered(nodes, layers int, ties []LayerTie) *Multilayer {
	slices.SortFunc(ties, func(x, y LayerTie) int {
		return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B), cmp.Compare(x.Layer, y.Layer))
	})
	ties = slices.Compact(ties)
	l := &Multilayer{
		Layers: make([]Layer, layers), Nodes: make([]LayeredNode, nodes), Pairs: []LayerPair{}, Overlap: make([]int, layers),
	}
	byLayer := make([]int, nodes*layers)
	for v := range l.Nodes {
		l.Nodes[v] = LayeredNode{Node: Node(v), ByLayer: byLayer[v*layers : (v+1)*layers : (v+1)*layers]}
	}
	shared := make([][]int, layers) // pairs of nodes that two layers join
	for i := range shared {
		shared[i] = make([]int, layers)
	}
	for len(ties) > 0 {
		k := 1
		for k < len(ties) && ties[k].A == ties[0].A && ties[k].B == ties[0].B {
			k++
		}
		l.take(ties[:k], shared)
		ties = ties[k:]
	}
	l.finish(shared)
	return l
}

// take counts one pair of nodes with all layers that join it.
func (l *Multilayer) take(pair []LayerTie, shared [][]int) {
	l.Overlap[len(pair)-1]++
	for _, v := range []Node{pair[0].A, pair[0].B} {
		node := &l.Nodes[v]
		node.Degree++
		node.Overlapping += len(pair)
		for _, t := range pair {
			if node.ByLayer[t.Layer]++; node.ByLayer[t.Layer] == 1 {
				l.Layers[t.Layer].Nodes++
			}
		}
	}
	for _, t := range pair {
		l.Layers[t.Layer].Ties++
		for _, u := range pair {
			shared[t.Layer][u.Layer]++
		}
	}
}

// finish turns counts into shares.
func (l *Multilayer) finish(shared [][]int) {
	for i := range l.Layers {
		for j := i + 1; j < len(l.Layers); j++ {
			a, b, both := l.Layers[i].Ties, l.Layers[j].Ties, shared[i][j]
			l.Pairs = append(l.Pairs, LayerPair{
				A: i, B: j, Shared: both, Jaccard: share(both, a+b-both), AGivenB: share(both, b), BGivenA: share(both, a),
			})
		}
	}
	for v := range l.Nodes {
		l.Nodes[v].participate()
	}
}

// share is a over b, 0 when b is 0.
func share(a, b int) float64 { return ratio(float64(a), float64(b)) }

func (n *LayeredNode) participate() {
	layers := float64(len(n.ByLayer))
	if layers < 2 || n.Overlapping == 0 {
		return
	}
	squares := 0.0
	for _, k := range n.ByLayer {
		share := float64(k) / float64(n.Overlapping)
		squares += share * share
	}
	n.Participation = layers / (layers - 1) * (1 - squares)
}
