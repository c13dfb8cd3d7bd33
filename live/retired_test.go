package live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// retire says that an entity was recorded by mistake; to is what stands in its place, "" for
// nothing.
func retire(id, to string, change ...func(*graph.Claim)) graph.Claim {
	return claim(graph.Claim{
		Subject: graph.ID(id), Predicate: graph.Retires, Object: graph.ID(to), Value: &graph.Value{Text: "a mistake"},
	}, change)
}

func entityIDs(v *live.View) (out []graph.ID) {
	for e := range v.Entities() {
		out = append(out, e.Base().ID())
	}
	return out
}

func retiredOf(t tb, v *live.View, id graph.ID) *live.Retired {
	t.Helper()
	e, ok := v.Entity(id)
	if !ok {
		t.Fatalf("%s is not there", id)
	}
	if e.Base().ID() != id {
		t.Fatalf("by the id %s there is %s", id, e.Base().ID())
	}
	return e.Base().Retired()
}

// TestRetired: what was recorded by mistake is in no list, and found by its id with all that
// was said of it and why it counts no more.
func TestRetired(t *testing.T) {
	f := base()
	is, of := f.add(link("i", "MEMBER_OF", "g", func(c *graph.Claim) { c.Excerpt = "some words" })), status("g", "active")
	f.add(of, link("g", graph.SameAs, "h"), link("h", graph.SameAs, "k"), attribute("g", graph.NameOf, graph.Value{Text: "Wrong"}))
	before := f.head()
	by := f.add(retire("g", ""))
	v := f.view(t, graph.Red, nil)
	if slices.Contains(entityIDs(v), "g") || len(entityIDs(v)) != 7 {
		t.Errorf("the entities are %v", entityIDs(v))
	}
	same(t, "the links", 0, len(linksOf(v)))
	for c := range v.Claims() {
		if c.ID() == is.ID || c.ID() == of.ID {
			t.Errorf("%s counts", c.ID())
		}
	}
	r := retiredOf(t, v, "g")
	if r == nil || r.Reason() != "a mistake" || r.Successor() != nil || r.By().ID() != by.ID {
		t.Fatalf("it is retired as %+v", r)
	}
	g, _ := v.Entity("g")
	same(t, "its links", 2, len(linkIDs(g.Base(), live.Both)))
	same(t, "its claims", 3, len(entityOf(t, g).Claims))
	same(t, "its names", []string{"The g", "Wrong"}, []string{g.Base().Names()[0].Value, g.Base().Names()[1].Value})
	h, _ := v.Entity("h")
	same(t, "what is left of the cluster", []graph.ID{"h", "k"}, h.Base().SameIDs())
	i, _ := v.Entity("i")
	same(t, "the links of the other end", 0, len(linkIDs(i.Base(), live.Both)))
	if c, ok := v.Claim(is.ID); !ok || c.Counts() || c.Subject().Base().ID() != "i" || c.Object().Base().ID() != "g" {
		t.Errorf("the claim is %+v", c)
	}
	for _, text := range []string{"Wrong", "The g"} {
		hits, err := v.Search(live.SearchQuery{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range hits.Nodes() {
			if hit.Entity.Base().ID() == "g" || hit.Name == text {
				t.Errorf("%q finds %s by %q", text, hit.Entity.Base().ID(), hit.Name)
			}
		}
	}
	texts, err := v.SearchText(live.TextQuery{Text: "words"})
	if err != nil || texts.TotalCount() != 0 {
		t.Errorf("%d texts are found: %v", texts.TotalCount(), err)
	}
	if _, err := v.Neighbourhood(live.Neighbourhood{Of: []graph.ID{"g"}, Depth: 1, MaxNodes: 9}); err == nil || !strings.Contains(err.Error(), "is retired: a mistake") {
		t.Errorf("what is around it is told: %v", err)
	}
	if then := open(t, graphOf(f.changes), known(before)); retiredOf(t, then, "g") != nil || !slices.Contains(entityIDs(then), "g") {
		t.Errorf("it was retired before it was")
	}
}

// TestSuccessor: what is said of an entity of the wrong kind is read at the right one, where
// it fits.
func TestSuccessor(t *testing.T) {
	f := base()
	member := f.add(link("i", "MEMBER_OF", "g"))
	other := f.add(link("i", "MEMBER_OF", "police", from("b")))
	fits := []graph.Claim{
		status("g", "active"), attribute("g", graph.ExternalID, graph.Value{Text: "x:1"}),
		attribute("g", graph.NameOf, graph.Value{Text: "Gendarmerie"}), link("bombing", graph.AttributedTo, "cid",
			func(c *graph.Claim) { c.Attributor, c.Speaker = "g", "g" }),
	}
	lost := []graph.Claim{
		attribute("g", graph.SubtypeOf, graph.Value{Text: "FACTION"}), link("g", "CLAIMED", "bombing"),
		link("g", graph.AlliedWith, "police"), link("g", graph.SameAs, "h"),
	}
	f.add(append(fits, lost...)...)
	f.add(retire("g", "police"))
	v := f.view(t, graph.Red, nil)
	key := other.Key()
	l, ok := v.Link(key.ID())
	if !ok || l.AffirmedCount() != 2 || l.IndependentSources() != 2 || l.TargetID() != "police" {
		t.Fatalf("the membership is %+v", l)
	}
	if old, ok := v.Link(member.Key().ID()); !ok || old.ID() != l.ID() {
		t.Errorf("the membership by its old id is %+v", old)
	}
	if c, ok := v.Claim(member.ID); !ok || !c.Counts() || c.Object().Base().ID() != "police" || *c.ObjectID() != "g" || c.Link().ID() != l.ID() {
		t.Errorf("the claim is %+v", c)
	}
	police, _ := v.Entity("police")
	same(t, "its ids", []graph.ID{"police"}, police.Base().SameIDs())
	same(t, "its other ids", []string{"x:1"}, valuesOf(police.Base().External()))
	same(t, "its statuses", []string{"active"}, valuesOf(police.Base().Statuses()))
	same(t, "its name", "The police", police.Base().Name())
	same(t, "its names", 3, len(police.Base().Names()))
	same(t, "its subtype", 0, len(police.Base().Subtype()))
	same(t, "its links", []graph.ID{l.ID()}, linkIDs(police.Base(), live.Both))
	attribution := graph.LinkKey{Kind: graph.AttributedTo, Source: "bombing", Target: "cid", Discriminator: "police"}
	if a, ok := v.Link(attribution.ID()); !ok || a.Attributor().Base().ID() != "police" {
		t.Errorf("the attribution is %+v", a)
	}
	g, _ := v.Entity("g")
	same(t, "the links of the retired", 3, len(linkIDs(g.Base(), live.Both)))
	same(t, "its claims", 3, len(entityOf(t, g).Claims))
	same(t, "its subtype", []string{"FACTION"}, valuesOf(g.Base().Subtype()))
	same(t, "its names", 0, len(g.Base().Names()))
	if to := retiredOf(t, v, "g").Successor(); to.Base().ID() != "police" {
		t.Errorf("its successor is %s", to.Base().ID())
	}
	hits, err := v.Search(live.SearchQuery{Text: "Gendarmerie"})
	if err != nil || len(hits.Edges) != 1 || hits.Edges[0].Node.Entity.Base().ID() != "police" {
		t.Errorf("the name finds %+v: %v", hits, err)
	}
	found, err := v.Match("query", live.MatchQuery{IDs: []string{"x:1"}}, 5)
	if err != nil || len(found) != 1 || found[0].Entity.Base().ID() != "police" {
		t.Errorf("the id finds %+v: %v", found, err)
	}
}

// TestChainOfSuccessors: successors are followed so many steps, and what leads back to its
// beginning leads nowhere.
func TestChainOfSuccessors(t *testing.T) {
	chain := func(n int) *live.View {
		f := base()
		b := graph.Batch{ID: "chain"}
		for i := range n + 1 {
			b.Entities = append(b.Entities, entity(graph.Group, fmt.Sprint("c", i)))
		}
		b.Claims = append(b.Claims, link("i", "MEMBER_OF", "c0"))
		for i := range n {
			b.Claims = append(b.Claims, retire(fmt.Sprint("c", i), fmt.Sprint("c", i+1)))
		}
		f.apply(b)
		return f.view(t, graph.Red, nil)
	}
	for n, want := range map[int]graph.ID{1: "c1", graph.MaxSuccessors: "c8", graph.MaxSuccessors + 1: ""} {
		v := chain(n)
		same(t, fmt.Sprint("the end of ", n), want, idOf(retiredOf(t, v, "c0").Successor()))
		links := 0
		for l := range v.Links() {
			links++
			same(t, "the group", want, l.TargetID())
		}
		same(t, fmt.Sprint("the links of a chain of ", n), want != "", links == 1)
	}
	f := base()
	f.add(link("i", "MEMBER_OF", "g"), retire("g", "h"))
	f.add(retire("h", "g")) // the store refuses it of who sees both
	v := f.view(t, graph.Red, nil)
	same(t, "the links", 0, len(linksOf(v)))
	for _, id := range []graph.ID{"g", "h"} {
		if to := retiredOf(t, v, id).Successor(); to != nil {
			t.Errorf("the successor of %s is %s", id, to.Base().ID())
		}
	}
	f = base()
	f.add(link("i", "MEMBER_OF", "g"), retire("g", "h"), retire("h", ""))
	v = f.view(t, graph.Red, nil)
	same(t, "what succeeds it and is retired", "h", idOf(retiredOf(t, v, "g").Successor()))
	g, _ := v.Entity("g")
	same(t, "its links", 1, len(linkIDs(g.Base(), live.Both)))
}

// TestTheLastRemarkHolds, until it is retracted.
func TestTheLastRemarkHolds(t *testing.T) {
	f := base()
	f.add(link("i", "MEMBER_OF", "g"))
	f.add(retire("g", "h"))
	last := f.add(retire("g", "k", from("b")))
	at := func(id graph.ID) {
		t.Helper()
		v := f.view(t, graph.Red, nil)
		links := slices.Collect(v.Links())
		if len(links) != 1 || links[0].TargetID() != id {
			t.Errorf("the member's group is not %s: %d links", id, len(links))
		}
	}
	at("k")
	f.add(retract(last))
	at("h")
	f.add(retract(retire("g", "h")))
	at("g")
	f.add(retire("g", "h"))
	at("h")
}

// TestRetiredBelow: what is stricter than a remark stays, and is all that there is of the
// entity.
func TestRetiredBelow(t *testing.T) {
	f := base()
	f.add(link("i", "MEMBER_OF", "g"), status("g", "open"), link("g", "CLAIMED", "bombing"))
	f.add(link("i", "MEMBER_OF", "g", from("b"), marked(graph.Amber)), status("g", "strict", marked(graph.Red)))
	f.apply(graph.Batch{Clearance: graph.Green, Claims: []graph.Claim{retire("g", "police")}})
	for clearance, want := range map[graph.Marking]struct {
		below       bool
		statuses    []string
		belongs     []graph.ID
		ofPolice    []string
		affirming   int
		independent int
	}{
		graph.Clear: {false, nil, []graph.ID{"police"}, []string{"open"}, 1, 1},
		graph.Green: {false, nil, []graph.ID{"police"}, []string{"open"}, 1, 1},
		graph.Amber: {true, nil, []graph.ID{"police", "g"}, []string{"open"}, 1, 1},
		graph.Red:   {true, []string{"strict"}, []graph.ID{"police", "g"}, []string{"open"}, 1, 1},
	} {
		v := f.view(t, clearance, nil)
		e, _ := v.Entity("g")
		g := e.Base()
		same(t, "below at "+string(clearance), want.below, g.RetiredBelow())
		same(t, "in lists at "+string(clearance), want.below, slices.Contains(entityIDs(v), "g"))
		same(t, "retired at "+string(clearance), want.below, g.Retired() == nil)
		same(t, "its statuses at "+string(clearance), want.statuses, valuesOf(g.Statuses()))
		var belongs []graph.ID
		for l := range v.Links() {
			belongs = append(belongs, l.TargetID())
			same(t, "who affirm", want.affirming, l.AffirmedCount())
		}
		same(t, "the links at "+string(clearance), want.belongs, belongs)
		police, _ := v.Entity("police")
		same(t, "the statuses of the other at "+string(clearance), want.ofPolice, valuesOf(police.Base().Statuses()))
		if want.below {
			same(t, "its name at "+string(clearance), "g", g.Name())
			i, _ := v.Entity("i")
			same(t, "the links of the member", 2, len(linkIDs(i.Base(), live.Both)))
			again := newFeed()
			again.apply(records(t, v, live.Selection{}))
			if _, ok := again.view(t, graph.Green, nil).Entity("g"); ok {
				t.Errorf("what is exported at %s shows it to those from whom it is hidden", clearance)
			}
		}
	}
	f.apply(graph.Batch{Clearance: graph.Red, Claims: []graph.Claim{retire("g", "", from("b"))}})
	for _, clearance := range graph.Markings {
		v := f.view(t, clearance, nil)
		if slices.Contains(entityIDs(v), "g") {
			t.Errorf("it stays at %s", clearance)
		}
	}
}

// TestMentionsBelow: an entity stays for those who see a stricter claim that names it beside
// its ends, or a stricter line.
func TestMentionsBelow(t *testing.T) {
	for what, stricter := range map[string]graph.Batch{
		"speaker": {Claims: []graph.Claim{status("h", "x", marked(graph.Amber), func(c *graph.Claim) { c.Speaker = "g" })}},
		"line":    {Entities: []graph.Entity{entity(graph.Group, "g", func(e *graph.Entity) { e.Marking = graph.Amber })}},
		"name": {Entities: []graph.Entity{entity(graph.Group, "g", func(e *graph.Entity) {
			e.Names = append(e.Names, graph.Name{Value: "From a strict source", Source: "s_red"})
		})}},
	} {
		f := base()
		f.apply(stricter)
		f.apply(graph.Batch{Clearance: graph.Green, Claims: []graph.Claim{retire("g", "police")}})
		for _, clearance := range []graph.Marking{graph.Green, graph.Red} {
			e, _ := f.view(t, clearance, nil).Entity("g")
			same(t, what+" at "+string(clearance), clearance == graph.Red, e.Base().RetiredBelow())
		}
	}
}

// ofRetired is a world in which the last commit retires.
var ofRetired = func() traits {
	tr := dense
	tr.markings, tr.remarked = false, false
	return tr
}()

// drawRemarks are claims that retire some entities of a world, each once.
func drawRemarks(t *rapid.T, w world) (out []graph.Claim) {
	entities := entitiesOf(w.changes)
	gone := rapid.SliceOfNDistinct(rapid.SampledFrom(entities), 1, 3, rapid.ID).Draw(t, "retired")
	for _, id := range gone {
		to := ""
		if rapid.IntRange(0, 3).Draw(t, "succeeded") > 0 {
			to = string(rapid.SampledFrom(entities).Draw(t, "successor"))
		}
		with := append(slices.Clone(out), retire(string(id), to))
		if !w.refuses(graph.Batch{Claims: with}) {
			out = with
		}
	}
	return out
}

// TestLawRetractRetirement: once the remark is retracted, all is as it was.
func TestLawRetractRetirement(t *testing.T) {
	raced.Alone(t)
	worlds := drawWorld(ofRetired)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		remarks := drawRemarks(t, w)
		if len(remarks) == 0 {
			t.Skip("nothing is retired")
		}
		lens := drawLens(t, w)
		lens = namingNothing(lens)
		lens.KnownAt, lens.KnownAtSequence = nil, nil
		ids := claimsOf(w.changes)
		want := dumpView(t, open(t, graphOf(w.changes), &lens), ids)
		w.apply(graph.Batch{ID: "remarks", Claims: remarks})
		b := graph.Batch{ID: "taken back"}
		for _, r := range remarks {
			b.Claims = append(b.Claims, retract(r))
		}
		w.apply(b)
		got := dumpView(t, open(t, graphOf(w.changes), &lens), ids)
		want.Sequence, want.Recorded, got.Sequence, got.Recorded = 0, begin, 0, begin
		for _, d := range []*dump{&want, &got} { // the remarks count themselves
			d.Claims, d.Counts[2] = nil, 0
			for i := range d.Sources {
				d.Sources[i].Claims = nil
			}
		}
		same(t, "the view", want, got)
	})
}

