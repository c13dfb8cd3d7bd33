package algo

import (
	"math"
	"slices"

	"github.com/rabta/rabta/work"
)

// Holes says how a node stands to the structural holes around it, in the terms of
// Burt, Structural Holes (1992), chapter 2. With no contacts the other values are
// not defined: they are NaN, as in networkx and igraph.
type Holes struct {
	Node Node
	// Contacts is how many neighbours it has, in either direction.
	Contacts int
	// Constraint is how far its contacts hang together and so bind it: the sum
	// over contacts j of (p_ij + sum over q of p_iq p_qj)², where p_ij is the share
	// of i's tie strength, both directions added, that goes to j. networkx's and
	// igraph's constraint.
	Constraint float64
	// EffectiveSize is its contacts less what is redundant among them: the sum over
	// contacts j of 1 - sum over q of p_iq m_jq, where m_jq is j's tie to q as a
	// share of j's strongest. networkx's effective_size; n - 2t/n where ties have
	// no weight and no direction, with t ties among n contacts (Borgatti 1997).
	EffectiveSize float64
}

// StructuralHoles works out the Holes of nodes, in their order; nil is all nodes.
// With an error of the meter those that were worked out are returned beside it.
func StructuralHoles(g *Graph, nodes []Node, m *work.Meter) ([]Holes, error) {
	if nodes == nil {
		nodes = Identity[Node](g.Len())
	}
	b := structuralHoles{g: g.mutual(), share: make([]float64, g.Len())}
	b.total = Strengths(b.g)
	if err := m.Spend(g.Len() + 2*len(b.g.out.To)); err != nil {
		return nil, err
	}
	b.most = make([]float64, g.Len())
	for v := range b.most {
		b.most[v] = most(b.g, Node(v))
	}
	out := make([]Holes, 0, len(nodes))
	for _, v := range nodes {
		h, read := b.holes(v)
		out = append(out, h)
		if err := m.Spend(read); err != nil {
			return out, err
		}
	}
	return out, nil
}

// mutual is the graph with each edge both ways, as strong as both directions
// together; itself when it is undirected.
func (g *Graph) mutual() *Graph {
	if !g.directed {
		return g
	}
	return FromEdges(g.Len(), g.edges(), false, true)
}

// edges lists the edges of a directed graph with their weights, by source and
// target.
func (g *Graph) edges() []Edge {
	edges := make([]Edge, 0, len(g.out.To))
	for u := range Node(g.Len()) {
		weights := g.OutWeights(u)
		for i, w := range g.Out(u) {
			edges = append(edges, Edge{From: u, To: w, Weight: weightAt(weights, i)})
		}
	}
	return edges
}

// weightAt is a weight of a list, 1 when the graph has none.
func weightAt(weights []float64, i int) float64 {
	if weights == nil {
		return 1
	}
	return weights[i]
}

// most is the weight of a node's strongest edge, 0 without edges.
func most(g *Graph, v Node) float64 {
	strongest := 0.0
	weights := g.OutWeights(v)
	for i := range g.Out(v) {
		strongest = max(strongest, weightAt(weights, i))
	}
	return strongest
}

// structuralHoles holds what the holes of any node need; share is p_iq of the node at hand,
// 0 elsewhere.
type structuralHoles struct {
	g           *Graph
	total, most []float64
	share       []float64
}

func (b *structuralHoles) holes(i Node) (h Holes, read int) {
	near := b.g.Out(i)
	h = Holes{Node: i, Contacts: len(near)}
	if len(near) == 0 {
		undefined := math.NaN()
		h.Constraint, h.EffectiveSize = undefined, undefined
		return h, 1
	}
	weights := b.g.OutWeights(i)
	for k, j := range near {
		b.share[j] = ratio(weightAt(weights, k), b.total[i])
	}
	for _, j := range near {
		c := contact{structuralHoles: b, j: j, weights: b.g.OutWeights(j)}
		read += contactSlots + 2*c.meet(near)
		h.Constraint += (b.share[j] + c.through) * (b.share[j] + c.through)
		h.EffectiveSize += 1 - c.redundant
	}
	for _, j := range near {
		b.share[j] = 0
	}
	return h, read
}

// contactSlots is what a contact costs beside the arcs that are read for it.
const contactSlots = 8

// contact is how j binds the node at hand through others, and how redundant it is.
type contact struct {
	*structuralHoles
	j                  Node
	weights            []float64
	through, redundant float64
}

// meet adds up over the ties of j to near, the contacts of the node at hand, in their
// order. It reads the shorter list, and says how many arcs.
func (c *contact) meet(near []Node) (read int) {
	list := c.g.Out(c.j)
	if len(list) <= searchFrom*len(near) {
		for k, q := range list {
			c.add(k, q)
		}
		return len(list)
	}
	for _, q := range near {
		if k, there := slices.BinarySearch(list, q); there {
			c.add(k, q)
		}
	}
	return searchFrom * len(near)
}

// searchFrom is how many times as long a list is to be for searching in it to be less
// work than reading it.
const searchFrom = 8

func (c *contact) add(k int, q Node) {
	if p := c.share[q]; p != 0 {
		w := weightAt(c.weights, k)
		c.through += p * ratio(w, c.total[q])
		c.redundant += p * ratio(w, c.most[c.j])
	}
}

// ratio is a over b, 0 when b is 0.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
