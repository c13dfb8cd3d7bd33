package algo_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/tests/raced"
)

func opt(p *float64) float64 {
	if p == nil {
		return math.NaN()
	}
	return *p
}

// correlation is Pearson's by definition; NaN when a list does not vary.
func correlation(a, b []float64) float64 {
	mean := func(x []float64) (m float64) {
		for _, v := range x {
			m += v / float64(len(x))
		}
		return m
	}
	ma, mb := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	if aa < 1e-12 || bb < 1e-12 {
		return math.NaN()
	}
	return ab / math.Sqrt(aa*bb)
}

func TestStructureAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for round := range 150 {
		g := algotest.Any(r, round, 1+r.IntN(12))
		n := g.Len()
		a := algotest.Matrix(g)
		s, err := algo.StructureOf(g, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		var edges, back, isolates int
		var from, to, out, in []float64
		for v := range algo.Node(n) {
			out, in = append(out, float64(len(g.Out(v)))), append(in, float64(len(g.In(v))))
		}
		for i := range n {
			if out[i]+in[i] == 0 {
				isolates++
			}
			for j := range n {
				if a[i][j] > 0 {
					edges++
					from, to = append(from, out[i]), append(to, in[j])
					if a[j][i] > 0 {
						back++
					}
				}
			}
		}
		want := algo.Structure{Isolates: isolates, Density: algo.Ratio(float64(edges), float64(n*(n-1)))}
		star := float64((n - 1) * (n - 1))
		mutual := float64(back) / float64(edges)
		if !g.Directed() {
			edges /= 2
			star, mutual = float64((n-1)*(n-2)), math.NaN()
		}
		central := func(d []float64) (c float64) {
			for _, x := range d {
				c += slices.Max(d) - x
			}
			return algo.Ratio(c, star)
		}
		if s.Nodes != n || s.Edges != edges || s.Isolates != isolates {
			t.Fatalf("%+v, want %d, %d, %d", s, n, edges, isolates)
		}
		algotest.Equal(t, "density", s.Density, want.Density, 1e-12)
		algotest.Equal(t, "reciprocity", opt(s.Reciprocity), mutual, 1e-12)
		algotest.Equal(t, "assortativity", opt(s.Assortativity), correlation(from, to), 1e-9)
		algotest.Equal(t, "centralisation", s.Centralisation, central(out), 1e-12)
		if g.Directed() {
			algotest.Equal(t, "in-centralisation", *s.InCentralisation, central(in), 1e-12)
		}
		checkPairs(t, g, s)
	}
}

// checkPairs compares what depends on distances.
func checkPairs(t *testing.T, g *algo.Graph, s *algo.Structure) {
	t.Helper()
	n := g.Len()
	dist, _ := algotest.Steps(g)
	either, _ := algotest.Steps(g.Undirected())
	diameter, total, joined, apart := 0, 0.0, 0.0, 0.0
	for i := range n {
		for j := range n {
			if i == j {
				continue
			}
			if dist[i][j] < 1<<20 {
				diameter = max(diameter, dist[i][j])
				total += float64(dist[i][j])
				joined++
			}
			if either[i][j] >= 1<<20 {
				apart++
			}
		}
	}
	pairs := float64(n * (n - 1))
	d := s.Distances
	if d.Diameter != diameter || d.AtMost != diameter || !d.Exact || d.Low != d.Mean || d.High != d.Mean {
		t.Fatalf("%+v, want diameter %d", d, diameter)
	}
	algotest.Near(t, "distances", []float64{d.Mean, d.Joined, s.Fragmentation},
		[]float64{algo.Ratio(total, joined), algo.Ratio(joined, pairs), algo.Ratio(apart, pairs)}, 1e-12)
	parts, largest := 0, 0
	seen := make([]bool, n)
	for i := range n {
		size := 0
		for j := range n {
			if either[i][j] < 1<<20 && !seen[j] {
				seen[j] = true
				size++
			}
		}
		largest = max(largest, size)
		if size > 0 {
			parts++
		}
	}
	if s.Components != parts || s.Largest != largest {
		t.Fatalf("%d components, the largest of %d; want %d, %d", s.Components, s.Largest, parts, largest)
	}
}

// TestStructureByHand has a star, which is as centralised as can be, and a ring.
func TestStructureByHand(t *testing.T) {
	var star, ring []algo.Edge
	for i := range algo.Node(6) {
		star = append(star, algo.Edge{From: 6, To: i})
		ring = append(ring, algo.Edge{From: i, To: (i + 1) % 6})
	}
	s, _ := algo.StructureOf(algo.FromEdges(7, star, false, false), 1, nil)
	algotest.Near(t, "star",
		[]float64{s.Centralisation, *s.Assortativity, float64(s.Distances.Diameter), s.Distances.Mean, s.Fragmentation},
		[]float64{1, -1, 2, (6*2 + 30*2) / 42.0, 0}, 1e-12)
	s, _ = algo.StructureOf(algo.FromEdges(6, ring, true, false), 1, nil)
	algotest.Near(t, "ring",
		[]float64{s.Centralisation, *s.InCentralisation, *s.Reciprocity, float64(s.Distances.Diameter), s.Distances.Mean},
		[]float64{0, 0, 0, 5, 3}, 1e-12)
	if s.Assortativity != nil {
		t.Errorf("assortativity of a ring: %v", *s.Assortativity)
	}
}

// TestSampledDistances checks that the truth lies within what a sample says.
func TestSampledDistances(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(21, 22))
	outside, tight := 0, 0
	for round := range 40 {
		n := 150 + r.IntN(100)
		g := algotest.Random(r, n, 3/float64(n), round%2 == 0)
		exact, err := algo.MeasureDistances(g, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		d, err := algo.DistancesFrom(g, algo.DrawSources(n, uint64(round)), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		if d.Exact || d.Sources != algo.DistanceSources || d.Diameter > exact.Diameter || d.AtMost < exact.Diameter {
			t.Fatalf("%+v, exact is %+v", d, exact)
		}
		if exact.Mean < d.Low || exact.Mean > d.High {
			outside++
		}
		if !g.Directed() && d.High-d.Low < 8 {
			tight++
		}
		if math.Abs(d.Mean-exact.Mean) > 0.5 || math.Abs(d.Joined-exact.Joined) > 0.1 {
			t.Errorf("%+v, exact is %+v", d, exact)
		}
	}
	if outside > 4 { // at most one in ten, and mostly none
		t.Errorf("%d of 40 means lie outside the bounds", outside)
	}
	if tight < 15 {
		t.Errorf("only %d of 20 undirected bounds say anything", tight)
	}
}
