package analysis

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/graph"
)

func TestSignedDegree(t *testing.T) {
	n := network(t, []said{
		{"g1", "ALLIED_WITH", "g2"},
		{"g1", "SUPPORTS", "g3"},
		{"g1", "RIVAL_OF", "g4"},
		{"g3", "RIVAL_OF", "g4"},
		{"g2", "RIVAL_OF", "g3"},
		{"g2", "SUPPORTS", "g3"},
		{"i1", "MEMBER_OF", "g1"},
	})
	got, err := RankBy(n, SignedDegree, RankingOptions{First: 10}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[graph.ID]float64{"g1": 1, "g2": 1, "g3": 0, "g4": -2, "i1": 0}
	for _, row := range got.Rows {
		if row.Value != want[row.NodeID()] {
			t.Errorf("%s: %v, want %v", row.NodeID(), row.Value, want[row.NodeID()])
		}
	}
}

// TestSharesOfSources: a value that rests on one source is told to, one that does
// not change without it is not.
func TestSharesOfSources(t *testing.T) {
	claim := func(subject, object graph.ID, source graph.ID) graph.Claim {
		return graph.Claim{Subject: subject, Predicate: "SUPPORTS", Object: object, Source: source, Hedge: graph.Stated}
	}
	b := graph.Batch{
		Actor: "test", Reason: "test",
		Sources: []graph.Source{
			{ID: "s_a", Kind: "REPORT", Title: "a"},
			{ID: "s_b", Kind: "REPORT", Title: "b"},
			{ID: "s_c", Kind: "REPORT", Title: "c"},
		},
	}
	for _, id := range []graph.ID{"g1", "g2", "g3", "g4"} {
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}})
	}
	b.Claims = []graph.Claim{
		claim("g1", "g2", "s_a"), claim("g1", "g3", "s_b"), claim("g1", "g4", "s_b"), claim("g1", "g2", "s_c"),
	}
	got, err := RankBy(networkOf(t, b), "DEGREE", RankingOptions{First: 10, BySource: 5}, nil)
	if err != nil {
		t.Fatal(err)
	}
	top := got.Rows[0]
	if top.NodeID() != "g1" || len(top.BySource) != 1 {
		t.Fatalf("%s has %d shares", top.NodeID(), len(top.BySource))
	}
	if s := top.BySource[0]; s.SourceID() != "s_b" || *s.Value != 1./3 || *s.Rank != 1 || math.Abs(s.Change-2./3) > 1e-12 {
		t.Errorf("%s: %v, rank %d, change %v", s.SourceID(), *s.Value, *s.Rank, s.Change)
	}
	for _, row := range got.Rows[1:] {
		want := map[graph.ID]int{"g2": 1, "g3": 1, "g4": 1}[row.NodeID()]
		if len(row.BySource) != want || row.BySource[0].SourceID() != "s_b" {
			t.Errorf("%s: %d shares", row.NodeID(), len(row.BySource))
		}
	}
}

// TestEqualsShareARank: of two copies of one graph, numbered at random, each node has
// the rank of its like, however the sums were rounded.
func TestEqualsShareARank(t *testing.T) {
	r := rand.New(rand.NewPCG(121, 122))
	rounded := 0
	for range 40 {
		g := algotest.RandomWeighted(r, 12, 0.3, r.IntN(2) == 0)
		at := r.Perm(2 * g.Len())
		var edges []algo.Edge
		for v := range algo.Node(g.Len()) {
			for i, w := range g.Out(v) {
				if !g.Directed() && w < v {
					continue
				}
				for copy := range 2 {
					from, to := algo.Node(at[2*int(v)+copy]), algo.Node(at[2*int(w)+copy])
					edges = append(edges, algo.Edge{From: from, To: to, Weight: g.OutWeights(v)[i]})
				}
			}
		}
		twice := algo.FromEdges(2*g.Len(), edges, g.Directed(), true)
		for name, f := range measures {
			if name == SignedDegree {
				continue // asks a network
			}
			got, err := f(nil, twice, 1, nil)
			if err != nil {
				t.Fatal(err)
			}
			ranks := algo.Ranks(got.values)
			for v := range g.Len() {
				a, b := at[2*v], at[2*v+1]
				if ranks[a] != ranks[b] {
					t.Fatalf("%s: ranks %d and %d, of %v and %v", name, ranks[a], ranks[b], got.values[a], got.values[b])
				}
				if got.values[a] != got.values[b] {
					rounded++
				}
			}
		}
	}
	if rounded == 0 {
		t.Error("nothing was rounded otherwise: the test says little")
	}
}
