package live

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// Selection is a part of a view that is read whole. In each list nil takes all
// kinds and an empty list none.
type Selection struct {
	// Kinds keeps links of these kinds, and entities that one of them joins.
	Kinds []graph.Predicate
	// EntityKinds keeps entities of these kinds, and links between two of them.
	EntityKinds []graph.EntityKind
}

// takesLink reports whether the selection takes a link, if it is visible.
func (s *Selection) takesLink(v *View, wanted kindSet, row LinkRow) bool {
	l := v.linkRecord(row)
	if !l.kind.isLink() || !wanted.has(l.kind) || s.EntityKinds == nil {
		return l.kind.isLink() && wanted.has(l.kind)
	}
	source, target := v.endsOf(row)
	return s.takes(v, source) && s.takes(v, target)
}

// endsOf are the entities that a row joins, or two that are the same as these.
func (v *View) endsOf(row LinkRow) (source, target EntityRow) {
	if v.retired != nil {
		if c := v.resolution.links[row]; c != nil {
			return c.key.source, c.key.target
		}
	}
	l := v.linkRecord(row)
	return l.source, l.target
}

// takes reports whether the selection takes entities of the kind of one; what is the
// same as something else is of the same kind.
func (s *Selection) takes(v *View, e EntityRow) bool {
	return s.EntityKinds == nil || slices.Contains(s.EntityKinds, v.g.kindOf(e))
}

// SelectLinks yields the visible links of the selection, in the order of recording. It
// ends when the context does.
func (v *View) SelectLinks(ctx context.Context, s Selection) iter.Seq[*Link] {
	wanted := kindSetOf(s.Kinds)
	return func(yield func(*Link) bool) {
		step := v.newPacer(ctx)
		for row := range v.rowsInOrder() {
			if step.over(LinkSlots + RecordSlots) {
				return
			}
			if !s.takesLink(v, wanted, row) {
				continue
			}
			if l, ok := v.visibleLink(row, nil); ok && !yield(l) {
				return
			}
		}
	}
}

// CountLinks counts what SelectLinks yields. The only error is the context's.
func (v *View) CountLinks(ctx context.Context, s Selection) (int, error) {
	wanted, room, n := kindSetOf(s.Kinds), new([1]LinkRow), 0
	step := v.newPacer(ctx)
	for row := range v.rowsInOrder() {
		if step.over(LinkSlots) {
			return 0, step.err
		}
		if !s.takesLink(v, wanted, row) {
			continue
		}
		if _, ok := v.visibleLinkInto(row, room, nil); ok {
			n++
		}
	}
	return n, ctx.Err()
}

// SelectEntities yields the entities of the selection, in the order of Entities. It
// ends when the context does.
func (v *View) SelectEntities(ctx context.Context, s Selection) iter.Seq[Entity] {
	return v.selectEntities(ctx, s, RecordSlots)
}

// selectEntities is SelectEntities, where each costs so many slots.
func (v *View) selectEntities(ctx context.Context, s Selection, slots int) iter.Seq[Entity] {
	step := v.newPacer(ctx)
	return func(yield func(Entity) bool) {
		if s.EntityKinds != nil && len(s.EntityKinds) == 0 {
			return
		}
		for _, k := range graph.EntityKinds { // in one order, whatever that of the selection
			if s.EntityKinds != nil && !slices.Contains(s.EntityKinds, k) {
				continue
			}
			for e := range v.Entities(k) {
				if step.over(slots) {
					return
				}
				if (s.Kinds == nil || e.Base().JoinedBy(s, nil)) && !yield(e) {
					return
				}
			}
		}
	}
}

