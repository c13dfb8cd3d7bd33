package live

import (
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
)

// resolvedLink is a link or an attribute before its claims are read: its rows in the
// graph, where it comes in the order of recording, and its key in representatives.
type resolvedLink struct {
	rows  []LinkRow
	order ClaimRow
	key   linkKey
}

// resolveLink is the link that a row stands for. False when no claim of it is visible,
// when another row stands for it, or when both its ends are the same.
func (v *View) resolveLink(row LinkRow) (resolvedLink, bool) {
	return v.resolveLinkInto(row, new([1]LinkRow))
}

// resolveLinkInto is resolveLink with room for the rows of a link that has one.
func (v *View) resolveLinkInto(row LinkRow, room *[1]LinkRow) (resolvedLink, bool) {
	if row >= v.LinkRows() {
		return resolvedLink{}, false
	}
	if v.resolution != nil {
		if c := v.resolution.links[row]; c != nil {
			return resolvedLink{c.rows, c.order, c.key}, c.key.source != c.key.target && c.rows[0] == row
		}
	}
	order := v.order(row)
	if order == none {
		return resolvedLink{}, false
	}
	l := v.g.links.at(row)
	room[0] = row
	return resolvedLink{room[:], order, linkKey{l.kind, l.source, l.target, l.discriminator}}, true
}

// foldRows folds the claims of link rows that count. It calls excluded, if that is not
// nil, with why each of the others does not.
func (v *View) foldRows(rows []LinkRow, excluded func(graph.ExclusionReason)) (f graph.Fold) {
	for _, row := range rows {
		v.foldPart(&f, v.part(row), excluded)
	}
	return f
}

// foldPart folds those of a part of a row, as foldRows does.
func (v *View) foldPart(f *graph.Fold, part linkPart, excluded func(graph.ExclusionReason)) {
	for r := v.g.links.at(part.row).newest.Load(); r != none; r = v.g.claims.at(r).older {
		if !part.levels.has(v.g.claims.at(r).marking) {
			continue
		}
		e, reason, known := v.assess(r)
		switch {
		case !known:
		case reason == "":
			v.foldClaim(f, &e)
		case excluded != nil:
			excluded(reason)
		}
	}
}

// foldClaim adds a claim that counts.
func (v *View) foldClaim(f *graph.Fold, e *graph.Evidence) {
	f.Add(*e)
	if graph.Polarities[e.Polarity] == graph.Affirmed && v.g.claims.at(rowOf(*e)).isContradicted() {
		f.Named = true
	}
}

// foldLink folds a link, whether it is visible or not.
func (v *View) foldLink(of resolvedLink, excluded func(graph.ExclusionReason)) Link {
	l := Link{v: v, rows: of.rows, order: of.order, key: of.key, fold: v.foldRows(of.rows, excluded), from: none}
	l.weigh()
	return l
}

// opposition is what stands against claims that affirm a link, or a value: found once for
// all of them.
type opposition struct {
	v *View
	// denied are the claims of the same key that deny it, rivals those that affirm a link
	// of the kind that cannot hold beside it.
	denied, rivals []graph.Evidence
	// timeless is set where both are for ever: two are one, or they are not.
	timeless bool
	// accused is who the link lays an incident to, none where it lays it to nobody.
	accused EntityRow
}

// weigh says of each claim that affirms the link what stands against it.
func (l *Link) weigh() {
	if f := &l.fold; f.Affirmed == 0 || f.Denied == 0 && !f.Named && !opposable[l.key.kind] {
		return
	}
	o, affirmed, ok := l.opposition()
	if !ok {
		return
	}
	for i := range affirmed {
		if against := o.to(&affirmed[i]); len(against) > 0 {
			l.fold.Weigh(&affirmed[i], against)
		}
	}
}

