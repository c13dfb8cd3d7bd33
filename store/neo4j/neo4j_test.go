package neo4j

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/storetest"
)

// server is the Neo4j that the tests of this package share.
var server struct {
	uri, username, password string
	// instance is its name for scripts/neo4j; empty when it was there before.
	instance string
	// missing is why there is none.
	missing string
}

const script = "../../scripts/neo4j"

func TestMain(m *testing.M) {
	stop, err := startServer()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	stop()
	os.Exit(code)
}

// startServer uses the server that NEO4J_URI names, or starts one.
func startServer() (stop func(), err error) {
	nothing := func() {}
	server.uri, server.username, server.password = os.Getenv("NEO4J_URI"), os.Getenv("NEO4J_USERNAME"), os.Getenv("NEO4J_PASSWORD")
	if server.uri != "" {
		return nothing, nil
	}
	pid := strconv.Itoa(os.Getpid())
	name := "test-" + pid
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(script, "start", name, "--owner", pid)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 3 && os.Getenv("CI") != "true" {
			server.missing = strings.TrimSpace(stderr.String())
			return nothing, nil
		}
		return nil, fmt.Errorf("start the server: %w: %s", err, stderr.String())
	}
	server.instance = name
	for line := range strings.Lines(stdout.String()) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		*map[string]*string{"NEO4J_URI": &server.uri, "NEO4J_USERNAME": &server.username, "NEO4J_PASSWORD": &server.password}[key] = value
	}
	return func() {
		if out, err := exec.Command(script, "stop", name).CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "stop the server: %v: %s\n", err, out)
		}
	}, nil
}

// database is an empty database on the shared server.
type database struct{}

// empty wipes the shared database for a test.
func empty(t *testing.T) database {
	t.Helper()
	if server.missing != "" {
		t.Skip(server.missing)
	}
	query(t, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS", nil)
	return database{}
}

// Open implements storetest.Opener.
func (d database) Open(t *testing.T) graph.Store { return d.open(t, Options{}) }

func (database) open(t *testing.T, o Options) *Store {
	t.Helper()
	s, err := tryOpen(t, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return s
}

func tryOpen(t *testing.T, o Options) (*Store, error) {
	o.Username, o.Password = server.username, server.password
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	s, err := Open(t.Context(), server.uri, o)
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

// query runs a statement beside any store, as a person with the password would,
// and returns the values of its rows.
func query(t *testing.T, cypher string, p map[string]any) [][]any {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	d, err := driver.NewDriverWithContext(server.uri, driver.BasicAuth(server.username, server.password, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(ctx)
	session := d.NewSession(ctx, driver.SessionConfig{DatabaseName: "neo4j"})
	defer session.Close(ctx)
	result, err := session.Run(ctx, cypher, p)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	records, err := result.Collect(ctx)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	rows := make([][]any, len(records))
	for i, r := range records {
		rows[i] = r.Values
	}
	return rows
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Opener { return empty(t) })
}
