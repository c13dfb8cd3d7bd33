// Package store opens the store that a URL names.
package store

import (
	"context"
	"log/slog"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
)

// Options are what a URL does not say. Stores take what they need of it.
type Options struct {
	// Username and Password are for servers. They are never part of the URL.
	Username, Password string
	// ReadPassword stands in the place of Password where it is not nil. It is called
	// again after a server refused what it gave.
	ReadPassword func() (string, error)
	// Database is the database on the server; empty is the server's own choice.
	Database string
	// Marking is the strictest marking that may go where other programs read
	// it: the native graph of a Neo4j database. Empty is CLEAR.
	Marking graph.Marking
	// Logger gets the words of drivers, which errors do not hold. Nil discards
	// them.
	Logger *slog.Logger
	// ReadOnly opens a store for reading alone: Apply is an ErrDenied. A file is not
	// changed and need not be writable. Memory takes what it is given all the same: it
	// holds nothing else.
	ReadOnly bool
	// Lazy is for a service that must start before its store does: a server is
	// opened when it is first needed, and asked again at every use until it
	// answers; until then everything is ErrUnavailable. A file and memory are
	// opened at once all the same.
	Lazy bool

	credentials *neo4j.Credentials // of a server, however often it is opened
}

// Open opens the store that url names:
//
//	sqlite:PATH        the file at PATH, made when there is none
//	memory:            nothing but the process, empty at first
//	neo4j://HOST:PORT  a Neo4j database; also neo4j+s, neo4j+ssc, bolt, bolt+s, bolt+ssc
//
// An error is an ErrInvalid when the URL or what it leads to cannot be used, and
// an ErrUnavailable when it cannot be reached.
func Open(ctx context.Context, url string, o Options) (graph.Store, error) {
	k := kindOf(url)
	if k == nil {
		return nil, noKind(url)
	}
	if err := CheckURL(url); err != nil {
		return nil, err
	}
	_, rest, _ := strings.Cut(url, ":")
	if k.server {
		o.credentials = o.newCredentials()
	}
	open := func(ctx context.Context) (graph.Store, error) { return k.open(ctx, url, rest, o) }
	if o.Lazy && k.server {
		return newLazy(open), nil
	}
	return open(ctx)
}

func (o *Options) newCredentials() *neo4j.Credentials {
	read := o.ReadPassword
	if read == nil {
		read = func() (string, error) { return o.Password, nil }
	}
	return neo4j.NewCredentials(o.Username, read)
}
