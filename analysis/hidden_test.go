package analysis

import (
	"log/slog"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/work"
)

// TestOrderTellsNothingOfHidden: the order of links, and which of two equal ones a
// path takes, is that of what the reader saw recorded.
func TestOrderTellsNothingOfHidden(t *testing.T) {
	claim := func(subject graph.ID, kind graph.Predicate, object graph.ID, marking graph.Marking) graph.Claim {
		return graph.Claim{
			Subject: subject, Predicate: kind, Object: object, Source: "s_test", Hedge: graph.Stated, Marking: marking,
			Locator: string(marking),
		}
	}
	seen := func(hidden ...graph.Claim) (order, hop []graph.ID) {
		f := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
		b := graph.Batch{
			Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}},
		}
		for _, id := range []graph.ID{"g1", "g2", "g3"} {
			b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}})
		}
		visible := []graph.Claim{
			claim("g1", "ALLIED_WITH", "g3", ""), claim("g1", "SUPPORTS", "g2", ""), claim("g2", "SUPPORTS", "g1", ""),
		}
		for _, claims := range [][]graph.Claim{hidden, visible[:1], visible[1:2], visible[2:]} {
			b.Claims, b.Clearance = claims, graph.Red
			if _, err := f.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		v, err := f.Graph().Reader().View(nil)
		if err != nil {
			t.Fatal(err)
		}
		n, err := NewNetwork(v, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		s, err := n.Subgraph(10, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range s.Links {
			order = append(order, l.ID())
		}
		found, err := PathsBetween(n,
			PathRequest{From: "g1", To: "g2", Options: PathOptions{Rank: ByEvidence, First: 1, MaxLength: 3}},
			work.NewMeter(t.Context(), 0))
		if err != nil {
			t.Fatal(err)
		}
		return order, []graph.ID{found.Paths[0].Hops[0].Link.ID()}
	}
	order, hop := seen()
	if len(order) != 3 {
		t.Fatalf("%d links, want 3", len(order))
	}
	for _, h := range []graph.Claim{claim("g2", "SUPPORTS", "g1", graph.Red), claim("g1", "SUPPORTS", "g2", graph.Red)} {
		o, p := seen(h)
		if d := cmp.Diff(order, o) + cmp.Diff(hop, p); d != "" {
			t.Errorf("with %s %s hidden: %s", h.Subject, h.Object, d)
		}
	}
}
