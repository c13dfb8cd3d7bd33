package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store"
)

// report is what became of an import.
type report struct {
	Store    string         `json:"store,omitempty"`
	DryRun   bool           `json:"dryRun"`
	Commits  []commitReport `json:"commits"`
	Findings []finding      `json:"findings"`
}

type commitReport struct {
	Sequence graph.Sequence `json:"sequence"`
	Replayed bool           `json:"replayed"`
	Sources  int            `json:"sources"`
	Entities int            `json:"entities"`
	Claims   int            `json:"claims"`
}

type finding struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

func findingsOf(list []formats.Finding) []finding {
	out := make([]finding, len(list))
	for i, f := range list {
		out[i] = finding{f.File, f.Line, f.Field, f.Code, f.Message, f.Remedy}
	}
	return out
}

func importCommand(s *settings) *cobra.Command {
	var dryRun, reassert bool
	var reportFile, actor, reason string
	c := &cobra.Command{
		Use:   "import FORMAT FILE|-",
		Short: "Record what a file holds: all of it or nothing",
		Long:  "Record what a file holds: all of it or nothing. FORMAT is ndjson, canonical claims, one JSON object a line.\nImporting a file twice changes nothing. A file of more than 100000 records is tried in memory first and recorded\nin several commits; if the store fails between them, import it again.",
		Args:  cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if args[0] != "ndjson" {
				return usageError{fmt.Errorf("format %q is not known; use ndjson", args[0])}
			}
			r := report{DryRun: dryRun, Commits: []commitReport{}, Findings: []finding{}}
			if err := createReport(reportFile); err != nil {
				return err
			}
			err := importFile(c, s, args[1], graph.Batch{Actor: actor, Reason: reason, Reassert: reassert}, &r)
			if e := writeReport(c, s, r, reportFile); e != nil {
				return e
			}
			return err
		},
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "check against the store and write nothing")
	c.Flags().BoolVar(&reassert, "reassert", false, "make claims of the file that were retracted count again")
	c.Flags().StringVar(&reportFile, "report", "", "write the report to this file, as JSON")
	c.Flags().StringVar(&actor, "actor", os.Getenv("USER"), "who records it")
	c.Flags().StringVar(&reason, "reason", "", "why")
	return c
}

// importFile reads, checks and records a file, and notes in the report what came
// of it.
func importFile(c *cobra.Command, s *settings, path string, about graph.Batch, r *report) error {
	if _, err := s.storeURL(); err != nil {
		return err // before a large file is read
	}
	in, err := readInput(c.InOrStdin(), path)
	if err != nil {
		var bad *formats.FindingsError
		if errors.As(err, &bad) {
			r.Findings = findingsOf(bad.Findings)
		}
		return err
	}
	in.Batch.Actor, in.Batch.Reason, in.Batch.Reassert = about.Actor, about.Reason, about.Reassert
	parts := in.Parts(graph.MaxBatch)
	if r.DryRun || len(parts) > 1 { // of several parts the last may be refused when the first is recorded
		var trial graph.Store
		if trial, r.Store, err = copyInMemory(c, s); err == nil {
			err = apply(c.Context(), trial, parts, r)
		}
		if err != nil || r.DryRun {
			return err
		}
		r.Commits = r.Commits[:0]
	}
	st, url, err := openStore(c, s, store.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	r.Store = url
	return apply(c.Context(), st, parts, r)
}

// apply records the parts of an input one after another.
func apply(ctx context.Context, st graph.Store, parts []formats.Input, r *report) error {
	for _, part := range parts {
		commit, err := st.Apply(ctx, part.Batch)
		if findings := part.Explain(err); len(findings) > 0 {
			r.Findings = findingsOf(findings)
			return &formats.FindingsError{Findings: findings}
		}
		if err != nil {
			return err
		}
		r.Commits = append(r.Commits, commitReport{
			commit.Sequence, commit.Replayed, commit.Sources, commit.Entities, commit.Claims,
		})
	}
	return nil
}

// copyInMemory is a copy in memory of what the store holds, to try a batch on.
func copyInMemory(c *cobra.Command, s *settings) (graph.Store, string, error) {
	trial, _, err := openMemory(c.Context())
	if err != nil {
		return nil, "", err
	}
	st, url, err := openExisting(c, s)
	if err != nil || st == nil {
		return trial, url, err
	}
	defer func() { _ = st.Close() }()
	for ch, err := range st.Changes(c.Context(), 0) {
		if err != nil {
			return nil, "", err
		}
		b := graph.Batch{ID: ch.Batch, Sources: ch.Sources, Entities: ch.Entities, Claims: ch.Claims, Reassert: true}
		if _, err := trial.Apply(c.Context(), b); err != nil {
			return nil, "", err
		}
	}
	return trial, url, nil
}

// readInput reads one file, or standard input for "-".
func readInput(in io.Reader, path string) (formats.Input, error) {
	f, err := readFile(in, path)
	if err != nil {
		return formats.Input{}, err
	}
	return formats.Join(f)
}

func readFile(in io.Reader, path string) (formats.File, error) {
	if path == "-" {
		return formats.ReadClaims(in, "-")
	}
	file, err := os.Open(path)
	if err != nil {
		return formats.File{}, usageError{err}
	}
	defer func() { _ = file.Close() }()
	return formats.ReadClaims(file, path)
}

// createReport makes the file of a report, so that it is known to be writable before
// anything else is done.
func createReport(path string) error {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return usageError{fmt.Errorf("report: %w", err)}
	}
	return f.Close()
}

func writeReport(c *cobra.Command, s *settings, r report, path string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if path != "" {
		if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	out := c.OutOrStdout()
	if s.json {
		fmt.Fprintln(out, string(text))
		return nil
	}
	for _, done := range r.Commits {
		switch {
		case r.DryRun && done.Replayed:
			fmt.Fprintln(out, "nothing was written, and nothing is new")
		case r.DryRun:
			fmt.Fprintf(out, "nothing was written; the file would record %d sources, %d entities, %d claims\n",
				done.Sources, done.Entities, done.Claims)
		case done.Replayed:
			fmt.Fprintf(out, "nothing is new; the store stays at sequence %d\n", done.Sequence)
		default:
			fmt.Fprintf(out, "recorded %d sources, %d entities, %d claims at sequence %d\n",
				done.Sources, done.Entities, done.Claims, done.Sequence)
		}
	}
	return nil
}
