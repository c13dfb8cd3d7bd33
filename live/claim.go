package live

import (
	"bytes"
	"encoding/json"
	"iter"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
)

// Claim is what one source says, as the view sees it.
type Claim struct {
	v      *View
	row    ClaimRow                    // none for what only a line of an entity says
	parsed atomic.Pointer[graph.Claim] // nil until it is asked for often
	kept   bool                        // what is read of it is kept
	line   *said                       // nil for what has a row
}

// record is the claim in row r as it was recorded.
func (v *View) record(r ClaimRow) *graph.Claim {
	v.meter.Continue(RecordSlots)
	return v.decoded(r)
}

func (v *View) decoded(r ClaimRow) *graph.Claim {
	c, err := graph.Decode[graph.Claim](v.g.texts.get(v.g.details.at(r).text))
	if err != nil {
		panic("live: a claim that was encoded cannot be decoded: " + err.Error())
	}
	return &c
}

// rec is what was recorded.
func (c *Claim) rec() *graph.Claim {
	if known := c.parsed.Load(); known != nil {
		return known
	}
	switch {
	case c.line != nil:
		said := c.line.claim(c.v)
		c.parsed.Store(&said)
		return &said
	case c.kept:
		c.parsed.Store(c.v.decoded(c.row))
		return c.parsed.Load()
	}
	return c.v.record(c.row)
}

// keep reads what was recorded, once for all that is asked of it.
func (c *Claim) keep() { c.parsed.Store(c.rec()) }

// claim is the claim in row r, which is read when more is asked of it than its row and its
// times say.
func (v *View) claim(r ClaimRow) *Claim {
	v.meter.Continue(RecordSlots)
	return &Claim{v: v, row: r, kept: true}
}

// Claim finds a claim by id, also one that does not count; retracted claims say so.
func (v *View) Claim(id graph.ID) (*Claim, bool) {
	if r, ok := v.claimRow(id); ok {
		return v.claim(r), true
	}
	return v.lineClaim(id)
}

// claimRow is the row in which the reader finds a claim.
func (v *View) claimRow(id graph.ID) (ClaimRow, bool) {
	r, ok := v.g.claimIndex.get(id)
	if !ok {
		return 0, false
	}
	first := v.g.details.at(r).first
	if first >= v.sizes.claims {
		return 0, false
	}
	return v.current(first, v.sizes.claims), true
}

// Claims yields every claim that counts, in the order of the feed, without those that name
// or describe entities.
func (v *View) Claims() iter.Seq[*Claim] { return v.claims(nil) }

// claims is Claims with those that name entities under some predicates, what lines say
// first.
func (v *View) claims(named kindSet) iter.Seq[*Claim] {
	return func(yield func(*Claim) bool) {
		for row := range v.EntityRowsOf() {
			for _, m := range v.resolution.cluster(row) {
				if !v.yieldLines(m, named, yield) {
					return
				}
			}
			if named == nil {
				break
			}
		}
		for r := range v.sizes.claims {
			if !v.meter.Continue(claimSlots) {
				return
			}
			if v.asked(r, named) && v.counts(r) && !yield(&Claim{v: v, row: r}) {
				return
			}
		}
	}
}

// asked reports whether a claim is one that names nothing, or does so under one of the
// predicates.
func (v *View) asked(r ClaimRow, named kindSet) bool {
	return !v.g.claims.at(r).grade.naming() || named[v.g.details.at(r).kind]
}

// IsNode marks a Node.
func (*Claim) IsNode() {}

// ID is "c_" and a hash of what the claim says and where.
func (c *Claim) ID() graph.ID { return c.rec().ID }

// Label is a short name for people; nil where there is none.
func (c *Claim) Label() *string { return text(c.rec().Label) }

// SubjectID is the id of what the claim is about: an entity, or for claims about
// records a claim or a source.
func (c *Claim) SubjectID() graph.ID { return c.rec().Subject }

// Subject is the entity that the claim is about; nil for a claim about a record.
func (c *Claim) Subject() Entity { return c.names(c.rec().Subject) }

// ObjectID is the id of the object; nil for a claim with a value.
func (c *Claim) ObjectID() *graph.ID { return text(c.rec().Object) }

// Object is the entity at the other end; nil for a claim with a value.
func (c *Claim) Object() Entity { return c.names(c.rec().Object) }

