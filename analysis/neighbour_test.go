package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// randomWeighted is a random graph with weights from 0.5 to 3.
func randomWeighted(r *rand.Rand, n int, p float64, directed bool) *Graph {
	var edges []Edge
	for i := range uint32(n) {
		for j := range uint32(n) {
			if i != j && (directed || i < j) && r.Float64() < p {
				edges = append(edges, Edge{i, j, 0.5 + 2.5*r.Float64()})
			}
		}
	}
	return FromEdges(n, edges, directed, true)
}

// anyGraph is a random graph; in four rounds each combination of directed and
// weighted comes up.
func anyGraph(r *rand.Rand, round, n int) *Graph {
	p := 0.05 + r.Float64()*0.5
	if round%4 < 2 {
		return randomGraph(r, n, p, round%2 == 0)
	}
	return randomWeighted(r, n, p, round%2 == 0)
}

// matrix is the graph as a matrix of weights.
func matrix(g *Graph) [][]float64 {
	a := make([][]float64, g.Len())
	for u := range a {
		a[u] = make([]float64, g.Len())
		weights := g.OutWeights(uint32(u))
		for i, w := range g.Out(uint32(u)) {
			a[u][w] = 1
			if weights != nil {
				a[u][w] = weights[i]
			}
		}
	}
	return a
}

// TestHolesAgainstDefinition follows Burt's formulas over whole matrices.
func TestHolesAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 80 {
		g := anyGraph(r, round, 2+r.IntN(10))
		a := matrix(g)
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
		got, err := StructuralHoles(g, nil, nil)
		if err != nil || len(got) != n {
			t.Fatalf("%d rows, %v", len(got), err)
		}
		for i := range n {
			want := Holes{Node: uint32(i)}
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
			near(t, "holes", []float64{float64(got[i].Contacts), got[i].Constraint, got[i].EffectiveSize, got[i].Efficiency, got[i].Hierarchy},
				[]float64{float64(want.Contacts), want.Constraint, want.EffectiveSize, want.Efficiency, want.Hierarchy}, 1e-12)
		}
	}
}

// TestHolesByHand checks shapes whose values are plain: in a star every contact
// of the middle is unjoined, in a clique of four all are redundant.
func TestHolesByHand(t *testing.T) {
	star := FromEdges(5, []Edge{{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {0, 4, 1}}, false, false)
	got, _ := StructuralHoles(star, []uint32{0, 1}, nil)
	want := []Holes{
		{Node: 0, Contacts: 4, Constraint: 0.25, EffectiveSize: 4, Efficiency: 1},
		{Node: 1, Contacts: 1, Constraint: 1, EffectiveSize: 1, Efficiency: 1, Hierarchy: 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("star (-want +got):\n%s", d)
	}
	clique := FromEdges(4, []Edge{{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {1, 2, 1}, {1, 3, 1}, {2, 3, 1}}, false, false)
	got, _ = StructuralHoles(clique, []uint32{2}, nil)
	near(t, "clique", []float64{got[0].Constraint, got[0].EffectiveSize, got[0].Hierarchy}, []float64{25.0 / 27, 1, 0}, 1e-12)
}

func intersect(a, b []uint32) []uint32 {
	var both []uint32
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
		g := anyGraph(r, round, 3+r.IntN(12))
		u := g.undirected()
		n := uint32(g.Len())
		for v := range n {
			for _, by := range Predictors {
				got, err := Predict(g, v, by, g.Len(), nil)
				if err != nil {
					t.Fatal(err)
				}
				found := map[uint32]Prediction{}
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
						near(t, string(by), []float64{p.Score}, []float64{defined(u, v, w, shared, by)}, 1e-12)
					}
				}
			}
		}
	}
}

