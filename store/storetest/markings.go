package storetest

import (
	"errors"
	"testing"

	"github.com/rabta/rabta/graph"
)

var markingCases = []testCase{
	{"what names what is marked is sealed with its marking", stampOfNamed},
	{"declaring something again does not lower it", declaredAgain},
	{"a stricter mention leaves the open record as it is", strictMention},
	{"a batch can be marked", markedBatch},
	{"a commit has a number for each marking", numbersOfMarkings},
	{"what a writer may not see is unknown to it, in the same words", hiddenIsUnknown},
	{"a writer marks nothing above what it may see", aboveClearance},
	{"what is hidden is recorded as anything new", hiddenRecordedAnew},
	{"what is taken back below stands above", takenBackBelow},
	{"an id that is hidden can be that of another kind", otherKind},
	{"an id of a batch is that of writers of one clearance", batchIDOfClearance},
	{"a replay names the writer's number", replayOfWriter},
}

// as is a batch of a writer of a clearance.
func as(clearance graph.Marking, b graph.Batch) graph.Batch {
	b.Clearance = clearance
	return b
}

func marked(e graph.Entity, m graph.Marking) graph.Entity {
	e.Marking = m
	return e
}

// hidden is a store that holds the base batch and, written by one who sees all, the RED
// source s_red, the RED group red, and i1's membership of it.
func hidden(t *testing.T, o Opener) graph.Store {
	t.Helper()
	s := opened(t, o)
	red := source("red")
	red.Marking = graph.Red
	apply(t, s, graph.Batch{
		ID: "hidden", Sources: []graph.Source{red}, Entities: []graph.Entity{marked(entity(graph.Group, "red"), graph.Red)},
		Claims: []graph.Claim{member("i1", "red")},
	})
	return s
}

// last is the last change of the feed.
func last(t *testing.T, s graph.Store) graph.Change {
	t.Helper()
	all := changes(t, s, 0)
	return all[len(all)-1]
}

func wantSeal(t *testing.T, what string, want graph.Marking, got graph.Seal) {
	t.Helper()
	same(t, "the seal of "+what, sealed(want), got)
}

func stampOfNamed(t *testing.T, o Opener) {
	s := hidden(t, o)
	link := member("i1", "red")
	wantSeal(t, "a claim that names a marked entity", graph.Red, last(t, s).Claims[0].Seal)
	of := status("g0", "seen")
	of.Source = "s_red"
	derived := source("derived")
	derived.DerivedFrom = []graph.ID{"s_red"}
	apply(t, s, graph.Batch{Sources: []graph.Source{derived}, Claims: []graph.Claim{of, retraction(link, "a"), status("g0", "open")}})
	got := last(t, s)
	wantSeal(t, "a source that relies on a marked one", graph.Red, got.Sources[0].Seal)
	wantSeal(t, "a claim of a marked source", graph.Red, got.Claims[0].Seal)
	wantSeal(t, "the retraction of a claim about what is marked", graph.Red, got.Claims[1].Seal)
	wantSeal(t, "a claim that names nothing that is marked", graph.Clear, got.Claims[2].Seal)
}

func declaredAgain(t *testing.T, o Opener) {
	s := hidden(t, o)
	e := marked(entity(graph.Group, "red"), graph.Clear)
	e.Description = "Described."
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	wantSeal(t, "a marked entity, declared again", graph.Red, last(t, s).Entities[0].Seal)
}

func strictMention(t *testing.T, o Opener) {
	s := opened(t, o)
	amber := marked(entity(graph.Group, "g0"), graph.Amber)
	apply(t, s, graph.Batch{Entities: []graph.Entity{amber}, Claims: []graph.Claim{member("i1", "g0")}})
	got := last(t, s)
	wantSeal(t, "the mention", graph.Amber, got.Entities[0].Seal)
	wantSeal(t, "what its batch says of it", graph.Amber, got.Claims[0].Seal)
	apply(t, s, as(graph.Clear, claims(member("i2", "g0"))))
	wantSeal(t, "what others say of it", graph.Clear, last(t, s).Claims[0].Seal)
	apply(t, s, claims(status("g0", "active")))
	wantSeal(t, "what is said of it later", graph.Clear, last(t, s).Claims[0].Seal)
}

