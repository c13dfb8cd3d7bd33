package server

import (
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// checkWords refuses values of closed lists in variables that are written in other letters
// than the schema's, as the validator does in a document: taken as they are, they are equal
// to nothing, and a filter by them finds nothing.
func (g *guard) checkWords(op *graphql.OperationContext) *gqlerror.Error {
	for _, v := range op.Operation.VariableDefinitions {
		if err := g.word(v.Type, op.Variables[v.Variable], v.Variable); err != nil {
			return err
		}
	}
	return nil
}

func (g *guard) word(t *ast.Type, v any, path string) *gqlerror.Error {
	switch given := v.(type) {
	case []any:
		if t.Elem != nil {
			t = t.Elem
		}
		for i, item := range given {
			if err := g.word(t, item, fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
	case map[string]any:
		d := g.schema.Types[t.Name()]
		if d == nil || d.Kind != ast.InputObject {
			return nil
		}
		for _, f := range d.Fields {
			v := given[f.Name]
			if v == nil {
				continue
			}
			if err := g.word(f.Type, v, path+"."+f.Name); err != nil {
				return err
			}
		}
	case string:
		return g.isWord(t, given, path)
	}
	return nil
}

func (g *guard) isWord(t *ast.Type, given, path string) *gqlerror.Error {
	d := g.schema.Types[t.Name()]
	if d == nil || d.Kind != ast.Enum {
		return nil
	}
	i := slices.IndexFunc(d.EnumValues, func(e *ast.EnumValueDefinition) bool { return strings.EqualFold(e.Name, given) })
	if i < 0 || d.EnumValues[i].Name == given || d.EnumValues.ForName(given) != nil {
		return nil
	}
	return codedError(CodeInvalid, fmt.Sprintf("$%s: %s is not a valid %s; write %s", path, given, d.Name, d.EnumValues[i].Name), nil)
}
