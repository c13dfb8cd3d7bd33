package algo

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
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
		return graph.Invalid("UNKNOWN_VALUE", "similarity", fmt.Sprintf("%q is not known", string(s)),
			"use a similarity that the schema lists")
	}
	return nil
}

// Feature is one thing that a node is joined to, and how.
type Feature struct {
	// Kind is a number of the kind of the edge.
	Kind uint8
	// Direction is Forward from the node to the neighbour, Backward the other way,
	// Undirected for an edge without direction.
	Direction Direction
	Neighbour Node
}

// Likeness is a node that is joined to much the same as another.
type Likeness struct {
	Node  Node
	Score float64
	// Shared is what both are joined to in the same way, by kind, direction and
	// neighbour.
	Shared []Feature
}

// mark is a Feature in one number: kind, direction, neighbour.
type mark uint64

func markOf(f Feature) mark {
	return mark(f.Kind)<<40 | mark(f.Direction)<<32 | mark(f.Neighbour)
}

func (k mark) feature() Feature {
	return Feature{Kind: uint8(k >> 40), Direction: Direction(k >> 32), Neighbour: Node(k)}
}

// mirrored is the feature as its neighbour has it, of the node v.
func (f Feature) mirrored(v Node) Feature {
	switch f.Direction {
	case Forward:
		f.Direction = Backward
	case Backward:
		f.Direction = Forward
	}
	f.Neighbour = v
	return f
}

// Signatures reads what nodes are joined to.
type Signatures struct {
	// Of calls f with each feature of a node; it may repeat one.
	Of func(v Node, f func(Feature))
	// Cost is how many arcs Of reads.
	Cost func(v Node) int
}

// set is the marks of a node, ascending, each once.
func (s Signatures) set(v Node) []mark {
	var marks []mark
	s.Of(v, func(f Feature) { marks = append(marks, markOf(f)) })
	slices.Sort(marks)
	return slices.Compact(marks)
}

// Similar compares the features of a node with those of all nodes that share one,
// and lists the first by falling score, ties by node. With an error of the meter those
// that were scored are returned beside it.
func Similar(s Signatures, node Node, by Similarity, first int, m *work.Meter) ([]Likeness, error) {
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
		if err = m.Spend(sharedSlots * s.Cost(other)); err != nil {
			break
		}
		score := by.score(len(shared[other]), len(own), len(s.set(other)))
		out = append(out, Likeness{Node: other, Score: score})
	}
	slices.SortStableFunc(out, func(a, b Likeness) int { return cmp.Compare(b.Score, a.Score) })
	out = out[:min(first, len(out))]
	for i := range out {
		out[i].Shared = features(shared[out[i].Node])
	}
	return out, err
}

// sharing lists, for each other node, the marks that it has too.
func (s Signatures) sharing(node Node, own []mark, m *work.Meter) (map[Node][]mark, error) {
	shared := map[Node][]mark{}
	for _, k := range own {
		own := k.feature()
		x := own.Neighbour
		s.Of(x, func(back Feature) {
			other := back.Neighbour
			if other == node || back.mirrored(x) != own {
				return
			}
			if list := shared[other]; len(list) == 0 || list[len(list)-1] != k {
				shared[other] = append(list, k)
			}
		})
		if err := m.Spend(sharedSlots * s.Cost(x)); err != nil {
			return shared, err
		}
	}
	return shared, nil
}

func features(marks []mark) []Feature {
	out := make([]Feature, len(marks))
	for i, k := range marks {
		out[i] = k.feature()
	}
	return out
}
