package neo4j

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j/neo4jtest"
)

func report(id string) graph.Source {
	return graph.Source{ID: graph.ID("s_" + id), Kind: "REPORT", Title: "Report " + id}
}

func node(kind graph.EntityKind, id string) graph.Entity {
	return graph.Entity{ID: graph.ID(id), Kind: kind, Names: []graph.Name{{Value: "The " + id}}}
}

// people is what the batches of these tests are about.
func people() graph.Batch {
	b := graph.Batch{ID: "people", Sources: []graph.Source{report("a"), report("b"), report("c")}, Entities: []graph.Entity{node(graph.Incident, "n0")}}
	for i := range 3 {
		b.Entities = append(b.Entities, node(graph.Group, fmt.Sprintf("g%d", i)), node(graph.Individual, fmt.Sprintf("i%d", i)))
	}
	return b
}

func ally(a, b, source string) graph.Claim {
	return graph.Claim{Subject: graph.ID(a), Predicate: graph.AlliedWith, Object: graph.ID(b), Source: graph.ID(source), Hedge: graph.Stated}
}

// tester is a *testing.T or a *rapid.T.
type tester interface {
	Helper()
	Fatalf(string, ...any)
	Context() context.Context
}

func apply(t tester, s *Store, b graph.Batch) graph.Commit {
	t.Helper()
	c, err := s.Apply(t.Context(), b)
	if err != nil {
		t.Fatalf("apply batch %q of %d claims: %v", b.ID, len(b.Claims), err)
	}
	return c
}

// relationships lists the native graph as text.
func relationships(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, r := range server.Query(t, `MATCH (a)-[l]->(b) RETURN a.id + ' ' + type(l) + ' ' + b.id + ' ' + l.status + ' ' + l.hedge + ' ' + l.credibility + ' '
+ coalesce(toString(l.from), '..') + '/' + coalesce(toString(l.to), '..') + ' ' + l.claims + coalesce(' ' + l.qualifier, '') AS line ORDER BY line`, nil) {
		out = append(out, r[0].(string))
	}
	return out
}

func wantRelationships(t *testing.T, want ...string) {
	t.Helper()
	if d := cmp.Diff(want, relationships(t)); d != "" {
		t.Errorf("the native graph (-want +got):\n%s", d)
	}
}

func wantVerified(t *testing.T, s *Store) {
	t.Helper()
	v, err := s.Verify(t.Context())
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	for _, f := range v.Faults {
		t.Error(f)
	}
}

func TestNativeGraph(t *testing.T) {
	s := empty(t).open(t, Options{})
	apply(t, s, people())
	member := graph.Claim{Subject: "i0", Predicate: "MEMBER_OF", Object: "g0", Role: "spokesman", Source: "s_a", Hedge: graph.Reported, ValidFrom: mustDate("2004")}
	apply(t, s, graph.Batch{Claims: []graph.Claim{ally("g1", "g0", "s_a"), member}})
	wantRelationships(t,
		"g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1",
		"i0 MEMBER_OF g0 REPORTED REPORTED 3 2004-01-01/.. 1 spokesman")
	if got := server.Query(t, "MATCH (g:Entity:Group {id: 'g0'})-[:ALLIED_WITH]-(h:Group) RETURN g.name, h.name", nil); !cmp.Equal(got, [][]any{{"The g0", "The g1"}}) {
		t.Errorf("by labels and names: %v", got)
	}
	if got := server.Query(t, "MATCH ()-[r:ALLIED_WITH]->() MATCH (c:Claim {link: r.id}) MATCH (s:Source {id: c.source}) RETURN c.subject, c.hedge, c.polarity, c.credibility, s.title", nil); !cmp.Equal(got, [][]any{{"g1", int64(1), int64(0), int64(2), "Report a"}}) {
		t.Errorf("the evidence: %v", got)
	}

	denial := ally("g0", "g1", "s_b")
	denial.Polarity = graph.Denied
	apply(t, s, graph.Batch{Claims: []graph.Claim{denial}})
	wantRelationships(t,
		"g0 ALLIED_WITH g1 DISPUTED STATED 2 ../.. 2",
		"i0 MEMBER_OF g0 REPORTED REPORTED 3 2004-01-01/.. 1 spokesman")

	retraction := graph.Claim{Subject: ally("g1", "g0", "s_a").Normalised().ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated}
	apply(t, s, graph.Batch{Claims: []graph.Claim{retraction}})
	wantRelationships(t, "i0 MEMBER_OF g0 REPORTED REPORTED 3 2004-01-01/.. 1 spokesman")

	apply(t, s, graph.Batch{Claims: []graph.Claim{ally("g1", "g0", "s_a")}, Reassert: true})
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
	s := empty(t).open(t, Options{})
	apply(t, s, people())
	alliance, rivalry := ally("g0", "g1", "s_a"), ally("g0", "g1", "s_b")
	rivalry.Predicate = graph.RivalOf
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
		for _, l := range [][2]string{{"g0 ALLIED_WITH g1 ", step.ally}, {"g0 RIVAL_OF g1 ", step.rival}, {"g1 FACTION_OF g2 ", step.faction}} {
			if l[1] != "" {
				want = append(want, l[0]+l[1]+" STATED 2 ../.. 1")
			}
		}
		if d := cmp.Diff(want, relationships(t)); d != "" {
			t.Errorf("after step %d (-want +got):\n%s", i+1, d)
		}
	}
}

