package main

import (
	"fmt"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// fields are the cells of a link.
func fields(l *live.Link) []string {
	attributor := ""
	if a := l.Attributor(); a != nil {
		attributor = string(a.Base().ID())
	}
	polarity := "AFFIRMED"
	if l.AffirmedCount() == 0 {
		polarity = "DENIED"
	}
	out := []string{
		string(l.ID()), string(l.Kind()), string(l.SourceID()), string(l.TargetID()), l.Source().Base().Name(), l.Target().Base().Name(),
		string(l.Source().Base().Kind()), string(l.Target().Base().Kind()), string(l.Status()), polarity, string(l.Hedge()), fmt.Sprint(l.Credibility()),
		string(l.Reliability()), fmt.Sprint(l.IndependentSources()), fmt.Sprint(l.AffirmedCount() + l.DeniedCount() + l.NoEvidenceCount()),
		fmt.Sprint(l.AffirmedCount()), fmt.Sprint(l.DeniedCount()), fmt.Sprint(l.NoEvidenceCount()), fmt.Sprint(l.Disputed()), string(l.Bearing()),
	}
	out = append(append(out, date(l.ValidFrom())...), date(l.ValidTo())...)
	return append(out, fmt.Sprint(l.DatesDisagree()), text(l.Role()), text(l.Basis()), attributor, list(l.Modes()), text(l.Grade()), list(l.SourceIs()),
		text(l.Stage()), text(l.Nature()), text(l.Channel()), list(l.SourceIDs()), string(l.Marking()))
}

func date(d *graph.PartialDate) []string {
	out := []string{"", "", ""}
	if d == nil {
		return out
	}
	out[0] = d.EDTF
	for i, day := range []*graph.Day{d.EarliestDay(), d.LatestDay()} {
		if day != nil {
			out[i+1] = day.String()
		}
	}
	return out
}

func text[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

func list[T ~string](texts []T) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = string(t)
	}
	return strings.Join(out, ";")
}
