package reconcile

import (
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
)

// Suggestion completes what a person types.
type Suggestion struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Description string  `json:"description,omitempty"`
	Notable     []Named `json:"notable,omitempty"`
}

// SuggestEntities lists at most limit entities of the types, or of all types if there
// are none, whose names begin with the prefix or are like it.
func (s Service) SuggestEntities(prefix string, types []string, limit int) ([]Suggestion, error) {
	if names.Folded(prefix) == "" {
		return nil, nil
	}
	kinds, err := kindsOf(types)
	if err != nil {
		return nil, err
	}
	found, err := s.View.Search(live.SearchQuery{Text: prefix, Kinds: kinds, Page: page.Args{First: &limit}})
	if err != nil {
		return nil, err
	}
	var out []Suggestion
	for _, h := range found.Nodes() {
		e := h.Entity.Base()
		out = append(out, Suggestion{string(e.ID()), e.Name(), descriptionOf(e), []Named{typeOf(e.Kind())}})
	}
	return out, nil
}

// kindsOf reads the ids of types; an empty text is none.
func kindsOf(types []string) ([]graph.EntityKind, error) {
	var kinds []graph.EntityKind
	for _, t := range types {
		if t == "" {
			continue
		}
		k, err := graph.OneOf(graph.EntityKinds, t)
		if err != nil {
			return nil, graph.Renamed(err, func(string) string { return "type" })
		}
		kinds = append(kinds, k)
	}
	return kinds, nil
}

// SuggestTypes lists the types whose id or name begins with the prefix.
func SuggestTypes(prefix string) []Suggestion {
	var all []Suggestion
	for _, k := range graph.EntityKinds {
		all = append(all, Suggestion{ID: typeOf(k).ID, Name: typeOf(k).Name})
	}
	return withPrefix(all, prefix)
}

// SuggestProperties lists the properties whose id or name begins with the prefix.
func SuggestProperties(prefix string) []Suggestion {
	var all []Suggestion
	for _, p := range properties {
		all = append(all, Suggestion{ID: p.ID, Name: p.Name, Description: p.Doc})
	}
	return withPrefix(all, prefix)
}

// withPrefix keeps what has the prefix in its id or in its name.
func withPrefix(all []Suggestion, prefix string) []Suggestion {
	prefix = names.Folded(prefix)
	return slices.DeleteFunc(all, func(s Suggestion) bool {
		return !strings.HasPrefix(names.Folded(s.ID), prefix) && !strings.HasPrefix(names.Folded(s.Name), prefix)
	})
}

// Proposal lists the properties that columns can be made of.
type Proposal struct {
	Limit      int     `json:"limit"`
	Type       string  `json:"type"`
	Properties []Named `json:"properties"`
}

// Propose lists the properties for a type: they are the same for all.
func Propose(of string) Proposal {
	out := Proposal{len(properties), of, []Named{}}
	for _, p := range properties {
		out.Properties = append(out.Properties, Named{p.ID, p.Name})
	}
	return out
}
