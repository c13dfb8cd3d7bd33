package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// TestLinksToOneOfACluster: two claims about two names of one thing are one link,
// wherever it is looked at from.
func TestLinksToOneOfACluster(t *testing.T) {
	f := base()
	a := f.add(link("i", "LEADS", "h"))
	b := f.add(link("i", "LEADS", "g", from("b")))
	f.add(link("g", graph.SameAs, "h"))
	v := f.view(t, graph.Red, nil)
	id := b.Key().ID() // that of g, the representative
	same(t, "all links", []graph.ID{id}, linksOf(v))
	for _, e := range []graph.ID{"i", "g", "h"} {
		x, _ := v.Entity(e)
		same(t, "the links of "+string(e), []graph.ID{id}, linkIDs(x.Base(), live.Both))
		same(t, "the claims about "+string(e), 2, len(entityOf(t, x).Claims))
	}
	for _, other := range []graph.ID{a.Key().ID(), b.Key().ID()} {
		l, ok := v.Link(other)
		if !ok {
			t.Fatalf("there is no link %s", other)
		}
		same(t, "its sources", 2, l.IndependentSources())
	}
}

// TestWithSameEntities: who is one under a lens is one under another beside it, by the claims that say
// so, and who is one under the other alone is not.
func TestWithSameEntities(t *testing.T) {
	f := base()
	f.add(link("i", "LEADS", "h", from("b")))
	f.add(link("g", graph.SameAs, "h"))
	all, without := graph.Lens{}, graph.Lens{WithoutSources: []graph.ID{"s_a"}}
	for name, at := range map[string]struct {
		first, second graph.Lens
		leads         graph.ID
		sameBy, links int
	}{
		"one under the first":  {all, without, "g", 1, 1},
		"one under the second": {without, all, "h", 0, 2}, // that they are is a link between two
	} {
		v, err := f.view(t, graph.Red, &at.first).WithSameEntities(&at.second)
		if err != nil {
			t.Fatal(err)
		}
		for l := range v.Links() {
			same(t, name+": the led", at.leads, l.TargetID())
			same(t, name+": claims that join", at.sameBy, len(l.Target().Base().SameBy()))
		}
		same(t, name+": links", at.links, len(linksOf(v)))
		again, err := f.view(t, graph.Red, &at.first).WithSameEntities(&at.first)
		if err != nil || len(linksOf(again)) != len(linksOf(f.view(t, graph.Red, &at.first))) {
			t.Errorf("%s: under its own lens it is another view: %v", name, err)
		}
	}
}

// TestAttributorsAreIdentified: who attributes is an entity, and one under either
// name.
func TestAttributorsAreIdentified(t *testing.T) {
	f := base()
	by := func(who graph.ID) func(*graph.Claim) { return func(c *graph.Claim) { c.Attributor = who } }
	f.add(link("bombing", graph.AttributedTo, "g", by("police")),
		link("bombing", graph.AttributedTo, "g", by("cid"), from("b")),
		link("bombing", graph.AttributedTo, "g", by("i")))
	same(t, "attributions", 3, len(linksOf(f.view(t, graph.Red, nil))))
	f.add(link("cid", graph.SameAs, "police"))
	v := f.view(t, graph.Red, nil)
	same(t, "attributions", 2, len(linksOf(v)))
	g, _ := v.Entity("g")
	same(t, "attributions to it", 2, len(linkIDs(g.Base(), live.In)))
	key := graph.LinkKey{Kind: graph.AttributedTo, Source: "bombing", Target: "g", Discriminator: "police"}
	l, ok := v.Link(key.ID())
	if !ok || l.Attributor().Base().ID() != "police" || l.AffirmedCount() != 2 {
		t.Errorf("the attribution by the police is %+v", l)
	}
}