func defined(u *Graph, v, w uint32, shared []uint32, by Predictor) float64 {
	union := map[uint32]bool{}
	for _, x := range slices.Concat(u.Out(v), u.Out(w)) {
		union[x] = true
	}
	adamic, resource := 0.0, 0.0
	for _, x := range shared {
		adamic += 1 / math.Log(float64(len(u.Out(x))))
		resource += 1 / float64(len(u.Out(x)))
	}
	return map[Predictor]float64{
		ByCommonNeighbours: float64(len(shared)), ByJaccard: float64(len(shared)) / float64(len(union)), ByAdamicAdar: adamic,
		ByResourceAllocation: resource, ByPreferentialAttachment: float64(len(u.Out(v)) * len(u.Out(w))),
	}[by]
}

// TestSimilarAgainstDefinition compares sets of neighbours of every pair.
func TestSimilarAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for round := range 60 {
		g := anyGraph(r, round, 3+r.IntN(10))
		n := uint32(g.Len())
		set := func(v uint32) []uint32 { // a neighbour in the other direction is another thing
			list := slices.Clone(g.Out(v))
			if g.Directed() {
				for _, w := range g.In(v) {
					list = append(list, w+n)
				}
			}
			return list
		}
		for v := range n {
			for _, by := range []Similarity{SimilarByJaccard, SimilarByCosine} {
				got, err := Similar(g, v, by, int(n), nil)
				if err != nil {
					t.Fatal(err)
				}
				checkSimilar(t, v, by, got, int(n), set)
			}
		}
	}
}

func checkSimilar(t *testing.T, v uint32, by Similarity, got []Likeness, n int, set func(uint32) []uint32) {
	t.Helper()
	found := map[uint32]Likeness{}
	for _, l := range got {
		found[l.Node] = l
	}
	for w := range uint32(n) {
		both := intersect(set(v), set(w))
		l, there := found[w]
		if want := w != v && len(both) > 0; there != want {
			t.Fatalf("%d and %d: told %v, want %v", v, w, there, want)
		} else if !want {
			continue
		}
		a, b, c := float64(len(set(v))), float64(len(set(w))), float64(len(both))
		want := c / (a + b - c)
		if by == SimilarByCosine {
			want = c / math.Sqrt(a*b)
		}
		near(t, string(by), []float64{l.Score}, []float64{want}, 1e-12)
		if len(l.Shared) != len(both) {
			t.Fatalf("%d and %d share %v, want %v", v, w, l.Shared, both)
		}
	}
}

// TestSimilarByKind has two groups that stand alike to a third and to an incident,
// and one that is joined to the same things in other ways.
func TestSimilarByKind(t *testing.T) {
	n := network(t, []said{
		{"g1", "ALLIED_WITH", "g9"},
		{"g2", "ALLIED_WITH", "g9"},
		{"g3", "RIVAL_OF", "g9"},
		{"g1", "CLAIMED", "x1"},
		{"g2", "CLAIMED", "x1"},
		{"g3", "DENIED", "x1"},
		{"g1", "SUPPORTS", "g8"},
		{"g8", "SUPPORTS", "g2"},
		{"g3", "SUPPORTS", "g8"},
		{"i1", "MEMBER_OF", "g1"},
		{"i1", "MEMBER_OF", "g1"},
		{"i2", "MEMBER_OF", "g1"},
	})
	got, err := SimilarByKind(n, n.at(t, "g1"), SimilarByJaccard, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []Likeness{
		{n.at(t, "g2"), 2.0 / 6, []Feature{{"ALLIED_WITH", Undirected, n.at(t, "g9")}, {"CLAIMED", Forward, n.at(t, "x1")}}},
		{n.at(t, "g3"), 1.0 / 7, []Feature{{"SUPPORTS", Forward, n.at(t, "g8")}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("like g1 (-want +got):\n%s", d)
	}
	got, err = SimilarByKind(n, n.at(t, "i1"), SimilarByCosine, 10, nil)
	if err != nil {
		t.Fatal(err)
	}
	want = []Likeness{{n.at(t, "i2"), 1, []Feature{{"MEMBER_OF", Forward, n.at(t, "g1")}}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("like i1, whose two roles in one group are one link (-want +got):\n%s", d)
	}
}
