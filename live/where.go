package live

import (
	"iter"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// TextFilter tests text, without regard to case and accents. A condition that is
// nil filters nothing; an empty In matches nothing.
type TextFilter struct {
	Eq, Contains, StartsWith *string
	In                       []string
}

// NumberFilter tests a number.
type NumberFilter struct {
	Eq, Lt, Lte, Gt, Gte *float64
	In                   []float64
}

// IntFilter tests a whole number.
type IntFilter struct {
	Eq, Lt, Lte, Gt, Gte *int
	In                   []int
}

// DateFilter tests a span of days: On, the span holds the day; Before and After,
// the span lies wholly before or after it; Overlaps, the two share a day.
type DateFilter struct {
	On, Before, After *graph.Day
	Overlaps          *graph.PartialDate
}

// ValueFilter tests a value of a closed list, or an id.
type ValueFilter[T ~string] struct {
	Eq *T
	In []T
}

// The filters for ids and for each enumeration.
type (
	IDFilter             struct{ ValueFilter[graph.ID] }
	EntityKindFilter     struct{ ValueFilter[graph.EntityKind] }
	RepresentationFilter struct {
		ValueFilter[graph.Representation]
	}
	LinkKindFilter    struct{ ValueFilter[graph.Predicate] }
	PredicateFilter   struct{ ValueFilter[graph.Predicate] }
	LinkStatusFilter  struct{ ValueFilter[graph.LinkStatus] }
	HedgeFilter       struct{ ValueFilter[graph.Hedge] }
	PolarityFilter    struct{ ValueFilter[graph.Polarity] }
	ReliabilityFilter struct {
		ValueFilter[graph.Reliability]
	}
	BasisFilter struct {
		ValueFilter[graph.AttributionBasis]
	}
	SourceKindFilter struct{ ValueFilter[graph.SourceKind] }
)

func (f *TextFilter) any(texts []string) bool {
	return f == nil || slices.ContainsFunc(texts, f.match)
}

func (f *TextFilter) optional(s *string) bool {
	return f == nil || s != nil && f.match(*s)
}

func (f *TextFilter) match(s string) bool {
	s = names.Folded(s)
	return (f.Eq == nil || s == names.Folded(*f.Eq)) &&
		(f.Contains == nil || strings.Contains(s, names.Folded(*f.Contains))) &&
		(f.StartsWith == nil || strings.HasPrefix(s, names.Folded(*f.StartsWith))) &&
		(f.In == nil || slices.ContainsFunc(f.In, func(t string) bool { return s == names.Folded(t) }))
}

func (f *NumberFilter) match(n float64) bool {
	return f == nil || (f.Eq == nil || n == *f.Eq) && (f.Lt == nil || n < *f.Lt) && (f.Lte == nil || n <= *f.Lte) &&
		(f.Gt == nil || n > *f.Gt) && (f.Gte == nil || n >= *f.Gte) && (f.In == nil || slices.Contains(f.In, n))
}

// optional tests a figure that may be unknown; an unknown one passes no test.
func (f *NumberFilter) optional(n *float64) bool { return f == nil || n != nil && f.match(*n) }

func (f *IntFilter) match(n int) bool {
	return f == nil || (f.Eq == nil || n == *f.Eq) && (f.Lt == nil || n < *f.Lt) && (f.Lte == nil || n <= *f.Lte) &&
		(f.Gt == nil || n > *f.Gt) && (f.Gte == nil || n >= *f.Gte) && (f.In == nil || slices.Contains(f.In, n))
}

func (f *DateFilter) span(s graph.Span) bool {
	return f == nil || (f.On == nil || s.Earliest <= *f.On && *f.On <= s.Latest) &&
		(f.Before == nil || s.Latest < *f.Before) && (f.After == nil || s.Earliest > *f.After) &&
		(f.Overlaps == nil || s.Overlaps(graph.Span{Earliest: f.Overlaps.Earliest, Latest: f.Overlaps.Latest}))
}

// date tests a date; one that is not said passes no test.
func (f *DateFilter) date(d *graph.PartialDate) bool {
	return f == nil || d != nil && f.span(graph.Span{Earliest: d.Earliest, Latest: d.Latest})
}

func (f *ValueFilter[T]) match(v T) bool {
	return (f.Eq == nil || v == *f.Eq) && (f.In == nil || slices.Contains(f.In, v))
}

func is(want *bool, got func() bool) bool { return want == nil || *want == got() }

// branches tests the branches of a condition: all of "and", one of "or", and not "not".
// An absent one filters nothing, an empty "or" matches nothing.
func branches[W any](and, or []*W, not *W, match func(*W) bool) bool {
	fails := func(w *W) bool { return !match(w) }
	return !slices.ContainsFunc(and, fails) && (or == nil || slices.ContainsFunc(or, match)) &&
		(not == nil || fails(not))
}

// EntityWhere tests an entity. All conditions given must hold.
type EntityWhere struct {
	And, Or        []*EntityWhere
	Not            *EntityWhere
	ID             *IDFilter
	Kind           *EntityKindFilter
	Subtype        *TextFilter
	Representation *RepresentationFilter
	// Name is tested against every name.
	Name     *TextFilter
	External *TextFilter
	// Date is when an incident happened or a listing was made.
	Date *DateFilter
	// Founded is when a body was founded.
	Founded *DateFilter
	// NobodyClaimed tests whether claims say that nobody had claimed an incident,
	// and none says that somebody did.
	NobodyClaimed *bool
	Killed        *FigureFilter
	Attributes    *AttributeCondition
	Links         *LinkCondition
	Claims        *ClaimCondition
}

// FigureFilter tests the range of a figure.
type FigureFilter struct{ Low, Best, High *NumberFilter }

// AttributeCondition asks that some value, or that no value, satisfies the test.
type AttributeCondition struct{ Some, None *AttributeWhere }

// AttributeWhere tests one value of an attribute.
type AttributeWhere struct {
	Predicate      *PredicateFilter
	Text           *TextFilter
	Date           *DateFilter
	Low, High      *NumberFilter
	Credibility    *IntFilter
	Disputed       *bool
	ContainsFigure *float64
}

// LinkCondition asks that some link, or that no link, satisfies the test.
type LinkCondition struct{ Some, None *LinkWhere }

// ClaimCondition asks that some claim, or that no claim, satisfies the test.
type ClaimCondition struct{ Some, None *ClaimWhere }

// Match reports whether the entity passes.
func (w *EntityWhere) Match(e Entity) bool { return w.match(e.Base()) }

func (w *EntityWhere) match(e *EntityBase) bool {
	if w == nil {
		return true
	}
	return branches(w.And, w.Or, w.Not, func(o *EntityWhere) bool { return o.match(e) }) &&
		w.matchOwn(e) && w.matchRecorded(e)
}

// matchOwn tests what the entity's record says.
func (w *EntityWhere) matchOwn(e *EntityBase) bool {
	return (w.ID == nil || slices.ContainsFunc(e.SameIDs(), w.ID.match)) && (w.Kind == nil || w.Kind.match(e.Kind())) &&
		w.Subtype.optional(e.Subtype()) && (w.Representation == nil || w.Representation.match(e.Representation())) &&
		(w.Name == nil || w.Name.any(nameValues(e))) && (w.External == nil || w.External.any(e.External()))
}

func nameValues(e *EntityBase) []string {
	names := e.names()
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.Value
	}
	return out
}

