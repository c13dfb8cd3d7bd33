package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestDegrees: read from the link's source to its target, the best claim first.
func TestDegrees(t *testing.T) {
	f := base()
	degree := func(d graph.KinDegree) func(*graph.Claim) { return func(c *graph.Claim) { c.Degree = d } }
	f.add(link("i", graph.KinOf, "j", degree("SIBLING"), hedged(graph.Alleged)),
		link("j", graph.KinOf, "i", degree("PARENT")),
		link("j", graph.KinOf, "i", degree("COUSIN"), polar(graph.Denied)))
	l, _ := f.view(t, graph.Red, nil).Link(graph.LinkKey{Kind: graph.KinOf, Source: "i", Target: "j"}.ID())
	same(t, "the degrees", []graph.KinDegree{"CHILD", "SIBLING"}, l.SourceIs())
	same(t, "its bearing", graph.BearingKinship, l.Bearing())
}

// TestRivalsAreSetAgainstAllies: what cannot hold at one time is disputed, and each
// side says by what.
func TestRivalsAreSetAgainstAllies(t *testing.T) {
	f := base()
	ally := f.add(link("g", graph.AlliedWith, "h", during("2001", "2003")))
	early := f.add(link("h", graph.RivalOf, "g", during("1999", "2000"), from("b")))
	against := func() (out [2][]graph.ID) {
		v := f.view(t, graph.Red, nil)
		for i, c := range []graph.Claim{ally, early} {
			l, ok := v.Link(c.Key().ID())
			if !ok {
				t.Fatalf("no link for %s", c.Predicate)
			}
			out[i] = claimIDs(l.ContradictedBy())
			same(t, "disputed or contested", l.Disputed() || l.Contested(), len(out[i]) > 0)
		}
		return out
	}
	same(t, "one after the other", [2][]graph.ID{}, against())
	next := f.add(link("g", graph.RivalOf, "h", during("2003", "2004")))
	same(t, "perhaps at one time", [2][]graph.ID{}, against())
	late := f.add(link("g", graph.RivalOf, "h", during("2002", "2004")))
	same(t, "at one time", [2][]graph.ID{{late.ID}, {ally.ID}}, against())
	f.add(retract(early), retract(late), retract(next))
	v := f.view(t, graph.Red, nil)
	if l, _ := v.Link(ally.Key().ID()); l.Disputed() || len(l.ContradictedBy()) > 0 {
		t.Error("what was retracted is set against it")
	}
}
