package answer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/schema/answer"
)

// request is the context of one request for a field "groups", and the errors that are told in it.
func request() (context.Context, *graphql.OperationContext) {
	present := func(ctx context.Context, err error) *gqlerror.Error {
		return &gqlerror.Error{Message: err.Error(), Path: graphql.GetPath(ctx)}
	}
	recovered := func(_ context.Context, panicked any) error { return fmt.Errorf("lost: %v", panicked) }
	oc := &graphql.OperationContext{
		RecoverFunc:        recovered,
		ResolverMiddleware: func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) },
	}
	ctx := graphql.WithResponseContext(context.Background(), present, recovered)
	ctx = graphql.WithOperationContext(ctx, oc)
	return answer.Within(ctx, "Query", collected("groups"), true), oc
}

func collected(name string) graphql.CollectedField {
	return graphql.CollectedField{Field: &ast.Field{Name: name, Alias: name, Definition: &ast.FieldDefinition{
		Name: name, Type: ast.NonNullNamedType("String", nil),
	}}}
}

// told is an answer as a client gets it: what is written, whether it is null to what is around it, and the errors.
func told(ctx context.Context, m graphql.Marshaler) string {
	var written bytes.Buffer
	m.MarshalGQL(&written)
	var errs []string
	for _, err := range graphql.GetErrors(ctx) {
		errs = append(errs, fmt.Sprintf("%s at %s", err.Message, err.Path))
	}
	slices.Sort(errs)
	return fmt.Sprintf("%s null %v\n%s", &written, m == graphql.Null, strings.Join(errs, "\n"))
}

// TestListsAnswerAsBesideOneAnother: what gqlgen answers with a goroutine for each element.
func TestListsAnswerAsBesideOneAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := rapid.SliceOfN(rapid.SampledFrom([]string{"value", "null", "error", "panic"}), 0, 40).Draw(t, "kinds")
		element := func(ctx context.Context, i int) graphql.Marshaler {
			switch kinds[i] {
			case "null":
				return graphql.Null
			case "error":
				graphql.AddInvalidNullError(ctx, "Group!")
				return graphql.Null
			case "panic":
				panic(i)
			}
			return graphql.MarshalString(graphql.GetPath(ctx).String())
		}
		theirs, _ := request()
		want := told(theirs, graphql.MarshalSliceConcurrently(theirs, len(kinds), 0, false, element))
		ours, _ := request()
		if got := told(ours, answer.List(ours, len(kinds), element)); got != want {
			t.Fatalf("%v:\n%s\nwant\n%s", kinds, got, want)
		}
	})
}

// TestElementsAreAnsweredInTheirOrder: so errors are too, in the same order whenever the same is asked.
func TestElementsAreAnsweredInTheirOrder(t *testing.T) {
	ctx, _ := request()
	var order []int
	answer.List(ctx, 40, func(ctx context.Context, i int) graphql.Marshaler {
		order = append(order, i)
		graphql.AddError(ctx, errors.New("no"))
		return graphql.Null
	})
	if !slices.IsSorted(order) || len(order) != 40 {
		t.Errorf("the order was %v", order)
	}
	for i, err := range graphql.GetErrors(ctx) {
		if want := fmt.Sprintf("groups[%d]", i); err.Path.String() != want {
			t.Errorf("error %d is at %s, want %s", i, err.Path, want)
		}
	}
}

// read is what a field is read from, and how that can go.
type read[T any] struct {
	name    string
	value   func() T
	marshal func(ctx context.Context, sel ast.SelectionSet, v T) graphql.Marshaler
}

