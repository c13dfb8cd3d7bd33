package live_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// tb is what a test and a property have in common.
type tb interface {
	Helper()
	Error(...any)
	Errorf(string, ...any)
	Fatal(...any)
	Fatalf(string, ...any)
}

// same compares two values and fails where they differ.
func same[T any](t tb, what string, want, got T) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

// open opens a lens for a reader of the clearance.
func open(t tb, g *live.Graph, clearance graph.Marking, lens *graph.Lens) *live.View {
	t.Helper()
	v, err := g.Reader(clearance).View(lens)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestViewIsTheOracle compares all that a view tells with the oracle, on random
// feeds, lenses and clearances.
func TestViewIsTheOracle(t *testing.T) {
	worlds := drawWorld(anything)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		g := graphOf(w.changes)
		ids := claimsOf(w.changes)
		for range 3 {
			lens := drawLens(t, w)
			clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
			o := newOracle(w.changes, clearance, lens)
			v, err := g.Reader(clearance).View(&lens)
			if o.missing() {
				if !errors.Is(err, graph.ErrNotFound) {
					t.Fatalf("a source that is not there is named: %v", err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			same(t, "the view", o.dump(ids), dumpView(t, v, ids))
		}
	})
}
