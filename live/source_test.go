package live_test

import (
	"fmt"
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestIndependentSources: sources that go back to the same one, or to one another,
// are one.
func TestIndependentSources(t *testing.T) {
	for _, c := range []struct {
		name    string
		derived map[string][]graph.ID // of s_a to s_f
		sources string                // what the claims are read in
		want    int
	}{
		{"one", nil, "a", 1},
		{"two", nil, "ab", 2},
		{"one of another", map[string][]graph.ID{"b": {"s_a"}}, "ab", 1},
		{"two of a third", map[string][]graph.ID{"a": {"s_c"}, "b": {"s_c"}}, "ab", 1},
		{"one of two others", map[string][]graph.ID{"c": {"s_a", "s_b"}}, "abc", 1},
		{"the two others", map[string][]graph.ID{"c": {"s_a", "s_b"}}, "ab", 2},
		{"a chain", map[string][]graph.ID{"a": {"s_b"}, "b": {"s_c"}}, "acd", 2},
		{"a ring", map[string][]graph.ID{"a": {"s_b"}, "b": {"s_a"}}, "ab", 1},
		{"a ring and what relies on it", map[string][]graph.ID{"a": {"s_b"}, "b": {"s_c"}, "c": {"s_b"}}, "abc", 1},
		{
			"what relies on either end of a ring",
			map[string][]graph.ID{"a": {"s_c"}, "b": {"s_d"}, "c": {"s_d"}, "d": {"s_c"}},
			"ab", 1,
		},
		{
			"what relies on a ring and on another",
			map[string][]graph.ID{"a": {"s_b", "s_d"}, "b": {"s_c"}, "c": {"s_b"}},
			"abd", 1,
		},
		{"a ring and another beside", map[string][]graph.ID{"b": {"s_c"}, "c": {"s_b"}}, "bd", 2},
		{"a ring that relies on another", map[string][]graph.ID{"b": {"s_c"}, "c": {"s_b", "s_d"}}, "bcd", 1},
		{"two rings", map[string][]graph.ID{"a": {"s_b"}, "b": {"s_a"}, "c": {"s_d"}, "d": {"s_c"}}, "abcd", 2},
	} {
		f := base()
		b := graph.Batch{}
		for _, id := range "abcdef" {
			b.Sources = append(b.Sources,
				source(string(id), func(s *graph.Source) { s.DerivedFrom = c.derived[string(id)] }))
		}
		for i, id := range c.sources {
			b.Claims = append(b.Claims, link("g", "SUPPORTS", "h", from(string(id)), labelled(fmt.Sprint(i))))
		}
		f.apply(b)
		l, ok := f.view(t, graph.Red, nil).Link(graph.LinkKey{Kind: "SUPPORTS", Source: "g", Target: "h"}.ID())
		if !ok || l.IndependentSources() != c.want {
			t.Errorf("%s: %d, want %d", c.name, l.IndependentSources(), c.want)
		}
	}
}

// TestOriginIsTheRoot: what matters is whom the source relies on for the claim.
func TestOriginIsTheRoot(t *testing.T) {
	f := base()
	origin := func(c *graph.Claim) { c.Origin = "s_b" }
	f.add(link("g", "SUPPORTS", "h", origin), link("g", "SUPPORTS", "h", from("b")), link("g", "SUPPORTS", "k", origin),
		link("g", "SUPPORTS", "k"))
	v := f.view(t, graph.Red, nil)
	for target, want := range map[graph.ID]int{"h": 1, "k": 2} {
		l, _ := v.Link(graph.LinkKey{Kind: "SUPPORTS", Source: "g", Target: target}.ID())
		same(t, "sources of the link to "+string(target), want, l.IndependentSources())
	}
}

// TestOfficialVoicesCountOnce: what a publisher says in two of its documents, and what an official
// who is not named says to one publisher, is of one; what officials say to two is of two.
func TestOfficialVoicesCountOnce(t *testing.T) {
	of := func(id string, kind graph.SourceKind, publisher string) graph.Source {
		return source(id, func(s *graph.Source) { s.Kind, s.Publisher = kind, publisher })
	}
	for _, c := range []struct {
		name    string
		sources [2]graph.Source
		hedge   graph.Hedge
		want    int
	}{
		{"two lists of one publisher", [2]graph.Source{of("x", graph.ListKind, "UN"), of("y", graph.ListKind, "un")}, graph.Official, 1},
		{"lists of two publishers", [2]graph.Source{of("x", graph.ListKind, "UN"), of("y", graph.ListKind, "EU")}, graph.Official, 2},
		{"two articles of one paper", [2]graph.Source{of("x", graph.ArticleKind, "Dawn"), of("y", graph.ArticleKind, "Dawn")}, graph.Official, 1},
		{"articles of two papers", [2]graph.Source{of("x", graph.ArticleKind, "Dawn"), of("y", graph.ArticleKind, "Geo")}, graph.Official, 2},
		{"a list and an article of one publisher", [2]graph.Source{of("x", graph.ListKind, "UN"), of("y", graph.ArticleKind, "UN")}, graph.Official, 2},
		{"what two articles of one paper say themselves", [2]graph.Source{of("x", graph.ArticleKind, "Dawn"), of("y", graph.ArticleKind, "Dawn")}, graph.Stated, 2},
	} {
		f := base()
		f.apply(graph.Batch{Sources: c.sources[:]})
		l := f.add(link("g", "SUPPORTS", "h", from("x"), hedged(c.hedge)))
		f.add(link("g", "SUPPORTS", "h", from("y"), hedged(c.hedge)))
		got, _ := f.view(t, graph.Red, nil).Link(l.Key().ID())
		same(t, c.name, c.want, got.IndependentSources())
	}
}
