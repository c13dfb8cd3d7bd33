package live_test

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// everything is all that can be read through a view, with what is left out and all
// cursors: what must not differ by a byte.
type everything struct {
	Dump    dump
	Named   []string // what is found by names and in texts
	Looked  []string // what is looked up, and what is said of what is not there
	Pages   []pageRead
	About   []about
	Paths   []way
	Records graph.Batch
	History historyRead
	Errors  []string
	Retired []dumpRetired
	Places  []string // what lies and happened where, and what incidents come to
}

// dumpRetired is an entity that is retired, or is for those who see less.
type dumpRetired struct {
	dumpEntity
	Reason        string
	Successor, By graph.ID
	Below         bool
}

type pageRead struct {
	IDs     []graph.ID
	Cursors []string
	Info    page.PageInfo
	Total   int
}

type about struct {
	Nodes, Links []graph.ID
	Truncated    *live.Truncation
	Excluded     []graph.Exclusion
}

type way struct {
	Links    []graph.ID
	Forward  []bool
	Weakest  int
	When     []string // nil where no hop is dated
	Undated  int
	Excluded []graph.Exclusion
}

var (
	entityOrders = []live.EntityOrderField{"NAME", "ID", "KIND", "DATE", "FOUNDED", "RECORDED", "LINKS", "CLAIMS"}
	linkOrders   = []live.LinkOrderField{
		"RECORDED", "KIND", "CREDIBILITY", "VALID_FROM", "INDEPENDENT_SOURCES", "SOURCE_NAME", "TARGET_NAME",
		"OTHER_NAME",
	}
	claimOrders  = []live.ClaimOrderField{"RECORDED", "CREDIBILITY", "HEDGE", "LABEL", "PUBLISHED", "VALID_FROM"}
	sourceOrders = []live.SourceOrderField{"TITLE", "ID", "PUBLISHED", "RELIABILITY", "CLAIMS"}
)

// readAll reads everything. entities and claims are ids to ask for, there or not.
func readAll(t tb, v *live.View, entities, claims []graph.ID) everything {
	t.Helper()
	all := everything{
		Dump: dumpView(t, v, claims), Records: records(t, v, live.Selection{}),
		History: history(t, v, slices.Concat(entities, claims, []graph.ID{"s_a", "s_b", "s_c"})...),
	}
	seven := page.Args{First: ptr(7)}
	for i, dir := range []page.OrderDirection{page.Ascending, page.Descending} {
		for _, f := range entityOrders {
			all.Pages = append(all.Pages, pageOf(t, func() (*live.EntityConnection, error) {
				return live.EntityPage[live.Entity](v, live.EntityQuery{OrderBy: entitiesBy(f, dir), Page: seven})
			}, func(e live.Entity) graph.ID { return e.Base().ID() }))
		}
		for _, f := range linkOrders {
			q := live.LinkQuery{OrderBy: linksBy(f, dir), Page: seven}
			all.Pages = append(all.Pages,
				pageOf(t, func() (*live.LinkConnection, error) { return v.LinkPage(q) }, (*live.Link).ID))
			for _, id := range entities[:min(3, len(entities))] {
				if e, ok := v.Entity(id); ok {
					all.Pages = append(all.Pages,
						pageOf(t, func() (*live.LinkConnection, error) {
							return e.Base().LinkPage(q)
						}, (*live.Link).ID))
				}
			}
		}
		for _, f := range claimOrders {
			q := live.ClaimQuery{OrderBy: claimsBy(f, dir), Page: seven}
			all.Pages = append(all.Pages,
				pageOf(t, func() (*live.ClaimConnection, error) { return v.ClaimPage(q) }, (*live.Claim).ID))
		}
		for _, f := range sourceOrders {
			q := live.SourceQuery{OrderBy: sourcesBy(f, dir), Page: seven}
			all.Pages = append(all.Pages,
				pageOf(t, func() (*live.SourceConnection, error) { return v.SourcePage(q) }, (*live.Source).ID))
		}
		all.Pages = append(all.Pages, pageOf(t, func() (*live.SearchConnection, error) {
			return v.Search(live.SearchQuery{Text: []string{"alpha", "t"}[i], Page: seven})
		}, func(h *live.SearchHit) graph.ID {
			return h.Entity.Base().ID() + graph.ID(" "+string(h.Match)+" "+h.Name)
		}))
	}
	all.walk(v, entities)
	all.named(t, v)
	all.lookUp(v, entities)
	all.Places = places(v)
	for _, id := range entities {
		all.retired(t, v, id)
	}
	return all
}

func (all *everything) retired(t tb, v *live.View, id graph.ID) {
	t.Helper()
	e, ok := v.Entity(id)
	if !ok || e.Base().ID() != id {
		return
	}
	r := e.Base().Retired()
	d := dumpRetired{Below: e.Base().RetiredBelow()}
	if r == nil && !d.Below {
		return
	}
	if d.dumpEntity = entityOf(t, e); r != nil {
		d.Reason, d.Successor, d.By = r.Reason(), idOf(r.Successor()), r.By().ID()
	}
	all.Retired = append(all.Retired, d)
}

// lookedUp are texts that entities are looked up by, beside their ids: names and ids elsewhere as worlds
// have them, and some that are near.
var lookedUp = []graph.ID{
	"name:alpha", "name:Beta", "name:GAMMA", "name:Delta", "name:Alpha two", "name:Alfa", "external:x:1", "external:x:2", "gro", "ind55",
}

