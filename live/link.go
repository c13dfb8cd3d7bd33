package live

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
)

// Link is a relation between two entities, or an attribute of one, as the view's
// claims make it.
type Link struct {
	v     *View
	rows  []LinkRow // in the order of recording; the first stands for all
	order ClaimRow  // where it comes in the order of recording
	key   linkKey   // in representatives
	fold  graph.Fold
	from  EntityRow // the entity it was reached from, or none
	// within bounds the claims that count to those that speak of it; nil is any time.
	within *period
	// combined is set where the link was taken from two views.
	combined *CombinedLink
}

// Link finds a link by id.
func (v *View) Link(id graph.ID) (*Link, bool) {
	if c := v.linkCluster(id); c != nil {
		if !c.isLink() {
			return nil, false
		}
		return v.visibleLink(c.rows[0], nil)
	}
	row, ok := v.linkRow(id)
	if !ok {
		return nil, false
	}
	return v.visibleLink(row, nil)
}

// Links yields every visible link, in the order of recording.
func (v *View) Links() iter.Seq[*Link] {
	return func(yield func(*Link) bool) {
		for row := range v.rowsInOrder() {
			if !v.linkRecord(row).kind.isLink() {
				continue
			}
			if !v.meter.Continue(LinkSlots) {
				return
			}
			if l, ok := v.visibleLink(row, nil); ok && !yield(l) {
				return
			}
		}
	}
}

// IsNode marks a Node.
func (*Link) IsNode() {}

// ID is "l_" and a hash of kind, ends and discriminator.
func (l *Link) ID() graph.ID { return l.v.keyID(l.key) }

// Kind is the kind of link.
func (l *Link) Kind() graph.Predicate { return l.key.kind.predicate() }

// SourceID is the id of the entity that the link starts from.
func (l *Link) SourceID() graph.ID { return l.v.g.entities.at(l.key.source).id }

// TargetID is the id of the entity that the link leads to.
func (l *Link) TargetID() graph.ID { return l.v.g.entities.at(l.key.target).id }

// Source is the entity that the link starts from.
func (l *Link) Source() Entity { return l.v.entity(l.key.source) }

// Target is the entity that the link leads to.
func (l *Link) Target() Entity { return l.v.entity(l.key.target) }

// Other is the far end, seen from the entity that the link was reached from; nil
// when it was reached from none.
func (l *Link) Other() Entity {
	switch l.from {
	case none:
		return nil
	case l.key.source:
		return l.Target()
	}
	return l.Source()
}

// SeenFrom is the link as reached from one of its ends, so that Other is the far
// one.
func (l *Link) SeenFrom(e Entity) *Link {
	reached := *l
	reached.from = e.Base().row
	return &reached
}

// SetOperation says what is taken of two views.
type SetOperation string

// The operations. What both views have is read as the first reads it.
const (
	// Union takes what either view has.
	Union SetOperation = "UNION"
	// Intersection takes what both have.
	Intersection SetOperation = "INTERSECTION"
	// Difference takes what the first has and the second has not: of entities also those that
	// such links join.
	Difference SetOperation = "DIFFERENCE"
)

// SetOperations lists the operations.
var SetOperations = []SetOperation{Union, Intersection, Difference}

// Takes reports whether what is in the first view, or in the second, or in both, is taken.
func (o SetOperation) Takes(first, second bool) bool {
	switch o {
	case Union:
		return first || second
	case Intersection:
		return first && second
	}
	return first && !second
}

// CombinedIn says in which of two views something is.
type CombinedIn string

// The ways to be in two views.
const (
	InFirst  CombinedIn = "FIRST"
	InSecond CombinedIn = "SECOND"
	InBoth   CombinedIn = "BOTH"
)

// CombinedLink says how a link came to be among those of two views.
type CombinedLink struct {
	In     CombinedIn
	second *View
	row    LinkRow
}

