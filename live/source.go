package live

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Source is where claims were read, as the view sees it.
type Source struct {
	v   *View
	row sourceRow
}

// Source finds a source by id.
func (v *View) Source(id graph.ID) (*Source, bool) {
	row, ok := v.sourceRow(id)
	if !ok {
		return nil, false
	}
	return &Source{v, row}, true
}

// Sources yields every source that exists, in the order of recording.
func (v *View) Sources() iter.Seq[*Source] {
	return func(yield func(*Source) bool) {
		for row := firstSource; row < v.sizes.sources; row++ {
			if !v.meter.Continue(entitySlots) {
				return
			}
			if v.sourceExists(row) && !yield(&Source{v, row}) {
				return
			}
		}
	}
}

func (s *Source) record() *graph.Source { return s.v.sourceVersion(s.row).merged }

// IsNode marks a Node.
func (*Source) IsNode() {}

// ID is "s_" and a slug.
func (s *Source) ID() graph.ID { return s.v.g.sources.at(s.row).id }

// Kind is what sort of document it is.
func (s *Source) Kind() graph.SourceKind { return s.record().Kind }

// Title is the source's title.
func (s *Source) Title() string { return s.record().Title }

// Publisher is who published it; nil where it is not known.
func (s *Source) Publisher() *string { return text(s.record().Publisher) }

// Authors are who signed it; often nobody.
func (s *Source) Authors() []string { return append([]string{}, s.record().Authors...) }

// Published is when it was published; nil where it is not known.
func (s *Source) Published() *graph.PartialDate { return date(s.record().Published) }

// URL is where it can be read; nil where it is not known.
func (s *Source) URL() *string { return text(s.record().URL) }

// Language is the language of the source; nil where it is not said.
func (s *Source) Language() *string { return text(s.record().Language) }

// Licence is what the material may be used under; nil where it is not known.
func (s *Source) Licence() *string { return text(s.record().Licence) }

// Note says what a reader should know of the source.
func (s *Source) Note() *string { return text(s.record().Note) }

// Reliability is the Admiralty letter, A to F.
func (s *Source) Reliability() graph.Reliability { return s.record().Letter() }

// Marking is the strictest marking in force of what is recorded of the source.
func (s *Source) Marking() graph.Marking { return graph.Markings[s.v.sourceVersion(s.row).marking] }

// Withdrawn reports whether the source has been withdrawn.
func (s *Source) Withdrawn() bool {
	to, ok := s.v.withdrawn[s.row]
	return ok && s.v.sourceVersion(s.row).marking <= to
}

// DerivedFrom are the sources that this one relies on.
func (s *Source) DerivedFrom() []*Source {
	out := []*Source{}
	for _, row := range s.v.parents(s.row) {
		out = append(out, &Source{s.v, row})
	}
	return out
}

// parents are the sources that one derives from and that exist.
func (v *View) parents(row sourceRow) []sourceRow {
	var out []sourceRow
	for _, id := range v.sourceVersion(row).merged.DerivedFrom {
		if parent, ok := v.sourceRow(id); ok {
			out = append(out, parent)
		}
	}
	return out
}

// claims yields the claims read in the source that count, oldest first, with those that
// name entities under some predicates, what lines say first.
func (s *Source) claims(named kindSet) iter.Seq[*Claim] {
	return func(yield func(*Claim) bool) {
		for c := range s.v.claims(named) {
			if c.line == nil || c.line.source == s.row && !yield(c) {
				break
			}
		}
		for _, r := range s.claimRows(named) {
			if !yield(&Claim{v: s.v, row: r}) {
				return
			}
		}
	}
}

// everyClaim yields the rows of the claims read in the source that may be asked for, each
// once, counting or not.
func (s *Source) everyClaim(named kindSet) iter.Seq[ClaimRow] {
	return func(yield func(ClaimRow) bool) {
		for r := s.v.g.sources.at(s.row).newest.Load(); r != none; r = s.v.g.details.at(r).olderOfSource {
			if s.v.asked(r, named) && !s.v.lost(s.v.g.claims.at(r)) && !yield(r) {
				return
			}
		}
	}
}

// claimRows are the claims read in the source that count, oldest first; of those that name
// entities the ones under some predicates.
func (s *Source) claimRows(named kindSet) []ClaimRow {
	var out []ClaimRow
	for r := s.v.g.sources.at(s.row).newest.Load(); r != none; r = s.v.g.details.at(r).olderOfSource {
		if !s.v.meter.Continue(claimSlots) {
			return nil
		}
		if s.v.asked(r, named) && s.v.counts(r) {
			out = append(out, r)
		}
	}
	slices.Reverse(out)
	return out
}

