package live_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestFactsAreTheLinks: a fact says of a link what the link says.
func TestFactsAreTheLinks(t *testing.T) {
	sparse := anything
	sparse.identity, sparse.markings, sparse.remarked = false, false, false
	shown, kept := 0, 0
	plain := traits{derivation: true, entities: dense.entities, claims: dense.claims}
	for _, tr := range []traits{sparse, dense, plain} {
		worlds := drawWorld(tr)
		rapid.Check(t, func(t *rapid.T) {
			w := worlds.Draw(t, "world")
			lens := drawLens(t, w)
			v, err := graphOf(w.changes).Reader(graph.Red).View(&lens)
			if err != nil {
				t.Skip("a source that is not there is named")
			}
			for row := range v.LinkRows() {
				f, ok := v.LinkSummary(row)
				l := v.LinkAt(row)
				if l != nil && !l.Kind().Spec().IsLink() {
					continue // an attribute
				}
				if ok != (l != nil) {
					t.Fatalf("row %d: a fact %t, a link %v", row, ok, l)
				}
				if !ok {
					same(t, "what is told of a link that is not shown", live.LinkSummary{}, f)
					kept++
					continue
				}
				shown++
				from, _ := v.EntityRow(l.SourceID())
				to, _ := v.EntityRow(l.TargetID())
				same(t, "the link", []any{l.Kind(), l.Credibility(), l.Times(), from, to},
					[]any{graph.Predicates()[f.Kind].Name, int(f.Credibility), f.Times, f.Source, f.Target})
			}
		})
	}
	if shown == 0 || kept == 0 {
		t.Errorf("%d links shown, %d not: the test says nothing", shown, kept)
	}
}
