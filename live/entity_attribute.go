package live

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
)

// Attribute is one value that claims give a predicate of an entity. Several
// values of one predicate stand side by side.
type Attribute struct {
	v         *View
	predicate graph.Predicate
	value     *graph.Value
	fold      graph.Fold
	rows      []ClaimRow
	rival     bool // another value of the predicate is affirmed
	dated     bool // it is that of claims of the same dates
}

// Attributes are the values of the predicates (all but those that name when nil) under the lens, or under
// the entity's own for nil: best first within each predicate, predicates in the order of
// the vocabulary.
func (e *EntityBase) Attributes(predicates []graph.Predicate, lens *graph.Lens) ([]*Attribute, error) {
	e, err := e.Through(lens, e.v.meter)
	if err != nil || e == nil {
		return []*Attribute{}, err
	}
	return e.attributes(predicates), nil
}

func (e *EntityBase) attributes(predicates []graph.Predicate) []*Attribute {
	return e.attributesBy(predicates, false)
}

// attributesBy is attributes, where what claims of different dates say is told apart if that
// is asked for.
func (e *EntityBase) attributesBy(predicates []graph.Predicate, dates bool) []*Attribute {
	wanted := kindSetOf(predicates)
	byKind := map[KindCode]*valueSet{}
	for p := range e.v.postings(e.row) {
		if p.other != none || !wanted.has(p.kind) || wanted == nil && p.kind.spec().Naming {
			continue
		}
		s := byKind[p.kind]
		if s == nil {
			s = &valueSet{v: e.v, dates: dates, index: map[string]int{}}
			byKind[p.kind] = s
		}
		if link, ok := e.v.resolveLink(p.link); ok {
			s.add(link.rows, p.kind.predicate())
		}
	}
	out := []*Attribute{}
	for kind := range vocabulary {
		if s := byKind[KindCode(kind)]; s != nil {
			out = append(out, s.sorted()...)
		}
	}
	return out
}

// valueSet groups the claims of one predicate by value, and by dates if that is asked for.
type valueSet struct {
	v     *View
	dates bool
	list  []*Attribute
	index map[string]int
}

func (s *valueSet) add(rows []LinkRow, p graph.Predicate) {
	for _, row := range rows {
		for r := range s.v.claimsOf(row) {
			e, reason, known := s.v.assess(r)
			if !known || reason != "" {
				continue
			}
			s.at(s.v.encoded(r), p).add(r, e)
		}
	}
}

// at is the attribute of the value that a claim gives.
func (s *valueSet) at(c encodedClaim, p graph.Predicate) *Attribute {
	value := c.field("value")
	key := string(value)
	if s.dates {
		key += "\n" + c.text("validFrom") + "\n" + c.text("validTo")
	}
	i, ok := s.index[key]
	if !ok {
		i = len(s.list)
		s.index[key] = i
		s.list = append(s.list, &Attribute{v: s.v, predicate: p, value: decodedValue(value), dated: s.dates})
	}
	return s.list[i]
}

// decodedValue is a value from its canonical form; nil for none.
func decodedValue(text []byte) *graph.Value {
	if text == nil {
		return nil
	}
	value, err := graph.Decode[graph.Value](text)
	if err != nil {
		panic("live: a value that was encoded cannot be decoded: " + err.Error())
	}
	return &value
}

// add counts a claim that gives the value.
func (a *Attribute) add(r ClaimRow, e graph.Evidence) {
	a.v.foldClaim(&a.fold, &e)
	a.rows = append(a.rows, r)
}

// weigh says of each claim that affirms the value what stands against it.
func (a *Attribute) weigh() {
	if a.fold.Affirmed == 0 || a.fold.Denied == 0 && !a.fold.Named {
		return
	}
	o := opposition{v: a.v, accused: none, denied: a.evidence(graph.Denied)}
	for _, e := range a.evidence(graph.Affirmed) {
		if against := o.to(&e); len(against) > 0 {
			a.fold.Weigh(&e, against)
		}
	}
}

// evidence is that of the claims of a polarity, oldest first.
func (a *Attribute) evidence(polarity graph.Polarity) (out []graph.Evidence) {
	for _, r := range a.rows {
		if e, _, _ := a.v.assess(r); graph.Polarities[e.Polarity] == polarity {
			out = append(out, e)
		}
	}
	return out
}

