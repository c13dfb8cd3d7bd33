package live_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// TestLawClearance: of a log that was written before records had stamps, what a reader of a
// clearance gets is what a reader without limits gets from a store out of which everything
// above it was deleted, to the byte.
func TestLawClearance(t *testing.T) {
	raced.Alone(t)
	for name, tr := range map[string]traits{"wide": anything, "dense": dense} {
		worlds := drawOlder(tr)
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			w := worlds.Draw(t, "world")
			clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
			lens := w.asSeen(drawLens(t, w), clearance)
			v, err := graphFor(w.changes, clearance).Reader().View(&lens)
			bare, bareErr := graphOf(cleared(w.changes, clearance)).Reader().View(&lens)
			if err != nil || bareErr != nil {
				same(t, "the error", text(err), text(bareErr))
				return
			}
			entities, claims := entitiesOf(w.changes), claimsOf(w.changes)
			want, got := text(readAll(t, bare, entities, claims)), text(readAll(t, v, entities, claims))
			if want != got {
				same(t, "what is read", strings.Split(want, "\n"), strings.Split(got, "\n"))
			}
			second := w.asSeen(drawLens(t, w), clearance)
			bareSecond, bareErr := bare.WithSameEntities(&second)
			seen, err := v.WithSameEntities(&second)
			if err != nil || bareErr != nil {
				same(t, "the error of the second", text(err), text(bareErr))
				return
			}
			want, got = text(readAll(t, bareSecond, entities, claims)), text(readAll(t, seen, entities, claims))
			if want != got {
				same(t, "what is read of the second", strings.Split(want, "\n"), strings.Split(got, "\n"))
			}
		}))
	}
}

// TestLawKnownAt: the graph as of a commit is the graph as it stood after it.
func TestLawKnownAt(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.remarked = false // who may see a thing depends on its marking now
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		n := rapid.IntRange(0, len(w.changes)).Draw(t, "known at")
		lens := drawLens(t, w)
		lens.KnownAt, lens.KnownAtSequence = nil, nil
		then, thenErr := graphFor(w.changes[:n], clearance).Reader().View(&lens)
		lens.KnownAtSequence = ptr(graph.Sequence(n))
		lens = w.asSeen(lens, clearance)
		v, err := graphFor(w.changes, clearance).Reader().View(&lens)
		if err != nil || thenErr != nil {
			same(t, "the error", text(thenErr), text(err))
			return
		}
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

// TestLawTighterLens: with a condition on top, no claim and no link comes in.
func TestLawTighterLens(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.identity = false // which links there are depends on what is the same
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		loose := graph.Lens{
			IncludeDisputed: ptr(true), IncludeDenied: ptr(true), IncludeAssessments: ptr(true),
			IncludeUnjudged: ptr(true),
		}
		tight := loose
		with := drawLens(t, w)
		tight.MinCredibility, tight.MinReliability, tight.Hedges, tight.PublishedBy =
			with.MinCredibility, with.MinReliability, with.Hedges, with.PublishedBy
		tight.AsOf, tight.AsOfMode, tight.IncludeAssessments, tight.IncludeUnjudged, tight.IncludeInferred =
			with.AsOf, with.AsOfMode, with.IncludeAssessments, with.IncludeUnjudged, with.IncludeInferred
		g := graphOf(w.changes)
		wide, narrow := open(t, g, &loose), open(t, g, &tight)
		for c := range narrow.Claims() {
			if k, ok := wide.Claim(c.ID()); !ok || !k.Counts() {
				t.Fatalf("%s counts under the tighter lens alone", c.ID())
			}
		}
		for l := range narrow.Links() {
			if _, ok := wide.Link(l.ID()); !ok {
				t.Fatalf("%s %s is shown under the tighter lens alone", l.Kind(), l.ID())
			}
		}
	})
}

// TestLawOrderOfClaims: in which order a batch gives its claims changes nothing but
// the order of lists and which of two claims that say the same speaks for both.
func TestLawOrderOfClaims(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.identity = false // of two judgements that are alike the earlier joins
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		shuffled := slices.Clone(w.changes)
		for i := range shuffled {
			shuffled[i].Claims = shuffle(t, shuffled[i].Claims)
		}
		lens := drawLens(t, w)
		lens = namingNothing(lens)
		ids := claimsOf(w.changes)
		want := dumpView(t, open(t, graphOf(w.changes), &lens), ids).unordered()
		got := dumpView(t, open(t, graphOf(shuffled), &lens), ids).unordered()
		same(t, "the view", want, got)
	})
}

