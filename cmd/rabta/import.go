package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store"
)

func importCommand(s *settings) *cobra.Command {
	var dryRun, reassert bool
	var reportFile, actor, reason string
	known := formatArgument{formats: formats.Importers()}
	c := &cobra.Command{
		Use:   "import FORMAT FILE|-",
		Short: "Record what a file holds: all of it or nothing",
		Long: "Record what a file holds: all of it or nothing. FORMAT is one of\n\n" + known.help() +
			"\nImporting a file twice changes nothing. A file of more than 100000 records is tried in memory first and\n" +
			"recorded in several commits; if the store fails between them, import it again.",
		Args: cobra.ExactArgs(2), ValidArgsFunction: known.complete,
		RunE: func(c *cobra.Command, args []string) error {
			format, err := known.find(args[0])
			if err != nil {
				return err
			}
			r := report{DryRun: dryRun, Commits: []commitReport{}, Findings: []formats.Finding{}}
			if err := createReport(reportFile); err != nil {
				return err
			}
			err = importFile(c, s, format, args[1], graph.Batch{Actor: actor, Reason: reason, Reassert: reassert}, &r)
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
func importFile(
	c *cobra.Command, s *settings, format *formats.Format, path string, about graph.Batch, r *report,
) error {
	if _, err := s.storeURL(); err != nil {
		return err // before a large file is read
	}
	in, err := readInput(c.InOrStdin(), format, path)
	if err != nil {
		if bad, ok := errors.AsType[*formats.FindingsError](err); ok {
			r.Findings = bad.Findings
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
			r.Findings = findings
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
func readInput(in io.Reader, format *formats.Format, path string) (formats.Input, error) {
	records, err := readFile(in, path, format.ReadAll)
	if err != nil {
		return formats.Input{}, err
	}
	return formats.Join(records)
}

func readFile(
	in io.Reader, path string, read func(io.Reader, string) ([]formats.Record, error),
) ([]formats.Record, error) {
	if path == "-" {
		return read(in, "-")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, usageError{err}
	}
	defer func() { _ = file.Close() }()
	return read(file, path)
}
