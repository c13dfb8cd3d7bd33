package store

import (
	"context"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// readOnly is a store that others may write to, and this program does not.
type readOnly struct{ graph.Store }

var (
	_ graph.Verifier = readOnly{}
	_ graph.Receiver = readOnly{}
)

var errReadOnly = fmt.Errorf("%w: the store was opened for reading alone", graph.ErrDenied)

// Apply is graph.Store's.
func (readOnly) Apply(context.Context, graph.Batch) (graph.Commit, error) {
	return graph.Commit{}, errReadOnly
}

// ID is graph.Receiver's.
func (r readOnly) ID(ctx context.Context) (string, error) { return idOf(ctx, r.Store) }

// Adopt is graph.Receiver's.
func (readOnly) Adopt(context.Context, string) error { return errReadOnly }

// Receive is graph.Receiver's.
func (readOnly) Receive(context.Context, graph.Change) (graph.Commit, error) {
	return graph.Commit{}, errReadOnly
}

// Verify is graph.Verifier's.
func (r readOnly) Verify(ctx context.Context) (graph.Verification, error) {
	return Verify(ctx, r.Store)
}
