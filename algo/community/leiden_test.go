package community_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/algo/community"
	"github.com/rabta/rabta/tests/raced"
)

// TestLeidenIsConnected checks the promise of the method, and that any division it
// gives is at least as good as none, in small graphs and in such as are gone over once.
func TestLeidenIsConnected(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(39, 40))
	for round := range 160 {
		g := algotest.Any(r, round, 5+r.IntN(40)).Undirected()
		if round%4 == 0 {
			if g = largeGraph(r); 2*g.Edges() <= community.LeidenSmall {
				t.Fatalf("%d slots are not many", 2*g.Edges())
			}
		}
		c, err := community.Leiden(g, 1, uint64(round), nil)
		if err != nil {
			t.Fatal(err)
		}
		if alone := community.Modularity(g, algo.Identity[algo.Label](g.Len()), 1); c.Modularity < max(alone, 0)-1e-12 {
			t.Fatalf("modularity %v, of single nodes %v", c.Modularity, alone)
		}
		if got := community.Modularity(g, c.Of, 1); got != c.Modularity {
			t.Fatalf("modularity %v, said to be %v", got, c.Modularity)
		}
		if count := len(piecesOf(g, c.Of)); count != len(c.Sizes) {
			t.Fatalf("%d communities, in %d pieces", len(c.Sizes), count)
		}
	}
}

// TestLeidenOfTiesThatWeighNothing: of many such to the same community none counts.
func TestLeidenOfTiesThatWeighNothing(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(45, 46))
	for seed := range uint64(20) {
		edges := make([]algo.Edge, 12_000)
		for i := range edges {
			from := r.IntN(400)
			edges[i] = algo.Edge{From: algo.Node(from), To: algo.Node(from/20*20 + r.IntN(20)), Weight: 1}
			if i%2 == 0 {
				edges[i] = algo.Edge{From: algo.Node(from), To: algo.Node(r.IntN(400)), Weight: 0}
			}
		}
		c, err := community.Leiden(algo.FromEdges(400, edges, false, true), 1, seed, nil)
		if err != nil || len(c.Sizes) != 20 {
			t.Fatalf("%d communities, want the 20 that have ties of weight, %v", len(c.Sizes), err)
		}
	}
}

// largeGraph has many nodes and few edges, so that what goes together hangs by little.
func largeGraph(r *rand.Rand) *algo.Graph {
	n := 3000 + r.IntN(3000)
	edges := make([]algo.Edge, community.LeidenSmall*3/4+r.IntN(n))
	for i := range edges {
		from := r.IntN(n)
		edges[i] = algo.Edge{
			From: algo.Node(from), To: algo.Node((from + 1 + r.IntN(200)) % n), Weight: float64(1 + r.IntN(3)),
		}
	}
	return algo.FromEdges(n, edges, false, r.IntN(2) == 0)
}

// piecesOf are the sizes of the components of a graph of the links within communities.
func piecesOf(g *algo.Graph, of []algo.Label) []int {
	var within []algo.Edge
	for v := range algo.Node(g.Len()) {
		for _, w := range g.Out(v) {
			if v < w && of[v] == of[w] {
				within = append(within, algo.Edge{From: v, To: w, Weight: 1})
			}
		}
	}
	_, sizes, _ := algo.Components(algo.FromEdges(g.Len(), within, false, false), nil)
	return sizes
}

// TestPiecesOfCommunities divides any communities into what hangs together.
func TestPiecesOfCommunities(t *testing.T) {
	r := rand.New(rand.NewPCG(43, 44))
	for round := range 200 {
		g := algotest.Any(r, round, 5+r.IntN(60)).Undirected()
		of := make([]algo.Label, g.Len())
		for v := range of {
			of[v] = algo.Label(r.IntN(min(g.Len(), 1+round%7)))
		}
		got := algo.Pieces(g.Adjacency(), of)
		for v, p := range got {
			if of[v] != of[p] {
				t.Fatalf("node %d of community %d is in a piece of %d", v, of[v], of[p])
			}
		}
		_, sizes := algo.BySize(got)
		if want := piecesOf(g, of); !slices.Equal(sizes, want) {
			t.Fatalf("pieces %v, want %v", sizes, want)
		}
	}
}
