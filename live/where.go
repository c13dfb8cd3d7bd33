package live

import (
	"iter"
	"reflect"
	"slices"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// EntityWhere tests an entity. All conditions given must hold.
type EntityWhere struct {
	And, Or        []*EntityWhere
	Not            *EntityWhere
	ID             *filter.IDFilter
	Kind           *filter.EntityKindFilter
	Subtype        *filter.TextFilter
	Representation *filter.RepresentationFilter
	// Name is tested against every name.
	Name     *filter.TextFilter
	External *filter.TextFilter
	// Date is when an incident happened or a listing was made.
	Date *filter.DateFilter
	// Founded is when a body was founded.
	Founded *filter.DateFilter
	// Claimed tests whether somebody claimed an incident.
	Claimed *filter.ClaimedByFilter
	// Killed tests how many were killed in all.
	Killed *FigureFilter
	// OccurredIn tests where an incident happened.
	OccurredIn *OccurredIn
	Attributes *AttributeCondition
	Links      *LinkCondition
	Claims     *ClaimCondition
}

// FigureFilter tests the range of a figure: Best tests the least where there is no best.
type FigureFilter struct{ Low, Best, High *filter.NumberFilter }

// AttributeCondition asks that some value, or that no value, satisfies the test.
type AttributeCondition struct{ Some, None *AttributeWhere }

// AttributeWhere tests one value of an attribute.
type AttributeWhere struct {
	Predicate      *filter.PredicateFilter
	Text           *filter.TextFilter
	Date           *filter.DateFilter
	Low, High      *filter.NumberFilter
	Credibility    *filter.IntFilter
	Disputed       *bool
	Contested      *bool
	ContainsFigure *float64
}

// LinkCondition asks that some link, or that no link, satisfies the test.
type LinkCondition struct{ Some, None *LinkWhere }

// ClaimCondition asks that some claim, or that no claim, satisfies the test.
type ClaimCondition struct{ Some, None *ClaimWhere }

// Match reports whether the entity passes.
// matchOwn tests what the entity's record says.
// matchRecorded tests what claims say of the entity.
// LinkWhere tests a link. All conditions given must hold.
type LinkWhere struct {
	And, Or []*LinkWhere
	Not     *LinkWhere
	ID      *filter.IDFilter
	Kind    *filter.LinkKindFilter
	// Direction counts where the link is reached from an entity.
	Direction *Direction
	Source    *EntityWhere
	Target    *EntityWhere
	// Other is the far end, where the link is reached from an entity; else either
	// end.
	Other              *EntityWhere
	Attributor         *EntityWhere
	Status             *filter.LinkStatusFilter
	Hedge              *filter.HedgeFilter
	Reliability        *filter.ReliabilityFilter
	Basis              *filter.BasisFilter
	Credibility        *filter.IntFilter
	IndependentSources *filter.IntFilter
	Disputed           *bool
	Contested          *bool
	Bearing            *filter.BearingFilter
	Role               *filter.TextFilter
	// During tests the span within which the link may hold.
	During *filter.DateFilter
	Claims *ClaimCondition
}

// ClaimWhere tests a claim. All conditions given must hold.
type ClaimWhere struct {
	And, Or         []*ClaimWhere
	Not             *ClaimWhere
	ID              *filter.IDFilter
	Label           *filter.TextFilter
	Predicate       *filter.PredicateFilter
	Subject, Object *EntityWhere
	// About is subject or object.
	About          *EntityWhere
	Speaker        *EntityWhere
	SpeakerText    *filter.TextFilter
	Source, Origin *SourceWhere
	Hedge          *filter.HedgeFilter
	Polarity       *filter.PolarityFilter
	Credibility    *filter.IntFilter
	Locator        *filter.TextFilter
	// Text is tested against the claim's text, its value's and the excerpt.
	Text *filter.TextFilter
	// Contradicted tests whether another claim that counts is set against it.
	Contradicted *bool
	// During tests the span within which what is said may hold.
	During   *filter.DateFilter
	Sequence *filter.IntFilter
}

// SourceWhere tests a source. All conditions given must hold.
type SourceWhere struct {
	And, Or          []*SourceWhere
	Not              *SourceWhere
	ID               *filter.IDFilter
	Kind             *filter.SourceKindFilter
	Title, Publisher *filter.TextFilter
	Reliability      *filter.ReliabilityFilter
	Published        *filter.DateFilter
	Withdrawn        *bool
}

// Test makes the condition a test of entities, which counts what it costs with m. What
// it says once m has stopped is not to be told. A condition beyond the limits is a
// graph.ErrInvalid, which names places in it from path.
func (w *EntityWhere) Test(v *View, path string, m *work.Meter) (func(Entity) bool, error) {
	metered := v.Within(m)
	f := metered.compiler(path)
	t := w.test(f)
	if err := f.Err(); err != nil {
		return nil, err
	}
	slots := testSlots * (1 + f.Leaves())
	return func(e Entity) bool { return m.Continue(slots) && t.Passes(&EntityBase{metered, e.Base().row}) }, nil
}

// filterOf is the test that the argument where asks for.
// It counts what testing a record costs, over what is read for it.
func filterOf[W, T any](v *View, w *W, make func(*W, *filter.Compiler) filter.Test[T]) (filter.Test[T], error) {
	if w == nil {
		return func(T) bool { return v.meter.Continue(testSlots) }, nil
	}
	f := v.compiler("where")
	t := make(w, f)
	slots := testSlots * (1 + f.Leaves())
	return func(item T) bool { return v.meter.Continue(slots) && t.Passes(item) }, f.Err()
}

// compiler makes a filter of what the view shows, by which alone names are looked up.
func (v *View) compiler(path string) *filter.Compiler {
	f := filter.New(path)
	f.LookUp = func(path string, id graph.ID) (graph.ID, error) {
		ref := RefOf(id)
		if ref.By == graph.ByID {
			return id, nil
		}
		at, err := v.findAt(path, ref, nil)
		if err != nil {
			return id, err
		}
		return v.g.entities.at(at).id, nil
	}
	return f
}

// testSlots is what one test of a record costs.
const testSlots = 100

func (w *EntityWhere) test(f *filter.Compiler) (t filter.Test[*EntityBase]) {
	if w == nil {
		return nil
	}
	f.Level(func() {
		t = filter.All(
			filter.Branches(f, w.And, w.Or, w.Not, (*EntityWhere).test),
			filter.Of(filter.SomeOf(filter.OneEntity(f, w.ID)), (*EntityBase).SameIDs),
			filter.Of(filter.OneOf(f, "kind", w.Kind), (*EntityBase).Kind),
			filter.Of(filter.Given(w.Subtype.Test(f, "subtype")), (*EntityBase).subtype),
			filter.Of(filter.OneOf(f, "representation", w.Representation), (*EntityBase).Representation),
			filter.Of(filter.SomeOf(w.Name.Test(f, "name")), nameValues),
			filter.Of(filter.SomeOf(w.External.Test(f, "external")), (*EntityBase).externalIDs),
			filter.Of(dated(w.Date.Test(f, "date")), func(e *EntityBase) *graph.PartialDate { return e.BestDateOf(graph.DateOf) }),
			filter.Of(dated(w.Founded.Test(f, "founded")), func(e *EntityBase) *graph.PartialDate { return e.BestDateOf(graph.FoundedOn) }),
			filter.Of(filter.OneOf(f, "claimed", w.Claimed), func(e *EntityBase) graph.ClaimedBy { return (&Incident{e}).Claimed().By }),
			w.Killed.test(f),
			w.OccurredIn.test(f),
			w.Attributes.test(f),
			w.Links.test(f),
			filter.Of(w.Claims.test(f), func(e *EntityBase) iter.Seq[*Claim] { return e.countedClaims(w.Claims.named()) }),
		)
	})
	return t
}

func nameValues(e *EntityBase) []string {
	names := e.Names()
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.Value
	}
	return out
}

