package live

import (
	"cmp"
	"iter"
	"slices"
	"strconv"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/page"
)

// HistoryEventKind says what happened to a record.
type HistoryEventKind string

// What may happen to an entity, a source or a claim.
const (
	Recorded            HistoryEventKind = "RECORDED"
	RecordedAgain       HistoryEventKind = "RECORDED_AGAIN"
	Reasserted          HistoryEventKind = "REASSERTED"
	Retracted           HistoryEventKind = "RETRACTED"
	RetractionTakenBack HistoryEventKind = "RETRACTION_TAKEN_BACK"
	SourceWithdrawn     HistoryEventKind = "SOURCE_WITHDRAWN"
	WithdrawalTakenBack HistoryEventKind = "WITHDRAWAL_TAKEN_BACK"
	RetiredThen         HistoryEventKind = "RETIRED"
	RetirementTakenBack HistoryEventKind = "RETIREMENT_TAKEN_BACK"
	Marked              HistoryEventKind = "MARKED"
)

// HistoryEventKinds lists what may happen.
var HistoryEventKinds = []HistoryEventKind{
	Recorded, RecordedAgain, Reasserted, Retracted, RetractionTakenBack, SourceWithdrawn, WithdrawalTakenBack,
	RetiredThen, RetirementTakenBack, Marked,
}

// HistoryEvent is one thing that a commit did to an entity, a source or a claim.
type HistoryEvent struct {
	What HistoryEventKind
	recorded
	commit commitRow
	by     ClaimRow // the claim that did it, or none
	onLine *Claim   // that which it happened to, if the record of its subject alone says it
	place  eventPlace
	v      *View
}

// eventPlace is the place of an event in its list.
type eventPlace uint32

// recorded is a record: the version of a source or of an entity, or the row of a claim.
// Two of the rows are none.
type recorded struct {
	source  sourceRow
	entity  EntityRow
	claim   ClaimRow
	version int
}

// renewal is a record of a source or of an entity that was there before.
type renewal struct {
	source  sourceRow
	entity  EntityRow
	version int
}

// noteRepeats notes which of the claims from a row on, which a commit added, repeat what
// stood, and counts them with those that lines stand for.
func (g *Graph) noteRepeats(from ClaimRow) (n ClaimRow) {
	for r := from; r < g.claims.n; r++ {
		if c := g.claims.at(r); c.grade.ofLine() {
			n++
		} else if c.grade.rerecorded() && g.repeats(r, c) {
			c.grade |= repeats
			n++
		}
	}
	return n
}

// repeats reports whether all who see a row that records a claim again saw it stand when
// it came. To them the row is nothing that happened: if it answers a retraction, that is
// hidden from them. A claim that retracts is news also when what it retracts stood, and
// one that marks always is.
func (g *Graph) repeats(r ClaimRow, c *claimRecord) bool {
	d := g.details.at(r)
	if d.kind == marks || !g.stood(d.first, r, c.marking) {
		return false
	}
	if g.onLinesAlone(d.first, r) {
		return false // it had no record of its own
	}
	return d.kind != retracts || !g.stood(g.details.at(d.about).first, r, topLevel)
}

// onLinesAlone reports whether lines alone said before a row what a claim says, by its first
// row.
func (g *Graph) onLinesAlone(first, end ClaimRow) bool {
	return g.claims.at(first).grade.ofLine() && !slices.ContainsFunc(
		before(g.revisionsOf(first).rerecorded.all(), end), func(r ClaimRow) bool { return !g.claims.at(r).grade.ofLine() },
	)
}

var topLevel = level(len(graph.Markings) - 1)

