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