// dated asks a test of the days of a date; one that is not said passes none.
func dated(t filter.Test[graph.Span]) filter.Test[*graph.PartialDate] {
	return filter.Given(filter.Of(t, func(d graph.PartialDate) graph.Span { return graph.Span{Earliest: d.Earliest, Latest: d.Latest} }))
}

func (w *FigureFilter) test(f *filter.Compiler) (t filter.Test[*EntityBase]) {
	if w == nil {
		return nil
	}
	f.Leaf("killed")
	f.At("killed", func() {
		figure := filter.All(
			filter.Of(filter.Given(w.Low.Test(f, "low")), func(t *Toll) *float64 { return number(t.Low) }),
			filter.Of(filter.Given(w.Best.Test(f, "best")), func(t *Toll) *float64 { return number(t.BestOrLow()) }),
			filter.Of(filter.Given(w.High.Test(f, "high")), func(t *Toll) *float64 { return number(t.High) }),
		)
		if figure == nil {
			return
		}
		t = func(e *EntityBase) bool {
			return slices.ContainsFunc(e.tolls(), func(t *Toll) bool { return t.Effect == graph.EffectKilled && figure(t) })
		}
	})
	return t
}

func number(n *int) *float64 {
	if n == nil {
		return nil
	}
	f := float64(*n)
	return &f
}

