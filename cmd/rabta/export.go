package main

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

// lensFlags are the flags of a lens.
type lensFlags struct {
	asOf, publishedBy, knownAt string
	asOfMode                   string
	knownAtSequence            *graph.Sequence
	minCredibility             int
	minReliability             string
	includeUnjudged            bool
	hedges                     []string
	sources, withoutSources    []string
	includeAssessments         bool
	includeInferred            bool
}

func exportCommand(s *settings) *cobra.Command {
	var l lensFlags
	c := &cobra.Command{
		Use:   "export FORMAT",
		Short: "Write what a lens lets through to standard output",
		Long:  "Write what a lens lets through to standard output. FORMAT is ndjson: canonical claims, with the sources and\nentities. What it writes can be imported into an empty store and gives the same answers. Claims that were\nretracted, and who recorded what when, are not in it. The flags are those of a lens that say which claims count;\nwhat else a lens says of links, ask of the copy.",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if args[0] != "ndjson" {
				return usageError{fmt.Errorf("format %q is not known; use ndjson", args[0])}
			}
			lens, err := l.lens()
			if err != nil {
				return err
			}
			f, _, err := opened(c, s)
			if err != nil {
				return err
			}
			defer func() { _ = f.Close() }()
			v, err := f.Graph.Reader(graph.Marking(s.clearance)).View(lens)
			if err != nil {
				return err
			}
			return formats.WriteClaims(c.OutOrStdout(), v.Records())
		},
	}
	f := c.Flags()
	f.StringVar(&l.asOf, "as-of", "", "what may hold on this day, YYYY-MM-DD")
	f.StringVar(&l.asOfMode, "as-of-mode", "", "with --as-of: POSSIBLE (the default) or CERTAIN, what held on the day wherever in their spans its dates lie")
	f.StringVar(&l.publishedBy, "published-by", "", "what sources published by this day say, YYYY-MM-DD")
	f.StringVar(&l.knownAt, "known-at", "", "what had been recorded by this moment, RFC 3339")
	f.Func("known-at-sequence", "what had been recorded by this commit, a number", l.setSequence)
	f.IntVar(&l.minCredibility, "min-credibility", 0, "credibility 1 to this number")
	f.StringVar(&l.minReliability, "min-reliability", "", "sources of this letter or better")
	f.BoolVar(&l.includeUnjudged, "include-unjudged", false, "with a floor, also what cannot be judged")
	f.StringSliceVar(&l.hedges, "hedges", nil, "only these hedge classes")
	f.StringSliceVar(&l.sources, "sources", nil, "only what is read in these sources")
	f.StringSliceVar(&l.withoutSources, "without-sources", nil, "not what is read in, or relies on, these sources")
	f.BoolVar(&l.includeAssessments, "include-assessments", false, "writers' opinions too")
	f.BoolVar(&l.includeInferred, "include-inferred", true, "what a rule inferred too")
	return c
}

func (l *lensFlags) setSequence(text string) error {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return errors.New("it is not the number of a commit")
	}
	sequence := graph.Sequence(n)
	l.knownAtSequence = &sequence
	return nil
}

func (l *lensFlags) lens() (*graph.Lens, error) {
	lens := &graph.Lens{IncludeUnjudged: &l.includeUnjudged, IncludeAssessments: &l.includeAssessments, IncludeInferred: &l.includeInferred, KnownAtSequence: l.knownAtSequence}
	for _, d := range []struct {
		text string
		into **graph.Day
	}{{l.asOf, &lens.AsOf}, {l.publishedBy, &lens.PublishedBy}} {
		if d.text == "" {
			continue
		}
		day, err := graph.ParseDay(d.text)
		if err != nil {
			return nil, usageError{err}
		}
		*d.into = &day
	}
	if l.knownAt != "" {
		t, err := time.Parse(time.RFC3339, l.knownAt)
		if err != nil {
			return nil, usageError{fmt.Errorf("known-at: %q is no moment; write it as 2026-01-31T12:00:00Z", l.knownAt)}
		}
		lens.KnownAt = &t
	}
	if l.asOfMode != "" {
		mode := graph.AsOfMode(l.asOfMode)
		lens.AsOfMode = &mode
	}
	if l.minCredibility != 0 {
		lens.MinCredibility = &l.minCredibility
	}
	if l.minReliability != "" {
		letter := graph.Reliability(l.minReliability)
		lens.MinReliability = &letter
	}
	for _, h := range l.hedges {
		if int(graph.Code(graph.Hedges, graph.Hedge(h))) == len(graph.Hedges) {
			return nil, usageError{fmt.Errorf("hedges: %q is no hedge class", h)}
		}
		lens.Hedges = append(lens.Hedges, graph.Hedge(h))
	}
	lens.Sources, lens.WithoutSources = ids(l.sources), ids(l.withoutSources)
	if err := lens.Check(); err != nil {
		return nil, usageError{err}
	}
	return lens, nil
}

func ids(list []string) []graph.ID {
	var out []graph.ID
	for _, id := range list {
		out = append(out, graph.ID(id))
	}
	return out
}
