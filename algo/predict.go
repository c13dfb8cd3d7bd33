package algo

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// Predictor scores how likely two nodes that are not joined are to be, from the
// neighbours that they share. Definitions are those of networkx's link prediction;
// N(u) is the set of u's neighbours.
type Predictor string

// The predictors.
const (
	// ByCommonNeighbours counts the shared neighbours: |N(u) ∩ N(v)|.
	ByCommonNeighbours Predictor = "COMMON_NEIGHBOURS"
	// ByAdamicAdar adds up 1 / ln |N(w)| over the shared neighbours w (Adamic and
	// Adar 2003).
	ByAdamicAdar Predictor = "ADAMIC_ADAR"
	// ByResourceAllocation adds up 1 / |N(w)| over the shared neighbours w (Zhou,
	// Lü and Zhang 2009).
	ByResourceAllocation Predictor = "RESOURCE_ALLOCATION"
	// ByJaccard is |N(u) ∩ N(v)| / |N(u) ∪ N(v)|.
	ByJaccard Predictor = "JACCARD"
	// ByPreferentialAttachment is |N(u)| |N(v)|.
	ByPreferentialAttachment Predictor = "PREFERENTIAL_ATTACHMENT"
)

// Predictors lists every predictor.
var Predictors = []Predictor{
	ByCommonNeighbours, ByAdamicAdar, ByResourceAllocation, ByJaccard, ByPreferentialAttachment,
}

// Prediction is a node that another may be joined to, and why.
type Prediction struct {
	Node  Node
	Score float64
	// Shared are the neighbours of both, ascending: what speaks for the tie.
	Shared []Node
}

// Predict scores a node against all that are two steps away, and lists the first
// ones by falling score, ties by node. Directed graphs are read as undirected,
// weights do not count. A neighbour by which joins says that it does not join the node
// and another is not shared; nil joins all. With an error of the meter only the shared
// neighbours read so far are scored.
func Predict(
	g *Graph, node Node, by Predictor, joins func(by, other Node) bool, first int, m *work.Meter,
) ([]Prediction, error) {
	if !slices.Contains(Predictors, by) {
		return nil, graph.Invalid("UNKNOWN_VALUE", "predictor", fmt.Sprintf("%q is not known", string(by)),
			"use a predictor that the schema lists")
	}
	u := g.Undirected()
	shared, err := twoAway(u, node, joins, m)
	out := make([]Prediction, 0, len(shared))
	for other, list := range shared {
		out = append(out, Prediction{Node: other, Score: by.score(u, node, other, list), Shared: list})
	}
	slices.SortFunc(out, func(a, b Prediction) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Node, b.Node))
	})
	return out[:min(first, len(out))], err
}

// sharedSlots is what it costs to note, for a node that an arc leads to, what is shared with
// it: a place in a map and in a list.
const sharedSlots = 32

// twoAway lists, for each node two steps away, the neighbours that it shares.
func twoAway(g *Graph, node Node, joins func(by, other Node) bool, m *work.Meter) (map[Node][]Node, error) {
	shared := map[Node][]Node{}
	near := g.Out(node)
	for _, w := range near {
		for _, other := range g.Out(w) {
			if _, joined := slices.BinarySearch(near, other); other != node && !joined && (joins == nil || joins(w, other)) {
				shared[other] = append(shared[other], w)
			}
		}
		if err := m.Spend(sharedSlots * len(g.Out(w))); err != nil {
			return shared, err
		}
	}
	return shared, nil
}

func (p Predictor) score(g *Graph, u, v Node, shared []Node) float64 {
	du, dv := float64(len(g.Out(u))), float64(len(g.Out(v)))
	count := float64(len(shared))
	switch p {
	case ByJaccard:
		return count / (du + dv - count)
	case ByPreferentialAttachment:
		return du * dv
	case ByCommonNeighbours:
		return count
	}
	sum := 0.0
	for _, w := range shared {
		d := float64(len(g.Out(w))) // at least 2: it joins both
		if p == ByAdamicAdar {
			d = math.Log(d)
		}
		sum += 1 / d
	}
	return sum
}
