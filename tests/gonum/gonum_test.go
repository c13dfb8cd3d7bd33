// Package gonum holds link analysis against gonum, node by node. It is a module of
// its own: nothing that is shipped depends on gonum.
package gonum

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"github.com/rabta/rabta/algo"
	ours "github.com/rabta/rabta/algo/community"
)

// sample is one graph, as both sides read it.
type sample struct {
	n      int
	edges  []algo.Edge
	ours   *algo.Graph
	theirs graph.Graph
}

// sampled draws a graph.
func sampled(r *rand.Rand, directed, weighted bool) sample {
	s := sample{n: 2 + r.IntN(60)}
	for i := range s.n {
		for j := range s.n {
			if i != j && (directed || i < j) && r.Float64() < 3/float64(s.n) {
				weight := 1.0
				if weighted {
					weight = 0.25 * float64(1+r.IntN(12))
				}
				s.edges = append(s.edges, algo.Edge{From: algo.Node(i), To: algo.Node(j), Weight: weight})
			}
		}
	}
	s.ours = algo.FromEdges(s.n, s.edges, directed, weighted)
	s.theirs = theirs(s, directed, weighted)
	return s
}

type builder interface {
	AddNode(graph.Node)
}

func theirs(s sample, directed, weighted bool) graph.Graph {
	add := func(b builder) {
		for i := range s.n {
			b.AddNode(simple.Node(i))
		}
	}
	ends := func(e algo.Edge) (from, to graph.Node) { return simple.Node(e.From), simple.Node(e.To) }
	switch {
	case weighted:
		g := simple.NewWeightedUndirectedGraph(0, math.Inf(1))
		add(g)
		for _, e := range s.edges {
			from, to := ends(e)
			g.SetWeightedEdge(simple.WeightedEdge{F: from, T: to, W: e.Weight})
		}
		return g
	case directed:
		g := simple.NewDirectedGraph()
		add(g)
		for _, e := range s.edges {
			from, to := ends(e)
			g.SetEdge(simple.Edge{F: from, T: to})
		}
		return g
	}
	g := simple.NewUndirectedGraph()
	add(g)
	for _, e := range s.edges {
		from, to := ends(e)
		g.SetEdge(simple.Edge{F: from, T: to})
	}
	return g
}

// same holds values by node against each other.
func same(t *testing.T, what string, got []float64, want func(node int) float64) {
	t.Helper()
	for v, g := range got {
		w := want(v)
		if g != w && !(math.Abs(g-w) <= 1e-6*math.Max(1, math.Abs(w))) {
			t.Fatalf("%s of node %d: %v, gonum says %v", what, v, g, w)
		}
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestAgainstGonum(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 72))
	for i := range 60 {
		directed := i%2 == 0
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			s := sampled(r, directed, false)
			betweenness(t, s, directed)
			if directed {
				ranks(t, s)
				return
			}
			parts(t, s)
			cores(t, s)
			modularity(t, s)
			modularity(t, sampled(r, false, true))
		})
	}
}

// betweenness: gonum adds up ordered pairs, and leaves out nodes of none.
func betweenness(t *testing.T, s sample, directed bool) {
	t.Helper()
	pairs := float64((s.n - 1) * (s.n - 2))
	want := network.Betweenness(s.theirs)
	same(t, "betweenness", must[[]float64](t)(algo.Betweenness(s.ours, nil)), func(v int) float64 {
		if pairs == 0 {
			return 0
		}
		return want[int64(v)] / pairs
	})
	ties := network.EdgeBetweenness(s.theirs)
	got := must[[]float64](t)(algo.TieBetweenness(s.ours, nil))
	slot := 0
	for u := range algo.Node(s.n) {
		for _, w := range s.ours.Out(u) {
			sum := ties[[2]int64{int64(u), int64(w)}]
			if !directed && sum == 0 {
				sum = ties[[2]int64{int64(w), int64(u)}]
			}
			sum /= float64(s.n * (s.n - 1))
			if math.Abs(got[slot]-sum) > 1e-6 {
				t.Fatalf("betweenness of %d to %d: %v, gonum says %v", u, w, got[slot], sum)
			}
			slot++
		}
	}
}

func ranks(t *testing.T, s sample) {
	t.Helper()
	want := network.PageRankSparse(s.theirs.(graph.Directed), 0.85, 1e-12)
	same(t, "PageRank", must[[]float64](t)(algo.PageRank(s.ours, algo.PageRankOptions{}, nil)), func(v int) float64 { return want[int64(v)] })
	of, _, err := algo.StrongComponents(s.ours, nil)
	if err != nil {
		t.Fatal(err)
	}
	partsOf(t, "strong component", of, topo.TarjanSCC(s.theirs.(graph.Directed)))
}

func parts(t *testing.T, s sample) {
	t.Helper()
	of, _, err := algo.Components(s.ours, nil)
	if err != nil {
		t.Fatal(err)
	}
	partsOf(t, "component", of, topo.ConnectedComponents(s.theirs.(graph.Undirected)))
}

// partsOf: two nodes are in one part here where they are there.
func partsOf(t *testing.T, what string, of []algo.Label, theirs [][]graph.Node) {
	t.Helper()
	if want := int(slices.Max(of)) + 1; len(theirs) != want {
		t.Fatalf("%d of %s, gonum says %d", want, what, len(theirs))
	}
	for _, part := range theirs {
		for _, v := range part {
			if of[v.ID()] != of[part[0].ID()] {
				t.Fatalf("%d and %d are not in one %s; gonum says they are", v.ID(), part[0].ID(), what)
			}
		}
	}
}

func cores(t *testing.T, s sample) {
	t.Helper()
	got := must[[]int](t)(algo.Cores(s.ours, nil))
	for k := range slices.Max(got) + 2 {
		in := map[int64]bool{}
		for _, v := range topo.KCore(k, s.theirs.(graph.Undirected)) {
			in[v.ID()] = true
		}
		for v, core := range got {
			if (core >= k) != in[int64(v)] {
				t.Fatalf("core of %d is %d; gonum has it in the %d-core: %v", v, core, k, in[int64(v)])
			}
		}
	}
}

func modularity(t *testing.T, s sample) {
	t.Helper()
	if len(s.edges) == 0 {
		return
	}
	of := make([]algo.Label, s.n)
	sides := make([][]graph.Node, 3)
	for v := range of {
		of[v] = algo.Label(v % 3)
		sides[v%3] = append(sides[v%3], simple.Node(v))
	}
	if got, want := ours.Modularity(s.ours, of, 1), community.Q(s.theirs, sides, 1); math.Abs(got-want) > 1e-6 {
		t.Fatalf("modularity %v, gonum says %v", got, want)
	}
}
