package algo_test

import (
	"math"
	"math/rand/v2"
	"slices"
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
			var parts []float64
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
				parts = append(parts, bound*bound)
				want.Constraint += bound * bound
				want.EffectiveSize += 1 - redundant
			}
			want.Efficiency = want.EffectiveSize / float64(want.Contacts)
			for _, c := range parts {
				x := c / (want.Constraint / float64(want.Contacts))
				want.Hierarchy += x * math.Log(x) / (float64(want.Contacts) * math.Log(float64(want.Contacts)))
			}
			if want.Contacts == 1 {
				want.Hierarchy = 1
			}
			if want.Contacts == 0 {
				if got[i].Contacts != 0 || !math.IsNaN(got[i].Constraint) || !math.IsNaN(got[i].Hierarchy) || !math.IsNaN(got[i].EffectiveSize) || !math.IsNaN(got[i].Efficiency) {
					t.Fatalf("without contacts: %+v", got[i])
				}
				continue
			}
			algotest.Near(t, "holes", []float64{float64(got[i].Contacts), got[i].Constraint, got[i].EffectiveSize, got[i].Efficiency, got[i].Hierarchy},
				[]float64{float64(want.Contacts), want.Constraint, want.EffectiveSize, want.Efficiency, want.Hierarchy}, 1e-12)
		}
	}
}

// TestHolesByHand checks shapes whose values are plain: in a star every contact
// of the middle is unjoined, in a clique of four all are redundant.
func TestHolesByHand(t *testing.T) {
	star := algo.FromEdges(5, []algo.Edge{{From: 0, To: 1, Weight: 1}, {From: 0, To: 2, Weight: 1}, {From: 0, To: 3, Weight: 1}, {From: 0, To: 4, Weight: 1}}, false, false)
	got, _ := algo.StructuralHoles(star, []algo.Node{0, 1}, nil)
	want := []algo.Holes{
		{Node: 0, Contacts: 4, Constraint: 0.25, EffectiveSize: 4, Efficiency: 1},
		{Node: 1, Contacts: 1, Constraint: 1, EffectiveSize: 1, Efficiency: 1, Hierarchy: 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("star (-want +got):\n%s", d)
	}
	clique := algo.FromEdges(4, []algo.Edge{{From: 0, To: 1, Weight: 1}, {From: 0, To: 2, Weight: 1}, {From: 0, To: 3, Weight: 1}, {From: 1, To: 2, Weight: 1}, {From: 1, To: 3, Weight: 1}, {From: 2, To: 3, Weight: 1}}, false, false)
	got, _ = algo.StructuralHoles(clique, []algo.Node{2}, nil)
	algotest.Near(t, "clique", []float64{got[0].Constraint, got[0].EffectiveSize, got[0].Hierarchy}, []float64{25.0 / 27, 1, 0}, 1e-12)
}

func intersect(a, b []algo.Node) []algo.Node {
	var both []algo.Node
	for _, x := range a {
		if slices.Contains(b, x) {
			both = append(both, x)
		}
	}
	return both
}

// TestPredictAgainstDefinition scores every pair that is two steps apart.
func TestPredictAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for round := range 80 {
		g := algotest.Any(r, round, 3+r.IntN(12))
		u := g.Undirected()
		n := algo.Node(g.Len())
		for v := range n {
			for _, by := range algo.Predictors {
				got, err := algo.Predict(g, v, by, g.Len(), nil)
				if err != nil {
					t.Fatal(err)
				}
				found := map[algo.Node]algo.Prediction{}
				for i, p := range got {
					found[p.Node] = p
					if i > 0 && (got[i-1].Score < p.Score || got[i-1].Score == p.Score && got[i-1].Node > p.Node) {
						t.Fatalf("%s of %d: out of order: %v", by, v, got)
					}
				}
				for w := range n {
					shared := intersect(u.Out(v), u.Out(w))
					p, there := found[w]
					if want := w != v && len(shared) > 0 && !slices.Contains(u.Out(v), w); there != want {
						t.Fatalf("%s of %d and %d: told %v, want %v", by, v, w, there, want)
					} else if want {
						if d := cmp.Diff(shared, p.Shared); d != "" {
							t.Fatalf("shared by %d and %d (-want +got):\n%s", v, w, d)
						}
						algotest.Near(t, string(by), []float64{p.Score}, []float64{defined(u, v, w, shared, by)}, 1e-12)
					}
				}
			}
		}
	}
}

