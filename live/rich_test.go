package live_test

import "github.com/rabta/rabta/graph"

// rich is a feed with a little of everything, for filters and orders.
func rich() *feed {
	f := newFeed()
	f.apply(graph.Batch{
		ID: "one",
		Sources: []graph.Source{
			source("a", func(s *graph.Source) { s.Published, s.Publisher = date("2020"), "Dawn" }),
			source("b", func(s *graph.Source) {
				s.Kind, s.Reliability, s.Published, s.Publisher, s.DerivedFrom, s.Title =
					"ARTICLE", "A", date("2023-10-01"), "Élan", []graph.ID{"s_a"}, "ÉTUDE b"
			}),
			source("c", func(s *graph.Source) { s.Kind, s.Reliability, s.Title = "DATASET", "", "report c" }),
			source("d", func(s *graph.Source) { s.Title = "Étude d" }),
		},
		Entities: []graph.Entity{
			entity(graph.Group, "ttp", func(e *graph.Entity) {
				e.Subtype, e.External = "UMBRELLA", []string{"ucdp:1", "x:2"}
				e.Names = []graph.Name{{Value: "Pakistani Taliban"}, {Value: "Tehrik-i-Taliban Pakistan (TTP)"}}
			}),
			entity(graph.Group, "lej", func(e *graph.Entity) { e.Subtype = "FACTION" }),
			entity(graph.Group, "bla"),
			entity(graph.Individual, "hafiz", func(e *graph.Entity) {
				e.Names = []graph.Name{{Value: "Hafiz Gul Bahadur"}}
			}),
			entity(graph.Individual, "umar", func(e *graph.Entity) { e.Names = []graph.Name{{Value: "Élan Umar"}} }),
			entity(graph.Individual, "somebody", func(e *graph.Entity) { e.Representation = graph.Unnamed }),
			entity(graph.Organisation, "police"), entity(graph.Organisation, "cid"),
			entity(graph.Place, "quetta", func(e *graph.Entity) { e.Subtype = "TOWN" }),
			entity(graph.Incident, "bombing"), entity(graph.Incident, "raid"), entity(graph.Incident, "attack"),
			entity(graph.Designation, "un-list"), entity(graph.Madressah, "jamia"),
		},
	})
	f.apply(graph.Batch{ID: "two", Claims: richLinks()})
	f.apply(graph.Batch{ID: "three", Claims: richValues()})
	f.add(contradict(richLinks()[0], richLinks()[3]), withdraw("s_d"))
	return f
}

func richLinks() []graph.Claim {
	set := func(change func(*graph.Claim)) func(*graph.Claim) { return change }
	return []graph.Claim{
		link("hafiz", "MEMBER_OF", "ttp", labelled("C1"), during("2006", "2009"),
			set(func(c *graph.Claim) { c.Role, c.Locator, c.Excerpt = "Commander", "P1", "a Few words" })),
		link("hafiz", "MEMBER_OF", "ttp", from("b"), labelled("C2"),
			set(func(c *graph.Claim) { c.Role, c.Credibility = "Commander", 4 })),
		link("umar", "MEMBER_OF", "ttp", from("c"), hedged(graph.Alleged)),
		link("umar", "LEADS", "lej", hedged(graph.Reported), during("2010", ""),
			set(func(c *graph.Claim) { c.Speaker = "police" })),
		link("umar", "LEADS", "lej", from("c"), polar(graph.Denied),
			set(func(c *graph.Claim) { c.SpeakerText = "a clerk" })),
		link("hafiz", graph.KinOf, "umar", set(func(c *graph.Claim) { c.Degree = "SIBLING" })),
		link("ttp", graph.AlliedWith, "lej", from("b"), hedged(graph.Possible), during("2007-05", "2008")),
		link("lej", graph.AlliedWith, "bla", from("c"), set(func(c *graph.Claim) { c.Origin, c.Rule = "s_a", "rule" })),
		link("bombing", graph.AttributedTo, "ttp", hedged(graph.Official),
			set(func(c *graph.Claim) { c.Attributor, c.Basis = "police", "FORENSIC" })),
		link("bombing", graph.AttributedTo, "lej", from("b"), hedged(graph.Suspected),
			set(func(c *graph.Claim) { c.Attributor, c.Basis = "cid", "MEDIA" })),
		link("ttp", "CLAIMED", "raid", from("b"), set(func(c *graph.Claim) { c.Origin = "s_c" })),
		link("bombing", "OCCURRED_AT", "quetta", hedged(graph.Confirmed)),
		link("raid", "OCCURRED_AT", "quetta", hedged(graph.Rumoured)),
		link("umar", "STUDIED_AT", "jamia", polar(graph.NoEvidence)),
		link("bla", "BASED_IN", "quetta", from("d")),
	}
}

func richValues() []graph.Claim {
	killed := func(low, best, high *float64) graph.Value {
		return graph.Value{Low: low, Best: best, High: high, Role: "CIVILIAN", Effect: "KILLED"}
	}
	return []graph.Claim{
		attribute("bombing", graph.DateOf, graph.Value{Date: date("2023-09-29")}),
		attribute("raid", graph.DateOf, graph.Value{Date: date("2022")}, from("b")),
		attribute("un-list", graph.DateOf, graph.Value{Date: date("2011-07")}),
		attribute("ttp", "FOUNDED_ON", graph.Value{Date: date("2007-12")}),
		attribute("lej", "FOUNDED_ON", graph.Value{Date: date("1996")}),
		attribute("bombing", graph.Casualties, killed(ptr(52.0), ptr(55.0), ptr(60.0))),
		attribute("bombing", graph.Casualties, killed(ptr(50.0), nil, nil), from("c"), hedged(graph.Alleged)),
		attribute("raid", graph.Casualties, killed(ptr(3.0), nil, nil)),
		attribute("raid", graph.Casualties, graph.Value{Best: ptr(9.0), Role: "CIVILIAN", Effect: "WOUNDED"}),
		attribute("attack", graph.Casualties, killed(nil, ptr(0.0), nil)),
		attribute("bombing", graph.Responsibility, graph.Value{Text: "nobody at first"}, polar(graph.NoEvidence)),
		status("ttp", "Outlawed"),
		status("ttp", "Active", hedged(graph.Alleged)),
		status("ttp", "Active", from("b"), polar(graph.Denied)),
		status("bla", "Active"),
		status("bla", "Active", from("b"), hedged(graph.Alleged), polar(graph.Denied)),
		attribute("ttp", "STRENGTH", graph.Value{Low: ptr(3000.0), High: ptr(5000.0), Unit: "fighters"}, from("c")),
		attribute("lej", "IDEOLOGY", graph.Value{Text: "sectarian"}, labelled("C2")),
	}
}
