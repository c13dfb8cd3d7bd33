package older

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// present is a document of v1 in the words of now, where it asked in words that there are
// no more: links that are no evidence of conduct were of these bearings, and were left out
// unless they were asked for.
//
//	paths(view: {..})                               paths(view: {.., bearings: [..], through: [INCIDENT]})
//	paths(view: {.., includeNonImplicative: true})  paths(view: {.., bearings: [ALL], through: [..]})
//	implicative                                     is left out
func present(text string) string {
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return text
	}
	changed := false
	for _, op := range doc.Operations {
		for _, s := range op.SelectionSet {
			if f, ok := s.(*ast.Field); ok && presentField(f) {
				changed = true
			}
		}
		changed = withoutImplicative(&op.SelectionSet) || changed
	}
	for _, f := range doc.Fragments {
		changed = withoutImplicative(&f.SelectionSet) || changed
	}
	if !changed {
		return text
	}
	var out strings.Builder
	formatter.NewFormatter(&out).FormatQueryDocument(doc)
	return out.String()
}

// withView are the fields that take a view.
var withView = []string{
	"balance", "brokers", "communities", "diff", "keyPlayers", "layers", "measure", "paths", "pathsTo", "predictLinks", "similar",
	"sourceImpact", "structure", "subgraph", "tieBetweenness", "twoMode",
}

// wereTaken are the bearings of links that were no mere association.
var wereTaken = []string{
	"AFFILIATION", "LINEAGE", "COOPERATION", "RESPONSIBILITY", "ATTRIBUTION", "HOSTILITY", "SPEECH", "HARM", "CUSTODY", "PLACE",
	"LISTING",
}

// presentField puts a field at the root into the words of now.
func presentField(f *ast.Field) bool {
	switch {
	case f.Name == "dyad":
		f.Arguments = append(f.Arguments, argument("bearings", words("ALL")))
	case f.Name == "shortestPath":
		asked := f.Arguments.ForName("includeNonImplicative") != nil
		f.Arguments = slices.DeleteFunc(f.Arguments, func(a *ast.Argument) bool { return a.Name == "includeNonImplicative" })
		bearings, through := bearingsOf(asked)
		f.Arguments = append(f.Arguments, argument("bearings", bearings), argument("through", through))
	case slices.Contains(withView, f.Name):
		view := f.Arguments.ForName("view")
		if view == nil {
			view = argument("view", &ast.Value{Kind: ast.ObjectValue})
			f.Arguments = append(f.Arguments, view)
		}
		presentView(view.Value)
	default:
		return false
	}
	if f.Name == "predictLinks" || f.Name == "similar" {
		f.Arguments = append(f.Arguments, argument("includeDisputed", &ast.Value{Kind: ast.BooleanValue, Raw: "true"}))
	}
	return true
}

// presentView puts a view into the words of now.
func presentView(view *ast.Value) {
	asked := view.Children.ForName("includeNonImplicative") != nil
	view.Children = slices.DeleteFunc(view.Children, func(c *ast.ChildValue) bool { return c.Name == "includeNonImplicative" })
	bearings, through := bearingsOf(asked)
	view.Children = append(view.Children, &ast.ChildValue{Name: "bearings", Value: bearings},
		&ast.ChildValue{Name: "through", Value: through})
}

// bearingsOf are the links that were taken, and what was passed through.
func bearingsOf(asked bool) (bearings, through *ast.Value) {
	if asked {
		return words("ALL"), words("PLACE", "DESIGNATION", "INCIDENT")
	}
	return words(wereTaken...), words("INCIDENT")
}

func argument(name string, value *ast.Value) *ast.Argument {
	return &ast.Argument{Name: name, Value: value}
}

// words is a list of words of enums.
func words(list ...string) *ast.Value {
	out := &ast.Value{Kind: ast.ListValue}
	for _, w := range list {
		out.Children = append(out.Children, &ast.ChildValue{Value: &ast.Value{Kind: ast.EnumValue, Raw: w}})
	}
	return out
}

// withoutImplicative takes the field out, at every depth.
func withoutImplicative(of *ast.SelectionSet) (changed bool) {
	before := len(*of)
	*of = slices.DeleteFunc(*of, func(s ast.Selection) bool {
		f, ok := s.(*ast.Field)
		return ok && f.Name == "implicative"
	})
	changed = len(*of) < before
	for _, s := range *of {
		switch s := s.(type) {
		case *ast.Field:
			changed = withoutImplicative(&s.SelectionSet) || changed
		case *ast.InlineFragment:
			changed = withoutImplicative(&s.SelectionSet) || changed
		}
	}
	return changed
}
