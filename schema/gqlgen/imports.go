package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strconv"
	"strings"
)

// imports takes out the imports that a file has no use for any more, and adds the runtime if it has use for that.
func imports(text string) (string, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	used := qualifiers(file)
	lines := strings.SplitAfter(text, "\n")
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return "", err
		}
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		line := set.Position(spec.Pos()).Line - 1
		if name != "_" && !used[name] {
			lines[line] = ""
		}
		if used[path.Base(runtime)] && strings.HasSuffix(imported, "/gqlgen/graphql") {
			lines[line] += strconv.Quote(runtime) + "\n"
		}
	}
	return strings.Join(lines, ""), nil
}

// qualifiers are the names before a dot in a file, those of packages among them.
func qualifiers(file *ast.File) map[string]bool {
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if name, ok := s.X.(*ast.Ident); ok {
				used[name.Name] = true
			}
		}
		return true
	})
	return used
}