// names is an entity that the claim names, or what is read in its place; nil for none.
func (c *Claim) names(id graph.ID) Entity {
	if c.line == nil {
		return c.v.mentioned(c.row, id)
	}
	if id == "" {
		return nil
	}
	return c.v.entity(c.v.readAt(c.line.entity, level(c.line.is.Stamp)))
}

// mentioned is an entity that the claim of a row names, or what is read in its place; nil for
// none.
func (v *View) mentioned(r ClaimRow, id graph.ID) Entity {
	row := v.namedBy(r, id)
	if row == none || !v.entityExists(row) {
		return nil
	}
	return v.entity(row)
}

// Predicate is what the claim says of its subject.
func (c *Claim) Predicate() graph.Predicate { return c.rec().Predicate }

// Value is what is said where there is no object.
func (c *Claim) Value() *Value { return valueOf(c.rec().Value) }

// Hedge is how the source words it.
func (c *Claim) Hedge() graph.Hedge { return c.rec().Hedge }

// Credibility is 1 confirmed to 5 improbable, 6 cannot be judged.
func (c *Claim) Credibility() int { return c.rec().Credibility }

// Polarity is which way the claim speaks.
func (c *Claim) Polarity() graph.Polarity {
	if c.line != nil {
		return graph.Affirmed
	}
	return c.v.polarity(c.row)
}

// Speaker is whose words the source reports; nil where it is nobody named.
func (c *Claim) Speaker() Entity { return c.names(c.rec().Speaker) }

// SpeakerText says whose words they are where that is no entity; nil where it is not said.
func (c *Claim) SpeakerText() *string { return text(c.rec().SpeakerText) }

// Attributor is who makes an attribution; nil where it is nobody named.
func (c *Claim) Attributor() Entity { return c.names(c.rec().Attributor) }

// Source is where it was read.
func (c *Claim) Source() *Source {
	if c.line != nil {
		return &Source{c.v, c.line.source}
	}
	return &Source{c.v, c.v.g.claims.at(c.row).source}
}

// Origin is the source that Source relies on for it; nil where none is named.
func (c *Claim) Origin() *Source {
	if c.line != nil {
		return nil
	}
	if o := c.v.g.claims.at(c.row).origin; o != none {
		return &Source{c.v, o}
	}
	return nil
}

// Locator says where in the source; nil where it is not said.
func (c *Claim) Locator() *string { return text(c.rec().Locator) }

// Text is what it says in one sentence, with hedge and speaker; nil where nobody wrote it.
func (c *Claim) Text() *string { return text(c.rec().Text) }

// Excerpt is a few words of the source; nil where none are kept.
func (c *Claim) Excerpt() *string { return text(c.rec().Excerpt) }

// Rule names the rule that inferred the claim; nil for what was read.
func (c *Claim) Rule() *string { return text(c.rec().Rule) }

// Role is the part in a membership or a participation. This and the other qualifiers
// are nil or empty where the claim gives none.
func (c *Claim) Role() *string { return text(c.rec().Role) }

// Stage says how far a charge went.
func (c *Claim) Stage() *string { return text(c.rec().Stage) }

// Nature says what an association consists of.
func (c *Claim) Nature() *string { return text(c.rec().Nature) }

// Channel is where a claim of responsibility was made.
func (c *Claim) Channel() *string { return text(c.rec().Channel) }

// Basis is what an attribution rests on.
func (c *Claim) Basis() *graph.AttributionBasis { return text(c.rec().Basis) }

// Grade is how close an alliance or how sharp a rivalry is.
func (c *Claim) Grade() *graph.LinkGrade { return text(c.rec().Grade) }

// Degree is the degree of kinship, read from subject to object.
func (c *Claim) Degree() *graph.KinDegree { return text(c.rec().Degree) }

// Amount is how much the link was about; nil where it is not said.
func (c *Claim) Amount() *graph.Amount { return c.rec().Amount }

// Modes is what an alliance or support consists of.
func (c *Claim) Modes() []graph.Mode { return append([]graph.Mode{}, c.rec().Modes...) }

// ValidFrom is when what is said began to hold; nil where it is not said.
func (c *Claim) ValidFrom() *graph.PartialDate { return c.end("validFrom") }

// ValidTo is when it ceased to hold; nil where it is not said.
func (c *Claim) ValidTo() *graph.PartialDate { return c.end("validTo") }

