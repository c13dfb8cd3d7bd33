package nativegraph

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/storetest"
)

// What is retired leaves the native graph, with its relationships, and is back once that is
// taken back.
func TestRetiredLeave(t *testing.T) {
	s := empty(t).open(t, neo4j.Options{Marking: graph.Amber})
	apply(t, s, storetest.People())
	strict := storetest.Ally("g0", "g1", "s_b")
	strict.Marking = graph.Amber
	apply(t, s, graph.Batch{Claims: []graph.Claim{storetest.Ally("g0", "g1", "s_a"), strict, member("i0", "g0"), member("i1", "g2")}})
	before := relationships(t)
	retire := graph.Claim{
		Subject: "g0", Predicate: graph.Retires, Object: "g2", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "a mistake"},
	}
	apply(t, s, as(graph.Green, graph.Batch{Claims: []graph.Claim{retire}}))
	const ally, other = "g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1", "i1 MEMBER_OF g2 ASSERTED STATED 2 ../.. 1"
	wantRelationships(t, ally, other) // the stricter claim stays
	wantVerified(t, s)
	apply(t, s, graph.Batch{Claims: []graph.Claim{member("i2", "g0"), member("i2", "g1")}})
	wantRelationships(t, ally, other, "i2 MEMBER_OF g1 ASSERTED STATED 2 ../.. 1")
	wantVerified(t, s)
	node := func(want ...any) {
		t.Helper()
		got := server.Query(t, "MATCH (e:Entity {id: 'g0'}) RETURN e:Group, e.retired, e.successor", nil)
		if d := cmp.Diff([][]any{want}, got); d != "" {
			t.Errorf("the node (-want +got):\n%s", d)
		}
	}
	node(false, "a mistake", "g2")
	for _, spoil := range []string{"MATCH (e:Entity {id: 'g0'}) SET e:Group", "MATCH (h:Head) REMOVE h.gone", "MATCH (e:Entity {id: 'g0'}) REMOVE e.retired"} {
		server.Query(t, spoil, nil)
		if v, err := s.Verify(t.Context()); err != nil || len(v.Faults) == 0 {
			t.Errorf("%s is not found: %v, %v", spoil, v, err)
		}
		if err := s.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantVerified(t, s)
	}
	node(false, "a mistake", "g2")
	apply(t, s, graph.Batch{Claims: []graph.Claim{{Subject: retire.Normalised().ID, Predicate: graph.Retracts, Source: "s_b", Hedge: graph.Stated}}})
	wantRelationships(t, append(before, "i2 MEMBER_OF g0 ASSERTED STATED 2 ../.. 1", "i2 MEMBER_OF g1 ASSERTED STATED 2 ../.. 1")...)
	node(true, nil, nil)
	wantVerified(t, s)
}
