package live

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
)

// Node is anything with an id: an entity, a source, a claim or a link.
type Node interface{ IsNode() }

// Entity is an entity of any kind: *Group, *Individual and so on, each of
// which embeds *EntityBase.
type Entity interface {
	Node
	IsEntity()
	// Base is what all kinds have in common.
	Base() *EntityBase
}

// EntityBase is an entity as the view sees it: all that one representative stands for.
type EntityBase struct {
	v   *View
	row EntityRow
}

// The kinds of entity, each with the fields of its own.
type (
	Group        struct{ *EntityBase }
	Individual   struct{ *EntityBase }
	Madressah    struct{ *EntityBase }
	Organisation struct{ *EntityBase }
	Incident     struct{ *EntityBase }
	Place        struct{ *EntityBase }
	Designation  struct{ *EntityBase }
)

// IsNode marks a Node.
func (*EntityBase) IsNode() {}

// IsEntity marks an Entity.
func (*EntityBase) IsEntity() {}

// Base is the entity itself.
func (e *EntityBase) Base() *EntityBase { return e }

// View is what the entity is seen through.
func (e *EntityBase) View() *View { return e.v }

// typed wraps an entity in the type of its kind.
func typed(e *EntityBase) Entity {
	switch e.Kind() {
	case graph.Group:
		return &Group{e}
	case graph.Individual:
		return &Individual{e}
	case graph.Madressah:
		return &Madressah{e}
	case graph.Organisation:
		return &Organisation{e}
	case graph.Incident:
		return &Incident{e}
	case graph.Place:
		return &Place{e}
	}
	return &Designation{e}
}

func (v *View) entity(row EntityRow) Entity { return typed(&EntityBase{v, row}) }

// Entity finds an entity by its id, or by that of one that is the same.
func (v *View) Entity(id graph.ID) (Entity, bool) {
	row, ok := v.g.entityIndex.get(id)
	if !ok || !v.entityExists(row) {
		return nil, false
	}
	return v.entity(v.resolution.of(row)), true
}

// Entities yields the entities of the kinds, or of all kinds when none is named,
// in the order of recording within each kind. What is the same as something else is
// yielded once, and what is retired not at all.
func (v *View) Entities(kinds ...graph.EntityKind) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for row := range v.EntityRowsOf(kinds...) {
			if !yield(v.entity(row)) {
				return
			}
		}
	}
}

// EntityRowsOf yields the rows of Entities.
func (v *View) EntityRowsOf(kinds ...graph.EntityKind) iter.Seq[EntityRow] {
	if len(kinds) == 0 {
		kinds = graph.EntityKinds
	}
	return func(yield func(EntityRow) bool) {
		for _, k := range kinds {
			rows := v.g.byKind[k]
			if rows == nil {
				continue
			}
			for _, row := range rows.all() {
				if row >= v.sizes.entities || !v.meter.Continue(entitySlots) {
					break
				}
				if v.entityExists(row) && v.resolution.of(row) == row && !v.gone(row) && !yield(row) {
					return
				}
			}
		}
	}
}

func (e *EntityBase) record() *graph.Entity { return e.v.entityVersion(e.row).merged }

// ID is the entity's slug.
func (e *EntityBase) ID() graph.ID { return e.v.g.entities.at(e.row).id }

// Kind is what sort of thing it is.
func (e *EntityBase) Kind() graph.EntityKind { return e.v.KindAt(e.row) }

// SameIDs are the ids of all entities that this one stands for, its own first.
func (e *EntityBase) SameIDs() []graph.ID {
	out := []graph.ID{}
	for _, row := range e.v.resolution.cluster(e.row) {
		out = append(out, e.v.g.entities.at(row).id)
	}
	return out
}

// SameBy are the claims by which all that the entity stands for are the same, oldest first.
func (e *EntityBase) SameBy() []*Claim {
	if e.v.resolution == nil {
		return []*Claim{}
	}
	return e.v.claimsIn(e.v.resolution.sameBy[e.row])
}

// Representation says how definite the entity is.
func (e *EntityBase) Representation() graph.Representation {
	if r := e.record().Representation; r != "" {
		return r
	}
	return graph.Named
}

// Marking is the strictest marking in force of what is recorded of the entity, and of all
// that it stands for.
func (e *EntityBase) Marking() graph.Marking {
	strictest := level(0)
	for _, row := range e.v.resolution.cluster(e.row) {
		strictest = max(strictest, e.v.entityVersion(row).marking)
	}
	return graph.Markings[strictest]
}

// firstRecorded is the commit that recorded the entity, for ordering.
func (e *EntityBase) firstRecorded() commitRow {
	return e.v.g.entities.at(e.row).versions.all()[0].commit
}