// end is an end of the time that the claim gives; nil for one that only a line stands for.
func (c *Claim) end(name string) *graph.PartialDate {
	if c.line != nil {
		return nil
	}
	return date(c.v.encoded(c.row).date(name))
}

func (c *Claim) commit() *commitRecord { return c.v.g.commits.at(c.commitRow()) }

func (c *Claim) commitRow() commitRow {
	if c.line != nil {
		return c.line.commit()
	}
	return c.v.g.details.at(c.row).commit
}

// RecordedAt is when the claim was recorded.
func (c *Claim) RecordedAt() time.Time { return c.commit().recorded }

// Sequence is the commit that recorded the claim.
func (c *Claim) Sequence() graph.Sequence { return c.commit().sequence }

// Marking is the marking in force of the claim, which is none less strict than those of
// what it names.
func (c *Claim) Marking() graph.Marking {
	if c.line != nil {
		return graph.Markings[c.line.is.Stamp]
	}
	return graph.Markings[c.v.g.claims.at(c.row).marking]
}

// Retracted reports whether the claim is retracted, or its source withdrawn.
func (c *Claim) Retracted() bool {
	if c.line != nil {
		return c.v.withdrawsUpTo(c.line.source, level(c.line.is.Stamp))
	}
	record := c.v.g.claims.at(c.row)
	return c.v.withdraws(record) || c.v.retracted(c.row, record)
}

// WithdrawnBelow reports whether the claim stands for this reader, while some who see less
// find it taken back: it is also recorded more strictly than what took it back reaches.
func (c *Claim) WithdrawnBelow() bool {
	if c.Marking() == graph.Clear || c.Retracted() {
		return false
	}
	for top := range levelOf(c.Marking()) {
		if c.line != nil && c.v.lineGoneTo(top, c.line) || c.line == nil && c.v.goneTo(top, c.v.g.details.at(c.row).first) {
			return true
		}
	}
	return false
}

// Counts reports whether the claim counts under the lens.
func (c *Claim) Counts() bool {
	if c.line != nil {
		return !c.line.is.Outside && !c.Retracted()
	}
	return c.v.counts(c.row)
}

// Contradicts are the claims that are set against this one and count.
func (c *Claim) Contradicts() []*Claim {
	out := []*Claim{}
	if c.line != nil || !c.Counts() {
		return out
	}
	set := map[ClaimRow]bool{}
	c.v.contradictions(c.row, func(other ClaimRow) { set[other] = true })
	for _, r := range sortedRows(set) {
		out = append(out, c.v.claim(r))
	}
	return out
}

// Link is the link that the claim is part of; nil when it is about no link or the
// view does not show it.
func (c *Claim) Link() *Link {
	if c.line != nil {
		return nil
	}
	row := c.v.g.claims.at(c.row).link
	if row == none || !c.v.g.links.at(row).kind.isLink() {
		return nil
	}
	row = c.v.partOf(row, c.v.g.claims.at(c.row).marking)
	if c.v.resolution != nil {
		if cluster := c.v.resolution.links[row]; cluster != nil {
			if len(cluster.rows) == 0 {
				return nil
			}
			row = cluster.rows[0]
		}
	}
	l, _ := c.v.visibleLink(row, nil)
	return l
}

// Value is what a claim says where it names no entity. What does not apply is nil.
type Value struct{ *graph.Value }

func valueOf(v *graph.Value) *Value {
	if v == nil {
		return nil
	}
	return &Value{v}
}

// Text is the value as text.
func (v *Value) Text() *string { return text(v.Value.Text) }

// Date is the value as a date.
func (v *Value) Date() *graph.PartialDate { return date(v.Value.Date) }

// Role says who was harmed.
func (v *Value) Role() *graph.CasualtyRole { return text(v.Value.Role.Shown()) }

// Effect says how they were harmed.
func (v *Value) Effect() *graph.CasualtyEffect { return text(v.Value.Effect) }

// Precision says how exactly a point places what it stands for.
func (v *Value) Precision() *graph.GeoPrecision { return text(v.Value.Precision) }

// Marking is what a record is marked from then on.
func (v *Value) Marking() *graph.Marking { return text(v.Value.Marking) }

// Stamp is what a record was marked until then.
func (v *Value) Stamp() *graph.Marking { return text(v.Value.Stamp) }

// Lang is the language of a name.
func (v *Value) Lang() *string { return text(v.Value.Lang) }

