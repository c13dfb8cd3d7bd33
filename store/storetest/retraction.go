package storetest

import (
	"testing"

	"github.com/rabta/rabta/graph"
)

var retractionCases = []testCase{
	{"a retraction is a claim of the feed", retractClaim},
	{"a claim that was retracted stays so", retractedStays},
	{"asserted anew, it counts from a new commit on", reassert},
	{"asserting anew what counts changes nothing", reassertCounting},
	{"retracting twice changes nothing", retractTwice},
	{"a retraction by another source is another claim", retractByOther},
	{"what was asserted anew can be retracted anew", retractAgain},
	{"claim and retraction in one batch: it is retracted", retractInBatch},
	{"retraction and claim in one batch: the later counts", assertAfterRetraction},
	{"taken back and asserted in one batch: it counts from then on", takenBackAndAsserted},
	{"a retraction can be retracted", retractRetraction},
	{"another handle knows of it", retractElsewhere},
	{"a source can be withdrawn once", withdraw},
	{"two claims can contradict each other", contradict},
	{"merging is left to the reader", mergeLeft},
}

func retractClaim(t *testing.T, o Opener) {
	s := opened(t, o)
	b := graph.Batch{ID: "back", Actor: "editor", Reason: "an error", Claims: []graph.Claim{retraction(member("i0", "g0"), "b")}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
}

// retracted is a store whose base claim was retracted in the second commit.
func retracted(t *testing.T, o Opener) (graph.Store, graph.Commit) {
	t.Helper()
	s := opened(t, o)
	return s, apply(t, s, claims(retraction(member("i0", "g0"), "a")))
}

func retractedStays(t *testing.T, o Opener) {
	s, last := retracted(t, o)
	replayed(t, s, claims(member("i0", "g0")), last)
	b := claims(member("i0", "g0"), member("i1", "g1"))
	c := apply(t, s, b)
	same(t, "a batch with something new", []graph.Change{partly(b, claims(b.Claims[1]), c)}, changes(t, s, 2))
}

func again(list ...graph.Claim) graph.Batch { return graph.Batch{Claims: list, Reassert: true} }

func reassert(t *testing.T, o Opener) {
	s, _ := retracted(t, o)
	b := again(member("i0", "g0"))
	c := apply(t, s, b)
	if c.Sequence != 3 || c.Replayed || c.Claims != 1 {
		t.Fatalf("the outcome is %+v", c)
	}
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 2))
	replayed(t, s, b, c)
	replayed(t, s, claims(member("i0", "g0")), c)
}

func reassertCounting(t *testing.T, o Opener) {
	s := o.Open(t)
	c := apply(t, s, base())
	replayed(t, s, again(member("i0", "g0")), c)
}

func retractTwice(t *testing.T, o Opener) {
	s, last := retracted(t, o)
	replayed(t, s, claims(retraction(member("i0", "g0"), "a")), last)
	replayed(t, s, again(retraction(member("i0", "g0"), "a")), last)
}

func retractByOther(t *testing.T, o Opener) {
	s, _ := retracted(t, o)
	b := claims(retraction(member("i0", "g0"), "b"))
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 2))
	replayed(t, s, claims(member("i0", "g0")), c)
}

func retractAgain(t *testing.T, o Opener) {
	s, _ := retracted(t, o)
	apply(t, s, again(member("i0", "g0")))
	b := claims(retraction(member("i0", "g0"), "a"))
	b.ID = "back once more"
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 3))
	replayed(t, s, claims(member("i0", "g0")), c)
	b = again(member("i0", "g0"))
	b.ID = "and forth once more"
	if c := apply(t, s, b); c.Sequence != 5 || c.Claims != 1 {
		t.Errorf("the outcome of asserting it a third time is %+v", c)
	}
}

func retractInBatch(t *testing.T, o Opener) {
	s := opened(t, o)
	k := member("i1", "g1")
	b := graph.Batch{ID: "both", Claims: []graph.Claim{k, retraction(k, "a")}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
	replayed(t, s, claims(k), c)
	if c := apply(t, s, again(k)); c.Claims != 1 {
		t.Errorf("the outcome of asserting it anew is %+v", c)
	}
}

func assertAfterRetraction(t *testing.T, o Opener) {
	s := opened(t, o)
	k := member("i1", "g1")
	b := graph.Batch{ID: "both", Claims: []graph.Claim{retraction(k, "a"), k}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
	replayed(t, s, again(k), c)
	b = claims(retraction(k, "a"))
	if c := apply(t, s, b); c.Claims != 1 {
		t.Errorf("the outcome of retracting it is %+v", c)
	}
}

func takenBackAndAsserted(t *testing.T, o Opener) {
	s := opened(t, o)
	k := member("i0", "g0")
	b := graph.Batch{ID: "both", Claims: []graph.Claim{retraction(k, "a"), k}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
	replayed(t, s, again(k), c)
	if c := apply(t, s, claims(retraction(k, "a"))); c.Claims != 1 {
		t.Errorf("the outcome of retracting it again is %+v", c)
	}
}

func retractRetraction(t *testing.T, o Opener) {
	s, _ := retracted(t, o)
	back := retraction(member("i0", "g0"), "a")
	c := apply(t, s, claims(retraction(back, "b")))
	if c.Sequence != 3 || c.Claims != 1 {
		t.Fatalf("the outcome is %+v", c)
	}
	replayed(t, s, claims(member("i0", "g0")), c)
}

func retractElsewhere(t *testing.T, o Opener) {
	s := opened(t, o)
	other := o.Open(t)
	c := apply(t, other, claims(retraction(member("i0", "g0"), "a")))
	replayed(t, s, claims(member("i0", "g0")), c)
	apply(t, s, again(member("i0", "g0")))
	b := claims(retraction(member("i0", "g0"), "a"))
	b.ID = "once more"
	if c := apply(t, other, b); c.Sequence != 4 || c.Replayed {
		t.Errorf("the outcome is %+v", c)
	}
}

func withdraw(t *testing.T, o Opener) {
	s := opened(t, o)
	k := graph.Claim{Subject: "s_b", Predicate: graph.Withdraws, Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "taken down"}}
	b := claims(k)
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
	replayed(t, s, b, c)
	k.Subject = "s_z"
	refused(t, s, claims(k), "DANGLING_REFERENCE", "claims[0].subject")
}

func contradict(t *testing.T, o Opener) {
	s := opened(t, o)
	one, two := status("g1", "active"), status("g1", "dissolved")
	k := graph.Claim{Subject: one.Normalised().ID, Predicate: graph.Contradicts, Object: two.Normalised().ID, Source: "s_b", Hedge: graph.Assessment}
	refused(t, s, claims(one, k), "DANGLING_REFERENCE", "claims[1].object")
	apply(t, s, claims(one, two))
	b := claims(k)
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 2))
}

func mergeLeft(t *testing.T, o Opener) {
	s := opened(t, o)
	e := graph.Entity{ID: "g0", Kind: graph.Group, Names: []graph.Name{{Value: "Only this"}}, Description: "Described later."}
	b := graph.Batch{ID: "one", Entities: []graph.Entity{e}, Sources: []graph.Source{{ID: "s_b", Kind: "BOOK", Title: "Bare"}}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
}
