package filter

import (
	"cmp"
	"strings"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// member asks that a value is in the list; nothing where there is no list, which is not to
// be mistaken for an empty one.
func member[T comparable](values []T) Test[T] {
	if values == nil {
		return nil
	}
	in := make(map[T]bool, len(values))
	for _, v := range values {
		in[v] = true
	}
	return func(v T) bool { return in[v] }
}

// compared asks for what relates to a value in one way.
func compared[T any](bound *T, holds func(v, bound T) bool) Test[T] {
	if bound == nil {
		return nil
	}
	b := *bound
	return func(v T) bool { return holds(v, b) }
}

func equal[T comparable](v, bound T) bool { return v == bound }

// Test is the test of texts that the filter at name asks for; nil for nil. It folds what it
// compares with once, and each text once.
func (w *TextFilter) Test(f *Compiler, name string) Test[string] {
	if w == nil {
		return nil
	}
	f.Leaf(name)
	f.list(name, len(w.In), MaxValues)
	var in []string
	if w.In != nil {
		in = make([]string, len(w.In))
		for i, t := range w.In {
			in[i] = names.Folded(t)
		}
	}
	return Of(All(
		compared(folded(w.Eq), equal), compared(piece(w.Contains), strings.Contains),
		compared(piece(w.StartsWith), strings.HasPrefix), member(in),
	), names.Folded)
}

// piece is what a text is to hold; nil for nothing, which every text holds and none has to.
func piece(s *string) *string {
	if t := folded(s); t != nil && *t != "" {
		return t
	}
	return nil
}

func folded(s *string) *string {
	if s == nil {
		return nil
	}
	t := names.Folded(*s)
	return &t
}

// ordered asks for what lies within bounds, and for what is in a list.
func ordered[T cmp.Ordered](eq, lt, lte, gt, gte *T, in []T) Test[T] {
	return All(
		compared(eq, equal),
		compared(lt, func(v, b T) bool { return v < b }), compared(lte, func(v, b T) bool { return v <= b }),
		compared(gt, func(v, b T) bool { return v > b }), compared(gte, func(v, b T) bool { return v >= b }),
		member(in),
	)
}

// Test is the test of numbers that the filter at name asks for; nil for nil.
func (w *NumberFilter) Test(f *Compiler, name string) Test[float64] {
	if w == nil {
		return nil
	}
	f.Leaf(name)
	f.list(name, len(w.In), MaxValues)
	return ordered(w.Eq, w.Lt, w.Lte, w.Gt, w.Gte, w.In)
}

// Test is the test of numbers that the filter at name asks for; nil for nil.
func (w *IntFilter) Test(f *Compiler, name string) Test[int] {
	if w == nil {
		return nil
	}
	f.Leaf(name)
	f.list(name, len(w.In), MaxValues)
	return ordered(w.Eq, w.Lt, w.Lte, w.Gt, w.Gte, w.In)
}

// Test is the test of spans of days that the filter at name asks for; nil for nil.
func (w *DateFilter) Test(f *Compiler, name string) Test[graph.Span] {
	if w == nil {
		return nil
	}
	f.Leaf(name)
	var overlaps Test[graph.Span]
	if d := w.Overlaps; d != nil {
		f.check(d.Check(name + ".overlaps"))
		days := graph.Span{Earliest: d.Earliest, Latest: d.Latest}
		overlaps = func(s graph.Span) bool { return s.Overlaps(days) }
	}
	return All(
		daySpan(w.On, func(s graph.Span, day graph.Day) bool { return s.Earliest <= day && day <= s.Latest }),
		daySpan(w.Before, func(s graph.Span, day graph.Day) bool { return s.Latest < day }),
		daySpan(w.After, func(s graph.Span, day graph.Day) bool { return s.Earliest > day }),
		overlaps,
	)
}

// Test is the test of moments that the filter at name asks for; nil for nil.
func (w *MomentFilter) Test(f *Compiler, name string) Test[time.Time] {
	if w == nil {
		return nil
	}
	f.Leaf(name)
	return All(
		compared(w.From, func(v, b time.Time) bool { return !v.Before(b) }), compared(w.Before, time.Time.Before),
	)
}

func daySpan(day *graph.Day, holds func(graph.Span, graph.Day) bool) Test[graph.Span] {
	if day == nil {
		return nil
	}
	d := *day
	return func(s graph.Span) bool { return holds(s, d) }
}

// values is the filter itself, from under the name that it has for ids or a closed list.
func (w *ValueFilter[T]) values() *ValueFilter[T] { return w }

// OneOf asks for values of a closed list.
func OneOf[T ~string, F any, W interface {
	*F
	values() *ValueFilter[T]
}](f *Compiler, name string, w W) Test[T] {
	return oneOfUpTo(f, name, w, MaxValues)
}

// OneID asks for ids.
func OneID(f *Compiler, w *IDFilter) Test[graph.ID] { return oneOfUpTo(f, "id", w, MaxIDs) }

// OneEntity asks for ids of entities, or for what stands for them.
func OneEntity(f *Compiler, w *IDFilter) (t Test[graph.ID]) {
	f.At("id", func() { w = f.lookUp(w) })
	return OneID(f, w)
}

// Entities are the ids of entities that a condition asks for, or that it says otherwise.
func Entities(f *Compiler, w *IDFilter) *IDFilter {
	OneID(f, w)
	return f.lookUp(w)
}

func oneOfUpTo[T ~string, F any, W interface {
	*F
	values() *ValueFilter[T]
}](f *Compiler, name string, w W, most int) Test[T] {
	if w == nil {
		return nil
	}
	v := w.values()
	f.Leaf(name)
	f.list(name, len(v.In), most)
	return All(compared(v.Eq, equal), member(v.In))
}
