package live_test

import (
	"encoding/base64"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/tests/raced"
)

// TestViewIsTheOracle compares all that a view tells with the oracle, on random
// feeds, lenses and clearances.
func TestViewIsTheOracle(t *testing.T) {
	raced.Alone(t)
	for name, tr := range map[string]traits{"wide": anything, "dense": dense} {
		worlds := drawOlder(tr)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			w := worlds.Draw(t, "world")
			ids := claimsOf(w.changes)
			for range 3 {
				lens := drawLens(t, w)
				clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
				lens = w.asSeen(lens, clearance)
				o := newOracle(w.changes, clearance, lens)
				v, err := graphFor(w.changes, clearance).Reader().View(&lens)
				if o.missing() {
					if !errors.Is(err, graph.ErrNotFound) {
						t.Fatalf("a source that is not there is named: %v", err)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				same(t, "the view", o.dump(ids), dumpView(t, v, ids))
			}
		}))
	}
}

// TestWithSameEntitiesIsTheOracle: under another lens a view tells what that lens lets count, of those
// entities that are one under its own.
func TestWithSameEntitiesIsTheOracle(t *testing.T) {
	raced.Alone(t)
	worlds := drawOlder(dense)
	apart := 0
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		ids := claimsOf(w.changes)
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		g := graphFor(w.changes, clearance)
		for range 8 {
			lens, second := w.asSeen(drawLens(t, w), clearance), w.asSeen(drawLens(t, w), clearance)
			judge, o := newOracle(w.changes, clearance, lens), newOracle(w.changes, clearance, second)
			if judge.missing() || o.missing() {
				continue
			}
			v, err := open(t, g, &lens).WithSameEntities(&second)
			if err != nil {
				t.Fatal(err)
			}
			own := text(o.members)
			if o.identifyAs(judge); text(o.members) == own {
				continue
			}
			apart++
			want, got := o.dump(ids), dumpView(t, v, ids)
			for _, d := range []*dump{&want, &got} {
				for i := range d.Entities {
					d.Entities[i].SameBy = nil
				}
			}
			same(t, "the view", want, got)
		}
	})
	if apart < 5 {
		t.Errorf("in %d worlds the lenses differ in who is one: the test says little", apart)
	}
}

// identifyAs joins those that another oracle does, as far as they are there.
func (o *oracle) identifyAs(judge *oracle) {
	clear(o.rep)
	clear(o.members)
	for _, members := range judge.members {
		var here []graph.ID
		for _, m := range members {
			if _, ok := o.entities[m]; ok {
				here = append(here, m)
			}
		}
		for _, m := range here {
			if len(here) > 1 {
				o.rep[m], o.members[m] = here[0], here
			}
		}
	}
}

// namesOf are the names of an entity, without form and claims.
func namesOf(t tb, v *live.View, id graph.ID) []dumpName {
	t.Helper()
	e, ok := v.Entity(id)
	if !ok {
		t.Fatalf("there is no %s", id)
	}
	list := entityOf(t, e).Names
	for i := range list {
		list[i].Form, list[i].Grade, list[i].Claims = "", dumpGrade{}, nil
	}
	return list
}

// TestSpellingOfHiddenSource: a spelling that was met in a hidden source too takes
// nothing from what a reader saw before.
func TestSpellingOfHiddenSource(t *testing.T) {
	f := newFeed()
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a"), source("red", func(s *graph.Source) { s.Marking = graph.Red })},
		Entities: []graph.Entity{entity(graph.Group, "g", func(e *graph.Entity) {
			e.Names = []graph.Name{{Value: "First", Primary: true}, {Value: "Second", Source: "s_a"}}
		})},
	})
	f.apply(graph.Batch{Entities: []graph.Entity{entity(graph.Group, "g", func(e *graph.Entity) {
		e.Names = []graph.Name{{Value: "Second", Source: "s_red", Primary: true}, {Value: "Third", Source: "s_red"}}
	})}})
	same(t, "to those who see the source",
		[]dumpName{
			{Value: "First"}, {Value: "Second", Primary: true, Source: "s_red"}, {Value: "Third", Source: "s_red"},
		}, namesOf(t, f.view(t, graph.Red, nil), "g"))
	same(t, "to all others", []dumpName{{Value: "First", Primary: true}, {Value: "Second", Source: "s_a"}},
		namesOf(t, f.view(t, graph.Clear, nil), "g"))
}

func linksOf(v *live.View) []graph.ID {
	var out []graph.ID
	for l := range v.Links() {
		out = append(out, l.ID())
	}
	return out
}

