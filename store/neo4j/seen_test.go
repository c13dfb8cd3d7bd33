package neo4j

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
)

// What is taken back is what its writer saw, and nothing shown comes of what is hidden.
func TestReaderOfNativeGraph(t *testing.T) {
	green := ally("g0", "g1", "s_a")
	green.Marking = graph.Green
	takes := func(p graph.Predicate, id graph.ID) graph.Batch {
		return graph.Batch{Claims: []graph.Claim{{Subject: id, Predicate: p, Source: "s_c", Hedge: graph.Stated}}}
	}
	hidden := node(graph.Group, "g8")
	hidden.Marking = graph.Green
	found := ally("g0", "g8", "s_a")
	for name, c := range map[string]struct {
		batches []graph.Batch
		want    map[graph.Marking]string // the hedge of the one link; none where it is not there
	}{
		"withdrawn by one who saw the claim": {
			[]graph.Batch{{Claims: []graph.Claim{green}}, takes(graph.Withdraws, "s_a")}, map[graph.Marking]string{graph.Clear: "", graph.Green: "", graph.Red: ""},
		},
		"withdrawn by one who did not": {
			[]graph.Batch{{Claims: []graph.Claim{green}}, as(graph.Clear, takes(graph.Withdraws, "s_a"))},
			map[graph.Marking]string{graph.Clear: "", graph.Green: "STATED", graph.Red: "STATED"},
		},
		"retracted by one who saw less": {
			[]graph.Batch{
				{Entities: []graph.Entity{hidden}, Claims: []graph.Claim{found}},
				as(graph.Clear, graph.Batch{Entities: []graph.Entity{node(graph.Group, "g8")}, Claims: []graph.Claim{found}}),
				as(graph.Clear, takes(graph.Retracts, found.Normalised().ID)),
			},
			map[graph.Marking]string{graph.Clear: "", graph.Green: "STATED", graph.Red: "STATED"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			log := memory.New()
			for _, b := range append([]graph.Batch{people()}, c.batches...) {
				if _, err := log.Apply(t.Context(), b); err != nil {
					t.Fatal(err)
				}
			}
			for marking, want := range c.want {
				st := newState(marking)
				for c, err := range log.Changes(t.Context(), 0) {
					if err != nil {
						t.Fatal(err)
					}
					st.apply(&c)
				}
				if d := cmp.Diff(want, oneHedge(st)); d != "" {
					t.Errorf("for %s (-want +got):\n%s", marking, d)
				}
			}
		})
	}
}

// oneHedge is the hedge of all links together.
func oneHedge(st *state) (out string) {
	for id := range st.links {
		if l, ok := st.relationship(id); ok {
			out += string(l.hedge)
		}
	}
	return out
}