// TestAttributeIsNoLink: ids of what vanishes or is an attribute lead nowhere.
func TestAttributeIsNoLink(t *testing.T) {
	f := base()
	f.add(status("g", "one"), status("h", "two"))
	inside := f.add(link("g", graph.SameAs, "h"))
	v := f.view(t, graph.Red, nil)
	for _, id := range []graph.ID{
		inside.Key().ID(), graph.LinkKey{Kind: "STATUS", Source: "g"}.ID(),
		graph.LinkKey{Kind: "STATUS", Source: "h"}.ID(),
	} {
		if l, ok := v.Link(id); ok {
			t.Errorf("%s is a %s", id, l.Kind())
		}
		if _, err := v.LinkPage(live.LinkQuery{Page: page.Args{After: ptr(madeUp("links", id))}}); err == nil {
			t.Errorf("a cursor at %s is taken", id)
		}
	}
}

// TestClusters: judgements join, best first, and never across one that keeps
// apart.
func TestClusters(t *testing.T) {
	sameAs := func(a, b string, change ...func(*graph.Claim)) graph.Claim {
		return link(a, graph.SameAs, b, change...)
	}
	for _, c := range []struct {
		name   string
		claims []graph.Claim
		lens   *graph.Lens
		g, h   []graph.ID // what each is the same as
	}{
		{"none", nil, nil, []graph.ID{"g"}, []graph.ID{"h"}},
		{"two", []graph.Claim{sameAs("g", "h")}, nil, []graph.ID{"g", "h"}, []graph.ID{"g", "h"}},
		{
			"three in a chain",
			[]graph.Claim{sameAs("h", "k"), sameAs("k", "g")},
			nil,
			[]graph.ID{"g", "h", "k"},
			[]graph.ID{"g", "h", "k"},
		},
		{
			"kept apart",
			[]graph.Claim{sameAs("g", "h"), link("h", graph.NotSameAs, "g")},
			nil,
			[]graph.ID{"g"},
			[]graph.ID{"h"},
		},
		{
			"kept apart in a chain",
			[]graph.Claim{sameAs("g", "k", hedged(graph.Alleged)), sameAs("h", "k"), link("g", graph.NotSameAs, "h")},
			nil,
			[]graph.ID{"g"},
			[]graph.ID{"h", "k"},
		},
		{
			"the better judgement first",
			[]graph.Claim{sameAs("h", "k", hedged(graph.Alleged)), sameAs("g", "k"), link("g", graph.NotSameAs, "h")},
			nil,
			[]graph.ID{"g", "k"},
			[]graph.ID{"h"},
		},
		{
			"denied",
			[]graph.Claim{sameAs("g", "h"), sameAs("g", "h", polar(graph.Denied), from("b"))},
			nil,
			[]graph.ID{"g"},
			[]graph.ID{"h"},
		},
		{
			"kept apart by what is denied",
			[]graph.Claim{sameAs("g", "h"), link("g", graph.NotSameAs, "h", polar(graph.Denied))},
			nil,
			[]graph.ID{"g", "h"},
			[]graph.ID{"g", "h"},
		},
		{
			"denied with less",
			[]graph.Claim{sameAs("g", "h"), sameAs("g", "h", polar(graph.Denied), hedged(graph.Rumoured))},
			nil,
			[]graph.ID{"g"},
			[]graph.ID{"h"},
		},
		{
			"kept apart with less, and at another time",
			[]graph.Claim{sameAs("g", "h", during("2001", "2002")), link("h", graph.NotSameAs, "g", hedged(graph.Rumoured), during("2005", ""))},
			nil,
			[]graph.ID{"g"},
			[]graph.ID{"h"},
		},
		{
			"kept apart by an opinion that counts",
			[]graph.Claim{sameAs("g", "k"), sameAs("k", "h"), link("g", graph.NotSameAs, "h", hedged(graph.Assessment))},
			&graph.Lens{IncludeAssessments: ptr(true)},
			[]graph.ID{"g", "k"},
			[]graph.ID{"h"},
		},
		{"possibly", []graph.Claim{link("g", graph.PossiblySameAs, "h")}, nil, []graph.ID{"g"}, []graph.ID{"h"}},
		{
			"an opinion",
			[]graph.Claim{sameAs("g", "h", hedged(graph.Assessment))},
			&graph.Lens{IncludeAssessments: ptr(true)},
			[]graph.ID{"g"},
			[]graph.ID{"h"},
		},
		{
			"by a source that is left out",
			[]graph.Claim{sameAs("g", "h", from("b"))},
			&graph.Lens{WithoutSources: []graph.ID{"s_b"}},
			[]graph.ID{"g"},
			[]graph.ID{"h"},
		},
		{"recorded later", []graph.Claim{sameAs("g", "h")}, known(1), []graph.ID{"g"}, []graph.ID{"h"}},
	} {
		f := base()
		if len(c.claims) > 0 {
			f.add(c.claims...)
		}
		v := f.view(t, graph.Red, c.lens)
		for id, want := range map[graph.ID][]graph.ID{"g": c.g, "h": c.h} {
			e, _ := v.Entity(id)
			same(t, c.name+": "+string(id), want, e.Base().SameIDs())
		}
	}
}

