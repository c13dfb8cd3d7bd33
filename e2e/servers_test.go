package e2e

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
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
	eventually(t, "the seeds at the other server", func() bool { return b.follower.Graph.Sequence() == a.follower.Graph.Sequence() })

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

// With Neo4j stopped reads go on and say so, writes are refused with a code, and
// both recover by themselves.
func TestOutage(t *testing.T) {
	store := openStore(t, "neo4j")
	if database.name == "" {
		t.Skip("NEO4J_URI names a server that is not this test's to stop")
	}
	w := serve(t, store, "neo4j")
	seeded(t, w.follower)
	type revision struct {
		Revision struct {
			Sequence     int
			Claims       int
			StoreAnswers bool
			StoreReached string
		}
	}
	const ask = `{ revision { sequence claims storeAnswers storeReached } }`
	var before, during revision
	eventually(t, "a store that answers", func() bool { w.data(t, ask, &before); return before.Revision.StoreAnswers })
	if _, err := script("kill", database.name); err != nil {
		t.Fatal(err)
	}
	eventually(t, "reads say that the store is gone", func() bool { w.data(t, ask, &during); return !during.Revision.StoreAnswers })
	if during.Revision.Claims != before.Revision.Claims || during.Revision.StoreReached == "" {
		t.Errorf("reads during the outage: %+v, before %+v", during, before)
	}
	answer := w.post(t, fmt.Sprintf(recordStatement, "e2e-out", "while it is down"), nil)
	var refused struct {
		Errors []struct{ Extensions struct{ Code string } }
	}
	if err := json.Unmarshal(answer, &refused); err != nil || len(refused.Errors) != 1 || refused.Errors[0].Extensions.Code != "UNAVAILABLE" {
		t.Errorf("a write during the outage: %s", answer)
	}
	if strings.Contains(string(answer), "Connectivity") || strings.Contains(string(answer), "127.0.0.1") {
		t.Errorf("a driver's words reach the client: %s", answer)
	}
	if _, err := script("restart", database.name); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the store answers again", func() bool { w.data(t, ask, &during); return during.Revision.StoreAnswers })
	eventually(t, "a write succeeds again", func() bool {
		return strings.Contains(string(w.post(t, fmt.Sprintf(recordStatement, "e2e-out", "while it is down"), nil)), `"claims":1`) ||
			strings.Contains(string(w.post(t, statements, nil)), `"totalCount":1`)
	})
}
