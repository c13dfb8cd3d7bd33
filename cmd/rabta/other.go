package main

import (
	"encoding/json"
	"fmt"
	"io"
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
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			v := map[string]string{"version": "devel", "revision": "", "go": ""}
			if info, ok := debug.ReadBuildInfo(); ok {
				v["version"], v["go"] = info.Main.Version, info.GoVersion
				for _, set := range info.Settings {
					if set.Key == "vcs.revision" {
						v["revision"] = set.Value
					}
				}
			}
			if asJSON, _ := c.Flags().GetBool("json"); asJSON {
				return json.NewEncoder(c.OutOrStdout()).Encode(v)
			}
			fmt.Fprintf(c.OutOrStdout(), "rabta %s %s %s\n", v["version"], v["revision"], v["go"])
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
			resp, err := client.Get("http://" + s.listen + path)
			if err != nil {
				return fmt.Errorf("%w: nothing answers on %s", graph.ErrUnavailable, s.listen)
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