// TestKeptApart: what claims say is the same and others keep apart is two, and listed among
// possible duplicates with both sides.
func TestKeptApart(t *testing.T) {
	f := base()
	same1, same2 := f.add(link("g", graph.SameAs, "h")), f.add(link("h", graph.SameAs, "k", hedged(graph.Possible)))
	listed := func(of graph.ID) (out [][2][]graph.ID) {
		d := must(f.view(t, graph.Red, nil).PossibleDuplicates(live.DuplicateQuery{Of: &of, Least: 0.9, Limit: 9}, nil))
		for _, p := range d.Pairs {
			out = append(out, [2][]graph.ID{claimIDs(p.SameBy), claimIDs(p.ApartBy)})
		}
		return out
	}
	cluster := func(id graph.ID) []graph.ID {
		e, _ := f.view(t, graph.Red, nil).Entity(id)
		return e.Base().SameIDs()
	}
	same(t, "joined", []graph.ID{"g", "h", "k"}, cluster("g"))
	same(t, "nothing is kept apart", 0, len(listed("g")))
	apart := f.add(link("g", graph.NotSameAs, "k", hedged(graph.Rumoured)))
	same(t, "the better judgement alone", []graph.ID{"g", "h"}, cluster("g"))
	same(t, "apart by a chain", [][2][]graph.ID{{{same2.ID}, {apart.ID}}}, listed("k"))
	seen := f.add(attribute("h", "STATEMENT", graph.Value{Text: "seen with g"}))
	k := f.add(contradict(same1, seen))
	same(t, "contradicted", []graph.ID{"g"}, cluster("g"))
	same(t, "the other judgement", []graph.ID{"h", "k"}, cluster("h"))
	same(t, "apart by a contradiction", [][2][]graph.ID{{{same1.ID}, {apart.ID, seen.ID}}}, listed("g"))
	f.add(retract(k), retract(apart))
	same(t, "joined again", []graph.ID{"g", "h", "k"}, cluster("k"))
}

// TestHiddenIdentity: a judgement, or one of the two, that the reader may not see
// joins nothing for him.
func TestHiddenIdentity(t *testing.T) {
	f := base()
	f.add(link("g", graph.SameAs, "h", marked(graph.Red)))
	f.add(link("h", graph.SameAs, "k"), link("i", "LEADS", "g"))
	v := f.view(t, graph.Clear, nil)
	h, _ := v.Entity("k")
	same(t, "to others", []graph.ID{"h", "k"}, h.Base().SameIDs())
	h, _ = f.view(t, graph.Red, nil).Entity("k")
	same(t, "to those who see it", []graph.ID{"g", "h", "k"}, h.Base().SameIDs())
	f.apply(graph.Batch{Entities: []graph.Entity{entity(graph.Group, "h", func(e *graph.Entity) {
		e.Marking = graph.Amber
	})}})
	v = f.view(t, graph.Clear, nil)
	k, _ := v.Entity("k")
	same(t, "when one is mentioned by what is stricter", []graph.ID{"h", "k"}, k.Base().SameIDs())
}