// opposition is what stands against the link's claims, but for those that CONTRADICTS
// claims name, and for what the accused denies: that changes no status. Beside it are the claims
// that affirm the link, where something stands against some.
func (l *Link) opposition() (o opposition, affirmed []graph.Evidence, ok bool) {
	o = opposition{v: l.v, accused: l.accused(), timeless: l.key.kind.spec().Bearing == graph.BearingIdentity}
	if rows := l.v.rivalRows(l); len(rows) > 0 {
		o.rivals = (&Link{v: l.v, rows: rows, within: l.within}).evidence(graph.Affirmed)
	}
	if !l.fold.Named && l.fold.Denied+len(o.rivals) == 0 {
		return o, nil, false
	}
	affirmed, o.denied = l.sides()
	return o, affirmed, true
}

// denials are the claims by which the accused denies the incident that the link lays to
// him.
func (l *Link) denials() []graph.Evidence {
	accused := l.accused()
	if accused == none || l.fold.Affirmed == 0 || !l.key.kind.spec().LaysIncident(l.key.discriminator) {
		return nil
	}
	incident := l.key.source
	if incident == accused {
		incident = l.key.target
	}
	rows := l.v.rowsOf(linkKey{deniedIncident, accused, incident, ""})
	if len(rows) == 0 {
		return nil
	}
	return (&Link{v: l.v, rows: rows}).evidence(graph.Affirmed)
}

// accused is who the link lays an incident to, on the word of others, or makes a party to it;
// none where it does so to nobody.
func (l *Link) accused() EntityRow {
	switch l.key.kind.spec().Accused(l.key.discriminator) {
	case graph.EndSubject:
		return l.key.source
	case graph.EndObject:
		return l.key.target
	}
	return none
}

// to is what stands against a claim that affirms the link.
func (o *opposition) to(e *graph.Evidence) (against []graph.Objection) {
	add := func(by graph.Evidence) { against = append(against, graph.Objection{Evidence: by, Own: o.own(&by)}) }
	for _, by := range o.denied {
		if by.MayOverlap(e) {
			add(by)
		}
	}
	for _, by := range o.rivals {
		if o.timeless || by.CertainlyOverlap(e) {
			add(by)
		}
	}
	if rowOf(*e) == none { // what a claim is set against is no line
		return against
	}
	o.v.contradictions(rowOf(*e), func(other ClaimRow) {
		by, _, _ := o.v.assess(other)
		add(by)
	})
	return against
}

// own reports whether a claim is the accused's own word.
func (o *opposition) own(by *graph.Evidence) bool {
	if o.accused == none {
		return false
	}
	speaker := o.v.namedBy(rowOf(*by), graph.ID(o.v.encoded(rowOf(*by)).text("speaker")))
	return speaker == o.accused || speaker == none && graph.Hedges[by.Hedge] == graph.ClaimedByActor
}

