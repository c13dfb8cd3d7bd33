package live_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// TestLinkSummaries: summaries are the visible links, in numbers.
func TestLinkSummaries(t *testing.T) {
	raced.Alone(t)
	worlds := drawOlder(dense)
	rapid.Check(t, func(t *rapid.T) {
		v := drawSeen(t, worlds).view
		type summary struct {
			ID, Source, Target graph.ID
			Kind               graph.Predicate
			Credibility        int
			Undated            bool
		}
		var want, got []summary
		for l := range v.Links() {
			want = append(want, summary{l.ID(), l.SourceID(), l.TargetID(), l.Kind(), l.Credibility(), l.Undated()})
		}
		split := live.LinkRow(rapid.Uint32Range(0, uint32(v.LinkRows())).Draw(t, "split"))
		row := -1
		for _, r := range [][2]live.LinkRow{{0, split}, {split, v.LinkRows() + 9}} {
			v.LinkSummaries(r[0], r[1], func(f live.LinkSummary) {
				if int(f.Row) <= row {
					t.Fatalf("row %d comes after %d", f.Row, row)
				}
				row = int(f.Row)
				source, target := v.EntityAt(f.Source).Base().ID(), v.EntityAt(f.Target).Base().ID()
				got = append(got,
					summary{
						v.LinkAt(f.Row).ID(), source, target, graph.Predicates()[f.Kind].Name, int(f.Credibility),
						f.Undated,
					})
				if again, ok := v.EntityRow(source); !ok || again != f.Source || f.Source >= v.EntityRows() {
					t.Fatalf("%s is in row %d, and not in %d", source, f.Source, again)
				}
			})
		}
		for _, list := range [][]summary{want, got} {
			slices.SortFunc(list, func(a, b summary) int { return cmp.Compare(a.ID, b.ID) })
		}
		same(t, "the summaries", want, got)
		if _, ok := v.EntityRow("nobody"); ok {
			t.Fatal("nobody is somewhere")
		}
	})
}

// TestSummariesAreTheLinks: a summary says of a link what the link says.
func TestSummariesAreTheLinks(t *testing.T) {
	raced.Alone(t)
	sparse := anything
	sparse.identity, sparse.markings, sparse.remarked = false, false, false
	visible, hidden := 0, 0
	plain := traits{derivation: true, entities: dense.entities, claims: dense.claims}
	for _, tr := range []traits{sparse, dense, plain} {
		worlds := drawOlder(tr)
		rapid.Check(t, func(t *rapid.T) {
			w := worlds.Draw(t, "world")
			lens := drawLens(t, w)
			v, err := graphOf(w.changes).Reader().View(&lens)
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
					t.Fatalf("row %d: a summary %t, a link %v", row, ok, l)
				}
				if !ok {
					same(t, "what is said of a link that is not visible", live.LinkSummary{}, f)
					hidden++
					continue
				}
				visible++
				from, _ := v.EntityRow(l.SourceID())
				to, _ := v.EntityRow(l.TargetID())
				same(t, "the link", []any{l.Kind(), l.Credibility(), l.Undated(), from, to},
					[]any{graph.Predicates()[f.Kind].Name, int(f.Credibility), f.Undated, f.Source, f.Target})
			}
		})
	}
	if visible == 0 || hidden == 0 {
		t.Errorf("%d links are visible, %d are not: the test says nothing", visible, hidden)
	}
}
