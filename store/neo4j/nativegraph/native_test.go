package nativegraph

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/storetest"
)

// people are groups and persons, and sources that are known to be good.
func people() graph.Batch {
	b := storetest.People()
	for i := range b.Sources {
		b.Sources[i].Reliability = "B"
	}
	return b
}

func TestNativeGraph(t *testing.T) {
	s := empty(t).open(t, neo4j.Options{})
	apply(t, s, people())
	member := graph.Claim{Subject: "i0", Predicate: "MEMBER_OF", Object: "g0", Role: "spokesman", Source: "s_a", Hedge: graph.Reported, ValidFrom: mustDate("2004")}
	apply(t, s, graph.Batch{Claims: []graph.Claim{storetest.Ally("g1", "g0", "s_a"), member}})
	wantRelationships(t,
		"g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1",
		"i0 MEMBER_OF g0 REPORTED REPORTED 3 2004-01-01/.. 1 spokesman")
	if got := server.Query(t, "MATCH (g:Entity:Group {id: 'g0'})-[:ALLIED_WITH]-(h:Group) RETURN g.name, h.name", nil); !cmp.Equal(got, [][]any{{"The g0", "The g1"}}) {
		t.Errorf("by labels and names: %v", got)
	}
	if got := server.Query(t, "MATCH ()-[r:ALLIED_WITH]->() MATCH (c:Claim {link: r.id}) MATCH (s:Source {id: c.source}) RETURN c.subject, c.hedge, c.polarity, c.credibility, s.title", nil); !cmp.Equal(got, [][]any{{"g1", int64(1), int64(0), int64(2), "Report a"}}) {
		t.Errorf("the evidence: %v", got)
	}

	denial := storetest.Ally("g0", "g1", "s_b")
	denial.Polarity = graph.Denied
	apply(t, s, graph.Batch{Claims: []graph.Claim{denial}})
	wantRelationships(t,
		"g0 ALLIED_WITH g1 DISPUTED STATED 2 ../.. 2",
		"i0 MEMBER_OF g0 REPORTED REPORTED 3 2004-01-01/.. 1 spokesman")

	retraction := graph.Claim{Subject: storetest.Ally("g1", "g0", "s_a").Normalised().ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated}
	apply(t, s, graph.Batch{Claims: []graph.Claim{retraction}})
	wantRelationships(t, "i0 MEMBER_OF g0 REPORTED REPORTED 3 2004-01-01/.. 1 spokesman")

	apply(t, s, graph.Batch{Claims: []graph.Claim{storetest.Ally("g1", "g0", "s_a")}, Reassert: true})
	withdrawal := graph.Claim{Subject: "s_b", Predicate: graph.Withdraws, Source: "s_c", Hedge: graph.Stated}
	apply(t, s, graph.Batch{Claims: []graph.Claim{withdrawal}})
	wantRelationships(t,
		"g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1",
		"i0 MEMBER_OF g0 REPORTED REPORTED 3 2004-01-01/.. 1 spokesman")

	hidden := node(graph.Individual, "i9")
	hidden.Marking = graph.Red
	member.Subject = "i9"
	apply(t, s, graph.Batch{Entities: []graph.Entity{hidden}, Claims: []graph.Claim{member}})
	wantRelationships(t,
		"g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1",
		"i0 MEMBER_OF g0 REPORTED REPORTED 3 2004-01-01/.. 1 spokesman")
	if got := server.Query(t, "MATCH (c:Claim {subject: 'i9'}) MATCH (e:Entity {id: 'i9'}) RETURN c.marking, e.marking", nil); !cmp.Equal(got, [][]any{{int64(4), int64(4)}}) {
		t.Errorf("what is hidden is marked %v", got)
	}
	wantVerified(t, s)
}