// stood reports whether a claim, by its first row, stood before a row for who sees up to a
// marking: a row that records it, and that no later retraction takes back.
func (g *Graph) stood(first, end ClaimRow, to level) bool {
	is := g.revisionsOf(first)
	if is == nil {
		return first < end
	}
	again, retractions := before(is.rerecorded.all(), end), before(is.retractions.all(), end)
	writer := -1 // the highest of those who retracted since
	for i := len(again); i >= 0; i-- {
		row := first
		if i > 0 {
			row = again[i-1]
		}
		for n := len(retractions); n > 0 && retractions[n-1] > row; n-- {
			writer, retractions = max(writer, int(g.reach(retractions[n-1]))), retractions[:n-1]
		}
		if writer >= int(to) {
			return false
		}
		if m := g.claims.at(row).marking; m <= to && int(m) > writer && row < end {
			return true
		}
	}
	return false
}

// before are the rows of an ascending list that are before another.
func before(list []ClaimRow, end ClaimRow) []ClaimRow {
	n, _ := slices.BinarySearch(list, end)
	return list[:n]
}

// reach is the strictest of what a claim takes back, if that is what it does: what its
// writer saw, and what is no stricter than itself by now.
func (g *Graph) reach(r ClaimRow) level {
	return max(g.claims.at(r).marking, g.commits.at(g.details.at(r).commit).writer)
}

// howRecorded says whether a record was the first of its id and, of a claim, whether it
// was retracted by then.
func (v *View) howRecorded(r recorded) HistoryEventKind {
	last := ClaimRow(none)
	if r.claim != none {
		last = v.rowBefore(r.claim)
	}
	switch {
	case r.claim == none && r.version == 0 || r.claim != none && last == none:
		return Recorded
	case r.claim != none && v.retractedBetween(topLevel, v.g.revisionsOf(v.g.details.at(r.claim).first), last, r.claim):
		return Reasserted
	}
	return RecordedAgain
}

// rowBefore is the row that recorded the claim of a row last before it, or none.
func (v *View) rowBefore(r ClaimRow) ClaimRow {
	first := v.g.details.at(r).first
	if first == r {
		return none
	}
	again := before(v.g.revisionsOf(first).rerecorded.all(), r)
	for i := len(again) - 1; i >= 0; i-- {
		if grade := v.g.claims.at(again[i]).grade; !grade.repeats() && !grade.ofLine() {
			return again[i]
		}
	}
	return first
}

// ID is the id of what it happened to.
func (e *HistoryEvent) ID() graph.ID {
	switch {
	case e.onLine != nil:
		return e.onLine.ID()
	case e.source != none:
		return e.v.g.sources.at(e.source).id
	case e.entity != none:
		return e.v.g.entities.at(e.entity).id
	}
	return e.v.record(e.claim).ID
}

// Node is what it happened to, as the view sees it. An entity is shown with all that are
// the same.
func (e *HistoryEvent) Node() Node {
	switch {
	case e.onLine != nil:
		return e.onLine
	case e.source != none:
		return &Source{e.v, e.source}
	case e.entity != none:
		return e.v.entity(e.v.resolution.of(e.entity))
	}
	return e.v.found(e.claim)
}

// found is the claim of a row as the reader finds it by its id.
func (v *View) found(r ClaimRow) *Claim {
	return v.claim(v.current(v.g.details.at(r).first, v.sizes.claims))
}

// Commit is the commit that did it.
func (e *HistoryEvent) Commit() *LoggedCommit { return &LoggedCommit{e.v, e.commit} }

// Claim is the claim that retracts, withdraws, marks or takes that back; nil for what was
// recorded.
func (e *HistoryEvent) Claim() *Claim {
	if e.by == none {
		return nil
	}
	return e.v.found(e.by)
}

// Reason is why, in the words of the claim that did it; nil where it says nothing, and for
// what was recorded.
func (e *HistoryEvent) Reason() *string {
	if v := e.value(); v != nil {
		return text(v.Text)
	}
	return nil
}

// MarkedFrom is what it was marked before; nil unless it was Marked.
func (e *HistoryEvent) MarkedFrom() *graph.Marking {
	if e.What != Marked {
		return nil
	}
	return text(e.value().Stamp)
}

