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
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// compare asks a question, and compares the rows with those of the definition.
func compare(t rapid.TB, o *oracle, q question) (rows int) {
	t.Helper()
	v := o.v
	a, items, err := q.ask(v)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	want, got := o.rowsOf(items, q), given(a)
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

// TestOfSeeds: a hundred questions of the seed graph, under four lenses in turn; those of one key under
// two of them.
func TestOfSeeds(t *testing.T) {
	raced.Alone(t)
	reader := readerOf(t, graph.Clear, must(seeds.Batch()))
	lenses := []*graph.Lens{
		nil, {MinCredibility: ptr(2)}, {IncludeDenied: ptr(true), IncludeAssessments: ptr(true)}, {AsOf: ptr(graph.DayOf(2018, 7, 13))},
	}
	asked, rows := 0, 0
	oracles := make([]*oracle, len(lenses))
	for i, l := range lenses {
		oracles[i] = oracleOf(must(reader.View(l)))
	}
	for i, q := range questions("ttp") {
		for j := range 3 - len(q.by) {
			rows += compare(t, oracles[(i+2*j)%4], q)
			asked++
		}
	}
	if asked < 100 || rows < 1000 {
		t.Errorf("%d questions, %d rows: the test says little", asked, rows)
	}
}

// TestLeftOutOfSources: what is left out of a list of sources is what is left out of the claims of each.
func TestLeftOutOfSources(t *testing.T) {
	raced.Alone(t)
	v := must(readerOf(t, graph.Clear, must(seeds.Batch())).View(&graph.Lens{MinCredibility: ptr(2), AsOf: ptr(graph.DayOf(2018, 7, 13))}))
	a, items, err := question{list: "sources"}.ask(v)
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[graph.ExclusionReason]int{}, map[graph.ExclusionReason]int{}
	for _, s := range items {
		for _, x := range must(s.(*live.Source).ClaimPage(live.ClaimQuery{Page: page.Args{First: ptr(0)}})).Excluded() {
			want[x.Reason] += x.Claims
		}
	}
	for _, x := range a.Excluded() {
		got[x.Reason] += x.Claims
	}
	if d := cmp.Diff(want, got); d != "" || len(want) < 2 {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestByDefinition: the rows of random graphs under random lenses are those of the definition.
func TestByDefinition(t *testing.T) {
	all, rows, possible := questions("g0"), 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "graph"), 1))
		v := must(readerOf(t, graph.Clear, society(r)).View(lens(r)))
		o := oracleOf(v)
		for range 5 {
			q := all[r.IntN(len(all))]
			rows += compare(rt, o, q)
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
			q := question{list: list, by: groupBys(keys...)}
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
