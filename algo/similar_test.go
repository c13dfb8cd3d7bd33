package algo_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
)

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

func checkSimilar(
	t *testing.T, v algo.Node, by algo.Similarity, got []algo.Likeness, n int, set func(algo.Node) []algo.Node,
) {
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
