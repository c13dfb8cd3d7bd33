package algo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
)

// TestHolesAgainstDefinition follows Burt's formulas over whole matrices.
func TestHolesAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 80 {
		g := algotest.Any(r, round, 2+r.IntN(10))
		a := algotest.Matrix(g)
		n := len(a)
		tie := func(i, j int) float64 { return a[i][j] + a[j][i] }
		total, strongest := make([]float64, n), make([]float64, n)
		for i := range n {
			for j := range n {
				total[i] += tie(i, j)
				strongest[i] = max(strongest[i], tie(i, j))
			}
		}
		p := func(i, j int) float64 { return tie(i, j) / total[i] }
		got, err := algo.StructuralHoles(g, nil, nil)
		if err != nil || len(got) != n {
			t.Fatalf("%d rows, %v", len(got), err)
		}
		for i := range n {
			want := algo.Holes{Node: algo.Node(i)}
			for j := range n {
				if tie(i, j) == 0 {
					continue
				}
				want.Contacts++
				bound, redundant := p(i, j), 0.0
				for q := range n {
					if tie(i, q) > 0 && tie(q, j) > 0 {
						bound += p(i, q) * p(q, j)
						redundant += p(i, q) * tie(j, q) / strongest[j]
					}
				}
				want.Constraint += bound * bound
				want.EffectiveSize += 1 - redundant
			}
			if want.Contacts == 0 {
				if got[i].Contacts != 0 || !math.IsNaN(got[i].Constraint) || !math.IsNaN(got[i].EffectiveSize) {
					t.Fatalf("without contacts: %+v", got[i])
				}
				continue
			}
			algotest.Near(t, "holes",
				[]float64{float64(got[i].Contacts), got[i].Constraint, got[i].EffectiveSize},
				[]float64{float64(want.Contacts), want.Constraint, want.EffectiveSize}, 1e-12)
		}
	}
}

// TestHolesByHand checks shapes whose values are plain: in a star every contact
// of the middle is unjoined, in a clique of four all are redundant.
func TestHolesByHand(t *testing.T) {
	star := algo.FromEdges(5, []algo.Edge{
		{From: 0, To: 1}, {From: 0, To: 2}, {From: 0, To: 3}, {From: 0, To: 4},
	}, false, false)
	got, _ := algo.StructuralHoles(star, []algo.Node{0, 1}, nil)
	want := []algo.Holes{
		{Node: 0, Contacts: 4, Constraint: 0.25, EffectiveSize: 4},
		{Node: 1, Contacts: 1, Constraint: 1, EffectiveSize: 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("star (-want +got):\n%s", d)
	}
	clique := algo.FromEdges(4, []algo.Edge{
		{From: 0, To: 1}, {From: 0, To: 2}, {From: 0, To: 3}, {From: 1, To: 2}, {From: 1, To: 3}, {From: 2, To: 3},
	}, false, false)
	got, _ = algo.StructuralHoles(clique, []algo.Node{2}, nil)
	algotest.Near(t, "clique", []float64{got[0].Constraint, got[0].EffectiveSize}, []float64{25.0 / 27, 1}, 1e-12)
}
