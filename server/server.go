// Package server is rabta's HTTP side: GraphQL over HTTP with limits that hold
// before any work is done, the schema as text, health, and the pages.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/net/netutil"

	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server/internal/metrics"
	"github.com/rabta/rabta/server/internal/reply"
	"github.com/rabta/rabta/work"
)

// Config says what a server serves. Only Schema is required.
type Config struct {
	Schema graphql.ExecutableSchema
	SDL    string     // served as /schema.graphql
	Errors ErrorTable // nil: every error of a resolver is internal
	Log    *slog.Logger

	// Listen is the address that the server is told to listen on, host:port.
	// Its host is one that requests may name. Empty means loopback.
	Listen string
	// AllowedHosts are further names under which the server is reached, such
	// as a proxy's. All others but loopback are refused, unless AnyHost is among them.
	AllowedHosts []string

	// Begin is called once a GraphQL request: it opens the request's reader,
	// puts it into the context, and says which sequence the reader shows. That
	// sequence goes out in the header Rabta-Sequence, unless the request made a commit:
	// then it is that commit's.
	Begin func(context.Context) (context.Context, uint64, error)
	// Sequence is the newest visible sequence, for answers given before Begin.
	Sequence func() uint64
	// WaitFor returns once a sequence is visible, or the context's error.
	// Without it a request for a later sequence is refused at once.
	WaitFor func(context.Context, uint64) error
	// Ready says why the server cannot answer yet or now, or nil.
	Ready func(context.Context) error

	// Exports serves /export/. Begin then puts the request's live.Reader into the
	// context.
	Exports bool
	// Reconcile serves /reconcile, which needs the reader as Exports does. Pages of
	// ReconcileOrigins, such as http://127.0.0.1:3333, may read and frame its answers.
	Reconcile        bool
	ReconcileOrigins []string

	// Metrics serves /metrics at the server's own address, to those who come without a
	// proxy. RunMetrics serves it elsewhere, whatever is set here.
	Metrics bool
	// Health is how the graph stands with its store, for the metrics.
	Health func() live.Health
	// Tracer makes spans of requests; nil makes none.
	Tracer trace.Tracer
	// Version and Commit say which rabta runs, for the metrics.
	Version, Commit string
	applies         *metrics.Applies // what Assemble measures of batches

	Playground http.Handler // /playground and everything below it
	Home       http.Handler // /
	Favicon    http.Handler // /favicon.ico
	Python     http.Handler // /clients/python/ and everything below it

	// WorkBudget is how many slots of work one request may cost: work says what is
	// counted. 0 is no limit. HeavyAtOnce is how many requests that cost much run at the
	// same time; zero means as many as there are processors.
	WorkBudget  int64
	HeavyAtOnce int

	Limits          Limits
	HideSuggestions bool          // leave "Did you mean" out of validation errors
	BodyLimit       int64         // bytes of a request's body; zero means 1 MiB
	QueryTimeout    time.Duration // zero means 15 s
	QueryCache      int           // bytes of validated documents kept; zero means 16 MiB
	Connections     int           // open at once, further ones wait; zero means 1000
	ExportTimeout   time.Duration // for one export as a whole; zero means 15 min
	ExportStall     time.Duration // for a part of it to be taken by the client; zero means 30 s
	ExportsAtOnce   int           // further ones are refused; zero means 8
	ShutdownGrace   time.Duration // for running requests at shutdown; zero means 20 s
}

// Server serves one Config. Its methods may be called at the same time.
type Server struct {
	config  Config
	errors  *errorPresenter
	hosts   hostGuard
	gate    *work.Gate
	cache   *queryCache
	metrics *metrics.Metrics
	routes  http.Handler
}

// New checks the configuration and returns a server that is ready to run.
func New(c Config) (*Server, error) {
	if c.Schema == nil {
		return nil, errors.New("server: Config.Schema is nil; give it the executable schema")
	}
	if _, _, err := net.SplitHostPort(c.Listen); c.Listen != "" && err != nil {
		return nil, fmt.Errorf("server: Config.Listen %q is not host:port: %w", c.Listen, err)
	}
	for _, o := range c.ReconcileOrigins {
		if !originPattern.MatchString(o) {
			return nil, fmt.Errorf("server: Config.ReconcileOrigins has %q; write an origin as http://127.0.0.1:3333", o)
		}
	}
	c = c.withDefaults()
	s := &Server{
		config: c, hosts: newHostGuard(c.Listen, c.AllowedHosts), gate: newGate(c.HeavyAtOnce),
		errors: &errorPresenter{table: c.Errors, log: c.Log, timeout: c.QueryTimeout, maxLogs: c.Limits.Errors},
	}
	s.cache = newQueryCache(c.QueryCache)
	s.metrics = newMetrics(&s.config, s.gate, s.cache)
	s.routes = s.newRoutes()
	return s, nil
}

func (c Config) withDefaults() Config {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.BodyLimit == 0 {
		c.BodyLimit = 1 << 20
	}
	if c.QueryTimeout == 0 {
		c.QueryTimeout = 15 * time.Second
	}
	if c.QueryCache == 0 {
		c.QueryCache = 16 << 20
	}
	if c.Connections == 0 {
		c.Connections = 1000
	}
	if c.ExportTimeout == 0 {
		c.ExportTimeout = 15 * time.Minute
	}
	if c.ExportStall == 0 {
		c.ExportStall = 30 * time.Second
	}
	if c.ExportsAtOnce == 0 {
		c.ExportsAtOnce = 8
	}
	if c.ShutdownGrace == 0 {
		c.ShutdownGrace = 20 * time.Second
	}
	c.Log = slog.New(LogRequests(c.Log.Handler()))
	c.Limits = c.Limits.withDefaults()
	return c
}

// Handler returns everything the server serves.
func (s *Server) Handler() http.Handler {
	answered := reply.AccessLog(s.config.Log, reply.SecurityHeaders(s.hosts.wrap(reply.Compress(s.routes))))
	return withRequestID(s.traceRequests(s.measure(answered)))
}

// Run serves on the listener until the context ends, then lets running
// requests finish for Config.ShutdownGrace and returns nil. It closes the
// listener in every case.
func (s *Server) Run(ctx context.Context, ln net.Listener) error {
	return s.runOn(ctx, ln, s.Handler())
}

func (s *Server) runOn(ctx context.Context, ln net.Listener, h http.Handler) error {
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	srv := s.httpServer(h, running)
	ln = netutil.LimitListener(ln, s.config.Connections)

	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return fmt.Errorf("server: serve on %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(running, s.config.ShutdownGrace)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		_ = srv.Close() // which ends the requests' contexts, too
		s.config.Log.Warn("requests were cut off at shutdown", slog.Duration("grace", s.config.ShutdownGrace))
	}
	<-failed
	return nil
}

// httpServer bounds every phase of a connection: a client that sends or reads
// too slowly loses it.
func (s *Server) httpServer(h http.Handler, base context.Context) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      s.config.QueryTimeout + 30*time.Second,
		IdleTimeout:       10 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.config.Log.Handler(), slog.LevelWarn),
		BaseContext:       func(net.Listener) context.Context { return base },
	}
}
