package server

import (
	"fmt"
	"math"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// cost is what a part of a document amounts to with its fragments expanded. No count
// passes math.MaxInt32; one that would stays there.
type cost struct {
	fields, aliases, directives, rootFields int
	depth, listDepth, inputDepth            int
}

// plus joins two parts that stand side by side.
func (c cost) plus(d cost) cost {
	return cost{
		fields:     add(c.fields, d.fields),
		aliases:    add(c.aliases, d.aliases),
		directives: add(c.directives, d.directives),
		rootFields: add(c.rootFields, d.rootFields),
		depth:      max(c.depth, d.depth),
		listDepth:  max(c.listDepth, d.listDepth),
	}
}

func add(a, b int) int { return min(a+b, math.MaxInt32) }

// multiply expects factors up to math.MaxInt32.
func multiply(a, b int) int { return min(a*b, math.MaxInt32) }

// costCounter adds up the cost of one document. Each fragment is counted once and
// remembered.
type costCounter struct {
	schema     *ast.Schema
	doc        *ast.QueryDocument
	fragments  map[string]*ast.FragmentDefinition
	costs      map[*ast.FragmentDefinition]*cost // nil while being counted
	inputDepth int                               // depth of the deepest literal
	steps      int
	failure    *gqlerror.Error
}

func newCostCounter(schema *ast.Schema, doc *ast.QueryDocument) *costCounter {
	c := &costCounter{
		schema:    schema,
		doc:       doc,
		fragments: make(map[string]*ast.FragmentDefinition, len(doc.Fragments)),
		costs:     make(map[*ast.FragmentDefinition]*cost, len(doc.Fragments)),
	}
	for _, f := range doc.Fragments {
		if _, taken := c.fragments[f.Name]; !taken {
			c.fragments[f.Name] = f
		}
	}
	return c
}

// document adds up all operations, and all fragments that no operation reaches:
// the validator looks at those, too. Root fields count per operation.
func (c *costCounter) document() (cost, *gqlerror.Error) {
	var total cost
	roots := 0
	for _, op := range c.doc.Operations {
		if op.Operation == ast.Subscription && c.schema.Subscription == nil {
			c.fail(op.Position, CodeUnsupported, noSubscriptionsText)
		}
		part := c.selectionSet(c.root(op.Operation), op.SelectionSet)
		part.directives = add(part.directives, c.directives(op.Directives))
		for _, v := range op.VariableDefinitions {
			c.steps++
			c.value(v.DefaultValue, 0)
			part.directives = add(part.directives, c.directives(v.Directives))
		}
		roots = max(roots, part.rootFields)
		total = total.plus(part)
	}
	for _, f := range c.doc.Fragments {
		if _, reached := c.costs[f]; !reached {
			total = total.plus(c.fragment(f))
		}
	}
	total.rootFields, total.inputDepth = roots, c.inputDepth
	return total, c.failure
}

func (c *costCounter) root(operation ast.Operation) *ast.Definition {
	switch operation {
	case ast.Mutation:
		return c.schema.Mutation
	case ast.Subscription:
		return c.schema.Subscription
	default:
		return c.schema.Query
	}
}

// selectionSet counts a selection set on the type parent, which is nil if unknown.
func (c *costCounter) selectionSet(parent *ast.Definition, selections ast.SelectionSet) cost {
	var total cost
	for _, selection := range selections {
		c.steps++
		var part cost
		switch s := selection.(type) {
		case *ast.Field:
			part = c.field(parent, s)
		case *ast.InlineFragment:
			on := parent
			if s.TypeCondition != "" {
				on = c.schema.Types[s.TypeCondition]
			}
			part = c.selectionSet(on, s.SelectionSet)
			part.directives = add(part.directives, c.directives(s.Directives))
		case *ast.FragmentSpread:
			part = c.spread(s)
			part.directives = add(part.directives, c.directives(s.Directives))
		}
		part.fields = add(part.fields, 1)
		total = total.plus(part)
	}
	return total
}

func (c *costCounter) field(parent *ast.Definition, f *ast.Field) cost {
	var definition *ast.FieldDefinition
	if parent != nil {
		definition = parent.Fields.ForName(f.Name)
	}
	var child *ast.Definition
	if definition != nil {
		child = c.schema.Types[definition.Type.Name()]
	}
	total := c.selectionSet(child, f.SelectionSet)
	total.rootFields = 1
	total.depth = add(total.depth, 1)
	if definition != nil && definition.Type.Elem != nil && len(f.SelectionSet) > 0 {
		total.listDepth = add(total.listDepth, 1)
	}
	if f.Alias != f.Name {
		total.aliases = add(total.aliases, 1)
	}
	c.arguments(f.Arguments)
	total.directives = add(total.directives, c.directives(f.Directives))
	return total
}

func (c *costCounter) spread(s *ast.FragmentSpread) cost {
	f, defined := c.fragments[s.Name]
	if !defined {
		return cost{} // the validator says so
	}
	known, reached := c.costs[f]
	switch {
	case reached && known == nil:
		c.fail(s.Position, CodeValidation, fmt.Sprintf("the fragment %s contains itself", s.Name))
		return cost{}
	case reached:
		return *known
	default:
		return c.fragment(f)
	}
}

func (c *costCounter) fragment(f *ast.FragmentDefinition) cost {
	c.costs[f] = nil
	total := c.selectionSet(c.schema.Types[f.TypeCondition], f.SelectionSet)
	total.directives = add(total.directives, c.directives(f.Directives))
	c.costs[f] = &total
	return total
}

func (c *costCounter) directives(list ast.DirectiveList) int {
	for _, d := range list {
		c.steps++
		if d.Name == "defer" || d.Name == "stream" {
			c.fail(d.Position, CodeUnsupported,
				"@"+d.Name+" is not supported: every answer comes in one piece; leave the directive out")
		}
		c.arguments(d.Arguments)
	}
	return len(list)
}

func (c *costCounter) arguments(list ast.ArgumentList) {
	for _, a := range list {
		c.steps++
		c.value(a.Value, 0)
	}
}

// value refuses number literals that no machine number holds: the executor
// would stumble over them where the type is a scalar of the schema's own.
func (c *costCounter) value(v *ast.Value, depth int) {
	if v == nil {
		return
	}
	c.steps++
	c.inputDepth = max(c.inputDepth, depth)
	var err error
	switch v.Kind {
	case ast.IntValue:
		_, err = strconv.ParseInt(v.Raw, 10, 64)
	case ast.FloatValue:
		_, err = strconv.ParseFloat(v.Raw, 64)
	}
	if err != nil {
		c.fail(v.Position, CodeValidation, "a number in the query is too large: "+truncate(v.Raw))
	}
	for _, child := range v.Children {
		c.value(child.Value, depth+1)
	}
}

// fail keeps the first failure.
func (c *costCounter) fail(at *ast.Position, code, message string) {
	if c.failure != nil {
		return
	}
	c.failure = codedError(code, message, nil)
	if at != nil {
		c.failure.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
}
