package live

import (
	"iter"

	"github.com/rabta/rabta/graph"
)

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
	return all(w.And, func(o *LinkWhere) bool { return o.match(l) }) && some(w.Or, func(o *LinkWhere) bool { return o.match(l) }) &&
		(w.Not == nil || !w.Not.match(l)) && w.matchOwn(l) && w.matchEnds(l) && w.Claims.match(l.claims)
}

func (w *LinkWhere) matchOwn(l *Link) bool {
	return (w.ID == nil || w.ID.match(l.ID())) && (w.Kind == nil || w.Kind.match(l.Kind())) && (w.Status == nil || w.Status.match(l.Status())) &&
		(w.Hedge == nil || w.Hedge.match(l.Hedge())) && (w.Reliability == nil || w.Reliability.match(l.Reliability())) &&
		w.Credibility.match(l.Credibility()) && is(w.Disputed, l.Disputed) && is(w.Implicative, l.Implicative) &&
		(w.IndependentSources == nil || w.IndependentSources.match(l.IndependentSources())) && w.During.span(l.fold.Times()) &&
		(w.Role == nil || w.Role.optional(l.Role())) && (w.Basis == nil || l.Basis() != nil && w.Basis.match(*l.Basis())) &&
		(w.Direction == nil || l.from == none || w.Direction.takes(posting{kind: l.key.kind, out: l.key.source == l.from}))
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
	if c.parsed == nil {
		c.parsed = c.rec()
	}
	return all(w.And, func(o *ClaimWhere) bool { return o.match(c) }) && some(w.Or, func(o *ClaimWhere) bool { return o.match(c) }) &&
		(w.Not == nil || !w.Not.match(c)) && w.matchOwn(c) && w.matchRefs(c)
}

func (w *ClaimWhere) matchOwn(c *Claim) bool {
	r := c.rec()
	texts := []string{r.Excerpt}
	if r.Value != nil {
		texts = append(texts, r.Value.Text)
	}
	return (w.ID == nil || w.ID.match(r.ID)) && w.Label.optional(text(r.Label)) && (w.Predicate == nil || w.Predicate.match(r.Predicate)) &&
		(w.Hedge == nil || w.Hedge.match(r.Hedge)) && (w.Polarity == nil || w.Polarity.match(r.Polarity)) &&
		w.Credibility.match(r.Credibility) && w.Locator.optional(text(r.Locator)) && w.Text.any(texts) &&
		is(w.Contradicted, func() bool { return c.v.contradicted(c.row) }) &&
		(w.During == nil || w.During.span(r.Times())) && (w.Sequence == nil || w.Sequence.match(int(c.Sequence())))
}

func (w *ClaimWhere) matchRefs(c *Claim) bool {
	return entityMatches(w.Subject, c.Subject) && entityMatches(w.Object, c.Object) && entityMatches(w.Speaker, c.Speaker) &&
		(w.About == nil || entityMatches(w.About, c.Subject) || entityMatches(w.About, c.Object)) &&
		(w.Source == nil || w.Source.match(c.Source())) && (w.Origin == nil || c.Origin() != nil && w.Origin.match(c.Origin()))
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
	return all(w.And, func(o *SourceWhere) bool { return o.match(s) }) && some(w.Or, func(o *SourceWhere) bool { return o.match(s) }) &&
		(w.Not == nil || !w.Not.match(s)) && (w.ID == nil || w.ID.match(s.ID())) && (w.Kind == nil || w.Kind.match(s.Kind())) &&
		(w.Title == nil || w.Title.match(s.Title())) && w.Publisher.optional(s.Publisher()) &&
		(w.Reliability == nil || w.Reliability.match(s.Reliability())) && (w.Published == nil || w.Published.date(s.Published())) &&
		is(w.Withdrawn, s.Withdrawn)
}
