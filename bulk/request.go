// Package bulk streams whole parts of the graph: tables of links and entities, and
// claims that can be imported again. What it writes is what a view shows, a record
// at a time.
package bulk

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Request is what to export and how. Two requests with the same Key give the same
// bytes of the same moment to readers of the same clearance.
type Request struct {
	file *File
	// Lens says which claims count.
	Lens graph.Lens
	// Selection says which part of what the lens shows is taken.
	Selection live.Selection
	// Exact leaves out the guard against texts that a spreadsheet takes for
	// formulas; Excel adds the mark that tells Excel of UTF-8. For tables only.
	Exact, Excel bool
}

// Parameter is something that a request can say beside the conditions of a lens.
type Parameter struct {
	Name string
	// Doc says in a few words what it does.
	Doc string
	// List is set for a parameter that takes several values.
	List bool
	// Table is set for a parameter of tables alone.
	Table bool
	// Switch is set for a parameter that takes true or false.
	Switch bool
	set    func(q *Request, values []string) error
}

// Check reports what is wrong with the values given for the parameter, or nil.
func (p *Parameter) Check(values []string) error { return p.take(new(Request), values) }

func (p *Parameter) take(q *Request, values []string) error {
	values, err := graph.SplitValues(p.Name, p.List, values)
	if err == nil {
		err = p.set(q, values)
	}
	return graph.Renamed(err, func(string) string { return p.Name })
}

// Parameters lists what a request can say beside the conditions of a lens.
var Parameters = []Parameter{
	{Name: "kinds", List: true, Doc: "links of these kinds; of entities those that one of them joins; of claims those about them", set: func(q *Request, values []string) (err error) {
		q.Selection.Kinds, err = all(linkKinds(), values)
		return err
	}},
	{Name: "entityKinds", List: true, Doc: "entities of these kinds, and what is said of them and between them", set: func(q *Request, values []string) (err error) {
		q.Selection.EntityKinds, err = all(graph.EntityKinds, values)
		return err
	}},
	{Name: "guard", Table: true, Switch: true, Doc: "false leaves texts that a spreadsheet may take for formulas as they are; true unless set", set: func(q *Request, values []string) error {
		guard, err := graph.OneOf(switches, values[0])
		q.Exact = guard == "false"
		return err
	}},
	{Name: "excel", Table: true, Switch: true, Doc: "true begins the file with the mark by which Excel knows UTF-8", set: func(q *Request, values []string) error {
		excel, err := graph.OneOf(switches, values[0])
		q.Excel = excel == "true"
		return err
	}},
}

var switches = []string{"true", "false"}

func linkKinds() []graph.Predicate {
	var out []graph.Predicate
	for _, p := range graph.Predicates() {
		if p.IsLink() {
			out = append(out, p.Name)
		}
	}
	return out
}

// all are the values of a closed list; not nil, so that none is none.
func all[T ~string](list []T, names []string) ([]T, error) {
	out := make([]T, len(names))
	for i, name := range names {
		v, err := graph.OneOf(list, name)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// Parse reads a request for the file of the name from the parameters of an address:
// the conditions of a lens and Parameters, by their names. Lists may be given once
// for each value, or with commas; an empty text is the empty list. The error is a
// graph.ErrInvalid that names the parameter and says what to do, or a
// graph.ErrNotFound for a file that there is not.
func Parse(file string, values url.Values) (*Request, error) {
	f := fileOf(file)
	if f == nil {
		return nil, graph.NotFound("file", graph.ID(file))
	}
	q := &Request{file: f}
	for _, name := range sorted(values) {
		if err := q.take(name, values[name]); err != nil {
			return nil, err
		}
	}
	if err := q.Lens.Check(); err != nil {
		return nil, graph.Renamed(err, lensless)
	}
	return q, nil
}

// lensless is the name of a parameter for a path in a lens.
func lensless(path string) string { return strings.TrimPrefix(path, "lens.") }

func sorted(values url.Values) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (q *Request) take(name string, values []string) error {
	for i := range graph.LensConditions {
		if c := &graph.LensConditions[i]; c.Name == name {
			return c.Set(&q.Lens, values...)
		}
	}
	for i := range Parameters {
		switch p := &Parameters[i]; {
		case p.Name != name:
		case p.Table && !q.file.table:
			return graph.Invalid("NOT_TAKEN", name, q.file.Name+" is no table", "leave it out, or ask for a file that ends in .csv")
		default:
			return p.take(q, values)
		}
	}
	const most = 60
	name = strings.ToValidUTF8(name[:min(len(name), most)], "\uFFFD")
	return graph.Invalid("UNKNOWN_PARAMETER", name, "there is no such parameter", "use "+strings.Join(q.file.parameters(), ", "))
}

// Key is the request as text, the same for what gives the same bytes.
func (q *Request) Key() string {
	lens, err := json.Marshal(q.Lens)
	if err != nil {
		panic("bulk: a lens that cannot be written: " + err.Error())
	}
	return fmt.Sprintf("%s %s %q %q %t %t %t %t", q.file.Name, lens, q.Selection.Kinds, q.Selection.EntityKinds,
		q.Selection.Kinds == nil, q.Selection.EntityKinds == nil, q.Exact, q.Excel)
}

// File is what is requested.
func (q *Request) File() *File { return q.file }
