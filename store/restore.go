package store

import (
	"errors"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// Restorer is the store as one that can take over the log of another. The error wraps
// errors.ErrUnsupported for a store that cannot.
func Restorer(s graph.Store) (graph.Restorer, error) {
	r, ok := s.(graph.Restorer)
	if !ok {
		return nil, fmt.Errorf("the store cannot take over a log: %w", errors.ErrUnsupported)
	}
	return r, nil
}
