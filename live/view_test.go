package live_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
)

// TestViewIsTheOracle compares all that a view tells with the oracle, on random
// feeds, lenses and clearances.
func TestViewIsTheOracle(t *testing.T) {
	for name, tr := range map[string]traits{"wide": anything, "dense": dense} {
		worlds := drawWorld(tr)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
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
		}))
	}
}
