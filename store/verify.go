package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// Verify has a store verify itself. The error wraps errors.ErrUnsupported for a store
// that keeps nothing that could differ.
func Verify(ctx context.Context, s graph.Store) (graph.Verification, error) {
	v, ok := s.(graph.Verifier)
	if !ok {
		return graph.Verification{}, fmt.Errorf("the store has nothing to compare: %w", errors.ErrUnsupported)
	}
	return v.Verify(ctx)
}
