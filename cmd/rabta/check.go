package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/store"
)

func checkCommand(s *settings) *cobra.Command {
	var compare, allErrors bool
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check files of canonical claims, or a store against itself",
		Long: "Check files of canonical claims: what is wrong, as FILE:LINE: FIELD: what is wrong; what to do. The same\n" +
			"mistake in many lines is one line with a count; --all-errors, or --json, tells each.\n" +
			"The files are read together, so that one may refer to another. References to what only a store holds are\n" +
			"followed by import --dry-run. With --store and no file, compare the native graph of a Neo4j store with its\n" +
			"claims; --native does so for the store that is set elsewhere.",
		Example: exampleLines(
			"rabta check sources.ndjson claims.ndjson",
			"rabta check claims.ndjson --json",
			"rabta check --store neo4j://127.0.0.1:7687"),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case compare && len(args) > 0:
				return usageError{fmt.Errorf("--native takes no files; see rabta check --help")}
			case compare || len(args) == 0 && c.Flags().Changed("store"):
				return compareNative(c, s)
			case len(args) == 0:
				return usageError{fmt.Errorf("name at least one file, or a store with --store; see rabta check --help")}
			}
			done := showTask(c, "checking")
			err := checkFiles(c, s, args)
			done()
			return grouped(err, allErrors)
		},
	}
	addAllErrors(c, &allErrors)
	c.Flags().BoolVar(&compare, "native", false, "compare the store's native graph with its claims")
	return c
}

func checkFiles(c *cobra.Command, s *settings, paths []string) error {
	var files [][]formats.Record
	found := []formats.Finding{}
	for _, path := range paths {
		records, err := readFile(c, path, formats.ReadClaims)
		if bad, ok := errors.AsType[*formats.FindingsError](err); ok {
			found = append(found, bad.Findings...)
		} else if err != nil {
			return err
		}
		files = append(files, records)
	}
	in, err := formats.Join(files...)
	if bad, ok := errors.AsType[*formats.FindingsError](err); ok {
		found = append(found, bad.Findings...)
	}
	if s.json {
		text, e := json.MarshalIndent(map[string]any{"findings": found}, "", "  ")
		if e != nil {
			return e
		}
		fmt.Fprintln(c.OutOrStdout(), string(text))
	}
	if len(found) > 0 {
		return &formats.FindingsError{Findings: found}
	}
	if err == nil && !s.json {
		b := &in.Batch
		fmt.Fprintf(c.OutOrStdout(), "%d sources, %d entities, %d claims: nothing is wrong\n",
			len(b.Sources), len(b.Entities), len(b.Claims))
	}
	return err
}

// compareNative asks a store that keeps a native graph how it differs from the
// claims.
func compareNative(c *cobra.Command, s *settings) error {
	st, url, err := openStore(c, s, store.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	differences, err := store.Verify(context.WithoutCancel(c.Context()), st)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		fmt.Fprintf(c.OutOrStdout(), "%s keeps no native graph; there is nothing to compare\n", url)
		return nil
	case err != nil:
		return err
	}
	for _, d := range differences {
		fmt.Fprintf(c.OutOrStdout(), "%s: the claims say %q, the native graph %q\n", d.ID, d.Want, d.Got)
	}
	if len(differences) > 0 {
		return fmt.Errorf("the native graph differs from the claims in %d places: %w", len(differences), errAnswer)
	}
	fmt.Fprintln(c.OutOrStdout(), "the native graph equals the claims")
	return nil
}
