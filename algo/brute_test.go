package algo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/tests/raced"
)

func TestAgainstBruteForce(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		g := algotest.Random(r, 3+r.IntN(12), 0.05+r.Float64()*0.4, round%2 == 0)
		checkDistances(t, g)
		checkCut(t, g)
		checkCores(t, g)
		checkTriangles(t, g)
	}
}

func checkDistances(t *testing.T, g *algo.Graph) {
	t.Helper()
	n := g.Len()
	dist, paths := algotest.Steps(g)
	harmonic, closeness, between := make([]float64, n), make([]float64, n), make([]float64, n)
	for v := range n {
		d, err := algo.BFS(g, algo.Node(v), nil)
		if err != nil {
			t.Fatal(err)
		}
		sum, reach := 0, 0
		for u := range n {
			want := int32(dist[v][u])
			if dist[v][u] >= 1<<20 {
				want = algo.Unreached
			}
			if d[u] != want {
				t.Fatalf("BFS from %d to %d: %d, want %d", v, u, d[u], want)
			}
			if u != v && dist[u][v] < 1<<20 {
				harmonic[v] += 1 / float64(dist[u][v])
				sum += dist[u][v]
				reach++
			}
			for w := range n {
				if u != v && w != v && u != w && dist[u][w] < 1<<20 && dist[u][v]+dist[v][w] == dist[u][w] {
					between[v] += paths[u][v] * paths[v][w] / paths[u][w]
				}
			}
		}
		if sum > 0 {
			closeness[v] = float64(reach) / float64(sum) * float64(reach) / float64(n-1)
		}
		between[v] /= float64((n - 1) * (n - 2))
	}
	got, _ := algo.Harmonic(g, nil)
	algotest.Near(t, "harmonic", got, harmonic, 1e-12)
	got, _ = algo.Closeness(g, nil)
	algotest.Near(t, "closeness", got, closeness, 1e-12)
	got, _ = algo.Betweenness(g, nil)
	algotest.Near(t, "betweenness", got, between, 1e-12)
	sample, err := algo.SampleBetweenness(g, 4000, 7, nil)
	if err != nil {
		t.Fatal(err)
	}
	algotest.Near(t, "sampled betweenness", sample.Values, between, sample.Error*1.5)
	if sample, err = algo.SampleHarmonic(g, 4000, 7, nil); err != nil {
		t.Fatal(err)
	}
	algotest.Near(t, "sampled harmonic", sample.Values, harmonic, sample.Error*1.5)
}

// without is the undirected graph less one node and one edge.
func without(g *algo.Graph, node int, a, b algo.Node) *algo.Graph {
	u := g.Undirected()
	var edges []algo.Edge
	for v := range algo.Node(u.Len()) {
		for _, w := range u.Out(v) {
			if v < w && int(v) != node && int(w) != node && !(v == a && w == b) {
				edges = append(edges, algo.Edge{From: v, To: w})
			}
		}
	}
	return algo.FromEdges(u.Len(), edges, false, false)
}

func parts(g *algo.Graph) (count int, pairs int) {
	_, sizes, _ := algo.Components(g, nil)
	for _, s := range sizes {
		pairs += s * (s - 1) / 2
	}
	return len(sizes), pairs
}

func checkCut(t *testing.T, g *algo.Graph) {
	t.Helper()
	c, err := algo.Cutpoints(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	u := g.Undirected()
	before, _ := parts(u)
	n := g.Len()
	for v := range n {
		after, pairs := parts(without(g, v, 0, 0))
		after-- // the node itself stays, alone
		alone := 0
		if len(u.Out(algo.Node(v))) == 0 {
			alone = 1
		}
		if got, want := c.Points[v], after > before-alone; got != want {
			t.Fatalf("cutpoint %d: %v, want %v", v, got, want)
		}
		if want := 1 - float64(pairs)/float64((n-1)*(n-2)/2); math.Abs(c.Fragmentation[v]-want) > 1e-12 {
			t.Fatalf("fragmentation without %d: %v, want %v", v, c.Fragmentation[v], want)
		}
	}
	var bridges [][2]algo.Node
	for v := range algo.Node(n) {
		for _, w := range u.Out(v) {
			if v < w {
				if after, _ := parts(without(g, -1, v, w)); after > before {
					bridges = append(bridges, [2]algo.Node{v, w})
				}
			}
		}
	}
	if len(bridges) != len(c.Bridges) {
		t.Fatalf("bridges %v, want %v", c.Bridges, bridges)
	}
	for i := range bridges {
		if bridges[i] != c.Bridges[i] {
			t.Fatalf("bridges %v, want %v", c.Bridges, bridges)
		}
	}
}

func checkCores(t *testing.T, g *algo.Graph) {
	t.Helper()
	got, _ := algo.Cores(g, nil)
	u := g.Undirected()
	for v := range u.Len() {
		want := 0
		for k := 1; k < u.Len(); k++ {
			if inCore(u, algo.Node(v), k) {
				want = k
			}
		}
		if got[v] != want {
			t.Fatalf("core of %d: %d, want %d", v, got[v], want)
		}
	}
}

func inCore(g *algo.Graph, v algo.Node, k int) bool {
	left := map[algo.Node]bool{}
	for u := range algo.Node(g.Len()) {
		left[u] = true
	}
	for changed := true; changed; {
		changed = false
		for u := range left {
			d := 0
			for _, w := range g.Out(u) {
				if left[w] {
					d++
				}
			}
			if d < k {
				delete(left, u)
				changed = true
			}
		}
	}
	return left[v]
}

func checkTriangles(t *testing.T, g *algo.Graph) {
	t.Helper()
	u := g.Undirected()
	got, _ := algo.Triangles(g, nil)
	joined := func(a, b algo.Node) bool {
		for _, w := range u.Out(a) {
			if w == b {
				return true
			}
		}
		return false
	}
	for v := range algo.Node(u.Len()) {
		want := 0
		for i, a := range u.Out(v) {
			for _, b := range u.Out(v)[i+1:] {
				if joined(a, b) {
					want++
				}
			}
		}
		if got[v] != want {
			t.Fatalf("triangles of %d: %d, want %d", v, got[v], want)
		}
	}
}
