package neo4j

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
)

// What an entity is called and described as is what the reader finds of its lines and of the
// claims that name it, under the default lens: without what is hidden, retracted or withdrawn.
// A line says what claims that were recorded with it would: see graph.Expand.

// record is one record of what claims say.
type record struct {
	recording
	marking graph.Marking // in force
	line    bool          // a line of an entity says it, at a place in that
	place   int
}

// sourceVersion and entityLine are records of a source and of an entity.
type (
	sourceVersion struct {
		graph.Source
		at position
	}
	entityLine struct {
		graph.Entity
		at position
	}
)

func (st *state) sees(m graph.Marking) bool { return m.Level() <= st.clearance }

// reaches reports whether a record that the reader sees takes back another: what its writer
// saw before it, or what is no stricter than itself by now.
func (st *state) reaches(by, r *record) bool {
	return by.at > r.at && st.sees(by.marking) && max(by.writer, by.marking.Level()) >= r.marking.Level()
}

// takenBack reports whether a record is retracted by one of some claims, and that is not
// retracted itself.
func (st *state) takenBack(r *record, by []graph.ID) bool {
	return slices.ContainsFunc(by, func(id graph.ID) bool {
		c := st.claims[id]
		return c != nil && slices.ContainsFunc(c.records, func(back record) bool {
			return st.reaches(&back, r) && !st.takenBack(&back, c.retractedBy)
		})
	})
}

// current is the record, of those that the reader sees, in which it finds what they say: the
// first, or the first since that was retracted.
func (st *state) current(records []record, by []graph.ID) record {
	at := records[0]
	for _, again := range records[1:] {
		since := func(back record) bool { return back.at < again.at && st.reaches(&back, &at) }
		if slices.ContainsFunc(by, func(id graph.ID) bool {
			return st.claims[id] != nil && slices.ContainsFunc(st.claims[id].records, since)
		}) {
			at = again
		}
	}
	return at
}

// seen are the records that the reader sees, in their order.
func (st *state) seen(records []record) []record {
	var out []record
	for _, r := range records {
		if st.sees(r.marking) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b record) int { return cmp.Compare(a.at, b.at) })
	return out
}

// withdrawnFor reports whether what a source says under a marking is withdrawn.
func (st *state) withdrawnFor(id graph.ID, marking graph.Marking) bool {
	s := st.sources[id]
	return s != nil && slices.ContainsFunc(s.withdrawnBy, func(id graph.ID) bool {
		w := st.claims[id]
		if w == nil {
			return false
		}
		records := st.seen(w.records)
		if len(records) == 0 {
			return false
		}
		r := st.current(records, w.retractedBy)
		return max(r.writer, r.marking.Level()) >= marking.Level() && !st.takenBack(&r, w.retractedBy)
	})
}

// sourceSeen is a source as the reader sees it: what is stricter, and of that what is later,
// comes first. marking is the strictest of what was recorded up to a position; false when the
// reader sees nothing of that.
func (st *state) sourceSeen(id graph.ID, to position) (out graph.Source, marking graph.Marking, ok bool) {
	if id == graph.AsRecorded {
		return out, graph.Clear, true
	}
	if st.sources[id] == nil {
		return out, "", false
	}
	return st.versionSeen(st.sources[id].versions, to)
}

func (st *state) versionSeen(versions []sourceVersion, to position) (out graph.Source, marking graph.Marking, ok bool) {
	marking = graph.Clear
	var seen []sourceVersion
	for _, v := range versions {
		if st.sees(v.InForce) {
			seen = append(seen, v)
		}
	}
	slices.SortStableFunc(seen, func(a, b sourceVersion) int { return cmp.Compare(a.InForce.Level(), b.InForce.Level()) })
	for i, v := range seen {
		if v.at <= to {
			marking, ok = v.InForce, true
		}
		if i == 0 {
			out = v.Source
		} else {
			out = out.Merge(v.Source)
		}
	}
	return out, marking, ok
}

// changes reports whether a record of the source changes how good what it says is.
func (s *source) changes(r *graph.Source, st *state) bool {
	was, _, _ := st.versionSeen(s.versions, 0)
	is, _, _ := st.versionSeen(append(slices.Clip(s.versions), sourceVersion{*r, 0}), 0)
	return was.Letter() != is.Letter()
}

// spoken is one thing that is said of an entity: a claim, and where that is recorded.
type spoken struct {
	claim       *graph.Claim
	records     []record
	retractedBy []graph.ID
	at          graph.ID // where lines of it are read
}

