package live

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// SourceIs is what the entity that the link starts from is to the one that it leads to, of
// relatives, as claims say, best first. Several mean that sources disagree.
func (l *Link) SourceIs() []graph.KinDegree {
	out := []graph.KinDegree{}
	for _, d := range l.DegreesGiven() {
		out = append(out, d.Degree)
	}
	return out
}

// OtherIs is what the far end is to the entity from which the link was reached; nothing where
// it was reached from none.
func (l *Link) OtherIs() []graph.KinDegree {
	out := l.SourceIs()
	switch l.from {
	case none:
		return []graph.KinDegree{}
	case l.key.source:
		for i, d := range out {
			out[i] = d.Inverse()
		}
	}
	return out
}

// DegreeGiven is what the source of a link is to its target, with the hedge and the credibility
// of the best claim that says so, which may be worse than the link's.
type DegreeGiven struct {
	Degree      graph.KinDegree
	Hedge       graph.Hedge
	Credibility int
}

// DegreesGiven are those of SourceIs, each with its own credibility.
func (l *Link) DegreesGiven() []DegreeGiven {
	out := []DegreeGiven{}
	for _, e := range l.bestSaying("degree") {
		c := l.v.encoded(rowOf(e))
		d := graph.KinDegree(c.text("degree"))
		if l.v.namedBy(rowOf(e), graph.ID(c.text("subject"))) != l.key.source {
			d = d.Inverse()
		}
		if !slices.ContainsFunc(out, func(g DegreeGiven) bool { return g.Degree == d }) {
			out = append(out, DegreeGiven{d, graph.Hedges[e.Hedge], int(e.Credibility)})
		}
	}
	return out
}

// bestSaying is the evidence of the claims that affirm the link and have something under a key, best first.
func (l *Link) bestSaying(key string) (evidence []graph.Evidence) {
	for r := range l.counting() {
		if l.v.encoded(r).field(key) == nil || l.v.polarity(r) != graph.Affirmed {
			continue
		}
		e, _, _ := l.v.assess(r)
		evidence = append(evidence, e)
	}
	slices.SortFunc(evidence, func(a, b graph.Evidence) int { return a.Compare(&b) })
	return evidence
}

// LinkAmount is an amount that claims give to a link.
type LinkAmount struct {
	graph.Amount
	link     *Link
	evidence []graph.Evidence // best first
}

// Amounts are how much the link was about, as the claims that affirm it say, best first; equal
// ones once.
func (l *Link) Amounts() []*LinkAmount {
	out := []*LinkAmount{}
	for _, a := range l.AmountsByClaim() {
		i := slices.IndexFunc(out, func(o *LinkAmount) bool { return o.Says(&a.Amount) })
		if i < 0 {
			out = append(out, a)
			continue
		}
		out[i].evidence = append(out[i].evidence, a.evidence...)
	}
	return out
}

// AmountsByClaim are Amounts as each claim gives them, those that are equal several times.
func (l *Link) AmountsByClaim() []*LinkAmount {
	var out []*LinkAmount
	for _, e := range l.bestSaying("amount") {
		said := l.v.encoded(rowOf(e)).field("amount")
		a := &LinkAmount{link: l, evidence: []graph.Evidence{e}}
		if err := json.Unmarshal(said, &a.Amount); err != nil {
			panic("live: an amount that was recorded cannot be read: " + err.Error())
		}
		out = append(out, a)
	}
	return out
}

// Grade is what the best claim that gives the amount weighs.
func (a *LinkAmount) Grade() graph.Evidence { return a.evidence[0] }

// Layer is that of a tie between associates: the role that it is in, or NoLayer; "" for a link
// of another kind.
func (v *View) Layer(row LinkRow) string {
	l := v.linkRecord(row)
	if spec := l.kind.spec(); !spec.Folded || spec.Roles != nil {
		return ""
	}
	return cmp.Or(l.discriminator, NoLayer)
}

// NoLayer is the layer of ties of which no role is said.
const NoLayer = "(none)"

// Strength is the amount as one number: the figure that is given as such, else the lower bound,
// else the upper one.
func (a *LinkAmount) Strength() float64 { return *cmp.Or(a.Best, a.Low, a.High) }

