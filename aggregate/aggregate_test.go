package aggregate_test

import (
	"errors"
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// compare asks a question, and compares the rows with those of the definition.
func compare(t rapid.TB, v *live.View, q question) (rows int) {
	t.Helper()
	a, items, err := q.ask(v)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	want, got := rowsOf(v, items, q.by), given(a)
	if len(want) != len(got)+a.More {
		t.Fatalf("%s: %d rows and %d more, want %d", q, len(got), a.More, len(want))
	}
	if a.More > 0 {
		maps.DeleteFunc(want, func(label string, _ *row) bool { return got[label] == nil })
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("%s under %+v (-want +got):\n%s", q, v.Lens(), d)
	}
	if a.All.Count() != len(items) {
		t.Fatalf("%s: %d of %d items", q, a.All.Count(), len(items))
	}
	return len(a.Rows)
}

// TestOfSeeds: a hundred questions of the seed graph, under four lenses in turn.
func TestOfSeeds(t *testing.T) {
	raced.Alone(t)
	reader := readerOf(t, graph.Clear, must(seeds.Batch()))
	lenses := []*graph.Lens{
		nil, {MinCredibility: ptr(2)}, {IncludeDenied: ptr(true), IncludeAssessments: ptr(true)}, {AsOf: ptr(graph.DayOf(2018, 7, 13))},
	}
	asked, rows := 0, 0
	for i, q := range questions() {
		for j := range 2 {
			rows += compare(t, must(reader.View(lenses[(i+2*j)%4])), q)
			asked++
		}
	}
	if asked < 100 || rows < 1000 {
		t.Errorf("%d questions, %d rows: the test says little", asked, rows)
	}
}

// TestByDefinition: the rows of random graphs under random lenses are those of the definition.
func TestByDefinition(t *testing.T) {
	all, rows, possible := questions(), 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "graph"), 1))
		v := must(readerOf(t, graph.Clear, society(r)).View(lens(r)))
		for range 5 {
			q := all[r.IntN(len(all))]
			rows += compare(rt, v, q)
			a, _, _ := q.ask(v)
			for _, row := range a.Rows {
				possible += row.Possible
			}
		}
	})
	if rows == 0 || possible == 0 {
		t.Errorf("%d rows, %d possible: the test says little", rows, possible)
	}
}

// TestMetered: a question that looks at more months than its budget allows is refused before they
// are looked at, and one that it allows is not.
func TestMetered(t *testing.T) {
	b := draft()
	b.Claims = []graph.Claim{{
		Subject: "i0", Predicate: graph.MemberOf, Object: "g0", Source: "s_a", Hedge: graph.Stated,
		ValidFrom: must(graph.ParseDate("1900")), ValidTo: must(graph.ParseDate("1999")),
	}}
	v := must(readerOf(t, graph.Clear, b).View(nil))
	for _, list := range []string{"links", "claims"} {
		var err error
		ask := func(limit int64, keys ...aggregate.GroupKey) int {
			q := question{list, groupBys(keys...)}
			return int(testing.AllocsPerRun(1, func() { _, _, err = q.within(v, work.NewMeter(t.Context(), limit)) }))
		}
		if allocated := ask(1000, aggregate.ByMonth); !errors.Is(err, work.ErrBudget) || allocated > 3000 {
			t.Errorf("%s by month: %v, with %d allocations", list, err, allocated)
		}
		if allocated := ask(50_000, aggregate.ByYear, aggregate.ByMonth); !errors.Is(err, work.ErrBudget) || allocated > 50_000 {
			t.Errorf("%s by year and month: %v, with %d allocations", list, err, allocated)
		}
		if ask(1000, aggregate.ByYear); err != nil {
			t.Errorf("%s by year: %v", list, err)
		}
	}
}
