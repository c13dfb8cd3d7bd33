package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/schema"
)

const (
	badLens     = "{minCredibility: 9}" // cannot be opened
	nothingLens = "{hedges: []}"        // lets nothing count
)

// Every field that takes a lens, by itself or in a view, opens it and answers
// under it: no argument is dropped silently. A lens that cannot be opened shows the
// first, one under which nothing counts the second, in a graph in which each field
// has something to say.
func TestEveryLensIsObeyed(t *testing.T) {
	s, err := gqlparser.LoadSchema(&ast.Source{Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	w := ofEverything(t)
	ask := newAsker(t, s, w)
	checked := 0
	for _, name := range typeNames(s) {
		for _, f := range s.Types[name].Fields {
			for _, lens := range lensArguments(f) {
				checked++
				t.Run(name+"."+f.Name+"."+lens.argument, func(t *testing.T) {
					plain, nothing := ask.field(name, f, lens, ""), ask.field(name, f, lens, nothingLens)
					if strings.Contains(plain, `"errors"`) || strings.Contains(nothing, `"errors"`) {
						t.Fatalf("%s\n%s", plain, nothing)
					}
					if plain == nothing {
						t.Errorf("it answers the same when nothing counts:\n%s", plain)
					}
					if bad := ask.field(name, f, lens, badLens); !strings.Contains(bad, "lens.minCredibility") {
						t.Errorf("it does not open its lens:\n%.300s", bad)
					}
				})
			}
		}
	}
	if checked < 80 {
		t.Errorf("only %d arguments were found that take a lens", checked)
	}
}

func typeNames(s *ast.Schema) []string {
	var names []string
	for name, def := range s.Types {
		if def.Kind == ast.Object && !def.BuiltIn {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// lensArgument is an argument through which a field takes a lens; %s is the lens.
type lensArgument struct{ argument, form string }

func lensArguments(f *ast.FieldDefinition) []lensArgument {
	var out []lensArgument
	for _, a := range f.Arguments {
		switch {
		case a.Type.Name() == "LensInput":
			out = append(out, lensArgument{a.Name, "%s"})
		case a.Type.Name() == "ViewInput" && f.Name != "diff": // which takes its lenses apart
			out = append(out, lensArgument{a.Name, "{lens: %s}"})
		}
	}
	return out
}

// asker asks fields of the graph of everything.
type asker struct {
	t      *testing.T
	schema *ast.Schema
	world  *world
	given  map[string]string
}

func newAsker(t *testing.T, s *ast.Schema, w *world) *asker {
	t.Helper()
	var got struct {
		Claims struct{ Nodes []struct{ ID string } }
		Links  struct{ Nodes []struct{ ID string } }
	}
	w.data(t, `{ claims(first: 1) { nodes { id } } links(first: 1) { nodes { id } } }`, &got)
	given := map[string]string{
		"claim.id": fmt.Sprintf("%q", got.Claims.Nodes[0].ID), "link.id": fmt.Sprintf("%q", got.Links.Nodes[0].ID), "source.id": `"s_all"`,
		"ids": `["group-a"]`, "node.id": `"group-a"`, "entity.id": `"group-a"`, "history.id": `"group-a"`, "of": `["group-a"]`, "from": `"group-a"`, "to": `"group-b"`, "text": `"group"`,
		"a": `"group-a"`, "b": `"group-b"`, "kin.of": `"individual-a"`, "similar.of": `"group-a"`, "source": `"s_all"`,
		"measure": "DEGREE", "size": "2", "goal": "FRAGMENTATION", "before": "{}", "after": "{}", "groupedBy": "MEMBERSHIP",
		"match.query": `{names: ["group a"], kinds: [GROUP]}`, "fromKinds": "[GROUP]", "join": "[GROUP]", "by": "[INCIDENT]",
	}
	for _, kind := range graph.EntityKinds {
		given[strings.ToLower(string(kind))+".id"] = fmt.Sprintf("%q", named(kind, "a"))
	}
	return &asker{t, s, w, given}
}

// field asks a field of both entities of its kind, or of the query, under a lens;
// "" is without.
func (a *asker) field(typeName string, f *ast.FieldDefinition, lens lensArgument, value string) string {
	a.t.Helper()
	call := f.Name + a.arguments(f, lens, value) + a.selection(f.Type.Name(), 3)
	query := ""
	switch typeName {
	case "Query":
		query = call
	case "Link":
		query = "links(first: 1) { nodes { " + call + " } }"
	case "LoggedCommit":
		query = "commits(first: 1) { nodes { " + call + " } }"
	case "Integrity":
		query = "integrity { " + call + " }"
	case "Source":
		query = `source(id: "s_all") { ` + call + " }"
	default:
		for _, end := range []string{"a", "b"} {
			query += fmt.Sprintf("%s: %s(id: %q) { %s } ", end, strings.ToLower(typeName), strings.ToLower(typeName)+"-"+end, call)
		}
	}
	return string(a.world.post(a.t, "{ "+query+" }", nil))
}

// arguments are the lens, and values for what must be given.
func (a *asker) arguments(f *ast.FieldDefinition, lens lensArgument, value string) string {
	var args []string
	for _, arg := range f.Arguments {
		switch {
		case arg.Name == lens.argument && value != "":
			args = append(args, arg.Name+": "+fmt.Sprintf(lens.form, value))
		case !arg.Type.NonNull && (arg.Name != "id" || f.Arguments.ForName("by") == nil) || arg.DefaultValue != nil:
		case arg.Type.Name() == "ViewInput":
			args = append(args, arg.Name+": {}")
		default:
			given, ok := a.given[f.Name+"."+arg.Name]
			if !ok {
				given, ok = a.given[arg.Name]
			}
			if !ok {
				a.t.Fatalf("%s needs %s, and the test has no value for it", f.Name, arg.Name)
			}
			args = append(args, arg.Name+": "+given)
		}
	}
	if args == nil {
		return ""
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// selection asks for all that a type says without being asked more, and of
// entities, links, sources and claims for what the lens makes of them.
func (a *asker) selection(typeName string, depth int) string {
	def := a.schema.Types[typeName]
	if !def.IsCompositeType() {
		return ""
	}
	switch {
	case typeName == "Node":
		return " { ... on Group { id claims { totalCount } } }"
	case typeName == "Integrity":
		return " { twins { nodes" + a.selection("Twins", depth) + " } }"
	case typeName == "LoggedCommit":
		return " { records { nodes { node" + a.selection("Node", depth) + " } } }"
	case typeName == "Claim":
		return " { id counts }"
	case typeName == "Entity", slices.Contains(def.Interfaces, "Node"):
		return " { id claims { totalCount } }"
	}
	var fields []string
	for _, f := range def.Fields {
		inner := a.schema.Types[f.Type.Name()].IsCompositeType()
		if len(f.Arguments) > 0 || f.Name == "edges" || f.Name == "pageInfo" || inner && depth == 0 {
			continue
		}
		fields = append(fields, f.Name+a.selection(f.Type.Name(), depth-1))
	}
	return " { " + strings.Join(fields, " ") + " }"
}
