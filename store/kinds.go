package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/store/neo4j"
	"github.com/rabta/rabta/store/sqlite"
)

// kind is a kind of store.
type kind struct {
	name    string
	schemes []string
	// server is set for a store that other processes keep: it may be down.
	server bool
	// open gets the whole URL, and what stands behind its scheme.
	open func(ctx context.Context, url, rest string, o Options) (graph.Store, error)
	// afterRedaction is what somebody still has to do after something was redacted, a
	// sentence each. docs/redact.md says the same.
	afterRedaction []string
	// inspect looks at it without changing it; nil where there is nothing to look at.
	inspect func(ctx context.Context, url, rest string, o Options) (Inspection, error)
}

var kinds = []kind{
	{
		name: "sqlite", schemes: []string{"sqlite"}, open: openSQLite, inspect: inspectSQLite,
		afterRedaction: []string{
			"Backups that were made before hold it: make one now, and destroy the older ones.",
			"So do copies of the file, replicas such as those of Litestream, and snapshots of the disk or the machine.",
			"The file was written anew. A disk may keep what was written over, where only the disk can clear it.",
		},
	},
	{
		name: "memory", schemes: []string{"memory"}, open: openMemory,
		afterRedaction: []string{"The memory of the process may hold it until the process ends."},
	},
	{
		name: "neo4j", schemes: []string{"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"},
		server: true, open: openNeo4j, inspect: inspectNeo4j,
		afterRedaction: []string{
			"Backups and dumps that were made before hold it: make a backup now, and destroy the older ones.",
			"The transaction logs of the server hold it until they are rotated away: see db.tx_log.rotation.retention_policy.",
			"The store files of the server hold it in room that was freed, and so does a dump of them. To be rid of that, " +
				"restore a new backup into a new server, and destroy the folders data and logs of this one.",
			"Copies of the disk or the machine hold it, too, and so may the server's query log.",
		},
	},
}

// kindOf is the kind of store that a URL names; nil for none.
func kindOf(url string) *kind {
	scheme, _, ok := strings.Cut(url, ":")
	if !ok {
		return nil
	}
	i := slices.IndexFunc(kinds, func(k kind) bool { return slices.Contains(k.schemes, scheme) })
	if i < 0 {
		return nil
	}
	return &kinds[i]
}

// AfterRedaction is what somebody still has to do after something was redacted from the
// store that a URL names, a sentence each.
func AfterRedaction(url string) []string {
	if k := kindOf(url); k != nil {
		return append(slices.Clone(k.afterRedaction), everywhere...)
	}
	return nil
}

// everywhere is what is to be done after a redaction, whatever the store is.
var everywhere = []string{
	"Running servers leave it out once they have read their graph anew, as at a start. What they gave before is where it " +
		"was taken: exported files, notebooks, caches of proxies, files that were imported.",
	"Stores that took over the log of this one hold it until they import it again, with a clearance that saw it.",
}

// Kind is the kind of store that a URL names: "sqlite", "memory" or "neo4j"; "" when
// it names none.
func Kind(url string) string {
	if k := kindOf(url); k != nil {
		return k.name
	}
	return ""
}

func openSQLite(ctx context.Context, _, path string, o Options) (graph.Store, error) {
	if strings.HasPrefix(path, "//") {
		return nil, graph.Invalid("BAD_STORE", "store", "sqlite: takes a path, and no host",
			"write sqlite:PATH, for instance sqlite:data/rabta.db or sqlite:/var/lib/rabta/rabta.db")
	}
	open := sqlite.Open
	if o.ReadOnly {
		open = sqlite.OpenReadOnly
	}
	s, err := open(ctx, path, o.Logger)
	if err != nil {
		return nil, err // a nil *Store is not to be a graph.Store
	}
	return s, nil
}

func openMemory(_ context.Context, _, rest string, _ Options) (graph.Store, error) {
	if rest != "" {
		return nil, graph.Invalid("BAD_STORE", "store", "memory: takes nothing after the colon",
			"write memory: alone, or sqlite: and a path to keep what is recorded")
	}
	return memory.New(), nil
}

func openNeo4j(ctx context.Context, url, _ string, o Options) (graph.Store, error) {
	s, err := neo4j.Open(ctx, url, o.neo4j())
	if err != nil {
		return nil, err // a nil *Store is not to be a graph.Store
	}
	if o.ReadOnly {
		return readOnly{s}, nil
	}
	return s, nil
}

// noKind is the error for a URL that names no kind of store.
func noKind(url string) error {
	const forms = "sqlite:PATH, memory:, neo4j://HOST:PORT, neo4j+s://HOST:PORT, bolt://HOST:PORT or bolt+s://HOST:PORT"
	scheme, _, ok := strings.Cut(url, ":")
	if !ok {
		return graph.Invalid("BAD_STORE", "store", "it names no kind of store", "write "+forms)
	}
	return graph.Invalid("BAD_STORE", "store", fmt.Sprintf("%q is no kind of store", clip(scheme)), "write "+forms)
}

// clip shortens what may be a whole address typed in the wrong place.
func clip(s string) string {
	const most = 20
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
