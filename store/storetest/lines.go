package storetest

import (
	"testing"

	"github.com/rabta/rabta/graph"
)

var lineCases = []testCase{
	{"what the record of an entity says can be retracted", lineRetracted},
	{"and is asserted anew if that is asked for", lineReasserted},
	{"what is said beside it can be contradicted", lineContradicted},
	{"a writer retracts no more of it than it sees", lineHidden},
	{"a mark of it names the record that says it", lineMarked},
	{"what is said of it is raised with it", lineRaised},
	{"a name is as strict as its source", nameOfStricterSource},
}

// anew is the store opened anew.
func anew(t *testing.T, o Opener, s graph.Store) graph.Store {
	t.Helper()
	closing(t, s)
	return o.Open(t)
}

// called is an entity with two names.
func called(id string, m graph.Marking) graph.Entity {
	return graph.Entity{ID: graph.ID(id), Kind: graph.Group, Marking: m, Names: []graph.Name{{Value: "Beta"}, {Value: "Wrong"}}}
}

// ofLine is the claim that the line of an entity gives its second name by.
func ofLine(e graph.Entity) graph.Claim { return graph.Expand(&e)[1] }

func lineRetracted(t *testing.T, o Opener) {
	s := opened(t, o)
	e := called("g9", "")
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	back := retraction(ofLine(e), "a")
	if c := apply(t, s, claims(back)); c.Replayed || c.Claims != 1 {
		t.Errorf("the commit is %+v", c)
	}
	for range 2 {
		if c := apply(t, s, claims(back)); !c.Replayed {
			t.Error("a retraction of what is retracted is written again")
		}
		s = anew(t, o, s)
	}
	if c := apply(t, s, graph.Batch{Entities: []graph.Entity{e}}); !c.Replayed {
		t.Error("the same line is written again")
	}
	unknown := ofLine(called("nobody", ""))
	refused(t, s, claims(retraction(unknown, "a")), "DANGLING_REFERENCE", "claims[0].subject")
}

func lineReasserted(t *testing.T, o Opener) {
	s := opened(t, o)
	e := called("g9", "")
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	apply(t, s, claims(retraction(ofLine(e), "a")))
	s = anew(t, o, s)
	again := graph.Batch{Entities: []graph.Entity{e}, Reassert: true}
	apply(t, s, again)
	ch := last(t, s)
	if len(ch.Entities) != 0 || len(ch.Claims) != 1 || ch.Claims[0].ID != ofLine(e).ID {
		t.Errorf("what is asserted anew is %v and %v", ch.Entities, ch.Claims)
	}
	if c := apply(t, s, again); !c.Replayed {
		t.Error("what counts is asserted anew")
	}
	s = anew(t, o, s)
	if c := apply(t, s, claims(retraction(ofLine(e), "b"))); c.Replayed {
		t.Error("what was asserted anew cannot be retracted")
	}
}

func lineContradicted(t *testing.T, o Opener) {
	s := opened(t, o)
	e := called("g9", "")
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	c := graph.Claim{Subject: ofLine(e).ID, Predicate: graph.Contradicts, Object: graph.Expand(&e)[0].ID, Source: "s_a", Hedge: graph.Stated}
	apply(t, s, claims(c))
	s = anew(t, o, s)
	if c := apply(t, s, claims(c)); !c.Replayed {
		t.Error("a contradiction is written again")
	}
	apply(t, s, claims(retraction(ofLine(e), "a")))
	other := called("g8", "")
	apply(t, s, graph.Batch{Entities: []graph.Entity{other}, Claims: []graph.Claim{retraction(ofLine(other), "a")}})
}

func lineHidden(t *testing.T, o Opener) {
	s := opened(t, o)
	hidden, open := called("g8", graph.Red), called("g9", "")
	apply(t, s, graph.Batch{Entities: []graph.Entity{hidden, open}})
	refused(t, s, as(graph.Clear, claims(retraction(ofLine(hidden), "a"))), "DANGLING_REFERENCE", "claims[0].subject")
	secret := retraction(ofLine(open), "a")
	secret.Marking = graph.Red
	apply(t, s, claims(secret))
	s = anew(t, o, s)
	back := as(graph.Clear, claims(retraction(ofLine(open), "b")))
	if c := apply(t, s, back); c.Replayed {
		t.Error("a hidden retraction makes that of another writer a replay")
	}
	wantSeal(t, "a retraction of what all see", graph.Clear, last(t, s).Claims[0].Seal)
	apply(t, s, claims(retraction(ofLine(hidden), "a")))
	wantSeal(t, "a retraction of what is hidden", graph.Red, last(t, s).Claims[0].Seal)
}

func lineMarked(t *testing.T, o Opener) {
	s := opened(t, o)
	e := called("g9", "")
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	mark := graph.Claim{
		Subject: ofLine(e).ID, Predicate: graph.Marks, Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Marking: graph.Red},
	}
	refused(t, s, claims(mark), "SAID_BY_LINE", "claims[0].subject")
	secret := called("g8", graph.Red)
	apply(t, s, graph.Batch{Entities: []graph.Entity{secret}})
	back := retraction(ofLine(secret), "a").Normalised()
	apply(t, s, claims(back))
	refused(t, s, claims(remark(back.ID, graph.Clear)), "NAMES_STRICTER", "claims[0].value.marking")
	apply(t, s, claims(remark("g8", graph.Clear)))
	apply(t, s, claims(remark(back.ID, graph.Clear)))
	given := remark("g9", graph.Red).Normalised()
	refused(t, s, claims(given, retraction(given, "a")), "DANGLING_REFERENCE", "claims[1].subject")
}

// lineRaised: what is said of a line goes with it, and with the source of a name.
func lineRaised(t *testing.T, o Opener) {
	s := opened(t, o)
	bySource, plain := called("g8", ""), called("g9", "")
	bySource.Names[1].Source = "s_b"
	apply(t, s, graph.Batch{Entities: []graph.Entity{bySource, plain}})
	for _, of := range []struct {
		line   graph.Entity
		raised graph.ID
	}{{bySource, "s_b"}, {plain, "g9"}} {
		apply(t, s, claims(retraction(ofLine(of.line), "a")))
		back := last(t, s).Claims[0].ID
		apply(t, s, claims(remark(of.raised, graph.Red)))
		same(t, "the retraction, with "+string(of.raised)+" raised", []graph.Marking{graph.Red}, inForce(t, s)[back])
	}
}

// nameOfStricterSource: the source of a name hides the name, and not the entity.
func nameOfStricterSource(t *testing.T, o Opener) {
	s := hidden(t, o)
	e := called("g9", "")
	e.Names[1].Source = "s_red"
	apply(t, s, graph.Batch{Entities: []graph.Entity{e}})
	ch := last(t, s)
	if len(ch.Entities) != 1 || len(ch.Entities[0].Names) != 1 || len(ch.Claims) != 1 {
		t.Fatalf("what is written is %v and %v", ch.Entities, ch.Claims)
	}
	wantSeal(t, "the entity", graph.Clear, ch.Entities[0].Seal)
	wantSeal(t, "the name", graph.Red, ch.Claims[0].Seal)
	if c := apply(t, s, graph.Batch{Entities: []graph.Entity{e}}); !c.Replayed {
		t.Error("the same line is written again")
	}
}
