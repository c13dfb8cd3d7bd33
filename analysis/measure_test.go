package analysis

import (
	"math"
	"testing"

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
	got, err := RankBy(n, nil, SignedDegree, RankingOptions{First: 10}, nil)
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
	b := graph.Batch{Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "a"}, {ID: "s_b", Kind: "REPORT", Title: "b"}, {ID: "s_c", Kind: "REPORT", Title: "c"}}}
	for _, id := range []graph.ID{"g1", "g2", "g3", "g4"} {
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}})
	}
	b.Claims = []graph.Claim{claim("g1", "g2", "s_a"), claim("g1", "g3", "s_b"), claim("g1", "g4", "s_b"), claim("g1", "g2", "s_c")}
	got, err := RankBy(networkOf(t, b), &Request{}, "DEGREE", RankingOptions{First: 10, BySource: 5}, nil)
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