// JoinedBy reports whether a visible link of the selection that passes a test joins the entity to
// another; a nil test passes all.
func (e *EntityBase) JoinedBy(s Selection, passes func(*Link) bool) bool {
	wanted := kindSetOf(s.Kinds)
	for p := range e.v.postings(e.row) {
		if p.other == none || !wanted.has(p.kind) || !s.takes(e.v, p.other) {
			continue
		}
		l, ok := e.v.visibleLink(p.link, nil)
		if !e.v.meter.Continue(LinkSlots) || ok && (passes == nil || passes(l)) {
			return ok
		}
	}
	return false
}

// SelectsLink reports whether SelectLinks yields a link that another view shows.
func (v *View) SelectsLink(s Selection, other *Link) bool {
	if !v.meter.Continue(LinkSlots) || !kindSetOf(s.Kinds).has(other.key.kind) {
		return false
	}
	l, ok := v.Link(other.ID())
	return ok && l.key == other.key && s.takes(v, l.key.source) && s.takes(v, l.key.target)
}

// SelectsEntity reports whether SelectEntities yields an entity that another view shows.
func (v *View) SelectsEntity(s Selection, other Entity) bool {
	if !v.meter.Continue(entitySlots) {
		return false
	}
	e, ok := v.Entity(other.Base().ID())
	return ok && e.Base().row == other.Base().row && s.takes(v, e.Base().row) && (s.Kinds == nil || e.Base().JoinedBy(s, nil))
}

// CountEntities counts what SelectEntities yields. The only error is the context's.
func (v *View) CountEntities(ctx context.Context, s Selection) (int, error) {
	n := 0
	for range v.selectEntities(ctx, s, entitySlots) {
		n++
	}
	return n, cmp.Or(v.meter.Err(), ctx.Err())
}

// pacer counts what is read, and asks a context now and then whether it is over.
type pacer struct {
	ctx   context.Context
	meter *work.Meter
	steps uint32
	err   error
}

func (v *View) newPacer(ctx context.Context) *pacer { return &pacer{ctx: ctx, meter: v.meter} }

// over counts slots, and reports whether the meter says to stop or the context has ended,
// as of some steps ago.
func (p *pacer) over(slots int) bool {
	if !p.meter.Continue(slots) {
		p.err = p.meter.Err()
	} else if p.steps++; p.steps%1024 == 0 {
		p.err = p.ctx.Err()
	}
	return p.err != nil
}

// Export is what a view holds as records: the claims that count, and the entities
// and sources as the view sees them. Recorded in an empty store they give the same
// entities and links. Retractions and withdrawals are left out, as what they retract
// is; a claim about two claims is there when both are. Of links that no life lets hold on the
// day of the lens there are no claims.
//
// Of a selection there are the claims of its links, with its Kinds nil those of the
// attributes of its entities too; the entities that it takes or that such claims
// name; and the sources that these rest on.
type Export struct {
	v         *View
	selection Selection
	wanted    kindSet
	pairs     []ClaimRow        // exported claims about two claims, each behind those that it is about
	taken     map[ClaimRow]bool // of claims about two claims that were asked for: whether they are exported
	outside   map[LinkRow]bool  // of links that were asked for: whether no life lets them hold
	// sources and entities are what is exported; nil is all that exist.
	sources  bitset[sourceRow]
	entities bitset[EntityRow]
	rows     int
	leftOut  LeftOut
	// gone are retired entities that exported claims name as speakers and the like: they are
	// exported, with what retires them.
	gone []EntityRow
	// marked are the ids of claims that are exported with a marking that they did not give
	// themselves, for their own.
	marked map[graph.ID]graph.ID
}

// LeftOut counts what an Export leaves out of all that the reader may see at its moment. What
// lines of entities say is counted with these.
type LeftOut struct {
	Sources  int `json:"sources"`
	Entities int `json:"entities"`
	// Claims are those that do not count or are not selected, and those that take back or mark.
	Claims int `json:"claims"`
}

