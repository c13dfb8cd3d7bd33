package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// fits correlates a graph with an ideal over all pairs; 0 when either is constant.
func fits(g *Graph, ideal func(i, j int) float64) float64 {
	a := matrix(g.undirected())
	var have, want []float64
	for i := range a {
		for j := range i {
			have, want = append(have, a[i][j]), append(want, ideal(i, j))
		}
	}
	if len(have) == 0 {
		return 0
	}
	if c := correlation(have, want); !math.IsNaN(c) {
		return c
	}
	return 0
}

// TestCoreAgainstAllDivisions compares with the best of all divisions.
func TestCoreAgainstAllDivisions(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	missed := 0
	const rounds = 80
	for round := range rounds {
		g := anyGraph(r, round, 1+r.IntN(8))
		most := 0.0
		in := func(mask, v int) bool { return mask>>v&1 == 1 }
		for mask := range 1 << g.Len() {
			most = max(most, fits(g, func(i, j int) float64 { return b2f(in(mask, i) || in(mask, j)) }))
		}
		got, err := CoreAndPeriphery(g, 3, nil)
		if err != nil {
			t.Fatal(err)
		}
		own := fits(g, func(i, j int) float64 { return b2f(got.Core[i] || got.Core[j]) })
		if math.Abs(own-got.Correlation) > 1e-9 || got.Correlation > most+1e-9 {
			t.Fatalf("%+v fits by %v, the best by %v", got, own, most)
		}
		size := 0
		for _, core := range got.Core {
			size += int(b2f(core))
		}
		if size != got.Size {
			t.Fatalf("%+v has %d in the core", got, size)
		}
		if got.Correlation < most-1e-9 {
			missed++
		}
	}
	if missed > 0 {
		t.Errorf("missed the best division %d times in %d", missed, rounds)
	}
}

// TestCorenessIsAFit checks the correlation, and that the products, as great as
// they fit best, cannot be changed a little to fit better.
func TestCorenessIsAFit(t *testing.T) {
	r := rand.New(rand.NewPCG(33, 34))
	for round := range 60 {
		g := anyGraph(r, round, 3+r.IntN(8))
		got, err := Coreness(g, nil)
		if err != nil {
			t.Fatal(err)
		}
		own := fits(g, func(i, j int) float64 { return got.Coreness[i] * got.Coreness[j] })
		if math.Abs(own-got.Correlation) > 1e-6 || slices.Min(got.Coreness) < 0 || g.Edges() > 0 && math.Abs(norm(got.Coreness)-1) > 1e-9 {
			t.Fatalf("%+v, fits by %v", got, own)
		}
		a := matrix(g.undirected())
		products, squares := 0.0, 0.0
		for i, x := range got.Coreness {
			for j, y := range got.Coreness[:i] {
				products += a[i][j] * x * y
				squares += x * x * y * y
			}
		}
		misfit := func(c []float64) (sum float64) {
			for i := range c {
				for j := range i {
					d := a[i][j] - c[i]*c[j]
					sum += d * d
				}
			}
			return sum
		}
		best := slices.Clone(got.Coreness)
		scale(best, math.Sqrt(ratio(products, squares)))
		least := misfit(best)
		for range 100 {
			c := slices.Clone(best)
			for v := range c {
				c[v] = max(0, c[v]+(r.Float64()-0.5)*1e-2)
			}
			if other := misfit(c); other < least-1e-4 {
				t.Fatalf("%v misfits by %v, %v by %v", c, other, best, least)
			}
		}
	}
}

// TestCoreByHand has a core of four joined to all and a periphery joined to it
// alone, which the discrete model fits without a flaw; and one whose weights are
// products, which the continuous one does.
func TestCoreByHand(t *testing.T) {
	var edges []Edge
	for i := range uint32(4) {
		for j := i + 1; j < 14; j++ {
			edges = append(edges, Edge{i, j, 1})
		}
	}
	g := FromEdges(14, edges, false, false)
	got, _ := CoreAndPeriphery(g, 1, nil)
	if got.Size != 4 || !got.Core[0] || !got.Core[3] || math.Abs(got.Correlation-1) > 1e-12 {
		t.Errorf("%+v", got)
	}
	if c, _ := Coreness(g, nil); c.Correlation < 0.7 || !(c.Coreness[3] > 2*c.Coreness[4]) {
		t.Errorf("%+v", c)
	}
	want := []float64{5, 4, 3, 2, 1, 1, 0.5}
	edges = edges[:0]
	for i := range want {
		for j := range i {
			edges = append(edges, Edge{uint32(i), uint32(j), 0.01 * want[i] * want[j]})
		}
	}
	c, _ := Coreness(FromEdges(7, edges, false, true), nil)
	scale(want, 1/norm(want))
	near(t, "coreness", append(c.Coreness, c.Correlation), append(want, 1), 1e-6)
}
