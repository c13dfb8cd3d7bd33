package neo4j

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

// TestRelativesAndAmounts: a relationship says what its source is to its target, whichever way a
// claim was recorded, and how much it was about, as the best claim says first.
func TestRelativesAndAmounts(t *testing.T) {
	server.Empty(t)
	s := mustOpen(t, server.URI, Options{})
	low, best := 5.5, 40.0
	claim := func(subject graph.ID, p graph.Predicate, object graph.ID, set func(*graph.Claim)) graph.Claim {
		c := graph.Claim{Subject: subject, Predicate: p, Object: object, Source: "s_a", Hedge: graph.Stated}
		set(&c)
		return c
	}
	apply(t, s, graph.Batch{
		Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "A"}},
		Entities: []graph.Entity{
			{ID: "a", Kind: graph.Individual, Names: []graph.Name{{Value: "A"}}},
			{ID: "b", Kind: graph.Individual, Names: []graph.Name{{Value: "B"}}},
			{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G"}}},
		},
		Claims: []graph.Claim{
			claim("b", graph.KinOf, "a", func(c *graph.Claim) { c.Degree = graph.DegreeNephewNiece }),
			claim("a", graph.KinOf, "b", func(c *graph.Claim) { c.Degree, c.Credibility = graph.DegreeParent, 5 }),
			claim("a", graph.Funded, "g", func(c *graph.Claim) { c.Amount = &graph.Amount{Best: &best, Unit: "USD"} }),
			claim("a", graph.Funded, "g", func(c *graph.Claim) {
				c.Credibility, c.Amount = 1, &graph.Amount{Low: &low, Unit: "USD"}
			}),
		},
	})
	want := [][]any{
		{"FUNDED", nil, []any{"5.5:::USD", ":40::USD"}},
		{"KIN_OF", []any{"UNCLE_AUNT", "PARENT"}, nil},
	}
	rows := server.Query(t, `MATCH (:Entity {id: 'a'})-[l]->() RETURN type(l) AS kind, l.sourceIs, l.amounts ORDER BY kind`, nil)
	if d := cmp.Diff(want, rows); d != "" {
		t.Errorf("what relationships say (-want +got):\n%s", d)
	}
	wantVerified(t, s)
}
