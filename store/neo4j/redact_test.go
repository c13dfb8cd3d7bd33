package neo4j

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// redaction is one of an id with all that names it.
func redaction(t *testing.T, s *Store, id graph.ID) graph.Redaction {
	t.Helper()
	all, err := feed(t, s)
	if err != nil {
		t.Fatal(err)
	}
	r := graph.Redaction{Reason: "by order", Head: graph.Sequence(len(all)), IDs: []graph.ID{id}}
	for at := 0; at < len(r.IDs); at++ {
		for _, c := range all {
			for _, p := range c.Records() {
				if p.Claim != nil && slices.Contains(p.Mentions(), r.IDs[at]) && !slices.Contains(r.IDs, p.ID()) {
					r.IDs = append(r.IDs, p.ID())
				}
			}
		}
	}
	return r
}

// Of what is redacted nothing is in the database: no node, no property, no relationship,
// also none of those that others drew.
func TestNothingOfTheRedactedIsLeft(t *testing.T) {
	s := empty(t).open(t, Options{})
	apply(t, s, people())
	secret := node(graph.Group, "secret-id")
	secret.Names = []graph.Name{{Value: "Secret Name"}}
	link := ally("g0", "secret-id", "s_a")
	link.Excerpt = "secret excerpt"
	apply(t, s, graph.Batch{
		ID: "secret-batch", Actor: "secret actor", Reason: "secret reason",
		Entities: []graph.Entity{secret}, Claims: []graph.Claim{link, ally("g0", "g1", "s_a")},
	})
	link = link.Normalised()
	apply(t, s, graph.Batch{Claims: []graph.Claim{{
		Subject: link.ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "an error"},
	}}})
	apply(t, s, graph.Batch{Reassert: true, Claims: []graph.Claim{link}})
	server.Query(t, "MATCH (a:Entity {id: 'secret-id'}), (b:Entity {id: 'g1'}) CREATE (a)-[:THEIRS {of: 'secret-id'}]->(b)", nil)
	if n := secrets(t); n < 5 {
		t.Fatalf("before it is redacted it is in %d nodes and relationships", n)
	}
	r := redaction(t, s, "secret-id")
	r.Said = []graph.Sequence{2}
	if _, err := s.Redact(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if n := secrets(t); n > 0 {
		t.Errorf("%d nodes or relationships hold it", n)
	}
	wantVerified(t, s)
	wantRelationships(t, "g0 ALLIED_WITH g1 ASSERTED STATED 2 ../.. 1")
	for _, spoil := range []string{
		"MATCH (t:Tombstone) WITH t LIMIT 1 SET t.reason = 'for fun'", "MATCH (t:Tombstone) WITH t LIMIT 1 SET t.digest = 'x'",
		"MATCH (k:Commit {seq: 5}) SET k.redacted = []", "MATCH (k:Commit {seq: 1}) SET k.actor = '', k.reason = '', k.batch = 'redacted-1'",
	} {
		server.Query(t, spoil, nil)
		if v, err := s.Verify(t.Context()); err != nil || len(v.Faults) == 0 {
			t.Errorf("after %s there are no faults, %v", spoil, err)
		}
	}
}

// secrets counts the nodes and relationships that hold something of what is to go.
func secrets(t *testing.T) (n int) {
	t.Helper()
	for _, query := range []string{"MATCH (n) RETURN properties(n)", "MATCH ()-[l]->() RETURN properties(l)"} {
		for _, r := range server.Query(t, query, nil) {
			text, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(strings.ToLower(string(text)), "secret") {
				n++
			}
		}
	}
	return n
}

// Commits of older versions are sealed over the text of their records.
func TestRedactOlder(t *testing.T) {
	s := older(t).open(t, Options{})
	all, err := feed(t, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []graph.Redaction{redaction(t, s, all[0].Entities[0].ID), {Reason: "by order", Head: graph.Sequence(len(all)), Said: []graph.Sequence{2}}} {
		_, err := s.Redact(t.Context(), r)
		if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "rabta restore") {
			t.Errorf("it gives %v", err)
		}
	}
	wantVerified(t, s)
}
