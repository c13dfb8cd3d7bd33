package hinge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/hinge"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// asIn is an answer in a graph under a lens, as text.
type asIn func(reader *live.Reader, lens *graph.Lens) string

// byForceToo holds a hinge against the least sets of up to three.
func byForceToo(
	t *testing.T, b graph.Batch, reader *live.Reader, lens *graph.Lens, by hinge.HingeMember, h *hinge.Hinge, answer asIn,
) (size int) {
	t.Helper()
	if !h.Exact {
		t.Fatalf("%s: not exact after %d tries", by, h.Tried)
	}
	whole := answer(reader, lens)
	want := pathByForce(t, b, reader, *lens, func(reader *live.Reader, lens *graph.Lens) bool {
		return answer(reader, lens) != whole
	}, by)
	if want == nil && (h.Size == nil || *h.Size > 3) {
		return 0
	}
	byIDs := cmpopts.SortSlices(func(a, b []graph.ID) bool { return slices.Compare(a, b) < 0 })
	if d := cmp.Diff(want, setsOf(h), byIDs); d != "" {
		t.Fatalf("%s under %+v (-force +got):\n%s\n%+v", by, lens, d, b.Claims)
	}
	return len(want[0])
}

func TestHingeOfAYearByForce(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(13, 5))
	seen := map[string]int{}
	for range 250 {
		b, lens := web(r), &graph.Lens{}
		for i := range b.Claims {
			if c := &b.Claims[i]; c.Predicate == graph.Supports {
				c.Subject, c.Object = []graph.ID{"g0", "g0", "g0", "g1"}[r.IntN(4)], []graph.ID{"g3", "g3", "g4"}[r.IntN(3)]
				c.Predicate = []graph.Predicate{graph.Supports, graph.AlliedWith, graph.RivalOf}[r.IntN(3)]
			}
		}
		if r.IntN(3) == 0 {
			lens = someLens(r)
		}
		reader := readerOf(t, b)
		d, err := analysis.DyadOf(must(reader.View(lens)), "g0", "g3", nil)
		if err != nil || len(d.Years) == 0 {
			continue
		}
		y := d.Years[r.IntN(len(d.Years))]
		answer := func(reader *live.Reader, lens *graph.Lens) string {
			d, err := analysis.DyadOf(must(reader.View(lens)), "g0", "g3", nil)
			if err == nil {
				for _, at := range d.Years {
					if at.Year == y.Year {
						return fmt.Sprint(len(at.Friendly) > 0, len(at.Hostile) > 0, len(at.Friendly)+len(at.PossiblyFriendly) > 0,
							len(at.Hostile)+len(at.PossiblyHostile) > 0, at.Disagreement)
					}
				}
			}
			return fmt.Sprint(false, false, false, false, false)
		}
		for _, by := range []hinge.HingeMember{hinge.HingeClaims, hinge.HingeSources} {
			h := must(hinge.DyadYearHinges(y, hinge.HingeRequest{By: by, First: 100, Tries: 20_000}, nil))
			seen[fmt.Sprint(by, byForceToo(t, b, reader, lens, by, h, answer) > 1)]++
		}
	}
	if len(seen) < 4 {
		t.Fatalf("the cases are too much alike: %v", seen)
	}
}

func TestHingeOfARankByForce(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(17, 5))
	seen := map[string]int{}
	for range 40 {
		b, lens := web(r), &graph.Lens{}
		if r.IntN(3) == 0 {
			lens = someLens(r)
		}
		reader := readerOf(t, b)
		whole, base := reader, *lens
		what := []analysis.Measure{"DEGREE", "BETWEENNESS", "IN_DEGREE"}[r.IntN(3)]
		ranked := func(reader *live.Reader, lens *graph.Lens) *analysis.Ranking {
			n := must((&analysis.ViewInput{Lens: lens}).Open(reader, nil, nil))
			return must(analysis.RankBy(n, what, analysis.RankingOptions{First: 100}, nil))
		}
		answer := func(reader *live.Reader, lens *graph.Lens) string {
			var first []graph.ID
			for _, row := range ranked(reader, lens).Rows {
				if row.Rank == 1 {
					e, _ := must(whole.View(&base)).Entity(row.NodeID())
					first = append(first, e.Base().ID())
				}
			}
			slices.Sort(first)
			return fmt.Sprint(slices.Compact(first))
		}
		for _, by := range []hinge.HingeMember{hinge.HingeClaims, hinge.HingeSources} {
			h := must(hinge.RankHinges(ranked(reader, lens), hinge.HingeRequest{By: by, First: 100, Tries: 20_000}, nil))
			if by == hinge.HingeClaims && h.Size == nil {
				continue
			}
			seen[fmt.Sprint(by, byForceToo(t, b, reader, lens, by, h, answer) > 1)]++
		}
	}
	if len(seen) < 3 {
		t.Fatalf("the cases are too much alike: %v", seen)
	}
}