// roots are the sources that a claim goes back to: those that its origin, or its
// source where it names none, relies on in the end. Sources that derive from one
// another and from nothing else are such an end together.
func (v *View) roots(c *claimRecord) []sourceRow {
	if c.origin != none {
		return v.rootsOf(c.origin)
	}
	return v.rootsOf(c.source)
}

// rootsOf are the sources that one relies on in the end.
func (v *View) rootsOf(start sourceRow) []sourceRow {
	if len(v.parents(start)) == 0 {
		return []sourceRow{start}
	}
	var ends []sourceRow
	for _, at := range v.reliesOn(start) {
		if v.isEnd(at) {
			ends = append(ends, at)
		}
	}
	return ends
}

// isEnd reports whether all that a source relies on relies on it.
func (v *View) isEnd(row sourceRow) bool {
	for _, at := range v.reliesOn(row) {
		if !slices.Contains(v.reliesOn(at), row) {
			return false
		}
	}
	return true
}

// reliesOn is all that a source derives from, itself first.
func (v *View) reliesOn(row sourceRow) []sourceRow {
	list := []sourceRow{row}
	for i := 0; i < len(list); i++ {
		for _, p := range v.parents(list[i]) {
			if !slices.Contains(list, p) {
				list = append(list, p)
			}
		}
	}
	return list
}

// unnamed is the text of an official who is not named.
const unnamed = "unnamed"

// voice is who says what a claim says: an entity, or none and a text.
type voice struct {
	role     graph.SpeakerRole
	entity   EntityRow
	text     string
	document graph.SourceKind // of a publisher
}

// key is the same for what is told as one speaker.
func (w voice) key() voice {
	w.text, w.document = strings.ToLower(w.text), ""
	return w
}

// voice is who says what the claim of a row says; false where that is nobody but the
// source itself.
func (v *View) voice(r ClaimRow) (voice, bool) {
	c, d := v.g.claims.at(r), v.g.details.at(r)
	switch {
	case d.speaker != none:
		return voice{role: graph.IsSpeaker, entity: v.resolution.of(v.placed(r, d.speaker))}, true
	case d.speakerText != 0:
		return voice{role: graph.IsSpeakerText, entity: none, text: v.g.said.get(d.speakerText)}, true
	case d.attributor != none:
		return voice{role: graph.IsAttributor, entity: v.resolution.of(v.placed(r, d.attributor))}, true
	case c.grade.hedge() != officialCode:
		return voice{}, false
	}
	var origin *graph.Source
	if c.origin != none {
		origin = v.sourceVersion(c.origin).merged
	}
	if by := graph.Voice(v.sourceVersion(c.source).merged, origin); by != nil {
		return voice{role: graph.IsPublisher, entity: none, text: by.Publisher, document: by.Kind}, true
	}
	return voice{role: graph.IsUnnamed, entity: none, text: unnamed}, true
}

var officialCode = graph.Code(graph.Hedges, graph.Official)

// Speaker is somebody who says that a link holds, or an attribute has a value, or that it
// does not: an entity, or else a text.
type Speaker struct {
	v     *View
	voice voice
	// Polarity is which way the claims speak.
	Polarity graph.Polarity
	// Count is how many claims are the speaker's that speak that way.
	Count int
	best  graph.Evidence
}

// Entity is who speaks; nil where the text says it.
func (s *Speaker) Entity() Entity {
	if s.voice.entity == none {
		return nil
	}
	return s.v.entity(s.voice.entity)
}

// Text says who speaks, as the claim or the source has it, or "unnamed"; nil for an entity.
func (s *Speaker) Text() *string { return text(s.voice.text) }

// Role says what makes it the speaker.
func (s *Speaker) Role() graph.SpeakerRole { return s.voice.role }

// Document is the kind of document that a publisher speaks in; "" for other speakers.
func (s *Speaker) Document() graph.SourceKind { return s.voice.document }

// speakers are those of claims, each once for each way in which they speak: those who affirm
// first, then by their best claims.
func (v *View) speakers(rows []ClaimRow) []*Speaker {
	type key struct {
		voice    voice
		polarity graph.Polarity
	}
	out, index := []*Speaker{}, map[key]*Speaker{}
	for _, r := range rows {
		if !v.meter.Continue(claimSlots) {
			break
		}
		who, ok := v.voice(r)
		if !ok {
			continue
		}
		e, _, _ := v.assess(r)
		k := key{who.key(), graph.Polarities[e.Polarity]}
		s := index[k]
		if s == nil {
			s = &Speaker{v: v, voice: who, Polarity: k.polarity, best: e}
			index[k], out = s, append(out, s)
		}
		if s.Count++; e.Compare(&s.best) < 0 {
			s.voice, s.best = who, e
		}
	}
	slices.SortFunc(out, func(a, b *Speaker) int {
		return cmp.Or(cmp.Compare(a.best.Polarity, b.best.Polarity), a.best.Compare(&b.best))
	})
	return out
}