// TestLawKnownRetirement: the graph as of a commit is the graph as it stood after it, whatever
// was retired since.
func TestLawKnownRetirement(t *testing.T) {
	raced.Alone(t)
	tr := ofWriters
	tr.remarked = false // who may see a thing depends on its marking now
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		n := rapid.IntRange(0, len(w.changes)).Draw(t, "known at")
		then := open(t, graphFor(w.changes[:n], clearance), nil)
		lens := w.asSeen(graph.Lens{KnownAtSequence: ptr(graph.Sequence(n))}, clearance)
		v := open(t, graphFor(w.changes, clearance), &lens)
		entities, claims := entitiesOf(w.changes), claimsOf(w.changes)
		want, got := readAll(t, then, entities, claims), readAll(t, v, entities, claims)
		for _, list := range got.excluded() {
			*list = slices.DeleteFunc(*list, func(x graph.Exclusion) bool { return x.Reason == graph.NotYetRecorded })
		}
		if want, got := text(want), text(got); want != got {
			same(t, "what is read", strings.Split(want, "\n"), strings.Split(got, "\n"))
		}
	})
}

// TestLawExportedRetirement: what is exported and recorded elsewhere gives the same links and
// entities, with ids of their own for the claims that are read elsewhere.
func TestLawExportedRetirement(t *testing.T) {
	raced.Alone(t)
	tr := ofRetired
	tr.retractions, tr.derivation, tr.namesSources, tr.linesAlone = false, false, false, true
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		n := 0
		changes, _ := translate(w.changes, func(c graph.Claim) graph.Claim { // no two say the same
			n++
			c.Locator = fmt.Sprint("P", n)
			return c
		})
		w = world{newFeed()}
		for _, ch := range changes {
			w.apply(graph.Batch{ID: ch.Batch, Sources: ch.Sources, Entities: ch.Entities, Claims: ch.Claims})
		}
		remarks := drawRemarks(t, w)
		w.apply(graph.Batch{ID: "remarks", Claims: remarks})
		v := open(t, graphOf(w.changes), nil)
		again := newFeed()
		again.apply(records(t, v, live.Selection{}))
		plain := func(v *live.View) (links []dumpLink, entities []dumpEntity) {
			d := dumpView(t, v, nil).unordered()
			for i := range d.Links {
				d.Links[i].Claims, d.Links[i].ContradictedBy = nil, nil
				for j := range d.Links[i].Held {
					d.Links[i].Held[j].Claims = nil
				}
			}
			for i := range d.Entities {
				e := &d.Entities[i]
				e.Claims, e.Names, e.SameBy = nil, nil, nil
				if len(e.Same) > 1 { // of their primary names the one of the later commit is shown
					e.Name = ""
					delete(e.Fields, "description")
				}
				e.eachAttribute(func(a *dumpAttribute) { a.Claims = nil })
				e.Claimed.Claims = nil
				for j := range e.Casualties {
					e.Casualties[j].Claims = nil
				}
			}
			return d.Links, d.Entities
		}
		wantLinks, wantEntities := plain(v)
		gotLinks, gotEntities := plain(open(t, graphOf(again.changes), nil))
		same(t, "the links", wantLinks, gotLinks)
		same(t, "the entities", wantEntities, gotEntities)
	})
}

