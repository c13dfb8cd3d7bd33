package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// standsAs is how a link stands, and whether it is shown to those who ask for no disputed
// ones.
func standsAs(t *testing.T, f *feed, c graph.Claim) (out struct {
	Status    graph.LinkStatus
	Contested bool
	Against   []graph.ID
	Kept      bool
},
) {
	t.Helper()
	l, ok := f.view(t, graph.Red, nil).Link(c.Key().ID())
	if !ok {
		t.Fatalf("there is no %s", c.Predicate)
	}
	out.Status, out.Contested, out.Against = l.Status(), l.Contested(), claimIDs(l.ContradictedBy())
	_, out.Kept = f.view(t, graph.Red, &graph.Lens{IncludeDisputed: ptr(false)}).Link(c.Key().ID())
	return out
}

func credible(n int) func(*graph.Claim) { return func(c *graph.Claim) { c.Credibility = n } }

func spoken(by graph.ID) func(*graph.Claim) { return func(c *graph.Claim) { c.Speaker = by } }

// TestContradictionWeighsWhatItNames: the better side of a contradiction is contested and
// stays, the other is disputed; the grade of the contradiction itself is not asked for.
func TestContradictionWeighsWhatItNames(t *testing.T) {
	f := base()
	better := f.add(link("i", "ARRESTED_BY", "police", hedged(graph.Official), credible(2)))
	worse := f.add(link("i", "ARRESTED_BY", "cid", credible(3)))
	f.add(contradict(better, worse, credible(5)))
	s := standsAs(t, f, better)
	same(t, "the better", true, s.Status == graph.StatusAsserted && s.Contested && s.Kept)
	same(t, "against the better", []graph.ID{worse.ID}, s.Against)
	s = standsAs(t, f, worse)
	same(t, "the worse", true, s.Status == graph.StatusDisputed && !s.Contested && !s.Kept)
	same(t, "against the worse", []graph.ID{better.ID}, s.Against)
	f.add(link("i", "ARRESTED_BY", "cid", credible(4), from("b")))
	s = standsAs(t, f, worse)
	same(t, "with a claim that nothing is set against", true, s.Status == graph.StatusAsserted && s.Contested && s.Kept)
}

// TestAccusedDeniesInVain: an attribution that the accused denies, in whichever way it is
// recorded, is contested and never disputed; what others deny as well is.
func TestAccusedDeniesInVain(t *testing.T) {
	accused := func(f *feed) graph.Claim {
		return f.add(link("bombing", graph.AttributedTo, "g", hedged(graph.Alleged), credible(4)))
	}
	opinion := func(by graph.ID) graph.Claim {
		return attribute("bombing", "STATEMENT", graph.Value{Text: "it was another"}, credible(1), spoken(by))
	}
	for name, denial := range map[string]func(*feed, graph.Claim) graph.Claim{
		"by a denial of the incident": func(f *feed, _ graph.Claim) graph.Claim {
			return f.add(link("g", graph.DeniedResponsibility, "bombing", credible(1)))
		},
		"by a denial of the attribution": func(f *feed, _ graph.Claim) graph.Claim {
			return f.add(link("bombing", graph.AttributedTo, "g", polar(graph.Denied), credible(1), spoken("g")))
		},
		"by its own account": func(f *feed, _ graph.Claim) graph.Claim {
			return f.add(link("bombing", graph.AttributedTo, "g", polar(graph.Denied), credible(1), hedged(graph.ClaimedByActor)))
		},
		"by a statement that contradicts it": func(f *feed, c graph.Claim) graph.Claim {
			s := f.add(opinion("g"))
			f.add(contradict(c, s))
			return s
		},
	} {
		f := base()
		c := accused(f)
		by := denial(f, c)
		s := standsAs(t, f, c)
		same(t, name, true, s.Status == graph.StatusReported && s.Contested && s.Kept)
		same(t, "against it, "+name, []graph.ID{by.ID}, s.Against)
		f.add(link("bombing", graph.AttributedTo, "g", polar(graph.Denied), credible(2), spoken("police")))
		s = standsAs(t, f, c)
		same(t, name+", and by the police", true, s.Status == graph.StatusDisputed && !s.Kept)
	}
	f := base()
	c := f.add(link("i", "CHARGED_IN", "bombing"))
	f.add(link("i", graph.DeniedResponsibility, "bombing", credible(1)))
	s := standsAs(t, f, c)
	same(t, "a charge", true, s.Status == graph.StatusAsserted && s.Contested && s.Kept)
	for role, kept := range map[string]bool{"bomber": true, "victim": false} {
		in := func(c *graph.Claim) { c.Role = role }
		f = base()
		c = f.add(link("i", graph.ParticipatedIn, "bombing", in, credible(4)))
		f.add(link("i", graph.DeniedResponsibility, "bombing", credible(1)))
		same(t, "a "+role+" who denies the incident", kept, standsAs(t, f, c).Contested)
		f.add(link("i", graph.ParticipatedIn, "bombing", in, polar(graph.Denied), credible(1), spoken("i")))
		s = standsAs(t, f, c)
		same(t, "a "+role+" who denies his part", kept, s.Contested && s.Kept)
	}
	f = base()
	c = f.add(link("g", graph.Claimed, "bombing"))
	f.add(link("g", graph.Claimed, "bombing", polar(graph.Denied), spoken("g")))
	same(t, "what it claimed and took back", graph.StatusDisputed, standsAs(t, f, c).Status)
}

