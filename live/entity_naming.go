package live

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// said is one claim that names or describes an entity: one that was recorded as a claim, or
// one that a line of the entity stands for.
//
//	line of entity X       names: A, B    subtype: FACTION
//	                                 |
//	claims                      row 7: NAME B    row 8: RETRACTS 7
//
// What lines say is read off the lines. Once a claim refers to it, it is a row among the
// claims like any other, and the line is read without it.
type said struct {
	is     graph.Naming
	kind   graph.Predicate
	text   string
	lang   string
	source sourceRow
	row    ClaimRow // none for what only a line says
	entity EntityRow
	line   int  // the version of the entity that says it
	untime bool // the lens asks for a day on which it was not so
	late   bool // a line says it that came after the row, and adds nothing to it
}

// claimPlaces is where claims begin in graph.Naming.Record: behind lines.
const claimPlaces = 1 << 31

// recordedCredibility is that of all that lines say.
var recordedCredibility = uint8(graph.Stated.DefaultCredibility())

// eachSaid calls f for all that is said of an entity under a predicate that names it, in the
// order of recording: what affirms, and is neither retracted nor of a source that is withdrawn or that the lens reads
// as not there. What does not count under the lens says so. f may keep the value, not the
// pointer.
func (v *View) eachSaid(e EntityRow, p graph.Predicate, f func(*said)) {
	v.eachOnLines(e, p, f)
	claims := v.saidOf(nil, e, e, p)
	if silent := v.silentAt(e); len(silent) > 0 {
		for _, of := range silent {
			claims = v.saidOf(claims, e, of, p)
		}
		slices.SortFunc(claims, func(a, b said) int { return cmp.Compare(b.row, a.row) })
	}
	for i := range claims {
		f(&claims[len(claims)-1-i])
	}
}

// saidOf adds what claims say of an entity and is read at another, newest first.
func (v *View) saidOf(claims []said, at, of EntityRow, p graph.Predicate) []said {
	row, ok := v.g.linkIndex.get(linkKey{kind: codeOf[p], source: of, target: none})
	if !ok || row >= v.sizes.links {
		return claims
	}
	for r := v.g.links.at(row).newest.Load(); r != none; r = v.g.claims.at(r).older {
		if s, ok := v.saidBy(r); ok && v.reads(at, &s) {
			claims = append(claims, s)
		}
	}
	return claims
}

// saidBy is what a claim says of its entity.
func (v *View) saidBy(r ClaimRow) (said, bool) {
	e, reason, known := v.assess(r)
	if !known || e.Retracted || reason == graph.NotYetRecorded || graph.Polarities[e.Polarity] != graph.Affirmed {
		return said{}, false
	}
	d, c := v.g.details.at(r), v.g.claims.at(r)
	if v.leavesOut(r) && !e.AsRecorded {
		return said{}, false
	}
	value := encodedClaim(v.encoded(r).field("value"))
	form := graph.NameForm(value.text("form"))
	if form == graph.FormFormer && v.lens.AsOf != nil && reason == "" && !e.Undated {
		form = graph.FormFull
	}
	s := said{
		kind: d.kind.predicate(), text: value.text("text"), lang: value.text("lang"),
		source: c.source, row: r, entity: d.subject, untime: reason == graph.ByDate,
		is: graph.Naming{
			Outside: reason != "", Form: graph.Code(graph.NameForms, form), Primary: value.field("primary") != nil,
			AsRecorded: e.AsRecorded, Credibility: e.Credibility, Reliability: e.Reliability, Stamp: e.Marking,
			Commit: uint32(d.commit), Record: claimPlaces | uint32(r),
		},
	}
	if line := v.g.spokenOf(d.subject).by(r); line != nil {
		s.is.Commit, s.is.Record, s.is.At = line.is.Commit, line.is.Record, line.is.At
	}
	return s, true
}

