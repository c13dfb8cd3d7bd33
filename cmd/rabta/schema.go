package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/schema"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the GraphQL schema",
		Example: exampleLines(
			"rabta schema",
			"rabta schema > schema.graphql"),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := io.WriteString(c.OutOrStdout(), schema.SDL())
			return err
		},
	}
}
