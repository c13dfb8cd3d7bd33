package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// entry is what a configuration file says about one name, and on which line.
type entry struct {
	name  string
	value any
	line  int
}

// parseFile reads a configuration file: names with values, in YAML. An error begins
// with the line.
func parseFile(text []byte) ([]entry, error) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, syntaxError(err)
	}
	var entries []entry
	for _, doc := range file.Docs {
		var pairs []*ast.MappingValueNode
		switch body := doc.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode:
		case *ast.MappingNode:
			pairs = body.Values
		case *ast.MappingValueNode:
			pairs = []*ast.MappingValueNode{body}
		default:
			return nil, fmt.Errorf("%d: it is not a list of NAME: VALUE", body.GetToken().Position.Line)
		}
		for _, pair := range pairs {
			e := entry{line: pair.Key.GetToken().Position.Line}
			if e.name, err = keyText(pair.Key); err == nil {
				err = yaml.NodeToValue(pair.Value, &e.value)
			}
			if err != nil {
				return nil, syntaxError(err)
			}
			entries = append(entries, e)
		}
	}
	return entries, nil
}

// keyText is a name as it is meant: without quotes.
func keyText(key ast.MapKeyNode) (string, error) {
	if explicit, ok := key.(*ast.MappingKeyNode); ok {
		var name any
		err := yaml.NodeToValue(explicit.Value, &name)
		return fmt.Sprint(name), err
	}
	if text, ok := key.(*ast.StringNode); ok {
		return text.Value, nil
	}
	return key.String(), nil
}

// syntaxError says on which line a file is no YAML.
func syntaxError(err error) error {
	wrong, ok := errors.AsType[*yaml.SyntaxError](err)
	if ok && wrong.Token != nil {
		return fmt.Errorf("%d: it is not a list of NAME: VALUE: %s", wrong.Token.Position.Line, wrong.Message)
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("1: it is not a list of NAME: VALUE: %s", first)
}

// flagText writes a value of the file as its flag takes it.
func flagText(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", errors.New("it has no value; give one or remove the line")
	case map[string]any:
		return "", errors.New("it takes one value or a list, not names with values")
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = fmt.Sprint(v[i])
		}
		return strings.Join(parts, ","), nil
	}
	return fmt.Sprint(v), nil
}