// matchRecorded tests what claims say of the entity.
func (w *EntityWhere) matchRecorded(e *EntityBase) bool {
	return (w.Date == nil || w.Date.date(e.date(graph.DateOf))) &&
		(w.Founded == nil || w.Founded.date(e.date(graph.FoundedOn))) &&
		is(w.NobodyClaimed, func() bool { return (&Incident{e}).NobodyClaimed() }) && w.Killed.match(e) &&
		w.Attributes.match(e) && w.Links.match(e) && w.Claims.match(e.CountedClaims)
}

func (f *FigureFilter) match(e *EntityBase) bool {
	if f == nil {
		return true
	}
	return slices.ContainsFunc((&Incident{e}).Casualties(), func(c *Casualties) bool {
		return c.Effect == graph.EffectKilled &&
			f.Low.optional(number(c.Low)) && f.Best.optional(number(c.Best)) && f.High.optional(number(c.High))
	})
}

func number(n *int) *float64 {
	if n == nil {
		return nil
	}
	f := float64(*n)
	return &f
}

func (c *AttributeCondition) match(e *EntityBase) bool {
	if c == nil {
		return true
	}
	values := e.attributes(nil)
	return (c.Some == nil || slices.ContainsFunc(values, c.Some.match)) &&
		(c.None == nil || !slices.ContainsFunc(values, c.None.match))
}

