package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// Receiver is the store as one that exchanges its log with others. The error wraps
// errors.ErrUnsupported for a store that cannot.
func Receiver(s graph.Store) (graph.Receiver, error) {
	r, ok := s.(graph.Receiver)
	if !ok {
		return nil, fmt.Errorf("the store exchanges no logs: %w", errors.ErrUnsupported)
	}
	return r, nil
}

// idOf is the id of a store among those that exchange.
func idOf(ctx context.Context, s graph.Store) (string, error) {
	r, err := Receiver(s)
	if err != nil {
		return "", err
	}
	return r.ID(ctx)
}
