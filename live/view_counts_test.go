package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// standing is what a view says of a claim: the commit that recorded it, and whether
// it counts; 0 when there is no such claim.
type standing struct {
	Sequence graph.Sequence
	Counts   bool
}

func standingOf(v *live.View, c graph.Claim) standing {
	k, ok := v.Claim(c.ID)
	if !ok {
		return standing{}
	}
	return standing{k.Sequence(), k.Counts()}
}

// listed counts how often a claim is in the list of those that count.
func listed(v *live.View, c graph.Claim) int {
	n := 0
	for k := range v.Claims() {
		if k.ID() == c.ID {
			n++
		}
	}
	return n
}

func known(n graph.Sequence) *graph.Lens { return &graph.Lens{KnownAtSequence: &n} }

// TestAssertedAgain follows a claim through retractions, and looks at every commit.
func TestAssertedAgain(t *testing.T) {
	f := base()                    // 1
	c := f.add(status("g", "one")) // 2
	r := f.add(retract(c))         // 3
	f.add(c)                       // 4
	f.add(r)                       // 5: the same retraction, recorded again
	f.add(c)                       // 6
	u := f.add(retract(r))         // 7: of a retraction that is of no account any more
	if f.head() != 7 {
		t.Fatalf("there are %d commits", f.head())
	}
	g := graphOf(f.changes)
	for n, want := range [][3]standing{
		{},
		{},
		{{2, true}},
		{{2, false}, {3, true}},
		{{4, true}, {3, true}},
		{{4, false}, {5, true}},
		{{6, true}, {5, true}},
		{{6, true}, {5, false}, {7, true}},
	} {
		v := open(t, g, known(graph.Sequence(n)))
		same(t, "claim, retraction and its own", want,
			[3]standing{standingOf(v, c), standingOf(v, r), standingOf(v, u)})
		for i, k := range []graph.Claim{c, r, u} {
			counts := 0
			if want[i].Counts {
				counts = 1
			}
			same(t, "times it is listed", counts, listed(v, k))
		}
	}
}

// TestRetractionThatIsUndone: the claim counts again, in its place.
func TestRetractionThatIsUndone(t *testing.T) {
	f := base()
	c := f.add(status("g", "one"))
	r := f.add(retract(c))
	f.add(retract(r, from("b")))
	same(t, "the claim", standing{2, true}, standingOf(f.view(t, graph.Red, nil), c))
	f.add(r)
	v := f.view(t, graph.Red, nil)
	same(t, "the claim, retracted anew", standing{2, false}, standingOf(v, c))
	same(t, "the retraction", standing{5, true}, standingOf(v, r))
	same(t, "times it is listed", 1, listed(v, r))
}

// TestHiddenRetractionOfRetraction: for a reader who may not see that a retraction
// was undone, it was not made anew either.
func TestHiddenRetractionOfRetraction(t *testing.T) {
	f := base()
	c := f.add(status("g", "one"))
	r := f.add(retract(c))
	f.add(retract(r, marked(graph.Red)))
	f.add(r)
	for clearance, want := range map[graph.Marking]standing{graph.Red: {5, true}, graph.Clear: {3, true}} {
		v := f.view(t, clearance, nil)
		same(t, "the retraction for "+string(clearance), want, standingOf(v, r))
		same(t, "the claim for "+string(clearance), standing{2, false}, standingOf(v, c))
		same(t, "times it is listed", 1, listed(v, r))
	}
}

// TestHiddenRetraction: for a reader who may not see it, a retraction never was,
// and what was asserted again is where it always was.
func TestHiddenRetraction(t *testing.T) {
	f := base()
	c := f.add(status("g", "one"))
	d := f.add(status("g", "two"))
	r := f.add(retract(c, marked(graph.Red)))
	seen, hidden := f.view(t, graph.Red, nil), f.view(t, graph.Clear, nil)
	same(t, "to those who see it", standing{2, false}, standingOf(seen, c))
	same(t, "to others", standing{2, true}, standingOf(hidden, c))
	same(t, "the retraction to others", standing{}, standingOf(hidden, r))
	f.add(c)
	seen, hidden = f.view(t, graph.Red, nil), f.view(t, graph.Clear, nil)
	same(t, "asserted again, to those who see it", standing{5, true}, standingOf(seen, c))
	same(t, "asserted again, to others", standing{2, true}, standingOf(hidden, c))
	f.add(retract(c))
	hidden = f.view(t, graph.Clear, nil)
	same(t, "retracted openly, to others", standing{2, false}, standingOf(hidden, c))
	f.add(c)
	hidden = f.view(t, graph.Clear, nil)
	same(t, "and asserted again", standing{5, true}, standingOf(hidden, c))
	f.add(contradict(c, d))
	for _, m := range []graph.Marking{graph.Clear, graph.Red} {
		k, _ := f.view(t, m, nil).Claim(d.ID)
		same(t, "what contradicts the other claim", []graph.ID{c.ID}, claimIDs(k.Contradicts()))
	}
}

