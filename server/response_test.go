package server

import (
	"math/rand/v2"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// However fields finish, their errors come in the order of the query's text.
func TestErrorsComeInOrder(t *testing.T) {
	at := func(line, column int, path ...ast.PathElement) *gqlerror.Error {
		return &gqlerror.Error{Locations: []gqlerror.Location{{Line: line, Column: column}}, Path: path}
	}
	want := gqlerror.List{
		{Message: "nowhere"},
		at(1, 3, ast.PathName("a")), at(2, 1, ast.PathName("b"), ast.PathIndex(0)),
		at(2, 1, ast.PathName("b"), ast.PathIndex(1)), at(2, 9, ast.PathName("c")), at(10, 1, ast.PathName("d")),
	}
	for range 50 {
		a := graphQLResponse{errors: append(gqlerror.List(nil), want...)}
		rand.Shuffle(len(a.errors), func(i, j int) { a.errors[i], a.errors[j] = a.errors[j], a.errors[i] })
		a.sortErrors()
		for i := range want {
			if a.errors[i] != want[i] {
				t.Fatalf("place %d: %v, want %v", i, a.errors[i], want[i])
			}
		}
	}
}
