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
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/store/storetest"
)

// server is the Neo4j that the tests of this package share.
var server struct {
	uri, username, password string
	// missing is why there is none.
	missing string
}

func TestMain(m *testing.M) {
	stop, err := startServer()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := storetest.Main(m, func(ctx context.Context, uri string) (graph.Store, error) {
		return Open(ctx, uri, Options{Username: server.username, Password: server.password})
	})
	stop()
	os.Exit(code)
}

// startServer uses the server that NEO4J_URI names, or starts one and names it
// there, for the processes that tests start.
func startServer() (stop func(), err error) {
	nothing := func() {}
	server.uri, server.username, server.password = os.Getenv("NEO4J_URI"), os.Getenv("NEO4J_USERNAME"), os.Getenv("NEO4J_PASSWORD")
	if server.uri != "" {
		return nothing, nil
	}
	pid := strconv.Itoa(os.Getpid())
	name := "test-" + pid
	printed, missing, err := runScript("start", name, "--owner", pid)
	if missing != "" {
		server.missing = missing
		return nothing, nil
	}
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(printed) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if err := os.Setenv(key, value); err != nil {
			return nil, err
		}
	}
	server.uri, server.username, server.password = os.Getenv("NEO4J_URI"), os.Getenv("NEO4J_USERNAME"), os.Getenv("NEO4J_PASSWORD")
	return func() {
		if _, _, err := runScript("stop", name); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}, nil
}

// runScript runs scripts/neo4j. missing is what it says when a tool is not
// there, which in CI is an error.
func runScript(args ...string) (printed, missing string, err error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("../../scripts/neo4j", args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err = cmd.Run(); err == nil {
		return stdout.String(), "", nil
	}
	if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() == 3 && os.Getenv("CI") != "true" {
		return "", strings.TrimSpace(stderr.String()), nil
	}
	return "", "", fmt.Errorf("scripts/neo4j %v: %w: %s", args, err, stderr.String())
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

func (d database) Open(t *testing.T) graph.Store { return d.open(t, Options{}) }

func (database) Location() string { return server.uri }

func (database) OpenFaulty(t *testing.T) (graph.Store, storetest.Faults) {
	t.Helper()
	p := newProxy(t)
	s := mustOpen(t, p.uri(), Options{})
	s.attempts = 1
	return s, p
}

func (database) open(t *testing.T, o Options) *Store {
	t.Helper()
	return mustOpen(t, server.uri, o)
}

func mustOpen(t *testing.T, uri string, o Options) *Store {
	t.Helper()
	s, err := tryOpen(t, uri, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return s
}

func tryOpen(t *testing.T, uri string, o Options) (*Store, error) {
	o.Username, o.Password = server.username, server.password
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	s, err := Open(t.Context(), uri, o)
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

func TestDurable(t *testing.T) {
	storetest.Durable(t, func(t *testing.T) storetest.DurableOpener { return empty(t) })
}

func TestSameAsMemory(t *testing.T) {
	empty(t)
	storetest.Differential(t,
		func(t *testing.T) storetest.Opener { return empty(t) },
		func(*testing.T) storetest.Opener { return inMemory{} })
}

type inMemory struct{}

func (inMemory) Open(*testing.T) graph.Store { return memory.New() }
