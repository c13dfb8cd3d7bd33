package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/store"
	"github.com/rabta/rabta/tests/raced"
)

// stores are the stores that everything here runs on. The race detector watches how the
// requests of the cases are answered, from memory, which is the same on all.
var stores = onThese()

func onThese() []string {
	if raced.Detector {
		return []string{"memory"}
	}
	return []string{"memory", "sqlite", "neo4j"}
}

// database is the Neo4j that the tests share; it starts when the first needs it.
var database struct {
	name                    string // of the one that was started here
	uri, username, password string
	missing                 string // why there is none
	start                   func() error
}

func TestMain(m *testing.M) {
	database.start = sync.OnceValue(startNeo4j)
	code := m.Run()
	if database.name != "" {
		_, _ = script("stop", database.name)
	}
	os.Exit(code)
}

// startNeo4j uses the server that NEO4J_URI names, or starts one.
func startNeo4j() error {
	database.uri, database.username, database.password = os.Getenv("NEO4J_URI"), os.Getenv("NEO4J_USERNAME"), os.Getenv("NEO4J_PASSWORD")
	if database.uri != "" {
		return nil
	}
	pid := strconv.Itoa(os.Getpid())
	printed, err := script("start", "e2e-"+pid, "--owner", pid)
	if err != nil {
		exit, refused := err.(*exec.ExitError)
		if refused && exit.ExitCode() == 3 && os.Getenv("CI") != "true" {
			database.missing = strings.TrimSpace(string(exit.Stderr))
			return nil
		}
		if refused {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return fmt.Errorf("scripts/neo4j start: %w", err)
	}
	values := map[string]string{}
	for line := range strings.Lines(printed) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		values[key] = value
	}
	database.name = "e2e-" + pid
	database.uri, database.username, database.password = values["NEO4J_URI"], values["NEO4J_USERNAME"], values["NEO4J_PASSWORD"]
	return nil
}

func script(args ...string) (string, error) {
	out, err := exec.Command(filepath.Join("..", "scripts", "neo4j"), args...).Output()
	return string(out), err
}

// openStore opens an empty store of a kind for a test.
func openStore(t *testing.T, kind string) graph.Store {
	t.Helper()
	url := "memory:"
	switch kind {
	case "sqlite":
		url = "sqlite:" + filepath.Join(t.TempDir(), "rabta.db")
	case "neo4j":
		wipe(t)
		url = database.uri
	}
	return openURL(t, url)
}

func openURL(t *testing.T, url string) graph.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, store.Options{Username: database.username, Password: database.password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// wipe empties the shared Neo4j.
func wipe(t *testing.T) {
	t.Helper()
	if err := database.start(); err != nil {
		t.Fatal(err)
	}
	if database.missing != "" {
		t.Skip(database.missing)
	}
	d, err := neo4j.NewDriverWithContext(database.uri, neo4j.BasicAuth(database.username, database.password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close(context.Background()) }()
	s := d.NewSession(t.Context(), neo4j.SessionConfig{})
	defer func() { _ = s.Close(context.Background()) }()
	r, err := s.Run(t.Context(), "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS", nil)
	if err == nil {
		_, err = r.Consume(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// world is a running server over a store.
type world struct {
	follower *live.Follower
	url      string
}

// serve starts a server over a store that follows it, for readers of CLEAR.
func serve(t *testing.T, s graph.Store, kind string) *world {
	t.Helper()
	return serveTo(t, s, kind, graph.Clear)
}

// serveTo is serve for readers of a clearance.
func serveTo(t *testing.T, s graph.Store, kind string, clearance graph.Marking) *world {
	t.Helper()
	return serveConfigured(t, server.Service{Store: kind, Writes: true}, s, clearance)
}

// serveConfigured is serveTo for a service that is otherwise set up.
func serveConfigured(t *testing.T, service server.Service, s graph.Store, clearance graph.Marking) *world {
	t.Helper()
	f := live.NewFollower(s, clearance, slog.New(slog.DiscardHandler))
	service.Follower = f
	w := handle(t, server.Assemble(service))
	w.follower = f
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { f.Run(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	return w
}

// seeded loads the seeds into a follower.
func seeded(t *testing.T, f *live.Follower) {
	t.Helper()
	b, err := seeds.Batch()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// post sends a query and returns the body of the answer.
func (w *world) post(t *testing.T, query string, variables json.RawMessage, headers ...string) []byte {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// data sends a query that must not fail and decodes its data.
func (w *world) data(t *testing.T, query string, into any, headers ...string) {
	t.Helper()
	answer := w.post(t, query, nil, headers...)
	var got struct {
		Data   json.RawMessage
		Errors []json.RawMessage
	}
	if err := json.Unmarshal(answer, &got); err != nil || len(got.Errors) > 0 {
		t.Fatalf("%s: %s", query, answer)
	}
	if err := json.Unmarshal(got.Data, into); err != nil {
		t.Fatal(err)
	}
}

// eventually tries until it holds; the bound is generous and no promise.
func eventually(t *testing.T, what string, holds func() bool) time.Duration {
	t.Helper()
	const most = 60 * time.Second
	start := time.Now()
	for !holds() {
		if time.Since(start) > most {
			t.Fatalf("%s: not within %v", what, most)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(start)
}