// linesSeen are the lines of an entity that the reader sees.
func (st *state) linesSeen(e *entity) []entityLine {
	var out []entityLine
	for _, l := range e.lines {
		if st.sees(l.InForce) {
			out = append(out, l)
		}
	}
	return out
}

// spokenOf is what is said of an entity under a predicate that names it, in the order of
// recording.
func (st *state) spokenOf(id graph.ID, lines []entityLine, p graph.Predicate) []*spoken {
	var out []*spoken
	add := func(c *graph.Claim, by []graph.ID, at graph.ID, records ...record) {
		i := slices.IndexFunc(out, func(s *spoken) bool { return s.claim.ID == c.ID && (at == "" || s.at == at) })
		if i < 0 {
			i = len(out)
			out = append(out, &spoken{claim: c, retractedBy: by, at: at})
		}
		out[i].records = append(out[i].records, records...)
	}
	for i := range lines {
		l := &lines[i]
		claims := graph.Expand(&l.Entity)
		for n := range claims {
			c := &claims[n]
			if _, m, ok := st.sourceSeen(c.Source, l.at); ok && c.Predicate == p {
				at := record{recording: recording{at: l.at}, marking: strictest(l.InForce, m), line: true, place: n}
				place, _ := st.readAt(id, at.marking)
				add(c, st.retracting(c.ID), place, at)
			}
		}
	}
	named := slices.Clone(st.links[namingKey(id, p)])
	slices.SortFunc(named, func(a, b *claim) int { return cmp.Compare(a.firstAt(), b.firstAt()) })
	for _, c := range named {
		if records := st.seen(c.records); len(records) > 0 {
			add(&c.Claim, c.retractedBy, "", records...)
		}
	}
	for _, s := range out {
		s.records = asNew(st.seen(s.records))
	}
	return out
}

// firstAt is where a claim was first recorded that names an entity.
func (c *claim) firstAt() position {
	var first position
	for i, r := range c.records {
		if i == 0 || r.at < first {
			first = r.at
		}
	}
	return first
}

// asNew leaves out lines that say what was recorded before and is as open as they are.
func asNew(records []record) []record {
	var out []record
	for _, r := range records {
		if !r.line || !slices.ContainsFunc(out, func(o record) bool { return o.marking.Level() <= r.marking.Level() }) {
			out = append(out, r)
		}
	}
	return out
}

func strictest(a, b graph.Marking) graph.Marking {
	if a.Level() < b.Level() {
		return b
	}
	return a
}

// said is what counts, or could, of what is said.
type said struct {
	*graph.Claim
	is graph.Naming
}

// judge is what the default lens makes of what is said; false when the reader finds it
// retracted, withdrawn or denied.
func (st *state) judge(s *spoken) (said, bool) {
	c := s.claim
	if len(s.records) == 0 || c.Polarity != graph.Affirmed {
		return said{}, false
	}
	r := st.current(s.records, s.retractedBy)
	if st.takenBack(&r, s.retractedBy) || st.withdrawnFor(c.Source, r.marking) {
		return said{}, false
	}
	source, _, _ := st.sourceSeen(c.Source, r.at)
	e := graph.EvidenceOf(c, &source)
	is := graph.Naming{
		Outside: st.filter.Excludes(&e) != "", Form: graph.Code(graph.NameForms, c.Value.Form), Primary: c.Value.Primary,
		AsRecorded: e.AsRecorded, Credibility: e.Credibility, Reliability: e.Reliability, Stamp: r.marking.Level(),
		Commit: uint32(r.at.commit()), Record: uint32(r.at.place()), At: uint32(r.place),
	}
	return said{c, is}, true
}

// saidOf is what is said of an entity under a predicate that names it, and of retired ones in
// whose place it stands.
func (st *state) saidOf(id graph.ID, lines []entityLine, p graph.Predicate) []said {
	var out []said
	for _, s := range st.spokenOf(id, lines, p) {
		if is, ok := st.judge(s); ok && st.staysAt(id, markingAt(int64(is.is.Stamp))) {
			out = append(out, is)
		}
	}
	for _, from := range st.silent[id] {
		for _, s := range st.spokenOf(from, st.linesSeen(st.entities[from]), p) {
			is, ok := st.judge(s)
			if !ok || p == graph.SubtypeOf && st.kindOf(from) != st.kindOf(id) {
				continue
			}
			if at, ok := st.readAt(from, markingAt(int64(is.is.Stamp))); ok && at == id {
				is.is.Moved = true
				out = append(out, is)
			}
		}
	}
	return out
}

// staysAt reports whether what is under a marking and said of an entity is said of it still. A
// retired entity, of which nothing stays, is called as it was.
func (st *state) staysAt(id graph.ID, marking graph.Marking) bool {
	if !st.retired(id, marking) {
		return true
	}
	_, gone := st.goneNode(id)
	return gone
}

