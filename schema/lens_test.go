package schema_test

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/schema"
)

// TestLensAsText: the conditions of a lens that text can give are the fields of
// LensInput, by the same names.
func TestLensAsText(t *testing.T) {
	parsed, err := gqlparser.LoadSchema(&ast.Source{Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	fields := parsed.Types["LensInput"].Fields
	if len(fields) != len(graph.LensConditions) {
		t.Errorf("LensInput has %d fields, text %d conditions", len(fields), len(graph.LensConditions))
	}
	for _, c := range graph.LensConditions {
		f := fields.ForName(c.Name)
		if f == nil {
			t.Errorf("LensInput has no field %s", c.Name)
			continue
		}
		if list, truth := strings.HasPrefix(f.Type.String(), "["), f.Type.Name() == "Boolean"; list != c.List || truth != c.Switch {
			t.Errorf("%s is a %s", c.Name, f.Type)
		}
	}
}