func contextOf(_ context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {
	return graphql.NewScalarFieldContext("Group", field, true, false, "String")
}

// theirs is a field as gqlgen answers it.
func (r read[T]) theirs(required bool) string {
	ctx, oc := request()
	value := func(context.Context) (any, error) { return r.value(), nil }
	return told(ctx, graphql.ResolveField(ctx, oc, collected("name"), contextOf, value, nil, r.marshal, true, required))
}

// branch and leaf are the two ways in which rewritten code answers it.
func (r read[T]) branch() string {
	outer, oc := request()
	return told(outer, func() (ret graphql.Marshaler) {
		ctx := answer.Within(outer, "Group", collected("name"), true)
		defer func() {
			if r := recover(); r != nil {
				ret = answer.Lost(ctx, oc, r)
			}
		}()
		return r.marshal(ctx, nil, r.value())
	}())
}

func (r read[T]) leaf() string {
	ctx, oc := request()
	return told(ctx, func() (ret graphql.Marshaler) {
		defer func() {
			if r := recover(); r != nil {
				ret = answer.LostBefore(ctx, oc, contextOf, collected("name"), r)
			}
		}()
		return r.marshal(ctx, nil, r.value())
	}())
}

func text(_ context.Context, _ ast.SelectionSet, v string) graphql.Marshaler {
	return graphql.MarshalString(v)
}

func required(ctx context.Context, _ ast.SelectionSet, v *string) graphql.Marshaler {
	if v == nil {
		graphql.AddInvalidNullError(ctx, "String!")
		return graphql.Null
	}
	return graphql.MarshalString(*v)
}

func optional(_ context.Context, _ ast.SelectionSet, v *string) graphql.Marshaler {
	if v == nil {
		return graphql.Null
	}
	return graphql.MarshalString(*v)
}

func entity(ctx context.Context, _ ast.SelectionSet, v fmt.Stringer) graphql.Marshaler {
	if v == nil {
		graphql.AddInvalidNullError(ctx, "String!")
		return graphql.Null
	}
	return graphql.MarshalString(v.String())
}

func number(ctx context.Context, _ ast.SelectionSet, v float64) graphql.Marshaler {
	return graphql.WrapContextMarshaler(ctx, graphql.MarshalFloatContext(v))
}

// TestFieldsAnswerAsResolved: a field that is only read answers, fails and panics as one that gqlgen resolves.
func TestFieldsAnswerAsResolved(t *testing.T) {
	name := "Jaish \"e\" Muhammad\n"
	for _, r := range []read[string]{
		{"text", func() string { return name }, text},
		{"panic", func() string { panic("no name") }, text},
	} {
		for way, got := range map[string]string{"leaf": r.leaf(), "branch": r.branch()} {
			if want := r.theirs(true); got != want {
				t.Errorf("%s, as a %s: %s\nwant %s", r.name, way, got, want)
			}
		}
	}
	for _, r := range []read[*string]{
		{"given", func() *string { return &name }, required},
		{"missing", func() *string { return nil }, required},
		{"panic", func() *string { panic("no name") }, required},
	} {
		if got, want := r.branch(), r.theirs(true); got != want {
			t.Errorf("%s: %s\nwant %s", r.name, got, want)
		}
	}
	for _, r := range []read[*string]{
		{"given", func() *string { return &name }, optional},
		{"missing", func() *string { return nil }, optional},
		{"panic", func() *string { panic("no name") }, optional},
	} {
		for way, got := range map[string]string{"leaf": r.leaf(), "branch": r.branch()} {
			if want := r.theirs(false); got != want {
				t.Errorf("optional, %s, as a %s: %s\nwant %s", r.name, way, got, want)
			}
		}
	}
	nobody := read[fmt.Stringer]{"interface", func() fmt.Stringer { return nil }, entity}
	if got, want := nobody.branch(), nobody.theirs(true); got != want {
		t.Errorf("a missing interface: %s\nwant %s", got, want)
	}
	for _, f := range []float64{0.5, math.Inf(1)} {
		r := read[float64]{"number", func() float64 { return f }, number}
		if got, want := r.branch(), r.theirs(true); got != want {
			t.Errorf("%v: %s\nwant %s", f, got, want)
		}
	}
}
