package interval

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Grade is how well a claim is graded: by credibility, then by the reliability of its source,
// as places in graph.Reliabilities. The less is the better; what cannot be judged comes last.
type Grade struct{ Credibility, Reliability uint8 }

// GradeOf is the grade of a claim.
func GradeOf(e *graph.Evidence) Grade { return Grade{e.Credibility, e.Reliability} }

// Compare orders grades, the better first.
func (g Grade) Compare(o Grade) int {
	return cmp.Or(cmp.Compare(g.Credibility, o.Credibility), cmp.Compare(g.Reliability, o.Reliability))
}

// Vital is a date that claims give for a beginning or an end of a life, and the grade of the
// best of them.
type Vital struct {
	Date  graph.Span
	Grade Grade
}

// Edge is a beginning or an end of a life; the zero Edge is an unknown one.
type Edge struct {
	Known bool
	Grade Grade
	// Date is where it may lie.
	Date graph.Span
}

// Life is from a birth or a founding to a death or a dissolution.
type Life struct{ Begin, End Edge }

// Lives are those of one entity, ascending.
type Lives []Life

// LifeOf is the life of a person; nil when nothing bounds it, or its end would come before its
// beginning.
func LifeOf(births, deaths []Vital) Lives {
	l := Life{edgeOf(births), edgeOf(deaths)}
	if !l.Begin.Known && !l.End.Known || l.Begin.Known && l.End.Known && l.Begin.Date.Earliest > l.End.Date.Latest {
		return nil
	}
	return Lives{l}
}

// LivesOf are the lives of a body: it begins anew where a founding comes after all ends that came
// before it. Nil when nothing bounds them.
func LivesOf(foundings, ends []Vital) Lives {
	slices.SortFunc(foundings, func(a, b Vital) int { return cmp.Compare(a.Date.Earliest, b.Date.Earliest) })
	slices.SortFunc(ends, func(a, b Vital) int { return cmp.Compare(a.Date.Latest, b.Date.Latest) })
	var out Lives
	for len(foundings)+len(ends) > 0 {
		begun := before(foundings, ends, func(f, e *Vital) bool { return f.Date.Earliest <= e.Date.Latest })
		ended := before(ends, foundings[begun:], func(e, f *Vital) bool { return e.Date.Latest < f.Date.Earliest })
		out = append(out, Life{edgeOf(foundings[:begun]), edgeOf(ends[:ended])})
		foundings, ends = foundings[begun:], ends[ended:]
	}
	return out
}

// before is how many of a list come before the first of another.
func before(list, other []Vital, is func(a, b *Vital) bool) int {
	if len(other) == 0 {
		return len(list)
	}
	n := 0
	for n < len(list) && is(&list[n], &other[0]) {
		n++
	}
	return n
}

// edgeOf is what the best graded of some dates say.
func edgeOf(list []Vital) (e Edge) {
	for _, v := range list {
		switch c := v.Grade.Compare(e.Grade); {
		case !e.Known || c < 0:
			e = Edge{true, v.Grade, v.Date}
		case c == 0:
			e.Date = graph.Span{Earliest: min(e.Date.Earliest, v.Date.Earliest), Latest: max(e.Date.Latest, v.Date.Latest)}
		}
	}
	return e
}

// Cutting says what of a life cuts.
type Cutting struct {
	// Begin and End say which edges do.
	Begin, End bool
	// Grade is that of what is cut: what is worse graded cuts nothing, unless Anyhow is set.
	Grade  Grade
	Anyhow bool
	// Certainly cuts where it may have been: by the last day on which a life may have begun, and
	// the first on which it may have ended.
	Certainly bool
}

// Leaves are the days that are left of all days.
func (c Cutting) Leaves(lives Lives) Days {
	if len(lives) == 0 {
		return Always
	}
	var out Days
	for i := range lives {
		if s := c.leaves(&lives[i]); s.Earliest <= s.Latest {
			out = append(out, s)
		}
	}
	return out.tidy()
}

// Keeps reports whether a day is among those that are left.
func (c Cutting) Keeps(lives Lives, day graph.Day) bool {
	for i := range lives {
		if s := c.leaves(&lives[i]); s.Earliest <= day && day <= s.Latest {
			return true
		}
	}
	return len(lives) == 0
}

// leaves is what a life leaves: nothing where the first day comes after the last.
func (c Cutting) leaves(l *Life) graph.Span {
	s := Always[0]
	if c.Begin && c.by(&l.Begin) {
		s.Earliest = l.Begin.Date.Earliest
		if c.Certainly {
			s.Earliest = l.Begin.Date.Latest
		}
	}
	if c.End && c.by(&l.End) {
		s.Latest = l.End.Date.Latest
		if c.Certainly {
			s.Latest = l.End.Date.Earliest
		}
	}
	return s
}

func (c Cutting) by(e *Edge) bool {
	return e.Known && (c.Anyhow || e.Grade.Compare(c.Grade) <= 0)
}

// Cut are the parts of intervals that lie within some days.
func Cut(list []Interval, to Days) []Interval {
	if to.IsAlways() {
		return list
	}
	var out []Interval
	for _, i := range list {
		for _, s := range to {
			if part, ok := i.cut(s); ok {
				out = append(out, part)
			}
		}
	}
	return out
}

// cut is the part that lies within a span; false when none may.
func (i Interval) cut(to graph.Span) (Interval, bool) {
	if !i.Bounds().Overlaps(to) {
		return i, false
	}
	i.FromCut = i.FromCut || i.From.Earliest < to.Earliest || i.FromGiven && i.From.Latest > to.Latest
	i.ToCut = i.ToCut || i.To.Latest > to.Latest || i.ToGiven && i.To.Earliest < to.Earliest
	i.From, i.To = within(i.From, to), within(i.To, to)
	i.settle()
	return i, true
}

func within(s, to graph.Span) graph.Span {
	return graph.Span{Earliest: min(max(s.Earliest, to.Earliest), to.Latest), Latest: min(max(s.Latest, to.Earliest), to.Latest)}
}