// spokenLike are the speakers of those of the claims that speak as the best one does: the
// same way, as surely, in the same words. Plain is set where one of them is the source's own
// word.
func (v *View) spokenLike(best graph.Evidence, rows []ClaimRow) (speakers []*Speaker, plain bool) {
	var like []ClaimRow
	for _, r := range rows {
		e, _, _ := v.assess(r)
		if e.Polarity != best.Polarity || e.Credibility != best.Credibility || e.Hedge != best.Hedge {
			continue
		}
		like = append(like, r)
		_, spoken := v.voice(r)
		plain = plain || !spoken
	}
	return v.speakers(like), plain
}

// Speakers are who says so: the speakers of the claims that count, those who affirm the link
// first, then those who deny it, then those who found no evidence of it.
func (l *Link) Speakers() []*Speaker { return l.v.speakers(l.countingRows()) }

// SpokenLikeBest are the speakers of the claims that speak as the best one does, for which
// the link is graded and hedged as it is. Plain is set where one of these claims is the
// source's own word, and no speaker's.
func (l *Link) SpokenLikeBest() (speakers []*Speaker, plain bool) {
	return l.v.spokenLike(l.bestEvidence(), l.countingRows())
}

// Speakers are who says so: the speakers of the claims that count, in the order of
// Link.Speakers.
func (a *Attribute) Speakers() []*Speaker { return a.v.speakers(a.rows) }

// SpokenLikeBest is that of the value, as of Link.
func (a *Attribute) SpokenLikeBest() (speakers []*Speaker, plain bool) {
	best := a.bestEvidence()
	speakers, plain = a.v.spokenLike(best, a.rows)
	for i := range a.lines {
		e := a.v.evidenceOf(&a.lines[i])
		plain = plain || e.Credibility == best.Credibility && e.Hedge == best.Hedge
	}
	return speakers, plain
}

// hearsay is who speaks, as far as it tells claims apart: an entity, of which the row is
// counted from 1; words, or an official who is not named, in what one publisher published;
// or a publisher itself. The zero hearsay is nobody.
type hearsay struct {
	entity          EntityRow
	text, publisher string
	unnamed         bool
}

// independent counts what is independent in claims that affirm one thing.
func (v *View) independent(rows []ClaimRow) int {
	list := make([]graph.Testimony[sourceRow, hearsay], len(rows))
	for i, r := range rows {
		list[i] = v.testimony(r)
	}
	return graph.Independent(list)
}

// testimony is what tells whether the claim of a row is independent of others.
func (v *View) testimony(r ClaimRow) graph.Testimony[sourceRow, hearsay] {
	c := v.g.claims.at(r)
	return graph.Testimony[sourceRow, hearsay]{Roots: v.roots(c), Voice: v.hearsay(r, c), Times: c.times()}
}

// hearsay is of whom a source has what the claim of a row says.
func (v *View) hearsay(r ClaimRow, c *claimRecord) hearsay {
	who, ok := v.voice(r)
	switch {
	case !ok:
		return hearsay{}
	case who.entity != none:
		return hearsay{entity: who.entity + 1}
	case who.role == graph.IsPublisher:
		return hearsay{publisher: strings.ToLower(who.text)}
	}
	heard := c.source
	if c.origin != none {
		heard = c.origin
	}
	if p := v.sourceVersion(heard).merged.Publisher; p != "" {
		by := who.role == graph.IsUnnamed
		return hearsay{text: strings.ToLower(who.text), publisher: strings.ToLower(p), unnamed: by}
	}
	return hearsay{}
}

// chosenSources are the sources in which the lens asks for claims to be read; nil where it
// leaves that open.
func (v *View) chosenSources() (map[sourceRow]bool, error) {
	named, err := v.sourceSet("lens.sources", v.lens.Sources)
	kinds, publishers := v.lens.SourceKinds, v.lens.Publishers
	if err != nil || kinds == nil && publishers == nil {
		return named, err
	}
	chosen, known := map[sourceRow]bool{}, make([]bool, len(publishers))
	for row := range v.sizes.sources {
		s, published := v.sourceVersion(row).merged, publishers == nil
		for i, p := range publishers {
			if s.Publisher != "" && strings.EqualFold(p, s.Publisher) {
				published, known[i] = true, true
			}
		}
		if published && (named == nil || named[row]) && (kinds == nil || slices.Contains(kinds, s.Kind)) {
			chosen[row] = true
		}
	}
	if i := slices.Index(known, false); i >= 0 {
		return nil, graph.NoSuchPublisher(fmt.Sprintf("lens.publishers[%d]", i), publishers[i])
	}
	return chosen, nil
}

