package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/sqlite"
)

// Inspection is what a store tells of itself when it is only looked at.
type Inspection struct {
	Server   string         // what the server calls itself; empty for a file
	Head     graph.Sequence // the newest commit; 0 when there is none
	Recorded time.Time      // when that was recorded
}

// Inspect looks at the store that url names and changes nothing: it makes no file, brings
// no tables up to date, and asks a server once. The errors are those of Open; errors.Is
// errors.ErrUnsupported for what cannot be looked at, such as memory.
func Inspect(ctx context.Context, url string, o Options) (Inspection, error) {
	k := kindOf(url)
	if k == nil {
		return Inspection{}, noKind(url)
	}
	if err := CheckURL(url); err != nil {
		return Inspection{}, err
	}
	if k.inspect == nil {
		return Inspection{}, fmt.Errorf("a store of the kind %s cannot be looked at: %w", k.name, errors.ErrUnsupported)
	}
	_, rest, _ := strings.Cut(url, ":")
	return k.inspect(ctx, url, rest, o)
}

func inspectSQLite(ctx context.Context, _, path string, o Options) (i Inspection, err error) {
	i.Head, i.Recorded, err = sqlite.Inspect(ctx, path, o.Logger)
	return i, err
}

func inspectNeo4j(ctx context.Context, url, _ string, o Options) (i Inspection, err error) {
	i.Server, i.Head, i.Recorded, err = neo4j.Inspect(ctx, url, o.neo4j())
	return i, err
}

// neo4j are the options that a Neo4j store takes.
func (o Options) neo4j() neo4j.Options {
	if o.credentials == nil {
		o.credentials = o.newCredentials()
	}
	return neo4j.Options{
		Credentials: o.credentials, Database: o.Database, Marking: o.Marking, Logger: o.Logger,
	}
}
