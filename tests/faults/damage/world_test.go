package damage_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/faults/program"
)

// markings are what the records of the world have in turn.
var markings = []string{"CLEAR", "GREEN", "AMBER", "AMBER_STRICT", "RED"}

// The forms of the world, and what else may be put in its place.
var (
	closed = stored{name: "closed"} // its server was stopped
	killed = stored{name: "killed"} // its server was killed, and the log (-wal) has the last commits
	older  = stored{name: "older"}  // as it was at half of the commits, killed then
	other  = stored{name: "other"}  // another store
)

var worldOnce sync.Once

// world has the program write the stores that all tests copy.
func world(t *testing.T) {
	t.Helper()
	worldOnce.Do(func() {
		other.write(t, 0, 20).Stop(t)
		older.write(t, 0, *commits/2).Kill()
		older.copy(t, killed)
		killed.write(t, *commits/2, *commits).Kill()
		killed.copy(t, closed)
		program.Serve(t, binary, "--store", closed.url(), "--seeds=false").Stop(t)
		wholeDigest, _ = digest(t, closed)
	})
	if !killed.has(walSuffix) || closed.has(walSuffix) || wholeDigest == "" {
		t.Fatal("the stores could not be made, or are not what the tests are for")
	}
}

// write has a server record batches, and leaves it running.
func (s stored) write(t *testing.T, from, to int) *program.Server {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path()), 0o700); err != nil {
		t.Fatal(err)
	}
	server := program.Serve(t, binary, "--store", s.url(), "--seeds=false", "--clearance", "RED")
	for i := from; i < to; i++ {
		if _, err := server.Record(http.DefaultClient, batch(s, i)); err != nil {
			t.Fatalf("batch %d: %v", i, err)
		}
	}
	return server
}

// batch is a batch of a store: a source, what it says of a new member of a group, and now
// and then a retraction, a new assertion, and another name for the group.
func batch(s stored, i int) map[string]any {
	marking := markings[i%len(markings)]
	source, person := fmt.Sprintf("s_%d", i), fmt.Sprintf("p%d", i)
	entities := []any{entity(person, "INDIVIDUAL", "Somebody "+person, marking)}
	if i%40 == 0 {
		entities = append(entities, entity("g", "GROUP", fmt.Sprintf("A group, by its name number %d", i/40), "CLEAR"))
	}
	b := map[string]any{
		"id": fmt.Sprintf("%s-%d", strings.TrimPrefix(s.name, "older"), i), "actor": "somebody", "reason": "to have it",
		"sources": []any{map[string]any{
			"id": source, "kind": "REPORT", "title": fmt.Sprintf("Report %d", i), "reliability": "B", "marking": marking,
		}},
		"entities": entities,
		"claims": []any{
			map[string]any{
				"subject": person, "predicate": "MEMBER_OF", "object": "g", "hedge": "STATED", "source": source, "marking": marking,
			},
			statement(i, marking),
		},
	}
	switch i % 10 {
	case 8:
		b["claims"] = append(b["claims"].([]any), map[string]any{
			"subject": claimOf(i - 5), "predicate": "RETRACTS", "source": source, "hedge": "STATED", "marking": markings[(i-5)%5],
		})
	case 9:
		b["reassert"] = i%20 == 9
		b["claims"] = append(b["claims"].([]any), statement(i-6, markings[(i-6)%5]))
	}
	return b
}

func entity(id, kind, name, marking string) map[string]any {
	return map[string]any{"id": id, "kind": kind, "names": []any{map[string]any{"value": name}}, "marking": marking}
}

// statement is what the source of a batch says of its person, at some length.
func statement(i int, marking string) map[string]any {
	return map[string]any{
		"subject": fmt.Sprintf("p%d", i), "predicate": "STATEMENT", "value": map[string]any{"text": said(i)},
		"hedge": "ALLEGED", "source": fmt.Sprintf("s_%d", i), "marking": marking,
	}
}

func said(i int) string { return strings.Repeat(fmt.Sprintf("He was seen on day %d. ", i), 1+i%30) }

// claimOf is the id of the statement in a batch.
func claimOf(i int) graph.ID {
	return graph.Claim{
		Subject: graph.ID(fmt.Sprintf("p%d", i)), Predicate: "STATEMENT", Value: &graph.Value{Text: said(i)},
		Hedge: "ALLEGED", Source: graph.ID(fmt.Sprintf("s_%d", i)), Marking: graph.Marking(markings[i%5]),
	}.Normalised().ID
}
