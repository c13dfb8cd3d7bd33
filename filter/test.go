package filter

import (
	"iter"
	"slices"
)

// Test is what a condition asks of a thing; nil asks nothing.
type Test[T any] func(T) bool

// Passes reports whether the item passes.
func (t Test[T]) Passes(item T) bool { return t == nil || t(item) }

// All passes what every test passes.
func All[T any](tests ...Test[T]) Test[T] {
	tests = slices.DeleteFunc(tests, func(t Test[T]) bool { return t == nil })
	switch len(tests) {
	case 0:
		return nil
	case 1:
		return tests[0]
	}
	return func(item T) bool {
		for _, t := range tests {
			if !t(item) {
				return false
			}
		}
		return true
	}
}

// Of asks a test of a part of a thing.
func Of[T, Part any](t Test[Part], part func(T) Part) Test[T] {
	if t == nil {
		return nil
	}
	return func(item T) bool { return t(part(item)) }
}

// Given asks a test of what may be missing; what is missing passes none.
func Given[T any](t Test[T]) Test[*T] {
	if t == nil {
		return nil
	}
	return func(item *T) bool { return item != nil && t(*item) }
}

// SomeOf asks that one of a list passes.
func SomeOf[T any](t Test[T]) Test[[]T] {
	if t == nil {
		return nil
	}
	return func(items []T) bool { return slices.ContainsFunc(items, t) }
}

// Is asks for yes or for no.
func Is[T any](want *bool, holds func(T) bool) Test[T] {
	if want == nil {
		return nil
	}
	return func(item T) bool { return holds(item) == *want }
}

// Found asks that a list holds one that passes some, where that is given, and none that
// passes none.
func Found[T, Item any](some, none *Test[Item], list func(T) iter.Seq[Item]) Test[T] {
	if some == nil && none == nil {
		return nil
	}
	holds := func(item T, t Test[Item]) bool {
		for i := range list(item) {
			if t.Passes(i) {
				return true
			}
		}
		return false
	}
	return func(item T) bool {
		return (some == nil || holds(item, *some)) && (none == nil || !holds(item, *none))
	}
}

// Branches are those of a condition: all of "and", one of "or", and not "not". An absent
// one asks nothing, an empty "or" passes nothing.
func Branches[W, T any](f *Compiler, and, or []*W, not *W, one func(*W, *Compiler) Test[T]) Test[T] {
	list := func(path string, conditions []*W) []Test[T] {
		tests := make([]Test[T], len(conditions))
		for i, w := range conditions {
			f.At(item(path, i), func() { tests[i] = one(w, f) })
		}
		return tests
	}
	both := All(list("and", and)...)
	var either, none Test[T]
	if or != nil {
		tests := list("or", or)
		either = func(item T) bool {
			return slices.ContainsFunc(tests, func(t Test[T]) bool { return t.Passes(item) })
		}
	}
	if not != nil {
		var t Test[T]
		f.At("not", func() { t = one(not, f) })
		if t != nil { // what asks nothing keeps nothing out
			none = func(item T) bool { return !t(item) }
		}
	}
	return All(both, either, none)
}
