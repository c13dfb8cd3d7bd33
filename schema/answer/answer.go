// Package answer is what the generated executor calls to make an answer: what gqlgen would do for a field, a list and an
// object, without what only resolvers that wait for something have use for. A field that a Go value holds is read where it
// stands, with no middleware around it; the elements of a list are answered one after another; nothing is deferred. The
// answers are the same, with the same errors.
package answer

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// contextOf makes the context of a field; generated code has one such function a field.
type contextOf func(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error)

// Within is the context in which a field's value is answered: errors below are told with the field's path.
func Within(ctx context.Context, object string, field graphql.CollectedField, method bool) context.Context {
	return graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: object, Field: field, IsMethod: method})
}

// Lost tells that a field's value was lost to a panic, in the field's own context, and answers null.
func Lost(ctx context.Context, oc *graphql.OperationContext, panicked any) graphql.Marshaler {
	oc.Error(ctx, oc.Recover(ctx, panicked))
	return graphql.Null
}

// LostBefore is Lost for a field that has no context yet: one of which the value alone is written has need of none before
// something is wrong with it.
func LostBefore(
	ctx context.Context, oc *graphql.OperationContext, of contextOf, field graphql.CollectedField, panicked any,
) graphql.Marshaler {
	if own, err := of(ctx, field); err == nil {
		ctx = graphql.WithFieldContext(ctx, own)
	}
	return Lost(ctx, oc, panicked)
}
