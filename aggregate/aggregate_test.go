package aggregate_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/tests/raced"
)

// compare asks a question, and compares the rows with those of the definition.
func compare(t rapid.TB, v *live.View, q question) (rows int) {
	t.Helper()
	a, items, err := q.ask(v)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	want := rowsOf(v, items, q.by)
	if d := cmp.Diff(want, given(a)); d != "" {
		t.Fatalf("%s under %+v (-want +got):\n%s", q, v.Lens(), d)
	}
	if a.All.Count() != len(items) || a.More != 0 {
		t.Fatalf("%s: %d of %d items, %d more", q, a.All.Count(), len(items), a.More)
	}
	return len(a.Rows)
}

// TestOfSeeds: a hundred questions of the seed graph, under four lenses in turn.
func TestOfSeeds(t *testing.T) {
	raced.Alone(t)
	reader := readerOf(t, must(seeds.Batch()), graph.Clear)
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
		v := must(readerOf(t, society(r), graph.Clear).View(lens(r)))
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