// heardSpeakers are whom the lens asks for; nil sets leave that open. authorities are those whose
// word is official, where official voices alone count.
type heardSpeakers struct{ speakers, attributors, authorities map[EntityRow]bool }

// heardSpeakers are those of the lens; nil where it asks for none.
func (v *View) heardSpeakers() (*heardSpeakers, error) {
	if v.lens.Speakers == nil && v.lens.Attributors == nil && !v.lens.HearsOfficialsAlone() {
		return nil, nil
	}
	speakers, err := v.entitySet(v.lens.Speakers)
	if err != nil {
		return nil, err
	}
	attributors, err := v.entitySet(v.lens.Attributors)
	if err != nil || !v.lens.HearsOfficialsAlone() {
		return &heardSpeakers{speakers: speakers, attributors: attributors}, err
	}
	authorities, err := v.authorities()
	return &heardSpeakers{speakers, attributors, authorities}, err
}

// authoritative are the subtypes of organisations whose word is official.
var authoritative = []string{graph.SubtypeStateBody, graph.SubtypeSecurityForce}

// authorities are the organisations of these subtypes. That a lens leaves out who says what an
// organisation is makes it no other voice: but for sources that are read as not there, the subtype is read under
// the default lens.
func (v *View) authorities() (map[EntityRow]bool, error) {
	plain, err := v.r.open(graph.Lens{KnownAt: v.lens.KnownAt, KnownAtSequence: v.lens.KnownAtSequence, WithoutSources: v.lens.WithoutSources})
	if err != nil {
		return nil, err
	}
	if plain, err = plain.lessRows(v.less); err != nil {
		return nil, err
	}
	found := map[EntityRow]bool{}
	for e := range plain.sizes.entities {
		if plain.g.kindOf(e) != graph.Organisation {
			continue
		}
		if best, ok := (&EntityBase{plain, e}).bestValue(graph.SubtypeOf); ok && slices.Contains(authoritative, best.text) {
			found[e] = true
		}
	}
	return found, nil
}

// isOfficial reports whether the claim of a row is in an official voice.
func (v *View) isOfficial(r ClaimRow) bool {
	c, d := v.g.claims.at(r), v.g.details.at(r)
	switch {
	case c.grade.hedge() == officialCode:
		return true
	case d.speaker != none:
		return v.heard.authorities[v.placed(r, d.speaker)]
	case d.speakerText != 0:
		return false
	case d.attributor != none:
		return v.heard.authorities[v.placed(r, d.attributor)]
	}
	return v.isOfficialDocument(c.source)
}

// isOfficialDocument reports whether what a source says is in an official voice where it quotes nobody.
func (v *View) isOfficialDocument(s sourceRow) bool {
	kind := v.sourceVersion(s).merged.Kind
	return kind == graph.ListKind || kind == graph.CourtRecordKind
}

// errUnheard says that nobody whom a lens asks for has an id: it may be a name. See plainly.
var errUnheard = errors.New("not known by its id")

// entitySet turns ids into rows; nil for nil. An id that is unknown is an errUnheard.
func (v *View) entitySet(ids []graph.ID) (map[EntityRow]bool, error) {
	if ids == nil {
		return nil, nil
	}
	set := make(map[EntityRow]bool, len(ids))
	for _, id := range ids {
		row := v.g.entityRow(id)
		if row == none || !v.entityExists(row) {
			return nil, errUnheard
		}
		set[row] = true
	}
	return set, nil
}

// hears reports whether the lens asks for who speaks in the claim of a row, who is read where
// what names a retired entity is.
func (v *View) hears(r ClaimRow) bool {
	d := v.g.details.at(r)
	among := func(set map[EntityRow]bool, e EntityRow) bool {
		return set == nil || e != none && set[v.placed(r, e)]
	}
	return among(v.heard.speakers, d.speaker) && among(v.heard.attributors, d.attributor) &&
		(v.heard.authorities == nil || v.isOfficial(r))
}

// hearsLine is hears of what a line says by a source: it quotes nobody.
func (v *View) hearsLine(s sourceRow) bool {
	return v.heard.speakers == nil && v.heard.attributors == nil && v.isOfficialDocument(s)
}
