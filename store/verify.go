package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// Verify has a store compare what it keeps beside its log with the log, and gives the
// differences. The error wraps errors.ErrUnsupported for a store that keeps nothing
// beside its log.
func Verify(ctx context.Context, s graph.Store) ([]graph.Difference, error) {
	v, ok := s.(graph.Verifier)
	if !ok {
		return nil, fmt.Errorf("the store keeps nothing beside its log: %w", errors.ErrUnsupported)
	}
	return v.Verify(ctx)
}
