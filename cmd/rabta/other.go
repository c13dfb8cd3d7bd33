package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/schema"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the GraphQL schema",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := io.WriteString(c.OutOrStdout(), schema.SDL())
			return err
		},
	}
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, the commit it was built from, and the Go that built it",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			v := map[string]string{"version": "devel", "commit": "unknown", "go": "unknown"}
			if info, ok := debug.ReadBuildInfo(); ok {
				v["version"], v["go"] = info.Main.Version, info.GoVersion
				for _, set := range info.Settings {
					if set.Key == "vcs.revision" {
						v["commit"] = set.Value
					}
				}
			}
			if asJSON, _ := c.Flags().GetBool("json"); asJSON {
				return json.NewEncoder(c.OutOrStdout()).Encode(v)
			}
			fmt.Fprintf(c.OutOrStdout(), "rabta %s %s %s\n", v["version"], v["commit"], v["go"])
			return nil
		},
	}
}

func healthcheckCommand(s *settings) *cobra.Command {
	var ready bool
	c := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask the server on --listen whether it lives, or with --ready whether it can answer",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			path := "/healthz"
			if ready {
				path = "/readyz"
			}
			client := http.Client{Timeout: 3 * time.Second}
			address, err := reachable(s.listen)
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
	c.Flags().BoolVar(&ready, "ready", false, "ask whether it can answer")
	return c
}

// reachable is where a server on this machine that listens there can be asked.
func reachable(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", usageError{fmt.Errorf("listen: %w; write for instance 127.0.0.1:8420", err)}
	}
	if host == "" || net.ParseIP(host).IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
