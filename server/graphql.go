package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// requestInfo is what the server knows of one request beside its context.
type requestInfo struct {
	id     string
	logged atomic.Int32
}

type requestKey struct{}

func newRequest(ctx context.Context) context.Context {
	id := make([]byte, 8)
	_, _ = rand.Read(id) // never fails
	return context.WithValue(ctx, requestKey{}, &requestInfo{id: hex.EncodeToString(id)})
}

// requestFrom returns the request's own record, or a fresh one outside requests.
func requestFrom(ctx context.Context) *requestInfo {
	if info, ok := ctx.Value(requestKey{}).(*requestInfo); ok {
		return info
	}
	return newRequest(ctx).Value(requestKey{}).(*requestInfo)
}

// newExecutor puts the parts that execute GraphQL together.
func newExecutor(c Config, errors *presenter) *executor.Executor {
	cache := newQueryCache(c.QueryCache)
	exec := executor.New(c.Schema)
	exec.SetQueryCache(cache)
	exec.SetErrorPresenter(errors.present)
	exec.SetRecoverFunc(errors.recovered)
	exec.SetDefaultRulesFn(func() *rules.Rules {
		return validationRules(c.HideSuggestions, oneMore(c.Limits.Errors))
	})
	exec.Use(&guard{schema: c.Schema.Schema(), limits: c.Limits, cache: cache})
	return exec
}

// oneMore lets an answer tell that there were more errors than it shows.
func oneMore(limit int) int {
	if limit < 0 {
		return limit
	}
	return limit + 1
}

// graphQL answers /graphql: it opens the request's reader once, at the moment
// the client asked for, and says which moment that was.
type graphQL struct {
	moments
	executor  graphql.GraphExecutor
	transport transport
}

func newGraphQL(m moments) graphQL {
	return graphQL{
		moments:   m,
		executor:  newExecutor(m.config, m.errors),
		transport: transport{bodyLimit: m.config.BodyLimit, maxErrors: m.config.Limits.Errors, errors: m.errors},
	}
}

func (g graphQL) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(newRequest(r.Context()), g.config.QueryTimeout)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	ctx, err := g.open(ctx, w, r)
	if err != nil {
		g.refuse(ctx, w, r, err)
		return
	}
	g.transport.Do(w, r.WithContext(graphql.StartOperationTrace(ctx)), g.executor)
}
