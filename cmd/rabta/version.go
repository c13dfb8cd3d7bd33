package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

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