// conditions are the tests of some and none, each nil where it is not given, or holds conditions
// that all ask for nothing. One that is empty itself asks whether there is any.
func conditions[W, T any](f *filter.Compiler, name string, some, none *W, one func(*W, *filter.Compiler) filter.Test[T]) (s, n *filter.Test[T]) {
	make := func(w *W, which string) *filter.Test[T] {
		if w == nil {
			return nil
		}
		var t filter.Test[T]
		f.Leaf(name)
		f.At(name+"."+which, func() { t = one(w, f) })
		if t == nil && !reflect.ValueOf(*w).IsZero() {
			return nil
		}
		return &t
	}
	return make(some, "some"), make(none, "none")
}

func (c *AttributeCondition) test(f *filter.Compiler) filter.Test[*EntityBase] {
	if c == nil {
		return nil
	}
	some, none := conditions(f, "attributes", c.Some, c.None, (*AttributeWhere).test)
	return filter.Found(some, none, func(e *EntityBase) iter.Seq[*Attribute] {
		valued := slices.DeleteFunc(e.attributes(nil), func(a *Attribute) bool { return a.value == nil })
		return slices.Values(valued)
	})
}

func (w *AttributeWhere) test(f *filter.Compiler) (t filter.Test[*Attribute]) {
	f.Level(func() {
		t = filter.All(
			filter.Of(filter.OneOf(f, "predicate", w.Predicate), func(a *Attribute) graph.Predicate { return a.predicate }),
			filter.Of(filter.Given(w.Text.Test(f, "text")), func(a *Attribute) *string { return text(a.value.Text) }),
			filter.Of(dated(w.Date.Test(f, "date")), func(a *Attribute) *graph.PartialDate { return date(a.value.Date) }),
			filter.Of(filter.Given(w.Low.Test(f, "low")), func(a *Attribute) *float64 { low, _ := a.value.Bounds(); return low }),
			filter.Of(filter.Given(w.High.Test(f, "high")), func(a *Attribute) *float64 { _, high := a.value.Bounds(); return high }),
			filter.Of(w.Credibility.Test(f, "credibility"), (*Attribute).Credibility),
			filter.Is(f.Flag(w.Disputed, "disputed"), (*Attribute).Disputed),
			filter.Is(f.Flag(w.Contested, "contested"), (*Attribute).Contested),
			w.containsFigure(f),
		)
	})
	return t
}

// containsFigure asks that a figure lies within the bounds that are given.
func (w *AttributeWhere) containsFigure(f *filter.Compiler) filter.Test[*Attribute] {
	if w.ContainsFigure == nil {
		return nil
	}
	f.Leaf("containsFigure")
	n := *w.ContainsFigure
	return func(a *Attribute) bool {
		low, high := a.value.Bounds()
		return (low != nil || high != nil) && (low == nil || *low <= n) && (high == nil || n <= *high)
	}
}

func (c *LinkCondition) test(f *filter.Compiler) filter.Test[*EntityBase] {
	if c == nil {
		return nil
	}
	some, none := conditions(f, "links", c.Some, c.None, (*LinkWhere).test)
	return filter.All(reached(c.Some, some, true), reached(c.None, none, false))
}