// postings yields the links and attributes of a representative of which a claim is
// visible, each once, in the order of recording.
func (v *View) postings(e EntityRow) iter.Seq[posting] {
	members := v.resolution.cluster(e)
	for _, m := range members[:len(members):len(members)] {
		members = append(members, v.silentAt(m)...)
	}
	if len(members) == 1 && (v.retired == nil || len(v.retired.parts) == 0) {
		return v.memberPostings(e, e) // rows are in the order of recording
	}
	var list []orderedPosting
	for _, m := range members {
		for p := range v.memberPostings(m, e) {
			if order := v.order(p.link); order != none {
				list = append(list, orderedPosting{p, order})
			}
		}
	}
	slices.SortFunc(list, func(a, b orderedPosting) int { return cmp.Compare(a.order, b.order) })
	return func(yield func(posting) bool) {
		for _, p := range list {
			if !yield(p.posting) {
				return
			}
		}
	}
}

type orderedPosting struct {
	posting
	order ClaimRow
}

// memberPostings yields the postings of one member of the cluster that e stands for, by
// row.
func (v *View) memberPostings(member, e EntityRow) iter.Seq[posting] {
	return func(yield func(posting) bool) {
		list := v.ownPostings(member)
		if !v.meter.Continue(len(list)) {
			return
		}
		for _, p := range list {
			if v.retired != nil && v.retired.split[p.link] != nil {
				if !v.partPostings(p, e, yield) {
					return
				}
				continue
			}
			if v.resolution != nil && !v.resolution.resolve(&p, e) {
				continue
			}
			if !yield(p) {
				return
			}
		}
	}
}

// partPostings yields those of the parts of a link.
func (v *View) partPostings(p posting, e EntityRow, yield func(posting) bool) bool {
	for _, row := range v.retired.split[p.link] {
		part := p
		part.link = row
		if v.resolution.resolve(&part, e) && !yield(part) {
			return false
		}
	}
	return true
}

// resolve puts a posting of e in terms of representatives; false when the link vanishes,
// or when another row stands for it.
func (s *resolution) resolve(p *posting, e EntityRow) bool {
	c := s.links[p.link]
	if c == nil {
		return true
	}
	if c.key.source == c.key.target || c.rows[0] != p.link || c.lost && !s.retired.gone(e) {
		return false
	}
	if c.key.source != e && c.key.target != e {
		return false // it is read elsewhere
	}
	p.out, p.other = c.key.source == e, c.key.source
	if p.out {
		p.other = c.key.target
	}
	return true
}

// EachLink calls f for the entity's visible links of the kinds (all when nil), as
// reached from it, until f returns false.
func (e *EntityBase) EachLink(kinds []graph.Predicate, direction Direction, f func(*Link) bool) {
	for l := range e.links(kinds, direction) {
		if !f(l) {
			return
		}
	}
}

// links yields the entity's visible links of the kinds (all when nil) in the direction,
// as reached from it.
func (e *EntityBase) links(kinds []graph.Predicate, direction Direction) iter.Seq[*Link] {
	return e.linksOf(kindSetOf(kinds), direction)
}

func (e *EntityBase) linksOf(wanted kindSet, direction Direction) iter.Seq[*Link] {
	return func(yield func(*Link) bool) {
		for p := range e.v.postings(e.row) {
			if p.other == none || !wanted.has(p.kind) || !direction.takes(p) {
				continue
			}
			l, ok := e.v.visibleLink(p.link, nil)
			if !e.v.meter.Continue(LinkSlots) {
				return
			}
			if ok {
				l.from = e.row
				if !yield(l) {
					return
				}
			}
		}
	}
}

// kindSet is a set of predicates; nil is all of them.
type kindSet map[KindCode]bool

func kindSetOf(kinds []graph.Predicate) kindSet {
	if kinds == nil {
		return nil
	}
	set := make(kindSet, len(kinds))
	for _, k := range kinds {
		if code, ok := codeOf[k]; ok {
			set[code] = true
		}
	}
	return set
}

func (s kindSet) has(kind KindCode) bool { return s == nil || s[kind] }

// Direction says which way links are read.
type Direction string

// The directions.
const (
	Out  Direction = "OUT"
	In   Direction = "IN"
	Both Direction = "BOTH"
)

// takes reports whether the direction takes the posting; a symmetric link goes both
// ways.
func (d Direction) takes(p posting) bool {
	if d == "" || d == Both || p.kind.spec().Symmetric {
		return true
	}
	return p.out == (d == Out)
}

// CountedClaims yields the claims about the entity that count, oldest first, without those
// that name or describe it.
func (e *EntityBase) CountedClaims() iter.Seq[*Claim] { return e.countedClaims(nil) }