// namingKey is the id that the claims of one predicate that name an entity have together.
func namingKey(id graph.ID, p graph.Predicate) graph.ID {
	return graph.LinkKey{Kind: p, Source: id}.ID()
}

// nativeIDs are the ids in the native graph of the entities that were recorded under one.
func (st *state) nativeIDs(id graph.ID) (out []graph.ID) {
	for _, k := range st.kinds[id] {
		if native := st.nativeID(id, k.kind); !slices.Contains(out, native) {
			out = append(out, native)
		}
	}
	return out
}

// namingPredicates are those of claims that name or describe.
var namingPredicates = []graph.Predicate{graph.NameOf, graph.Description, graph.SubtypeOf, graph.ExternalID}

// namingProperties are what an entity is called and described as, with grades; none where the
// reader does not see it.
func (st *state) namingProperties(id graph.ID) params {
	p := params{
		"name": nil, "names": nil, "description": nil, "subtype": nil, "external": nil, "representation": nil,
		"nameGrades": nil, "descriptionGrade": nil, "subtypeGrade": nil, "externalGrades": nil,
	}
	lines := st.linesSeen(st.entities[id])
	if len(lines) == 0 {
		return p
	}
	st.comesUpon(id)
	name, names := st.names(id, lines)
	p["name"] = name
	p["names"], p["nameGrades"] = textsOf(names)
	for predicate, property := range map[graph.Predicate]string{graph.Description: "description", graph.SubtypeOf: "subtype"} {
		if s, ok := best(st.saidOf(id, lines, predicate)); ok {
			p[property], p[property+"Grade"] = optional(s.Value.Text), s.grade()
		}
	}
	p["external"], p["externalGrades"] = textsOf(st.externals(id, lines))
	slices.SortStableFunc(lines, func(a, b entityLine) int { return cmp.Compare(a.InForce.Level(), b.InForce.Level()) })
	for _, l := range lines {
		if l.Representation != "" && st.staysAt(id, l.InForce) {
			p["representation"] = string(l.Representation)
		}
	}
	return p
}

// textsOf are what is said as properties, and how good each is; nil for nothing.
func textsOf(list []said) (texts, grades any) {
	if len(list) == 0 {
		return nil, nil
	}
	var what, how []string
	for i := range list {
		what, how = append(what, list[i].Value.Text), append(how, list[i].grade())
	}
	return what, how
}

// grade is how a claim is worded, how credible it is, and whom it quotes, if anybody.
func (s *said) grade() string {
	text := fmt.Sprintf("%s:%d", s.Hedge, s.is.Credibility)
	if who := cmp.Or(string(s.Speaker), s.SpeakerText); who != "" {
		text += ":" + who
	}
	return text
}

// names are the name to show, the id where there is none, and all that count, with that: of
// equal ones the best.
func (st *state) names(id graph.ID, lines []entityLine) (name string, all []said) {
	list := st.saidOf(id, lines, graph.NameOf)
	if len(list) == 0 {
		return string(id), nil
	}
	first := slices.MinFunc(list, func(a, b said) int { return a.is.CompareNames(b.is) })
	for _, s := range list {
		if !s.is.Outside || s.is == first.is {
			all = withBest(all, s)
		}
	}
	return first.Value.Text, all
}

// externals are the ids under which others know it, of equal ones the best.
func (st *state) externals(id graph.ID, lines []entityLine) (all []said) {
	for _, s := range st.saidOf(id, lines, graph.ExternalID) {
		if s.counts() {
			all = withBest(all, s)
		}
	}
	return all
}

// withBest is the list with what is said in it, of what is said in the same words the best graded.
func withBest(list []said, s said) []said {
	i := slices.IndexFunc(list, func(o said) bool { return o.Value.Text == s.Value.Text })
	if i < 0 {
		return append(list, s)
	}
	if o := &list[i]; cmp.Or(cmp.Compare(s.is.Credibility, o.is.Credibility), cmp.Compare(s.is.Reliability, o.is.Reliability)) < 0 {
		*o = s
	}
	return list
}

// counts reports whether a description, subtype or external id is shown: what is as recorded
// always is.
func (s *said) counts() bool { return !s.is.Outside || s.is.AsRecorded }

// best is what is best said; false for nothing.
func best(list []said) (said, bool) {
	list = slices.DeleteFunc(list, func(s said) bool { return !s.counts() })
	if len(list) == 0 {
		return said{}, false
	}
	return slices.MinFunc(list, func(a, b said) int { return a.is.CompareValues(b.is) }), true
}
