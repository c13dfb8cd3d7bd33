package nativegraph

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/storetest"
)

// What is retired leaves the native graph, and what was said of it is read at its successor;
// what is stricter than the remark stays, until another reaches it. All is back once that is taken
// back.
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
	const i0, i1 = "i0 MEMBER_OF g2 ASSERTED STATED 2 ../.. 1", "i1 MEMBER_OF g2 ASSERTED STATED 2 ../.. 1"
	const strictly, moved = "g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1", "g1 ALLIED_WITH g2 ASSERTED STATED 2 ../.. 1"
	wantRelationships(t, strictly, moved, i0, i1)
	wantVerified(t, s)
	apply(t, s, graph.Batch{Claims: []graph.Claim{member("i2", "g0"), member("i2", "g1")}})
	const other, own = "i2 MEMBER_OF g1 ASSERTED STATED 2 ../.. 1", "i2 MEMBER_OF g2 ASSERTED STATED 2 ../.. 1"
	wantRelationships(t, strictly, moved, i0, i1, other, own)
	wantVerified(t, s)
	node := func(want ...any) {
		t.Helper()
		got := server.Query(t, "MATCH (e:Entity {id: 'g0'}) RETURN e:Group, e.retired, e.successor", nil)
		if d := cmp.Diff([][]any{want}, got); d != "" {
			t.Errorf("the node (-want +got):\n%s", d)
		}
	}
	node(true, nil, nil)
	wholly := retire
	wholly.Source = "s_b"
	apply(t, s, as(graph.Amber, graph.Batch{Claims: []graph.Claim{wholly}}))
	wantRelationships(t, "g1 ALLIED_WITH g2 ASSERTED STATED 2 ../.. 2", i0, i1, other, own)
	if got := server.Query(t, "MATCH (e:Entity {id: 'g2'}) RETURN e.name, e.names", nil); !cmp.Equal(got, [][]any{{"The g2", []any{"The g2", "The g0"}}}) {
		t.Errorf("the successor is called %v", got)
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
	for _, c := range []graph.Claim{retire, wholly} {
		apply(t, s, graph.Batch{Claims: []graph.Claim{{Subject: c.Normalised().ID, Predicate: graph.Retracts, Source: "s_b", Hedge: graph.Stated}}})
	}
	wantRelationships(t, append(before, "i2 MEMBER_OF g0 ASSERTED STATED 2 ../.. 1", other)...)
	node(true, nil, nil)
	wantVerified(t, s)
}
