package live_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// recut records a world otherwise: all records first, with some of the claims, then the
// other claims in commits of their own.
func recut(t *rapid.T, w world) []graph.Change {
	first := graph.Change{Sequence: 1, Recorded: w.changes[0].Recorded}
	var rest []graph.Claim
	for _, ch := range w.changes {
		first.Sources, first.Entities = append(first.Sources, ch.Sources...), append(first.Entities, ch.Entities...)
		rest = append(rest, ch.Claims...)
	}
	cut := len(rest) / 2
	first.Claims = rest[:cut]
	out := []graph.Change{first}
	for cut < len(rest) {
		end := min(len(rest), cut+rapid.IntRange(1, 5).Draw(t, "claims"))
		out = append(out,
			graph.Change{Sequence: graph.Sequence(len(out) + 1), Recorded: first.Recorded, Claims: rest[cut:end]})
		cut = end
	}
	last := graph.Numbers{}
	for i := range out {
		last = last.Next(&graph.Batch{Sources: out[i].Sources, Entities: out[i].Entities, Claims: out[i].Claims})
		out[i].Numbers = last
	}
	return out
}

// TestChangedSince: what is not listed is as it was before.
func TestChangedSince(t *testing.T) {
	raced.Alone(t)
	traits := dense
	traits.identity = false
	worlds := drawWorld(traits)
	var compared, spared, other int
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		lens := drawLens(t, w)
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		g := live.NewGraph(clearance)
		var old []*live.View
		for _, ch := range seenBy(recut(t, w), clearance) {
			if err := g.Add(ch); err != nil {
				t.Fatal(err)
			}
			v, err := g.Reader().View(&lens)
			if err != nil {
				t.Skip("a source that is not there is named")
			}
			for _, o := range old {
				rows, ok := v.ChangedSince(o)
				if !ok {
					continue
				}
				compared++
				for row := range v.LinkRows() {
					was, is := summaryOf(o, row), summaryOf(v, row)
					if was != is {
						other++
					}
					if was != is && !slices.Contains(rows, row) {
						t.Fatalf("row %d was %v, is %v, and is not among %v", row, was, is, rows)
					}
					if !slices.Contains(rows, row) {
						spared++
					}
				}
			}
			old = append(old, v)
		}
	})
	if compared == 0 || spared == 0 || other == 0 {
		t.Errorf("%d pairs of views, %d rows spared, %d that are otherwise: the test says nothing", compared, spared,
			other)
	}
}

func summaryOf(v *live.View, row live.LinkRow) live.LinkSummary {
	f, _ := v.LinkSummary(row)
	return f
}

// TestVisibilityCache: what is kept of each link, and brought up to later views, makes no
// path and no count of what was left out another.
func TestVisibilityCache(t *testing.T) {
	raced.Alone(t)
	refused, left := 0, 0
	for _, traits := range []traits{anything, dense} {
		worlds := drawWorld(traits)
		rapid.Check(t, func(t *rapid.T) {
			w := worlds.Draw(t, "world")
			lens := drawLens(t, w)
			if rapid.Bool().Draw(t, "stricter") {
				lens.MinCredibility = ptr(3)
			}
			clearance := rapid.SampledFrom([]graph.Marking{graph.Red, graph.Clear}).Draw(t, "clearance")
			r, l := sameWithCache(t, w, lens, clearance)
			refused, left = refused+r, left+l
		})
	}
	if refused == 0 || left == 0 {
		t.Errorf("%d links were refused and %d kinds of things left out: the test says nothing", refused, left)
	}
}

// sameWithCache compares the paths of a graph that keeps verdicts with those of one
// that does not, and says how many links were refused by what is kept, and how many
// kinds of things were left out.
func sameWithCache(t *rapid.T, w world, lens graph.Lens, clearance graph.Marking) (refused, left int) {
	keeps, plain := live.NewGraph(clearance), live.NewGraph(clearance)
	entities := entitiesOf(w.changes)
	for _, ch := range seenBy(recut(t, w), clearance) {
		views := [2]*live.View{}
		for i, g := range []*live.Graph{keeps, plain} {
			if err := g.Add(ch); err != nil {
				t.Fatal(err)
			}
			v, err := g.Reader().View(&lens)
			if err != nil {
				t.Skip("a source that is not there is named")
			}
			views[i] = v
		}
		refused += live.CacheVisibleLinks(views[0])
		for i, from := range entities {
			q := live.PathQuery{From: from, To: entities[(i+1)%len(entities)], Bearings: [][]graph.Bearing{nil, {graph.EveryBearing}}[i%2], Concurrent: i%3 > 0}
			got, gotErr := views[0].ShortestPath(q)
			want, wantErr := views[1].ShortestPath(q)
			same(t, "the error", text(wantErr), text(gotErr))
			if (got == nil) != (want == nil) {
				t.Fatalf("from %s to %s: %v, without what is kept %v", q.From, q.To, got, want)
			}
			if got != nil {
				left += len(got.Excluded)
				same(t, "the path", text(wayOf(want)), text(wayOf(got)))
			}
		}
	}
	return refused, left
}
