package algo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
)

// fits correlates a graph with an ideal over all pairs; 0 when either is constant.
func fits(g *algo.Graph, ideal func(i, j int) float64) float64 {
	a := algotest.Matrix(g.Undirected())
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
		g := algotest.Any(r, round, 1+r.IntN(8))
		most := 0.0
		in := func(mask, v int) bool { return mask>>v&1 == 1 }
		for mask := range 1 << g.Len() {
			most = max(most, fits(g, func(i, j int) float64 { return b2f(in(mask, i) || in(mask, j)) }))
		}
		got, err := algo.CoreAndPeriphery(g, 3, nil)
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

// TestCoreByHand has a core of four joined to all and a periphery joined to it
// alone, which the model fits without a flaw.
func TestCoreByHand(t *testing.T) {
	var edges []algo.Edge
	for i := range algo.Node(4) {
		for j := i + 1; j < 14; j++ {
			edges = append(edges, algo.Edge{From: i, To: j})
		}
	}
	g := algo.FromEdges(14, edges, false, false)
	got, _ := algo.CoreAndPeriphery(g, 1, nil)
	if got.Size != 4 || !got.Core[0] || !got.Core[3] || math.Abs(got.Correlation-1) > 1e-12 {
		t.Errorf("%+v", got)
	}
}
