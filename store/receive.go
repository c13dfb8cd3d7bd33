package store

import (
	"errors"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// Receiver is the store as one that exchanges its log with others. The error wraps
// errors.ErrUnsupported for a store that cannot, and says what to do.
func Receiver(s graph.Store) (graph.Receiver, error) {
	r, ok := s.(graph.Receiver)
	if !ok {
		return nil, fmt.Errorf("a Neo4j store exchanges no logs yet: %w; make a file of it with rabta backup and "+
			"rabta restore --store sqlite:PATH, and exchange that", errors.ErrUnsupported)
	}
	return r, nil
}