func markedBatch(t *testing.T, o Opener) {
	s := opened(t, o)
	b := claims(status("g0", "active"))
	b.Sources, b.Entities, b.Marking = []graph.Source{source("c")}, []graph.Entity{entity(graph.Group, "g9")}, graph.Amber
	apply(t, s, b)
	got := last(t, s)
	wantSeal(t, "a source", graph.Amber, got.Sources[0].Seal)
	wantSeal(t, "an entity", graph.Amber, got.Entities[0].Seal)
	wantSeal(t, "a claim", graph.Amber, got.Claims[0].Seal)
}

func numbersOfMarkings(t *testing.T, o Opener) {
	s := opened(t, o)
	want := graph.Numbers{1, 1, 1, 1, 1}
	for i, m := range []graph.Marking{graph.Red, graph.Amber, graph.Clear, graph.AmberStrict, graph.Green} {
		b := numbered("n", i)
		b.Claims[0].Marking = m
		c := apply(t, s, b)
		for j := m.Level(); int(j) < len(want); j++ {
			want[j]++
		}
		same(t, "the numbers", want, c.Numbers)
		same(t, "the numbers in the feed", want, last(t, s).Numbers)
	}
	same(t, "the head", graph.Sequence(6), head(t, s))
}

// hiddenIsUnknown tries each way to name something, with an id that is hidden and with one
// that nobody knows.
func hiddenIsUnknown(t *testing.T, o Opener) {
	s := hidden(t, o)
	link := member("i1", "red")
	secret := link.Normalised().ID
	nothing := status("g0", "said by nobody").Normalised().ID
	for name, f := range map[string]func(entity, source, claim graph.ID) graph.Batch{
		"an object": func(e, _, _ graph.ID) graph.Batch { return claims(member("i0", string(e))) },
		"a source": func(_, id, _ graph.ID) graph.Batch {
			c := status("g0", "active")
			c.Source = id
			return claims(c)
		},
		"what a source relies on": func(_, id, _ graph.ID) graph.Batch {
			r := source("new")
			r.DerivedFrom = []graph.ID{id}
			return graph.Batch{Sources: []graph.Source{r}}
		},
		"the source of a name": func(_, id, _ graph.ID) graph.Batch {
			e := entity(graph.Group, "new")
			e.Names[0].Source = id
			return graph.Batch{Entities: []graph.Entity{e}}
		},
		"a withdrawn source": func(_, id, _ graph.ID) graph.Batch {
			return claims(graph.Claim{Subject: id, Predicate: graph.Withdraws, Source: "s_a", Hedge: graph.Stated})
		},
		"a retracted claim": func(_, _, id graph.ID) graph.Batch {
			return claims(graph.Claim{Subject: id, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated})
		},
	} {
		said := map[string]string{}
		for which, b := range map[string]graph.Batch{"hidden": f("red", "s_red", secret), "unknown": f("nil", "s_nil", nothing)} {
			_, err := s.Apply(t.Context(), as(graph.Clear, b))
			var invalid *graph.InvalidError
			if !errors.As(err, &invalid) || len(invalid.Problems) != 1 {
				t.Errorf("%s that is %s: %v", name, which, err)
				continue
			}
			p := invalid.Problems[0]
			said[which] = p.Code + " " + p.Path + " " + p.Remedy
		}
		if said["hidden"] != said["unknown"] {
			t.Errorf("%s: %q", name, said)
		}
	}
}

func aboveClearance(t *testing.T, o Opener) {
	s := opened(t, o)
	b := claims(status("g0", "active"))
	b.Claims[0].Marking = graph.Red
	refused(t, s, as(graph.Amber, b), "ABOVE_CLEARANCE", "claims[0].marking")
	e := graph.Batch{Entities: []graph.Entity{marked(entity(graph.Group, "g9"), graph.Green)}}
	refused(t, s, as(graph.Clear, e), "ABOVE_CLEARANCE", "entities[0].marking")
	b = claims(status("g0", "active"))
	b.Marking = graph.Amber
	refused(t, s, as(graph.Green, b), "ABOVE_CLEARANCE", "marking")
}

