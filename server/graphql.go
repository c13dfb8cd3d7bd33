package server

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/rabta/rabta/server/internal/metrics"
)

// newExecutor is gqlgen's executor with the limits, the cache and the errors of this server.
func newExecutor(c Config, errors *errorPresenter, m *metrics.Metrics, cache *queryCache) *executor.Executor {
	exec := executor.New(c.Schema)
	exec.SetQueryCache(countedCache{cache})
	exec.SetErrorPresenter(errors.present)
	exec.SetRecoverFunc(errors.panicError)
	exec.SetDefaultRulesFn(func() *rules.Rules {
		return validationRules(c.HideSuggestions, oneMore(c.Limits.Errors))
	})
	exec.Use(&guard{schema: c.Schema.Schema(), limits: c.Limits, cache: cache})
	exec.Use(&recordInput{schema: c.Schema.Schema(), cache: cache})
	exec.Use(operationMetrics{m})
	if c.Tracer != nil {
		exec.Use(operationSpans{c.Tracer})
	}
	exec.Use(&budget{errors})
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

func newGraphQLHandler(s snapshots, errors *errorPresenter, m *metrics.Metrics, cache *queryCache) graphQLHandler {
	return graphQLHandler{
		snapshots: s,
		errors:    errors,
		executor:  newExecutor(s.config, errors, m, cache),
		transport: transport{bodyLimit: s.config.BodyLimit, maxErrors: s.config.Limits.Errors, errors: errors},
	}
}

func (g graphQLHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), g.config.QueryTimeout)
	defer cancel()
	ctx, done := g.request(ctx, g.config.WorkBudget)
	defer done()
	w.Header().Set("Cache-Control", "no-store")
	ctx, err := g.open(ctx, w, r)
	if err != nil {
		g.errors.writeError(ctx, w, r, err)
		return
	}
	g.transport.Do(w, r.WithContext(graphql.StartOperationTrace(ctx)), g.executor)
}