// Hedge is how the best claim that gives the amount is worded.
func (a *LinkAmount) Hedge() graph.Hedge { return graph.Hedges[a.evidence[0].Hedge] }

// Credibility is that of the best claim that gives the amount.
func (a *LinkAmount) Credibility() int { return int(a.evidence[0].Credibility) }

// Disputed reports whether every claim that gives the amount is outweighed by one against it.
func (a *LinkAmount) Disputed() bool {
	f := a.weighed()
	return f.Disputed()
}

// Contested reports whether the amount is not disputed, though claims stand against some of
// those that give it.
func (a *LinkAmount) Contested() bool {
	f := a.weighed()
	return f.Contested()
}

// weighed are the claims that give the amount, each with what stands against it.
func (a *LinkAmount) weighed() (f graph.Fold) {
	o, _, opposed := a.link.opposition()
	for _, e := range a.evidence {
		f.Add(e)
		if against := o.to(&e); opposed && len(against) > 0 {
			f.Weigh(&e, against)
		}
	}
	return f
}

// Speakers are who says so, in the order of Link.Speakers.
func (a *LinkAmount) Speakers() []*Speaker { return a.link.v.speakers(a.rows()) }

// Claims are those that give the amount, best first.
func (a *LinkAmount) Claims() []*Claim { return a.link.v.claimsAt(a.rows()) }

func (a *LinkAmount) rows() []ClaimRow {
	rows := make([]ClaimRow, len(a.evidence))
	for i, e := range a.evidence {
		rows[i] = rowOf(e)
	}
	return rows
}

// HasParties reports whether somebody may be a party to an incident.
func (v *View) HasParties() bool { return len(v.g.byPredicate[codeOf[graph.PartyTo]].all()) > 0 }

// CampsOf are the camps of those who are parties to an incident, of whatever bearings links are
// asked for. A party whose being one is only denied is in none.
func (v *View) CampsOf(incident EntityRow) map[EntityRow]graph.Camps {
	if !v.HasParties() {
		return nil
	}
	out := map[EntityRow]graph.Camps{}
	v.LinkSummariesOf(incident, func(s LinkSummary) {
		if s.Kind.predicate() != graph.PartyTo {
			return
		}
		if l := v.LinkAt(s.Row); l != nil && l.Status() != graph.StatusDenied {
			out[s.Source] |= graph.CampOf(l.key.discriminator)
		}
	})
	return out
}

// sideBy is how an entity stands to an incident that a link joins it to.
func (s *pathSearch) sideBy(e, incident *EntityBase, l *Link) graph.Side {
	return graph.SideOf(e.Kind(), l.Kind(), l.Bearing(), s.campsOf(incident.row)[e.row])
}

// campsOf are the camps of those who are parties to an incident.
func (s *pathSearch) campsOf(incident EntityRow) map[EntityRow]graph.Camps {
	camps, known := s.camps[incident]
	if !known {
		camps = s.v.CampsOf(incident)
		s.camps[incident] = camps
	}
	return camps
}

// Resting gathers the claims on which it rests how links stand and when they held: without any of
// the others all that was asked would be the same. It reads what counts on any day.
//
//	a link   its claims, those of the same kind between what may be the same as its ends, those of what cannot
//	         hold beside it, and what says how long its ends lived
//	a claim  what retracts it, and that in turn; what withdraws its source; what is set against it
//	what it names, and its ends: what says that they are the same as something, or are not
type Resting struct {
	v       *View // on any day
	kin     map[EntityRow][]LinkRow
	claims  map[ClaimRow]bool // by first row, whether it counts
	links   map[LinkRow]bool
	names   map[EntityRow]bool
	sources map[sourceRow]bool
}

// Resting gathers nothing yet.
func (v *View) Resting() *Resting {
	x := &Resting{
		v: v.anyDay().Within(v.meter), kin: map[EntityRow][]LinkRow{}, claims: map[ClaimRow]bool{},
		links: map[LinkRow]bool{}, names: map[EntityRow]bool{}, sources: map[sourceRow]bool{},
	}
	for _, kind := range []graph.Predicate{graph.SameAs, graph.NotSameAs} {
		for _, row := range v.g.byPredicate[codeOf[kind]].all() {
			if row < v.sizes.links {
				l := v.g.links.at(row)
				x.kin[l.source], x.kin[l.target] = append(x.kin[l.source], row), append(x.kin[l.target], row)
			}
		}
	}
	return x
}

