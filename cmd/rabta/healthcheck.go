package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
)

func healthcheckCommand(s *settings) *cobra.Command {
	var ready bool
	c := &cobra.Command{
		Use:   "healthcheck",
		Short: "Check that the server at --listen is running, or with --ready that it can answer",
		Example: exampleLines(
			"rabta healthcheck",
			"rabta healthcheck --listen 127.0.0.1:8500 --ready"),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			path := "/healthz"
			if ready {
				path = "/readyz"
			}
			client := http.Client{Timeout: 3 * time.Second}
			address, err := dialAddress(s.listen)
			if err != nil {
				return err
			}
			resp, err := client.Get("http://" + address + path)
			if err != nil {
				return fmt.Errorf("%w: nothing answers on %s", graph.ErrUnavailable, address)
			}
			defer func() { _ = resp.Body.Close() }()
			body, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
			fmt.Fprintf(c.OutOrStdout(), "%s\n", body)
			if resp.StatusCode != http.StatusOK {
				return fmt.Errorf("%w: %s says %s", graph.ErrUnavailable, path, resp.Status)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&ready, "ready", false, "check that it can answer")
	return c
}

// dialAddress is where a server on this machine that listens there is reached.
func dialAddress(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", usageError{fmt.Errorf("listen: %w; write for instance 127.0.0.1:8420", err)}
	}
	if host == "" || net.ParseIP(host).IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
