package aggregate_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

func (n naive) ofClaim(c *live.Claim) []member {
	switch n.key {
	case aggregate.ByKind:
		return certain(string(c.Predicate()))
	case aggregate.ByBearing:
		return certain(bearingOf(c)...)
	case aggregate.ByHedge:
		return certain(string(c.Hedge()))
	case aggregate.ByCredibility:
		return certain(fmt.Sprint(c.Credibility()))
	case aggregate.BySource:
		return certain(string(c.Source().ID()))
	case aggregate.ByRole:
		if r := c.Role(); r != nil {
			return certain(*r)
		}
		return nil
	case aggregate.ByPublished:
		return n.onDate(c.Source().Published())
	}
	return n.heldBy(spanOf(c.ValidFrom()), spanOf(c.ValidTo()))
}

func (n naive) ofSource(s *live.Source) []member {
	switch n.key {
	case aggregate.ByKind:
		return certain(string(s.Kind()))
	case aggregate.ByReliability:
		return certain(string(s.Reliability()))
	case aggregate.ByPublisher:
		if p := s.Publisher(); p != nil {
			return certain(*p)
		}
		return nil
	}
	return n.onDate(s.Published())
}

// bearingOf is the bearing of what a claim says, by the vocabulary's table; that of somebody who
// took part is by what he did.
func bearingOf(c *live.Claim) []string {
	role := ""
	if r := c.Role(); r != nil {
		role = strings.ToUpper(*r)
	}
	switch c.Predicate() {
	case graph.ParticipatedIn:
		if slices.Contains([]string{"", "VICTIM", "WITNESS", "BYSTANDER", "RESPONDER"}, role) {
			return []string{"HARM"}
		}
		return []string{"RESPONSIBILITY"}
	case graph.PartyTo:
		return []string{map[string]string{
			"ATTACKER": "RESPONSIBILITY", "SIDE_A": "RESPONSIBILITY", "SIDE_B": "RESPONSIBILITY", "DEFENDER": "HARM",
			"MEDIATOR": "SPEECH", "SIGNATORY": "SPEECH",
		}[role]}
	}
	if b := c.Predicate().Spec().Bearing; b != "" {
		return []string{string(b)}
	}
	return nil
}

// spanOf is between which days a date lies; nil where nothing bounds it.
func spanOf(d *graph.PartialDate) *graph.Span {
	if d == nil || d.Earliest.Open() && d.Latest.Open() {
		return nil
	}
	return &graph.Span{Earliest: d.Earliest, Latest: d.Latest}
}

// knownWell reports whether a day is known to within a year.
func knownWell(s graph.Span) bool {
	return !s.Earliest.Open() && !s.Latest.Open() && s.Latest-s.Earliest <= 366
}

// heldBy are the periods in which something held that began and ended at some day of two spans.
func (n naive) heldBy(from, to *graph.Span) (out []member) {
	if from == nil && to == nil {
		return nil
	}
	var edges graph.Span
	switch {
	case to == nil:
		edges = *from
	case from == nil:
		edges = *to
	default: // it began before it ended, and ended after it began
		from.Latest, to.Earliest = min(from.Latest, to.Latest), max(to.Earliest, from.Earliest)
		edges = graph.Span{Earliest: from.Earliest, Latest: to.Latest}
	}
	sure := false
	for _, p := range n.periods() {
		is, maybe := false, false
		if from == nil || to == nil { // a missing end is unknown, and not for ever
			is = p.Earliest <= edges.Earliest && edges.Latest <= p.Latest
			maybe = knownWell(edges) && edges.Earliest <= p.Latest && p.Earliest <= edges.Latest
		} else {
			begun, lasted := from.Latest <= p.Latest, p.Earliest <= to.Earliest
			is = begun && lasted
			maybe = edges.Earliest <= p.Latest && p.Earliest <= edges.Latest && (begun || knownWell(*from)) && (lasted || knownWell(*to))
		}
		if is || maybe {
			out, sure = append(out, member{p.EDTF, !is}), sure || is
		}
	}
	if edges.Earliest.Open() && edges.Latest.Open() { // it was so when somebody looked
		edges = graph.Span{Earliest: to.Earliest, Latest: from.Latest}
	}
	if !sure {
		out = append(out, member{label: n.label(edges.Earliest) + "/" + n.label(edges.Latest)})
	}
	return out
}