// lookUp reads what is looked up.
func (all *everything) lookUp(v *live.View, entities []graph.ID) {
	for _, id := range slices.Concat(entities, lookedUp) {
		for _, kinds := range [][]graph.EntityKind{nil, {graph.Group}} {
			e, err := v.Find("by", live.RefOf(id), kinds...)
			all.Looked = append(all.Looked, foundAs(id, e, err))
		}
	}
}

func foundAs(id graph.ID, e live.Entity, err error) string {
	if err == nil {
		return fmt.Sprint(id, " is ", e.Base().ID())
	}
	var several *graph.AmbiguousError
	if errors.As(err, &several) {
		return fmt.Sprint(err, several.Candidates, several.More)
	}
	var missing *graph.NotFoundError
	if errors.As(err, &missing) {
		return fmt.Sprint(err, missing.Near)
	}
	return err.Error()
}

// named reads what is found by names and in texts.
func (all *everything) named(t tb, v *live.View) {
	t.Helper()
	for _, d := range []live.MatchQuery{
		{Names: []string{"Alfa"}}, {Names: []string{"alpha", "Gama"}, Place: ptr("Beta"), Country: ptr("Alpha")},
	} {
		found, err := v.Match("query", d, live.MaxCandidates)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range found {
			all.Named = append(all.Named, fmt.Sprint("match ", c.Entity.Base().ID(), c.Name, c.Score, c.Reasons))
		}
	}
	all.Named = append(all.Named,
		fmt.Sprint("left out ", must(v.LinkPage(live.LinkQuery{})).Excluded(), must(v.ClaimPage(live.ClaimQuery{})).Excluded()))
	for e := range v.Entities() {
		b := e.Base()
		all.Named = append(all.Named,
			fmt.Sprint("left out ", b.ID(), must(b.LinkPage(live.LinkQuery{})).Excluded(), must(b.ClaimPage(live.ClaimQuery{})).Excluded()))
	}
	same, err := v.PossibleDuplicates(live.DuplicateQuery{Kinds: graph.EntityKinds, Least: 0.5, Limit: 100}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range same.Pairs {
		all.Named = append(all.Named,
			fmt.Sprint("duplicates ", p.A.Base().ID(), p.B.Base().ID(), p.NameA, p.NameB, p.Score, p.Reasons,
				claimIDs(p.SameBy), claimIDs(p.ApartBy)))
	}
	texts, err := v.SearchText(live.TextQuery{Text: "a"})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range texts.Nodes() {
		all.Named = append(all.Named,
			fmt.Sprint("text ", h.Claim().ID(), h.Part, h.Excerpt, h.Start, h.End, h.Score, h.Assessment()))
	}
	all.Named = append(all.Named,
		fmt.Sprint("duplicates ", same.Found, same.Examined, same.Left, " texts ", texts.TotalCount()))
}

func (all *everything) walk(v *live.View, entities []graph.ID) {
	for i, id := range entities {
		q := live.Neighbourhood{
			Of: []graph.ID{id}, Depth: 1 + i%3, MaxNodes: 5 + 20*(i%2),
			Direction: []live.Direction{live.Both, live.Out, live.In}[i%3],
		}
		n, err := v.Neighbourhood(q)
		if err != nil {
			all.Errors = append(all.Errors, err.Error())
			continue
		}
		all.About = append(all.About, aboutOf(n))
		for _, to := range entities[:min(4, len(entities))] {
			q := live.PathQuery{From: id, To: to, Bearings: [][]graph.Bearing{nil, {graph.EveryBearing}}[i%2]}
			for _, q.Concurrent = range []bool{false, true} {
				p, err := v.ShortestPath(q)
				switch {
				case err != nil:
					all.Errors = append(all.Errors, err.Error())
				case p != nil:
					all.Paths = append(all.Paths, wayOf(p))
				}
			}
		}
	}
}

func pageOf[T any](t tb, read func() (*page.Connection[T], error), id func(T) graph.ID) pageRead {
	t.Helper()
	c, err := read()
	if err != nil {
		t.Fatal(err)
	}
	p := pageRead{Info: c.PageInfo, Total: c.TotalCount()}
	for _, e := range c.Edges {
		p.IDs, p.Cursors = append(p.IDs, id(e.Node)), append(p.Cursors, e.Cursor)
	}
	return p
}

func aboutOf(n *live.Subgraph) about {
	a := about{Truncated: n.Truncated, Excluded: n.Excluded}
	for _, e := range n.Nodes {
		a.Nodes = append(a.Nodes, e.Base().ID())
	}
	for _, l := range n.Links {
		a.Links = append(a.Links, l.ID())
	}
	return a
}

func wayOf(p *live.Path) way {
	w := way{Weakest: p.WeakestCredibility(), Undated: p.UndatedHops(), Excluded: p.Excluded}
	if when := p.When(); when != nil {
		w.When = []string{}
		for _, o := range when {
			w.When = append(w.When, edtf(o.From())+" to "+edtf(o.To()))
		}
	}
	for _, h := range p.Hops {
		w.Links, w.Forward = append(w.Links, h.Link.ID()), append(w.Forward, h.Forward)
	}
	return w
}

// entitiesOf lists the ids of all entities of changes, in the order of the feed.
func entitiesOf(changes []graph.Change) []graph.ID {
	var out []graph.ID
	seen := map[graph.ID]bool{}
	for _, ch := range changes {
		for _, e := range ch.Entities {
			if !seen[e.ID] {
				seen[e.ID] = true
				out = append(out, e.ID)
			}
		}
	}
	return out
}
