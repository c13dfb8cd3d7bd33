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
				got, err := algo.Predict(g, v, by, nil, g.Len(), nil)
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
		algo.ByCommonNeighbours: float64(len(shared)), algo.ByJaccard: float64(len(shared)) / float64(len(union)),
		algo.ByAdamicAdar:         adamic,
		algo.ByResourceAllocation: resource, algo.ByPreferentialAttachment: float64(len(u.Out(v)) * len(u.Out(w))),
	}[by]
}
