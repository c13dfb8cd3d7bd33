package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestListsSayWhatIsLeftOut: lists of links and of claims count what the lens leaves out of
// them, by reason, and nothing that the reader may not see.
func TestListsSayWhatIsLeftOut(t *testing.T) {
	f := base()
	f.add(link("g", graph.AlliedWith, "h"), link("g", graph.AlliedWith, "h", polar(graph.Denied), from("b")),
		link("g", "SUPPORTS", "h", hedged(graph.Alleged)), link("g", "SUPPORTS", "k", polar(graph.Denied)),
		link("i", "LEADS", "g", hedged(graph.Rumoured)), link("g", "SUPPORTS", "h", marked(graph.Red), hedged(graph.Rumoured)),
		status("g", "one", hedged(graph.Assessment)))
	gone := f.add(status("h", "two"))
	f.add(retract(gone))
	v := f.view(t, graph.Clear, &graph.Lens{MinCredibility: ptr(3), IncludeDisputed: ptr(false)})
	hidden := []graph.Exclusion{
		{Reason: graph.ByCredibility, Claims: 2}, {Reason: graph.IsDisputed, Links: 1}, {Reason: graph.IsDenied, Links: 1},
	}
	links := must(v.LinkPage(live.LinkQuery{}))
	same(t, "of all links", hidden, links.Excluded())
	same(t, "links", 0, links.TotalCount())
	g, _ := v.Entity("g")
	same(t, "of its links", hidden, must(g.Base().LinkPage(live.LinkQuery{})).Excluded())
	same(t, "of those of a kind, out of it", []graph.Exclusion{
		{Reason: graph.ByCredibility, Claims: 1}, {Reason: graph.IsDenied, Links: 1},
	}, must(g.Base().LinkPage(live.LinkQuery{Kinds: []graph.Predicate{"SUPPORTS"}, Direction: live.Out})).Excluded())
	same(t, "of all claims", []graph.Exclusion{
		{Reason: graph.WasRetracted, Claims: 1}, {Reason: graph.ByCredibility, Claims: 3},
	}, must(v.ClaimPage(live.ClaimQuery{})).Excluded())
	same(t, "of the claims about it", []graph.Exclusion{{Reason: graph.ByCredibility, Claims: 3}},
		must(g.Base().ClaimPage(live.ClaimQuery{})).Excluded())
	a, _ := v.Source("s_a")
	same(t, "of the claims of a source", []graph.Exclusion{
		{Reason: graph.WasRetracted, Claims: 1}, {Reason: graph.ByCredibility, Claims: 3},
	}, must(a.ClaimPage(live.ClaimQuery{})).Excluded())
	same(t, "of what was known", []graph.Exclusion{}, must(f.view(t, graph.Clear, known(1)).ClaimPage(live.ClaimQuery{})).Excluded())
}