// TestNoAccusedHidesAnAccusation: whatever kind of link lays an incident to somebody, what he says of it
// himself makes it contested, however well it is graded, and hides it from nobody.
func TestNoAccusedHidesAnAccusation(t *testing.T) {
	var kinds []graph.Predicate
	for _, p := range graph.Predicates() {
		c := graph.Claim{Predicate: p.Name, Subject: "bombing", Object: "bombing", Credibility: 4}
		if p.Discriminator == "role" {
			c.Role = "perpetrator"
		}
		if p.Roles != nil {
			c.Role = p.Roles[0].Name
		}
		var accused graph.ID
		switch p.Accused(c.Role) {
		case graph.EndSubject:
			accused = one(p.From)
			c.Subject = accused
		case graph.EndObject:
			accused = one(p.To)
			c.Object = accused
		default:
			continue
		}
		kinds = append(kinds, p.Name)
		f := base()
		f.apply(graph.Batch{Entities: []graph.Entity{entity(graph.Madressah, "school")}})
		c.Source, c.Hedge = "s_a", graph.Alleged
		c = f.add(c.Normalised())
		by := c
		by.Polarity, by.Credibility, by.Hedge, by.Speaker = graph.Denied, 1, graph.Confirmed, accused
		by = f.add(by.Normalised())
		s := standsAs(t, f, c)
		same(t, string(p.Name)+" against the accused's word", true, s.Status == graph.StatusReported && s.Contested && s.Kept)
		same(t, string(p.Name)+", against it", []graph.ID{by.ID}, s.Against)
		by.Speaker, by.Credibility = "police", 4
		f.add(by.Normalised())
		same(t, string(p.Name)+" against the word of the police", graph.StatusDisputed, standsAs(t, f, c).Status)
	}
	same(t, "kinds that accuse", []graph.Predicate{
		graph.AttributedTo, graph.ParticipatedIn, graph.TracedTo, graph.ChargedIn, graph.ConvictedIn, graph.PartyTo,
	}, kinds)
}

// TestPartiesWhoDeny: who denies responsibility for an incident makes contested that he was one
// of those who fought in it, and not that he was attacked, or mediated; his own word that he was
// no party hides nothing.
func TestPartiesWhoDeny(t *testing.T) {
	for role, acted := range map[string]bool{
		"ATTACKER": true, "DEFENDER": false, "side a": true, "SIDE_B": true, "MEDIATOR": false, "SIGNATORY": false,
	} {
		f, in := base(), func(c *graph.Claim) { c.Role = role }
		c := f.add(link("g", graph.PartyTo, "bombing", in, credible(4)))
		f.add(link("g", graph.DeniedResponsibility, "bombing", credible(1)))
		s := standsAs(t, f, c)
		same(t, role+", who denies responsibility", acted, s.Contested)
		f.add(link("g", graph.PartyTo, "bombing", in, polar(graph.Denied), spoken("g"), credible(1)))
		s = standsAs(t, f, c)
		same(t, role+", who denies being one", true, s.Contested && s.Kept)
		f.add(link("g", graph.PartyTo, "bombing", in, polar(graph.Denied), spoken("police"), credible(1)))
		same(t, role+", as others deny", graph.StatusDisputed, standsAs(t, f, c).Status)
	}
}

// one is somebody of one of some kinds.
func one(kinds []graph.EntityKind) graph.ID {
	return map[graph.EntityKind]graph.ID{
		graph.Group: "g", graph.Individual: "i", graph.Organisation: "police", graph.Madressah: "school", graph.Place: "quetta",
	}[kinds[0]]
}

