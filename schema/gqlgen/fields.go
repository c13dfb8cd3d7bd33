package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
)

// plain reports whether a field is what a Go value holds or a method of it returns, without arguments, error or wait.
func plain(f *codegen.Field) bool {
	read := f.IsVariable() || f.IsMethod() && f.NoErr && !f.VOkFunc
	return read && !f.IsResolver && !f.IsBatch() && !f.HasHaser && len(f.Args) == 0 && !f.Object.Root
}

// resolved is a plain field as gqlgen writes it.
var resolved = patternOf(`func (ec *executionContext) «_field»(ctx context.Context, field graphql.CollectedField, obj «object») (ret graphql.Marshaler) {
	return graphql.ResolveField(
		ctx,
		ec.OperationContext,
		field,
		func(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {
			return ec.fieldContext«_field»(ctx, field)
		},
		func(ctx context.Context) (any, error) {
			return «value», nil
		},
		nil,
		func(ctx context.Context, selections ast.SelectionSet, v «type») graphql.Marshaler {
			return ec.«marshal»(ctx, selections, v)
		},
		true,
		«required»,
	)
}
`)

// leaf is how a plain field is written whose value is all there is to it.
const leaf = `func (ec *executionContext) «_field»(ctx context.Context, field graphql.CollectedField, obj «object») (ret graphql.Marshaler) {
	defer func() {
		if r := recover(); r != nil {
			ret = answer.LostBefore(ctx, ec.OperationContext, ec.fieldContext«_field», field, r)
		}
	}()
	return ec.«marshal»(ctx, field.Selections, «value»)
}
`

// branch is how a plain field is written in which something can go wrong, or that has fields of its own.
const branch = `func (ec *executionContext) «_field»(ctx context.Context, field graphql.CollectedField, obj «object») (ret graphql.Marshaler) {
	ctx = answer.Within(ctx, «Object», field, «method»)
	defer func() {
		if r := recover(); r != nil {
			ret = answer.Lost(ctx, ec.OperationContext, r)
		}
	}()
	return ec.«marshal»(ctx, field.Selections, «value»)
}
`

// rewriteField writes a plain field without what is for resolvers alone.
func rewriteField(text string, f *codegen.Field) (string, error) {
	holes, err := resolved.match(text)
	if err != nil {
		return "", err
	}
	if holes["marshal"] != f.TypeReference.MarshalFunc() {
		return "", fmt.Errorf("%s is written by %s", f.Type, f.TypeReference.MarshalFunc())
	}
	if quiet(f.TypeReference) && !strings.Contains(holes["value"], "ctx") {
		return fill(leaf, holes), nil
	}
	holes["Object"], holes["method"] = fmt.Sprintf("%q", f.Object.Name), fmt.Sprint(f.IsMethod())
	return fill(branch, holes), nil
}

// unfailing are functions that write a value of any content and never ask in which field they are.
var unfailing = map[string]bool{
	"github.com/99designs/gqlgen/graphql.MarshalBoolean":   true,
	"github.com/99designs/gqlgen/graphql.MarshalID":        true,
	"github.com/99designs/gqlgen/graphql.MarshalInt":       true,
	"github.com/99designs/gqlgen/graphql.MarshalString":    true,
	"github.com/rabta/rabta/schema/scalar.MarshalDate":     true,
	"github.com/rabta/rabta/schema/scalar.MarshalID":       true,
	"github.com/rabta/rabta/schema/scalar.MarshalSequence": true,
}

// quiet reports whether no value of a type can make an error where it is written: scalars and words, also in lists, of
// which none is missing where one must be.
func quiet(t *config.TypeReference) bool {
	switch {
	case !t.Definition.IsLeafType() || t.IsPtrToPtr() || t.IsPtrToIntf():
		return false
	case t.IsNilable() && t.GQL.NonNull && !t.IsSlice():
		return false
	case t.IsSlice(), t.IsPtrToSlice():
		return t.IsScalar() && quiet(t.Elem())
	default:
		return t.Marshaler != nil && !t.IsContext && unfailing[t.Marshaler.FullName()]
	}
}

// A pattern is code with holes, each of which has a name and is one line of code or less.
type pattern []string

// patternOf reads code with holes: «name» is one, and the same wherever it stands.
func patternOf(code string) pattern {
	return strings.FieldsFunc(code, func(r rune) bool { return r == '«' || r == '»' })
}

var errOther = errors.New("it is written in another way")

// match finds what stands in the holes, or that a text is anything else.
func (p pattern) match(text string) (map[string]string, error) {
	holes := map[string]string{}
	for i, part := range p {
		if i%2 == 0 {
			rest, ok := strings.CutPrefix(text, part)
			if !ok {
				return nil, errOther
			}
			text = rest
			continue
		}
		end := strings.Index(text, p[i+1])
		if known, ok := holes[part]; ok && strings.HasPrefix(text, known) {
			end = len(known)
		}
		if end < 0 || strings.Contains(text[:end], "\n") {
			return nil, errOther
		}
		if known, ok := holes[part]; ok && known != text[:end] {
			return nil, errOther
		}
		holes[part], text = text[:end], text[end:]
	}
	if text != "" {
		return nil, errOther
	}
	return holes, nil
}

// fill is code with its holes filled.
func fill(code string, holes map[string]string) string {
	var pairs []string
	for name, text := range holes {
		pairs = append(pairs, "«"+name+"»", text)
	}
	return strings.NewReplacer(pairs...).Replace(code)
}