// Second is the link as the second view reads it, where both have it; else nil.
func (c *CombinedLink) Second() *Link {
	if c.In != InBoth {
		return nil
	}
	return c.second.LinkAt(c.row)
}

// Combined says in which of two views the link is; nil where it was not taken from two.
func (l *Link) Combined() *CombinedLink { return l.combined }

// AsCombined is the link as taken from two views: the second and the row are how that reads
// it, where both have it.
func (l *Link) AsCombined(in CombinedIn, second *View, row LinkRow) *Link {
	taken := *l
	taken.combined = &CombinedLink{in, second, row}
	return &taken
}

// Status says whether the claims assert the link, and how surely.
func (l *Link) Status() graph.LinkStatus { return l.fold.Status() }

// Disputed reports whether every claim that affirms the link is outweighed: one as good or
// better stands against it.
func (l *Link) Disputed() bool { return l.fold.Disputed() }

// Contested reports whether the link is not disputed, though claims stand against some of
// those that affirm it.
func (l *Link) Contested() bool {
	return l.fold.Contested() || !l.fold.Disputed() && len(l.denials()) > 0
}

// Credibility is that of the best claim: 1 confirmed to 5 improbable, 6 cannot
// be judged.
func (l *Link) Credibility() int { return int(l.bestEvidence().Credibility) }

// Hedge is how the best claim is worded.
func (l *Link) Hedge() graph.Hedge { return graph.Hedges[l.bestEvidence().Hedge] }

// Reliability is the letter of the source of the best claim.
func (l *Link) Reliability() graph.Reliability {
	return graph.Reliabilities[l.bestEvidence().Reliability]
}

func (l *Link) bestEvidence() graph.Evidence {
	e, _ := l.fold.Best()
	return e
}

// best is what the best claim says.
func (l *Link) best() encodedClaim { return l.v.encoded(rowOf(l.bestEvidence())) }

// DatesDisagree reports whether the claims' times have no day in common.
func (l *Link) DatesDisagree() bool { return l.fold.DatesDisagree() }

// Undated reports whether no claim says when.
func (l *Link) Undated() bool { return l.fold.Undated() }

// JoinsOn are the days on which a path may go by the link together with others: those on which
// it may have held, from the first of them on where it is of what was done or came about. They
// are all days where nobody says when or it has no time, and none where lives leave nothing.
func (l *Link) JoinsOn() interval.Days {
	lasting := l.Bearing().Lasts()
	if lasting == graph.AtAllTimes {
		return interval.Always
	}
	dated, list := l.datedIntervals()
	switch days := interval.Span(list); {
	case !dated:
		return interval.Always
	case lasting == graph.FromThenOn:
		return days.Onwards()
	default:
		return days
	}
}

// Bearing is what sort of tie the link is, of its kind and its role.
func (l *Link) Bearing() graph.Bearing { return graph.Bearings[l.v.linkRecord(l.rows[0]).bearing] }

// Discriminator is what tells the link from others of its kind between its ends; "" for most.
func (l *Link) Discriminator() string { return l.key.discriminator }

// Direction is Both of a kind in which the ends are alike, else Out: from source to target.
func (l *Link) Direction() Direction {
	if l.Kind().Spec().Symmetric {
		return Both
	}
	return Out
}

// Marking is the strictest marking among the claims used and what they refer to.
func (l *Link) Marking() graph.Marking { return graph.Markings[l.fold.Marking()] }

// AffirmedCount counts the claims that affirm the link.
func (l *Link) AffirmedCount() int { return l.fold.Affirmed }

// DeniedCount counts the claims that deny the link.
func (l *Link) DeniedCount() int { return l.fold.Denied }

// NoEvidenceCount counts the claims that found no evidence of it.
func (l *Link) NoEvidenceCount() int { return l.fold.NoEvidence }

// LinkHandle stands for a link within one graph, whatever lens it is seen under. It means
// nothing to a client.
type LinkHandle struct{ key linkKey }