// TestLawSuccessor: what fits the successor counts as if it had been recorded of that; what
// does not, as if it had not been recorded.
func TestLawSuccessor(t *testing.T) {
	raced.Alone(t)
	tr := ofRetired
	tr.retractions, tr.linesAlone = false, true
	worlds := drawWorld(tr)
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		n := 0
		changes, _ := translate(w.changes, func(c graph.Claim) graph.Claim { // no two say the same
			n++
			c.Locator = fmt.Sprint("P", n)
			return c
		})
		w = world{newFeed()}
		things := graph.Batch{ID: "things"} // a successor may be recorded last
		for _, ch := range changes {
			things.Sources, things.Entities = append(things.Sources, ch.Sources...), append(things.Entities, ch.Entities...)
		}
		w.apply(things)
		for _, ch := range changes {
			w.apply(graph.Batch{ID: ch.Batch, Claims: ch.Claims})
		}
		remarks := drawRemarks(t, w)
		expected, ids, changed := succeeded(w.changes, remarks)
		moved += changed
		w.apply(graph.Batch{ID: "remarks", Claims: remarks})
		lens := drawLens(t, w)
		lens = namingNothing(lens)
		lens.KnownAt, lens.KnownAtSequence = nil, nil
		want, got := dumpView(t, open(t, graphOf(expected), &lens), nil), dumpView(t, open(t, graphOf(w.changes), &lens), nil)
		gone := map[graph.ID]bool{}
		for _, r := range remarks {
			gone[r.Subject] = true
		}
		want.Entities = slices.DeleteFunc(want.Entities, func(e dumpEntity) bool { return gone[e.ID] })
		for _, d := range []*dump{&want, &got} {
			for i := range d.Entities { // lines are not moved in what is expected
				e := &d.Entities[i]
				e.Name, e.NameOutside, e.Names = "", false, nil
				delete(e.Fields, "description")
				delete(e.Fields, "external")
			}
		}
		same(t, "links", ids.Replace(text(got.Links)), ids.Replace(text(want.Links)))
		same(t, "entities", ids.Replace(text(got.Entities)), ids.Replace(text(want.Entities)))
		same(t, "the count of links", want.Counts[1], got.Counts[1])
	})
	if moved == 0 {
		t.Error("nothing was read elsewhere: the test says nothing")
	}
}