// Export finds out what of the selection is to be exported. The only error is the
// context's.
func (v *View) Export(ctx context.Context, s Selection) (*Export, error) {
	x := &Export{
		v: v, selection: s, wanted: kindSetOf(s.Kinds),
		taken: map[ClaimRow]bool{}, outside: map[LinkRow]bool{}, marked: map[graph.ID]graph.ID{},
	}
	if s.Kinds != nil || s.EntityKinds != nil {
		x.sources, x.entities = newBitset(v.sizes.sources), newBitset(v.sizes.entities)
	}
	step := v.newPacer(ctx)
	for r := range v.sizes.claims {
		if step.over(claimSlots) {
			return nil, step.err
		}
		x.readClaim(r)
	}
	x.rows += len(x.pairs)
	x.leftOut.Claims -= len(x.pairs)
	for _, r := range x.pairs {
		x.mark(r)
	}
	x.markGone()
	x.markEntities()
	x.markParents()
	if !x.countRecords(step) {
		return nil, step.err
	}
	return x, ctx.Err()
}

// readClaim exports a claim, and what it names, if it is to be exported. Those about two
// claims gather in pairs.
func (x *Export) readClaim(r ClaimRow) {
	if x.v.g.details.at(r).first == r && !x.v.g.claims.at(r).grade.fromLine() {
		x.leftOut.Claims++
	}
	switch {
	case x.isPair(r):
		x.takesPair(r)
	case x.takes(r):
		x.rows++
		x.leftOut.Claims--
		x.mark(r)
	}
}

// countRecords counts entities and sources; false when the context is over.
func (x *Export) countRecords(step *pacer) bool {
	for row := range x.v.sizes.entities {
		if step.over(entitySlots) {
			return false
		}
		if x.takesEntity(row) {
			x.rows++
		} else if x.v.entityExists(row) {
			x.leftOut.Entities++
		}
	}
	for row := firstSource; row < x.v.sizes.sources; row++ {
		if x.takesSource(row) {
			x.rows++
		} else if x.v.sourceExists(row) {
			x.leftOut.Sources++
		}
	}
	return true
}

// Len is the number of records.
func (x *Export) Len() int { return x.rows }

// LeftOut counts what is not exported.
func (x *Export) LeftOut() LeftOut { return x.leftOut }

// Lines yields the records in canonical form, without line ends: sources, entities,
// claims, those about claims last. A line is good until the next and must not be
// changed. It ends when the context does.
func (x *Export) Lines(ctx context.Context) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		step := x.v.newPacer(ctx)
		_ = x.sourceLines(step, yield) && x.entityLines(step, yield) && x.claimLines(step, yield)
	}
}

func (x *Export) sourceLines(step *pacer, yield func([]byte) bool) bool {
	for row := firstSource; row < x.v.sizes.sources; row++ {
		if step.over(RecordSlots) {
			return false
		}
		if x.takesSource(row) {
			s := x.v.sourceRecord(row)
			if !yield(graph.Encode(&s)) {
				return false
			}
		}
	}
	return true
}

func (x *Export) entityLines(step *pacer, yield func([]byte) bool) bool {
	for row := range x.v.sizes.entities {
		if step.over(RecordSlots) {
			return false
		}
		if x.takesEntity(row) {
			e := x.v.entityRecord(row)
			if !yield(graph.Encode(&e)) {
				return false
			}
		}
	}
	return true
}

func (x *Export) claimLines(step *pacer, yield func([]byte) bool) bool {
	for r := range x.v.sizes.claims {
		if step.over(RecordSlots) || !x.isPair(r) && x.takes(r) && !yield(x.claimLine(r)) {
			return false
		}
	}
	for _, r := range x.pairs {
		if !yield(x.claimLine(r)) {
			return false
		}
	}
	for _, e := range x.gone {
		if !yield(x.claimLine(x.v.retired.of[e].last)) {
			return false
		}
	}
	return true
}

