package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

// report is what became of an import.
type report struct {
	Store    string            `json:"store,omitempty"`
	DryRun   bool              `json:"dryRun"`
	Commits  []commitReport    `json:"commits"`
	Findings []formats.Finding `json:"findings"`
	Notices  []formats.Finding `json:"notices,omitempty"`
}

type commitReport struct {
	Sequence graph.Sequence `json:"sequence"`
	Replayed bool           `json:"replayed"`
	Sources  int            `json:"sources"`
	Entities int            `json:"entities"`
	Claims   int            `json:"claims"`
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
	printNotices(c, r.Notices)
	for _, line := range r.lines() {
		fmt.Fprintln(out, line)
	}
	return nil
}

// printNotices tells what a file was taken with because older editions took it, and what of
// it others see.
func printNotices(c *cobra.Command, notices []formats.Finding) {
	var older, below []formats.Finding
	for _, n := range notices {
		if n.Code == graph.BelowClearance {
			below = append(below, n)
		} else {
			older = append(older, n)
		}
	}
	for _, list := range []struct {
		heading string
		notices []formats.Finding
	}{{"taken as it stands", older}, {"to be seen below the clearance", below}} {
		if len(list.notices) > 0 {
			all := formats.FindingsError{Findings: list.notices}
			fmt.Fprintf(c.ErrOrStderr(), "%s:\n%s\n", list.heading, all.Grouped())
		}
	}
}

// lines say what was recorded, a line for each commit; or that nothing is new, and where
// the store stands.
func (r *report) lines() (lines []string) {
	for _, done := range r.Commits {
		records := fmt.Sprintf("%d sources, %d entities, %d claims", done.Sources, done.Entities, done.Claims)
		switch {
		case done.Replayed:
		case r.DryRun:
			lines = append(lines, "nothing was written; the file would record "+records)
		default:
			lines = append(lines, fmt.Sprintf("recorded %s at sequence %d", records, done.Sequence))
		}
	}
	switch n := len(r.Commits); {
	case len(lines) > 0 || n == 0:
	case r.DryRun:
		lines = append(lines, "nothing was written, and nothing is new")
	default:
		lines = append(lines, fmt.Sprintf("nothing is new; the store stays at sequence %d", r.Commits[n-1].Sequence))
	}
	return lines
}

// groupedFindings are findings that are told by kind.
type groupedFindings struct{ *formats.FindingsError }

func (g groupedFindings) Error() string { return g.Grouped() }

// grouped has findings told by kind, unless all of them are asked for.
func grouped(err error, all bool) error {
	if bad, ok := errors.AsType[*formats.FindingsError](err); ok && !all {
		return groupedFindings{bad}
	}
	return err
}

func addAllErrors(c *cobra.Command, all *bool) {
	c.Flags().BoolVar(all, "all-errors", false, "tell each mistake by itself, also where the same is made in many lines")
}
