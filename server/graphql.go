package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

const (
	sequenceHeader = "Rabta-Sequence"
	atLeastHeader  = "Rabta-At-Least"
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
	config    Config
	executor  graphql.GraphExecutor
	transport transport
	errors    *presenter
}

func newGraphQL(c Config, errors *presenter) graphQL {
	return graphQL{
		config:    c,
		executor:  newExecutor(c, errors),
		transport: transport{bodyLimit: c.BodyLimit, maxErrors: c.Limits.Errors, errors: errors},
		errors:    errors,
	}
}

func (g graphQL) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(newRequest(r.Context()), g.config.QueryTimeout)
	defer cancel()
	w.Header().Set("Cache-Control", "no-store")
	g.announce(w, g.sequence())
	if err := g.wait(ctx, r.Header.Values(atLeastHeader)); err != nil {
		g.refuse(ctx, w, r, err)
		return
	}
	if g.config.Begin != nil {
		begun, sequence, err := g.config.Begin(ctx)
		if err != nil {
			g.refuse(ctx, w, r, err)
			return
		}
		ctx = begun
		g.announce(w, sequence)
	}
	g.transport.Do(w, r.WithContext(graphql.StartOperationTrace(ctx)), g.executor)
}

func (g graphQL) announce(w http.ResponseWriter, sequence uint64) {
	w.Header().Set(sequenceHeader, strconv.FormatUint(sequence, 10))
}

func (g graphQL) sequence() uint64 {
	if g.config.Sequence == nil {
		return 0
	}
	return g.config.Sequence()
}

// wait returns when the sequence that the header asks for is visible.
func (g graphQL) wait(ctx context.Context, header []string) error {
	if len(header) == 0 {
		return nil
	}
	n, err := strconv.ParseUint(header[0], 10, 64)
	if err != nil || len(header) > 1 {
		return badRequest("the header %s must be one whole number, as %s gave it", atLeastHeader, sequenceHeader)
	}
	if g.config.WaitFor == nil {
		if g.sequence() < n {
			return g.notYet(n)
		}
		return nil
	}
	err = g.config.WaitFor(ctx, n)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return g.notYet(n)
	}
	return err
}

func (g graphQL) notYet(n uint64) *problem {
	visible := g.sequence()
	return &problem{
		status: http.StatusServiceUnavailable, code: CodeNotYetVisible,
		message: fmt.Sprintf("sequence %d is not visible yet (the newest is %d); ask again, or leave the header %s out", n, visible, atLeastHeader),
		header:  map[string]string{"Retry-After": "1"},
		extensions: map[string]any{
			"atLeast": n, "sequence": visible,
		},
	}
}

// refuse answers an error from before GraphQL: a problem with its own status,
// and what else the hooks return as unavailable or, unknown, as internal.
func (g graphQL) refuse(ctx context.Context, w http.ResponseWriter, r *http.Request, err error) {
	media, _ := negotiate(r.Header)
	if p, ok := errors.AsType[*problem](err); ok {
		p.write(w, media)
		return
	}
	shown := g.errors.present(ctx, err)
	status := http.StatusServiceUnavailable
	if shown.Extensions["code"] == CodeInternal {
		status = http.StatusInternalServerError
	}
	writeAnswer(w, media, status, answer{errors: gqlerror.List{shown}})
}