// claimLine is a claim as it is exported: as it was recorded, but for one that is stricter
// than it says itself and than all that it names. That is marked, so that nobody who
// records the file shows more than is shown here, and has another id by it.
func (x *Export) claimLine(r ClaimRow) []byte {
	strictest := x.v.g.claims.at(r).marking
	line := x.v.encoded(r)
	if strictest == 0 && !x.v.namesRetired(r) {
		return line
	}
	c := *x.v.record(r)
	id := c.ID
	moved := x.move(r, &c)
	about := cmp.Or(x.marked[c.Subject], c.Subject) != c.Subject || cmp.Or(x.marked[c.Object], c.Object) != c.Object
	stricter := strictest > max(levelOf(c.Marking), x.v.strictestNamed(r))
	if !about && !stricter && !moved {
		return line
	}
	c.Subject, c.Object = cmp.Or(x.marked[c.Subject], c.Subject), cmp.Or(x.marked[c.Object], c.Object)
	if about || stricter {
		c.Marking = graph.Markings[strictest]
	}
	c = c.Normalised()
	x.marked[id] = c.ID
	return graph.Encode(&c)
}

// move puts what is read in the place of retired entities into a claim, and reports whether
// there is any. Which end of a symmetric kind comes first says nothing.
func (x *Export) move(r ClaimRow, c *graph.Claim) (moved bool) {
	if !x.v.namesRetired(r) {
		return false
	}
	for _, id := range []*graph.ID{&c.Subject, &c.Object, &c.Speaker, &c.Attributor} {
		if row := x.v.g.entityRow(*id); row != none {
			to := x.v.g.entities.at(x.v.placed(r, row)).id
			moved = moved || to != *id
			*id = to
		}
	}
	if moved && c.Value != nil && c.Value.Primary { // what is moved is shown after what the entity has itself
		v := *c.Value
		v.Primary, c.Value = false, &v
	}
	if spec := c.Predicate.Spec(); moved && spec.IsLink() && spec.Symmetric {
		from, to := x.v.g.kindOf(x.v.g.entityRow(c.Subject)), x.v.g.kindOf(x.v.g.entityRow(c.Object))
		if !spec.Joins(from, to) {
			c.Subject, c.Object, c.Degree = c.Object, c.Subject, c.Degree.Inverse()
		}
	}
	return moved
}

// isPair reports whether a claim is about two claims.
func (x *Export) isPair(r ClaimRow) bool {
	return x.v.g.details.at(r).kind.spec().Shape == graph.ShapeClaimPair
}

// takes reports whether a claim is exported.
func (x *Export) takes(r ClaimRow) bool {
	if x.isPair(r) {
		return x.takesPair(r)
	}
	c := x.v.g.claims.at(r)
	if c.link == none || c.grade.fromLine() { // it retracts what is left out, or is in the line of its subject
		return false
	}
	row := x.v.partOf(c.link, c.marking)
	return (x.entities == nil || x.takesClaimsOf(row)) && x.v.counts(r) && !x.isOutsideLife(row)
}

// isOutsideLife reports whether no life lets a link hold on the day that the lens asks for: its claims
// may have been so then by themselves, and where they are recorded no lens asks for the day any more.
func (x *Export) isOutsideLife(row LinkRow) bool {
	if x.v.lens.AsOf == nil || !x.v.linkRecord(row).kind.isLink() {
		return false
	}
	is, known := x.outside[row]
	if !known {
		if of, ok := x.v.resolveLink(row); ok {
			l := x.v.foldLink(of, nil)
			is = l.hidden() == graph.OutsideLife
		}
		x.outside[row] = is
	}
	return is
}

// takesClaimsOf reports whether the selection takes a link or an attribute.
func (x *Export) takesClaimsOf(row LinkRow) bool {
	if source, target := x.v.endsOf(row); target == none {
		return x.wanted == nil && x.selection.takes(x.v, source)
	}
	return x.selection.takesLink(x.v, x.wanted, row)
}