// TestUnjudgedCompareWithNothing: what cannot be judged makes contested, whichever side it
// is on.
func TestUnjudgedCompareWithNothing(t *testing.T) {
	for _, grades := range [][2]int{{2, 6}, {6, 1}, {6, 6}} {
		f := base()
		c := f.add(link("g", graph.AlliedWith, "h", credible(grades[0])))
		f.add(link("g", graph.AlliedWith, "h", credible(grades[1]), polar(graph.Denied)))
		s := standsAs(t, f, c)
		same(t, "6", true, s.Status == graph.StatusAsserted && s.Contested && s.Kept)
	}
	f := base()
	f.apply(graph.Batch{Sources: []graph.Source{source("f", func(s *graph.Source) { s.Reliability = graph.Unjudged })}})
	c := f.add(link("g", graph.AlliedWith, "h", credible(5)))
	f.add(link("g", graph.AlliedWith, "h", credible(1), polar(graph.Denied), from("f")))
	s := standsAs(t, f, c)
	same(t, "F", true, s.Status == graph.StatusAsserted && s.Contested && s.Kept)
}

// TestDenialOfAnotherTime: a denial stands against what it may be about.
func TestDenialOfAnotherTime(t *testing.T) {
	f := base()
	c := f.add(link("g", graph.AlliedWith, "h", during("2001", "2002")))
	f.add(link("g", graph.AlliedWith, "h", during("2003", ""), polar(graph.Denied)))
	s := standsAs(t, f, c)
	same(t, "later", true, s.Status == graph.StatusAsserted && !s.Contested && len(s.Against) == 0)
	f.add(link("g", graph.AlliedWith, "h", polar(graph.Denied)))
	same(t, "at any time", graph.StatusDisputed, standsAs(t, f, c).Status)
}

// TestValuesAreWeighedAlike: what is said of attributes stands as links do.
func TestValuesAreWeighedAlike(t *testing.T) {
	f := base()
	f.add(status("g", "active", credible(2)), status("g", "active", credible(3), polar(graph.Denied)),
		status("g", "split", credible(3)), status("g", "split", credible(3), polar(graph.Denied)))
	g, _ := f.view(t, graph.Red, nil).Entity("g")
	told := map[string][2]bool{}
	for _, a := range must(g.Base().Attributes([]graph.Predicate{graph.StatusOf}, nil)) {
		told[*a.Value().Text()] = [2]bool{a.Disputed(), a.Contested()}
	}
	same(t, "disputed, contested", map[string][2]bool{"active": {false, true}, "split": {true, false}}, told)
	kept := must(g.Base().Attributes([]graph.Predicate{graph.StatusOf}, &graph.Lens{IncludeDisputed: ptr(false)}))
	if len(kept) != 1 || *kept[0].Value().Text() != "active" {
		t.Errorf("%d values are kept without disputed ones", len(kept))
	}
}

// TestNameDeniedOfTheSame: of what is judged to be the same, a name that the one bears is denied where it is
// denied of the other.
func TestNameDeniedOfTheSame(t *testing.T) {
	f := base()
	name, _ := f.view(t, graph.Red, nil).Entity("g")
	f.add(link("h", graph.SameAs, "g", credible(1)),
		attribute("h", graph.NameOf, graph.Value{Text: name.Base().Name()}, credible(1), polar(graph.Denied)))
	g, _ := f.view(t, graph.Red, nil).Entity("g")
	against := map[string]bool{}
	for _, n := range g.Base().Names() {
		against[n.Value] = n.Disputed() || n.Contested()
	}
	same(t, "what stands against names", true, against[name.Base().Name()])
}

// TestClaimOfResponsibilityIsWeighedWhole: that somebody claimed an incident is disputed, too, where the lens
// shows nothing disputed: the claims count, and are told.
func TestClaimOfResponsibilityIsWeighedWhole(t *testing.T) {
	f := base()
	said := attribute("bombing", graph.Responsibility, graph.Value{Text: "a caller"}, credible(3))
	f.add(said, attribute("bombing", graph.Responsibility, graph.Value{Text: "a caller"}, credible(2), polar(graph.Denied)))
	for _, lens := range []*graph.Lens{nil, {IncludeDisputed: ptr(false)}, {MinIndependentSources: ptr(2)}} {
		e, _ := f.view(t, graph.Red, lens).Entity("bombing")
		claimed := e.(*live.Incident).Claimed()
		same(t, "by whom", graph.ClaimedBySomebody, claimed.By)
		same(t, "disputed", true, claimed.Disputed())
	}
}