// MarkedTo is what it is marked from then on; nil unless it was Marked.
func (e *HistoryEvent) MarkedTo() *graph.Marking {
	if e.What != Marked {
		return nil
	}
	return text(e.value().Marking)
}

// value is what the claim that did it says; nil for none.
func (e *HistoryEvent) value() *graph.Value {
	if e.by == none {
		return nil
	}
	return e.v.record(e.by).Value
}

// Fields are the fields that a record has otherwise than the one before it, under their
// names in the schema; empty for a first record.
func (e *HistoryEvent) Fields() []string {
	switch {
	case e.by != none || e.What == Recorded:
		return []string{}
	case e.source != none:
		all := e.v.g.sources.at(e.source).versions.all()
		last, is := all[e.version-1].is, all[e.version].is
		return markingToo(changedFields(sourceFields, last.merged, is.merged), last.marking, is.marking)
	case e.entity != none:
		all := e.v.g.entities.at(e.entity).versions.all()
		last, is := all[e.version-1].is, all[e.version].is
		return markingToo(changedFields(entityFields, last.merged, is.merged), last.marking, is.marking)
	}
	return changedFields(claimFields, e.v.record(e.v.rowBefore(e.claim)), e.v.record(e.claim))
}

// field is a field of a record, and whether two have the same in it.
type field[R any] struct {
	name string
	same func(a, b *R) bool
}

func changedFields[R any](fields []field[R], a, b *R) []string {
	out := []string{}
	for _, f := range fields {
		if !f.same(a, b) {
			out = append(out, f.name)
		}
	}
	return out
}

// markingToo are the fields with the marking, where it is another.
func markingToo(fields []string, last, is level) []string {
	if is != last {
		return append(fields, "marking")
	}
	return fields
}

// of is a field of values that can be compared.
func of[R any, V comparable](name string, value func(*R) V) field[R] {
	return field[R]{name, func(a, b *R) bool { return value(a) == value(b) }}
}

// listOf is a field of a list of such values.
func listOf[R any, V comparable](name string, value func(*R) []V) field[R] {
	return field[R]{name, func(a, b *R) bool { return slices.Equal(value(a), value(b)) }}
}

var sourceFields = []field[graph.Source]{
	of("kind", func(s *graph.Source) graph.SourceKind { return s.Kind }),
	of("title", func(s *graph.Source) string { return s.Title }),
	of("publisher", func(s *graph.Source) string { return s.Publisher }),
	listOf("authors", func(s *graph.Source) []string { return s.Authors }),
	of("published", func(s *graph.Source) graph.PartialDate { return s.Published }),
	of("url", func(s *graph.Source) string { return s.URL }),
	of("language", func(s *graph.Source) string { return s.Language }),
	of("licence", func(s *graph.Source) string { return s.Licence }),
	of("note", func(s *graph.Source) string { return s.Note }),
	of("reliability", (*graph.Source).Letter),
	listOf("derivedFrom", func(s *graph.Source) []graph.ID { return s.DerivedFrom }),
}

var entityFields = []field[graph.Entity]{
	listOf("names", func(e *graph.Entity) []graph.Name { return e.Names }),
	of("description", func(e *graph.Entity) string { return e.Description }),
	of("subtype", func(e *graph.Entity) string { return e.Subtype }),
	of("representation", func(e *graph.Entity) graph.Representation { return cmp.Or(e.Representation, graph.Named) }),
	listOf("external", func(e *graph.Entity) []string { return e.External }),
}

var claimFields = []field[graph.Claim]{ // the others make its id
	of("label", func(c *graph.Claim) string { return c.Label }),
	of("excerpt", func(c *graph.Claim) string { return c.Excerpt }),
	of("text", func(c *graph.Claim) string { return c.Text }),
}

