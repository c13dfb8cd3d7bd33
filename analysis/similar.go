package analysis

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Similarity compares the sets A and B of what two nodes are joined to.
type Similarity string

// The similarities.
const (
	// SimilarByJaccard is |A ∩ B| / |A ∪ B|.
	SimilarByJaccard Similarity = "JACCARD"
	// SimilarByCosine is |A ∩ B| / sqrt(|A| |B|): the cosine of the sets written
	// as vectors of 0 and 1 (Salton).
	SimilarByCosine Similarity = "COSINE"
)

func (s Similarity) score(shared, a, b int) float64 {
	if s == SimilarByCosine {
		return float64(shared) / math.Sqrt(float64(a)*float64(b))
	}
	return float64(shared) / float64(a+b-shared)
}

func (s Similarity) check() error {
	if s != SimilarByJaccard && s != SimilarByCosine {
		return graph.Invalid("UNKNOWN_VALUE", "similarity", fmt.Sprintf("%q is not known", string(s)), "use a similarity that the schema lists")
	}
	return nil
}

// Feature is one thing that a node is joined to, and how.
type Feature struct {
	// Kind is the kind of the link; empty over a Graph, which has no kinds.
	Kind graph.Predicate
	// Direction is Forward from the node to the neighbour, Backward the other way,
	// Undirected for a tie without direction.
	Direction Direction
	Neighbour uint32
}

// Likeness is a node that is joined to much the same as another.
type Likeness struct {
	Node  uint32
	Score float64
	// Shared is what both are joined to in the same way: by kind in the order of
	// the vocabulary, direction and neighbour.
	Shared []Feature
}

// Similar compares a node's neighbours with those of all nodes that share one,
// and tells the first by falling score, ties by node. In a directed graph two
// nodes share a neighbour only in the same direction. Weights do not count. With
// an error of the meter those that were scored are returned beside it.
func Similar(g *Graph, node uint32, by Similarity, first int, m *Meter) ([]Likeness, error) {
	s := signatures{
		of: func(v uint32, f func(mark)) {
			eachMark(g.Out(v), 0, g.outward(), f)
			if g.directed {
				eachMark(g.In(v), 0, Backward, f)
			}
		},
		cost: func(v uint32) int { return len(g.Out(v)) + len(g.In(v)) },
	}
	return s.similar(node, by, first, m)
}

// SimilarByKind compares a node's signature, the set of its links as kind,
// direction and neighbour, with those of all nodes that share a part of it; see
// Similar.
func SimilarByKind(n *Network, node uint32, by Similarity, first int, m *Meter) ([]Likeness, error) {
	s := signatures{
		of: func(v uint32, f func(mark)) {
			n.Slots(v, func(slot Slot) bool {
				if slot.Other != v {
					f(newMark(n.kind[slot.Link], n.seen(slot), slot.Other))
				}
				return true
			})
		},
		cost: n.Degree,
		name: func(kind uint8) graph.Predicate { return predicates[kind].Name },
	}
	return s.similar(node, by, first, m)
}

// seen is the direction of a link as the node that has the slot sees it.
func (n *Network) seen(slot Slot) Direction {
	switch {
	case n.Symmetric(slot.Link):
		return Undirected
	case slot.Out:
		return Forward
	}
	return Backward
}

// outward is the direction of a graph's out edges.
func (g *Graph) outward() Direction {
	if g.directed {
		return Forward
	}
	return Undirected
}

// mark is a Feature in one number: kind, direction, neighbour.
type mark uint64

func newMark(kind uint8, d Direction, neighbour uint32) mark {
	return mark(kind)<<40 | mark(d)<<32 | mark(neighbour)
}

func (k mark) neighbour() uint32 { return uint32(k) }

// mirrored is the mark as its neighbour sees the node v.
func (k mark) mirrored(v uint32) mark {
	d := Direction(k >> 32)
	switch d {
	case Forward:
		d = Backward
	case Backward:
		d = Forward
	}
	return newMark(uint8(k>>40), d, v)
}

func eachMark(list []uint32, kind uint8, d Direction, f func(mark)) {
	for _, w := range list {
		f(newMark(kind, d, w))
	}
}

// signatures reads what nodes are joined to; of may repeat a mark.
type signatures struct {
	of   func(v uint32, f func(mark))
	cost func(v uint32) int
	name func(kind uint8) graph.Predicate // nil: there are no kinds
}

// set is the marks of a node, ascending, each once.
func (s signatures) set(v uint32) []mark {
	var marks []mark
	s.of(v, func(k mark) { marks = append(marks, k) })
	slices.Sort(marks)
	return slices.Compact(marks)
}

func (s signatures) similar(node uint32, by Similarity, first int, m *Meter) ([]Likeness, error) {
	if err := by.check(); err != nil {
		return nil, err
	}
	own := s.set(node)
	shared, err := s.sharing(node, own, m)
	if err != nil {
		return nil, err
	}
	others := slices.Sorted(maps.Keys(shared))
	out := make([]Likeness, 0, len(others))
	for _, other := range others {
		if err = m.Spend(s.cost(other)); err != nil {
			break
		}
		score := by.score(len(shared[other]), len(own), len(s.set(other)))
		out = append(out, Likeness{Node: other, Score: score})
	}
	slices.SortStableFunc(out, func(a, b Likeness) int { return cmp.Compare(b.Score, a.Score) })
	out = out[:min(first, len(out))]
	for i := range out {
		out[i].Shared = s.features(shared[out[i].Node])
	}
	return out, err
}

// sharing lists, for each other node, the marks that it has too.
func (s signatures) sharing(node uint32, own []mark, m *Meter) (map[uint32][]mark, error) {
	shared := map[uint32][]mark{}
	for _, k := range own {
		x := k.neighbour()
		s.of(x, func(back mark) {
			other := back.neighbour()
			if other == node || back.mirrored(x) != k {
				return
			}
			if list := shared[other]; len(list) == 0 || list[len(list)-1] != k {
				shared[other] = append(list, k)
			}
		})
		if err := m.Spend(s.cost(x)); err != nil {
			return shared, err
		}
	}
	return shared, nil
}

func (s signatures) features(marks []mark) []Feature {
	out := make([]Feature, len(marks))
	for i, k := range marks {
		out[i] = Feature{Direction: Direction(k >> 32 & 3), Neighbour: k.neighbour()}
		if s.name != nil {
			out[i].Kind = s.name(uint8(k >> 40))
		}
	}
	return out
}