func mustDate(s string) graph.PartialDate {
	d, err := graph.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestNativeGraphFollowsItsMarking(t *testing.T) {
	d := empty(t)
	s := d.open(t, Options{})
	apply(t, s, people())
	green := ally("g1", "g2", "s_a")
	green.Marking = graph.Green
	apply(t, s, graph.Batch{Claims: []graph.Claim{ally("g0", "g1", "s_a"), green}})
	clear := []string{"g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1"}
	both := append(slices.Clone(clear), "g1 ALLIED_WITH g2 ASSERTED STATED 2 ../.. 1")
	wantRelationships(t, clear...)

	wider := d.open(t, Options{Marking: graph.Amber})
	wantRelationships(t, both...)
	// A store that was opened before writes for the marking in force.
	green.Source = "s_b"
	apply(t, s, graph.Batch{Claims: []graph.Claim{green}})
	both[1] = "g1 ALLIED_WITH g2 ASSERTED STATED 2 ../.. 2"
	wantRelationships(t, both...)
	wantVerified(t, wider)

	narrower := d.open(t, Options{})
	wantRelationships(t, clear...)
	wantVerified(t, narrower)
	if _, err := tryOpen(t, server.URI, Options{Marking: "PINK"}); err == nil {
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
			s := empty(t).open(t, Options{})
			b := people()
			b.Claims = []graph.Claim{ally("g0", "g1", "s_a")}
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

// Whatever is recorded, the native graph is the fold of the log at every commit.
func TestNativeGraphIsTheFold(t *testing.T) {
	d := empty(t)
	neo4jtest.Draws(t, 25)
	shown := 0
	rapid.Check(t, func(rt *rapid.T) {
		empty(t)
		s := d.open(t, Options{Marking: graph.Green})
		defer s.Close()
		apply(rt, s, people())
		history := &history{}
		for range rapid.IntRange(4, 9).Draw(rt, "batches") {
			b := history.batch(rt)
			if _, err := s.Apply(t.Context(), b); errors.Is(err, graph.ErrInvalid) || errors.Is(err, graph.ErrConflict) {
				continue // it names what its writer does not see
			} else if err != nil {
				rt.Fatalf("apply: %v", err)
			}
			history.took(b)
			v, err := s.Verify(t.Context())
			if err != nil {
				rt.Fatalf("verify: %v", err)
			}
			if len(v.Faults) > 0 {
				rt.Fatalf("after %+v: %+v", b, v.Faults)
			}
		}
		shown += len(relationships(t))
	})
	if shown == 0 {
		t.Error("there was never a relationship")
	}
}

// history draws batches that build on one another.
type history struct{ claims []graph.Claim }

func (h *history) batch(t *rapid.T) graph.Batch {
	b := graph.Batch{
		Reassert:  rapid.Bool().Draw(t, "reassert"),
		Clearance: rapid.SampledFrom([]graph.Marking{"", "", graph.Clear, graph.Green, graph.Amber}).Draw(t, "clearance"),
	}
	for range rapid.IntRange(1, 3).Draw(t, "records") {
		switch rapid.IntRange(0, 10).Draw(t, "what") {
		case 0:
			x := node(rapid.SampledFrom([]graph.EntityKind{graph.Group, graph.Organisation}).Draw(t, "kind"), "x")
			x.Marking = marking(t)
			b.Entities = append(b.Entities, x)
		case 1:
			e := rapid.SampledFrom(people().Entities).Draw(t, "entity")
			e.Marking = marking(t)
			b.Entities = append(b.Entities, e)
		case 2:
			s := rapid.SampledFrom(people().Sources).Draw(t, "source")
			s.Marking, s.Reliability = marking(t), rapid.SampledFrom([]graph.Reliability{"", "", "A", "D"}).Draw(t, "reliability")
			b.Sources = append(b.Sources, s)
		case 3, 4, 5:
			b.Claims = append(b.Claims, h.about(t, &b))
		default:
			b.Claims = append(b.Claims, linking(t))
		}
	}
	return b
}

// took notes the claims of a batch that was taken.
func (h *history) took(b graph.Batch) {
	for _, c := range b.Claims {
		h.claims = append(h.claims, c.Normalised())
	}
}

// about draws a claim about what was recorded before or is in the batch.
func (h *history) about(t *rapid.T, b *graph.Batch) graph.Claim {
	c := graph.Claim{Source: sourceID(t), Hedge: hedge(t), Marking: marking(t)}
	earlier := slices.Clone(h.claims)
	for _, own := range b.Claims {
		earlier = append(earlier, own.Normalised())
	}
	if len(earlier) == 0 || rapid.IntRange(0, 5).Draw(t, "withdraw") == 0 {
		c.Predicate, c.Subject = graph.Withdraws, sourceID(t)
		return c
	}
	one := rapid.SampledFrom(earlier).Draw(t, "about")
	other := rapid.SampledFrom(earlier).Draw(t, "against")
	switch rapid.IntRange(0, 3).Draw(t, "how") {
	case 0:
		return one // once more, perhaps to assert it anew
	case 1:
		if one.ID != other.ID {
			c.Predicate, c.Subject, c.Object = graph.Contradicts, one.ID, other.ID
			return c
		}
	}
	c.Predicate, c.Subject = graph.Retracts, one.ID
	return c
}

// linking draws a claim that two things are linked.
func linking(t *rapid.T) graph.Claim {
	group := rapid.SampledFrom([]graph.ID{"g0", "g0", "g1", "g1", "g2", "x"})
	c := graph.Claim{
		Subject: group.Draw(t, "subject"), Object: group.Draw(t, "object"), Source: sourceID(t), Hedge: hedge(t), Marking: marking(t),
		Polarity:  rapid.SampledFrom([]graph.Polarity{graph.Affirmed, graph.Affirmed, graph.Denied, graph.NoEvidence}).Draw(t, "polarity"),
		Predicate: rapid.SampledFrom([]graph.Predicate{graph.AlliedWith, graph.AlliedWith, graph.RivalOf, graph.RivalOf, graph.SameAs, "FACTION_OF", "COOPERATES_WITH", graph.AttributedTo}).Draw(t, "predicate"),
		ValidFrom: rapid.SampledFrom([]graph.PartialDate{{}, mustDate("2001"), mustDate("2005-03~")}).Draw(t, "from"),
		ValidTo:   rapid.SampledFrom([]graph.PartialDate{{}, mustDate("2005-04-01"), mustDate("2007")}).Draw(t, "to"),
	}
	if rapid.Bool().Draw(t, "spoken") {
		c.Speaker = rapid.SampledFrom([]graph.ID{"i0", "i1"}).Draw(t, "speaker")
	}
	if rapid.Bool().Draw(t, "relying") {
		c.Origin = sourceID(t)
	}
	if c.Predicate == graph.AttributedTo {
		c.Subject, c.Attributor = "n0", rapid.SampledFrom([]graph.ID{"", "g0", "i2"}).Draw(t, "attributor")
	}
	if c.Subject == c.Object {
		c.Object = "g0"
		if c.Subject == "g0" {
			c.Object = "g1"
		}
	}
	return c
}

func sourceID(t *rapid.T) graph.ID {
	return rapid.SampledFrom([]graph.ID{"s_a", "s_b", "s_c"}).Draw(t, "source")
}

func hedge(t *rapid.T) graph.Hedge {
	return rapid.SampledFrom([]graph.Hedge{graph.Confirmed, graph.Reported, graph.Alleged, graph.Assessment}).Draw(t, "hedge")
}

func marking(t *rapid.T) graph.Marking {
	return rapid.SampledFrom([]graph.Marking{"", "", "", "", graph.Clear, graph.Green, graph.Amber}).Draw(t, "marking")
}
