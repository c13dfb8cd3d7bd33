package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/rabta/rabta/exchange"
	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store"
)

// The log is no format of what a view shows: it is read from the store, and taken over by
// one.
const (
	logFile = "log.ndjson"
	logName = "log"
)

const logHelp = "  log.ndjson or log        every commit at or below the clearance, for a store to take over\n"

func isLog(name string) bool { return name == logFile || name == logName }

func digestCommand(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "digest",
		Short: "Print a digest of what a store holds at or below a clearance",
		Long: "Print a digest of what a store holds at or below a clearance: of every record with the marking it was sealed\n" +
			"with and where it comes from, of every change of a marking, and of every tombstone. Stores that have exchanged\n" +
			"their logs at the clearance, in whatever order and how often, have one digest.",
		Example: exampleLines(
			"rabta digest --store sqlite:rabta.db",
			"rabta digest --store sqlite:rabta.db --clearance AMBER"),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			st, _, err := openToRead(c, s)
			if err != nil {
				return err
			}
			defer func() { _ = st.Close() }()
			r, err := exchanging(st)
			if err != nil {
				return err
			}
			sum, err := exchange.Digest(c.Context(), r, graph.Marking(s.clearance))
			if err != nil {
				return err
			}
			return printDigest(c.OutOrStdout(), sum, s.json)
		},
	}
}

func printDigest(out io.Writer, sum exchange.Summary, asJSON bool) error {
	if asJSON {
		text, err := json.MarshalIndent(sum, "", "  ")
		if err == nil {
			fmt.Fprintln(out, string(text))
		}
		return err
	}
	fmt.Fprintf(out, "at %s: %d commits with %d sources, %d entities, %d claims\ndigest %s\n",
		sum.Clearance, sum.Commits, sum.Sources, sum.Entities, sum.Claims, sum.Digest)
	return nil
}

// exchanging is a store as one that exchanges its log.
func exchanging(st graph.Store) (graph.Receiver, error) {
	r, err := store.Receiver(st)
	if err != nil {
		return nil, storeError{err}
	}
	return r, nil
}

// exportLog writes the log of a store to standard output.
func exportLog(c *cobra.Command, s *settings) error {
	st, _, err := openToRead(c, s)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	r, err := exchanging(st)
	if err != nil {
		return err
	}
	_, err = exchange.Write(c.Context(), c.OutOrStdout(), r, graph.Marking(s.clearance), readBuild().Version)
	return err
}

// logReport is what became of the import of a log, as JSON.
type logReport struct {
	Store     string            `json:"store,omitempty"`
	DryRun    bool              `json:"dryRun"`
	Clearance graph.Marking     `json:"clearance"`
	From      string            `json:"from"`
	Findings  []formats.Finding `json:"findings"`
	exchange.Taken
}

// importLog has the store take over a log, and prints what came of it.
func importLog(c *cobra.Command, s *settings, path string, dryRun bool) error {
	r := logReport{DryRun: dryRun, Findings: []formats.Finding{}}
	done := showTask(c, "reading the log")
	err := takeLog(c, s, path, &r)
	done()
	if bad, ok := errors.AsType[*exchange.FaultsError](err); ok {
		for _, f := range bad.Faults {
			r.Findings = append(r.Findings, formats.Finding{
				Position: formats.Position{File: path, Line: f.Line}, Field: f.Path, Code: f.Code, Message: f.Message, Remedy: f.Remedy,
			})
		}
		err = &formats.FindingsError{Findings: r.Findings}
	}
	out := c.OutOrStdout()
	if s.json {
		text, e := json.MarshalIndent(r, "", "  ")
		if e != nil {
			return e
		}
		fmt.Fprintln(out, string(text))
		return err
	}
	if err != nil {
		return err
	}
	if r.Redacted > 0 {
		fmt.Fprintf(out, "%d records were passed over: they were redacted here, or name what was\n", r.Redacted)
	}
	if r.Buried > 0 {
		verb := "were"
		if dryRun {
			verb = "would be"
		}
		fmt.Fprintf(out, "%d records %s taken out for good: they were redacted in another store, or name what was\n", r.Buried, verb)
	}
	records := fmt.Sprintf("%d sources, %d entities, %d claims", r.Sources, r.Entities, r.Claims)
	switch {
	case r.Commits == 0:
		fmt.Fprintf(out, "nothing is new of %d commits\n", r.Known)
	case dryRun:
		fmt.Fprintf(out, "nothing was written; of %d commits %d would be taken over, with %s\n", r.Known+r.Commits, r.Commits, records)
	default:
		fmt.Fprintf(out, "of %d commits %d were taken over, with %s\n", r.Known+r.Commits, r.Commits, records)
	}
	return nil
}

func takeLog(c *cobra.Command, s *settings, path string, r *logReport) error {
	if s.readOnly && !r.DryRun {
		return usageError{errors.New("--read-only: import records; leave it out, or try the file with --dry-run")}
	}
	in, closeFile, err := openBackup(c, path)
	if err != nil {
		return err
	}
	defer closeFile()
	f, err := exchange.Read(in, time.Now())
	if err != nil {
		return err
	}
	r.Clearance, r.From = f.Header.Clearance, f.Header.Store
	open := openStore
	if r.DryRun {
		open = openExisting
	}
	st, url, err := open(c, s, store.Options{})
	if err == nil && st == nil {
		st, _, err = openMemory(c.Context())
	}
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	r.Store = url
	into, err := exchanging(st)
	if err != nil {
		return err
	}
	if r.DryRun {
		r.Taken, err = f.Try(c.Context(), into)
		return err
	}
	task := taskFrom(c.Context())
	task.begin("taking over the log", int64(f.Commits()), commits)
	r.Taken, err = f.Take(c.Context(), into, func() { task.add(1) })
	if r.Buried > 0 {
		err = errors.Join(err, sweep(c, into))
	}
	return err
}

// withoutFlags refuses flags of a command that say nothing of a log.
func withoutFlags(c *cobra.Command, allowed ...string) (err error) {
	shared := c.Root().PersistentFlags()
	c.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && shared.Lookup(f.Name) == nil && !slices.Contains(allowed, f.Name) {
			err = usageError{fmt.Errorf("--%s: it is not for a log, which is taken whole up to the clearance; leave it out", f.Name)}
		}
	})
	return err
}
