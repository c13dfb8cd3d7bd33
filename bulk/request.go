// Package bulk streams whole parts of the graph as files: what is asked for, and its
// writing. What it writes is what a view shows, a record at a time; how, the formats
// say.
package bulk

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

// Request is what to export and how. Two requests with the same Key give the same
// bytes of the same moment to readers of the same clearance.
type Request struct {
	format *formats.Format
	// Lens says which claims count.
	Lens graph.Lens
	formats.Options
}

// Parse reads a request for the file of the name from the parameters of an address:
// the conditions of a lens and Parameters, by their names. Lists may be given once
// for each value, or with commas; an empty text is the empty list. The error is a
// graph.ErrInvalid that names the parameter and says what to do, or a
// graph.ErrNotFound for a file that there is not.
func Parse(file string, values url.Values) (*Request, error) {
	f := formats.Exporter(file)
	if f == nil {
		return nil, graph.NotFound("file", graph.ID(file))
	}
	q := &Request{format: f}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := q.set(name, values[name]); err != nil {
			return nil, err
		}
	}
	if err := q.Lens.Check(); err != nil {
		return nil, graph.Renamed(err, parameterName)
	}
	return q, nil
}

// parameterName is the name of a parameter for a path in a lens.
func parameterName(path string) string { return strings.TrimPrefix(path, "lens.") }

func (q *Request) set(name string, values []string) error {
	for i := range graph.LensConditions {
		if c := &graph.LensConditions[i]; c.Name == name {
			return c.Set(&q.Lens, values...)
		}
	}
	for i := range Parameters {
		switch p := &Parameters[i]; {
		case p.Name != name:
		case p.Table && !q.format.Table:
			return graph.Invalid("NOT_TAKEN", name, q.format.File()+" is no table",
				"leave it out, or ask for a file that ends in .csv")
		default:
			return p.apply(&q.Options, values)
		}
	}
	const maxBytes = 60
	name = strings.ToValidUTF8(name[:min(len(name), maxBytes)], "\uFFFD")
	return graph.Invalid("UNKNOWN_PARAMETER", name, "there is no such parameter",
		"use "+strings.Join(parameterNames(q.format), ", "))
}

// parameterNames are the names of all that a request for a format can say.
func parameterNames(f *formats.Format) []string {
	var names []string
	for _, c := range graph.LensConditions {
		names = append(names, c.Name)
	}
	for _, p := range Parameters {
		if f.Table || !p.Table {
			names = append(names, p.Name)
		}
	}
	return names
}

// Key is the request as text, the same for what gives the same bytes.
func (q *Request) Key() string {
	lens, err := json.Marshal(q.Lens)
	if err != nil {
		panic("bulk: a lens that cannot be written: " + err.Error())
	}
	return fmt.Sprintf("%s %s %q %q %t %t %t %t", q.format.File(), lens, q.Selection.Kinds, q.Selection.EntityKinds,
		q.Selection.Kinds == nil, q.Selection.EntityKinds == nil, q.Exact, q.Excel)
}

// Format is that of the file that is requested.
func (q *Request) Format() *formats.Format { return q.format }