// Claims are the rows of those that were gathered and count, and of what is said of records and
// takes effect, in the order of recording.
func (x *Resting) Claims() []ClaimRow {
	var out []ClaimRow
	for first, counts := range x.claims {
		if counts {
			out = append(out, x.v.current(first, x.v.sizes.claims))
		}
	}
	slices.Sort(out)
	return out
}

// ClaimAt is the claim of a row that the view has.
func (v *View) ClaimAt(r ClaimRow) *Claim { return v.claim(r) }

// Sources are those in which these claims, and the records of what they name, were read, and those that
// they rely on, in the order of recording.
func (x *Resting) Sources() []graph.ID {
	var out []graph.ID
	for _, row := range slices.Sorted(maps.Keys(x.sources)) {
		out = append(out, x.v.g.sources.at(row).id)
	}
	return out
}

// Link adds a link of the view, or of one that reads some claims as never recorded.
func (x *Resting) Link(l *Link) {
	ends := [2]map[EntityRow]bool{x.alike(l.key.source), x.alike(l.key.target)}
	for _, row := range l.rows {
		record := l.v.linkRecord(row)
		maps.Copy(ends[0], x.alike(record.source))
		maps.Copy(ends[1], x.alike(record.target))
	}
	excludes := l.key.kind.spec().Excludes
	for i, end := range ends {
		for e := range end {
			for _, p := range x.v.ownPostings(e) {
				record := x.v.g.links.at(p.link)
				switch kind := record.kind; {
				case slices.Contains(vitals, kind.predicate()):
					x.row(p.link)
				case kind == l.key.kind || kind.predicate() == excludes:
					if other := ends[1-i]; other[record.source] || other[record.target] {
						x.row(p.link)
					}
				}
			}
		}
	}
	x.named(l.key.source)
	x.named(l.key.target)
}

// Path adds what it rests on that a path stands: its hops, and who has what part in an incident that it goes by.
func (x *Resting) Path(p *Path) {
	for _, h := range p.Hops {
		x.Link(h.Link)
		for _, end := range []Entity{h.From, h.To} {
			if end.Base().Kind() == graph.Incident {
				for e := range x.alike(end.Base().row) {
					for _, posting := range x.v.ownPostings(e) {
						x.row(posting.link)
					}
				}
			}
		}
	}
}

// Between adds what it rests on which links of some kinds join two entities, and how.
func (x *Resting) Between(a, b graph.ID, kinds []graph.Predicate) {
	one, ok := x.v.Entity(a)
	other, fine := x.v.Entity(b)
	if !ok || !fine {
		return
	}
	ends := [2]map[EntityRow]bool{x.alike(one.Base().row), x.alike(other.Base().row)}
	x.named(one.Base().row)
	x.named(other.Base().row)
	for i, end := range ends {
		for e := range end {
			for _, p := range x.v.ownPostings(e) {
				record := x.v.g.links.at(p.link)
				far := ends[1-i][record.source] || ends[1-i][record.target]
				if kind := record.kind.predicate(); slices.Contains(vitals, kind) || far && slices.Contains(kinds, kind) {
					x.row(p.link)
				}
			}
		}
	}
}

// Everything adds all that counts.
func (x *Resting) Everything() {
	for row := range x.v.sizes.links {
		x.row(row)
	}
}

// Entity adds what says that an entity is the same as something, or is not.
func (x *Resting) Entity(id graph.ID) {
	if e, ok := x.v.Entity(id); ok {
		x.named(e.Base().row)
	}
}

// Holding adds what it rests on that a link stands at all, where a claim that affirms it, or denies it where none
// does, is enough for that under the lens.
func (x *Resting) Holding(l *Link) {
	lens := &l.v.lens
	enough := lens.AsOf == nil && lens.MinIndependentSources == nil && lens.ShowsDisputed() && l.within == nil
	if !enough || l.fold.Affirmed == 0 && !lens.ShowsDenied() {
		x.Link(l)
		return
	}
	x.claim(rowOf(l.bestEvidence()))
	x.named(l.key.source)
	x.named(l.key.target)
}