func defined(u *algo.Graph, v, w algo.Node, shared []algo.Node, by algo.Predictor) float64 {
	union := map[algo.Node]bool{}
	for _, x := range slices.Concat(u.Out(v), u.Out(w)) {
		union[x] = true
	}
	adamic, resource := 0.0, 0.0
	for _, x := range shared {
		adamic += 1 / math.Log(float64(len(u.Out(x))))
		resource += 1 / float64(len(u.Out(x)))
	}
	return map[algo.Predictor]float64{
		algo.ByCommonNeighbours: float64(len(shared)), algo.ByJaccard: float64(len(shared)) / float64(len(union)), algo.ByAdamicAdar: adamic,
		algo.ByResourceAllocation: resource, algo.ByPreferentialAttachment: float64(len(u.Out(v)) * len(u.Out(w))),
	}[by]
}

// signaturesOf compares nodes by their neighbours; in a directed graph a neighbour in the
// other direction is another thing.
func signaturesOf(g *algo.Graph) algo.Signatures {
	return algo.Signatures{
		Of: func(v algo.Node, f func(algo.Feature)) {
			out := algo.Undirected
			if g.Directed() {
				out = algo.Forward
				for _, w := range g.In(v) {
					f(algo.Feature{Kind: 0, Direction: algo.Backward, Neighbour: w})
				}
			}
			for _, w := range g.Out(v) {
				f(algo.Feature{Kind: 0, Direction: out, Neighbour: w})
			}
		},
		Cost: func(v algo.Node) int { return len(g.Out(v)) + len(g.In(v)) },
	}
}

// TestSimilarAgainstDefinition compares sets of neighbours of every pair.
func TestSimilarAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for round := range 60 {
		g := algotest.Any(r, round, 3+r.IntN(10))
		n := algo.Node(g.Len())
		set := func(v algo.Node) []algo.Node { // a neighbour in the other direction is another thing
			list := slices.Clone(g.Out(v))
			if g.Directed() {
				for _, w := range g.In(v) {
					list = append(list, w+n)
				}
			}
			return list
		}
		for v := range n {
			for _, by := range []algo.Similarity{algo.SimilarByJaccard, algo.SimilarByCosine} {
				got, err := algo.Similar(signaturesOf(g), v, by, int(n), nil)
				if err != nil {
					t.Fatal(err)
				}
				checkSimilar(t, v, by, got, int(n), set)
			}
		}
	}
}

func checkSimilar(t *testing.T, v algo.Node, by algo.Similarity, got []algo.Likeness, n int, set func(algo.Node) []algo.Node) {
	t.Helper()
	found := map[algo.Node]algo.Likeness{}
	for _, l := range got {
		found[l.Node] = l
	}
	for w := range algo.Node(n) {
		both := intersect(set(v), set(w))
		l, there := found[w]
		if want := w != v && len(both) > 0; there != want {
			t.Fatalf("%d and %d: told %v, want %v", v, w, there, want)
		} else if !want {
			continue
		}
		a, b, c := float64(len(set(v))), float64(len(set(w))), float64(len(both))
		want := c / (a + b - c)
		if by == algo.SimilarByCosine {
			want = c / math.Sqrt(a*b)
		}
		algotest.Near(t, string(by), []float64{l.Score}, []float64{want}, 1e-12)
		if len(l.Shared) != len(both) {
			t.Fatalf("%d and %d share %v, want %v", v, w, l.Shared, both)
		}
	}
}