// countedClaims is CountedClaims with those that name it under some predicates, what lines
// say first.
func (e *EntityBase) countedClaims(named kindSet) iter.Seq[*Claim] {
	return func(yield func(*Claim) bool) {
		for _, m := range e.v.resolution.cluster(e.row) {
			if !e.v.yieldLines(m, named, yield) {
				return
			}
		}
		for _, r := range e.claimRows(named) {
			if !yield(&Claim{v: e.v, row: r}) {
				return
			}
		}
	}
}

// everyClaim yields the rows of the claims about the entity that may be asked for, counting
// or not.
func (e *EntityBase) everyClaim(named kindSet) iter.Seq[ClaimRow] {
	return func(yield func(ClaimRow) bool) {
		for p := range e.v.postings(e.row) {
			link, ok := e.v.resolveLink(p.link)
			if !ok || p.kind.spec().Naming && !named[p.kind] {
				continue
			}
			for r := range (&Link{v: e.v, rows: link.rows}).everyClaim() {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// claimRows are the claims about the entity that count, oldest first: those in which it is
// subject or object, and of those that name it the ones under some predicates.
func (e *EntityBase) claimRows(named kindSet) []ClaimRow {
	var out []ClaimRow
	for p := range e.v.postings(e.row) {
		if p.kind.spec().Naming && !named[p.kind] {
			continue
		}
		link, ok := e.v.resolveLink(p.link)
		if !ok {
			continue
		}
		for _, row := range link.rows {
			for r := range e.v.claimsOf(row) {
				if !e.v.meter.Continue(claimSlots) {
					return nil
				}
				if e.v.passes(r) {
					out = append(out, r)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// vitals are the attributes that say when something began and ended.
var vitals = []graph.Predicate{graph.Birth, graph.Death, graph.FoundedOn, graph.DissolvedOn}

// livesOf are the lives of an entity, and of what is the same, as claims give them that count,
// whatever day the lens asks for: when something began is so on every day. Nil where none do.
func (v *View) livesOf(row EntityRow) interval.Lives {
	if !v.isVital(row) {
		return nil
	}
	at := v.kept.lives.at(row)
	if lives := at.Load(); lives != nil {
		return *lives
	}
	lives := v.anyDay().readLives(row)
	at.Store(&lives)
	return lives
}

// anyDay is the view without its meter, under its lens less the day that it asks for; what is the
// same as what is as on the day.
func (v *View) anyDay() *View {
	if v.lens.AsOf == nil {
		return v.Within(nil)
	}
	lens := v.lens
	lens.AsOf, lens.AsOfMode = nil, nil
	return &View{viewState: &viewState{
		r: v.r, g: v.g, sizes: v.sizes, sequence: v.sequence, lens: lens, filter: lens.Filter(),
		onlySources: v.onlySources, withoutSources: v.withoutSources, less: v.less, heard: v.heard, withdrawn: v.withdrawn,
		retired: v.retired, resolution: v.resolution, kept: v.kept,
	}}
}

// isVital reports whether some claim may say when the entity began or ended.
func (v *View) isVital(row EntityRow) bool {
	if v.resolution.alone(row) {
		return v.g.traits.at(row).isVital()
	}
	return slices.ContainsFunc(v.resolution.cluster(row), func(member EntityRow) bool {
		return v.g.traits.at(member).isVital() ||
			slices.ContainsFunc(v.silentAt(member), func(r EntityRow) bool { return v.g.traits.at(r).isVital() })
	})
}

// alive are the days on which both ends of the link lived, as far as that cuts it.
func (l *Link) alive(c interval.Cutting) interval.Days {
	if !endsWithLife[l.key.kind] || !l.v.isVital(l.key.source) && !l.v.isVital(l.key.target) {
		return interval.Always
	}
	source, target, c := l.lives(c)
	if source == nil && target == nil {
		return interval.Always
	}
	return c.Leaves(source).And(c.Leaves(target))
}

// lives are those of the ends of the link, and how they cut it; nil where they do not.
func (l *Link) lives(how interval.Cutting) (source, target interval.Lives, c interval.Cutting) {
	if how.Begin, how.End = l.key.kind.spec().Bearing.CutByLife(); !how.Begin || l.fold.Affirmed == 0 {
		return nil, nil, how
	}
	best := l.bestEvidence()
	how.Grade = interval.GradeOf(&best)
	return l.v.livesOf(l.key.source), l.v.livesOf(l.key.target), how
}

// livesOn reports whether both ends of the link lived on a day, as far as that cuts it.
func (l *Link) livesOn(day graph.Day, certainly bool) bool {
	if !endsWithLife[l.key.kind] || l.v.surelyLives(l.key.source, day) && l.v.surelyLives(l.key.target, day) {
		return true
	}
	source, target, c := l.lives(interval.Cutting{Certainly: certainly})
	return c.Keeps(source, day) && c.Keeps(target, day)
}

// surelyLives reports whether no claim puts a day outside the life of an entity, whichever of
// them count.
func (v *View) surelyLives(row EntityRow, day graph.Day) bool {
	if !v.resolution.alone(row) {
		return !v.isVital(row)
	}
	return v.g.traits.at(row).livesOn(day)
}

func (v *View) readLives(row EntityRow) interval.Lives {
	said, plain := v.plainVitals(row)
	if !plain {
		said = v.vitals(row)
	}
	if v.KindAt(row) == graph.Individual {
		return interval.LifeOf(said[0], said[1])
	}
	return interval.LivesOf(said[2], said[3])
}

// saidVitals are what claims say that count, by place in vitals.
type saidVitals [4][]interval.Vital

// vitals are the values that nothing disputes.
func (v *View) vitals(row EntityRow) (said saidVitals) {
	for _, a := range (&EntityBase{v, row}).attributes(vitals) {
		if a.fold.Affirmed == 0 || a.Disputed() || a.value == nil || a.value.Date.IsZero() {
			continue
		}
		best := a.bestEvidence()
		date := graph.Span{Earliest: a.value.Date.Earliest, Latest: a.value.Date.Latest}
		said.add(a.predicate, interval.Vital{Date: date, Grade: interval.GradeOf(&best)})
	}
	return said
}

func (s *saidVitals) add(p graph.Predicate, is interval.Vital) {
	i := slices.Index(vitals, p)
	s[i] = append(s[i], is)
}

// plainVitals is vitals where each value has one claim, which affirms it, and nothing is said
// of that; false when it is not so simple.
func (v *View) plainVitals(row EntityRow) (said saidVitals, ok bool) {
	if !v.resolution.alone(row) || v.lens.MinIndependentSources != nil {
		return said, false
	}
	for _, is := range v.g.entities.at(row).vital.all() {
		if c := v.g.claims.at(is.claim); c.older != none || !c.plainlyAffirms() || v.g.links.at(is.link).newest.Load() != is.claim {
			return said, false
		}
		if e, reason, known := v.assess(is.claim); known && reason == "" {
			said.add(is.kind.predicate(), interval.Vital{Date: is.is, Grade: interval.GradeOf(&e)})
		}
	}
	return said, true
}

// surelyLived is between all days on which claims have an end of a link begin and those on which
// they have one end, whichever of them count; Earliest is after Latest where nothing is, or where
// that is not so simple.
func (v *View) surelyLived(source, target EntityRow) graph.Span {
	if !v.resolution.alone(source) && v.isVital(source) || !v.resolution.alone(target) && v.isVital(target) {
		return graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenStart}
	}
	lived := interval.Always[0]
	for _, end := range []EntityRow{source, target} {
		if t := v.g.traits.at(end); v.resolution.alone(end) {
			lived.Earliest = max(lived.Earliest, graph.Day(t.begun.Load()))
			lived.Latest = min(lived.Latest, graph.Day(t.lasting.Load()))
		}
	}
	return lived
}

// covers reports whether the days of one span are among those of another.
func covers(s, o graph.Span) bool { return s.Earliest <= o.Earliest && o.Latest <= s.Latest }

// uncut reports whether no life cuts anything of some time at which the link held, whichever claims
// say when its ends lived.
func (l *Link) uncut(is graph.Span) bool {
	return !endsWithLife[l.key.kind] || covers(l.v.surelyLived(l.key.source, l.key.target), is)
}

func (l *Link) allUncut(list []interval.Interval) bool {
	for i := range list {
		if !l.uncut(list[i].Bounds()) {
			return false
		}
	}
	return true
}

// lived is what lives leave of some times at which the link held.
func (l *Link) lived(list []interval.Interval) []interval.Interval {
	if l.allUncut(list) {
		return list
	}
	return interval.Cut(list, l.alive(interval.Cutting{}))
}

// surelyHeld reports whether each claim of a link leaves it a day on which both ends lived,
// whichever claims count.
func (v *View) surelyHeld(row LinkRow) bool {
	if v.resolution != nil {
		return false
	}
	l := v.linkRecord(row)
	lived := v.surelyLived(l.source, l.target)
	for r := l.newest.Load(); r != none; {
		c := v.g.claims.at(r)
		if !c.grade.undated() && max(c.from, int32(lived.Earliest)) > min(c.to, int32(lived.Latest)) {
			return false
		}
		r = c.older
	}
	return true
}
