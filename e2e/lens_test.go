package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/schema"
)

// within says how a query reaches a thing of each type that has fields which take
// a lens; %s is such a field.
var within = map[string]string{
	"Query":        `{ %s }`,
	"Group":        `{ group(id: "is-k") { %s } }`,
	"Individual":   `{ individual(id: "khalid-shaikh-mohammed") { %s } }`,
	"Madressah":    `{ madressah(id: "mastung-madressah-ksm-family") { %s } }`,
	"Organisation": `{ organisation(id: "jui-f") { %s } }`,
	"Incident":     `{ incident(id: "mastung-bombing-2023-09-29") { %s } }`,
	"Place":        `{ place(id: "mastung") { %s } }`,
	"Designation":  `{ designations(first: 1) { nodes { %s } } }`,
	"Link":         `{ links(first: 1) { nodes { %s } } }`,
	"Source":       `{ source(id: "s_dawn-column-2023-10") { %s } }`,
}

// given are values for arguments that must be given.
var given = map[string]string{
	"id": `"is-k"`, "ids": `["is-k"]`, "of": `["is-k"]`, "from": `"is-k"`, "to": `"ttp"`, "text": `"lashkar"`,
	"a": `"is-k"`, "b": `"ttp"`, "kin.of": `"khalid-shaikh-mohammed"`, "source": `"s_dawn-column-2023-10"`,
	"measure": "DEGREE", "size": "2", "goal": "FRAGMENTATION", "before": "{}", "similar.of": `"is-k"`, "groupedBy": "MEMBERSHIP", "fromKinds": "[GROUP]", "join": "[GROUP]", "by": "[INCIDENT]", "project": "{}",
}

// Every field that takes a lens, or a view with a lens, opens it: none drops its
// argument silently. A lens that cannot be opened shows it.
func TestEveryLensIsOpened(t *testing.T) {
	s, err := gqlparser.LoadSchema(&ast.Source{Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	w := serve(t, openStore(t, "memory"), "memory")
	seeded(t, w.follower)
	checked := 0
	for _, def := range s.Types {
		if def.Kind != ast.Object || strings.HasPrefix(def.Name, "__") {
			continue
		}
		for _, f := range def.Fields {
			for _, lens := range lensArguments(f) {
				outer, ok := within[def.Name]
				if !ok {
					t.Fatalf("%s.%s takes a lens, and the test does not know how to reach a %s", def.Name, f.Name, def.Name)
				}
				query := fmt.Sprintf(outer, call(f, lens)+selection(s, f))
				answer := string(w.post(t, query, nil))
				if !strings.Contains(answer, "lens.minCredibility") {
					t.Errorf("%s.%s does not open its lens:\n%s\n%.300s", def.Name, f.Name, query, answer)
				}
				checked++
			}
		}
	}
	if checked < 80 {
		t.Errorf("only %d fields were found that take a lens", checked)
	}
}

const badLens = "{minCredibility: 9}"

// lensArguments lists the arguments through which a field takes a lens, each with
// one that cannot be opened.
func lensArguments(f *ast.FieldDefinition) []string {
	var out []string
	for _, a := range f.Arguments {
		switch a.Type.Name() {
		case "LensInput":
			out = append(out, a.Name+": "+badLens)
		case "ViewInput":
			if f.Name != "diff" { // which takes its lenses apart
				out = append(out, a.Name+": {lens: "+badLens+"}")
			}
		}
	}
	return out
}

func call(f *ast.FieldDefinition, lens string) string {
	args := []string{lens}
	for _, a := range f.Arguments {
		if !a.Type.NonNull || a.DefaultValue != nil || strings.HasPrefix(lens, a.Name+":") {
			continue
		}
		value, ok := given[f.Name+"."+a.Name]
		if !ok {
			value = given[a.Name]
		}
		if a.Type.Name() == "LensInput" {
			value = "{}"
		}
		args = append(args, a.Name+": "+value)
	}
	return f.Name + "(" + strings.Join(args, ", ") + ")"
}

func selection(s *ast.Schema, f *ast.FieldDefinition) string {
	if def := s.Types[f.Type.Name()]; def.IsCompositeType() {
		return " { __typename }"
	}
	return ""
}
