package rabta_test

import (
	"go/ast"
	"slices"
	"testing"
)

// rowFolders are the folders whose functions tell what a number stands for by its type:
// a row of an entity, of a link, of a claim, a node or an arc of a graph, a slot of a network.
var rowFolders = []string{"algo", "algo/community", "algo/signed", "analysis", "live"}

// bareNumbers are the functions there that take or give a plain uint32, and why.
var bareNumbers = map[string]string{
	"live.inRowOrder": "package page knows no rows",
}

// TestRowsHaveTypes: no function takes or gives a row as a plain uint32, so that one kind
// of row in the place of another does not compile.
func TestRowsHaveTypes(t *testing.T) {
	fset, files := sources(t)
	functions, used := map[string]int{}, map[string]bool{}
	for _, s := range files {
		if s.test || !slices.Contains(rowFolders, s.folder) {
			continue
		}
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			functions[s.folder]++
			name := s.folder + "." + f.Name.Name
			switch found := bareNumber(f); {
			case found == nil:
			case bareNumbers[name] != "":
				used[name] = true
			default:
				t.Errorf("%s: %s takes or gives a uint32; give it the type of what it numbers", fset.Position(found.Pos()), f.Name.Name)
			}
		}
	}
	for _, folder := range rowFolders {
		if functions[folder] == 0 {
			t.Errorf("no function found in %s: the test is blind", folder)
		}
	}
	for name := range bareNumbers {
		if !used[name] {
			t.Errorf("%s has no uint32 any more: take it off the list", name)
		}
	}
}

// bareNumber is a uint32 in the signature of a function or of one inside it.
func bareNumber(f *ast.FuncDecl) (found ast.Node) {
	ast.Inspect(f, func(n ast.Node) bool {
		signature, ok := n.(*ast.FuncType)
		if !ok {
			return true
		}
		for _, list := range []*ast.FieldList{signature.Params, signature.Results} {
			if list == nil {
				continue
			}
			ast.Inspect(list, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name == "uint32" {
					found = id
				}
				return true
			})
		}
		return true
	})
	return found
}
