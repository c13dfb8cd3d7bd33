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
	var dryRun, reassert, allErrors bool
	var reportFile, actor, reason string
	known := formatArgument{formats: formats.Importers()}
	c := &cobra.Command{
		Use:   "import FORMAT FILE|-",
		Short: "Record what a file holds: all of it or nothing",
		Long: "Record what a file holds: all of it or nothing. FORMAT is one of\n\n" + known.help() + logHelp +
			"\nWhat is wrong is told as FILE:LINE: FIELD: what is wrong; what to do. The same mistake in many lines is one\n" +
			"line with a count; --all-errors, or --json, tells each.\n" +
			"\nWho imports sees all, unless --clearance is given: then what is above it is nobody's, nothing may be marked\n" +
			"above it, and each record that ends below it is noted. --default-marking is the least strict that any record of\n" +
			"the file ends with.\n" +
			"\nImporting a file twice changes nothing. A file of more than 100000 records is tried in memory first and\n" +
			"recorded in several commits; if the store fails between them, import it again.\n" +
			"\nA log keeps of each commit who recorded it, where and when, and is taken over commit by commit: what the\n" +
			"store holds is passed over, and what is new comes in at its place in the order of all stores. Two stores that\n" +
			"import the logs of each other agree; see rabta digest.",
		Example: exampleLines(
			"rabta import ndjson claims.ndjson --dry-run",
			"rabta import ndjson claims.ndjson --actor analyst --reason correction",
			"rabta import ndjson - --store sqlite:rabta.db < claims.ndjson",
			"rabta import ndjson notes.ndjson --clearance AMBER --default-marking AMBER",
			"rabta import ndjson claims.ndjson --json --report report.json",
			"rabta import log log.ndjson --dry-run     # what rabta export log.ndjson wrote"),
		Args: cobra.ExactArgs(2), ValidArgsFunction: known.complete,
		RunE: func(c *cobra.Command, args []string) error {
			if isLog(args[0]) {
				if err := withoutFlags(c, "dry-run", "all-errors"); err != nil {
					return err
				}
				return grouped(importLog(c, s, args[1], dryRun), allErrors)
			}
			format, err := known.find(args[0])
			if err != nil {
				return err
			}
			r := report{DryRun: dryRun, Commits: []commitReport{}, Findings: []formats.Finding{}}
			if err := createReport(reportFile); err != nil {
				return err
			}
			done := showTask(c, "importing")
			err = importFile(c, s, format, args[1], s.batch(actor, reason, reassert), &r)
			done()
			if e := writeReport(c, s, r, reportFile); e != nil {
				return e
			}
			return grouped(err, allErrors)
		},
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "check against the store and write nothing")
	c.Flags().BoolVar(&reassert, "reassert", false, "make claims of the file that were retracted count again")
	addAllErrors(c, &allErrors)
	c.Flags().StringVar(&reportFile, "report", "", "write the report to this file, as JSON")
	c.Flags().StringVar(&actor, "actor", os.Getenv("USER"), "who records it")
	c.Flags().StringVar(&reason, "reason", "", "why")
	return c
}

// batch is what is said of a batch that is imported. Its writer sees all unless a clearance
// is given.
func (s *settings) batch(actor, reason string, reassert bool) graph.Batch {
	b := graph.Batch{Actor: actor, Reason: reason, Reassert: reassert, Marking: graph.Marking(s.defaultMarking)}
	if s.source["clearance"] != "" {
		b.Clearance, b.Notices = graph.Marking(s.clearance), true
	}
	return b
}

// importFile reads, checks and records a file, and notes in the report what came
// of it.
func importFile(
	c *cobra.Command, s *settings, format *formats.Format, path string, about graph.Batch, r *report,
) error {
	if _, err := s.storeURL(); err != nil {
		return err // before a large file is read
	}
	if s.readOnly && !r.DryRun {
		return usageError{errors.New("--read-only: import records; leave it out, or try the file with --dry-run")}
	}
	in, err := readInput(c, format, path)
	if err != nil {
		if bad, ok := errors.AsType[*formats.FindingsError](err); ok {
			r.Findings = bad.Findings
		}
		return err
	}
	r.Notices = in.Notices
	in.About(&about)
	parts := in.Parts(graph.MaxBatch)
	if r.DryRun || len(parts) > 1 { // of several parts the last may be refused when the first is recorded
		var trial graph.Store
		if trial, r.Store, err = copyInMemory(c, s); err == nil {
			err = apply(c.Context(), trial, parts, r)
		}
		if err != nil || r.DryRun {
			return err
		}
		r.Commits, r.Notices = r.Commits[:0], in.Notices
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
	total := 0
	for _, part := range parts {
		total += len(part.At)
	}
	task := taskFrom(ctx)
	task.begin("recording", int64(total), records)
	for _, part := range parts {
		commit, err := st.Apply(ctx, part.Batch)
		if findings := part.Explain(err); len(findings) > 0 {
			r.Findings = findings
			return &formats.FindingsError{Findings: findings}
		}
		if err != nil {
			return err
		}
		r.Notices = append(r.Notices, part.Explain(&graph.InvalidError{Problems: commit.Notices})...)
		r.Commits = append(r.Commits, commitReport{
			commit.Sequence, commit.Replayed, commit.Sources, commit.Entities, commit.Claims,
		})
		task.add(len(part.At))
	}
	return nil
}

// copyInMemory is a copy in memory of what the store holds, to try a batch on.
func copyInMemory(c *cobra.Command, s *settings) (graph.Store, string, error) {
	trial, _, err := openMemory(c.Context())
	if err != nil {
		return nil, "", err
	}
	st, url, err := openExisting(c, s, store.Options{})
	if err != nil || st == nil {
		return trial, url, err
	}
	defer func() { _ = st.Close() }()
	task := taskFrom(c.Context())
	task.begin("trying it on a copy of the store", 0, commits)
	copied, err := store.Restorer(trial)
	if err == nil {
		err = copied.Restore(c.Context(), countedFeed(task, st.Changes(c.Context(), 0)))
	}
	return trial, url, err
}

// readInput reads one file, or standard input for "-".
func readInput(c *cobra.Command, format *formats.Format, path string) (formats.Input, error) {
	records, err := readFile(c, path, format.ReadAll)
	if err != nil {
		return formats.Input{}, err
	}
	taskFrom(c.Context()).begin("checking the records", 0, nil)
	return formats.Join(records)
}

func readFile(
	c *cobra.Command, path string, read func(io.Reader, string) ([]formats.Record, error),
) ([]formats.Record, error) {
	if path == "-" {
		return read(readingInput(c), "-")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, usageError{err}
	}
	defer func() { _ = file.Close() }()
	return read(readingFile(c.Context(), file), path)
}
