package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

func placeNames(places []*live.Place) []string {
	out := []string{}
	for _, p := range places {
		out = append(out, p.Name())
	}
	return out
}

func otherNames(e live.Entity) []string {
	out := []string{}
	for _, n := range e.Base().Names() {
		if n.Value != e.Base().Name() && !slices.Contains(out, n.Value) {
			out = append(out, n.Value)
		}
	}
	return out
}

// affirmedAttributes are the values of a predicate that claims affirm, best first.
func affirmedAttributes(e live.Entity, p graph.Predicate) []*live.Attribute {
	all, err := e.Base().Attributes([]graph.Predicate{p}, nil)
	if err != nil {
		return nil // only another lens can fail to open
	}
	return slices.DeleteFunc(all, func(a *live.Attribute) bool {
		return a.Polarity() != graph.Affirmed || valueText(a) == ""
	})
}

func valueText(a *live.Attribute) string {
	v := a.Value()
	switch {
	case v == nil:
		return ""
	case v.Date() != nil:
		return v.Date().EDTF
	case v.Text() != nil:
		return *v.Text()
	}
	return ""
}

func affirmedValues(p graph.Predicate) func(live.Entity) []string {
	return func(e live.Entity) []string {
		out := []string{}
		for _, a := range affirmedAttributes(e, p) {
			out = append(out, valueText(a))
		}
		return out
	}
}

// hedgedProperties are the values that a row is matched by, for people to read.
var hedgedProperties = []struct {
	label     string
	predicate graph.Predicate
}{{"Father's name", graph.FatherName}, {"Birth", graph.Birth}, {"Nationality", graph.Nationality}}

func wording(e live.Entity) []string {
	out := []string{}
	for _, p := range hedgedProperties {
		for _, a := range affirmedAttributes(e, p.predicate) {
			out = append(out, fmt.Sprintf("%s: %s", p.label, hedgedText(e, a)))
		}
	}
	return out
}

// hedgedText is a value with the words that its best claim hedges it by, and who says so.
func hedgedText(e live.Entity, a *live.Attribute) string {
	text := analysis.HedgedValue(a, e, valueText(a))
	switch {
	case a.Disputed() || a.Rivalled():
		text += " (disputed)"
	case a.Contested():
		text += " (contested)"
	}
	return text
}

func grades(e live.Entity) []string {
	out := []string{}
	for c := range e.Base().CountedClaims() {
		out = append(out, fmt.Sprintf("%s%d", c.Source().Reliability(), c.Credibility()))
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(a[1:], b[1:]), cmp.Compare(a, b)) })
	return slices.Compact(out)
}

func sourceTitles(e live.Entity) []string {
	out := []string{}
	for c := range e.Base().CountedClaims() {
		if title := c.Source().Title(); !slices.Contains(out, title) {
			out = append(out, title)
		}
	}
	return out
}