// Form is what sort of name the text is.
func (v *Value) Form() *graph.NameForm { return text(v.Value.Form) }

// Unit is what a figure counts.
func (v *Value) Unit() *string { return text(v.Value.Unit) }

// date is nil for no date.
func date(d graph.PartialDate) *graph.PartialDate {
	if d.IsZero() {
		return nil
	}
	return &d
}

// text is nil for no text.
func text[T ~string](s T) *T {
	if s == "" {
		return nil
	}
	given := s // so that nothing is allocated for none
	return &given
}

// encodedClaim is a claim in canonical form, of which a few words are read without the
// rest: one object on one line, keys in order and without escapes.
type encodedClaim []byte

// encoded is what the claim in a row says.
func (v *View) encoded(r ClaimRow) encodedClaim { return v.g.texts.get(v.g.details.at(r).text) }

// field is what stands behind a key of the claim itself; nil where it has none.
func (c encodedClaim) field(key string) []byte {
	for name, value := range c.fields() {
		switch {
		case string(name) == key:
			return value
		case string(name) > key:
			return nil
		}
	}
	return nil
}

// fields yields the keys of the claim itself, in order, and what stands behind each.
func (c encodedClaim) fields() iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		for at := 1; at < len(c) && c[at] == '"'; {
			end := at + 1 + bytes.IndexByte(c[at+1:], '"')
			from := end + len(`":`)
			to := past(c, from)
			if !yield(c[at+1:end], c[from:to]) {
				return
			}
			at = to + len(`,`)
		}
	}
}

// text is the text behind a key; "" where it has none.
func (c encodedClaim) text(key string) string { return unquoted(c.field(key)) }

// holdsOnly reports whether the object has that key and no other.
func (c encodedClaim) holdsOnly(key string) bool {
	value := c.field(key)
	return value != nil && len(c) == len(`{"":}`)+len(key)+len(value)
}

// texts yields the texts of the list behind a key.
func (c encodedClaim) texts(key string) iter.Seq[string] {
	list := c.field(key)
	return func(yield func(string) bool) {
		for at := 1; at < len(list) && list[at] == '"'; {
			to := past(list, at)
			if !yield(unquoted(list[at:to])) {
				return
			}
			at = to + len(`,`)
		}
	}
}

// date is the date behind a key; the zero Date where it has none.
func (c encodedClaim) date(key string) graph.PartialDate {
	text := c.text(key)
	if text == "" {
		return graph.PartialDate{}
	}
	d, err := graph.ParseDate(text)
	if err != nil {
		panic("live: a date that was recorded cannot be read: " + err.Error())
	}
	return d
}

// unquoted is the text of a JSON string; "" for nil.
func unquoted(quoted []byte) string {
	if len(quoted) < len(`""`) {
		return ""
	}
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1])
	}
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		panic("live: a text that was encoded cannot be decoded: " + err.Error())
	}
	return s
}

// past is where the JSON value that begins at from has ended.
func past(t []byte, from int) int {
	depth := 0
	for at := from; at < len(t); at++ {
		switch t[at] {
		case '"':
			at = closing(t, at)
			if depth == 0 {
				return at + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return at // of the object that the value is in
			}
			if depth--; depth == 0 {
				return at + 1
			}
		case ',':
			if depth == 0 {
				return at
			}
		}
	}
	return len(t)
}

// closing is where the quote is that ends the string that begins at from.
func closing(t []byte, from int) int {
	for at := from + 1; ; {
		quote := bytes.IndexByte(t[at:], '"')
		if quote < 0 {
			return len(t)
		}
		escapes, end := 0, at+quote
		for end-escapes > from+1 && t[end-escapes-1] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return end
		}
		at = end + 1
	}
}

// strictestNamed is the strictest marking of what a claim names.
func (v *View) strictestNamed(r ClaimRow) level {
	c, d := v.g.claims.at(r), v.g.details.at(r)
	strictest := v.sourceVersion(c.source).marking
	if c.origin != none {
		strictest = max(strictest, v.sourceVersion(c.origin).marking)
	}
	for _, e := range v.entitiesNamed(r) {
		if e != none {
			strictest = max(strictest, v.entityVersion(e).marking)
		}
	}
	for _, other := range []ClaimRow{d.about, d.against} {
		if other != none {
			strictest = max(strictest, v.g.claims.at(other).marking)
		}
	}
	return strictest
}
