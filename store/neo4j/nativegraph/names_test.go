package nativegraph

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/neo4j/neo4jtest"
	"github.com/rabta/rabta/store/storetest"
)

// Whatever changes what entities are called, a commit writes of it what the whole log adds
// up to.
func TestNamesFollowTheClaims(t *testing.T) {
	empty(t)
	neo4jtest.Draws(t, 5)
	rapid.Check(t, func(rt *rapid.T) {
		server.Empty(t)
		o := neo4j.Options{Marking: rapid.SampledFrom([]graph.Marking{graph.Clear, graph.Green, graph.Red}).Draw(rt, "marking")}
		s := database{}.open(t, o)
		apply(t, s, storetest.People())
		h := &storetest.NameHistory{}
		for range rapid.IntRange(4, 10).Draw(rt, "batches") {
			b := h.Batch(rt)
			c, err := s.Apply(t.Context(), b)
			if err != nil || c.Replayed {
				continue
			}
			h.Took(b)
			if v, err := s.Verify(t.Context()); err != nil || len(v.Faults) > 0 {
				rt.Fatalf("after %+v: %v, %v", b, v.Faults, err)
			}
		}
	})
}
