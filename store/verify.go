package store

import (
	"context"
	"fmt"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/neo4j"
)

// Verify compares a store's native graph with its claims and tells the
// differences, a line each. ok is false for a store that keeps no native graph.
func Verify(ctx context.Context, s graph.Store) (differences []string, ok bool, err error) {
	n, ok := s.(*neo4j.Store)
	if !ok {
		return nil, false, nil
	}
	found, err := n.Verify(ctx)
	for _, d := range found {
		differences = append(differences, fmt.Sprintf("%s: the claims say %q, the native graph %q", d.ID, d.Want, d.Got))
	}
	return differences, true, err
}