// eachOnLines calls f for what lines say and no row does.
func (v *View) eachOnLines(e EntityRow, p graph.Predicate, f func(*said)) {
	read := func(s *said) {
		if v.onLine(s) && v.reads(e, s) {
			f(s)
		}
	}
	v.eachLine(e, p, read)
	for _, of := range v.silentAt(e) {
		v.eachLine(of, p, read)
	}
}

// eachLine is eachOnLines before what is said is judged. What a line says that one before
// it said was recorded then.
func (v *View) eachLine(e EntityRow, p graph.Predicate, f func(*said)) {
	spoken, lines := v.g.spokenOf(e), v.lines(e)
	for i, version := range lines {
		s := said{kind: p, row: none, entity: e, line: i}
		s.is = graph.Naming{
			Credibility: recordedCredibility, Stamp: uint8(version.is.own),
			Commit: uint32(version.commit), Record: version.is.line,
		}
		version.is.each(&s, func(s *said) {
			if !spoken.holds(s, v.sizes.claims) && !v.isOnOneOf(lines[:i], s, &version.is) {
				one := *s
				f(&one)
			}
		})
	}
}

// isOnOneOf reports whether an earlier line that is read at the same entity says so too.
func (v *View) isOnOneOf(lines []version[entityVersion], s *said, is *entityVersion) bool {
	return slices.ContainsFunc(lines, func(o version[entityVersion]) bool { return s.isOn(o) && v.readTogether(s, &o.is, is) })
}

// isOn reports whether a line says so too.
func (s *said) isOn(line version[entityVersion]) (is bool) {
	other := said{kind: s.kind}
	line.is.each(&other, func(o *said) { is = is || o.same(s) })
	return is
}

// lines are the versions of an entity as of the view.
func (v *View) lines(e EntityRow) []version[entityVersion] {
	all := v.g.entities.at(e).versions.all()
	n := len(all)
	for n > 1 && all[n-1].commit >= v.sizes.commits {
		n--
	}
	return all[:n]
}

// onLine judges what a line says; false when its source is not there, or is withdrawn, or
// the lens reads it as not there.
func (v *View) onLine(s *said) bool {
	if !v.sourceExists(s.source) || v.withoutSources[s.source] && s.source != asRecorded {
		return false
	}
	s.is.Stamp = max(s.is.Stamp, uint8(v.sourceVersion(s.source).marking))
	if v.withdrawsUpTo(s.source, level(s.is.Stamp)) {
		return false
	}
	e := v.lineEvidence(s.source)
	s.is.AsRecorded, s.is.Reliability = e.AsRecorded, e.Reliability
	s.is.Outside = v.filter.Excludes(&e) != ""
	return true
}

// lineEvidence is that of what a line says.
func (v *View) lineEvidence(source sourceRow) graph.Evidence {
	is := v.sourceVersion(source)
	return graph.Evidence{
		Hedge: statedCode, Credibility: recordedCredibility, Reliability: is.reliability, Published: is.published,
		Undated: true, From: openStart, To: openEnd, AsRecorded: source == asRecorded,
		Barred: v.onlySources != nil && !v.onlySources[source], Unheard: v.heard != nil && !v.hearsLine(source),
	}
}

var statedCode = graph.Code(graph.Hedges, graph.Stated)

// each calls f for what the line of a version says under the predicate of s, in s.
func (version *entityVersion) each(s *said, f func(*said)) {
	line := version.recorded
	switch s.kind {
	case graph.NameOf:
		for i := range line.Names {
			n := &line.Names[i]
			s.text, s.lang, s.source = n.Value, n.Lang, version.nameSource(i)
			s.is.Primary, s.is.At = n.Primary, uint32(i)
			s.is.Form = graph.Code(graph.NameForms, graph.FormOf(n.Value))
			f(s)
		}
	case graph.Description:
		s.each(f, line.Description)
	case graph.SubtypeOf:
		s.each(f, line.Subtype)
	case graph.ExternalID:
		s.each(f, line.External...)
	}
}

