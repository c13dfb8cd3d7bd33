// Package algotest has what tests of graphs share: random graphs, definitions followed to
// the letter, and comparisons of numbers.
package algotest

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/rabta/rabta/algo"
)

// Random is a graph of n nodes in which each pair is joined with chance p.
func Random(r *rand.Rand, n int, p float64, directed bool) *algo.Graph {
	var edges []algo.Edge
	for i := range algo.Node(n) {
		for j := range algo.Node(n) {
			if i != j && (directed || i < j) && r.Float64() < p {
				edges = append(edges, algo.Edge{From: i, To: j})
			}
		}
	}
	return algo.FromEdges(n, edges, directed, false)
}

// Near fails unless values by node are the same but for some difference.
func Near(t *testing.T, what string, got, want []float64, by float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= by) {
			t.Fatalf("%s of node %d: %v, want %v", what, i, got[i], want[i])
		}
	}
}

// Steps is all distances by Floyd and Warshall, and how many shortest paths there
// are by adding up over steps.
func Steps(g *algo.Graph) (dist [][]int, paths [][]float64) {
	n := g.Len()
	const far = 1 << 20
	dist, paths = make([][]int, n), make([][]float64, n)
	for i := range n {
		dist[i], paths[i] = make([]int, n), make([]float64, n)
		for j := range n {
			dist[i][j] = far
		}
		dist[i][i] = 0
		for _, w := range g.Out(algo.Node(i)) {
			dist[i][w] = 1
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				dist[i][j] = min(dist[i][j], dist[i][k]+dist[k][j])
			}
		}
	}
	for d := 0; d < n; d++ {
		for i := range n {
			for j := range n {
				if dist[i][j] != d {
					continue
				}
				if d == 0 {
					paths[i][j] = 1
					continue
				}
				for _, w := range g.In(algo.Node(j)) {
					if dist[i][w] == d-1 {
						paths[i][j] += paths[i][w]
					}
				}
			}
		}
	}
	return dist, paths
}

// RandomWeighted is a random graph with weights from 0.5 to 3.
func RandomWeighted(r *rand.Rand, n int, p float64, directed bool) *algo.Graph {
	var edges []algo.Edge
	for i := range algo.Node(n) {
		for j := range algo.Node(n) {
			if i != j && (directed || i < j) && r.Float64() < p {
				edges = append(edges, algo.Edge{From: i, To: j, Weight: 0.5 + 2.5*r.Float64()})
			}
		}
	}
	return algo.FromEdges(n, edges, directed, true)
}

// Any is a random graph; in four rounds each combination of directed and
// weighted comes up.
func Any(r *rand.Rand, round, n int) *algo.Graph {
	p := 0.05 + r.Float64()*0.5
	if round%4 < 2 {
		return Random(r, n, p, round%2 == 0)
	}
	return RandomWeighted(r, n, p, round%2 == 0)
}

// Matrix is the graph as a matrix of weights.
func Matrix(g *algo.Graph) [][]float64 {
	a := make([][]float64, g.Len())
	for u := range a {
		a[u] = make([]float64, g.Len())
		weights := g.OutWeights(algo.Node(u))
		for i, w := range g.Out(algo.Node(u)) {
			a[u][w] = 1
			if weights != nil {
				a[u][w] = weights[i]
			}
		}
	}
	return a
}

// Equal compares values that may be NaN.
func Equal(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || !math.IsNaN(got) && !(math.Abs(got-want) <= by) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
}

// Close reports whether two values are the same but for rounding, or neither is a number.
func Close(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-6
}