// reached asks that an entity has a link that passes, or has none.
func reached(w *LinkWhere, t *filter.Test[*Link], want bool) filter.Test[*EntityBase] {
	if t == nil {
		return nil
	}
	kinds, direction := kindSetOf(w.kinds()), w.direction()
	return func(e *EntityBase) bool {
		for l := range e.linksOf(kinds, direction) {
			if t.Passes(l) {
				return want
			}
		}
		return !want
	}
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

func (w *LinkWhere) test(f *filter.Compiler) (t filter.Test[*Link]) {
	if w == nil {
		return nil
	}
	f.Level(func() {
		t = filter.All(
			filter.Branches(f, w.And, w.Or, w.Not, (*LinkWhere).test),
			filter.Of(filter.OneID(f, w.ID), (*Link).ID),
			filter.Of(filter.OneOf(f, "kind", w.Kind), (*Link).Kind),
			filter.Of(filter.OneOf(f, "status", w.Status), (*Link).Status),
			filter.Of(filter.OneOf(f, "hedge", w.Hedge), (*Link).Hedge),
			filter.Of(filter.OneOf(f, "reliability", w.Reliability), (*Link).Reliability),
			filter.Of(w.Credibility.Test(f, "credibility"), (*Link).Credibility),
			filter.Is(f.Flag(w.Disputed, "disputed"), (*Link).Disputed),
			filter.Is(f.Flag(w.Contested, "contested"), (*Link).Contested),
			filter.Of(filter.OneOf(f, "bearing", w.Bearing), (*Link).Bearing),
			filter.Of(w.IndependentSources.Test(f, "independentSources"), (*Link).IndependentSources),
			filter.Of(filter.SomeOf(w.During.Test(f, "during")), (*Link).Times),
			filter.Of(filter.Given(w.Role.Test(f, "role")), (*Link).Role),
			filter.Of(filter.Given(filter.OneOf(f, "basis", w.Basis)), (*Link).Basis),
			w.reachedFrom(f),
			w.ends(f),
			filter.Of(w.Claims.test(f), func(l *Link) iter.Seq[*Claim] { return l.claims() }),
		)
	})
	return t
}

// reachedFrom asks which way a link leads from the entity that it was reached from.
func (w *LinkWhere) reachedFrom(f *filter.Compiler) filter.Test[*Link] {
	if w.Direction == nil {
		return nil
	}
	f.Leaf("direction")
	direction := *w.Direction
	return func(l *Link) bool {
		return l.from == none || direction.takes(posting{kind: l.key.kind, out: l.key.source == l.from})
	}
}

func (w *LinkWhere) ends(f *filter.Compiler) filter.Test[*Link] {
	other := refersTo(f, "other", w.Other)
	return filter.All(
		filter.Of(refersTo(f, "source", w.Source), (*Link).Source),
		filter.Of(refersTo(f, "target", w.Target), (*Link).Target),
		filter.Of(refersTo(f, "attributor", w.Attributor), (*Link).Attributor),
		either(other),
	)
}

// either asks a test of the far end of a link, or of both ends of one that was reached
// from none.
func either(t filter.Test[Entity]) filter.Test[*Link] {
	if t == nil {
		return nil
	}
	return func(l *Link) bool {
		if l.from == none {
			return t(l.Source()) || t(l.Target())
		}
		return t(l.Other())
	}
}

func (c *ClaimCondition) test(f *filter.Compiler) filter.Test[iter.Seq[*Claim]] {
	if c == nil {
		return nil
	}
	some, none := conditions(f, "claims", c.Some, c.None, (*ClaimWhere).test)
	return filter.Found(some, none, func(claims iter.Seq[*Claim]) iter.Seq[*Claim] { return claims })
}

// named are the predicates by which claims name entities that a condition asks for: claims
// under them are in no list that does not.
func (w *ClaimWhere) named() kindSet {
	if w == nil {
		return nil
	}
	var set kindSet
	add := func(p graph.Predicate) {
		if p.Spec().Naming {
			if set == nil {
				set = kindSet{}
			}
			set[codeOf[p]] = true
		}
	}
	if f := w.Predicate; f != nil {
		if f.Eq != nil {
			add(*f.Eq)
		}
		for _, p := range f.In {
			add(p)
		}
	}
	for _, part := range slices.Concat(w.And, w.Or) {
		for code := range part.named() {
			add(code.predicate())
		}
	}
	return set
}

// named are those of either condition.
func (c *ClaimCondition) named() kindSet {
	if c == nil {
		return nil
	}
	both := ClaimWhere{Or: []*ClaimWhere{c.Some, c.None}}
	return both.named()
}

func (w *ClaimWhere) test(f *filter.Compiler) (t filter.Test[*Claim]) {
	if w == nil {
		return nil
	}
	f.Level(func() {
		t = filter.All(
			filter.Branches(f, w.And, w.Or, w.Not, (*ClaimWhere).test),
			filter.Of(filter.OneID(f, w.ID), (*Claim).ID),
			filter.Of(filter.Given(w.Label.Test(f, "label")), (*Claim).Label),
			filter.Of(filter.OneOf(f, "predicate", w.Predicate), (*Claim).Predicate),
			filter.Of(filter.OneOf(f, "hedge", w.Hedge), (*Claim).Hedge),
			filter.Of(filter.OneOf(f, "polarity", w.Polarity), (*Claim).Polarity),
			filter.Of(w.Credibility.Test(f, "credibility"), (*Claim).Credibility),
			filter.Of(filter.Given(w.Locator.Test(f, "locator")), func(c *Claim) *string { return text(c.rec().Locator) }),
			filter.Of(filter.SomeOf(w.Text.Test(f, "text")), (*Claim).texts),
			filter.Is(f.Flag(w.Contradicted, "contradicted"), func(c *Claim) bool { return c.line == nil && c.v.contradicted(c.row) }),
			filter.Of(w.During.Test(f, "during"), func(c *Claim) graph.Span { return c.rec().Times() }),
			filter.Of(w.Sequence.Test(f, "sequence"), func(c *Claim) int { return int(c.Sequence()) }),
			w.refers(f),
		)
	})
	if t == nil {
		return nil
	}
	own := t
	return func(c *Claim) bool {
		c.keep()
		return own(c)
	}
}

// texts are what a claim says in words: its text, the excerpt, and the text of its value.
func (c *Claim) texts() []string {
	r := c.rec()
	if r.Value == nil {
		return []string{r.Text, r.Excerpt}
	}
	return []string{r.Text, r.Excerpt, r.Value.Text}
}

func (w *ClaimWhere) refers(f *filter.Compiler) filter.Test[*Claim] {
	about := refersTo(f, "about", w.About)
	var end filter.Test[*Claim]
	if about != nil {
		end = func(c *Claim) bool { return about(c.Subject()) || about(c.Object()) }
	}
	return filter.All(
		filter.Of(refersTo(f, "subject", w.Subject), (*Claim).Subject),
		filter.Of(refersTo(f, "object", w.Object), (*Claim).Object),
		filter.Of(refersTo(f, "speaker", w.Speaker), (*Claim).Speaker),
		filter.Of(filter.Given(w.SpeakerText.Test(f, "speakerText")), (*Claim).SpeakerText),
		end,
		filter.Of(readIn(f, "source", w.Source), (*Claim).Source),
		filter.Of(readIn(f, "origin", w.Origin), (*Claim).Origin),
	)
}

func (w *SourceWhere) test(f *filter.Compiler) (t filter.Test[*Source]) {
	if w == nil {
		return nil
	}
	f.Level(func() {
		t = filter.All(
			filter.Branches(f, w.And, w.Or, w.Not, (*SourceWhere).test),
			filter.Of(filter.OneID(f, w.ID), (*Source).ID),
			filter.Of(filter.OneOf(f, "kind", w.Kind), (*Source).Kind),
			filter.Of(w.Title.Test(f, "title"), (*Source).Title),
			filter.Of(filter.Given(w.Publisher.Test(f, "publisher")), (*Source).Publisher),
			filter.Of(filter.OneOf(f, "reliability", w.Reliability), (*Source).Reliability),
			filter.Of(dated(w.Published.Test(f, "published")), (*Source).Published),
			filter.Is(f.Flag(w.Withdrawn, "withdrawn"), (*Source).Withdrawn),
		)
	})
	return t
}

// refersTo is the test of an entity that another record refers to; one that is not there
// passes none, and what asks nothing is nil.
func refersTo(f *filter.Compiler, name string, w *EntityWhere) (t filter.Test[Entity]) {
	if w == nil {
		return nil
	}
	f.At(name, func() {
		before := f.Leaves()
		own := w.test(f)
		if own == nil {
			return
		}
		slots := testSlots * (1 + f.Leaves() - before)
		t = func(e Entity) bool { return e != nil && e.Base().v.meter.Continue(slots) && own(e.Base()) }
	})
	return t
}

// readIn is the test of a source that a claim refers to; one that is not there passes
// none, and what asks nothing is nil.
func readIn(f *filter.Compiler, name string, w *SourceWhere) (t filter.Test[*Source]) {
	if w == nil {
		return nil
	}
	f.At(name, func() {
		before := f.Leaves()
		own := w.test(f)
		if own == nil {
			return
		}
		slots := testSlots * (1 + f.Leaves() - before)
		t = func(s *Source) bool { return s != nil && s.v.meter.Continue(slots) && own(s) }
	})
	return t
}
