package live_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// stands is all that a claim's fall may change of a link: whether it is shown, how, and when it joins.
func stands(v *live.View, id graph.ID) string {
	l, ok := v.Link(id)
	if !ok {
		return "not shown"
	}
	return fmt.Sprint(l.Status(), l.Hedge(), l.Credibility(), l.Contested(), l.IndependentSources(), l.AffirmedCount(),
		l.DeniedCount(), l.JoinsOn())
}

func drawRows(t *rapid.T, label string, from []live.ClaimRow, most int) []live.ClaimRow {
	if len(from) == 0 {
		return nil
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, min(most, len(from)), rapid.ID).Draw(t, label)
}

// takingEffect are the claims that count on some day, and what retracts or withdraws.
func takingEffect(v *live.View, lens *graph.Lens) (out []live.ClaimRow) {
	lasting := *lens
	lasting.AsOf, lasting.AsOfMode = nil, nil
	anyDay := must(v.With(&lasting))
	for r := range live.RecordedClaims(v) {
		c := anyDay.ClaimAt(r)
		remark := slices.Contains([]graph.Predicate{graph.Retracts, graph.Withdraws}, c.Predicate()) && !c.Retracted()
		if remark || c.Counts() {
			out = append(out, r)
		}
	}
	return out
}

// TestNothingElseBearsOnALink: without any claims, a link stands as it does without those of them alone
// on which it is said to rest.
func TestNothingElseBearsOnALink(t *testing.T) {
	raced.Alone(t)
	retiring := dense
	retiring.writers, retiring.retires, retiring.claims = true, true, [2]int{30, 80}
	for name, tr := range map[string]traits{"dense": dense, "retiring": retiring} {
		worlds := drawWorld(tr)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			w := worlds.Draw(t, "world")
			clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
			lens := w.asSeen(drawLens(t, w), clearance)
			v, err := graphFor(w.changes, clearance).Reader().View(&lens)
			if err != nil {
				t.Skip("a source that is not there is named")
			}
			links := slices.Collect(v.Links())
			if len(links) == 0 {
				t.Skip("no link is shown")
			}
			everything := takingEffect(v, &lens)
			id := rapid.SampledFrom(links).Draw(t, "link").ID()
			first := must(v.Less(drawRows(t, "absent", everything, 3)...))
			l, ok := first.Link(id)
			if !ok {
				t.Skip("it is gone")
			}
			rests := v.Resting()
			rests.Link(l)
			on := rests.Claims()
			others := slices.DeleteFunc(slices.Clone(everything), func(r live.ClaimRow) bool { return slices.Contains(on, r) })
			same(t, "the link", stands(first, id), stands(must(first.Less(drawRows(t, "others", others, 40)...)), id))
		}))
	}
}

// TestLawLessClaims: claims that are read as never recorded might as well not have been.
func TestLawLessClaims(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.retractions, tr.namesSources, tr.derivation = false, false, false
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		lens := namingNothing(drawLens(t, w))
		v := open(t, graphOf(w.changes), &lens)
		n := live.RecordedClaims(v)
		if n == 0 {
			t.Skip("nothing is claimed")
		}
		rows := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) live.ClaimRow {
			return live.ClaimRow(rapid.IntRange(0, int(n)-1).Draw(t, "row"))
		}), 1, 6, rapid.ID).Draw(t, "rows")
		gone := map[graph.ID]bool{}
		for _, r := range rows {
			gone[v.ClaimAt(r).ID()] = true
		}
		without := slices.Clone(w.changes)
		for i := range without {
			without[i].Claims = slices.DeleteFunc(slices.Clone(without[i].Claims), func(c graph.Claim) bool {
				return gone[c.ID]
			})
		}
		bare, less := open(t, graphOf(without), &lens), must(v.Less(rows...))
		same(t, "the links", linkDump(t, bare), linkDump(t, less))
	})
}

func linkDump(t tb, v *live.View) map[graph.ID]string {
	out := map[graph.ID]string{}
	for l := range v.Links() {
		out[l.ID()] = stands(v, l.ID())
	}
	return out
}