// sorted are the values that the lens shows, best first: affirmed, then by
// credibility, reliability, later publication, id. A value that claims only find
// no evidence for stays: that is an answer too.
func (s *valueSet) sorted() []*Attribute {
	affirmed := 0
	for _, a := range s.list {
		slices.Sort(a.rows)
		a.weigh()
		if a.fold.Affirmed > 0 {
			affirmed++
		}
	}
	out := s.list[:0:0]
	for _, a := range s.list {
		a.rival = affirmed > 1 && a.fold.Affirmed > 0
		if a.fold.Status() == "" || a.fold.Hidden(&s.v.lens, a.IndependentSources) == "" {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, compareAttributes)
	return out
}

func compareAttributes(a, b *Attribute) int {
	ae, be := a.bestEvidence(), b.bestEvidence()
	if c := cmp.Or(cmp.Compare(a.rank(), b.rank()),
		cmp.Compare(ae.Credibility, be.Credibility), cmp.Compare(ae.Reliability, be.Reliability),
		-cmp.Compare(a.published(), b.published())); c != 0 {
		return c
	}
	return cmp.Compare(a.bestID(), b.bestID()) // ids are read from the records
}

// rank puts affirmed values first, then denied ones, then those without evidence.
func (a *Attribute) rank() int {
	switch {
	case a.fold.Affirmed > 0:
		return 0
	case a.fold.Denied > 0:
		return 1
	}
	return 2
}

func (a *Attribute) bestEvidence() graph.Evidence {
	if e, ok := a.fold.Best(); ok {
		return e
	}
	best, _, _ := a.v.assess(a.rows[0])
	for _, r := range a.rows[1:] {
		if e, _, _ := a.v.assess(r); e.Compare(&best) < 0 {
			best = e
		}
	}
	return best
}

// published is when the best claim's source appeared; unknown counts as first.
func (a *Attribute) published() graph.Day {
	if p := a.bestEvidence().Published; p != graph.OpenEnd {
		return p
	}
	return graph.OpenStart
}

func (a *Attribute) bestID() graph.ID { return a.v.record(rowOf(a.bestEvidence())).ID }

// Predicate says what the value is of.
func (a *Attribute) Predicate() graph.Predicate { return a.predicate }

// Value is what claims say.
func (a *Attribute) Value() *Value { return valueOf(a.value) }

// Polarity is AFFIRMED, else DENIED when claims only deny the value, else
// NO_EVIDENCE.
func (a *Attribute) Polarity() graph.Polarity { return graph.Polarities[a.rank()] }

// Credibility is that of the best claim.
func (a *Attribute) Credibility() int { return int(a.bestEvidence().Credibility) }

// Hedge is how the best claim is worded.
func (a *Attribute) Hedge() graph.Hedge { return graph.Hedges[a.bestEvidence().Hedge] }

// Disputed reports whether every claim that affirms the value is outweighed: one as good or
// better stands against it.
func (a *Attribute) Disputed() bool { return a.fold.Disputed() }

// Contested reports whether the value is not disputed, though claims stand against some of
// those that affirm it.
func (a *Attribute) Contested() bool { return a.fold.Contested() }

// Rivalled reports whether claims give the predicate another value too.
func (a *Attribute) Rivalled() bool { return a.rival }

// Marking is the strictest marking among the claims used.
func (a *Attribute) Marking() graph.Marking { return graph.Markings[a.fold.Marking()] }

// IndependentSources counts the sources that affirm the value, those once that derive from
// one another or have it of one speaker.
func (a *Attribute) IndependentSources() int {
	if a.fold.Affirmed <= 1 {
		return a.fold.Affirmed
	}
	var affirming []ClaimRow
	for _, r := range a.rows {
		if a.v.polarity(r) == graph.Affirmed {
			affirming = append(affirming, r)
		}
	}
	return a.v.independent(affirming)
}

// Claims are the claims that give the value and count, oldest first.
func (a *Attribute) Claims() []*Claim {
	out := make([]*Claim, len(a.rows))
	for i, r := range a.rows {
		out[i] = a.v.claim(r)
	}
	return out
}

// values yields the affirmed values of one predicate, best first.
func (e *EntityBase) values(p graph.Predicate) iter.Seq[*Attribute] {
	return func(yield func(*Attribute) bool) {
		yieldAffirmed(e.attributes([]graph.Predicate{p}), yield)
	}
}

func yieldAffirmed(list []*Attribute, yield func(*Attribute) bool) {
	for _, a := range list {
		if a.fold.Affirmed > 0 && !yield(a) {
			return
		}
	}
}

// value is the best affirmed value of the predicate, or nil.
func (e *EntityBase) value(p graph.Predicate) *graph.Value {
	for a := range e.values(p) {
		return a.value
	}
	return nil
}

// text is the best affirmed text of the predicate, or nil.
func (e *EntityBase) text(p graph.Predicate) *string {
	if v := e.value(p); v != nil {
		return text(v.Text)
	}
	return nil
}

// date is the best affirmed date of the predicate, or nil.
func (e *EntityBase) date(p graph.Predicate) *graph.PartialDate {
	if v := e.value(p); v != nil {
		return date(v.Date)
	}
	return nil
}

// texts are all affirmed texts of the predicate, best first.
func (e *EntityBase) texts(p graph.Predicate) []string {
	out := []string{}
	for a := range e.values(p) {
		out = append(out, a.value.Text)
	}
	return out
}

// vitals are the attributes that say when something began and ended.
var vitals = []graph.Predicate{graph.Birth, graph.Death, graph.FoundedOn, graph.DissolvedOn}

// livesOf are the lives of an entity, and of what is the same, as claims give them that count,
// whatever day the lens asks for: when something began is so on every day. Nil where none do.
func (v *View) livesOf(row EntityRow) interval.Lives {
	if !v.isVital(row) {
		return nil
	}
	if lives, ok := v.lives.Load(row); ok {
		return lives.(interval.Lives)
	}
	any := v.anyDay()
	lives := any.Within(nil).readLives(any.resolution.of(row))
	v.lives.Store(row, lives)
	return lives
}

// anyDay is the view under its lens less the day that it asks for.
func (v *View) anyDay() *View {
	if v.lens.AsOf == nil {
		return v
	}
	lens := v.lens
	lens.AsOf, lens.AsOfMode = nil, nil
	any, err := v.With(&lens)
	if err != nil {
		panic("live: a lens that was taken is refused: " + err.Error())
	}
	return any
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
	begin, _ := l.key.kind.spec().Bearing.CutByLife()
	if !begin || l.v.surelyLives(l.key.source, day) && l.v.surelyLives(l.key.target, day) {
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