// HistoryPage pages what happened to the entity, the source or the claim with the id, in
// order. Of an entity it is what was recorded under that id, and not what claims say of
// it. What is not there is a graph.ErrNotFound.
func (v *View) HistoryPage(id graph.ID, p page.Args) (*HistoryEventConnection, error) {
	if id.IsLink() {
		return nil, graph.Invalid("NOT_A_RECORD", "id", "a link is not recorded: it is made of claims",
			"ask for the history of its claims")
	}
	if ref := RefOf(id); ref.By != graph.ByID {
		at, err := v.findAt("id", ref, nil)
		if err != nil {
			return nil, err
		}
		id = v.g.entities.at(at).id
	}
	h := &historian{View: v}
	if !h.tell(id) {
		return nil, graph.NotFound("id", id)
	}
	h.marks(id)
	slices.SortStableFunc(h.events, func(a, b *HistoryEvent) int {
		return cmp.Or(cmp.Compare(a.commit, b.commit), cmp.Compare(a.at(), b.at()))
	})
	return v.pageEvents("history of "+string(id), slices.Values(h.events), p)
}

// at is where in its commit an event comes: sources and entities before claims.
func (e *HistoryEvent) at() int64 {
	switch {
	case e.by != none:
		return int64(e.by)
	case e.claim != none:
		return int64(e.claim)
	}
	return -1
}

// historian collects what happened to one record.
type historian struct {
	*View
	of     recorded
	onLine *Claim // if the record of its subject alone says it
	events []*HistoryEvent
}

// tell collects all events; false when nothing is there by the id.
func (h *historian) tell(id graph.ID) bool {
	h.of = recorded{source: none, entity: none, claim: none}
	switch {
	case id.IsClaim():
		r, ok := h.claimRow(id)
		if ok {
			h.claimRecords(h.g.details.at(r).first)
			return true
		}
		return h.line(id)
	case id.IsSource():
		row, ok := h.sourceRow(id)
		if ok {
			h.of.source = row
			versionRecords(h, h.g.sources.at(row).versions.all())
			h.withdrawals(row)
		}
		return ok
	}
	row, known := h.g.entityIndex.get(id)
	if !known || !h.entityExists(row) {
		return false
	}
	h.of.entity = row
	versionRecords(h, h.g.entities.at(row).versions.all())
	h.retirements(row)
	return true
}

// line adds that the record of an entity says what a claim says, and what withdraws its
// source.
func (h *historian) line(id graph.ID) bool {
	c, ok := h.lineClaim(id)
	if !ok {
		return false
	}
	h.onLine = c
	h.events = append(h.events, &HistoryEvent{
		What: Recorded, recorded: h.of, onLine: c, commit: c.line.commit(), by: none, v: h.View,
	})
	h.withdrawals(c.line.source)
	return true
}

// versionRecords adds the records of a source or of an entity.
func versionRecords[T any](h *historian, list []version[T]) {
	for i, is := range list {
		if is.commit >= h.sizes.commits || !h.meter.Continue(entitySlots) {
			return
		}
		r := h.of
		r.version = i
		h.events = append(h.events, &HistoryEvent{What: h.howRecorded(r), recorded: r, commit: is.commit, by: none, v: h.View})
	}
}

// claimRecords adds the records of a claim, what retracts it, and what withdraws its
// source.
func (h *historian) claimRecords(first ClaimRow) {
	h.of.claim = first
	rows := []ClaimRow{first}
	if is := h.g.revisionsOf(first); is != nil {
		rows = append(rows, is.rerecorded.all()...)
	}
	for _, r := range rows {
		if r >= h.sizes.claims || !h.meter.Continue(claimSlots) {
			break
		}
		if grade := h.g.claims.at(r).grade; grade.repeats() || grade.ofLine() && r != first {
			continue
		}
		e := h.event("", r)
		e.claim, e.by = r, none
		e.What = h.howRecorded(e.recorded)
	}
	h.retractions(first, Retracted, RetractionTakenBack)
	h.withdrawals(h.g.claims.at(first).source)
}