// contradictedBy are the claims that stand against some of those that affirm the link, in
// the order of the feed.
func (l *Link) contradictedBy() []ClaimRow {
	var out []ClaimRow
	if o, affirmed, ok := l.opposition(); ok {
		for _, e := range affirmed {
			for _, by := range o.to(&e) {
				out = append(out, rowOf(by.Evidence))
			}
		}
	}
	for _, by := range l.denials() {
		out = append(out, rowOf(by))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// rivalRows are the rows of the link that cannot hold beside l, if there is one.
func (v *View) rivalRows(l *Link) []LinkRow {
	if v.resolution != nil && v.resolution.links[l.rows[0]] != nil {
		other := l.key.kind.spec().Excludes
		if other == "" {
			return nil
		}
		key := l.key
		key.kind = codeOf[other]
		return v.rowsOf(key)
	}
	if other := v.g.links.at(l.rows[0]).excluding.Load(); other < v.sizes.links {
		return []LinkRow{other}
	}
	return nil
}

// rowsOf finds the rows of a link by its key, in representatives.
func (v *View) rowsOf(key linkKey) []LinkRow {
	if !v.resolution.alone(key.source) || !v.resolution.alone(key.target) {
		if c := v.resolution.linksByID[v.keyID(key)]; c != nil {
			return c.rows
		}
		return nil
	}
	if row, ok := v.g.linkIndex.get(key); ok && row < v.sizes.links {
		return []LinkRow{row}
	}
	return nil
}

// visibleLink is the link that a row stands for; false when the view does not show it:
// when no claim that counts affirms or denies it, or the lens hides it for how it was
// folded. count, if not nil, counts what is left out.
func (v *View) visibleLink(row LinkRow, count *exclusions) (*Link, bool) {
	if l, visible, ok := v.onlyLink(row, count); ok {
		return l, visible
	}
	of, ok := v.resolveLink(row)
	if !ok {
		return nil, false
	}
	l := v.foldLink(of, count.claimCounter())
	if l.fold.Status() == "" {
		return nil, false
	}
	if reason := l.hidden(); reason != "" {
		count.addLink(reason)
		return nil, false
	}
	return &l, true
}

// onlyLink is visibleLink of a link with a single claim, which needs no fold; ok is false when it
// is not so simple.
func (v *View) onlyLink(row LinkRow, count *exclusions) (l *Link, visible, ok bool) {
	single := v.singleClaims()
	if single == nil || row >= v.sizes.links {
		return nil, false, false
	}
	record := v.g.links.at(row)
	if !record.kind.isLink() {
		return nil, false, false
	}
	if _, visible, ok = single.ofOne(v, row, record); !ok {
		return nil, false, false
	}
	if !visible {
		if count != nil {
			count.claims[single.exclusion(v, record)]++
		}
		return nil, false, true
	}
	only := &struct {
		Link
		row [1]LinkRow
	}{row: [1]LinkRow{row}}
	only.Link = Link{
		v: v, rows: only.row[:], order: record.first, from: none,
		key: linkKey{record.kind, record.source, record.target, record.discriminator},
	}
	r := record.newest.Load()
	only.fold.Add(v.evidence(r, v.g.claims.at(r)))
	return &only.Link, true, true
}

// visibleLinkInto is visibleLink without an allocation: room is for the link's rows. It
// calls excluded, if that is not nil, with why claims do not count.
func (v *View) visibleLinkInto(row LinkRow, room *[1]LinkRow, excluded func(graph.ExclusionReason)) (l Link, ok bool) {
	of, ok := v.resolveLinkInto(row, room)
	if !ok {
		return l, false
	}
	l = v.foldLink(of, excluded)
	return l, l.fold.Status() != "" && l.hidden() == ""
}

// During is the link as the claims make it that may hold within the span: its grade,
// status, dates, sources and claims are theirs. It is nil when none of them affirms or
// denies it, or the lens does not show it so.
func (l *Link) During(span graph.Span) *Link {
	return l.bounded(&period{span: span})
}

// NamedFor is During, but of the claims that affirm the link those alone that have it hold
// within the span certainly or possibly: HeldIn says which.
func (l *Link) NamedFor(span graph.Span) *Link {
	return l.bounded(&period{span: span, named: true, alive: l.alive(interval.Cutting{})})
}

func (l *Link) bounded(to *period) *Link {
	l.v.meter.Continue(LinkSlots)
	during := *l
	during.within, during.fold = to, l.v.foldWithin(l.rows, to)
	during.weigh()
	if during.fold.Status() == "" || during.hidden() != "" {
		return nil
	}
	return &during
}

// period is a time within which claims are asked for. Where named is set, those that affirm
// must name it, at days on which the ends of their link lived.
type period struct {
	span  graph.Span
	named bool
	alive interval.Days
}

// has reports whether a claim speaks of the period.
func (p *period) has(e *graph.Evidence) bool {
	if !p.named || graph.Polarities[e.Polarity] != graph.Affirmed {
		return graph.Span{Earliest: e.From.Earliest, Latest: e.To.Latest}.Overlaps(p.span)
	}
	i, ok := interval.Of(e)
	return ok && slices.ContainsFunc(interval.Cut([]interval.Interval{i}, p.alive), func(part interval.Interval) bool {
		return part.Held(p.span) != interval.Unsaid
	})
}

// foldWithin folds the claims that count and speak of a period.
func (v *View) foldWithin(rows []LinkRow, within *period) (f graph.Fold) {
	l := Link{v: v, rows: rows, within: within}
	for _, r := range l.countingRows() {
		e, _, _ := v.assess(r)
		v.foldClaim(&f, &e)
	}
	return f
}

// speaksOfPeriod reports whether a claim speaks of the period that the link is bounded to.
func (l *Link) speaksOfPeriod(r ClaimRow) bool {
	if l.within == nil {
		return true
	}
	e, _, _ := l.v.assess(r)
	return l.within.has(&e)
}

// countingRows are the claims of the link that count, oldest first.
func (l *Link) countingRows() []ClaimRow {
	if f := &l.fold; f.Affirmed+f.Denied == 1 && f.NoEvidence == 0 {
		return []ClaimRow{rowOf(l.bestEvidence())}
	}
	var out []ClaimRow
	for _, row := range l.rows {
		for r := range l.v.claimsOf(row) {
			if l.v.passes(r) && l.speaksOfPeriod(r) {
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return out
}

// counting yields countingRows.
func (l *Link) counting() iter.Seq[ClaimRow] {
	return func(yield func(ClaimRow) bool) {
		if f := &l.fold; f.Affirmed+f.Denied == 1 && f.NoEvidence == 0 {
			yield(rowOf(l.bestEvidence()))
			return
		}
		for _, r := range l.countingRows() {
			if !yield(r) {
				return
			}
		}
	}
}

// claimsOf yields the claims of a row, newest first.
func (v *View) claimsOf(row LinkRow) iter.Seq[ClaimRow] {
	return func(yield func(ClaimRow) bool) {
		part := v.part(row)
		for r := v.g.links.at(part.row).newest.Load(); r != none; r = v.g.claims.at(r).older {
			if part.levels.has(v.g.claims.at(r).marking) && !yield(r) {
				return
			}
		}
	}
}

// CountingClaims are the claims of the link that count, oldest first.
func (l *Link) CountingClaims() []*Claim { return l.v.claimsAt(l.countingRows()) }

// Course is when a link held, worked out once.
type Course struct {
	// Held is as of Link.
	Held []*Interval
	// Last is the place in Held of the one that ends last; -1 where there is none.
	Last int
	// Interrupted is as of Link.
	Interrupted bool
}

// Course is when the link held.
func (l *Link) Course() Course {
	list := l.intervals()
	c := Course{make([]*Interval, len(list)), interval.Last(list), interval.Interrupted(list)}
	for i := range list {
		c.Held[i] = &Interval{l.v, list[i]}
	}
	return c
}

// everyClaim yields the rows of the link's claims, counting or not.
func (l *Link) everyClaim() iter.Seq[ClaimRow] {
	return func(yield func(ClaimRow) bool) {
		for _, row := range l.rows {
			for r := range l.v.claimsOf(row) {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// affirming are the claims that affirm the link and count, oldest first.
func (l *Link) affirming() []ClaimRow {
	return slices.DeleteFunc(l.countingRows(), func(r ClaimRow) bool { return l.v.polarity(r) != graph.Affirmed })
}

// firstRows are the first rows of the claims that count, ascending: the same however
// often each was recorded.
func (l *Link) firstRows() []ClaimRow {
	rows := l.countingRows()
	for i, r := range rows {
		rows[i] = l.v.g.details.at(r).first
	}
	slices.Sort(rows)
	return rows
}

// claims yields the claims of the link that count, oldest first.
func (l *Link) claims() iter.Seq[*Claim] {
	return func(yield func(*Claim) bool) {
		for _, r := range l.countingRows() {
			if !yield(&Claim{v: l.v, row: r}) {
				return
			}
		}
	}
}

// evidence is that of the claims of a polarity that count, oldest first.
func (l *Link) evidence(polarity graph.Polarity) []graph.Evidence {
	var out []graph.Evidence
	for _, r := range l.countingRows() {
		if e, _, _ := l.v.assess(r); graph.Polarities[e.Polarity] == polarity {
			out = append(out, e)
		}
	}
	return out
}

// sides is the evidence of the claims that count, those that affirm and those that deny, oldest
// first.
func (l *Link) sides() (affirmed, denied []graph.Evidence) {
	for _, r := range l.countingRows() {
		switch e, _, _ := l.v.assess(r); graph.Polarities[e.Polarity] {
		case graph.Affirmed:
			affirmed = append(affirmed, e)
		case graph.Denied:
			denied = append(denied, e)
		}
	}
	return affirmed, denied
}

// polarity is which way the claim speaks.
func (v *View) polarity(r ClaimRow) graph.Polarity {
	return graph.Polarities[v.g.claims.at(r).grade.polarity()]
}

// sourceOf is the source in which the claim was read.
func (v *View) sourceOf(r ClaimRow) graph.ID { return v.g.sources.at(v.g.claims.at(r).source).id }

// IsVital reports whether some claim may say when an entity began or ended.
func (v *View) IsVital(row EntityRow) bool { return v.isVital(row) }

// OnNoDay reports whether lives leave nothing of the times that claims give a visible link:
// paths leave it out.
func (v *View) OnNoDay(row LinkRow) bool {
	if !v.mayLapse(row) || v.surelyHeld(row) {
		return false
	}
	l := v.LinkAt(row)
	return l != nil && len(l.JoinsOn()) == 0
}

// JoinsOn are those of the link that a summary's row stands for.
func (v *View) JoinsOn(row LinkRow) interval.Days {
	if days, ok := v.plainlyJoinsOn(row); ok {
		return days
	}
	return v.LinkAt(row).JoinsOn()
}

// plainlyJoinsOn is JoinsOn of a link that is visible, where no claim says when, or the only one
// says so, and no life cuts that; false when it is not so simple.
func (v *View) plainlyJoinsOn(row LinkRow) (days interval.Days, ok bool) {
	if v.resolution != nil {
		return nil, false
	}
	l := v.linkRecord(row)
	lasting, r := graph.Bearings[l.bearing].Lasts(), l.newest.Load()
	if lasting == graph.AtAllTimes {
		return interval.Always, true
	}
	c := v.g.claims.at(r)
	if c.older == none && r < v.sizes.claims && c.plainlyAffirms() && !c.grade.undated() {
		is, lived := c.times(), v.surelyLived(l.source, l.target)
		if endsWithLife[l.kind] && !covers(lived, is) {
			return nil, false
		}
		if lasting == graph.FromThenOn {
			is.Latest = graph.OpenEnd
		}
		return interval.Days{is}, true
	}
	for ; c.grade.undated(); c = v.g.claims.at(c.older) {
		if c.older == none {
			return interval.Always, true
		}
	}
	return nil, false
}

// endsWithLife says of kinds of links, by code, whether lives cut them.
var endsWithLife = func() (out [256]bool) {
	for code, spec := range graph.Predicates() {
		out[code], _ = spec.Bearing.CutByLife()
	}
	return out
}()

// mayLapse reports whether lives may cut a link.
func (v *View) mayLapse(row LinkRow) bool {
	if !v.g.vital.Load() {
		return false
	}
	l := v.linkRecord(row)
	if !endsWithLife[l.kind] {
		return false
	}
	if v.resolution == nil {
		return v.isVital(l.source) || v.isVital(l.target)
	}
	of, ok := v.resolveLinkInto(row, new([1]LinkRow))
	return ok && (v.isVital(of.key.source) || v.isVital(of.key.target))
}