// each calls f for the texts of a line that has no source for them, in s.
func (s *said) each(f func(*said), texts ...string) {
	for i, text := range texts {
		if text != "" {
			s.text, s.source, s.is.At = text, asRecorded, uint32(i)
			f(s)
		}
	}
}

// same reports whether two say the same by the same source, and so have one id.
func (s *said) same(o *said) bool {
	return s.kind == o.kind && s.text == o.text && s.lang == o.lang && s.source == o.source && s.is.Primary == o.is.Primary
}

// claim is the claim that a line stands for.
func (s *said) claim(v *View) graph.Claim {
	c := graph.Claim{
		Subject: v.g.entities.at(s.entity).id, Predicate: s.kind, Source: v.g.sources.at(s.source).id, Hedge: graph.Stated,
		Value: &graph.Value{Text: s.text, Lang: s.lang, Primary: s.is.Primary},
	}
	return c.Normalised()
}

// commit is the one that recorded the line.
func (s *said) commit() commitRow { return commitRow(s.is.Commit) }

// claimOf is what is said as a claim.
func (v *View) claimOf(s *said) *Claim {
	if s.row != none {
		return v.claim(s.row)
	}
	v.meter.Continue(RecordSlots)
	line := *s
	return &Claim{v: v, row: none, line: &line}
}

// lineClaim finds a claim by id that only lines stand for, counting or not.
func (v *View) lineClaim(id graph.ID) (*Claim, bool) {
	if !id.IsClaim() {
		return nil, false
	}
	ref, c, ok := v.g.find(id)
	if !ok || !v.entityExists(ref.entity) {
		return nil, false
	}
	var found *Claim
	v.eachLine(ref.entity, c.Predicate, func(s *said) {
		if found == nil && v.sourceExists(s.source) && s.claim(v).ID == id {
			v.onLine(s)
			found = v.claimOf(s)
		}
	})
	return found, found != nil
}

// yieldLines yields what lines of an entity say under some predicates and counts, each claim
// once.
func (v *View) yieldLines(e EntityRow, named kindSet, yield func(*Claim) bool) bool {
	more := true
	for _, p := range slices.Sorted(maps.Keys(named)) {
		var seen []said
		v.eachOnLines(e, p.predicate(), func(s *said) {
			if s.is.Outside || !more || slices.ContainsFunc(seen, func(o said) bool { return o.same(s) }) {
				return
			}
			seen = append(seen, *s)
			more = v.meter.Continue(claimSlots) && yield(v.claimOf(s))
		})
	}
	return more
}

// shownName is the name of an entity under the default lens, as of a commit.
type shownName struct {
	commits commitRow
	name    string
	sorted  string // folded, for ordering
}

// bestName is the name to show for all members of a cluster; false when there is none.
func (v *View) bestName(members []EntityRow, lang string) (best said, ok bool) {
	for i, m := range members {
		v.eachSaid(m, graph.NameOf, func(s *said) {
			s.is.Member = uint32(i)
			if lang != "" && !speaks(s.lang, lang) {
				return
			}
			if !ok || s.is.CompareNames(best.is) < 0 {
				best, ok = *s, true
			}
		})
	}
	return best, ok
}

// speaks reports whether a tag is that of a language, or of a variety of it.
func speaks(tag, lang string) bool {
	rest, is := strings.CutPrefix(strings.ToLower(tag), strings.ToLower(lang))
	return is && (rest == "" || rest[0] == '-')
}

// Name is the name to show.
func (e *EntityBase) Name() string {
	if e.v.plain && e.v.resolution.alone(e.row) {
		return e.v.shown(e.row).name
	}
	if s, ok := e.v.bestName(e.v.resolution.cluster(e.row), ""); ok {
		return s.text
	}
	return string(e.ID())
}

// NameIn is the name to show of those in the first of the languages that has one, or of
// those in any when none has.
func (e *EntityBase) NameIn(lang []string) string {
	for _, l := range lang {
		if s, ok := e.v.bestName(e.v.resolution.cluster(e.row), l); ok && l != "" {
			return s.text
		}
	}
	return e.Name()
}

