// Package seeds holds the material that rabta comes with: the claims of one
// newspaper column, what other sources say of them, and the groups, lists and
// places of the region around them.
package seeds

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

//go:embed *.ndjson
var files embed.FS

// Batch returns all seeds as one checked batch. Its id names the content, so
// that a store which holds the same seeds already takes nothing of them.
func Batch() (graph.Batch, error) {
	read, err := readAll(files)
	if err != nil {
		return graph.Batch{}, err
	}
	joined, err := formats.Join(read...)
	if err != nil {
		return graph.Batch{}, fmt.Errorf("joining the seeds: %w", err)
	}
	b := joined.Batch
	b.ID = "seeds-" + digest(b.Normalised())
	b.Actor = Actor
	b.Reason = "the material that rabta comes with"
	return b, nil
}

// digest is a hash of all that seeds hold, texts and labels of claims among it.
func digest(b graph.Batch) string {
	h := sha256.New()
	fmt.Fprintln(h, false)
	for i := range b.Sources {
		fmt.Fprintf(h, "%s\n", graph.Encode(&b.Sources[i]))
	}
	for i := range b.Entities {
		fmt.Fprintf(h, "%s\n", graph.Encode(&b.Entities[i]))
	}
	for i := range b.Claims {
		fmt.Fprintf(h, "%s\n", graph.Encode(&b.Claims[i]))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// readAll reads every file in the order of their names.
func readAll(from fs.FS) ([][]formats.Record, error) {
	names, err := fs.Glob(from, "*.ndjson")
	if err != nil {
		return nil, fmt.Errorf("listing the seeds: %w", err)
	}
	read := make([][]formats.Record, 0, len(names))
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, fmt.Errorf("opening the seeds: %w", err)
		}
		records, err := formats.ReadClaims(bytes.NewReader(data), name)
		if err != nil {
			return nil, fmt.Errorf("reading the seeds: %w", err)
		}
		read = append(read, records)
	}
	return read, nil
}
