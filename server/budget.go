package server

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rabta/rabta/work"
)

// How many heavy requests wait for each one that may run, and how long one waits.
const (
	waitingForEach = 16
	heavyPatience  = 2 * time.Second
)

// newGate lets so many heavy requests run at once, or as many as there are processors.
func newGate(atOnce int) *work.Gate {
	if atOnce <= 0 {
		atOnce = runtime.NumCPU()
	}
	return work.NewGate(atOnce, atOnce*waitingForEach, heavyPatience)
}

// budget has the fields at the root of an operation share its request's budget, one after
// another, and throws away an answer that was not worked out to its end.
type budget struct{ errors *errorPresenter }

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
	graphql.RootFieldInterceptor
	graphql.ResponseInterceptor
} = (*budget)(nil)

// ExtensionName names the budget to the executor.
func (b *budget) ExtensionName() string { return "Budget" }

// Validate accepts every schema.
func (b *budget) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext counts the fields at the root.
func (b *budget) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	roots := graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query", "Mutation"})
	work.RequestOf(ctx).Share(len(roots))
	return nil
}

// InterceptRootField has one field at a time worked out: twenty that take long would
// take the processors from all other requests.
func (b *budget) InterceptRootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	defer work.RequestOf(ctx).Turn()()
	return next(ctx)
}

// InterceptResponse answers with the error alone when lists were not read to their end.
func (b *budget) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	err := work.RequestOf(ctx).Err()
	if err == nil || response == nil {
		return response
	}
	return &graphql.Response{Errors: gqlerror.List{b.errors.present(ctx, err)}}
}

// tellBusy sets the status and the header of an answer to a request that was refused
// because the server is busy; it reports whether the request was.
func tellBusy(ctx context.Context, w http.ResponseWriter) bool {
	if !errors.Is(work.RequestOf(ctx).Err(), work.ErrBusy) {
		return false
	}
	w.Header().Set("Retry-After", "1")
	return true
}
