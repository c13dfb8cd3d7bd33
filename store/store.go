// Package store opens the store that a URL names.
package store

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/sqlite"
)

// Options are what a URL does not say. Stores take what they need of it.
type Options struct {
	// Username and Password are for servers. They are never part of the URL.
	Username, Password string
	// Database is the database on the server; empty is the server's own choice.
	Database string
	// Marking is the strictest marking that may go where other programs read
	// it: the native graph of a Neo4j database. Empty is CLEAR.
	Marking graph.Marking
	// Logger gets the words of drivers, which errors do not hold. Nil discards
	// them.
	Logger *slog.Logger
}

// forms are the URLs that Open takes, for messages.
const forms = "sqlite:PATH, memory:, neo4j://HOST:PORT, neo4j+s://HOST:PORT, bolt://HOST:PORT or bolt+s://HOST:PORT"

// Open opens the store that url names:
//
//	sqlite:PATH        the file at PATH, made when there is none
//	memory:            nothing but the process, empty at first
//	neo4j://HOST:PORT  a Neo4j database; also neo4j+s, neo4j+ssc, bolt, bolt+s, bolt+ssc
//
// An error is an ErrInvalid when the URL or what it leads to cannot be used, and
// an ErrUnavailable when it cannot be reached.
func Open(ctx context.Context, url string, o Options) (graph.Store, error) {
	scheme, rest, ok := strings.Cut(url, ":")
	if !ok {
		return nil, graph.Invalid("BAD_STORE", "store", "it names no kind of store", "write "+forms)
	}
	switch scheme {
	case "sqlite":
		return file(ctx, rest, o)
	case "memory":
		if rest != "" {
			return nil, graph.Invalid("BAD_STORE", "store", "memory: takes nothing after the colon", "write memory: alone, or sqlite: and a path to keep what is recorded")
		}
		return memory.New(), nil
	case "neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc":
		s, err := neo4j.Open(ctx, url, neo4j.Options{Username: o.Username, Password: o.Password, Database: o.Database, Marking: o.Marking, Logger: o.Logger})
		if err != nil {
			return nil, err // a nil *Store is not to be a graph.Store
		}
		return s, nil
	}
	return nil, graph.Invalid("BAD_STORE", "store", fmt.Sprintf("%q is no kind of store", clip(scheme)), "write "+forms)
}

func file(ctx context.Context, path string, o Options) (graph.Store, error) {
	if strings.HasPrefix(path, "//") {
		return nil, graph.Invalid("BAD_STORE", "store", "sqlite: takes a path, and no host", "write sqlite:PATH, for instance sqlite:data/rabta.db or sqlite:/var/lib/rabta/rabta.db")
	}
	s, err := sqlite.Open(ctx, path, o.Logger)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// clip shortens what may be a whole address typed in the wrong place.
func clip(s string) string {
	const most = 20
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
