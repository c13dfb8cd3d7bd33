package server

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/graph"
)

// inputWalk goes through an argument and the values of its variables.
type inputWalk struct {
	schema    *ast.Schema
	variables map[string]any
	faults    *inputFaults
	field     string // its alias
}

// place is where a value stands: in a list, an object or a variable.
type place struct {
	path string
	// set puts another value there, of the variables as they were given or as the
	// validator gives them.
	set func(variables map[string]any, v any)
	// leave takes the value away; where that cannot be, what stands for it stays.
	leave func()
}

// literal goes through what the document itself writes, whose words and fields are checked
// when the document is.
func (w *inputWalk) literal(t *ast.Type, v *ast.Value, path string) {
	switch {
	case v.Kind == ast.Variable:
		if given := w.variables[v.Raw]; given != nil {
			set := func(variables map[string]any, now any) { variables[v.Raw] = now }
			w.value(t, given, place{path, set, func() {}})
		}
	case v.Kind == ast.ListValue && t.Elem != nil:
		for i, child := range v.Children {
			w.literal(t.Elem, child.Value, fmt.Sprintf("%s[%d]", path, i))
		}
	case v.Kind == ast.ObjectValue && t.Elem == nil:
		for _, child := range v.Children {
			if f := w.schema.Types[t.NamedType].Fields.ForName(child.Name); f != nil {
				w.literal(f.Type, child.Value, below(path, child.Name))
			}
		}
	}
}

// below is the path of a field; that of the argument itself is empty.
func below(path, field string) string {
	if path == "" {
		return field
	}
	return path + "." + field
}

// value goes through a value that is not null.
func (w *inputWalk) value(t *ast.Type, v any, at place) {
	if t.Elem != nil {
		list, ok := v.([]any)
		if !ok {
			w.value(t.Elem, v, at) // one stands for a list of one
			return
		}
		w.list(t.Elem, list, at.path)
		return
	}
	switch d := w.schema.Types[t.NamedType]; d.Kind {
	case ast.InputObject:
		if object, ok := v.(map[string]any); ok {
			w.object(d, object, at.path)
			return
		}
		w.wrongType(t, "an object", at)
	case ast.Enum:
		w.word(t, d, v, at)
	default:
		if want, wrong := wrongScalar(d.Name, v); wrong {
			w.wrongType(t, want, at)
		}
	}
}

func (w *inputWalk) list(t *ast.Type, list []any, path string) {
	for i, v := range list {
		at := place{
			path:  fmt.Sprintf("%s[%d]", path, i),
			set:   func(_ map[string]any, now any) { list[i] = now },
			leave: func() {},
		}
		switch {
		case v != nil:
			w.value(t, v, at)
		case t.NonNull:
			w.tell("MISSING", at.path, "it is null", "leave it out of the list")
			list[i] = w.stand(t)
		}
	}
}

func (w *inputWalk) object(d *ast.Definition, object map[string]any, path string) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if d.Fields.ForName(name) == nil {
			w.tell("UNKNOWN_FIELD", below(path, shortened(name)), "there is no such field", "remove it or correct its name")
			delete(object, name)
		}
	}
	for _, f := range d.Fields {
		at := place{
			path:  below(path, f.Name),
			set:   func(_ map[string]any, now any) { object[f.Name] = now },
			leave: func() { delete(object, f.Name) },
		}
		switch v := object[f.Name]; {
		case v != nil:
			w.value(f.Type, v, at)
		case f.Type.NonNull && f.DefaultValue == nil:
			w.tell("MISSING", at.path, "it is empty", "give it a value")
			w.standIn(f.Type, at)
		}
	}
}

// word looks at a value of a closed list. One that is not in it is put back for the check
// of the batch, which says what there is.
func (w *inputWalk) word(t *ast.Type, d *ast.Definition, v any, at place) {
	text, ok := v.(string)
	if !ok {
		w.wrongType(t, "a word as text", at)
		return
	}
	if slices.ContainsFunc(d.EnumValues, func(e *ast.EnumValueDefinition) bool { return e.Name == text }) {
		return
	}
	at.set(w.variables, d.EnumValues[0].Name)
	w.faults.undo = append(w.faults.undo, func(variables map[string]any) { at.set(variables, text) })
}

func (w *inputWalk) wrongType(t *ast.Type, want string, at place) {
	w.tell("WRONG_TYPE", at.path, "it is of another type", "write "+want)
	w.standIn(t, at)
}

// standIn has something stand at a place until the validator has passed.
func (w *inputWalk) standIn(t *ast.Type, at place) {
	at.set(w.variables, w.stand(t))
	w.faults.undo = append(w.faults.undo, func(map[string]any) { at.leave() })
}

func (w *inputWalk) tell(code, path, message, remedy string) {
	p := graph.Problem{Code: code, Record: -1, Path: path, Message: message, Remedy: remedy}
	w.faults.problems[w.field] = append(w.faults.problems[w.field], p)
}

// stand is a value of a type that the validator lets pass.
func (w *inputWalk) stand(t *ast.Type) any {
	if t.Elem != nil {
		return []any{}
	}
	switch d := w.schema.Types[t.NamedType]; d.Kind {
	case ast.Enum:
		return d.EnumValues[0].Name
	case ast.InputObject:
		object := map[string]any{}
		for _, f := range d.Fields {
			if f.Type.NonNull && f.DefaultValue == nil {
				object[f.Name] = w.stand(f.Type)
			}
		}
		return object
	}
	switch t.NamedType {
	case "Int", "Float":
		return json.Number("0")
	case "Boolean":
		return false
	}
	return ""
}

// wrongScalar reports whether a value is not one of a scalar type, and what one is.
func wrongScalar(name string, v any) (want string, wrong bool) {
	switch name {
	case "Int", "Float":
		n, ok := v.(json.Number)
		if _, err := n.Int64(); name == "Int" {
			return "a whole number", !ok || err != nil
		}
		_, err := n.Float64()
		return "a number", !ok || err != nil
	case "Boolean":
		_, ok := v.(bool)
		return "true or false", !ok
	}
	_, ok := v.(string)
	return "text", !ok
}

// shortened is a name from outside for a message.
func shortened(name string) string {
	const most = 40
	if len(name) <= most {
		return name
	}
	return strings.ToValidUTF8(name[:most], "") + "…"
}
