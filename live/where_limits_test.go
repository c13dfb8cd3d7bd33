package live_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// problemsOf are the problems of a condition, "CODE path" each.
func problemsOf(t *testing.T, w *live.EntityWhere) (out []string) {
	t.Helper()
	v := must(live.NewGraph(graph.Clear).Reader().View(nil))
	_, err := w.Test(v, "where", nil)
	invalid, ok := errors.AsType[*graph.InvalidError](err)
	if err != nil && !ok {
		t.Fatal(err)
	}
	if ok {
		for _, p := range invalid.Problems {
			out = append(out, p.Code+" "+p.Path)
		}
	}
	return out
}

func named(text string) *live.EntityWhere {
	return &live.EntityWhere{Name: &filter.TextFilter{Contains: &text}}
}

// TestFilterLimits holds for each limit a condition that just passes, and one that is just
// over it, with what is said of it.
func TestFilterLimits(t *testing.T) {
	deep := func(levels int) *live.EntityWhere {
		w := named("x")
		for range levels - 1 {
			w = &live.EntityWhere{Not: w}
		}
		return w
	}
	hops := func(n int) *live.EntityWhere {
		w := named("x")
		for range n {
			w = &live.EntityWhere{Links: &live.LinkCondition{Some: &live.LinkWhere{Other: w}}}
		}
		return w
	}
	wide := func(n int) *live.EntityWhere {
		w := &live.EntityWhere{}
		for i := range n {
			w.Or = append(w.Or, named(fmt.Sprint(i)))
		}
		return w
	}
	empty := func(n int) *live.EntityWhere {
		return &live.EntityWhere{And: slices.Repeat([]*live.EntityWhere{{}}, n)}
	}
	texts := func(n int) *live.EntityWhere {
		return &live.EntityWhere{Name: &filter.TextFilter{In: slices.Repeat([]string{"x"}, n)}}
	}
	ids := func(n int) *live.EntityWhere {
		return &live.EntityWhere{ID: &filter.IDFilter{ValueFilter: filter.ValueFilter[graph.ID]{In: make([]graph.ID, n)}}}
	}
	numbers := func(n int) *live.EntityWhere {
		return &live.EntityWhere{Claims: &live.ClaimCondition{None: &live.ClaimWhere{Sequence: &filter.IntFilter{In: make([]int, n)}}}}
	}
	for _, tt := range []struct {
		name         string
		passes, over *live.EntityWhere
		want         []string
	}{
		{"depth", deep(5), deep(6), []string{"TOO_DEEP where.not.not.not.not.not"}},
		{"hops", hops(2), hops(3), []string{"TOO_DEEP where.links.some.other.links.some.other.links.some"}},
		{"leaves", wide(50), wide(51), []string{"TOO_MANY where.or[50].name"}},
		{"empty conditions", empty(50), empty(51), []string{"TOO_MANY where.and[50]"}},
		{"texts", texts(1_000), texts(1_001), []string{"TOO_MANY where.name.in"}},
		{"ids", ids(10_000), ids(10_001), []string{"TOO_MANY where.id.in"}},
		{"numbers", numbers(1_000), numbers(1_001), []string{"TOO_MANY where.claims.none.sequence.in"}},
		{
			"all at once", nil, &live.EntityWhere{And: []*live.EntityWhere{texts(1_001), ids(10_001), deep(6)}},
			[]string{"TOO_MANY where.and[0].name.in", "TOO_MANY where.and[1].id.in", "TOO_DEEP where.and[2].not.not.not.not"},
		},
	} {
		if got := problemsOf(t, tt.passes); len(got) > 0 {
			t.Errorf("%s: %v", tt.name, got)
		}
		if got := problemsOf(t, tt.over); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestFiltersAreCounted: what a filter reads is paid for, more the more it reads, and it
// stops when the budget is used up.
func TestFiltersAreCounted(t *testing.T) {
	f := duplicateGraph()
	used := func(w *live.EntityWhere, limit int64) (slots int64, err error) {
		r := work.NewRequest(t.Context(), limit, nil)
		defer r.Close()
		v := f.view(t, graph.Clear, nil).Within(r.Records())
		_, err = live.EntityPage[live.Entity](v, live.EntityQuery{Where: w})
		return r.Used(), errors.Join(err, r.Err())
	}
	name := named("zz")
	one := &live.EntityWhere{Links: &live.LinkCondition{None: &live.LinkWhere{Other: name}}}
	two := &live.EntityWhere{Links: &live.LinkCondition{None: &live.LinkWhere{Other: one}}}
	var before int64
	for _, w := range []*live.EntityWhere{name, one, two} {
		slots, err := used(w, 0)
		if err != nil || slots <= before {
			t.Errorf("%d slots, %d for less: %v", slots, before, err)
		}
		before = slots
	}
	if _, err := used(two, before/2); !errors.Is(err, work.ErrBudget) {
		t.Errorf("with half of what it takes: %v", err)
	}
}