// A claim may change links that it is not about.
func TestNativeGraphBesideTheClaim(t *testing.T) {
	s := empty(t).open(t, neo4j.Options{})
	apply(t, s, people())
	alliance, rivalry := storetest.Ally("g0", "g1", "s_a"), storetest.Ally("g0", "g1", "s_b")
	rivalry.Predicate = graph.RivalOf
	for _, c := range []*graph.Claim{&alliance, &rivalry} { // at one time
		c.ValidFrom, c.ValidTo = mustDate("2004"), mustDate("2006")
	}
	faction := graph.Claim{Subject: "g1", Predicate: "FACTION_OF", Object: "g2", Source: "s_c", Hedge: graph.Stated}
	take := func(c graph.Claim, p graph.Predicate, object graph.ID) graph.Claim {
		return graph.Claim{Subject: c.Normalised().ID, Predicate: p, Object: object, Source: "s_a", Hedge: graph.Stated}
	}
	apply(t, s, graph.Batch{Claims: []graph.Claim{alliance, faction}})
	for i, step := range []struct {
		claim   graph.Claim
		ally    string
		rival   string
		faction string
	}{
		{rivalry, "DISPUTED", "DISPUTED", "ASSERTED"},
		{take(rivalry, graph.Retracts, ""), "ASSERTED", "", "ASSERTED"},
		{take(alliance, graph.Contradicts, faction.Normalised().ID), "DISPUTED", "", "DISPUTED"},
		{take(faction, graph.Retracts, ""), "ASSERTED", "", ""},
	} {
		apply(t, s, graph.Batch{Claims: []graph.Claim{step.claim}})
		var want []string
		for _, l := range [][3]string{
			{"g0 ALLIED_WITH g1 ", step.ally, "2004-01-01/2006-12-31"},
			{"g0 RIVAL_OF g1 ", step.rival, "2004-01-01/2006-12-31"},
			{"g1 FACTION_OF g2 ", step.faction, "../.."},
		} {
			if l[1] != "" {
				want = append(want, l[0]+l[1]+" STATED 2 "+l[2]+" 1")
			}
		}
		if d := cmp.Diff(want, relationships(t)); d != "" {
			t.Errorf("after step %d (-want +got):\n%s", i+1, d)
		}
	}
}

func TestNativeGraphFollowsItsMarking(t *testing.T) {
	d := empty(t)
	s := d.open(t, neo4j.Options{})
	apply(t, s, storetest.People())
	green := storetest.Ally("g1", "g2", "s_a")
	green.Marking = graph.Green
	apply(t, s, graph.Batch{Claims: []graph.Claim{storetest.Ally("g0", "g1", "s_a"), green}})
	clear := []string{"g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1"}
	both := append(slices.Clone(clear), "g1 ALLIED_WITH g2 ASSERTED STATED 2 ../.. 1")
	wantRelationships(t, clear...)

	wider := d.open(t, neo4j.Options{Marking: graph.Amber})
	wantRelationships(t, both...)
	// A store that was opened before writes for the marking in force.
	green.Source = "s_b"
	apply(t, s, graph.Batch{Claims: []graph.Claim{green}})
	both[1] = "g1 ALLIED_WITH g2 ASSERTED STATED 2 ../.. 2"
	wantRelationships(t, both...)
	wantVerified(t, wider)

	narrower := d.open(t, neo4j.Options{})
	wantRelationships(t, clear...)
	wantVerified(t, narrower)
	if _, err := neo4j.Open(t.Context(), server.URI, neo4j.Options{Username: server.Username, Password: server.Password, Marking: "PINK"}); err == nil {
		t.Error("a marking that does not exist was taken")
	}
}