// succeeded is what is recorded of entities that are retired recorded of their successors
// instead, where it fits. ids gives the old ids of claims the new ones.
func succeeded(changes []graph.Change, remarks []graph.Claim) (out []graph.Change, ids *strings.Replacer, moved int) {
	to, kinds := map[graph.ID]graph.ID{}, map[graph.ID]graph.EntityKind{}
	for _, r := range remarks {
		to[r.Subject] = r.Object
	}
	for _, ch := range changes {
		for _, e := range ch.Entities {
			kinds[e.ID] = e.Kind
		}
	}
	read := func(id graph.ID) graph.ID {
		at := id
		for range graph.MaxSuccessors + 1 {
			next, retired := to[at]
			if !retired {
				return at
			}
			at = next
		}
		return ""
	}
	drop := map[graph.ID]bool{}
	out, ids = translate(changes, func(c graph.Claim) graph.Claim {
		subject, object := read(c.Subject), read(c.Object)
		if subject == c.Subject && object == c.Object {
			c.Speaker, c.Attributor = orSelf(read, c.Speaker), orSelf(read, c.Attributor)
			return c
		}
		spec, was := c.Predicate.Spec(), c
		c.Subject, c.Object, c.Speaker, c.Attributor = subject, object, orSelf(read, c.Speaker), orSelf(read, c.Attributor)
		from, into := kinds[subject], kinds[object]
		fits := subject != "" && c.Predicate != graph.SameAs && slices.Contains(spec.From, from)
		if spec.IsLink() {
			fits = subject != "" && object != "" && subject != object && c.Predicate != graph.SameAs && (!spec.SameKind || from == into) &&
				(spec.Joins(from, into) || spec.Symmetric && spec.Joins(into, from))
		}
		if !fits {
			drop[was.Normalised().ID] = true
			return was
		}
		moved++
		return c
	})
	for i := range out {
		out[i].Claims = slices.DeleteFunc(out[i].Claims, func(c graph.Claim) bool { return drop[c.ID] })
	}
	return out, ids, moved
}

func orSelf(read func(graph.ID) graph.ID, id graph.ID) graph.ID {
	if to := read(id); to != "" {
		return to
	}
	return id
}
