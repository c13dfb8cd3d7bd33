// Package bulk streams whole parts of the graph as files: what is asked for, and its
// writing. What it writes is what a view shows, a record at a time; how, the formats
// say.
package bulk

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Request is what to export and how. Two requests with the same Key give the same
// bytes of the same moment to readers of the same clearance.
type Request struct {
	format *formats.Format
	// Lens says which claims count.
	Lens graph.Lens
	formats.Options
}

// Parse reads a request for the file of the name from the parameters of an address: the
// conditions of a lens and Parameters, by their names, and those of a second view with OfSecond
// in front. Lists may be given once for each value, or with commas; an empty text is the empty
// list. The error is a graph.ErrInvalid that names what is wrong and says what to do, or a
// graph.ErrNotFound for a file that there is not.
func Parse(file string, values url.Values) (*Request, error) {
	f := formats.Exporter(file)
	if f == nil {
		return nil, graph.NotFound("file", graph.ID(file))
	}
	q, second, ofSecond, wrong := &Request{format: f}, &Request{format: f}, []string{}, faults{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if of, is := strings.CutPrefix(name, OfSecond); is {
			ofSecond = append(ofSecond, name)
			wrong.add(second.set(of, values[name], true), inSecond)
		} else {
			wrong.add(q.set(name, values[name], false), parameterName)
		}
	}
	wrong.add(q.join(second, ofSecond), parameterName)
	if wrong.err() == nil { // what a fault leaves out may be what another condition needs
		wrong.add(q.Lens.Check(), parameterName)
		wrong.add(second.Lens.Check(), inSecond)
	}
	if err := wrong.err(); err != nil {
		return nil, err
	}
	return q, nil
}

// maxFaults is how many faults of a request are named.
const maxFaults = 20

// faults are all that is wrong with a request, and the first error of another kind.
type faults struct {
	problems []graph.Problem
	other    error
}

// add adds what an error says, under other names.
func (f *faults) add(err error, name func(string) string) {
	var invalid *graph.InvalidError
	switch {
	case errors.As(graph.Renamed(err, name), &invalid):
		f.problems = append(f.problems, invalid.Problems[:min(len(invalid.Problems), maxFaults-len(f.problems))]...)
	case f.other == nil:
		f.other = err
	}
}

// err is what was added as one error; nil if nothing was.
func (f *faults) err() error {
	if f.other == nil && len(f.problems) > 0 {
		return &graph.InvalidError{Problems: f.problems}
	}
	return f.other
}

// parameterName is the name of a parameter for a path in a lens, inSecond that for one in the lens
// of the second view.
func parameterName(path string) string { return strings.TrimPrefix(path, "lens.") }

func inSecond(path string) string { return OfSecond + parameterName(path) }

// set sets what a parameter says, of the second view or else of the first and the file.
func (q *Request) set(name string, values []string, second bool) error {
	if second && !q.format.Table {
		return q.notTaken(name)
	}
	for i := range graph.LensConditions {
		if c := &graph.LensConditions[i]; c.Name == name {
			return c.Set(&q.Lens, values...)
		}
	}
	for i := range Parameters {
		switch p := &Parameters[i]; {
		case p.Name != name || second && !p.Selects:
		case p.Table && !q.format.Table:
			return q.notTaken(name)
		default:
			return p.apply(&q.Options, values)
		}
	}
	const maxBytes = 60
	name = strings.ToValidUTF8(name[:min(len(name), maxBytes)], "\uFFFD")
	names := strings.Join(parameterNames(q.format, second), ", ")
	if second {
		names = OfSecond + strings.ReplaceAll(names, ", ", ", "+OfSecond)
	}
	return graph.Invalid("UNKNOWN_PARAMETER", name, "there is no such parameter", "use "+names)
}

func (q *Request) notTaken(name string) error {
	return graph.Invalid("NOT_TAKEN", name, q.format.File()+" is no table", "leave it out, or ask for a file that ends in .csv")
}

// join takes the second view, of which some parameters say what it shows, together with the first.
func (q *Request) join(second *Request, said []string) error {
	switch c := q.Combine; {
	case c == nil && len(said) > 0 && q.format.Table:
		return graph.Invalid("NOT_TAKEN", said[0], "it is of a second view, and there is none without combine",
			"give combine too: UNION, INTERSECTION or DIFFERENCE")
	case c == nil:
		return nil
	case len(said) == 0:
		return graph.Invalid("REQUIRED", "combine", "nothing says what the second view shows",
			"give conditions of its lens, such as "+OfSecond+"minCredibility=2; for one without any "+OfSecond+"includeDisputed=true")
	default:
		c.Lens, c.Selection = second.Lens, second.Selection
		if c.Selection.Kinds == nil {
			c.Selection.Kinds = q.Selection.Kinds
		}
		if c.Selection.EntityKinds == nil {
			c.Selection.EntityKinds = q.Selection.EntityKinds
		}
	}
	return nil
}

// parameterNames are the names of all that a request for a format can say, or of what it can say
// of a second view.
func parameterNames(f *formats.Format, second bool) []string {
	var names []string
	for _, c := range graph.LensConditions {
		names = append(names, c.Name)
	}
	for _, p := range Parameters {
		if (f.Table || !p.Table) && (p.Selects || !second) {
			names = append(names, p.Name)
		}
	}
	return names
}

// Key is the request as text, the same for what gives the same bytes.
func (q *Request) Key() string {
	key := fmt.Sprintf("%s %s %t %t", q.format.File(), viewKey(&q.Lens, q.Selection), q.Exact, q.Excel)
	if c := q.Combine; c != nil {
		key += fmt.Sprintf(" %s %s", c.How, viewKey(&c.Lens, c.Selection))
	}
	return key
}

func viewKey(l *graph.Lens, s live.Selection) string {
	lens, err := json.Marshal(l)
	if err != nil {
		panic("bulk: a lens that cannot be written: " + err.Error())
	}
	return fmt.Sprintf("%s %q %q %t %t", lens, s.Kinds, s.EntityKinds, s.Kinds == nil, s.EntityKinds == nil)
}

// Format is that of the file that is requested.
func (q *Request) Format() *formats.Format { return q.format }
