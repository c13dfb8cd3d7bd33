package bulk

import (
	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

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
	// Selects is set for a parameter of what a view shows, which a second one has too.
	Selects bool
	set     func(o *formats.Options, values []string) error
}

// Check reports what is wrong with the values given for the parameter, or nil.
func (p *Parameter) Check(values []string) error { return p.apply(new(formats.Options), values) }

func (p *Parameter) apply(o *formats.Options, values []string) error {
	values, err := graph.SplitValues(p.Name, p.List, values)
	if err == nil {
		err = p.set(o, values)
	}
	return graph.Renamed(err, func(string) string { return p.Name })
}

// Parameters lists what a request can say beside the conditions of a lens.
var Parameters = []Parameter{
	{
		Name: "kinds", List: true, Selects: true,
		Doc: "links of these kinds; of entities those that one of them joins; of claims those about them",
		set: func(o *formats.Options, values []string) (err error) {
			o.Selection.Kinds, err = allOf(linkKinds(), values)
			return err
		},
	},
	{
		Name: "entityKinds", List: true, Selects: true,
		Doc: "entities of these kinds, and what is said of them and between them",
		set: func(o *formats.Options, values []string) (err error) {
			o.Selection.EntityKinds, err = allOf(graph.EntityKinds, values)
			return err
		},
	},
	{
		Name: "combine", Table: true,
		Doc: "what either of two views has (UNION), what both have (INTERSECTION), or what the second has not (DIFFERENCE); names " +
			"that begin with " + OfSecond + " are of the second",
		set: func(o *formats.Options, values []string) (err error) {
			o.Combine = new(formats.Combination)
			o.Combine.How, err = graph.OneOf(live.SetOperations, values[0])
			return err
		},
	},
	{
		Name: "guard", Table: true, Switch: true,
		Doc: "false leaves texts that a spreadsheet may take for formulas as they are; true unless set",
		set: func(o *formats.Options, values []string) error {
			guard, err := graph.OneOf(switches, values[0])
			o.Exact = guard == "false"
			return err
		},
	},
	{
		Name: "excel", Table: true, Switch: true,
		Doc: "true begins the file with the mark by which Excel knows UTF-8",
		set: func(o *formats.Options, values []string) error {
			excel, err := graph.OneOf(switches, values[0])
			o.Excel = excel == "true"
			return err
		},
	},
}

// OfSecond begins the names of the conditions and parameters of a second view.
const OfSecond = "with."

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

// allOf are the values of a closed list; not nil, so that none is none.
func allOf[T ~string](list []T, names []string) ([]T, error) {
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
