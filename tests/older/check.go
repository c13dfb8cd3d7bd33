package older

import (
	"cmp"
	"slices"
	"testing"

	"github.com/rabta/rabta/graph"
)

// All selects every question.
func All(*Question) bool { return true }

// Everywhere selects what every store is asked.
func Everywhere(q *Question) bool { return q.Everywhere }

// Some selects the first question of each section that every store is asked.
func Some(q *Question) bool { return q.Everywhere && q.first }

// Check asks a world, compares, and tells the differences that are not meant, those that show most more first.
func (v *Version) Check(t *testing.T, j *Judgement, w *World, world string, selected func(*Question) bool) {
	t.Helper()
	list, answers, err := v.Compare(t.Context(), w, world, selected)
	if err != nil {
		t.Fatal(err)
	}
	if answers == 0 {
		t.Fatalf("%s: nothing was asked", v.Name)
	}
	failures := j.Failures(v, list)
	slices.SortStableFunc(failures, func(a, b Difference) int { return cmp.Compare(len(b.More), len(a.More)) })
	const most = 100
	for i := range failures[:min(len(failures), most)] {
		t.Errorf("%s: %s", v.Name, &failures[i])
	}
	if len(failures) > most {
		t.Errorf("%s: %d differences; the others are like these, and show less", v.Name, len(failures))
	}
	t.Logf("%s: %d answers of the %s, %d differences", v.Name, answers, world, len(list))
}

// Feed is the whole log of a store.
func Feed(t testing.TB, s graph.Store) (out []graph.Change) {
	t.Helper()
	for c, err := range s.Changes(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}
