package examples

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/rabta/rabta/schema"
)

// Every example fits the schema, holds one named operation, says what it is for,
// and reads well.
func TestExamples(t *testing.T) {
	s, err := gqlparser.LoadSchema(&ast.Source{Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	list, err := All()
	if err != nil {
		t.Fatal(err)
	}
	titles, operations := map[string]string{}, map[string]string{}
	for _, e := range list {
		t.Run(e.Name, func(t *testing.T) {
			doc, errs := gqlparser.LoadQueryWithRules(s, e.Query, rules.NewDefaultRules())
			if errs != nil {
				t.Fatal(errs)
			}
			if len(doc.Operations) != 1 || doc.Operations[0].Name == "" {
				t.Fatal("it needs one operation, with a name")
			}
			op := doc.Operations[0]
			for what, seen := range map[string]map[string]string{e.Title: titles, op.Name: operations} {
				if other, ok := seen[what]; ok {
					t.Errorf("%q is also that of %s", what, other)
				}
				seen[what] = e.Name
			}
			variables := map[string]any{}
			if e.Variables != nil {
				if err := json.Unmarshal(e.Variables, &variables); err != nil {
					t.Fatalf("variables: %v", err)
				}
			}
			if _, err := validator.VariableValues(s, op, variables); err != nil {
				t.Error(err)
			}
			if len(variables) != len(op.VariableDefinitions) {
				t.Errorf("%d variables are given for %d", len(variables), len(op.VariableDefinitions))
			}
			readable(t, e.Query)
			for _, path := range flat(op.SelectionSet, op.Name) {
				t.Errorf("%s shows a claim without its polarity: what denies would read as if it affirmed", path)
			}
			if n := utf8.RuneCountInString(e.Description); n < 40 || n > 260 {
				t.Errorf("the description has %d characters", n)
			}
		})
	}
}

// flat are the places in a selection where a claim is told, or what it says, and not which way it speaks.
func flat(set ast.SelectionSet, path string) (out []string) {
	fields := fieldsOf(set)
	asks := func(name string) bool {
		return slices.ContainsFunc(fields, func(f *ast.Field) bool { return f.Name == name })
	}
	if len(fields) > 0 && fields[0].ObjectDefinition.Name == "Claim" && !asks("polarity") && (asks("hedge") || asks("text")) {
		out = append(out, path)
	}
	for _, f := range fields {
		out = append(out, flat(f.SelectionSet, path+"."+f.Alias)...)
	}
	return out
}

// fieldsOf are the fields of a selection, those of its fragments among them.
func fieldsOf(set ast.SelectionSet) (out []*ast.Field) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			out = append(out, s)
		case *ast.InlineFragment:
			out = append(out, fieldsOf(s.SelectionSet)...)
		case *ast.FragmentSpread:
			out = append(out, fieldsOf(s.Definition.SelectionSet)...)
		}
	}
	return out
}

// TestGroups: examples of a group stand together, groups in their order, and none is
// longer than can be taken in at a glance.
func TestGroups(t *testing.T) {
	list, err := All()
	if err != nil {
		t.Fatal(err)
	}
	count, last := map[string]int{}, 0
	for _, e := range list {
		at := slices.Index(groups, e.Group)
		if at < last {
			t.Errorf("%s of the group %q stands behind one of %q", e.Name, e.Group, groups[last])
		}
		last = at
		count[e.Group]++
	}
	for group, n := range count {
		if n > 12 {
			t.Errorf("the group %q has %d examples, at most 12 are kept", group, n)
		}
	}
}

// readable checks the layout of a query: two spaces a level, no long lines, lists
// as nodes.
func readable(t *testing.T, query string) {
	t.Helper()
	depth := 0
	for i, line := range strings.Split(strings.TrimSuffix(query, "\n"), "\n") {
		text := strings.TrimLeft(line, " ")
		level := depth
		if strings.ContainsAny(text[:min(1, len(text))], "}])") {
			level--
		}
		switch indent := len(line) - len(text); {
		case text == "", text != strings.TrimSpace(text), strings.Contains(text, "\t"):
			t.Errorf("line %d: %q has space that nobody needs", i+1, line)
		case indent != 2*level:
			t.Errorf("line %d: %q stands %d in, want %d", i+1, line, indent, 2*level)
		case utf8.RuneCountInString(line) > 120:
			t.Errorf("line %d has more than 120 characters", i+1)
		}
		for _, open := range "{[(" {
			depth += strings.Count(line, string(open))
		}
		for _, closed := range "}])" {
			depth -= strings.Count(line, string(closed))
		}
	}
	if strings.Contains(query, " edges {") {
		t.Error("it reads edges where nodes would do")
	}
}

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"no title":          "# Group: A\n# Description: B\n{ a }\n",
		"no group":          "# Title: A\n# Description: B\n{ a }\n",
		"no description":    "# Title: A\n# Group: B\n{ a }\n",
		"variables no JSON": "# Title: A\n# Group: B\n# Description: C\n# Variables: {after}\n{ a }\n",
	} {
		if e, err := parse("01-x.graphql", []byte(text)); err == nil || !strings.Contains(err.Error(), "01-x.graphql") {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
}

func TestParse(t *testing.T) {
	e, err := parse("01-x.graphql", []byte("# Title: A\n# Group: B\n# Description: one: two\n#   three\n# Variables: {\"n\": 1}\nquery X { a }\n# not of the header: it stays\n"))
	if err != nil {
		t.Fatal(err)
	}
	if e.Name != "01-x" || e.Title != "A" || e.Group != "B" || e.Description != "one: two three" || string(e.Variables) != `{"n": 1}` || e.Query != "query X { a }\n# not of the header: it stays\n" {
		t.Errorf("%+v", e)
	}
}
