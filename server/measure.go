package server

import (
	"fmt"
	"math"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// counts is what a part of a document amounts to with its fragments expanded.
// No count passes math.MaxInt32; one that would stays there.
type counts struct {
	fields, aliases, directives, roots int
	depth, lists, input                int
}

// plus joins two parts that stand side by side.
func (c counts) plus(d counts) counts {
	return counts{
		fields:     add(c.fields, d.fields),
		aliases:    add(c.aliases, d.aliases),
		directives: add(c.directives, d.directives),
		roots:      add(c.roots, d.roots),
		depth:      max(c.depth, d.depth),
		lists:      max(c.lists, d.lists),
	}
}

func add(a, b int) int { return min(a+b, math.MaxInt32) }

// multiply expects factors up to math.MaxInt32.
func multiply(a, b int) int { return min(a*b, math.MaxInt32) }

// meter measures one document. Each fragment is measured once and remembered.
type meter struct {
	schema    *ast.Schema
	doc       *ast.QueryDocument
	fragments map[string]*ast.FragmentDefinition
	measured  map[*ast.FragmentDefinition]*counts // nil while being measured
	input     int                                 // the deepest literal
	steps     int
	failure   *gqlerror.Error
}

func newMeter(schema *ast.Schema, doc *ast.QueryDocument) *meter {
	m := &meter{
		schema:    schema,
		doc:       doc,
		fragments: make(map[string]*ast.FragmentDefinition, len(doc.Fragments)),
		measured:  make(map[*ast.FragmentDefinition]*counts, len(doc.Fragments)),
	}
	for _, f := range doc.Fragments {
		if _, taken := m.fragments[f.Name]; !taken {
			m.fragments[f.Name] = f
		}
	}
	return m
}

// document adds up all operations, and all fragments that no operation reaches:
// the validator looks at those, too. Root fields count per operation.
func (m *meter) document() (counts, *gqlerror.Error) {
	var total counts
	roots := 0
	for _, op := range m.doc.Operations {
		part := m.set(m.root(op.Operation), op.SelectionSet)
		part.directives = add(part.directives, m.directives(op.Directives))
		for _, v := range op.VariableDefinitions {
			m.steps++
			m.value(v.DefaultValue, 0)
			part.directives = add(part.directives, m.directives(v.Directives))
		}
		roots = max(roots, part.roots)
		total = total.plus(part)
	}
	for _, f := range m.doc.Fragments {
		if _, reached := m.measured[f]; !reached {
			total = total.plus(m.fragment(f))
		}
	}
	total.roots, total.input = roots, m.input
	return total, m.failure
}

func (m *meter) root(operation ast.Operation) *ast.Definition {
	switch operation {
	case ast.Mutation:
		return m.schema.Mutation
	case ast.Subscription:
		return m.schema.Subscription
	default:
		return m.schema.Query
	}
}

// set measures a selection set on the type parent, which is nil if unknown.
func (m *meter) set(parent *ast.Definition, selections ast.SelectionSet) counts {
	var c counts
	for _, selection := range selections {
		m.steps++
		var part counts
		switch s := selection.(type) {
		case *ast.Field:
			part = m.field(parent, s)
		case *ast.InlineFragment:
			on := parent
			if s.TypeCondition != "" {
				on = m.schema.Types[s.TypeCondition]
			}
			part = m.set(on, s.SelectionSet)
			part.directives = add(part.directives, m.directives(s.Directives))
		case *ast.FragmentSpread:
			part = m.spread(s)
			part.directives = add(part.directives, m.directives(s.Directives))
		}
		part.fields = add(part.fields, 1)
		c = c.plus(part)
	}
	return c
}

func (m *meter) field(parent *ast.Definition, f *ast.Field) counts {
	var definition *ast.FieldDefinition
	if parent != nil {
		definition = parent.Fields.ForName(f.Name)
	}
	var child *ast.Definition
	if definition != nil {
		child = m.schema.Types[definition.Type.Name()]
	}
	c := m.set(child, f.SelectionSet)
	c.roots = 1
	c.depth = add(c.depth, 1)
	if definition != nil && definition.Type.Elem != nil && len(f.SelectionSet) > 0 {
		c.lists = add(c.lists, 1)
	}
	if f.Alias != f.Name {
		c.aliases = add(c.aliases, 1)
	}
	m.arguments(f.Arguments)
	c.directives = add(c.directives, m.directives(f.Directives))
	return c
}

func (m *meter) spread(s *ast.FragmentSpread) counts {
	f, defined := m.fragments[s.Name]
	if !defined {
		return counts{} // the validator says so
	}
	known, reached := m.measured[f]
	switch {
	case reached && known == nil:
		m.fail(s.Position, CodeValidation, fmt.Sprintf("the fragment %s contains itself", s.Name))
		return counts{}
	case reached:
		return *known
	default:
		return m.fragment(f)
	}
}

func (m *meter) fragment(f *ast.FragmentDefinition) counts {
	m.measured[f] = nil
	c := m.set(m.schema.Types[f.TypeCondition], f.SelectionSet)
	c.directives = add(c.directives, m.directives(f.Directives))
	m.measured[f] = &c
	return c
}

func (m *meter) directives(list ast.DirectiveList) int {
	for _, d := range list {
		m.steps++
		if d.Name == "defer" || d.Name == "stream" {
			m.fail(d.Position, CodeUnsupported, "@"+d.Name+" is not supported: every answer comes in one piece; leave the directive out")
		}
		m.arguments(d.Arguments)
	}
	return len(list)
}

func (m *meter) arguments(list ast.ArgumentList) {
	for _, a := range list {
		m.steps++
		m.value(a.Value, 0)
	}
}

// value refuses number literals that no machine number holds: the executor
// would stumble over them where the type is a scalar of the schema's own.
func (m *meter) value(v *ast.Value, depth int) {
	if v == nil {
		return
	}
	m.steps++
	m.input = max(m.input, depth)
	var err error
	switch v.Kind {
	case ast.IntValue:
		_, err = strconv.ParseInt(v.Raw, 10, 64)
	case ast.FloatValue:
		_, err = strconv.ParseFloat(v.Raw, 64)
	}
	if err != nil {
		m.fail(v.Position, CodeValidation, "a number in the query is too large: "+clip(v.Raw))
	}
	for _, child := range v.Children {
		m.value(child.Value, depth+1)
	}
}

// fail keeps the first failure.
func (m *meter) fail(at *ast.Position, code, message string) {
	if m.failure != nil {
		return
	}
	m.failure = refusal(code, message, nil)
	if at != nil {
		m.failure.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
}
