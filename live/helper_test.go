package live_test

import (
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// tb is what a test and a property have in common.
type tb interface {
	Helper()
	Error(...any)
	Errorf(string, ...any)
	Fatal(...any)
	Fatalf(string, ...any)
}

// same compares two values and fails where they differ.
func same[T any](t tb, what string, want, got T) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

// open opens a lens.
func open(t tb, g *live.Graph, lens *graph.Lens) *live.View {
	t.Helper()
	v, err := g.Reader().View(lens)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// get is an entity of a kind.
func get[T live.Entity](v *live.View, id graph.ID) (T, error) {
	e, ok := v.Entity(id)
	if !ok {
		var none T
		return none, graph.NotFound("id", id)
	}
	return e.(T), nil
}

func entitiesBy(field live.EntityOrderField, direction page.OrderDirection) []*live.EntityOrder {
	return []*live.EntityOrder{{Order: page.Order[live.EntityOrderField]{Field: field, Direction: direction}}}
}

func linksBy(field live.LinkOrderField, direction page.OrderDirection) []*live.LinkOrder {
	return []*live.LinkOrder{{Order: page.Order[live.LinkOrderField]{Field: field, Direction: direction}}}
}

func claimsBy(field live.ClaimOrderField, direction page.OrderDirection) []*live.ClaimOrder {
	return []*live.ClaimOrder{{Order: page.Order[live.ClaimOrderField]{Field: field, Direction: direction}}}
}

func sourcesBy(field live.SourceOrderField, direction page.OrderDirection) []*live.SourceOrder {
	return []*live.SourceOrder{{Order: page.Order[live.SourceOrderField]{Field: field, Direction: direction}}}
}
