package main

import (
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/codegen/config"
)

// listed reports whether gqlgen answers the elements of a type beside one another.
func listed(t *config.TypeReference) bool {
	return t.MarshalFunc() != "" && t.IsSlice() && !t.IsScalar()
}

// list has the elements answered one after another: none of them waits for anything.
func list(text string) (string, error) {
	return replaced(text, `graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, func(ctx context.Context, i int) graphql.Marshaler {
		fc := graphql.GetFieldContext(ctx)
		fc.Result = &v[i]
`, `answer.List(ctx, len(v), func(ctx context.Context, i int) graphql.Marshaler {
`)
}

// object leaves out the group of deferred fields, which is made for each object and has each look for its path.
func object(text string) (string, error) {
	text, err := replaced(text, "\tdeferred := graphql.NewDeferredGroup(ctx)\n", "")
	if err != nil {
		return "", err
	}
	text, err = replaced(text, `	if n := len(deferred.Defers); n > 0 {
		atomic.AddInt32(&ec.Deferred, int32(min(n, math.MaxInt32)))
		ec.ProcessDeferredGroup(deferred)
	}

`, "")
	return strings.ReplaceAll(text, "(ec.OperationContext, &deferred, i,", "(ec.OperationContext, nil, i,"), err
}

// replaced replaces a part of a text that is there once.
func replaced(text, old, now string) (string, error) {
	if n := strings.Count(text, old); n != 1 {
		return "", fmt.Errorf("there is %d times, and should be once:\n%s", n, old)
	}
	return strings.Replace(text, old, now, 1), nil
}
