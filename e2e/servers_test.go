package e2e

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/rabta/rabta/server"
)

// handle serves a configuration.
func handle(t *testing.T, c server.Config) *world {
	t.Helper()
	srv, err := server.New(c)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(srv.Handler())
	t.Cleanup(web.Close)
	return &world{url: web.URL}
}

const recordStatement = `mutation {
  record(input: {
    id: %q
    sources: [{id: "s_e2e", kind: STATEMENT, title: "A test"}]
    claims: [{subject: "lej", predicate: STATEMENT, value: {text: %q}, hedge: STATED, source: "s_e2e"}]
  }) { commit { sequence claims } userErrors { message } }
}`

type recorded struct {
	Record struct {
		Commit     *struct{ Sequence, Claims int }
		UserErrors []struct{ Message string }
	}
}

const statements = `{ claims(where: {source: {id: {eq: "s_e2e"}}}) { totalCount } }`

type counted struct {
	Claims struct{ TotalCount int }
}

// What one server records another sees: soon by itself, at once by a request that
// names the sequence.
func TestTwoServersOnOneNeo4j(t *testing.T) {
	a := serve(t, openStore(t, "neo4j"), "neo4j")
	b := serve(t, openURL(t, database.uri), "neo4j")
	seeded(t, a.follower)
	eventually(t, "the seeds at the other server", func() bool { return b.follower.Graph().Sequence() == a.follower.Graph().Sequence() })

	var done recorded
	a.data(t, fmt.Sprintf(recordStatement, "e2e-1", "first"), &done)
	if done.Record.Commit == nil || done.Record.Commit.Claims != 1 {
		t.Fatalf("%+v", done)
	}
	var seen counted
	b.data(t, statements, &seen, "Rabta-At-Least", fmt.Sprint(done.Record.Commit.Sequence))
	if seen.Claims.TotalCount != 1 {
		t.Fatalf("a request that names the sequence sees %d", seen.Claims.TotalCount)
	}
	a.data(t, fmt.Sprintf(recordStatement, "e2e-2", "second"), &done)
	took := eventually(t, "the claim at the other server", func() bool {
		b.data(t, statements, &seen)
		return seen.Claims.TotalCount == 2
	})
	t.Logf("seen by the other server after %v", took)
}
