package reconcile

import (
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// property is something that is known of an entity: what a row may say of it, and
// what a column may be filled with.
type property struct {
	ID, Name, Doc string
	match         func(q *query, value string) error // nil: not matched by
	values        func(e live.Entity) []string
}

var properties = []property{
	{
		"name", "Name", "the name to show", nil,
		func(e live.Entity) []string { return []string{e.Base().Name()} },
	},
	{
		"aliases", "Other names", "all names but the one to show", nil,
		otherNames,
	},
	{
		"kind", "Kind", "what sort of thing it is", matchKind,
		func(e live.Entity) []string { return []string{string(e.Base().Kind())} },
	},
	{
		"father", "Father's name", "the name of a person's father",
		func(q *query, v string) error { q.Father = &v; return nil },
		affirmedValues(graph.FatherName),
	},
	{
		"birth", "Birth", "when a person was born, in EDTF such as 1965-03-01 or 1964~", matchBirth,
		affirmedValues(graph.Birth),
	},
	{
		"nationality", "Nationality", "a person's nationality",
		func(q *query, v string) error { q.Nationality = &v; return nil },
		affirmedValues(graph.Nationality),
	},
	{
		"place", "Place", "a place where it lies, happened or is based, or one around that",
		func(q *query, v string) error { q.Place = &v; return nil },
		func(e live.Entity) []string { return placeNames(e.Base().Places()) },
	},
	{
		"country", "Country", "a country in which it lies, happened or is based",
		func(q *query, v string) error { q.Country = &v; return nil },
		func(e live.Entity) []string { return placeNames(e.Base().Countries()) },
	},
	{
		"ids", "Ids elsewhere", "ids under which others know it, such as ucdp-actor:356",
		func(q *query, v string) error { q.IDs = append(q.IDs, v); return nil },
		affirmedValues(graph.ExternalID),
	},
	{"wording", "Wording", "how firmly each of father, birth and nationality is said", nil, wording},
	{
		"grade", "Grades", "the grades of the claims about it, best first: reliability of the source and credibility",
		nil, grades,
	},
	{"sources", "Sources", "the titles of the sources of the claims about it", nil, sourceTitles},
}

func propertyOf(id string) *property {
	for i := range properties {
		if properties[i].ID == id {
			return &properties[i]
		}
	}
	return nil
}

func matchable(p *property) bool { return p.match != nil }

func anyProperty(*property) bool { return true }

// propertyIDs lists the ids of the properties that are wanted, for people.
func propertyIDs(wanted func(*property) bool) string {
	var out []string
	for i := range properties {
		if wanted(&properties[i]) {
			out = append(out, properties[i].ID)
		}
	}
	return strings.Join(out, ", ")
}

func matchKind(q *query, v string) error {
	kind, err := graph.OneOf(graph.EntityKinds, strings.ToUpper(v))
	if err != nil {
		return err
	}
	if q.Kinds != nil && !slices.Contains(q.Kinds, kind) {
		q.impossible = true
	}
	q.Kinds = []graph.EntityKind{kind}
	return nil
}

func matchBirth(q *query, v string) error {
	born, err := graph.ParseDate(v)
	if err != nil {
		return graph.Invalid("MALFORMED", "v", "it is not a date",
			"write it in EDTF, such as 1965, 1965-03-01 or 1964~, and leave unknown ones empty")
	}
	q.Birth = &born
	return nil
}