// Handle is the link's handle: links of two views of one graph that have the same id
// have the same.
func (l *Link) Handle() LinkHandle { return LinkHandle{l.key} }

// SameClaims reports whether the same claims count for the link as for another of the
// same graph, whichever lens each is seen under.
func (l *Link) SameClaims(other *Link) bool {
	return slices.Equal(l.firstRows(), other.firstRows())
}

// AffirmedBy yields the source of each claim that affirms the link under the lens.
func (l *Link) AffirmedBy() iter.Seq[graph.ID] {
	return func(yield func(graph.ID) bool) {
		for _, r := range l.affirming() {
			if !yield(l.v.sourceOf(r)) {
				return
			}
		}
	}
}

// SourceIDs are the sources in which the claims of the link that count were read,
// whichever way they speak; each once, in the order of the claims.
func (l *Link) SourceIDs() []graph.ID {
	out := []graph.ID{}
	for r := range l.counting() {
		if id := l.v.sourceOf(r); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// IndependentSources counts the sources that affirm the link, those once that derive from
// one another or have it of one speaker.
func (l *Link) IndependentSources() int {
	if l.fold.Affirmed <= 1 {
		return l.fold.Affirmed
	}
	return l.v.independent(l.affirming())
}

// ContradictedBy are the claims that stand against those that affirm the link: that deny
// it of a time that may be theirs, that CONTRADICTS claims name, that affirm a link which
// cannot hold beside it, and by which the accused denies what is laid to him. There is one
// where the link is disputed or contested.
func (l *Link) ContradictedBy() []*Claim {
	out := []*Claim{}
	for _, r := range l.contradictedBy() {
		out = append(out, &Claim{v: l.v, row: r})
	}
	return out
}

// ContradictedByIDs are the ids of ContradictedBy.
func (l *Link) ContradictedByIDs() []graph.ID {
	out := []graph.ID{}
	for _, r := range l.contradictedBy() {
		out = append(out, l.v.record(r).ID)
	}
	return out
}

// LinkWords are what the best claim of a link says of it in a word or two; "" where it does not.
type LinkWords struct {
	Attributed                   bool // it names an attributor, who may be nobody that the reader knows
	Basis                        graph.AttributionBasis
	Grade                        graph.LinkGrade
	Channel, Nature, Role, Stage string
}

// Words are all those of the link, read at once.
func (l *Link) Words() (w LinkWords) {
	for key, value := range l.best().fields() {
		switch string(key) {
		case "attributor":
			w.Attributed = true
		case "basis":
			w.Basis = graph.AttributionBasis(unquoted(value))
		case "channel":
			w.Channel = unquoted(value)
		case "grade":
			w.Grade = graph.LinkGrade(unquoted(value))
		case "nature":
			w.Nature = unquoted(value)
		case "role":
			w.Role = unquoted(value)
		case "stage":
			w.Stage = unquoted(value)
		}
	}
	return w
}

// Role is the role of a membership or a participation; nil where there is none.
func (l *Link) Role() *string { return text(l.best().text("role")) }

// Stage says how far a charge went; nil where there is none.
func (l *Link) Stage() *string { return text(l.best().text("stage")) }

// Nature says in a word or two what the link consists of; nil where nothing does.
func (l *Link) Nature() *string { return text(l.best().text("nature")) }

// Channel is where a claim of responsibility was made; nil where none is said.
func (l *Link) Channel() *string { return text(l.best().text("channel")) }

// Basis is what an attribution rests on; nil where nothing is said.
func (l *Link) Basis() *graph.AttributionBasis {
	return text(graph.AttributionBasis(l.best().text("basis")))
}

// Grade is how close an alliance or how sharp a rivalry is; nil where not said.
func (l *Link) Grade() *graph.LinkGrade { return text(graph.LinkGrade(l.best().text("grade"))) }

// Attributor is who makes an attribution; nil where it is nobody named.
func (l *Link) Attributor() Entity {
	return l.v.mentioned(rowOf(l.bestEvidence()), graph.ID(l.best().text("attributor")))
}

// Modes are all that claims say the link consists of, in order.
func (l *Link) Modes() []graph.Mode {
	out := []graph.Mode{}
	for r := range l.counting() {
		if l.v.polarity(r) != graph.Affirmed {
			continue
		}
		for mode := range l.v.encoded(r).texts("modes") {
			out = append(out, graph.Mode(mode))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// LinkSummary is a visible link in numbers: what computing over the whole graph needs
// of it. Rows are good for this view only and mean nothing to a client.
type LinkSummary struct {
	// Row stands for the link; LinkAt gives it back.
	Row LinkRow
	// Source and Target stand for the entities; EntityAt gives them back.
	Source, Target EntityRow
	// Kind is the kind of link.
	Kind KindCode
	// Bearing is the place of the link's bearing in graph.Bearings.
	Bearing uint8
	// Credibility is 1 to 6.
	Credibility uint8
	// Undated is set when no claim says when the link held.
	Undated bool
}

// LinkRows is how many rows of links there are; LinkSummaries takes ranges below it, so
// that several goroutines can share the work.
func (v *View) LinkRows() LinkRow {
	if v.retired == nil {
		return v.sizes.links
	}
	return v.sizes.links + LinkRow(len(v.retired.parts))
}

// EntityRows is how many rows of entities there are.
func (v *View) EntityRows() EntityRow { return v.sizes.entities }

// LinkSummaries calls f for each link of rows from (included) to to (excluded) that the
// view shows, in ascending order of rows.
func (v *View) LinkSummaries(from, to LinkRow, f func(LinkSummary)) {
	room, single := new([1]LinkRow), v.singleClaims()
	for row := from; row < min(to, v.LinkRows()); row++ {
		if v.isLost(row) {
			continue
		}
		if s, ok := v.linkSummary(row, single, room); ok {
			f(s)
		}
	}
}

// LinkSummary is the link that a row stands for; false, and nothing of it, when the view
// shows none.
func (v *View) LinkSummary(row LinkRow) (LinkSummary, bool) {
	s, visible := v.linkSummary(row, v.singleClaims(), new([1]LinkRow))
	if !visible {
		return LinkSummary{}, false
	}
	return s, true
}

// linkSummary is LinkSummary, but for what it says of a link that is not visible. room
// is for the rows of the link.
func (v *View) linkSummary(row LinkRow, single *singleClaimFilter, room *[1]LinkRow) (LinkSummary, bool) {
	if row >= v.LinkRows() {
		return LinkSummary{}, false
	}
	record := v.linkRecord(row)
	if !record.kind.isLink() {
		return LinkSummary{}, false
	}
	if single != nil {
		if s, visible, ok := single.ofOne(v, row, record); ok {
			return s, visible
		}
		if s, visible, ok := single.ofSeveral(v, row, record); ok {
			return s, visible
		}
	}
	l, ok := v.visibleLinkInto(row, room, nil)
	if !ok {
		return LinkSummary{}, false
	}
	best, _ := l.fold.Best()
	return LinkSummary{
		row, l.key.source, l.key.target, l.key.kind, record.bearing, best.Credibility, l.fold.Undated(),
	}, true
}

// LinkSummariesOf calls f for each visible link of the entity of a row, in the order of
// recording. It need not be one that the view yields: a row that another stands for has
// the links of both.
func (v *View) LinkSummariesOf(entity EntityRow, f func(LinkSummary)) {
	room, single := new([1]LinkRow), v.singleClaims()
	for p := range v.postings(v.resolution.of(entity)) {
		if p.other == none {
			continue
		}
		if s, ok := v.linkSummary(p.link, single, room); ok {
			f(s)
		}
	}
}

// LinkAt is the link that a summary's row stands for; nil when the view shows none.
func (v *View) LinkAt(row LinkRow) *Link {
	l, _ := v.visibleLink(row, nil)
	return l
}

// DiscriminatorAt is what tells the link of a summary's row from others of its kind and ends.
func (v *View) DiscriminatorAt(row LinkRow) string {
	if v.resolution != nil {
		if c := v.resolution.links[row]; c != nil {
			return c.key.discriminator
		}
	}
	return v.linkRecord(row).discriminator
}

// EntityAt is the entity that a summary's row stands for.
func (v *View) EntityAt(row EntityRow) Entity { return v.entity(row) }

// KindAt is the kind of the entity that a summary's row stands for.
func (v *View) KindAt(row EntityRow) graph.EntityKind { return v.g.kindOf(row) }

// EntityRow is the row that stands for an entity; false when it does not exist, or is retired.
func (v *View) EntityRow(id graph.ID) (EntityRow, bool) {
	e, ok := v.Entity(id)
	if !ok || v.gone(e.Base().row) {
		return 0, false
	}
	return e.Base().row, true
}

// SummarySlots is what summing up a link costs: much less where most links have a single
// claim of which the lens asks nothing but its grade.
func (v *View) SummarySlots() int {
	if v.singleClaims() != nil {
		return LinkSlots / 40
	}
	return LinkSlots
}

// LinkOrderOf says where the link that a summary's row stands for comes in the order of
// recording, as far as the reader may know it: of two links, the one that he saw
// recorded first comes lower.
func (v *View) LinkOrderOf(row LinkRow) ClaimRow {
	if v.resolution != nil {
		if c := v.resolution.links[row]; c != nil {
			return c.order
		}
	}
	return v.order(row)
}

// order is where a link or an attribute comes in the order of recording: the row of its
// first claim.
func (v *View) order(row LinkRow) ClaimRow {
	if row < v.sizes.links {
		return v.g.links.at(row).first
	}
	return v.retired.parts[row-v.sizes.links].order
}

// orderOf is where the link that an id names comes in the order of recording; false for
// an id of nothing that the reader may see.
func (v *View) orderOf(id graph.ID) (ClaimRow, bool) {
	if c := v.linkCluster(id); c != nil {
		return c.order, c.isLink()
	}
	row, ok := v.linkRow(id)
	if !ok {
		return 0, false
	}
	return v.order(row), true
}

// linkRow is the row of the link, not of an attribute, that an id names.
func (v *View) linkRow(id graph.ID) (LinkRow, bool) {
	row, ok := v.g.linkIDs.get(id)
	return row, ok && row < v.sizes.links && v.g.links.at(row).kind.isLink()
}

// rowsInOrder yields the rows of links and attributes, in the order of recording, without
// those of what is retired.
func (v *View) rowsInOrder() iter.Seq[LinkRow] {
	return func(yield func(LinkRow) bool) {
		part, end := v.sizes.links, v.LinkRows()
		for row := range v.sizes.links {
			for ; part < end && v.order(part) < v.order(row); part++ {
				if !v.isLost(part) && !yield(part) {
					return
				}
			}
			if !v.meter.Continue(1) || !v.isLost(row) && !yield(row) {
				return
			}
		}
		for ; part < end; part++ {
			if !v.isLost(part) && !yield(part) {
				return
			}
		}
	}
}

// ownPostings are the links and attributes of an entity as of the view, by row.
func (v *View) ownPostings(row EntityRow) []posting {
	list := v.g.entities.at(row).postings.all()
	end, _ := slices.BinarySearchFunc(list, v.sizes.links, func(p posting, links LinkRow) int {
		return cmp.Compare(p.link, links)
	})
	return list[:end]
}

// degree is how many links and attributes an entity has.
func (v *View) degree(row EntityRow) int { return len(v.ownPostings(row)) }
