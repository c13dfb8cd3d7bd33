package answer

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// place is the context of an element: where it stands in its list.
type place struct {
	field graphql.FieldContext
	index int
}

// places are made so many at a time: few allocations for a long list, and little that is kept for one element.
const places = 16

// List answers n elements in their order, each in a context with its index. An element that panics is null, with an error.
func List(ctx context.Context, n int, element func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	out := make(graphql.Array, n)
	var free []place
	for i := range out {
		if len(free) == 0 {
			free = make([]place, min(places, n-i))
		}
		at := &free[0]
		free = free[1:]
		at.index, at.field.Index = i, &at.index
		out[i] = one(graphql.WithFieldContext(ctx, &at.field), i, element)
	}
	return out
}

func one(ctx context.Context, i int, element func(ctx context.Context, i int) graphql.Marshaler) (ret graphql.Marshaler) {
	defer func() {
		if r := recover(); r != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, r))
			ret = graphql.Null
		}
	}()
	return element(ctx, i)
}
