package live

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Attribute is one value that claims give a predicate of an entity. Several
// values of one predicate stand side by side.
type Attribute struct {
	v         *View
	predicate graph.Predicate
	value     *graph.Value
	fold      graph.Fold
	rows      []ClaimRow
	lines     []said        // what only lines of entities say
	naming    *graph.Naming // the best of what is said, of a predicate that names or describes
	recorded  bool          // it is as recorded, beside whatever else says so
	rival     bool          // another value of the predicate is affirmed
	dated     bool          // it is that of claims of the same dates
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
	if wanted != nil && e.alone() {
		return e.ownAttributes(wanted, dates)
	}
	var sets []*valueSet // few: an entity has attributes of few kinds
	for kind := range wanted {
		if kind.spec().Naming {
			s := &valueSet{v: e.v, at: e.row, kind: kind}
			s.addLines(e, kind.predicate())
			sets = append(sets, s)
		}
	}
	for p := range e.v.postings(e.row) {
		if p.other != none || !wanted.has(p.kind) || wanted == nil && p.kind.spec().Naming {
			continue
		}
		i := slices.IndexFunc(sets, func(s *valueSet) bool { return s.kind == p.kind })
		if i < 0 {
			i, sets = len(sets), append(sets, &valueSet{v: e.v, at: e.row, kind: p.kind, dates: dates})
		}
		if link, ok := e.v.resolveLink(p.link); ok {
			sets[i].add(link.rows, p.kind.predicate())
		}
	}
	slices.SortFunc(sets, func(a, b *valueSet) int { return cmp.Compare(a.kind, b.kind) })
	out := []*Attribute{}
	for _, s := range sets {
		out = append(out, s.sorted()...)
	}
	return out
}

// ownAttributes is attributesBy of an entity that is alone: what claims say of a predicate is
// in one row.
func (e *EntityBase) ownAttributes(wanted kindSet, dates bool) []*Attribute {
	out := []*Attribute{}
	for _, kind := range slices.Sorted(maps.Keys(wanted)) {
		out = append(out, e.attributesOf(kind, dates)...)
	}
	return out
}

// alone reports whether nothing is the same as the entity, and nothing is retired.
func (e *EntityBase) alone() bool { return e.v.retired == nil && e.v.resolution.alone(e.row) }

// attributesOf is ownAttributes of one predicate.
func (e *EntityBase) attributesOf(kind KindCode, dates bool) []*Attribute {
	if !e.v.meter.Continue(1) {
		return []*Attribute{}
	}
	p, naming := kind.predicate(), kind.spec().Naming
	row, ok := e.v.g.linkIndex.get(linkKey{kind: kind, source: e.row, target: none})
	if naming && !ok {
		if list, only := e.onlyOnLine(p); only {
			return list
		}
	}
	s := valueSet{v: e.v, at: e.row, kind: kind, dates: dates && !naming}
	if naming {
		s.addLines(e, p)
	}
	if ok {
		if link, ok := e.v.resolveLink(row); ok {
			s.add(link.rows, p)
		}
	}
	return s.sorted()
}

// valueSet groups the claims of one predicate by value, and by dates if that is asked for.
type valueSet struct {
	v     *View
	at    EntityRow
	kind  KindCode
	dates bool
	list  []*Attribute
	keys  []string
	index map[string]int // of the keys, where they are many
}

// fewValues are found without an index.
const fewValues = 8

func (s *valueSet) add(rows []LinkRow, p graph.Predicate) {
	for _, row := range rows {
		for r := range s.v.claimsOf(row) {
			e, reason, known := s.v.assess(r)
			switch naming := p.Spec().Naming; {
			case !known, reason != "" && !(naming && e.AsRecorded && !e.Retracted):
			case lastLine[p] && s.v.g.claims.at(r).grade.fromLine() && graph.Polarities[e.Polarity] == graph.Affirmed: // see addLines
			case naming:
				s.given(s.v.encoded(r), p).addSaid(r, e, s.at)
			default:
				s.given(s.v.encoded(r), p).add(r, e)
			}
		}
	}
}

// given is the attribute of the value that a claim gives.
func (s *valueSet) given(c encodedClaim, p graph.Predicate) *Attribute {
	value := c.field("value")
	key := string(value)
	if p.Spec().Naming && p != graph.NameOf {
		key = encodedClaim(value).text("text")
	}
	if s.dates {
		key += "\n" + c.text("validFrom") + "\n" + c.text("validTo")
	}
	a := s.of(key, p)
	if a.value == nil {
		a.value = decodedValue(value)
	}
	return a
}

