package server

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// assumedPage is the page size counted for a field that takes first or last
// and is given neither.
const assumedPage = 20

// MutateOperationContext checks the sizes of pages in a validated operation,
// where literals, variables and defaults are known. It leaves introspection on:
// the schema is public.
func (g *guard) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = false
	if depth := depthOfValue(op.Variables) - 1; exceeds(depth, g.limits.InputDepth) {
		return limitExceeded("inputDepth", depth, g.limits.InputDepth, false)
	}
	if err := g.checkWords(op); err != nil {
		return err
	}
	counter := newRecordCounter(g.limits, op.Variables)
	records := counter.selectionSet(op.Operation.SelectionSet)
	if counter.failure == nil && exceeds(records, g.limits.Records) {
		counter.failure = limitExceeded("records", records, g.limits.Records, records == math.MaxInt32)
	}
	return counter.failure
}

// recordCounter adds up what all pages of an operation could hold. Each fragment is
// looked at once.
type recordCounter struct {
	limits    Limits
	variables map[string]any
	records   map[*ast.FragmentDefinition]int
	steps     int
	failure   *gqlerror.Error
}

func newRecordCounter(limits Limits, variables map[string]any) *recordCounter {
	return &recordCounter{limits: limits, variables: variables, records: map[*ast.FragmentDefinition]int{}}
}

func (c *recordCounter) selectionSet(selections ast.SelectionSet) int {
	total := 0
	for _, selection := range selections {
		c.steps++
		switch s := selection.(type) {
		case *ast.Field:
			c.checkConditions(s.Directives)
			total = add(total, c.field(s))
		case *ast.InlineFragment:
			c.checkConditions(s.Directives)
			total = add(total, c.selectionSet(s.SelectionSet))
		case *ast.FragmentSpread:
			c.checkConditions(s.Directives)
			total = add(total, c.fragment(s.Definition))
		}
	}
	return total
}

func (c *recordCounter) fragment(f *ast.FragmentDefinition) int {
	if f == nil {
		return 0
	}
	known, reached := c.records[f]
	if !reached {
		known = c.selectionSet(f.SelectionSet)
		c.records[f] = known
	}
	return known
}

// field counts the field's own records and, for each, those below.
func (c *recordCounter) field(f *ast.Field) int {
	below := c.selectionSet(f.SelectionSet)
	if f.Definition == nil {
		return below
	}
	page, paged := c.pageSize(f)
	if !paged {
		return below
	}
	return add(page, multiply(page, below))
}

// pageSize is the number of records that a field can answer with, and whether the
// field says so at all: by first, last or maxNodes, or by a list of ids.
func (c *recordCounter) pageSize(f *ast.Field) (size int, paged bool) {
	given := false
	for _, a := range f.Definition.Arguments {
		limit, name := c.limits.PageSize, "pageSize"
		switch a.Name {
		case "first", "last":
		case "maxNodes":
			limit, name = c.limits.MaxNodes, "maxNodes"
		default:
			continue
		}
		paged = true
		n, ok := c.intArgument(f, a)
		if !ok {
			continue
		}
		if exceeds(n, limit) {
			c.fail(f, a.Name, limitExceeded(name, n, limit, false))
		}
		size, given = max(size, n), true
	}
	switch {
	case given:
		return size, true
	case paged:
		return assumedPage, true
	default:
		return c.listSize(f)
	}
}

// listSize is the longest list of scalars given to a field that itself answers
// with a list.
func (c *recordCounter) listSize(f *ast.Field) (size int, paged bool) {
	if f.Definition.Type.Elem == nil {
		return 0, false
	}
	for _, a := range f.Arguments {
		if definition := f.Definition.Arguments.ForName(a.Name); definition == nil || definition.Type.Elem == nil {
			continue
		}
		value, err := a.Value.Value(c.variables)
		if err != nil {
			continue
		}
		if list := reflect.ValueOf(value); list.Kind() == reflect.Slice {
			size, paged = max(size, list.Len()), true
		}
	}
	return size, paged
}

// intArgument is an argument's whole number, given or by default.
func (c *recordCounter) intArgument(f *ast.Field, a *ast.ArgumentDefinition) (int, bool) {
	source := a.DefaultValue
	if given := f.Arguments.ForName(a.Name); given != nil {
		source = given.Value
		if _, set := c.variables[source.Raw]; source.Kind == ast.Variable && !set {
			source = a.DefaultValue
		}
	}
	if source == nil {
		return 0, false
	}
	value, err := source.Value(c.variables)
	if err != nil {
		return 0, false
	}
	return toInt(value)
}

// toInt reads a number as the executor would: from JSON, a literal or a string.
func toInt(value any) (int, bool) {
	switch v := value.(type) {
	case nil:
		return 0, false
	case json.Number:
		n, err := v.Int64()
		return clamp(n), err == nil
	case string:
		n, err := json.Number(v).Int64()
		return clamp(n), err == nil
	}
	v := reflect.ValueOf(value)
	switch {
	case v.CanInt():
		return clamp(v.Int()), true
	case v.CanFloat():
		return clamp(int64(min(v.Float(), math.MaxInt32))), true
	}
	return 0, false
}

func clamp(n int64) int { return int(min(max(n, 0), math.MaxInt32)) }

// checkConditions refuses @skip and @include whose variable is null, which the
// types allow where it has a default.
func (c *recordCounter) checkConditions(directives ast.DirectiveList) {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		condition := d.Arguments.ForName("if")
		if condition == nil {
			continue
		}
		value, err := condition.Value.Value(c.variables)
		if _, ok := value.(bool); (err != nil || !ok) && c.failure == nil {
			message := fmt.Sprintf("@%s(if: %s) needs true or false, not null", d.Name, condition.Value)
			c.failure = codedError(CodeInvalid, message, nil)
		}
	}
}

// fail keeps the first failure and says which argument it is about.
func (c *recordCounter) fail(f *ast.Field, argument string, failure *gqlerror.Error) {
	if c.failure != nil {
		return
	}
	failure.Message = fmt.Sprintf("%s(%s:): %s", f.Alias, argument, failure.Message)
	if f.Position != nil {
		failure.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	c.failure = failure
}

// depthOfValue counts the lists and objects within each other in a decoded value,
// the value itself included.
func depthOfValue(value any) int {
	deepest := 0
	switch v := value.(type) {
	case map[string]any:
		for _, member := range v {
			deepest = max(deepest, depthOfValue(member))
		}
	case []any:
		for _, element := range v {
			deepest = max(deepest, depthOfValue(element))
		}
	default:
		return 0
	}
	return deepest + 1
}
