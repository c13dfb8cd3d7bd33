package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"time"

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
			return serve(c.Context(), s, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
}

// serve listens at once, also while the store is down; the graph is loaded as
// soon as the store answers.
func serve(ctx context.Context, s *settings, out, errs io.Writer) error {
	log, err := s.logger(errs)
	if err != nil {
		return err
	}
	url, err := s.storeURL()
	if err != nil {
		return err
	}
	options, err := s.storeOptions(log)
	if err != nil {
		return err
	}
	st, err := store.Lazy(ctx, url, options)
	if err != nil {
		return err
	}
	follower := live.NewFollower(st, log)
	defer func() { _ = follower.Close() }()
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return usageError{fmt.Errorf("listen: %w; choose another address with --listen", err)}
	}
	srv, err := newServer(s, follower, storeKind(url), log, listener.Addr().String())
	if err != nil {
		_ = listener.Close()
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		if keepLoaded(ctx, s, follower, log) {
			announce(out, follower, storeKind(url), url)
		}
	}()
	printURLs(out, listener.Addr())
	return srv.Run(ctx, listener)
}

func newServer(s *settings, f *live.Follower, kind string, log *slog.Logger, listen string) (*server.Server, error) {
	list, err := examples.All()
	if err != nil {
		return nil, err
	}
	writes := s.writes == "true" || s.writes == "auto" && onLoopback(listen)
	c := server.Assemble(server.Service{Follower: f, Store: kind, Clearance: graph.Marking(s.clearance), Writes: writes, Examples: list, Log: log})
	c.Listen, c.AllowedHosts, c.QueryTimeout, c.BodyLimit = listen, s.allowedHosts, s.queryTimeout, s.bodyLimit
	return server.New(c)
}

func onLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && net.ParseIP(host).IsLoopback()
}

// keepLoaded loads the seeds, if they are wanted, and follows the store until the
// context ends. It returns at once when the graph is loaded, and goes on in the
// background; false when the context ended first.
func keepLoaded(ctx context.Context, s *settings, f *live.Follower, log *slog.Logger) bool {
	go f.Run(ctx)
	for delay := 50 * time.Millisecond; ; delay = min(2*delay, 2*time.Second) {
		err := seed(ctx, s, f)
		if err == nil && f.Ready() == nil {
			return true
		}
		if err != nil && !errors.Is(err, graph.ErrUnavailable) && ctx.Err() == nil {
			log.Error("the seed graph was not loaded", "error", err)
			return false
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(delay):
		}
	}
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
	for _, l := range [][2]string{{"playground", "/playground"}, {"GraphQL", "/graphql"}, {"schema", "/schema.graphql"}, {"health", "/healthz"}, {"ready", "/readyz"}} {
		fmt.Fprintf(out, "%-11s %s%s\n", l[0], base, l[1])
	}
}

func announce(out io.Writer, f *live.Follower, kind, url string) {
	v, err := f.Graph.Reader(graph.Red).View(nil)
	if err != nil {
		return
	}
	r := v.Revision()
	where := kind
	if kind == "sqlite" {
		where = url
	}
	fmt.Fprintf(out, "%-11s %s: %d entities, %d links, %d claims, %d sources\n", "graph", where, r.Entities(), r.Links(), r.Claims(), r.Sources())
}
