package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"

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
		Args:  cobra.NoArgs,
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
	st, url, err := openStore(c, s, store.Options{Lazy: true})
	if err != nil {
		return err
	}
	follower := live.NewFollower(st, log)
	defer func() { _ = follower.Close() }()
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return usageError{fmt.Errorf("listen: %w; choose another address with --listen", err)}
	}
	l := newLoader(s, follower, log)
	srv, err := newServer(s, l, store.Kind(url), listener.Addr().String())
	if err != nil {
		_ = listener.Close()
		return err
	}
	ctx, stop := context.WithCancel(c.Context())
	defer stop()
	go follower.Run(ctx)
	go func() {
		if l.load(ctx) {
			printLoaded(c.OutOrStdout(), follower, store.Kind(url), url)
		}
	}()
	printURLs(c.OutOrStdout(), listener.Addr())
	return srv.Run(ctx, listener)
}

// newServer is a server of a graph that is still being loaded.
func newServer(s *settings, l *loader, kind, listen string) (*server.Server, error) {
	config, err := serverConfig(s, l.follower, kind, l.log, listen)
	if err != nil {
		return nil, err
	}
	config.Begin, config.Ready, config.Errors = l.begin(config.Begin), l.ready, withPending(config.Errors)
	return server.New(config)
}

func serverConfig(s *settings, f *live.Follower, kind string, log *slog.Logger, listen string) (server.Config, error) {
	list, err := examples.All()
	if err != nil {
		return server.Config{}, err
	}
	writes := s.writes == "true" || s.writes == "auto" && onLoopback(listen)
	c := server.Assemble(server.Service{
		Follower: f, Store: kind, Clearance: graph.Marking(s.clearance), Writes: writes,
		WorkBudget: s.workBudget, Examples: list, Log: log,
	})
	c.Listen, c.AllowedHosts, c.QueryTimeout, c.BodyLimit = listen, s.allowedHosts, s.queryTimeout, s.bodyLimit
	c.ReconcileOrigins = s.reconcileOrigins
	c.ExportTimeout, c.ExportsAtOnce = s.exportTimeout, s.exportsAtOnce
	return c, nil
}

func onLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && net.ParseIP(host).IsLoopback()
}

// seed loads the seed graph; a second time changes nothing.
func seed(ctx context.Context, s *settings, f *live.Follower) error {
	if !s.seeds {
		return nil
	}
	b, err := seeds.Batch()
	if err != nil {
		return err
	}
	_, err = f.Apply(ctx, b)
	return err
}

func printURLs(out io.Writer, addr net.Addr) {
	base := "http://" + addr.String()
	if host, port, err := net.SplitHostPort(addr.String()); err == nil && net.ParseIP(host).IsUnspecified() {
		base = "http://localhost:" + port
	}
	for _, l := range [][2]string{
		{"playground", "/playground"},
		{"GraphQL", "/graphql"},
		{"schema", "/schema.graphql"},
		{"health", "/healthz"},
		{"ready", "/readyz"},
	} {
		fmt.Fprintf(out, "%-11s %s%s\n", l[0], base, l[1])
	}
}

func printLoaded(out io.Writer, f *live.Follower, kind, url string) {
	v, err := f.Graph.Reader(graph.Red).View(nil)
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
