package server

import (
	"context"
	"errors"
	"math"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server/internal/metrics"
	"github.com/rabta/rabta/server/internal/reply"
	"github.com/rabta/rabta/work"
)

// newMetrics are the figures of a server, and where they are read.
func newMetrics(c *Config, gate *work.Gate, cache *queryCache) *metrics.Metrics {
	m := metrics.New()
	if c.applies != nil {
		m.AddApplies(c.applies)
	}
	m.Info("rabta_build_info", "Always 1; the labels say which rabta runs.",
		map[string]string{"version": c.Version, "commit": c.Commit})
	m.Gauge("rabta_view_sequence", "The newest commit that a query sees.", func() float64 {
		if c.Sequence == nil {
			return 0
		}
		return float64(c.Sequence())
	})
	gateMetrics(m, gate)
	cacheMetrics(m, cache)
	if c.Health != nil {
		storeMetrics(m, c.Health)
	}
	return m
}

// cacheMetrics adds how the cache of query documents is used.
func cacheMetrics(m *metrics.Metrics, cache *queryCache) {
	m.Gauge("rabta_query_cache_entries", "Query documents that are cached.", func() float64 {
		documents, _ := cache.sizes()
		return float64(documents)
	})
	m.Gauge("rabta_query_cache_bytes", "Memory that cached query documents take, about.", func() float64 {
		_, bytes := cache.sizes()
		return float64(bytes)
	})
	m.Counter("rabta_query_cache_hits_total", "Query documents that were found in the cache.",
		func() float64 { return float64(cache.hits.Load()) })
	m.Counter("rabta_query_cache_misses_total", "Query documents that were allowed and had to be parsed and validated.",
		func() float64 { return float64(cache.misses.Load()) })
}

// gateMetrics adds how many heavy requests there are.
func gateMetrics(m *metrics.Metrics, gate *work.Gate) {
	m.Gauge("rabta_heavy_requests_running", "Requests that have cost much and are running now; --heavy-at-once bounds them.",
		func() float64 { return float64(gate.Running()) })
	m.Gauge("rabta_heavy_requests_waiting", "Requests that have cost much and wait for their turn now.",
		func() float64 { return float64(gate.Waiting()) })
	m.Counter("rabta_heavy_requests_refused_total", "Requests that were told that the server is busy.",
		func() float64 { return float64(gate.Refused()) })
}

// storeMetrics adds how the graph stands with its store.
func storeMetrics(m *metrics.Metrics, health func() live.Health) {
	m.Gauge("rabta_store_up", "1 when the store answered when it was last asked, else 0.", func() float64 {
		return boolean(health().Answers)
	})
	m.Gauge("rabta_store_writes_stopped", "1 while the store takes no writes, because it does not answer or because "+
		"its disk is full or failed, else 0.", func() float64 {
		return boolean(health().Err != nil)
	})
	m.Gauge("rabta_store_head_sequence", "The newest commit that the store told of.",
		func() float64 { return float64(health().Head) })
	m.Gauge("rabta_view_age_seconds", "How long ago the view was last known to hold all that the store held; "+
		"+Inf before it first did.", func() float64 {
		if h := health(); !h.Reached.IsZero() {
			return time.Since(h.Reached).Seconds()
		}
		return math.Inf(1)
	})
}

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// measure counts every request, and those that the server refuses too.
func (s *Server) measure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.metrics.Begin()()
		start, code := time.Now(), "aborted"
		recorder := reply.NewRecorder(w)
		defer func() { s.metrics.Request(routeOf(r), methodOf(r), code, time.Since(start)) }()
		next.ServeHTTP(recorder, r)
		code = strconv.Itoa(recorder.Status)
	})
}

// routeOf is the pattern of the route that answered a request; none for one that was
// refused before it came to a route.
func routeOf(r *http.Request) string {
	switch r.Pattern {
	case "":
		return "none"
	case "/":
		return "unknown"
	}
	return r.Pattern
}

// methodOf is a request's method, as one of a few words.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// forwarded are headers by which a proxy says that it passes a request on.
var forwarded = []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"}

// metricsHandler answers /metrics among the other routes. Those who come through a proxy
// get none: the figures tell how much is recorded and asked, whatever one's clearance.
func (s *Server) metricsHandler() http.Handler {
	figures := s.metrics.Handler()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		passedOn := func(name string) bool { return r.Header.Get(name) != "" }
		if slices.ContainsFunc(forwarded, passedOn) {
			notFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		figures.ServeHTTP(w, r)
	})
}

// RunMetrics serves /metrics alone on a listener of its own, as Run does the rest.
func (s *Server) RunMetrics(ctx context.Context, ln net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle("/metrics", readOnly(s.metrics.Handler()))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		(&reply.Problem{
			Status: http.StatusNotFound, Code: CodeNotFound, Message: "this address has /metrics and nothing else",
		}).Write(w, reply.JSON)
	})
	names := s.config.AllowedHosts
	if !listensOnLoopback(ln.Addr()) {
		names = []string{AnyHost} // it is asked for under an address as often as under a name
	}
	hosts := newHostGuard(ln.Addr().String(), names)
	return s.runOn(ctx, ln, reply.SecurityHeaders(hosts.wrap(mux)))
}

// operationMetrics counts GraphQL operations: an extension of the executor.
type operationMetrics struct{ metrics *metrics.Metrics }

var _ graphql.ResponseInterceptor = operationMetrics{}

// ExtensionName names the extension to the executor.
func (operationMetrics) ExtensionName() string { return "Metrics" }

// Validate accepts every schema.
func (operationMetrics) Validate(graphql.ExecutableSchema) error { return nil }

// InterceptResponse counts an answer.
func (o operationMetrics) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	response := next(ctx)
	if response == nil {
		return nil // it is answered with an error, which is counted
	}
	start := graphql.GetOperationContext(ctx).Stats.OperationStart
	o.metrics.Operation(operationType(ctx), outcome(response), time.Since(start))
	return response
}

// operationType is the type of a request's operation; none where it was refused before it
// was known.
func operationType(ctx context.Context) string {
	if o := graphql.GetOperationContext(ctx).Operation; o != nil {
		return string(o.Operation)
	}
	return "none"
}

// outcome is the code of an answer's first error, or ok.
func outcome(response *graphql.Response) string {
	if len(response.Errors) == 0 {
		return "ok"
	}
	if code, ok := response.Errors[0].Extensions["code"].(string); ok {
		return code
	}
	return CodeInternal
}

// apply records batches.
type apply = func(context.Context, graph.Batch) (graph.Commit, error)

// measured is apply, counted.
func measured(a *metrics.Applies, next apply) apply {
	return func(ctx context.Context, b graph.Batch) (graph.Commit, error) {
		start := time.Now()
		commit, err := next(ctx, b)
		a.Observe(applied(commit, err), time.Since(start))
		return commit, err
	}
}

func applied(c graph.Commit, err error) string {
	switch {
	case err == nil && c.Replayed:
		return metrics.Replayed
	case err == nil:
		return metrics.Recorded
	case errors.Is(err, graph.ErrInvalid), errors.Is(err, graph.ErrConflict), errors.Is(err, graph.ErrDenied):
		return metrics.Refused
	}
	return metrics.Failed
}
