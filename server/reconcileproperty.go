package server

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// property is something that is known of an entity: what a row may say of it, and
// what a column may be filled with.
type property struct {
	ID, Name, Doc string
	sought        func(q *reconcileQuery, value string) error // nil: not matched by
	values        func(e live.AnyEntity) []string             // nil: no column can be made of it
}

var properties = []property{
	{
		"name", "Name", "the name to show", nil,
		func(e live.AnyEntity) []string { return []string{e.Base().Name()} },
	},
	{
		"aliases", "Other names", "all names but the one to show", nil,
		aliases,
	},
	{
		"kind", "Kind", "what sort of thing it is", soughtKind,
		func(e live.AnyEntity) []string { return []string{string(e.Base().Kind())} },
	},
	{
		"father", "Father's name", "the name of a person's father",
		func(q *reconcileQuery, v string) error { q.Father = &v; return nil },
		affirmed(graph.FatherName),
	},
	{"birth", "Birth", "when a person was born, in EDTF such as 1965-03-01 or 1964~", soughtBirth, affirmed(graph.Birth)},
	{
		"nationality", "Nationality", "a person's nationality",
		func(q *reconcileQuery, v string) error { q.Nationality = &v; return nil },
		affirmed(graph.Nationality),
	},
	{
		"place", "Place", "a place where it lies, happened or is based, or one around that",
		func(q *reconcileQuery, v string) error { q.Place = &v; return nil },
		func(e live.AnyEntity) []string { return namesOf(e.Base().Places()) },
	},
	{
		"country", "Country", "a country in which it lies, happened or is based",
		func(q *reconcileQuery, v string) error { q.Country = &v; return nil },
		func(e live.AnyEntity) []string { return namesOf(e.Base().Countries()) },
	},
	{
		"ids", "Ids elsewhere", "ids under which others know it, such as ucdp-actor:356",
		func(q *reconcileQuery, v string) error { q.IDs = append(q.IDs, v); return nil },
		func(e live.AnyEntity) []string { return e.Base().External() },
	},
	{"wording", "Wording", "how firmly each of father, birth and nationality is said", nil, wording},
	{"grade", "Grades", "the grades of the claims about it, best first: reliability of the source and credibility", nil, grades},
	{"sources", "Sources", "the titles of the sources of the claims about it", nil, sourceTitles},
}

func namesOf(places []*live.Place) []string {
	out := []string{}
	for _, p := range places {
		out = append(out, p.Name())
	}
	return out
}

func propertyOf(id string) *property {
	for i := range properties {
		if properties[i].ID == id {
			return &properties[i]
		}
	}
	return nil
}

func soughtProperties() string {
	var out []string
	for _, p := range properties {
		if p.sought != nil {
			out = append(out, p.ID)
		}
	}
	return strings.Join(out, ", ")
}

func extendedProperties() string {
	var out []string
	for _, p := range properties {
		out = append(out, p.ID)
	}
	return strings.Join(out, ", ")
}

func soughtKind(q *reconcileQuery, v string) error {
	kind, err := graph.OneOf(graph.EntityKinds, strings.ToUpper(v))
	if err != nil {
		return err
	}
	if q.Kinds != nil && !slices.Contains(q.Kinds, kind) {
		q.none = true
	}
	q.Kinds = []graph.EntityKind{kind}
	return nil
}

func soughtBirth(q *reconcileQuery, v string) error {
	born, err := graph.ParseDate(v)
	if err != nil {
		return graph.Invalid("MALFORMED", "v", "it is no date", "write it in EDTF, such as 1965, 1965-03-01 or 1964~, and leave unknown ones empty")
	}
	q.Birth = &born
	return nil
}

func aliases(e live.AnyEntity) []string {
	out := []string{}
	for _, n := range e.Base().Names() {
		if n.Value != e.Base().Name() && !slices.Contains(out, n.Value) {
			out = append(out, n.Value)
		}
	}
	return out
}

// told are the values of a predicate that claims affirm, best first.
func told(e live.AnyEntity, p graph.Predicate) []*live.Attribute {
	all, err := e.Base().Attributes([]graph.Predicate{p}, nil)
	if err != nil {
		return nil // only another lens can fail to open
	}
	return slices.DeleteFunc(all, func(a *live.Attribute) bool { return a.Polarity() != graph.Affirmed || valueText(a) == "" })
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

func affirmed(p graph.Predicate) func(live.AnyEntity) []string {
	return func(e live.AnyEntity) []string {
		out := []string{}
		for _, a := range told(e, p) {
			out = append(out, valueText(a))
		}
		return out
	}
}

// personal are the values that a row is matched by, for people to read.
var personal = []struct {
	label     string
	predicate graph.Predicate
}{{"Father's name", graph.FatherName}, {"Birth", graph.Birth}, {"Nationality", graph.Nationality}}

func wording(e live.AnyEntity) []string {
	out := []string{}
	for _, p := range personal {
		for _, a := range told(e, p.predicate) {
			out = append(out, fmt.Sprintf("%s: %s", p.label, said(a)))
		}
	}
	return out
}

// said is a value with the words that its best claim hedges it by.
func said(a *live.Attribute) string {
	text := analysis.HedgeWords(a.Hedge()) + valueText(a)
	if a.Disputed() || a.Rivalled() {
		text += " (disputed)"
	}
	return text
}

func grades(e live.AnyEntity) []string {
	out := []string{}
	for c := range e.Base().CountedClaims() {
		out = append(out, fmt.Sprintf("%s%d", c.Source().Reliability(), c.Credibility()))
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(a[1:], b[1:]), cmp.Compare(a, b)) })
	return slices.Compact(out)
}

func sourceTitles(e live.AnyEntity) []string {
	out := []string{}
	for c := range e.Base().CountedClaims() {
		if title := c.Source().Title(); !slices.Contains(out, title) {
			out = append(out, title)
		}
	}
	return out
}