func (w *AttributeWhere) match(a *Attribute) bool {
	if a.value == nil {
		return false
	}
	low, high := a.value.Bounds()
	return (w.Predicate == nil || w.Predicate.match(a.predicate)) && w.Text.optional(text(a.value.Text)) &&
		(w.Date == nil || w.Date.date(date(a.value.Date))) && w.Low.optional(low) && w.High.optional(high) &&
		w.Credibility.match(a.Credibility()) && is(w.Disputed, a.Disputed) &&
		(w.ContainsFigure == nil || holds(low, high, *w.ContainsFigure))
}

func holds(low, high *float64, n float64) bool {
	return (low != nil || high != nil) && (low == nil || *low <= n) && (high == nil || n <= *high)
}

func (c *LinkCondition) match(e *EntityBase) bool {
	if c == nil {
		return true
	}
	found := func(w *LinkWhere) bool {
		for l := range e.links(w.kinds(), w.direction()) {
			if w.match(l) {
				return true
			}
		}
		return false
	}
	return (c.Some == nil || found(c.Some)) && (c.None == nil || !found(c.None))
}

// LinkWhere tests a link. All conditions given must hold.
type LinkWhere struct {
	And, Or []*LinkWhere
	Not     *LinkWhere
	ID      *IDFilter
	Kind    *LinkKindFilter
	// Direction counts where the link is reached from an entity.
	Direction *Direction
	Source    *EntityWhere
	Target    *EntityWhere
	// Other is the far end, where the link is reached from an entity; else either
	// end.
	Other              *EntityWhere
	Attributor         *EntityWhere
	Status             *LinkStatusFilter
	Hedge              *HedgeFilter
	Reliability        *ReliabilityFilter
	Basis              *BasisFilter
	Credibility        *IntFilter
	IndependentSources *IntFilter
	Disputed           *bool
	Implicative        *bool
	Role               *TextFilter
	// During tests the span within which the link may hold.
	During *DateFilter
	Claims *ClaimCondition
}

func (w *LinkWhere) kinds() []graph.Predicate {
	switch {
	case w.Kind == nil:
		return nil
	case w.Kind.Eq != nil:
		return []graph.Predicate{*w.Kind.Eq}
	}
	return w.Kind.In
}

func (w *LinkWhere) direction() Direction {
	if w.Direction == nil {
		return Both
	}
	return *w.Direction
}

func (w *LinkWhere) match(l *Link) bool {
	if w == nil {
		return true
	}
	return branches(w.And, w.Or, w.Not, func(o *LinkWhere) bool { return o.match(l) }) &&
		w.matchOwn(l) && w.matchEnds(l) && w.Claims.match(l.claims)
}

func (w *LinkWhere) matchOwn(l *Link) bool {
	return (w.ID == nil || w.ID.match(l.ID())) && (w.Kind == nil || w.Kind.match(l.Kind())) &&
		(w.Status == nil || w.Status.match(l.Status())) && (w.Hedge == nil || w.Hedge.match(l.Hedge())) &&
		(w.Reliability == nil || w.Reliability.match(l.Reliability())) && w.Credibility.match(l.Credibility()) &&
		is(w.Disputed, l.Disputed) && is(w.Implicative, l.Implicative) &&
		(w.IndependentSources == nil || w.IndependentSources.match(l.IndependentSources())) &&
		w.During.span(l.fold.Times()) && (w.Role == nil || w.Role.optional(l.Role())) &&
		(w.Basis == nil || l.Basis() != nil && w.Basis.match(*l.Basis())) && (w.Direction == nil || w.matchDirection(l))
}

func (w *LinkWhere) matchDirection(l *Link) bool {
	return l.from == none || w.Direction.takes(posting{kind: l.key.kind, out: l.key.source == l.from})
}

func (w *LinkWhere) matchEnds(l *Link) bool {
	if w.Source != nil && !w.Source.match(l.Source().Base()) || w.Target != nil && !w.Target.match(l.Target().Base()) {
		return false
	}
	if w.Attributor != nil {
		if a := l.Attributor(); a == nil || !w.Attributor.match(a.Base()) {
			return false
		}
	}
	switch {
	case w.Other == nil:
		return true
	case l.from == none:
		return w.Other.match(l.Source().Base()) || w.Other.match(l.Target().Base())
	}
	return w.Other.match(l.Other().Base())
}

