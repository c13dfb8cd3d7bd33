package live_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

func TestSearch(t *testing.T) {
	f := newFeed()
	named := func(id string, names ...string) graph.Entity {
		return entity(graph.Group, id, func(e *graph.Entity) {
			e.Names = nil
			for _, n := range names {
				e.Names = append(e.Names, graph.Name{Value: n})
			}
		})
	}
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a"), source("red", func(s *graph.Source) { s.Marking = graph.Red })},
		Entities: []graph.Entity{
			named("one", "Jaish-e-Mohammed", "JeM"), named("two", "Jaish al-Adl (Army of Justice)"),
			named("three", "Army of Mohammed"), named("four", "Pajaish"), named("five", "jaish"),
			entity(graph.Individual, "six", func(e *graph.Entity) {
				e.Names = []graph.Name{{Value: "Muḥammad Jaish"}, {Value: "Nom secret", Source: "s_red"}}
			}),
			entity(graph.Group, "seven", func(e *graph.Entity) {
				e.Names[0].Value, e.Marking = "Jaish of secrets", graph.Red
			}),
		},
	})
	for _, c := range []struct {
		text      string
		kinds     []graph.EntityKind
		clearance graph.Marking
		want      string // ids and matches, best first
	}{
		{"JAISH", nil, graph.Clear, "five EXACT, one PREFIX, two PREFIX, six WORD, four CONTAINS, three ALIKE"},
		{" jaish  e ", nil, graph.Clear, "one PREFIX, five ALIKE, six ALIKE, two ALIKE, three ALIKE"},
		{"moh jai", nil, graph.Clear, "one WORD"},
		{"muhammad", nil, graph.Clear, "six PREFIX, three ALIKE, one ALIKE"},
		{"jaysh al adl", nil, graph.Clear, "two ALIKE"},
		{"جیش محمد", nil, graph.Clear, "one ALIKE, six ALIKE, three ALIKE, five ALIKE"},
		{"jem", nil, graph.Clear, "one EXACT"},
		{"of", nil, graph.Clear, "three WORD, two WORD"},
		{"jaish", []graph.EntityKind{graph.Individual}, graph.Clear, "six WORD"},
		{
			"jaish",
			[]graph.EntityKind{},
			graph.Red,
			"five EXACT, seven PREFIX, one PREFIX, two PREFIX, six WORD, four CONTAINS, three ALIKE",
		},
		{"secret", nil, graph.Clear, ""},
		{"secret", nil, graph.Red, "six WORD, seven WORD"},
		{"(", nil, graph.Clear, ""},
		{"al-adl", nil, graph.Clear, "two WORD"},
		{"x", nil, graph.Clear, ""},
	} {
		hits := whole(t, func(p page.Args) (*live.SearchConnection, error) {
			return open(t, graphFor(f.changes, c.clearance), nil).Search(live.SearchQuery{Text: c.text, Kinds: c.kinds, Page: p})
		})
		var got []string
		for _, h := range hits {
			got = append(got, string(h.Entity.Base().ID())+" "+string(h.Match))
		}
		same(t, c.text+" for "+string(c.clearance), c.want, strings.Join(got, ", "))
	}
	v := open(t, graphFor(f.changes, graph.Clear), nil)
	for _, blank := range []string{"", " \t", "\u0301"} {
		if _, err := v.Search(live.SearchQuery{Text: blank}); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("a search for %q is answered: %v", blank, err)
		}
	}
	p := pagerOf("search", []graph.ID{"five", "one", "two", "six", "four", "three"}, func(h *live.SearchHit) graph.ID {
		return h.Entity.Base().ID()
	}, func(pg page.Args) (*live.SearchConnection, error) {
		return v.Search(live.SearchQuery{Text: "jaish", Page: pg})
	})
	for size := 1; size <= 7; size++ {
		p.check(t, size)
	}
	cursor := p.whole(t).cursors[0]
	if _, err := v.Search(live.SearchQuery{Text: "army", Page: page.Args{After: &cursor}}); !badCursor(err) {
		t.Errorf("a cursor of another search is taken: %v", err)
	}
}