// NameOutsideLens reports whether no name counts under the lens: that which is shown does
// not, or is the id.
func (e *EntityBase) NameOutsideLens() bool {
	s, ok := e.v.bestName(e.v.resolution.cluster(e.row), "")
	return !ok || s.is.Outside
}

// sortName is the folded name under the default lens, for ordering.
func (e *EntityBase) sortName() string {
	v := e.v.defaultView()
	if e.v.resolution.alone(e.row) {
		return v.shown(e.row).sorted
	}
	if s, ok := v.bestName(e.v.resolution.cluster(e.row), ""); ok {
		return names.Folded(s.text)
	}
	return names.Folded(string(e.ID()))
}

// defaultView is the default lens on what the view's lens says was known.
func (v *View) defaultView() *View {
	if v.plain {
		return v
	}
	v.defaultOnce.Do(func() {
		lens := graph.Lens{KnownAt: v.lens.KnownAt, KnownAtSequence: v.lens.KnownAtSequence}
		v.asDefault, _ = v.r.View(&lens) // what the view itself was opened with is known
	})
	return v.asDefault
}

// shown is the name of an entity alone under the default lens. It is kept until what is said
// of the entity, or a source, may have changed it.
func (v *View) shown(row EntityRow) *shownName {
	record := v.g.entities.at(row)
	changed := commitRow(max(record.renamed.Load(), v.g.renamed.Load()))
	if s := record.shown.Load(); s != nil && s.commits >= changed && v.sizes.commits >= changed {
		return s
	}
	s := &shownName{commits: v.sizes.commits, name: string(record.id)}
	if best, ok := v.bestName([]EntityRow{row}, ""); ok {
		s.name = best.text
	}
	s.sorted = names.Folded(s.name)
	if v.sizes.commits >= changed {
		record.shown.Store(s)
	}
	return s
}

// Name is one name of an entity.
type Name struct {
	Value   string
	Primary bool
	v       *View
	best    said
	all     []said
	graded  *Attribute
}

// Lang is a BCP 47 tag; nil for Latin script of no particular language.
func (n *Name) Lang() *string { return text(n.best.lang) }

// Form is what sort of name it is.
func (n *Name) Form() graph.NameForm { return graph.NameForms[n.best.is.Form] }

// Source is where the spelling was met; nil where that is not recorded.
func (n *Name) Source() *Source {
	var best *said
	for i := range n.all {
		if s := &n.all[i]; !s.is.AsRecorded && (best == nil || s.is.CompareNames(best.is) < 0) {
			best = s
		}
	}
	if best == nil {
		return nil
	}
	return &Source{n.v, best.source}
}

// Claims are those that give the name.
func (n *Name) Claims() []*Claim {
	var out []*Claim
	for i := range n.all {
		c := n.v.claimOf(&n.all[i])
		if !slices.ContainsFunc(out, func(o *Claim) bool { return o.ID() == c.ID() }) {
			out = append(out, c)
		}
	}
	return out
}

// grade is the name as a value, with what is said against it.
func (n *Name) grade() *Attribute {
	if n.graded == nil {
		n.graded = n.v.graded(n.all)
	}
	return n.graded
}

// Hedge is how the best claim is worded.
func (n *Name) Hedge() graph.Hedge { return n.grade().Hedge() }

// Credibility is that of the best claim.
func (n *Name) Credibility() int { return n.grade().Credibility() }

// Speakers are who says so, in the order of Link.Speakers.
func (n *Name) Speakers() []*Speaker { return n.grade().Speakers() }

// Disputed reports whether every claim that gives the name is outweighed.
func (n *Name) Disputed() bool { return n.grade().Disputed() }

// Contested reports whether the name is not disputed, though claims stand against some of
// those that give it.
func (n *Name) Contested() bool { return n.grade().Contested() }

