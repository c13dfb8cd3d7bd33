// Package signed is for graphs whose edges are friendly or hostile: their balance, and the
// two factions that speak least against them.
package signed

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rabta/rabta/algo"
)

// Sign is whether a tie is friendly or hostile.
type Sign int8

// The signs.
const (
	Plus  Sign = 1
	Minus Sign = -1
)

// Edge is a tie between two nodes with its sign; it has no direction.
type Edge struct {
	A, B algo.Node
	Sign Sign
}

// Graph is an undirected graph whose edges are friendly or hostile. Pairs of
// nodes that have ties of both signs are frenemies and have no edge: neither sign
// is true of them.
type Graph struct {
	g         *algo.Graph // weights are signs
	frenemies [][2]algo.Node
}

// New makes a signed graph of n nodes. Loops are dropped, ties that say the
// same of a pair are one.
func New(n int, ties []Edge) *Graph {
	signs := map[[2]algo.Node][2]bool{} // pair -> whether it has a plus, a minus
	for _, t := range ties {
		if t.A == t.B {
			continue
		}
		pair := [2]algo.Node{min(t.A, t.B), max(t.A, t.B)}
		s := signs[pair]
		s[0], s[1] = s[0] || t.Sign > 0, s[1] || t.Sign < 0
		signs[pair] = s
	}
	s := &Graph{frenemies: [][2]algo.Node{}}
	var edges []algo.Edge
	for _, pair := range slices.SortedFunc(maps.Keys(signs), comparePairs) {
		switch signs[pair] {
		case [2]bool{true, true}:
			s.frenemies = append(s.frenemies, pair)
		case [2]bool{true, false}:
			edges = append(edges, algo.Edge{From: pair[0], To: pair[1], Weight: float64(Plus)})
		case [2]bool{false, true}:
			edges = append(edges, algo.Edge{From: pair[0], To: pair[1], Weight: float64(Minus)})
		}
	}
	s.g = algo.FromEdges(n, edges, false, true)
	return s
}

func comparePairs(a, b [2]algo.Node) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// Len is the number of nodes.
func (s *Graph) Len() int { return s.g.Len() }

// Edges is the number of pairs with a tie of one sign alone.
func (s *Graph) Edges() int { return s.g.Edges() }

// Frenemies are the pairs that have ties of both signs, smaller node first,
// ascending.
func (s *Graph) Frenemies() [][2]algo.Node { return s.frenemies }

// sign is the sign of the edge of an arc.
func (s *Graph) sign(arc algo.Arc) Sign { return Sign(s.g.Adjacency().Weight[arc]) }

// Degrees is, for each node, its friendly edges less its hostile ones.
func Degrees(s *Graph) []float64 {
	values := make([]float64, s.Len())
	for node := range values {
		for _, sign := range s.g.OutWeights(algo.Node(node)) {
			values[node] += sign
		}
	}
	return values
}
