package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Sample estimates a value of every node, or of every tie, from random ones. With
// probability at least 1-Confidence none is further than Error from its exact value.
type Sample struct {
	Values     []float64
	Samples    int
	Error      float64
	Confidence float64
}

// doubt is the chance that some value of a sample is further off than its Error.
const doubt = 0.1

// hoeffding bounds how far the mean of so many samples of 0 to 1 is off, for any of so
// many means.
func hoeffding(samples, means int) float64 {
	return math.Sqrt(math.Log(2*float64(means)/doubt) / (2 * float64(max(samples, 1))))
}

// SampleBetweenness estimates Betweenness from random pairs of nodes and a random
// shortest path between each; the same seed gives the same answer. The error bound is
// Hoeffding's with a union over all nodes.
func SampleBetweenness(g *Graph, samples int, seed uint64, m *Meter) (*Sample, error) {
	n := g.Len()
	out := &Sample{Values: make([]float64, n), Confidence: doubt}
	if n < 3 {
		return out, nil
	}
	err := samplePaths(g, samples, seed, m, out, func(path []uint32) {
		for _, v := range path[1 : len(path)-1] {
			out.Values[v]++
		}
	})
	// A pair of other nodes is drawn more seldom than any pair: n/(n-2) makes up for it.
	up := float64(n) / float64(n-2)
	scale(out.Values, up/float64(max(out.Samples, 1)))
	out.Error = up * hoeffding(out.Samples, n)
	return out, err
}

// SampleTieBetweenness estimates TieBetweenness in the same way, one value for each slot
// of Out.
func SampleTieBetweenness(g *Graph, samples int, seed uint64, m *Meter) (*Sample, error) {
	out := &Sample{Values: make([]float64, len(g.out.to)), Confidence: doubt}
	if g.Len() < 2 {
		return out, nil
	}
	err := samplePaths(g, samples, seed, m, out, func(path []uint32) {
		for i, v := range path[1:] {
			out.Values[g.slot(path[i], v)]++
			if !g.directed {
				out.Values[g.slot(v, path[i])]++
			}
		}
	})
	scale(out.Values, 1/float64(max(out.Samples, 1)))
	out.Error = hoeffding(out.Samples, g.Edges())
	return out, err
}

// slot is the place of an edge that is there in the adjacency of Out.
func (g *Graph) slot(from, to uint32) uint32 {
	at, _ := slices.BinarySearch(g.out.of(from), to)
	return g.out.start[from] + uint32(at)
}

// samplePaths draws pairs of nodes and calls f with a random shortest path between each
// two that have one.
func samplePaths(g *Graph, samples int, seed uint64, m *Meter, out *Sample, f func(path []uint32)) error {
	n := g.Len()
	random := rand.New(rand.NewPCG(seed, 0x7261627461))
	p := newPairSearch(g)
	for out.Samples < samples {
		s, t := uint32(random.IntN(n)), uint32(random.IntN(n-1))
		if t >= s {
			t++
		}
		if path := p.path(s, t, random); path != nil {
			f(path)
		}
		out.Samples++
		if err := m.Spend(p.read); err != nil {
			return err
		}
	}
	return nil
}

// SampleHarmonic estimates Harmonic from the distances from random nodes; the same seed
// gives the same answer. The error bound is Hoeffding's with a union over all nodes.
func SampleHarmonic(g *Graph, samples int, seed uint64, m *Meter) (*Sample, error) {
	n := g.Len()
	out := &Sample{Values: make([]float64, n), Confidence: doubt}
	if n == 0 {
		return out, nil
	}
	random := rand.New(rand.NewPCG(seed, 0x6861726d6f6e6963))
	sources := make([]uint32, samples)
	for i := range sources {
		sources[i] = uint32(random.IntN(n))
	}
	values, err := summed(n, sources, func(part []uint32) ([]float64, error) {
		sum := make([]float64, n)
		for _, s := range part {
			dist, err := BFS(g, s, m)
			if err != nil {
				return nil, err
			}
			for v, d := range dist {
				if d > 0 {
					sum[v] += 1 / float64(d)
				}
			}
		}
		return sum, nil
	})
	if err != nil {
		return nil, err // how many counted is not known
	}
	scale(values, float64(n)/float64(samples))
	out.Values, out.Samples, out.Error = values, samples, float64(n)*hoeffding(samples, n)
	return out, nil
}
