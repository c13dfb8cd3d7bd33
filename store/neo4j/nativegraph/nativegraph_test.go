// Package nativegraph holds the native graph that the Neo4j store keeps beside its log
// against what it promises to people. It stands apart from the store's own tests, which
// take as long.
package nativegraph

import (
	"fmt"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/neo4j/neo4jtest"
)

// server is the Neo4j that the tests of this package share.
var server *neo4jtest.Server

func TestMain(m *testing.M) {
	var stop func()
	var err error
	if server, stop, err = neo4jtest.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	stop()
	os.Exit(code)
}

// database is a database on the shared server.
type database struct{}

// empty wipes the shared database for a test.
func empty(t *testing.T) database {
	t.Helper()
	server.Empty(t)
	return database{}
}

func (database) open(t *testing.T, o neo4j.Options) *neo4j.Store {
	t.Helper()
	o.Username, o.Password = server.Username, server.Password
	s, err := neo4j.Open(t.Context(), server.URI, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func apply(t *testing.T, s *neo4j.Store, b graph.Batch) {
	t.Helper()
	if _, err := s.Apply(t.Context(), b); err != nil {
		t.Fatalf("apply batch %q of %d claims: %v", b.ID, len(b.Claims), err)
	}
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

func wantVerified(t *testing.T, s *neo4j.Store) {
	t.Helper()
	v, err := s.Verify(t.Context())
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	for _, f := range v.Faults {
		t.Error(f)
	}
}

func node(kind graph.EntityKind, id string) graph.Entity {
	return graph.Entity{ID: graph.ID(id), Kind: kind, Names: []graph.Name{{Value: "The " + id}}}
}

func mustDate(s string) graph.PartialDate {
	d, err := graph.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}
