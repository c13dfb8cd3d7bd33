package store

import (
	"context"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// readOnly is a store that others may write to, and this program does not.
type readOnly struct{ graph.Store }

var _ graph.Verifier = readOnly{}

// Apply is graph.Store's.
func (readOnly) Apply(context.Context, graph.Batch) (graph.Commit, error) {
	return graph.Commit{}, fmt.Errorf("%w: the store was opened for reading alone", graph.ErrDenied)
}

// Verify is graph.Verifier's.
func (r readOnly) Verify(ctx context.Context) (graph.Verification, error) {
	return Verify(ctx, r.Store)
}
