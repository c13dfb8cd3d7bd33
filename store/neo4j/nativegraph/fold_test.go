package nativegraph

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/neo4j/neo4jtest"
	"github.com/rabta/rabta/store/storetest"
)

// Whatever is recorded, the native graph is the fold of the log at every commit.
func TestNativeGraphIsTheFold(t *testing.T) {
	d := empty(t)
	neo4jtest.Draws(t, 25)
	shown := 0
	rapid.Check(t, func(rt *rapid.T) {
		empty(t)
		s := d.open(t, neo4j.Options{Marking: graph.Green})
		defer s.Close()
		if _, err := s.Apply(t.Context(), storetest.People()); err != nil {
			rt.Fatalf("apply: %v", err)
		}
		history := &storetest.History{}
		for range rapid.IntRange(4, 9).Draw(rt, "batches") {
			b := history.Batch(rt)
			if _, err := s.Apply(t.Context(), b); errors.Is(err, graph.ErrInvalid) || errors.Is(err, graph.ErrConflict) {
				continue // it names what its writer does not see
			} else if err != nil {
				rt.Fatalf("apply: %v", err)
			}
			history.Took(b)
			v, err := s.Verify(t.Context())
			if err != nil {
				rt.Fatalf("verify: %v", err)
			}
			if len(v.Faults) > 0 {
				rt.Fatalf("after %+v: %+v", b, v.Faults)
			}
		}
		shown += len(relationships(t))
	})
	if shown == 0 {
		t.Error("there was never a relationship")
	}
}