// In is the link as another view of the same snapshot reads it, of the same period; nil where that does not show it.
func (l *Link) In(v *View) *Link {
	other, ok := v.Link(l.ID())
	switch {
	case !ok:
		return nil
	case l.within == nil:
		return other
	case l.within.named:
		return other.NamedFor(l.within.span)
	}
	return other.During(l.within.span)
}

// View is the view of the link.
func (l *Link) View() *View { return l.v }

// alike is what may be the same as an entity, whatever claims count, and what is read in its place.
func (x *Resting) alike(e EntityRow) map[EntityRow]bool {
	out := map[EntityRow]bool{}
	next := []EntityRow{e}
	for len(next) > 0 {
		at := next[0]
		if next = next[1:]; at == none || out[at] {
			continue
		}
		out[at] = true
		next = append(append(next, x.v.readers(at)...), x.v.silentAt(at)...)
		for _, row := range x.kin[at] {
			next = append(next, x.v.g.links.at(row).source, x.v.g.links.at(row).target)
		}
	}
	return out
}

// named adds what says that an entity is the same as something or is not, and, where official voices
// alone count, what it is.
func (x *Resting) named(e EntityRow) {
	if e == none || x.names[e] {
		return
	}
	for at := range x.alike(e) {
		x.names[at] = true
		for _, row := range x.kin[at] {
			x.row(row)
		}
		if x.v.heard != nil && x.v.heard.authorities != nil {
			x.kindOf(at)
		}
	}
}

func (x *Resting) kindOf(e EntityRow) {
	for _, p := range x.v.ownPostings(e) {
		if x.v.g.links.at(p.link).kind == subtypeOf {
			x.row(p.link)
		}
	}
	for _, line := range x.v.lines(e) {
		for _, source := range line.is.sources {
			x.source(source)
		}
	}
}

// row adds the claims of a row of the graph.
func (x *Resting) row(row LinkRow) {
	if x.links[row] || row >= x.v.sizes.links {
		return
	}
	x.links[row] = true
	for r := x.v.g.links.at(row).newest.Load(); r != none; r = x.v.g.claims.at(r).older {
		x.claim(r)
	}
}

// claim adds a claim, and what is said of it.
func (x *Resting) claim(r ClaimRow) {
	if r == none || r >= x.v.sizes.claims {
		return
	}
	d := x.v.g.details.at(r)
	if _, known := x.claims[d.first]; known || d.first >= x.v.sizes.claims {
		return
	}
	now := x.v.current(d.first, x.v.sizes.claims)
	x.claims[d.first] = x.v.passes(now)
	x.remarks(d.first)
	x.source(x.v.g.claims.at(now).source)
	x.source(x.v.g.claims.at(now).origin)
	for _, e := range x.v.entitiesNamed(now) {
		x.named(e)
	}
	if l, ok := x.v.g.contradicted.Load(d.first); ok {
		for _, by := range l.(*list[ClaimRow]).all() {
			x.claim(by)
		}
	}
	if d.kind.predicate() == graph.Contradicts {
		x.claim(d.about)
		x.claim(d.against)
	}
}

// remarks adds what retracts a claim.
func (x *Resting) remarks(first ClaimRow) {
	if revisions := x.v.g.revisionsOf(first); revisions != nil {
		for _, by := range revisions.retractions.all() {
			x.remark(by)
		}
	}
}

// remark adds what retracts or withdraws, whatever the lens asks of claims.
func (x *Resting) remark(by ClaimRow) {
	if by >= x.v.sizes.claims {
		return
	}
	first, c := x.v.g.details.at(by).first, x.v.g.claims.at(by)
	if _, known := x.claims[first]; known {
		return
	}
	now := x.v.current(first, x.v.sizes.claims)
	x.claims[first] = !x.v.leavesOut(now) && !x.v.retracted(now, x.v.g.claims.at(now))
	x.remarks(first)
	x.source(c.source)
}

// source adds a source, and what withdraws it.
func (x *Resting) source(row sourceRow) {
	if row == none || row == asRecorded || x.sources[row] || !x.v.sourceExists(row) {
		return
	}
	x.sources[row] = true
	for _, r := range x.v.g.withdrawals.all() {
		if r < x.v.sizes.claims && x.v.g.details.at(r).withdraws == row {
			x.remark(r)
		}
	}
}
