package neo4j

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/storetest"
)

func people() graph.Batch { return storetest.People() }

func report(id string) graph.Source {
	return graph.Source{ID: graph.ID("s_" + id), Kind: "REPORT", Title: "Report " + id}
}

func node(kind graph.EntityKind, id string) graph.Entity {
	return graph.Entity{ID: graph.ID(id), Kind: kind, Names: []graph.Name{{Value: "The " + id}}}
}

func ally(a, b, source string) graph.Claim { return storetest.Ally(a, b, source) }

func apply(t *testing.T, s *Store, b graph.Batch) graph.Commit {
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
+ coalesce(toString(l.from), '..') + '/' + coalesce(toString(l.to), '..') + ' ' + l.claims + coalesce(' ' + l.qualifier, '')
+ reduce(s = '', x IN coalesce(l.speakers, []) | s + ' by ' + x) + reduce(s = '', x IN coalesce(l.deniers, []) | s + ' but ' + x) AS line ORDER BY line`, nil) {
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