// shuffle puts the claims of a batch in another order, but those that retract or
// are retracted in it, and names: there, the later counts, or the earlier.
func shuffle(t *rapid.T, claims []graph.Claim) []graph.Claim {
	out := slices.Clone(claims)
	var places []int
	for i, c := range claims {
		fixed := c.Predicate.Spec().Naming || slices.ContainsFunc(claims, func(o graph.Claim) bool {
			return o.Predicate == graph.Retracts && (o.ID == c.ID || o.Subject == c.ID)
		})
		if !fixed {
			places = append(places, i)
		}
	}
	if len(places) < 2 {
		return out
	}
	for i, to := range rapid.Permutation(places).Draw(t, "order") {
		out[to] = claims[places[i]]
	}
	return out
}

// TestLawImportTwice: a log that is imported again changes nothing.
func TestLawImportTwice(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.once = true
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		again := newFeed()
		for round := range 2 {
			for _, b := range w.given {
				again.apply(graph.Batch{
					ID: text(round) + b.ID, Sources: b.Sources, Entities: b.Entities, Claims: b.Claims,
				})
			}
		}
		ids := claimsOf(w.changes)
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		want := dumpView(t, open(t, graphFor(w.changes, clearance), nil), ids)
		got := dumpView(t, open(t, graphFor(again.changes, clearance), nil), ids)
		want.Sequence, want.Recorded, got.Sequence, got.Recorded = 0, begin, 0, begin
		same(t, "the view", want, got)
	})
}

// TestLawRetractAndAssert: a claim that was retracted and asserted again is one
// that was first asserted then.
func TestLawRetractAndAssert(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.retractions = false
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		ids := claimsOf(w.changes)
		named := map[graph.ID]bool{} // what a line may say as well
		for _, ch := range w.changes {
			for _, k := range ch.Claims {
				named[k.ID] = k.Predicate == graph.NameOf
			}
		}
		plain := slices.DeleteFunc(slices.Clone(ids), func(id graph.ID) bool { return named[id] })
		if len(plain) == 0 {
			t.Skip("nothing is claimed")
		}
		id := rapid.SampledFrom(plain).Draw(t, "claim")
		var c graph.Claim
		late := newFeed()
		for i, given := range w.given {
			b := graph.Batch{ID: given.ID, Sources: given.Sources, Entities: given.Entities, Actor: "x"}
			for _, k := range given.Claims {
				if k.ID == id {
					c = k
				} else {
					b.Claims = append(b.Claims, k)
				}
			}
			if late.apply(b) != w.changes[i].Sequence {
				t.Skip("the commit holds nothing else")
			}
		}
		w.add(retract(c))
		w.add(c)
		late.apply(graph.Batch{ID: "between", Sources: []graph.Source{source("between")}})
		late.add(c)
		late.older()
		w.older()
		lens := drawLens(t, world{late})
		lens = namingNothing(lens)
		lens.KnownAt, lens.KnownAtSequence = nil, nil
		want := dumpView(t, open(t, graphOf(late.changes), &lens), ids).unordered()
		got := dumpView(t, open(t, graphOf(w.changes), &lens), ids).unordered()
		r := retract(c)
		got.Claims = slices.DeleteFunc(got.Claims, func(k dumpClaim) bool {
			return strings.Contains(k.Claim, string(r.ID))
		})
		for i := range got.Sources {
			got.Sources[i].Claims = slices.DeleteFunc(got.Sources[i].Claims, func(id graph.ID) bool {
				return id == r.ID
			})
		}
		want.Sources = slices.DeleteFunc(want.Sources, func(s dumpSource) bool {
			return strings.Contains(s.Source, "s_between")
		})
		want.Counts, got.Counts = [4]int{}, [4]int{}
		same(t, "the view", want, got)
	})
}

// TestLawWithoutSources: a source that is left out might as well not be there, nor
// what relies on it.
func TestLawWithoutSources(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.retractions, tr.namesSources, tr.derivation = false, false, false
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		x := rapid.SampledFrom([]graph.ID{"s_a", "s_b", "s_c"}).Draw(t, "source")
		without := slices.Clone(w.changes)
		for i := range without {
			without[i].Sources = slices.DeleteFunc(slices.Clone(without[i].Sources), func(s graph.Source) bool {
				return s.ID == x
			})
			without[i].Claims = slices.DeleteFunc(slices.Clone(without[i].Claims), func(c graph.Claim) bool {
				return c.Source == x || c.Origin == x
			})
		}
		lens := drawLens(t, w)
		lens = namingNothing(lens)
		want := dumpView(t, open(t, graphOf(without), &lens), nil)
		if _, ok := open(t, graphOf(w.changes), &lens).Source(x); !ok {
			t.Skip("it had not been recorded")
		}
		lens.WithoutSources = []graph.ID{x}
		got := dumpView(t, open(t, graphOf(w.changes), &lens), nil)
		got.Sources = slices.DeleteFunc(got.Sources, func(s dumpSource) bool {
			return strings.Contains(s.Source, `"id":"`+string(x)+`"`)
		})
		got.Counts[3]--
		same(t, "the view", want.unordered(), got.unordered())
	})
}