// takesPair reports whether a claim about two claims is exported, which it is when both
// are: they may be such claims themselves.
func (x *Export) takesPair(r ClaimRow) bool {
	is, known := x.taken[r]
	if !known {
		d := x.v.g.details.at(r)
		is = x.v.counts(r) && x.takesAbout(d.about) && x.takesAbout(d.against)
		x.taken[r] = is
		if is {
			x.pairs = append(x.pairs, r)
		}
	}
	return is
}

// takesAbout reports whether a claim that another is about is exported.
func (x *Export) takesAbout(r ClaimRow) bool {
	r = x.v.current(x.v.g.details.at(r).first, x.v.sizes.claims)
	if x.v.g.claims.at(r).grade.fromLine() {
		return x.takesLineClaim(r)
	}
	return x.takes(r)
}

// takesLineClaim reports whether the line that is exported of a claim's subject stands for it.
func (x *Export) takesLineClaim(r ClaimRow) bool {
	subject := x.v.placed(r, x.v.g.details.at(r).subject)
	if !x.takesEntity(subject) || !x.v.counts(r) {
		return false
	}
	line, id := x.v.entityRecord(subject), x.v.record(r).ID
	return slices.ContainsFunc(graph.Expand(&line), func(c graph.Claim) bool { return c.ID == id })
}

func (x *Export) takesSource(row sourceRow) bool {
	if x.sources != nil {
		return x.sources.has(row)
	}
	return x.v.sourceExists(row)
}

func (x *Export) takesEntity(row EntityRow) bool {
	if x.entities != nil {
		return x.entities.has(row)
	}
	return x.v.entityExists(row) && (!x.v.gone(row) || slices.Contains(x.gone, row))
}

// mark exports what a claim names.
func (x *Export) mark(r ClaimRow) {
	x.noteGone(r)
	if x.entities == nil {
		return
	}
	c := x.v.g.claims.at(r)
	for _, e := range x.v.entitiesNamed(r) {
		x.entities.set(e)
	}
	x.sources.set(c.source)
	x.sources.set(c.origin)
}

// noteGone notes the retired entities that a claim names beside its ends.
func (x *Export) noteGone(r ClaimRow) {
	if !x.v.namesRetired(r) {
		return
	}
	for _, e := range x.v.entitiesNamed(r) {
		if e != none && x.v.gone(e) && !slices.Contains(x.gone, e) {
			x.gone = append(x.gone, e)
		}
	}
}

// markGone exports what retires the entities that are exported though they are retired, and
// what that names.
func (x *Export) markGone() {
	for i := 0; i < len(x.gone); i++ {
		r := x.v.retired.of[x.gone[i]]
		x.rows++
		x.leftOut.Claims--
		x.mark(r.last)
		if next := r.remarks[0].next; next != none && x.v.gone(next) && !slices.Contains(x.gone, next) {
			x.gone = append(x.gone, next)
		}
	}
}

// markEntities exports the entities that the selection takes, and the sources in which
// names of those that are exported were met.
func (x *Export) markEntities() {
	if x.entities == nil {
		return
	}
	for row := range x.v.sizes.entities {
		if x.wanted == nil && x.selection.takes(x.v, row) && x.v.entityExists(row) && !x.v.gone(row) {
			x.entities.set(row)
		}
		if !x.entities.has(row) {
			continue
		}
		x.v.eachSaid(row, graph.NameOf, func(s *said) {
			if s.source != asRecorded {
				x.sources.set(s.source)
			}
		})
	}
}

// markParents exports all that the sources that are exported derive from.
func (x *Export) markParents() {
	if x.sources == nil {
		return
	}
	var open []sourceRow
	for row := firstSource; row < x.v.sizes.sources; row++ {
		if x.sources.has(row) {
			open = append(open, row)
		}
	}
	for len(open) > 0 {
		row := open[len(open)-1]
		open = open[:len(open)-1]
		for _, parent := range x.v.parents(row) {
			if !x.sources.has(parent) {
				x.sources.set(parent)
				open = append(open, parent)
			}
		}
	}
}
