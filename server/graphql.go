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

// requestInfo goes with the context of a request: its id in the log, and how many lines
// it has logged.
type requestInfo struct {
	id     string
	logged atomic.Int32
}

type requestKey struct{}

// withRequestInfo gives a request its id.
func withRequestInfo(ctx context.Context) context.Context {
	id := make([]byte, 8)
	_, _ = rand.Read(id) // never fails
	return context.WithValue(ctx, requestKey{}, &requestInfo{id: hex.EncodeToString(id)})
}

// requestInfoFrom returns the info of the context's request, or a new one outside requests.
func requestInfoFrom(ctx context.Context) *requestInfo {
	if info, ok := ctx.Value(requestKey{}).(*requestInfo); ok {
		return info
	}
	return withRequestInfo(ctx).Value(requestKey{}).(*requestInfo)
}

// newExecutor is gqlgen's executor with the limits, the cache and the errors of this server.
func newExecutor(c Config, errors *errorPresenter) *executor.Executor {
	cache := newQueryCache(c.QueryCache)
	exec := executor.New(c.Schema)
	exec.SetQueryCache(cache)
	exec.SetErrorPresenter(errors.present)
	exec.SetRecoverFunc(errors.panicError)
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

// graphQLHandler answers /graphql. All of a request reads one snapshot.
type graphQLHandler struct {
	snapshots
	errors    *errorPresenter
	executor  graphql.GraphExecutor
	transport transport
}

func newGraphQLHandler(s snapshots, errors *errorPresenter) graphQLHandler {
	return graphQLHandler{
		snapshots: s,
		errors:    errors,
		executor:  newExecutor(s.config, errors),
		transport: transport{bodyLimit: s.config.BodyLimit, maxErrors: s.config.Limits.Errors, errors: errors},
	}
}

func (g graphQLHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(withRequestInfo(r.Context()), g.config.QueryTimeout)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	ctx, err := g.open(ctx, w, r)
	if err != nil {
		g.errors.writeError(ctx, w, r, err)
		return
	}
	g.transport.Do(w, r.WithContext(graphql.StartOperationTrace(ctx)), g.executor)
}
