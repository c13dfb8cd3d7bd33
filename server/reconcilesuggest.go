package server

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/names"
)

// widget are parameters that the suggestion boxes of clients send and that change
// nothing here.
var widget = []string{"_", "all_types", "domain", "exact", "filter", "html_escape", "indent", "lang", "mql_output", "prefixed", "scoring", "spell", "type_strict"}

type suggestion struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Description string  `json:"description,omitempty"`
	Notable     []named `json:"notable,omitempty"`
}

// suggest completes what a person types.
func (c reconciler) suggest(_ context.Context, w http.ResponseWriter, a *asked) error {
	if err := a.only(append([]string{"prefix", "type", "limit", "cursor"}, widget...)...); err != nil {
		return err
	}
	prefix, err := a.one("prefix")
	if err != nil {
		return err
	}
	if !utf8.ValidString(prefix) {
		return badRequest("the parameter prefix is not valid UTF-8; URL-encode its UTF-8 bytes")
	}
	from, to, err := a.part()
	if err != nil {
		return err
	}
	var out []suggestion
	switch a.PathValue("what") {
	case "entity":
		out, err = a.entities(prefix, to)
	case "type":
		for _, k := range graph.EntityKinds {
			out = append(out, suggestion{ID: typeOf(k).ID, Name: typeOf(k).Name})
		}
		out = beginning(out, prefix)
	case "property":
		for _, p := range properties {
			out = append(out, suggestion{ID: p.ID, Name: p.Name, Description: p.Doc})
		}
		out = beginning(out, prefix)
	default:
		return noSuchPage()
	}
	if err != nil {
		return err
	}
	out = out[min(from, len(out)):min(to, len(out))]
	writeJSON(w, http.StatusOK, results[suggestion]{append([]suggestion{}, out...)})
	return nil
}

// part is which of the suggestions are asked for. At most a hundred are given.
func (a *asked) part() (from, to int, err error) {
	const most = 100
	limit := 10
	for _, p := range []struct {
		name string
		into *int
		low  int
	}{{"cursor", &from, 0}, {"limit", &limit, 1}} {
		text, err := a.one(p.name)
		if err != nil {
			return 0, 0, err
		}
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < p.low || n > most {
			return 0, 0, graph.Invalid("OUT_OF_RANGE", p.name, fmt.Sprintf("it is not a number from %d to %d", p.low, most), "leave it out, or ask for less")
		}
		*p.into = n
	}
	return from, from + limit, nil
}

func (a *asked) entities(prefix string, most int) ([]suggestion, error) {
	if names.Folded(prefix) == "" {
		return nil, nil
	}
	var kinds []graph.EntityKind
	for _, t := range a.given["type"] {
		if t == "" {
			continue
		}
		k, err := graph.OneOf(graph.EntityKinds, t)
		if err != nil {
			return nil, graph.Renamed(err, func(string) string { return "type" })
		}
		kinds = append(kinds, k)
	}
	found, err := a.view.Search(live.SearchQuery{Text: prefix, Kinds: kinds, Page: live.Page{First: &most}})
	if err != nil {
		return nil, err
	}
	var out []suggestion
	for _, h := range found.Nodes() {
		e := h.Entity.Base()
		out = append(out, suggestion{string(e.ID()), e.Name(), words(e), []named{typeOf(e.Kind())}})
	}
	return out, nil
}

// beginning keeps what has the prefix in its id or in its name.
func beginning(all []suggestion, prefix string) []suggestion {
	prefix = names.Folded(prefix)
	return slices.DeleteFunc(all, func(s suggestion) bool {
		return !strings.HasPrefix(names.Folded(s.ID), prefix) && !strings.HasPrefix(names.Folded(s.Name), prefix)
	})
}

// propose lists what columns can be made of.
func (c reconciler) propose(_ context.Context, w http.ResponseWriter, a *asked) error {
	if err := a.only(append([]string{"type", "limit"}, widget...)...); err != nil {
		return err
	}
	kind, err := a.one("type")
	if err != nil {
		return err
	}
	out := struct {
		Limit      int     `json:"limit"`
		Type       string  `json:"type"`
		Properties []named `json:"properties"`
	}{len(properties), kind, []named{}}
	for _, p := range properties {
		out.Properties = append(out.Properties, named{p.ID, p.Name})
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}
