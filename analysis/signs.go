package analysis

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Sign is whether a tie is friendly or hostile.
type Sign int8

// The signs.
const (
	Plus  Sign = 1
	Minus Sign = -1
)

// Signs is the sign of each kind of link that has one: friendly kinds are Plus,
// hostile ones Minus. Links of all other kinds say nothing of either.
func Signs() map[graph.Predicate]Sign {
	signs := map[graph.Predicate]Sign{}
	for _, kind := range friendly {
		signs[kind] = Plus
	}
	for _, kind := range hostile {
		signs[kind] = Minus
	}
	return signs
}

// SignedTie is a tie between two nodes with its sign; it has no direction.
type SignedTie struct {
	A, B uint32
	Sign Sign
}

// Signed is an undirected graph whose edges are friendly or hostile. Pairs of
// nodes that have ties of both signs are frenemies and have no edge: neither sign
// is true of them.
type Signed struct {
	g         *Graph // weights are signs
	frenemies [][2]uint32
}

// NewSigned makes a signed graph of n nodes. Loops are dropped, ties that say the
// same of a pair are one.
func NewSigned(n int, ties []SignedTie) *Signed {
	signs := map[[2]uint32][2]bool{} // pair -> whether it has a plus, a minus
	for _, t := range ties {
		if t.A == t.B {
			continue
		}
		pair := [2]uint32{min(t.A, t.B), max(t.A, t.B)}
		s := signs[pair]
		s[0], s[1] = s[0] || t.Sign > 0, s[1] || t.Sign < 0
		signs[pair] = s
	}
	s := &Signed{frenemies: [][2]uint32{}}
	var edges []Edge
	for _, pair := range slices.SortedFunc(maps.Keys(signs), comparePairs) {
		switch signs[pair] {
		case [2]bool{true, true}:
			s.frenemies = append(s.frenemies, pair)
		case [2]bool{true, false}:
			edges = append(edges, Edge{pair[0], pair[1], float64(Plus)})
		case [2]bool{false, true}:
			edges = append(edges, Edge{pair[0], pair[1], float64(Minus)})
		}
	}
	s.g = FromEdges(n, edges, false, true)
	return s
}

func comparePairs(a, b [2]uint32) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// Signed reads the network as a signed graph, by Signs.
func (n *Network) Signed() *Signed {
	signs := Signs()
	var ties []SignedTie
	for v := range uint32(n.Len()) {
		for slot := n.outStart[v]; slot < n.outStart[v+1]; slot++ {
			if sign := signs[n.Kind(slot)]; sign != 0 {
				ties = append(ties, SignedTie{v, n.outTo[slot], sign})
			}
		}
	}
	return NewSigned(n.Len(), ties)
}

// Len is the number of nodes.
func (s *Signed) Len() int { return s.g.Len() }

// Edges is the number of pairs with a tie of one sign alone.
func (s *Signed) Edges() int { return s.g.Edges() }

// Frenemies are the pairs that have ties of both signs, smaller node first,
// ascending.
func (s *Signed) Frenemies() [][2]uint32 { return s.frenemies }

// sign is the sign of the edge in a slot of the graph's adjacency.
func (s *Signed) sign(slot uint32) Sign { return Sign(s.g.out.weight[slot]) }
