// Package seeds holds the material that rabta comes with: the claims of one
// newspaper column, what other sources say of them, and the groups, lists and
// places of the region around them.
package seeds

import (
	"bytes"
	"embed"
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
	b.ID = "seeds-" + b.Normalised().ID
	b.Actor = "seeds"
	b.Reason = "the material that rabta comes with"
	return b, nil
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