// event adds what a claim did.
func (h *historian) event(what HistoryEventKind, by ClaimRow) *HistoryEvent {
	e := &HistoryEvent{What: what, recorded: h.of, onLine: h.onLine, commit: h.g.details.at(by).commit, by: by, v: h.View}
	h.events = append(h.events, e)
	return e
}

// retractions adds what retracts a claim, what retracts that, and so on: every second
// one takes back what the one before it did.
func (h *historian) retractions(first ClaimRow, does, takesBack HistoryEventKind) {
	for layer := []ClaimRow{first}; len(layer) > 0; does, takesBack = takesBack, does {
		var next []ClaimRow
		for _, r := range layer {
			is := h.g.revisionsOf(r)
			if is == nil {
				continue
			}
			for _, by := range is.retractions.all() {
				if by >= h.sizes.claims || !h.meter.Continue(claimSlots) {
					break
				}
				if !h.g.claims.at(by).grade.repeats() {
					h.event(does, by)
				}
				if h.g.details.at(by).first == by {
					next = append(next, by)
				}
			}
		}
		layer = next
	}
}

// retirements adds what retires an entity, and what takes that back.
func (h *historian) retirements(row EntityRow) {
	for _, x := range h.g.retired.all() {
		if x.claim >= h.sizes.claims || !h.meter.Continue(claimSlots) {
			return
		}
		if x.entity != row || h.g.claims.at(x.claim).grade.repeats() {
			continue
		}
		h.event(RetiredThen, x.claim)
		if h.g.details.at(x.claim).first == x.claim {
			h.retractions(x.claim, RetirementTakenBack, RetiredThen)
		}
	}
}

// withdrawals adds what withdraws a source, and what takes that back.
func (h *historian) withdrawals(row sourceRow) {
	for _, by := range h.g.withdrawals.all() {
		if by >= h.sizes.claims || !h.meter.Continue(claimSlots) {
			return
		}
		if h.g.details.at(by).withdraws != row || h.g.claims.at(by).grade.repeats() {
			continue
		}
		h.event(SourceWithdrawn, by)
		if h.g.details.at(by).first == by {
			h.retractions(by, WithdrawalTakenBack, SourceWithdrawn)
		}
	}
}

// marks adds what changed the marking of what is told of.
func (h *historian) marks(id graph.ID) {
	for _, by := range h.g.marks.all() {
		if by >= h.sizes.claims || !h.meter.Continue(claimSlots) {
			return
		}
		if h.encoded(by).text("subject") == string(id) {
			h.event(Marked, by)
		}
	}
}

// pageEvents pages events in their order. A cursor says which one of them it is: what
// comes later stands behind.
func (v *View) pageEvents(name string, events iter.Seq[*HistoryEvent], p page.Args) (*HistoryEventConnection, error) {
	l := page.List[*HistoryEvent]{Name: name, ID: func(e *HistoryEvent) graph.ID { return graph.ID(strconv.Itoa(int(e.place))) }}
	inRowOrder(&l, func(e *HistoryEvent) eventPlace { return e.place }, func(id graph.ID) (eventPlace, bool) {
		n, err := strconv.ParseUint(string(id), 10, 32)
		return eventPlace(n), err == nil
	})
	l.Items = func(yield func(*HistoryEvent) bool) {
		place := eventPlace(0)
		for e := range events {
			e.place = place
			if !yield(e) {
				return
			}
			place++
		}
	}
	return answered(v, &l, p)
}

// answered is a page of the list, of which each item costs what a record in an answer does.
func answered[T any](v *View, l *page.List[T], p page.Args) (*page.Connection[T], error) {
	c, err := l.Page(p)
	if err == nil {
		v.meter.Continue(RecordSlots * len(c.Edges))
	}
	return c, err
}