// ClaimWhere tests a claim. All conditions given must hold.
type ClaimWhere struct {
	And, Or         []*ClaimWhere
	Not             *ClaimWhere
	ID              *IDFilter
	Label           *TextFilter
	Predicate       *PredicateFilter
	Subject, Object *EntityWhere
	// About is subject or object.
	About          *EntityWhere
	Speaker        *EntityWhere
	Source, Origin *SourceWhere
	Hedge          *HedgeFilter
	Polarity       *PolarityFilter
	Credibility    *IntFilter
	Locator        *TextFilter
	// Text is tested against the value's text and the excerpt.
	Text *TextFilter
	// Contradicted tests whether another claim that counts is set against it.
	Contradicted *bool
	// During tests the span within which what is said may hold.
	During   *DateFilter
	Sequence *IntFilter
}

func (c *ClaimCondition) match(claims func() iter.Seq[*Claim]) bool {
	if c == nil {
		return true
	}
	found := func(w *ClaimWhere) bool {
		for k := range claims() {
			if w.match(k) {
				return true
			}
		}
		return false
	}
	return (c.Some == nil || found(c.Some)) && (c.None == nil || !found(c.None))
}

func (w *ClaimWhere) match(c *Claim) bool {
	if w == nil {
		return true
	}
	c.parsed = c.rec()
	return branches(w.And, w.Or, w.Not, func(o *ClaimWhere) bool { return o.match(c) }) &&
		w.matchOwn(c) && w.matchRefs(c)
}

func (w *ClaimWhere) matchOwn(c *Claim) bool {
	r := c.rec()
	texts := []string{r.Excerpt}
	if r.Value != nil {
		texts = append(texts, r.Value.Text)
	}
	return (w.ID == nil || w.ID.match(r.ID)) && w.Label.optional(text(r.Label)) &&
		(w.Predicate == nil || w.Predicate.match(r.Predicate)) &&
		(w.Hedge == nil || w.Hedge.match(r.Hedge)) && (w.Polarity == nil || w.Polarity.match(r.Polarity)) &&
		w.Credibility.match(r.Credibility) && w.Locator.optional(text(r.Locator)) && w.Text.any(texts) &&
		is(w.Contradicted, func() bool { return c.v.contradicted(c.row) }) &&
		(w.During == nil || w.During.span(r.Times())) && (w.Sequence == nil || w.Sequence.match(int(c.Sequence())))
}

func (w *ClaimWhere) matchRefs(c *Claim) bool {
	return entityMatches(w.Subject, c.Subject) && entityMatches(w.Object, c.Object) &&
		entityMatches(w.Speaker, c.Speaker) &&
		(w.About == nil || entityMatches(w.About, c.Subject) || entityMatches(w.About, c.Object)) &&
		(w.Source == nil || w.Source.match(c.Source())) &&
		(w.Origin == nil || c.Origin() != nil && w.Origin.match(c.Origin()))
}

func entityMatches(w *EntityWhere, get func() Entity) bool {
	if w == nil {
		return true
	}
	e := get()
	return e != nil && w.match(e.Base())
}

// SourceWhere tests a source. All conditions given must hold.
type SourceWhere struct {
	And, Or          []*SourceWhere
	Not              *SourceWhere
	ID               *IDFilter
	Kind             *SourceKindFilter
	Title, Publisher *TextFilter
	Reliability      *ReliabilityFilter
	Published        *DateFilter
	Withdrawn        *bool
}

func (w *SourceWhere) match(s *Source) bool {
	if w == nil {
		return true
	}
	return branches(w.And, w.Or, w.Not, func(o *SourceWhere) bool { return o.match(s) }) &&
		(w.ID == nil || w.ID.match(s.ID())) && (w.Kind == nil || w.Kind.match(s.Kind())) &&
		(w.Title == nil || w.Title.match(s.Title())) && w.Publisher.optional(s.Publisher()) &&
		(w.Reliability == nil || w.Reliability.match(s.Reliability())) &&
		(w.Published == nil || w.Published.date(s.Published())) &&
		is(w.Withdrawn, s.Withdrawn)
}