// What people with the password may spoil, Verify finds and Rebuild mends.
func TestVerifyAndRebuild(t *testing.T) {
	for _, spoil := range []string{
		"MATCH ()-[l:ALLIED_WITH]->() DELETE l",
		"MATCH ()-[l:ALLIED_WITH]->() SET l.credibility = 1",
		"MATCH ()-[l:ALLIED_WITH]->() SET l.from = date('2001-01-01')",
		"MATCH ()-[l:ALLIED_WITH]->() REMOVE l.hedge",
		"MATCH (a)-[l:ALLIED_WITH]->(b) CREATE (b)-[m:ALLIED_WITH]->(a) SET m = properties(l)",
		"MATCH (a)-[l:ALLIED_WITH]->(b) CREATE (a)-[m:ALLIED_WITH]->(b) SET m = properties(l)",
		"MATCH (a)-[l:ALLIED_WITH]->(b) CREATE (a)-[m:RIVAL_OF]->(b) SET m = properties(l)",
		"MATCH (a:Entity {id: 'g0'}), (b:Entity {id: 'g2'}) CREATE (a)-[:ALLIED_WITH {id: 'l_aaaaaaaaaaaaaaaaaaaaaaaaaa'}]->(b)",
		"MATCH (e:Entity {id: 'g0'}) REMOVE e:Group",
		"MATCH (e:Entity {id: 'g0'}) SET e.name = 'Another'",
		"MATCH (e:Entity {id: 'g0'}) DETACH DELETE e",
		"MATCH (s:Source {id: 's_a'}) REMOVE s.title",
		"MATCH (c:Claim) SET c.counts = false",
		"MATCH (c:Claim) REMOVE c.link",
		"MATCH (c:Claim) SET c.marking = 4",
	} {
		t.Run(spoil, func(t *testing.T) {
			s := empty(t).open(t, neo4j.Options{})
			b := storetest.People()
			b.Claims = []graph.Claim{storetest.Ally("g0", "g1", "s_a")}
			apply(t, s, b)
			wantVerified(t, s)
			server.Query(t, "MATCH (e:Entity {id: 'g2'}) SET e.pagerank = 0.5 CREATE (e)-[:NOTED {by: 'somebody'}]->(:Note)", nil)
			wantVerified(t, s)

			server.Query(t, spoil, nil)
			v, err := s.Verify(t.Context())
			if err != nil || len(v.Faults) == 0 {
				t.Fatalf("verify found %v, %v", v, err)
			}
			if err := s.Rebuild(t.Context()); err != nil {
				t.Fatalf("rebuild: %v", err)
			}
			wantVerified(t, s)
			if got := server.Query(t, "MATCH (e:Entity {id: 'g2'})-[:NOTED]->(:Note) RETURN e.pagerank", nil); !cmp.Equal(got, [][]any{{0.5}}) {
				t.Errorf("what others keep in the database became %v", got)
			}
		})
	}
}

