package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/store"
	"github.com/rabta/rabta/web/examples"
)

func serveCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph, the playground and the schema over HTTP",
		Long: "Serve the graph, the playground and the schema over HTTP, until it is interrupted. It listens at once and\n" +
			"answers as soon as the store has been read. It is for this machine alone unless --listen says otherwise.",
		Example: exampleLines(
			"rabta serve",
			"rabta serve --store sqlite:rabta.db --listen 127.0.0.1:8500",
			"rabta serve --store memory: --log-level debug",
			"rabta serve --store sqlite:/media/archive/rabta.db --read-only",
			"rabta serve --store sqlite:desk.db --clearance AMBER --default-marking AMBER",
			"rabta serve --store neo4j://127.0.0.1:7687 --neo4j-password-file neo4j-password --writes=false"),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return serve(c, s)
		},
	}
}

// serve listens at once, also while the store is down; the graph is loaded as
// soon as the store answers.
func serve(c *cobra.Command, s *settings) error {
	log, err := s.logger(c.ErrOrStderr())
	if err != nil {
		return err
	}
	if err := s.checkDefaultMarking(); err != nil {
		return err
	}
	st, url, err := openStore(c, s, store.Options{Lazy: true})
	if err != nil {
		return err
	}
	follower := live.NewFollower(st, graph.Marking(s.clearance), log)
	defer func() { _ = follower.Close() }()
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return usageError{fmt.Errorf("listen: %w; choose another address with --listen", err)}
	}
	defer func() { _ = listener.Close() }()
	if err := checkHosts(s, listener.Addr().String()); err != nil {
		return err
	}
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + s.heavyAtOnce)
	metrics, err := s.listenForMetrics()
	if err != nil {
		return err
	}
	l := newLoader(s.seeds && s.mayRecord(store.Kind(url)), follower, log)
	srv, endTraces, err := newServer(c.Context(), s, l, store.Kind(url), listener.Addr().String())
	if err != nil {
		return err
	}
	defer endTraces()
	ctx, stop := context.WithCancel(c.Context())
	defer stop()
	go follower.Run(ctx)
	shown := showLoading(c, follower, log)
	go func() {
		complete := l.load(ctx)
		if shown(); complete {
			printLoaded(c.OutOrStdout(), follower, store.Kind(url), url)
			noteOlderSeeds(ctx, follower, log)
		}
	}()
	if metrics != nil {
		go runMetrics(ctx, srv, metrics, log)
	}
	printURLs(c.OutOrStdout(), listener.Addr(), s.metricsAddr(listener, metrics))
	return srv.Run(ctx, listener)
}

// newServer is a server of a graph that is still being loaded. What it returns beside it
// is called when the server has ended.
func newServer(
	ctx context.Context, s *settings, l *loader, kind, listen string,
) (_ *server.Server, endTraces func(), _ error) {
	config, err := serverConfig(s, l.follower, kind, l.log, listen)
	if err != nil {
		return nil, nil, err
	}
	if endTraces, err = traced(ctx, &config, l.log); err != nil {
		return nil, nil, err
	}
	config.Begin, config.Ready, config.Errors = l.begin(config.Begin), l.ready, withPending(config.Errors)
	srv, err := server.New(config)
	return srv, endTraces, err
}

func serverConfig(s *settings, f *live.Follower, kind string, log *slog.Logger, listen string) (server.Config, error) {
	list, err := examples.All()
	if err != nil {
		return server.Config{}, err
	}
	writes := (s.writes == "true" || s.writes == "auto" && onLoopback(listen)) && s.mayRecord(kind)
	c := server.Assemble(server.Service{
		Follower: f, Store: kind, Writes: writes, DefaultMarking: graph.Marking(s.defaultMarking),
		Examples: list, Log: log,
	})
	c.WorkBudget, c.HeavyAtOnce, c.Connections = s.workBudget, s.heavyAtOnce, s.connections
	c.Listen, c.AllowedHosts, c.QueryTimeout, c.BodyLimit = listen, s.allowedHosts, s.queryTimeout, s.bodyLimit
	c.ReconcileOrigins = s.reconcileOrigins
	c.ExportTimeout, c.ExportsAtOnce = s.exportTimeout, s.exportsAtOnce
	c.Metrics = s.metricsWithRest(listen)
	built := readBuild()
	c.Version, c.Commit = built.Version, built.commit()
	return c, nil
}

// checkHosts wants to be told under which names a server is reached that others reach:
// one that answers to any name is read by every page that points a name of its own at it.
func checkHosts(s *settings, address string) error {
	if onLoopback(address) || len(s.allowedHosts) > 0 {
		return nil
	}
	return usageError{fmt.Errorf("listen: %s can be reached from other machines; say under which host names with "+
		"--allowed-hosts NAME, or --allowed-hosts '*' for any", address)}
}

// checkDefaultMarking wants a default that writers may give.
func (s *settings) checkDefaultMarking() error {
	if graph.Marking(s.defaultMarking).Level() <= graph.Marking(s.clearance).Level() || s.defaultMarking == "" {
		return nil
	}
	return usageError{fmt.Errorf("default-marking: %s is above the clearance of this server, %s, and nobody could record "+
		"under it; lower it, or raise the clearance", s.defaultMarking, s.clearance)}
}

func onLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && net.ParseIP(host).IsLoopback()
}

// mayRecord reports whether a store of a kind is open for writing. Memory always is:
// what it holds is the process's own.
func (s *settings) mayRecord(kind string) bool { return !s.readOnly || kind == "memory" }

// seed loads the seed graph.
func seed(ctx context.Context, f *live.Follower) error {
	b, err := seeds.Batch()
	if err != nil {
		return err
	}
	_, err = f.Apply(ctx, b)
	return err
}

// printURLs prints where the server is; metrics is nil where they are not served.
func printURLs(out io.Writer, addr, metrics net.Addr) {
	for _, l := range [][2]string{
		{"playground", "/playground"},
		{"GraphQL", "/graphql"},
		{"schema", "/schema.graphql"},
		{"health", "/healthz"},
		{"ready", "/readyz"},
	} {
		fmt.Fprintf(out, "%-11s %s%s\n", l[0], baseURL(addr), l[1])
	}
	if metrics != nil {
		fmt.Fprintf(out, "%-11s %s/metrics\n", "metrics", baseURL(metrics))
	}
}

// baseURL is how people of this machine reach an address that is listened on.
func baseURL(addr net.Addr) string {
	if host, port, err := net.SplitHostPort(addr.String()); err == nil && net.ParseIP(host).IsUnspecified() {
		return "http://localhost:" + port
	}
	return "http://" + addr.String()
}

func printLoaded(out io.Writer, f *live.Follower, kind, url string) {
	v, err := f.Graph().Reader().View(nil)
	if err != nil {
		return
	}
	r := v.Revision()
	where := kind
	if kind == "sqlite" {
		where = url
	}
	fmt.Fprintf(out, "%-11s %s: %d entities, %d links, %d claims, %d sources\n", "graph", where,
		r.Entities(), r.Links(), r.Claims(), r.Sources())
}