// TestHiddenRetractionIsNotAwaited: what was recorded again for reasons that the
// reader may not see is not "not yet recorded" to him.
func TestHiddenRetractionIsNotAwaited(t *testing.T) {
	f := base()
	c := f.add(link("g", "SUPPORTS", "h"))
	f.add(retract(c, marked(graph.Red)))
	f.add(c)
	for clearance, want := range map[graph.Marking][]graph.Exclusion{
		graph.Clear: nil, graph.Red: {{Reason: graph.NotYetRecorded, Claims: 1}},
	} {
		q := live.Neighbourhood{Of: []graph.ID{"g"}, Depth: 1, MaxNodes: 9}
		n, err := f.view(t, clearance, known(2)).Neighbourhood(q)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "left out for "+string(clearance), want, n.Excluded)
		same(t, "links for "+string(clearance), 1, len(n.Links))
	}
}

// TestContradictionOfRetracted: what was retracted contradicts nothing, until it
// is asserted again.
func TestContradictionOfRetracted(t *testing.T) {
	f := base()
	a := f.add(link("g", graph.AlliedWith, "h"))
	b := f.add(link("g", "SUPPORTS", "h"))
	k := f.add(contradict(a, b))
	disputed := func() [2]bool {
		v := f.view(t, graph.Red, nil)
		var out [2]bool
		for i, c := range []graph.Claim{a, b} {
			if l, ok := v.Link(c.Key().ID()); ok {
				out[i] = l.Disputed() && len(l.ContradictedBy()) > 0
				same(t, "disputed", l.Disputed(), out[i])
			}
		}
		return out
	}
	same(t, "set against each other", [2]bool{true, true}, disputed())
	f.add(retract(a))
	same(t, "one retracted", [2]bool{false, false}, disputed())
	f.add(a)
	same(t, "asserted again", [2]bool{true, true}, disputed())
	f.add(retract(k))
	same(t, "the contradiction retracted", [2]bool{false, false}, disputed())
	f.add(k)
	same(t, "the contradiction asserted again", [2]bool{true, true}, disputed())
}

// TestBatchThatRetractsFirst: in one batch, the later record counts.
func TestBatchThatRetractsFirst(t *testing.T) {
	f := base()
	c := status("g", "one")
	f.add(retract(c), c)
	same(t, "retracted, then asserted", standing{2, true}, standingOf(f.view(t, graph.Red, nil), c))
	d := status("g", "two")
	f.add(d, retract(d))
	same(t, "asserted, then retracted", standing{3, false}, standingOf(f.view(t, graph.Red, nil), d))
}

func TestWithdrawal(t *testing.T) {
	f := base()
	c := f.add(status("g", "one", from("b")))
	d := f.add(status("g", "two", func(c *graph.Claim) { c.Origin = "s_b" }))
	w := f.add(withdraw("s_b"))
	v := f.view(t, graph.Red, nil)
	same(t, "read in the source", standing{2, false}, standingOf(v, c))
	same(t, "relying on the source", standing{3, true}, standingOf(v, d))
	if s, ok := v.Source("s_b"); !ok || !s.Withdrawn() {
		t.Error("the source is not withdrawn")
	}
	same(t, "before", standing{2, true}, standingOf(f.view(t, graph.Red, known(3)), c))
	f.add(retract(w))
	same(t, "the withdrawal retracted", standing{2, true}, standingOf(f.view(t, graph.Red, nil), c))
	f.add(w)
	same(t, "withdrawn again", standing{2, false}, standingOf(f.view(t, graph.Red, nil), c))
	hidden := base()
	c = hidden.add(status("g", "one", from("b")))
	hidden.add(withdraw("s_b", marked(graph.Red)))
	same(t, "withdrawn by what is hidden", standing{2, true}, standingOf(hidden.view(t, graph.Clear, nil), c))
}

// TestRetractionsOfSourcesLeftOut: without a source nothing that it took back is
// gone; floors let no claim return.
func TestRetractionsOfSourcesLeftOut(t *testing.T) {
	f := base()
	c := f.add(link("g", "SUPPORTS", "h"))
	f.add(retract(c, from("b")))
	links := func(lens graph.Lens) int { return len(linksOf(f.view(t, graph.Red, &lens))) }
	same(t, "links", 0, links(graph.Lens{}))
	same(t, "links without who retracted", 1, links(graph.Lens{WithoutSources: []graph.ID{"s_b"}}))
	same(t, "links of the other source alone", 0, links(graph.Lens{Sources: []graph.ID{"s_a"}}))
	same(t, "links above a floor", 0, links(graph.Lens{MinReliability: ptr(graph.Reliability("A"))}))
}