// TestBearings: a relationship says what sort of tie it is, by its kind and its role.
func TestBearings(t *testing.T) {
	s := empty(t).open(t, neo4j.Options{})
	apply(t, s, storetest.People())
	part := func(who graph.ID, role string) graph.Claim {
		return graph.Claim{Subject: who, Predicate: graph.ParticipatedIn, Object: "x", Role: role, Source: "s_a", Hedge: graph.Stated}
	}
	apply(t, s, graph.Batch{
		Entities: []graph.Entity{node(graph.Incident, "x")},
		Claims:   []graph.Claim{part("i0", "Victim"), part("i1", "planner"), storetest.Ally("g1", "g0", "s_a")},
	})
	got := server.Query(t, "MATCH (a)-[r]->() RETURN a.id, type(r), r.bearing ORDER BY a.id", nil)
	want := [][]any{
		{"g0", "ALLIED_WITH", "COOPERATION"}, {"i0", "PARTICIPATED_IN", "HARM"}, {"i1", "PARTICIPATED_IN", "RESPONSIBILITY"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	wantVerified(t, s)
}

// TestTimesInTheGraph: a relationship says when it held, within the lives of its ends, and
// follows what is learnt of these later; an accusation is contested once the accused denies it.
func TestTimesInTheGraph(t *testing.T) {
	s := empty(t).open(t, neo4j.Options{})
	apply(t, s, people())
	leads := func(from, to string) graph.Claim {
		c := graph.Claim{Subject: "i0", Predicate: graph.Leads, Object: "g0", Source: "s_a", Hedge: graph.Reported, ValidFrom: mustDate(from)}
		if to != "" {
			c.ValidTo = mustDate(to)
		}
		return c
	}
	accused := graph.Claim{Subject: "n0", Predicate: graph.AttributedTo, Object: "g1", Source: "s_a", Hedge: graph.Suspected}
	apply(t, s, graph.Batch{Claims: []graph.Claim{leads("2004", "2006"), leads("2009", ""), accused}})
	holds := func(want ...any) {
		t.Helper()
		got := server.Query(t, "MATCH (:Individual {id: 'i0'})-[r:LEADS]->() RETURN r.held, r.interrupted, r.outsideLife, toString(r.to)", nil)
		if d := cmp.Diff([][]any{want}, got); d != "" {
			t.Errorf("when it held (-want +got):\n%s", d)
		}
		wantVerified(t, s)
	}
	holds([]any{"2004:2006", "2009:"}, true, false, nil)
	death := graph.Claim{Subject: "i0", Predicate: graph.Death, Value: &graph.Value{Date: mustDate("2010-05")}, Source: "s_b", Hedge: graph.Official}
	apply(t, s, graph.Batch{Claims: []graph.Claim{death}})
	holds([]any{"2004:2006", "2009:../2010-05"}, true, false, "2010-05-31")
	earlier := death
	earlier.Value, earlier.Hedge = &graph.Value{Date: mustDate("2003")}, graph.Confirmed
	apply(t, s, graph.Batch{Claims: []graph.Claim{earlier}})
	holds(nil, false, true, nil)
	retraction := graph.Claim{Subject: earlier.Normalised().ID, Predicate: graph.Retracts, Source: "s_b", Hedge: graph.Stated}
	apply(t, s, graph.Batch{Claims: []graph.Claim{retraction}})
	holds([]any{"2004:2006", "2009:../2010-05"}, true, false, "2010-05-31")

	stands := func(want ...any) {
		t.Helper()
		got := server.Query(t, "MATCH (:Incident)-[r:ATTRIBUTED_TO]->() RETURN r.status, r.disputed, r.contested, r.reliability", nil)
		if d := cmp.Diff([][]any{want}, got); d != "" {
			t.Errorf("how it stands (-want +got):\n%s", d)
		}
		wantVerified(t, s)
	}
	stands("REPORTED", false, false, "B")
	denies := graph.Claim{Subject: "g1", Predicate: graph.DeniedResponsibility, Object: "n0", Source: "s_b", Hedge: graph.ClaimedByActor}
	apply(t, s, graph.Batch{Claims: []graph.Claim{denies}})
	stands("REPORTED", false, true, "B")
	apply(t, s, graph.Batch{Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "Report a", Reliability: "D"}}})
	stands("REPORTED", false, true, "D")
}

// TestReliabilityAsSeen: how good a source is that a stricter record says is not seen in what
// readers of less get.
func TestReliabilityAsSeen(t *testing.T) {
	s := empty(t).open(t, neo4j.Options{})
	apply(t, s, people())
	strict := graph.Source{ID: "s_a", Kind: "REPORT", Title: "Report a", Reliability: "E", Marking: graph.Red}
	apply(t, s, as(graph.Red, graph.Batch{Sources: []graph.Source{strict}}))
	apply(t, s, graph.Batch{Claims: []graph.Claim{storetest.Ally("g0", "g1", "s_a")}})
	got := server.Query(t, "MATCH ()-[r:ALLIED_WITH]->() RETURN r.reliability", nil)
	if d := cmp.Diff([][]any{{"B"}}, got); d != "" {
		t.Error(d)
	}
	wantVerified(t, s)
}
