package algo

import (
	"math"

	"github.com/rabta/rabta/work"
)

// Structure is the shape of a whole graph in numbers. n is its nodes, m its edges.
type Structure struct {
	Nodes, Edges int
	// Isolates are the nodes without edges, Components the weakly connected parts,
	// Largest the nodes of the largest.
	Isolates, Components, Largest int
	// Density is the share of possible edges that there are: 2m / n(n-1), of a
	// directed graph m / n(n-1). networkx's density.
	Density float64
	// Reciprocity is the share of edges of a directed graph whose reverse is there
	// too, networkx's overall_reciprocity; nil for an undirected one or without
	// edges.
	Reciprocity *float64
	// Assortativity is Pearson's correlation between the degrees of the two ends
	// over all edges, in a directed graph out-degree of the source against
	// in-degree of the target: networkx's degree_assortativity_coefficient. nil
	// where degrees do not vary.
	Assortativity *float64
	// Centralisation is Freeman's (1979), by degree: the sum over nodes of the
	// greatest degree less their own, divided by that of a star, (n-1)(n-2). In a
	// directed graph it is that of out-degrees, divided by (n-1)², and InCentralisation
	// that of in-degrees; nil otherwise.
	Centralisation   float64
	InCentralisation *float64
	// Fragmentation is Borgatti's F: the share of pairs of nodes that no way
	// joins, whatever the direction.
	Fragmentation float64
	Distances     *Distances
}

// StructureOf measures the shape of a graph. The seed draws the nodes that
// distances are measured from when those from all would be too many. With an error
// of the meter what was measured so far is returned beside it; Distances may be
// nil.
func StructureOf(g *Graph, seed uint64, m *work.Meter) (*Structure, error) {
	s := &Structure{Nodes: g.Len(), Edges: g.Edges()}
	s.degrees(g)
	s.Reciprocity, s.Assortativity = reciprocity(g), assortativity(g)
	if err := m.Spend(2 * (g.Len() + len(g.out.To))); err != nil {
		return s, err
	}
	_, sizes, err := Components(g, m)
	s.components(sizes)
	if err != nil {
		return s, err
	}
	s.Distances, err = MeasureDistances(g, seed, m)
	return s, err
}

func (s *Structure) degrees(g *Graph) {
	n := float64(s.Nodes)
	pairs := n * (n - 1)
	if !g.directed {
		pairs /= 2
	}
	s.Density = ratio(float64(s.Edges), pairs)
	star := (n - 1) * (n - 2)
	if g.directed {
		star = (n - 1) * (n - 1)
		in := ratio(spread(g.Len(), g.In), star)
		s.InCentralisation = &in
	}
	s.Centralisation = ratio(spread(g.Len(), g.Out), star)
	for v := range Node(g.Len()) {
		if len(g.Out(v)) == 0 && len(g.In(v)) == 0 {
			s.Isolates++
		}
	}
}

// spread is the sum of the longest list's length less each one's.
func spread(n int, list func(Node) []Node) float64 {
	most, sum := 0, 0
	for v := range Node(n) {
		most = max(most, len(list(v)))
		sum += len(list(v))
	}
	return float64(most*n - sum)
}

func (s *Structure) components(sizes []int) {
	s.Components = len(sizes)
	connected := 0.0
	for _, size := range sizes {
		s.Largest = max(s.Largest, size)
		connected += float64(size) * float64(size-1)
	}
	s.Fragmentation = missingShare(connected, s.Nodes)
}

func reciprocity(g *Graph) *float64 {
	if !g.directed || len(g.out.To) == 0 {
		return nil
	}
	both := 0
	for v := range Node(g.Len()) {
		eachCommon(g.Out(v), g.In(v), func(Node) { both++ })
	}
	r := float64(both) / float64(len(g.out.To))
	return &r
}

// assortativity adds up whole numbers, which does not depend on any order.
func assortativity(g *Graph) *float64 {
	var a, b, aa, bb, ab float64
	for v := range Node(g.Len()) {
		out := float64(len(g.Out(v)))
		for _, w := range g.Out(v) {
			in := float64(len(g.In(w)))
			a, b, aa, bb, ab = a+out, b+in, aa+out*out, bb+in*in, ab+out*in
		}
	}
	m := float64(len(g.out.To))
	varyA, varyB := m*aa-a*a, m*bb-b*b
	if varyA <= 0 || varyB <= 0 {
		return nil
	}
	r := (m*ab - a*b) / math.Sqrt(varyA) / math.Sqrt(varyB)
	return &r
}
