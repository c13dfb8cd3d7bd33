package nativegraph

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/storetest"
)

// as is a batch of a writer of a clearance.
func as(clearance graph.Marking, b graph.Batch) graph.Batch {
	b.Clearance = clearance
	return b
}

func marked(e graph.Entity, m graph.Marking) graph.Entity {
	e.Marking = m
	return e
}

// member is a claim that somebody belongs to a group.
func member(who, group string) graph.Claim {
	return graph.Claim{Subject: graph.ID(who), Predicate: "MEMBER_OF", Object: graph.ID(group), Source: "s_a", Hedge: graph.Stated}
}

// An id that two entities have is that of the first; what is said of it belongs to the one
// that its writer saw.
func TestTwoKinds(t *testing.T) {
	s := empty(t).open(t, neo4j.Options{Marking: graph.Red})
	apply(t, s, storetest.People())
	hidden := graph.Batch{Entities: []graph.Entity{marked(node(graph.Group, "x"), graph.Red)}, Claims: []graph.Claim{member("i0", "x")}}
	apply(t, s, hidden)
	based := graph.Claim{Subject: "g0", Predicate: "BASED_IN", Object: "x", Source: "s_a", Hedge: graph.Stated}
	apply(t, s, as(graph.Clear, graph.Batch{Entities: []graph.Entity{node(graph.Place, "x")}, Claims: []graph.Claim{based}}))
	apply(t, s, as(graph.Clear, graph.Batch{Claims: []graph.Claim{{
		Subject: "g1", Predicate: "BASED_IN", Object: "x", Source: "s_b", Hedge: graph.Stated,
	}}}))
	apply(t, s, graph.Batch{Claims: []graph.Claim{member("i1", "x")}})
	based.Source = "s_b" // which is folded with what is there
	apply(t, s, as(graph.Clear, graph.Batch{Claims: []graph.Claim{based}}))
	want := []string{
		"g0 BASED_IN x~place ASSERTED STATED 2 ../.. 2", "g1 BASED_IN x~place ASSERTED STATED 2 ../.. 1",
		"i0 MEMBER_OF x ASSERTED STATED 2 ../.. 1", "i1 MEMBER_OF x ASSERTED STATED 2 ../.. 1",
	}
	wantRelationships(t, want...)
	wantVerified(t, s)
	got := server.Query(t, "MATCH (e:Entity) WHERE e.id STARTS WITH 'x' RETURN e.id, e.kind, e.marking, e:Group, e:Place ORDER BY e.id", nil)
	if d := cmp.Diff([][]any{{"x", "GROUP", int64(4), true, false}, {"x~place", "PLACE", int64(0), false, true}}, got); d != "" {
		t.Errorf("the nodes (-want +got):\n%s", d)
	}
	// A claim of both stands with the group; a description goes to the place alone.
	hidden.Entities, hidden.Claims = nil, []graph.Claim{status("x")}
	apply(t, s, hidden)
	place := node(graph.Place, "x")
	place.Description = "A town."
	apply(t, s, as(graph.Clear, graph.Batch{Entities: []graph.Entity{place}, Claims: []graph.Claim{status("x")}}))
	wantVerified(t, s)
	server.Query(t, "MATCH (e:Entity) WHERE e.id STARTS WITH 'x' DETACH DELETE e", nil)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantRelationships(t, want...)
	wantVerified(t, s)
	apply(t, empty(t).open(t, neo4j.Options{}), storetest.People())
}

func status(of string) graph.Claim {
	return graph.Claim{Subject: graph.ID(of), Predicate: "STATUS", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "active"}}
}
