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

// Redactor is the store as one that can take out for good what was recorded. The error
// wraps errors.ErrUnsupported for a store that cannot, as one that is only read.
func Redactor(s graph.Store) (graph.Redactor, error) {
	r, ok := s.(graph.Redactor)
	if !ok {
		return nil, fmt.Errorf("the store cannot redact: %w", errors.ErrUnsupported)
	}
	return r, nil
}
