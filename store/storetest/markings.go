package storetest

import (
	"errors"
	"strings"
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
	{"raising raises what names it, and what names that", raising},
	{"raising what is hidden from its writer is as if nobody knew it", raisingHidden},
	{"lowering lowers one record", lowering},
	{"what names something strict is not lowered first", loweringClaim},
	{"nor is what names something that is open only later", loweringBefore},
	{"a marking goes up and down as often as it is asked", upAndDown},
	{"a retraction stays one, however its claim is marked", markedRetraction},
	{"what is recorded after a mark has the marking of what it names", afterMark},
	{"so has what is recorded with it, before and behind", withMark},
	{"who writes is told what ends below the clearance, if asked for", endsBelow},
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

// remark is a claim that marks something.
func remark(subject graph.ID, m graph.Marking) graph.Claim {
	return graph.Claim{
		Subject: subject, Predicate: graph.Marks, Source: "s_a", Hedge: graph.Stated,
		Value: &graph.Value{Marking: m, Text: "a reason"},
	}
}

// inForce are the markings in force of all records of a store, by id in the order of the log.
func inForce(t *testing.T, s graph.Store) map[graph.ID][]graph.Marking {
	t.Helper()
	out := map[graph.ID][]graph.Marking{}
	for _, c := range changes(t, s, 0) {
		for _, r := range c.Sources {
			out[r.ID] = append(out[r.ID], r.InForce)
		}
		for _, r := range c.Entities {
			out[r.ID] = append(out[r.ID], r.InForce)
		}
		for _, r := range c.Claims {
			out[r.ID] = append(out[r.ID], r.InForce)
		}
	}
	return out
}

func raising(t *testing.T, o Opener) {
	s := opened(t, o)
	link := member("i0", "g0")
	back := retraction(link, "b")
	against := graph.Claim{Subject: link.Normalised().ID, Predicate: graph.Contradicts, Object: back.Normalised().ID, Source: "s_b", Hedge: graph.Stated}
	apply(t, s, claims(back, status("g1", "open")))
	apply(t, s, claims(against))
	c := apply(t, s, claims(remark("g0", graph.Amber)))
	same(t, "the numbers", graph.Numbers{4, 4, 4, 4, 4}, c.Numbers)
	got := inForce(t, s)
	for id, want := range map[graph.ID]graph.Marking{
		"g0": graph.Amber, link.Normalised().ID: graph.Amber, back.Normalised().ID: graph.Amber,
		against.Normalised().ID: graph.Amber, "i0": graph.Clear, "s_a": graph.Clear, status("g1", "open").Normalised().ID: graph.Clear,
	} {
		same(t, "what is in force of "+string(id), []graph.Marking{want}, got[id])
	}
	last := last(t, s)
	wantSeal(t, "the remark", graph.Amber, last.Claims[0].Seal)
	same(t, "what it says", graph.Value{Marking: graph.Amber, Stamp: graph.Clear, Text: "a reason"}, *last.Claims[0].Value)
	first := changes(t, s, 0)[0]
	same(t, "the stamp of what was raised", graph.Seal{Stamp: graph.Clear, InForce: graph.Amber}, first.Entities[0].Seal)
	other := o.Open(t)
	same(t, "what another handle reads", got, inForce(t, other))
	refused(t, other, as(graph.Clear, claims(member("i1", "g0"))), "DANGLING_REFERENCE", "claims[0].object")
	replayed(t, other, claims(remark("g0", graph.Amber)), c)
}

func raisingHidden(t *testing.T, o Opener) {
	s := hidden(t, o)
	refused(t, s, as(graph.Clear, claims(remark("red", graph.Clear))), "DANGLING_REFERENCE", "claims[0].subject")
	refused(t, s, as(graph.Clear, claims(remark("g0", graph.Green))), "ABOVE_CLEARANCE", "claims[0].value.marking")
	refused(t, s, as(graph.Clear, claims(remark("s_red", graph.Clear))), "DANGLING_REFERENCE", "claims[0].subject")
	refused(t, s, claims(remark("nobody", graph.Red)), "DANGLING_REFERENCE", "claims[0].subject")
	b := claims(remark("g9", graph.Red))
	b.Entities = []graph.Entity{entity(graph.Group, "g9")}
	refused(t, s, b, "NOT_YET_RECORDED", "claims[0].subject")
}

func lowering(t *testing.T, o Opener) {
	s := hidden(t, o)
	c := apply(t, s, claims(remark("red", graph.Green)))
	same(t, "the numbers", graph.Numbers{1, 2, 2, 2, 3}, c.Numbers)
	got := inForce(t, s)
	same(t, "the entity", []graph.Marking{graph.Green}, got["red"])
	link := member("i1", "red")
	same(t, "what names it", []graph.Marking{graph.Red}, got[link.Normalised().ID])
	apply(t, s, as(graph.Green, claims(status("red", "active"))))
	refused(t, s, as(graph.Clear, claims(status("red", "active"))), "DANGLING_REFERENCE", "claims[0].subject")
}

func loweringClaim(t *testing.T, o Opener) {
	s := hidden(t, o)
	link := member("i1", "red").Normalised().ID
	err := refused(t, s, claims(remark(link, graph.Clear)), "NAMES_STRICTER", "claims[0].value.marking")
	if !strings.Contains(err.Problems[0].Message, ": red") {
		t.Errorf("what is to be lowered first is not named: %s", err.Problems[0].Message)
	}
	apply(t, s, claims(remark("red", graph.Clear)))
	apply(t, s, claims(remark(link, graph.Clear)))
	same(t, "the claim", []graph.Marking{graph.Clear}, inForce(t, s)[link])
}

func upAndDown(t *testing.T, o Opener) {
	s := opened(t, o)
	for i, m := range []graph.Marking{graph.Red, graph.Clear, graph.Red, graph.Amber, graph.Red} {
		if c := apply(t, s, claims(remark("g1", m))); c.Replayed || int(c.Sequence) != i+2 {
			t.Fatalf("marked %s: %+v", m, c)
		}
		same(t, "what is in force", []graph.Marking{m}, inForce(t, s)["g1"])
	}
	same(t, "the numbers", graph.Numbers{4, 4, 6, 6, 6}, last(t, s).Numbers)
}

func markedRetraction(t *testing.T, o Opener) {
	s := opened(t, o)
	link := member("i0", "g0")
	apply(t, s, as(graph.Clear, claims(retraction(link, "a"))))
	apply(t, s, claims(remark("g0", graph.Red)))
	replayed(t, s, claims(link), lastCommit(t, s))
	if again := apply(t, s, again(link)); again.Replayed {
		t.Error("the claim was retracted, and is not asserted again")
	}
	wantSeal(t, "the claim, asserted again", graph.Red, last(t, s).Claims[0].Seal)
}

// lastCommit is the last commit as an answer tells it that replays.
func lastCommit(t *testing.T, s graph.Store) graph.Commit {
	t.Helper()
	c := last(t, s)
	return graph.Commit{Sequence: c.Sequence, Numbers: c.Numbers, RecordedAt: c.Recorded}
}

func afterMark(t *testing.T, o Opener) {
	s := opened(t, o)
	apply(t, s, claims(remark("s_b", graph.Amber)))
	c := status("g0", "from a raised source")
	c.Source = "s_b"
	apply(t, s, claims(c))
	wantSeal(t, "a claim of a source that was raised", graph.Amber, last(t, s).Claims[0].Seal)
	e := entity(graph.Group, "g5")
	e.Names[0].Source = "s_b"
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	wantSeal(t, "an entity with a name from it", graph.Clear, last(t, s).Entities[0].Seal)
}

func withMark(t *testing.T, o Opener) {
	s := opened(t, o)
	link, other := member("i0", "g0"), member("i1", "g1")
	apply(t, s, claims(other))
	before, behind := status("g0", "before"), status("g0", "behind")
	apply(t, s, claims(before, retraction(link, "a"), other, remark("g0", graph.Red), behind, status("g1", "open")))
	got := inForce(t, s)
	for id, want := range map[graph.ID]graph.Marking{
		link.Normalised().ID: graph.Red, before.Normalised().ID: graph.Red, behind.Normalised().ID: graph.Red,
		retraction(link, "a").Normalised().ID: graph.Red, other.Normalised().ID: graph.Clear, status("g1", "open").Normalised().ID: graph.Clear,
	} {
		same(t, "what is in force of "+string(id), []graph.Marking{want}, got[id])
	}
	for _, c := range last(t, s).Claims {
		wantSeal(t, string(c.ID), got[c.ID][0], c.Seal) // what is written with a mark is sealed with it
	}
	refused(t, s, as(graph.Clear, claims(retraction(before, "a"))), "DANGLING_REFERENCE", "claims[0].subject")
	replayed(t, s, claims(before, behind), lastCommit(t, s))
}

func endsBelow(t *testing.T, o Opener) {
	s := opened(t, o)
	hidden := status("g0", "hidden")
	hidden.Marking = graph.Amber
	again := member("i0", "g0")
	b := graph.Batch{
		Clearance: graph.Amber, Notices: true, Sources: []graph.Source{source("a")},
		Claims: []graph.Claim{again, hidden, hidden, again, status("g0", "open"), remark("g1", graph.Amber), status("g1", "hidden")},
	}
	b.Sources[0].Title += ", corrected"
	paths := func(c graph.Commit) (out []string) {
		for _, n := range c.Notices {
			if n.Code != graph.BelowClearance || !strings.Contains(n.Message, "CLEAR") {
				t.Errorf("the notice is %+v", n)
			}
			out = append(out, n.Path)
		}
		return out
	}
	want := []string{"sources[0]", "claims[0]", "claims[4]"}
	same(t, "what ends below", want, paths(apply(t, s, b)))
	same(t, "sent again", want, paths(apply(t, s, b)))
	b.Notices = false
	same(t, "not asked for", nil, paths(apply(t, s, b)))
	b.Notices, b.Clearance = true, graph.Clear
	b.Claims = []graph.Claim{again, status("g0", "open, too")}
	same(t, "of one who sees no more", nil, paths(apply(t, s, b)))
}

// loweringBefore: a claim is not shown to who finds what it names in a later commit alone.
func loweringBefore(t *testing.T, o Opener) {
	s := hidden(t, o)
	secret := status("red", "secret").Normalised()
	apply(t, s, claims(secret, status("g0", "open")))
	apply(t, s, as(graph.Clear, graph.Batch{Entities: []graph.Entity{entity(graph.Group, "red")}}))
	refused(t, s, claims(remark(secret.ID, graph.Clear)), "NAMES_STRICTER", "claims[0].value.marking")
	apply(t, s, claims(remark("red", graph.Clear)))
	apply(t, s, claims(remark(secret.ID, graph.Clear)))
}