// TestOrderTellsNothingOfHidden: where a link comes in a list is decided by the
// claims that the reader may see.
func TestOrderTellsNothingOfHidden(t *testing.T) {
	f := base()
	hidden := f.add(link("g", "SUPPORTS", "h", marked(graph.Red)))
	first := f.add(link("g", graph.AlliedWith, "k"))
	f.add(link("g", "SUPPORTS", "h", from("b")))
	one, two := first.Key().ID(), hidden.Key().ID()
	v := f.view(t, graph.Clear, nil)
	same(t, "all links", []graph.ID{one, two}, linksOf(v))
	g, _ := v.Entity("g")
	same(t, "the links of one", []graph.ID{one, two}, linkIDs(g.Base(), live.Both))
	n, err := v.Neighbourhood(live.Neighbourhood{Of: []graph.ID{"g"}, Depth: 1, MaxNodes: 9})
	if err != nil {
		t.Fatal(err)
	}
	var nodes []graph.ID
	for _, e := range n.Nodes {
		nodes = append(nodes, e.Base().ID())
	}
	same(t, "what is about it", []graph.ID{"g", "k", "h"}, nodes)
	same(t, "links between them", one, n.Links[0].ID())
	same(t, "all links, to those who see all", []graph.ID{two, one}, linksOf(f.view(t, graph.Red, nil)))
}

// TestCursorsTellNothingOfHidden: cursors are the same with and without what the
// reader may not see, and none can be made up that tells whether it is there.
func TestCursorsTellNothingOfHidden(t *testing.T) {
	f, without := base(), base()
	hidden := f.add(link("g", "SUPPORTS", "h", marked(graph.Red)), status("h", "hidden", marked(graph.Red)))
	for _, x := range []*feed{f, without} {
		x.add(link("g", graph.AlliedWith, "k"), status("g", "one"), link("i", "LEADS", "g"))
	}
	cursors := func(f *feed) (out []string) {
		v := f.view(t, graph.Clear, nil)
		for _, dir := range []page.OrderDirection{page.Ascending, page.Descending} {
			links, err := v.LinkPage(live.LinkQuery{OrderBy: linksBy("RECORDED", dir)})
			if err != nil {
				t.Fatal(err)
			}
			claims, err := v.ClaimPage(live.ClaimQuery{OrderBy: claimsBy("RECORDED", dir)})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range links.Edges {
				out = append(out, e.Cursor)
			}
			for _, e := range claims.Edges {
				out = append(out, e.Cursor)
			}
		}
		return out
	}
	same(t, "the cursors", cursors(without), cursors(f))
	v := f.view(t, graph.Clear, nil)
	for _, id := range []graph.ID{
		hidden.Key().ID(), graph.LinkKey{Kind: "LEADS", Source: "i", Target: "nobody"}.ID(),
		graph.LinkKey{Kind: "STATUS", Source: "g"}.ID(),
	} {
		_, err := v.LinkPage(live.LinkQuery{Page: page.Args{After: ptr(madeUp("links", id))}})
		if err == nil {
			t.Errorf("a cursor at %s is taken", id)
		}
		if _, ok := v.Link(id); ok {
			t.Errorf("there is a link %s", id)
		}
	}
}

// madeUp is a cursor that nobody gave.
func madeUp(list string, id graph.ID) string {
	return base64.RawURLEncoding.EncodeToString([]byte(text(map[string]any{"l": list, "i": id})))
}

// TestLaterClaimOfHiddenLink: what a reader may not see makes no claim "not yet
// recorded" either.
func TestLaterClaimOfHiddenLink(t *testing.T) {
	f := base()
	f.add(link("g", "SUPPORTS", "h", marked(graph.Red)))
	f.add(link("g", "SUPPORTS", "h"), link("g", "SUPPORTS", "h", from("red")))
	for clearance, want := range map[graph.Marking][]graph.Exclusion{
		graph.Clear: nil, graph.Red: {{Reason: graph.NotYetRecorded, Claims: 2}},
	} {
		q := live.Neighbourhood{Of: []graph.ID{"g"}, Depth: 1, MaxNodes: 9}
		n, err := f.view(t, clearance, known(2)).Neighbourhood(q)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "left out for "+string(clearance), want, n.Excluded)
	}
}

// TestMarkingOfClaimsAboutRecords: a claim about a claim or a source is as strict
// as that is.
func TestMarkingOfClaimsAboutRecords(t *testing.T) {
	f := base()
	a, b := status("g", "one", marked(graph.Amber)), status("g", "two")
	f.add(a, b)
	k := contradict(a, b)
	r := retract(k)
	f.add(k, r, withdraw("s_red"))
	v := f.view(t, graph.Red, nil)
	for id, want := range map[graph.ID]graph.Marking{
		b.ID: graph.Clear, k.ID: graph.Amber, r.ID: graph.Amber, withdraw("s_red").ID: graph.Red,
	} {
		if c, ok := v.Claim(id); !ok || c.Marking() != want {
			t.Errorf("%s is marked %s, want %s", c.Predicate(), c.Marking(), want)
		}
	}
}
