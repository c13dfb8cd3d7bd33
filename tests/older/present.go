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
//	degrees                                         degrees: sourceIs
//	founded { edtf }                                founded { value { date { edtf } } }
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
		changed = presentFields(&op.SelectionSet) || changed
	}
	for _, f := range doc.Fragments {
		changed = presentFields(&f.SelectionSet) || changed
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

// presentFields takes implicative out, and asks for what claims say of an entity as values, at
// every depth.
func presentFields(of *ast.SelectionSet) (changed bool) {
	before := len(*of)
	*of = slices.DeleteFunc(*of, func(s ast.Selection) bool {
		f, ok := s.(*ast.Field)
		return ok && f.Name == "implicative"
	})
	changed = len(*of) < before
	for _, s := range *of {
		switch s := s.(type) {
		case *ast.Field:
			if s.Name == "degrees" {
				s.Name, changed = "sourceIs", true // the alias stays
			}
			if s.Name == "value" { // it has a date of its own
				continue
			}
			changed = presentFields(&s.SelectionSet) || changed
			changed = presentValue(s) || changed
		case *ast.InlineFragment:
			changed = presentFields(&s.SelectionSet) || changed
		}
	}
	return changed
}

// wereBare are the fields that told what claims say of an entity without a grade, and in what
// part of a value that stands now; those of wereLists told all values, others the best.
var (
	wereBare = map[string]string{
		"description": "text", "subtype": "text", "external": "text", "founded": "date", "dissolved": "date",
		"statuses": "text", "ideologies": "text", "denomination": "text", "birth": "date", "death": "date",
		"nationality": "text", "fatherName": "text", "posts": "text", "board": "text", "date": "date",
		"attackTypes": "text", "weapons": "text", "targetTypes": "text", "authority": "text", "list": "text",
		"location": "",
	}
	wereLists = []string{"external", "statuses", "ideologies", "posts", "attackTypes", "weapons", "targetTypes"}
)

// presentValue asks for a field as values.
func presentValue(f *ast.Field) bool {
	part, ok := wereBare[f.Name]
	if !ok {
		return false
	}
	inner := f.SelectionSet
	if part != "" {
		inner = ast.SelectionSet{&ast.Field{Name: part, Alias: part, SelectionSet: inner}}
	}
	claim := slices.IndexFunc(inner, func(s ast.Selection) bool { field, ok := s.(*ast.Field); return ok && field.Name == "claim" })
	var beside ast.SelectionSet
	if claim >= 0 { // that of a point
		old := inner[claim].(*ast.Field)
		inner = slices.Delete(slices.Clone(inner), claim, claim+1)
		beside = ast.SelectionSet{&ast.Field{Name: "claims", Alias: "claims", SelectionSet: old.SelectionSet}}
	}
	f.SelectionSet = append(beside, &ast.Field{Name: "value", Alias: "value", SelectionSet: inner})
	return true
}

// asBare is an answer in which what were bare fields are told as they were.
func asBare(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = asBare(v[i])
		}
	case map[string]any:
		for name, inner := range v {
			v[name] = asBare(inner)
			if values, ok := valuesIn(name, inner); ok {
				v[name] = values
			}
		}
	}
	return v
}

// valuesIn are the values, or the best of them, of a field that was bare; false for all else.
func valuesIn(name string, of any) (any, bool) {
	part, known := wereBare[name]
	list, ok := of.([]any)
	if !known || !ok {
		return nil, false
	}
	out := []any{}
	for _, item := range list {
		told, ok := item.(map[string]any)
		value, has := told["value"].(map[string]any)
		claims, claimed := told["claims"].([]any)
		switch {
		case !ok || !has || len(told) > 2 || len(told) > 1 && !claimed:
			return nil, false
		case claimed:
			value["claim"] = claims[0]
		}
		switch precision, asked := value["precision"]; {
		case part != "":
			out = append(out, value[part])
			continue
		case asked && precision == nil:
			value["precision"] = "UNKNOWN" // as what nobody says of a point was told
		}
		out = append(out, value)
	}
	switch {
	case slices.Contains(wereLists, name):
		return out, true
	case len(out) == 0:
		return nil, true
	}
	return out[0], true
}
