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
	if deep := depthOf(op.Variables) - 1; over(deep, g.limits.InputDepth) {
		return exceeded("inputDepth", deep, g.limits.InputDepth, false)
	}
	p := newPager(g.limits, op.Variables)
	records := p.set(op.Operation.SelectionSet)
	if p.failure == nil && over(records, g.limits.Records) {
		p.failure = exceeded("records", records, g.limits.Records, records == math.MaxInt32)
	}
	return p.failure
}

// pager adds up what all pages of an operation could hold. Each fragment is
// looked at once.
type pager struct {
	limits    Limits
	variables map[string]any
	records   map[*ast.FragmentDefinition]int
	steps     int
	failure   *gqlerror.Error
}

func newPager(limits Limits, variables map[string]any) *pager {
	return &pager{limits: limits, variables: variables, records: map[*ast.FragmentDefinition]int{}}
}

func (p *pager) set(selections ast.SelectionSet) int {
	total := 0
	for _, selection := range selections {
		p.steps++
		switch s := selection.(type) {
		case *ast.Field:
			p.conditions(s.Directives)
			total = add(total, p.field(s))
		case *ast.InlineFragment:
			p.conditions(s.Directives)
			total = add(total, p.set(s.SelectionSet))
		case *ast.FragmentSpread:
			p.conditions(s.Directives)
			total = add(total, p.fragment(s.Definition))
		}
	}
	return total
}

func (p *pager) fragment(f *ast.FragmentDefinition) int {
	if f == nil {
		return 0
	}
	known, reached := p.records[f]
	if !reached {
		known = p.set(f.SelectionSet)
		p.records[f] = known
	}
	return known
}

// field counts the field's own records and, for each, those below.
func (p *pager) field(f *ast.Field) int {
	below := p.set(f.SelectionSet)
	if f.Definition == nil {
		return below
	}
	page, paged := p.page(f)
	if !paged {
		return below
	}
	return add(page, multiply(page, below))
}

// page is the number of records that a field can answer with, and whether the
// field says so at all: by first, last or maxNodes, or by a list of ids.
func (p *pager) page(f *ast.Field) (size int, paged bool) {
	given := false
	for _, a := range f.Definition.Arguments {
		limit, name := p.limits.PageSize, "pageSize"
		switch a.Name {
		case "first", "last":
		case "maxNodes":
			limit, name = p.limits.MaxNodes, "maxNodes"
		default:
			continue
		}
		paged = true
		n, ok := p.number(f, a)
		if !ok {
			continue
		}
		if over(n, limit) {
			p.refuse(f, a.Name, exceeded(name, n, limit, false))
		}
		size, given = max(size, n), true
	}
	switch {
	case given:
		return size, true
	case paged:
		return assumedPage, true
	default:
		return p.list(f)
	}
}

// list is the longest list of scalars given to a field that itself answers
// with a list.
func (p *pager) list(f *ast.Field) (size int, paged bool) {
	if f.Definition.Type.Elem == nil {
		return 0, false
	}
	for _, a := range f.Arguments {
		if definition := f.Definition.Arguments.ForName(a.Name); definition == nil || definition.Type.Elem == nil {
			continue
		}
		value, err := a.Value.Value(p.variables)
		if err != nil {
			continue
		}
		if list := reflect.ValueOf(value); list.Kind() == reflect.Slice {
			size, paged = max(size, list.Len()), true
		}
	}
	return size, paged
}

// number is an argument's whole number, given or by default.
func (p *pager) number(f *ast.Field, a *ast.ArgumentDefinition) (int, bool) {
	source := a.DefaultValue
	if given := f.Arguments.ForName(a.Name); given != nil {
		source = given.Value
		if _, set := p.variables[source.Raw]; source.Kind == ast.Variable && !set {
			source = a.DefaultValue
		}
	}
	if source == nil {
		return 0, false
	}
	value, err := source.Value(p.variables)
	if err != nil {
		return 0, false
	}
	return whole(value)
}

// whole reads a number as the executor would: from JSON, a literal or a string.
func whole(value any) (int, bool) {
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

// conditions refuses @skip and @include whose variable is null, which the
// types allow where it has a default.
func (p *pager) conditions(directives ast.DirectiveList) {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		condition := d.Arguments.ForName("if")
		if condition == nil {
			continue
		}
		value, err := condition.Value.Value(p.variables)
		if _, ok := value.(bool); (err != nil || !ok) && p.failure == nil {
			p.failure = refusal(CodeInvalid, fmt.Sprintf("@%s(if: %s) needs true or false, not null", d.Name, condition.Value), nil)
		}
	}
}

// refuse keeps the first failure and says which argument it is about.
func (p *pager) refuse(f *ast.Field, argument string, failure *gqlerror.Error) {
	if p.failure != nil {
		return
	}
	failure.Message = fmt.Sprintf("%s(%s:): %s", f.Alias, argument, failure.Message)
	if f.Position != nil {
		failure.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	p.failure = failure
}

// depthOf counts the lists and objects within each other in a decoded value,
// the value itself included.
func depthOf(value any) int {
	deepest := 0
	switch v := value.(type) {
	case map[string]any:
		for _, member := range v {
			deepest = max(deepest, depthOf(member))
		}
	case []any:
		for _, element := range v {
			deepest = max(deepest, depthOf(element))
		}
	default:
		return 0
	}
	return deepest + 1
}
