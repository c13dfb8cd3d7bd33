package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"

	"github.com/rabta/rabta/server"
)

// metricsOnOwn reports whether /metrics is served at an address of its own.
func (s *settings) metricsOnOwn() bool { return s.metricsListen != "auto" && s.metricsListen != "off" }

// metricsWithRest reports whether a server that listens there serves /metrics too. Who
// names further hosts has others come in, by a proxy for instance.
func (s *settings) metricsWithRest(listen string) bool {
	return s.metricsListen == "auto" && onLoopback(listen) && len(s.allowedHosts) == 0
}

// listenForMetrics opens the address of /metrics; nil where it has none of its own.
func (s *settings) listenForMetrics() (net.Listener, error) {
	if !s.metricsOnOwn() {
		return nil, nil
	}
	l, err := net.Listen("tcp", s.metricsListen)
	if err != nil {
		return nil, usageError{fmt.Errorf("metrics-listen: %w; choose another address, or off", err)}
	}
	return l, nil
}

// metricsAddr is where /metrics is served, given what is listened on: nil for nowhere.
func (s *settings) metricsAddr(main, own net.Listener) net.Addr {
	switch {
	case own != nil:
		return own.Addr()
	case s.metricsWithRest(main.Addr().String()):
		return main.Addr()
	}
	return nil
}

// runMetrics serves /metrics until the context ends. The rest goes on without it.
func runMetrics(ctx context.Context, srv *server.Server, l net.Listener, log *slog.Logger) {
	if err := srv.RunMetrics(ctx, l); err != nil {
		log.ErrorContext(ctx, "/metrics is not served any more; the rest is. Start the server again", "error", err)
	}
}