// of is the attribute of a key, which is new where there is none.
func (s *valueSet) of(key string, p graph.Predicate) *Attribute {
	if i, ok := s.find(key); ok {
		return s.list[i]
	}
	a := &Attribute{v: s.v, predicate: p, dated: s.dates}
	s.list, s.keys = append(s.list, a), append(s.keys, key)
	if s.index != nil {
		s.index[key] = len(s.list) - 1
	}
	return a
}

// find is where the attribute of a key is in the list.
func (s *valueSet) find(key string) (i int, ok bool) {
	if len(s.keys) <= fewValues {
		i = slices.Index(s.keys, key)
		return i, i >= 0
	}
	if s.index == nil {
		s.index = map[string]int{}
		for i, k := range s.keys {
			s.index[k] = i
		}
	}
	i, ok = s.index[key]
	return i, ok
}

// decodedValue is a value from its canonical form; nil for none.
func decodedValue(text []byte) *graph.Value {
	c := encodedClaim(text)
	switch {
	case text == nil:
		return nil
	case c.holdsOnly("text"):
		return &graph.Value{Text: c.text("text")}
	case c.holdsOnly("date"):
		return &graph.Value{Date: c.date("date")}
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
	if polarity == graph.Affirmed {
		for i := range a.lines {
			out = append(out, a.v.evidenceOf(&a.lines[i]))
		}
	}
	return out
}

// sorted are the values that the lens shows, best first: affirmed, then by
// credibility, reliability, later publication, id. A value that claims only find
// no evidence for stays: that is an answer too.
func (s *valueSet) sorted() []*Attribute {
	affirmed, all := 0, s.weighed()
	if len(all) == 1 && all[0].shown() {
		return all
	}
	for _, a := range all {
		if a.fold.Affirmed > 0 {
			affirmed++
		}
	}
	out := s.list[:0:0]
	for _, a := range s.list {
		a.rival = affirmed > 1 && a.fold.Affirmed > 0
		if a.shown() {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, compareAttributes)
	return out
}

// weighed are all values, whether or not the lens shows them, with what stands against each.
func (s *valueSet) weighed() []*Attribute {
	for _, a := range s.list {
		slices.Sort(a.rows)
		a.weigh()
	}
	return s.list
}

// shown reports whether the lens shows the value. What is as recorded no number of sources
// leaves out.
func (a *Attribute) shown() bool {
	if a.fold.Status() == "" || a.recorded {
		return true
	}
	return a.fold.Hidden(&a.v.lens, a.IndependentSources) == ""
}

func compareAttributes(a, b *Attribute) int {
	if c := cmp.Compare(a.rank(), b.rank()); c != 0 {
		return c
	}
	if a.naming != nil && b.naming != nil {
		return compareNamings(*a.naming, *b.naming)
	}
	ae, be := a.bestEvidence(), b.bestEvidence()
	if c := cmp.Or(cmp.Compare(ae.Credibility, be.Credibility), cmp.Compare(ae.Reliability, be.Reliability),
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
// one another or have it of one speaker. What is as recorded has none.
func (a *Attribute) IndependentSources() int {
	if a.fold.Affirmed <= 1 && a.naming == nil {
		return a.fold.Affirmed
	}
	var list []graph.Testimony[sourceRow, hearsay]
	for _, r := range a.rows {
		if c := a.v.g.claims.at(r); a.v.polarity(r) == graph.Affirmed && c.source != asRecorded {
			list = append(list, a.v.testimony(r))
		}
	}
	for i := range a.lines {
		if s := a.lines[i].source; s != asRecorded {
			list = append(list, graph.Testimony[sourceRow, hearsay]{Roots: a.v.rootsOf(s), Times: always})
		}
	}
	return graph.Independent(list)
}

// Claims are the claims that give the value and count, what lines say first, then oldest
// first.
func (a *Attribute) Claims() []*Claim {
	out := make([]*Claim, 0, len(a.lines)+len(a.rows))
	for i := range a.lines {
		out = append(out, a.v.claimOf(&a.lines[i]))
	}
	for _, r := range a.rows {
		out = append(out, a.v.claim(r))
	}
	return out
}

// values yields the affirmed values of one predicate, best first.
func (e *EntityBase) values(p graph.Predicate) iter.Seq[*Attribute] {
	return func(yield func(*Attribute) bool) {
		yieldAffirmed(e.valuesOf(p), yield)
	}
}

// valuesOf is attributes of one predicate.
func (e *EntityBase) valuesOf(p graph.Predicate) []*Attribute {
	if kind, ok := codeOf[p]; ok && e.alone() {
		return e.attributesOf(kind, false)
	}
	return e.attributes([]graph.Predicate{p})
}

func yieldAffirmed(list []*Attribute, yield func(*Attribute) bool) {
	for _, a := range list {
		if a.fold.Affirmed > 0 && !yield(a) {
			return
		}
	}
}

// affirmed are the affirmed values of one predicate, best first.
func (e *EntityBase) affirmed(p graph.Predicate) []*Attribute {
	return slices.DeleteFunc(e.valuesOf(p), func(a *Attribute) bool { return a.fold.Affirmed == 0 })
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

// BestDateOf is the best affirmed date of the predicate, or nil.
func (e *EntityBase) BestDateOf(p graph.Predicate) *graph.PartialDate {
	if v := e.value(p); v != nil {
		return date(v.Date)
	}
	return nil
}

// subtype is the best of what is said of the kind within the kind; nil where nothing is.
func (e *EntityBase) subtype() *string {
	if s, ok := e.bestValue(graph.SubtypeOf); ok {
		return text(s.text)
	}
	return nil
}

// externalIDs are the ids under which others know the entity, each once.
func (e *EntityBase) externalIDs() []string {
	out := []string{}
	for _, m := range e.v.resolution.cluster(e.row) {
		e.v.eachSaid(m, graph.ExternalID, func(s *said) {
			if s.shown() && !slices.Contains(out, s.text) {
				out = append(out, s.text)
			}
		})
	}
	return out
}

// shown reports whether a value is told: what counts, and what is as recorded.
func (s *said) shown() bool { return !s.is.Outside || s.is.AsRecorded }

// addLines adds what lines of an entity, and of what is the same, say under a predicate. Of
// descriptions and subtypes a line takes the place of one before it: the best alone is said.
func (s *valueSet) addLines(e *EntityBase, p graph.Predicate) {
	for i, m := range e.v.resolution.cluster(e.row) {
		add := func(line *said) {
			line.is.Member = uint32(i)
			a := s.of(s.keyOf(line), p)
			if a.value == nil {
				a.value = &graph.Value{Text: line.text}
				if p == graph.NameOf {
					a.value = line.claim(e.v).Value
				}
			}
			a.addLine(line)
		}
		if !lastLine[p] {
			e.v.eachOnLines(m, p, func(line *said) {
				if line.shown() {
					add(line)
				}
			})
			continue
		}
		switch best, ok := e.v.bestLine(m, p); {
		case !ok:
		case best.row == none:
			add(&best)
		default:
			evidence, _, _ := e.v.assess(best.row)
			s.given(e.v.encoded(best.row), p).addSaid(best.row, evidence, e.row)
		}
	}
}

// lastLine are the predicates of which an entity has one value on its lines.
var lastLine = map[graph.Predicate]bool{graph.Description: true, graph.SubtypeOf: true}

// bestLine is the best of what lines of an entity say under a predicate and is shown.
func (v *View) bestLine(e EntityRow, p graph.Predicate) (best said, ok bool) {
	v.eachSaid(e, p, func(s *said) {
		if s.shown() && v.isOnLine(s) && (!ok || s.is.CompareValues(best.is) < 0) {
			best, ok = *s, true
		}
	})
	return best, ok
}

// keyOf is the key of what a line says: of anything but a name, its text.
func (s *valueSet) keyOf(line *said) string {
	if line.kind != graph.NameOf {
		return line.text
	}
	c := line.claim(s.v)
	return string(encodedClaim(graph.Encode(&c)).field("value"))
}

// addLine counts what only a line says.
func (a *Attribute) addLine(line *said) {
	a.fold.Add(a.v.evidenceOf(line))
	a.lines = append(a.lines, *line)
	a.placed(line.is)
}

// evidenceOf is that of what only a line says, of no row.
func (v *View) evidenceOf(line *said) graph.Evidence {
	e := v.lineEvidence(line.source)
	e.Order, e.Marking = none, line.is.Stamp
	return e
}

// addSaid counts a claim that names or describes an entity, which stands for what is the same.
func (a *Attribute) addSaid(r ClaimRow, e graph.Evidence, at EntityRow) {
	a.add(r, e)
	if s, ok := a.v.saidBy(r); ok {
		s.is.Moved = !slices.Contains(a.v.resolution.cluster(at), s.entity)
		s.is.Member = uint32(max(0, slices.Index(a.v.resolution.cluster(at), s.entity)))
		a.placed(s.is)
	}
}

// placed notes where the value comes among others, by the best that is said for it.
func (a *Attribute) placed(is graph.Naming) {
	a.recorded = a.recorded || is.AsRecorded
	if a.naming == nil || compareNamings(is, *a.naming) < 0 {
		a.naming = &is
	}
}

// compareNamings orders what is said of entities that are the same: of the first of them
// first.
func compareNamings(a, b graph.Naming) int {
	return cmp.Or(cmp.Compare(a.Member, b.Member), a.CompareValues(b))
}
