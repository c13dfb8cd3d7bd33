package neo4j

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j/neo4jtest"
	"github.com/rabta/rabta/store/storetest"
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
	code := storetest.Main(m, func(ctx context.Context, uri string) (graph.Store, error) {
		return Open(ctx, uri, Options{Username: server.Username, Password: server.Password})
	})
	stop()
	os.Exit(code)
}

// database is an empty database on the shared server.
type database struct{}

// empty wipes the shared database for a test.
func empty(t *testing.T) database {
	t.Helper()
	server.Empty(t)
	return database{}
}

func (d database) Open(t *testing.T) graph.Store { return d.open(t, Options{}) }

func (database) Location() string { return server.URI }

func (database) OpenFaulty(t *testing.T) (graph.Store, storetest.Faults) {
	t.Helper()
	p := neo4jtest.NewProxy(t, server)
	s := mustOpen(t, p.URI(), Options{})
	s.attempts = 1
	return s, p
}

func (database) open(t *testing.T, o Options) *Store {
	t.Helper()
	return mustOpen(t, server.URI, o)
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
	o.Username, o.Password = server.Username, server.Password
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	s, err := Open(t.Context(), uri, o)
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, err
}

func TestDurable(t *testing.T) {
	storetest.Durable(t, func(t *testing.T) storetest.DurableOpener { return empty(t) })
}
