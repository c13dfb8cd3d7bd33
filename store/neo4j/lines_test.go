package neo4j

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/graph"
)

// called is an entity with two names, and the claim that gives the second.
func called(m graph.Marking) (graph.Entity, graph.Claim) {
	e := graph.Entity{ID: "g9", Kind: graph.Group, Marking: m, Names: []graph.Name{{Value: "Beta"}, {Value: "Wrong"}}}
	return e, graph.Expand(&e)[1]
}

func retracts(c graph.Claim) graph.Claim {
	return graph.Claim{Subject: c.Normalised().ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated}
}

func marks(id graph.ID, m graph.Marking) graph.Batch {
	return graph.Batch{Claims: []graph.Claim{{
		Subject: id, Predicate: graph.Marks, Source: "s_b", Hedge: graph.Stated, Value: &graph.Value{Marking: m},
	}}}
}

func wantLines(t *testing.T, want ...[]any) {
	t.Helper()
	got := server.Query(t, "MATCH (l:Line) RETURN l.id, l.held, l.retractedBy ORDER BY l.id", nil)
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("the lines (-want +got):\n%s", d)
	}
}

// What is held of a claim that lines alone say is kept until it is recorded, goes with the
// markings of what retracts it, is verified and made anew, and is the same in a store that
// takes over the log.
func TestLines(t *testing.T) {
	s := empty(t).open(t, Options{})
	apply(t, s, people())
	e, wrong := called("")
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	back := retracts(wrong).Normalised()
	apply(t, s, graph.Batch{Claims: []graph.Claim{back}})
	held := func(texts ...any) []any { return []any{string(wrong.ID), texts, []any{string(back.ID)}} }
	wantLines(t, held("CLEAR 6c696e65 retracted CLEAR"))
	wantVerified(t, s)
	for _, spoil := range []string{
		"MATCH (l:Line) DELETE l",
		"MATCH (l:Line) SET l.held = ['RED 6c696e65 retracted RED']",
		"MATCH (l:Line) REMOVE l.retractedBy",
		"CREATE (:Line {id: 'c_aaaaaaaaaaaaaaaaaaaaaaaaaa', held: ['CLEAR 6c696e65 retracted CLEAR']})",
	} {
		server.Query(t, spoil, nil)
		if v, err := s.Verify(t.Context()); err != nil || len(v.Faults) != 1 {
			t.Errorf("after %s there are the faults %v, %v", spoil, v.Faults, err)
		}
		if err := s.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantLines(t, held("CLEAR 6c696e65 retracted CLEAR"))
		wantVerified(t, s)
	}

	apply(t, s, marks(back.ID, graph.Amber))
	wantLines(t, held("AMBER 6c696e65 retracted AMBER"))
	apply(t, s, marks(back.ID, graph.Clear))
	wantLines(t, held("CLEAR 6c696e65 retracted CLEAR"))
	wantVerified(t, s)

	apply(t, s, graph.Batch{Entities: []graph.Entity{e}, Reassert: true})
	wantLines(t)
	wantVerified(t, s)
	got := server.Query(t, "MATCH (c:Claim {id: $id}) RETURN c.held, c.retractedBy, c.counts, c.seq",
		map[string]any{"id": wrong.ID})
	if d := cmp.Diff([][]any{{nil, []any{string(back.ID)}, true, int64(6)}}, got); d != "" {
		t.Errorf("the claim (-want +got):\n%s", d)
	}
	all, err := feed(t, s)
	if err != nil {
		t.Fatal(err)
	}
	restored(t, all[:3])
	wantLines(t, held("CLEAR 6c696e65 retracted CLEAR"))
}

// A claim that is recorded above what a line says leaves what is held of the line.
func TestLineBesideClaim(t *testing.T) {
	s := empty(t).open(t, Options{})
	apply(t, s, people())
	e, wrong := called("")
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	back := retracts(wrong)
	apply(t, s, graph.Batch{Claims: []graph.Claim{back}})
	e.Marking = graph.Red
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}, Reassert: true})
	held := []any{"CLEAR 6c696e65 retracted CLEAR", "RED"}
	for range 2 {
		got := server.Query(t, "MATCH (c:Claim {id: $id}) RETURN c.held, c.marking, c.counts", map[string]any{"id": wrong.ID})
		if d := cmp.Diff([][]any{{held, int64(4), true}}, got); d != "" {
			t.Errorf("the claim (-want +got):\n%s", d)
		}
		wantLines(t)
		wantVerified(t, s)
		server.Query(t, "MATCH (c:Claim {id: $id}) REMOVE c.held SET c.marking = 0", map[string]any{"id": wrong.ID})
		if err := s.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	back.Source = "s_b"
	apply(t, s, graph.Batch{Claims: []graph.Claim{back}})
	wantVerified(t, s)
	if c := apply(t, s, graph.Batch{Claims: []graph.Claim{back}}); !c.Replayed {
		t.Error("what is retracted is retracted again")
	}
}