// graded is a name with what is said of it, and with what claims say against it.
func (v *View) graded(all []said) *Attribute {
	a := &Attribute{v: v, predicate: graph.NameOf, naming: &all[0].is}
	for i := range all {
		if s := &all[i]; s.row == none {
			a.addLine(s)
		} else {
			e, _, _ := v.assess(s.row)
			a.add(s.row, e)
		}
	}
	of := slices.Clone(v.resolution.cluster(v.resolution.of(all[0].entity)))
	for i := range all {
		of = append(of, all[i].entity)
	}
	slices.Sort(of)
	for _, row := range slices.Compact(of) {
		v.addDenials(a, row, &all[0])
	}
	slices.Sort(a.rows)
	a.weigh()
	return a
}

// addDenials adds the claims that count and deny that an entity is called so, or found no
// evidence of it: of what is the same any may be denied the name that another bears.
func (v *View) addDenials(a *Attribute, of EntityRow, name *said) {
	row, ok := v.g.linkIndex.get(linkKey{kind: codeOf[graph.NameOf], source: of, target: none})
	if !ok || row >= v.sizes.links {
		return
	}
	for r := range v.claimsOf(row) {
		e, reason, known := v.assess(r)
		if !known || reason != "" || graph.Polarities[e.Polarity] == graph.Affirmed {
			continue
		}
		if value := encodedClaim(v.encoded(r).field("value")); value.text("text") == name.text && value.text("lang") == name.lang {
			a.add(r, e)
		}
	}
}

// claimsNaming are the claims that give the entity, or what is the same, a name: what lines
// say first, then oldest first. None does where the id is shown for want of a name.
func (e *EntityBase) claimsNaming(name string) []*Claim {
	out := []*Claim{}
	for _, m := range e.v.resolution.cluster(e.row) {
		e.v.eachSaid(m, graph.NameOf, func(s *said) {
			if c := e.v.claimOf(s); s.text == name && !slices.ContainsFunc(out, func(o *Claim) bool { return o.ID() == c.ID() }) {
				out = append(out, c)
			}
		})
	}
	return out
}

// Names are all names that count, those of entities that are the same after its own; where
// none does, the one that is shown all the same.
func (e *EntityBase) Names() []*Name {
	members := e.v.resolution.cluster(e.row)
	first, ok := e.v.bestName(members, "")
	if !ok {
		return []*Name{}
	}
	out := []*Name{}
	for i, m := range members {
		e.v.eachSaid(m, graph.NameOf, func(s *said) {
			if s.is.Member = uint32(i); !s.is.Outside || s.is == first.is {
				out = addName(e.v, out, s)
			}
		})
	}
	for _, n := range out {
		n.Primary = first.is.Primary && n.best.is == first.is
	}
	return out
}

func addName(v *View, list []*Name, s *said) []*Name {
	i := slices.IndexFunc(list, func(o *Name) bool { return o.Value == s.text && o.best.lang == s.lang })
	if i < 0 {
		return append(list, &Name{Value: s.text, v: v, best: *s, all: []said{*s}})
	}
	if list[i].all = append(list[i].all, *s); s.is.CompareNames(list[i].best.is) < 0 {
		list[i].best = *s
	}
	return list
}

// bestValue is what is best said under a predicate of one text. Of entities that are the same
// it is of the first of which something is said.
func (e *EntityBase) bestValue(p graph.Predicate) (best said, ok bool) {
	for _, m := range e.v.resolution.cluster(e.row) {
		if best, ok = e.v.bestAlone(m, p); ok {
			break
		}
	}
	return best, ok
}

// bestAlone is what is best said of one entity: what counts, or else what is as recorded,
// which no lens can ask for by a source.
func (v *View) bestAlone(e EntityRow, p graph.Predicate) (best said, ok bool) {
	v.eachSaid(e, p, func(s *said) {
		if s.shown() && (!ok || s.is.CompareValues(best.is) < 0) {
			best, ok = *s, true
		}
	})
	return best, ok
}
