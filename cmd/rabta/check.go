package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store"
)

func checkCommand(s *settings) *cobra.Command {
	var native, allErrors bool
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check files of canonical claims, or a store against itself",
		Long: "Check files of canonical claims: what is wrong, as FILE:LINE: FIELD: what is wrong; what to do. The same\n" +
			"mistake in many lines is one line with a count; --all-errors, or --json, tells each.\n" +
			"The files are read together, so that one may refer to another. References to what only a store holds are\n" +
			"followed by import --dry-run.\n\n" +
			"With --store and no file, read all of a store and verify it against itself: of SQLite the pages of the file,\n" +
			"the digest of each commit, their order, who may see what, the table that new batches are checked against and\n" +
			"the record of the last commit beside the file; of Neo4j the log and the native graph. A line for each fault says at which\n" +
			"commit, what is wrong and what to do, and the exit code is 3. Nothing is changed. --native does so for the\n" +
			"store that is set elsewhere.",
		Example: exampleLines(
			"rabta check sources.ndjson claims.ndjson",
			"rabta check claims.ndjson --json",
			"rabta check --store sqlite:/var/lib/rabta/rabta.db"),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case native && len(args) > 0:
				return usageError{fmt.Errorf("--native takes no files; see rabta check --help")}
			case native || len(args) == 0 && c.Flags().Changed("store"):
				return checkStore(c, s)
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
	c.Flags().BoolVar(&native, "native", false, "verify the store that is set in the environment or the configuration file")
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
		answer := map[string]any{"findings": found}
		if len(in.Notices) > 0 {
			answer["notices"] = in.Notices
		}
		text, e := json.MarshalIndent(answer, "", "  ")
		if e != nil {
			return e
		}
		fmt.Fprintln(c.OutOrStdout(), string(text))
	}
	if len(found) > 0 {
		return &formats.FindingsError{Findings: found}
	}
	if err == nil && !s.json {
		printNotices(c, in.Notices)
		b := &in.Batch
		fmt.Fprintf(c.OutOrStdout(), "%d sources, %d entities, %d claims: nothing is wrong\n",
			len(b.Sources), len(b.Entities), len(b.Claims))
	}
	return err
}

// checkStore has the store verify itself, and prints a line for each fault.
func checkStore(c *cobra.Command, s *settings) error {
	st, url, err := openToRead(c, s)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	v, err := store.Verify(c.Context(), st)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		fmt.Fprintf(c.OutOrStdout(), "%s keeps nothing that could be verified\n", url)
		return nil
	case err != nil:
		return err
	}
	if err := printVerification(c.OutOrStdout(), s, url, &v); err != nil {
		return err
	}
	switch n := len(v.Faults); n {
	case 0:
		return nil
	case 1:
		return storeError{fmt.Errorf("%s has a fault", url)}
	default:
		return storeError{fmt.Errorf("%s has %d faults", url, n)}
	}
}

// printVerification prints what came of verifying a store: for people, or as JSON.
func printVerification(out io.Writer, s *settings, url string, v *graph.Verification) error {
	if s.json {
		text, err := json.MarshalIndent(verificationReport{
			Store: url, Checked: v.Checked, Notes: v.Notes, Faults: append([]graph.Fault{}, v.Faults...),
		}, "", "  ")
		if err == nil {
			fmt.Fprintln(out, string(text))
		}
		return err
	}
	for _, f := range v.Faults {
		fmt.Fprintln(out, f)
	}
	for _, n := range v.Notes {
		fmt.Fprintln(out, "note:", n)
	}
	if len(v.Faults) == 0 {
		fmt.Fprintf(out, "nothing is wrong with %s\n", strings.Join(v.Checked, ", "))
	}
	return nil
}

// verificationReport is what came of verifying a store, as JSON.
type verificationReport struct {
	Store   string        `json:"store"`
	Checked []string      `json:"checked"`
	Notes   []string      `json:"notes,omitempty"`
	Faults  []graph.Fault `json:"faults"`
}
