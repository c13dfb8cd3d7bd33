// Package conformance holds the Neo4j store against what every store promises. It
// stands apart from the store's own tests, which take as long, and has a server of its own.
package conformance

import (
	"fmt"
	"os"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/store/neo4j"
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
	code := m.Run()
	stop()
	os.Exit(code)
}

// database is an empty database on the shared server.
type database struct{}

func empty(t *testing.T) storetest.Opener {
	t.Helper()
	server.Empty(t)
	return database{}
}

func (database) Open(t *testing.T) graph.Store {
	t.Helper()
	s, err := neo4j.Open(t.Context(), server.URI, neo4j.Options{Username: server.Username, Password: server.Password})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestStore(t *testing.T) { storetest.Run(t, empty) }

func TestExchange(t *testing.T) { storetest.Exchange(t, empty) }

// inMemory is a store to compare with.
type inMemory struct{}

func (inMemory) Open(*testing.T) graph.Store { return memory.New() }

func TestSameAsMemory(t *testing.T) {
	empty(t)
	neo4jtest.Draws(t, 25)
	storetest.Differential(t, empty, func(*testing.T) storetest.Opener { return inMemory{} })
}

func TestExchanged(t *testing.T) {
	empty(t)
	neo4jtest.Draws(t, 6)
	storetest.Exchanged(t, empty, func(*testing.T) storetest.Opener { return inMemory{} })
}

// TestRestoredExchange has the database take over logs that stores in memory exchanged with it.
func TestRestoredExchange(t *testing.T) {
	empty(t)
	neo4jtest.Draws(t, 4)
	storetest.Exchanged(t, func(*testing.T) storetest.Opener { return inMemory{} }, empty)
}