// TestLawSymmetricEnds: which end of a symmetric kind a claim names first changes
// nothing but the claim.
func TestLawSymmetricEnds(t *testing.T) {
	raced.Alone(t)
	worlds := drawWorld(dense)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		swapped, ids := translate(w.changes, func(c graph.Claim) graph.Claim {
			if c.Predicate.Spec().Symmetric && c.Predicate.Spec().IsLink() {
				c.Subject, c.Object = c.Object, c.Subject
				c.Degree = turned(c.Degree)
			}
			return c
		})
		lens := drawLens(t, w)
		clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
		v, err := graphFor(w.changes, clearance).Reader().View(&lens)
		if err != nil {
			t.Skip("a source that is not there is named")
		}
		want := dumpView(t, v, nil)
		got := dumpView(t, open(t, graphFor(swapped, clearance), &lens), nil)
		for _, d := range []*dump{&want, &got} {
			for i := range d.Claims { // the claims themselves differ, and their ids
				d.Claims[i].Claim, d.Claims[i].Subject, d.Claims[i].Object = "", "", ""
			}
		}
		if want, got := ids.Replace(text(want)), text(got); want != got {
			same(t, "the view", strings.Split(want, "\n"), strings.Split(got, "\n"))
		}
	})
}

// TestLawRelabelling: other ids for the same things give the same answer, with
// other ids.
func TestLawRelabelling(t *testing.T) {
	raced.Alone(t)
	tr := dense
	tr.identity = false // what stands for a cluster depends on ids
	worlds := drawWorld(tr)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		to := map[graph.ID]graph.ID{}
		entities := entitiesOf(w.changes)
		for i, id := range rapid.Permutation(entities).Draw(t, "labels") {
			to[entities[i]] = "x-" + id
		}
		relabel := func(id graph.ID) graph.ID { return cmp.Or(to[id], id) }
		labelled, ids := translate(w.changes, func(c graph.Claim) graph.Claim {
			c.Subject, c.Object, c.Speaker, c.Attributor =
				relabel(c.Subject), relabel(c.Object), relabel(c.Speaker), relabel(c.Attributor)
			return c
		})
		for i := range labelled {
			labelled[i].Entities = slices.Clone(labelled[i].Entities)
			for j := range labelled[i].Entities {
				labelled[i].Entities[j].ID = relabel(labelled[i].Entities[j].ID)
			}
		}
		lens := drawLens(t, w)
		v, err := graphOf(w.changes).Reader().View(&lens)
		if err != nil {
			t.Skip("a source that is not there is named")
		}
		want := dumpView(t, v, nil).withoutTies()
		for _, ids := range []*[]graph.ID{&lens.Speakers, &lens.Attributors} {
			*ids = slices.Clone(*ids)
			for i, id := range *ids {
				(*ids)[i] = relabel(id)
			}
		}
		got := dumpView(t, open(t, graphOf(labelled), &lens), nil).withoutTies()
		want.relabel(relabel, func(id graph.ID) graph.ID { return graph.ID(ids.Replace(string(id))) })
		got.relabel(func(id graph.ID) graph.ID { return id }, func(id graph.ID) graph.ID { return id })
		same(t, "the view", want, got)
	})
}

// translate changes every claim of a feed, and what refers to it, and gives the new
// ids for the old.
func translate(changes []graph.Change, change func(graph.Claim) graph.Claim) ([]graph.Change, *strings.Replacer) {
	to := map[graph.ID]graph.ID{}
	var pairs []string
	out := slices.Clone(changes)
	for i := range out {
		out[i].Claims = slices.Clone(out[i].Claims)
		for j := range out[i].Claims {
			c := &out[i].Claims[j]
			before := c.ID
			c.Subject, c.Object = cmp.Or(to[c.Subject], c.Subject), cmp.Or(to[c.Object], c.Object)
			*c = change(*c).Normalised()
			to[before] = c.ID
			pairs = append(pairs, string(before), string(c.ID))
		}
	}
	return out, strings.NewReplacer(pairs...)
}