// hiddenRecordedAnew: the answer is that of a store without what is hidden, so that a guess
// confirms nothing.
func hiddenRecordedAnew(t *testing.T, o Opener) {
	s := hidden(t, o)
	b := as(graph.Clear, graph.Batch{
		Sources: []graph.Source{source("red")}, Entities: []graph.Entity{entity(graph.Group, "red")}, Claims: []graph.Claim{member("i1", "red")},
	})
	c := apply(t, s, b)
	same(t, "the commit", graph.Commit{
		Sequence: 2, Numbers: graph.Numbers{2, 2, 2, 2, 3}, RecordedAt: c.RecordedAt, Sources: 1, Entities: 1, Claims: 1,
	}, c)
	got := last(t, s)
	wantSeal(t, "the source", graph.Clear, got.Sources[0].Seal)
	wantSeal(t, "the entity", graph.Clear, got.Entities[0].Seal)
	wantSeal(t, "the claim", graph.Clear, got.Claims[0].Seal)
	replayed(t, s, b, c)
	apply(t, s, claims(status("red", "active")))
	wantSeal(t, "what those say of it who saw it first", graph.Red, last(t, s).Claims[0].Seal)
}

func takenBackBelow(t *testing.T, o Opener) {
	s := hidden(t, o)
	link := member("i1", "red")
	apply(t, s, as(graph.Clear, graph.Batch{Entities: []graph.Entity{entity(graph.Group, "red")}, Claims: []graph.Claim{link}}))
	back := as(graph.Clear, claims(retraction(link, "a")))
	c := apply(t, s, back)
	replayed(t, s, back, c)
	replayed(t, s, as(graph.Red, claims(link)), graph.Commit{
		Sequence: 4, Numbers: graph.Numbers{3, 3, 3, 3, 4}, RecordedAt: c.RecordedAt,
	})
	above := apply(t, s, claims(retraction(link, "a")))
	wantSeal(t, "the retraction by one who sees it", graph.Red, last(t, s).Claims[0].Seal)
	if above.Replayed {
		t.Error("the claim that stands above was taken for one that is retracted")
	}
}

func otherKind(t *testing.T, o Opener) {
	s := hidden(t, o)
	place := graph.Batch{Entities: []graph.Entity{entity(graph.Place, "red")}}
	refused(t, s, place, "KIND_CONFLICT", "entities[0].kind")
	apply(t, s, as(graph.Clear, place))
	based := graph.Claim{Subject: "g0", Predicate: "BASED_IN", Object: "red", Source: "s_a", Hedge: graph.Stated}
	apply(t, s, as(graph.Clear, claims(based)))
	refused(t, s, claims(graph.Claim{Subject: "g1", Predicate: "BASED_IN", Object: "red", Source: "s_a", Hedge: graph.Stated}),
		"KIND_MISMATCH", "claims[0].object")
}

func batchIDOfClearance(t *testing.T, o Opener) {
	s := opened(t, o)
	red := numbered("n", 1)
	red.Claims[0].Marking = graph.Red
	apply(t, s, red)
	other := numbered("other", 1)
	other.ID = red.ID
	c := apply(t, s, as(graph.Clear, other))
	if c.Sequence != 2 || c.Replayed {
		t.Errorf("the outcome is %+v", c)
	}
	replayed(t, s, as(graph.Clear, other), c)
	again := numbered("another", 1)
	again.ID = red.ID
	conflicting(t, s, as(graph.Clear, again), other, 2)
}

func replayOfWriter(t *testing.T, o Opener) {
	s := hidden(t, o)
	got := apply(t, s, as(graph.Green, claims(member("i0", "g0"))))
	same(t, "the outcome", graph.Commit{
		Sequence: 1, Numbers: graph.Numbers{1, 1, 1, 1, 2}, RecordedAt: got.RecordedAt, Replayed: true,
	}, got)
}
