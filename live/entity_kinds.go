package live

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
)

// Description is made of neutral sentences, best first; the first is the one to show.
func (e *EntityBase) Description() []*Attribute { return e.affirmed(graph.Description) }

// Subtype is the kind within the kind, as claims have it, best first.
func (e *EntityBase) Subtype() []*Attribute { return e.affirmed(graph.SubtypeOf) }

// External are ids under which others know it, best first.
func (e *EntityBase) External() []*Attribute { return e.affirmed(graph.ExternalID) }

// Founded is when the body was founded, as claims have it, best first.
func (e *EntityBase) Founded() []*Attribute { return e.affirmed(graph.FoundedOn) }

// Dissolved is when the body ended, as claims have it, best first.
func (e *EntityBase) Dissolved() []*Attribute { return e.affirmed(graph.DissolvedOn) }

// Statuses are the standings, as claims have it, best first.
func (e *EntityBase) Statuses() []*Attribute { return e.affirmed(graph.StatusOf) }

// Ideologies are the ideologies, as claims have it, best first.
func (e *EntityBase) Ideologies() []*Attribute { return e.affirmed(graph.Ideology) }

// Denomination are the religious denominations, as claims have it, best first.
func (e *EntityBase) Denomination() []*Attribute { return e.affirmed(graph.Denomination) }

// Strength are the figures that claims give for the body's strength, best first.
func (e *EntityBase) Strength() []*Attribute { return e.affirmed(graph.Strength) }

// Birth is when the individual was born, as claims have it, best first.
func (i *Individual) Birth() []*Attribute { return i.affirmed(graph.Birth) }

// Death is when the individual died, as claims have it, best first.
func (i *Individual) Death() []*Attribute { return i.affirmed(graph.Death) }

// Nationality are the individual's nationalities, as claims have it, best first.
func (i *Individual) Nationality() []*Attribute { return i.affirmed(graph.Nationality) }

// FatherName are the father's names, as claims have it, best first.
func (i *Individual) FatherName() []*Attribute { return i.affirmed(graph.FatherName) }

// Posts are public posts that the individual held, as claims have it, best first.
func (i *Individual) Posts() []*Attribute { return i.affirmed(graph.Post) }

// Sentences are those that courts passed on the individual, as claims have it, best first.
func (i *Individual) Sentences() []*Attribute { return i.affirmed(graph.Sentenced) }

// Board are the boards that the madressah is registered with, as claims have it, best first.
func (m *Madressah) Board() []*Attribute { return m.affirmed(graph.Board) }

// Date is when the incident happened, as claims have it, best first.
func (i *Incident) Date() []*Attribute { return i.affirmed(graph.DateOf) }

// BestDate is the first of Date; nil where claims give none.
func (i *Incident) BestDate() *graph.PartialDate { return i.BestDateOf(graph.DateOf) }

// AttackTypes are the kinds of attack, as claims have it, best first.
func (i *Incident) AttackTypes() []*Attribute { return i.affirmed(graph.AttackType) }

// Weapons are the weapons that were used, or that a group has, as claims have it, best first.
func (e *EntityBase) Weapons() []*Attribute { return e.affirmed(graph.Weapon) }

// TargetTypes are the kinds of target, as claims have it, best first.
func (i *Incident) TargetTypes() []*Attribute { return i.affirmed(graph.TargetType) }

// Date is when the listing was made, as claims have it, best first.
func (d *Designation) Date() []*Attribute { return d.affirmed(graph.DateOf) }

// Authority is who keeps the list, as claims have it, best first.
func (d *Designation) Authority() []*Attribute { return d.affirmed(graph.Authority) }

// List is the list, with its reference, as claims have it, best first.
func (d *Designation) List() []*Attribute { return d.affirmed(graph.ListOf) }

// Location are the points that claims give, best first.
func (e *EntityBase) Location() []*Attribute { return e.affirmed(graph.Coordinates) }

// Casualties is how many of one role were harmed in one way: in an incident, whatever
// dates its claims bear, or in a place over the time that they name.
type Casualties struct {
	figures.Part
	Effect graph.CasualtyEffect
	// ValidFrom and ValidTo are the time; nil for an incident, and where it is not said.
	ValidFrom, ValidTo *graph.PartialDate
	v                  *View
	given              []*Attribute // best graded first
	best               *Attribute   // that gives the best figure, else the first
}

// Claims are the claims behind the figures, oldest first.
func (c *Casualties) Claims() []*Claim { return c.v.claimsAt(c.rows()) }

func (c *Casualties) rows() (rows []ClaimRow) {
	for _, a := range c.given {
		rows = append(rows, a.rows...)
	}
	slices.Sort(rows)
	return rows
}

// Hedge is how the claim of the best figure is worded; the best graded one, where all give
// bounds alone.
func (c *Casualties) Hedge() graph.Hedge { return c.best.Hedge() }

// Credibility is that of the same claim.
func (c *Casualties) Credibility() int { return c.best.Credibility() }

// Disputed reports whether every claim of that figure is outweighed.
func (c *Casualties) Disputed() bool { return c.best.Disputed() }

// Contested reports whether that figure is not disputed, though claims stand against some
// of those behind the figures.
func (c *Casualties) Contested() bool {
	return !c.Disputed() && slices.ContainsFunc(c.given, func(a *Attribute) bool { return a.Disputed() || a.Contested() })
}

// Speakers are who says so, in the order of Link.Speakers.
func (c *Casualties) Speakers() []*Speaker { return c.v.speakers(c.rows()) }

func (v *View) claimsAt(rows []ClaimRow) []*Claim {
	out := make([]*Claim, len(rows))
	for i, r := range rows {
		out[i] = v.claim(r)
	}
	return out
}

// Casualties are those of the incident, by role and effect in the order of
// the vocabulary.
func (i *Incident) Casualties() []*Casualties { return i.casualties() }

// Casualties are those that claims give for the place: for each time that they name, by
// role and effect.
func (p *Place) Casualties() []*Casualties { return p.casualties() }

// Toll is how many were harmed in one way, of whatever role, over one time.
type Toll struct {
	figures.Total
	Effect             graph.CasualtyEffect
	ValidFrom, ValidTo *graph.PartialDate
	// Casualties are the figures that it is made of, by role.
	Casualties []*Casualties
}

// of are the figures that the total is made of: that of all as stated, else those of the
// roles.
func (t *Toll) of() []*Casualties {
	if t.OfParts {
		return t.Casualties
	}
	i := slices.IndexFunc(t.Casualties, func(c *Casualties) bool { return c.Role == graph.RoleAll })
	return t.Casualties[i : i+1]
}

// weakest is the least credible of the figures that the total is made of.
func (t *Toll) weakest() *Casualties {
	return slices.MaxFunc(t.of(), func(a, b *Casualties) int {
		x, y := a.best.bestEvidence(), b.best.bestEvidence()
		return x.Compare(&y)
	})
}

// Hedge is how the claim of the figure is worded; of a sum, that of the weakest of the roles.
func (t *Toll) Hedge() graph.Hedge { return t.weakest().Hedge() }

// Credibility is that of the same claim.
func (t *Toll) Credibility() int { return t.weakest().Credibility() }

// Disputed reports whether a figure that the total is made of is.
func (t *Toll) Disputed() bool { return slices.ContainsFunc(t.of(), (*Casualties).Disputed) }

// Contested reports whether none is disputed, and one is contested.
func (t *Toll) Contested() bool {
	return !t.Disputed() && slices.ContainsFunc(t.of(), (*Casualties).Contested)
}

// Speakers are who gives the figures that the total is made of, in the order of
// Link.Speakers.
func (t *Toll) Speakers() []*Speaker { return t.of()[0].v.speakers(t.rows()) }

// Claims are those behind the figures that the total is made of, oldest first.
func (t *Toll) Claims() []*Claim { return t.of()[0].v.claimsAt(t.rows()) }

func (t *Toll) rows() (rows []ClaimRow) {
	for _, c := range t.of() {
		rows = append(rows, c.rows()...)
	}
	slices.Sort(rows)
	return rows
}

// Tolls are the totals of the incident, by effect.
func (i *Incident) Tolls() []*Toll { return i.tolls() }

// Tolls are the totals that claims state of the place: for each time that they name, by
// effect.
func (p *Place) Tolls() []*Toll { return p.tolls() }

// Toll is the total of one effect; nil where no claim gives a figure.
func (i *Incident) Toll(effect graph.CasualtyEffect) *Toll {
	for _, t := range i.tolls() {
		if t.Effect == effect {
			return t
		}
	}
	return nil
}

// tolls are the totals of an entity: figures of one time and effect are together.
func (e *EntityBase) tolls() []*Toll {
	out := []*Toll{}
	for _, c := range e.casualties() {
		i := slices.IndexFunc(out, func(t *Toll) bool { return t.Effect == c.Effect && t.sameTime(c) })
		if i < 0 {
			i, out = len(out), append(out, &Toll{Effect: c.Effect, ValidFrom: c.ValidFrom, ValidTo: c.ValidTo})
		}
		out[i].Casualties = append(out[i].Casualties, c)
	}
	for _, t := range out {
		parts := make([]figures.Part, len(t.Casualties))
		for i, c := range t.Casualties {
			parts[i] = c.Part
		}
		t.Total, _ = figures.TotalOf(parts)
	}
	slices.SortStableFunc(out, func(a, b *Toll) int {
		return cmp.Or(compareTimes(a.ValidFrom, b.ValidFrom), compareTimes(a.ValidTo, b.ValidTo), byCode(graph.CasualtyEffects, a.Effect, b.Effect))
	})
	return out
}

func (t *Toll) sameTime(c *Casualties) bool {
	return compareTimes(t.ValidFrom, c.ValidFrom) == 0 && compareTimes(t.ValidTo, c.ValidTo) == 0
}

// casualties are the figures of an entity, in the order of time, role and effect.
func (e *EntityBase) casualties() []*Casualties {
	out := []*Casualties{}
	for a := range e.figures() {
		c := a.casualties()
		i := slices.IndexFunc(out, func(o *Casualties) bool { return o.compare(c) == 0 })
		if i < 0 {
			i, out = len(out), append(out, c)
		}
		out[i].given = append(out[i].given, a)
	}
	for _, c := range out {
		claimed := make([]figures.Claimed, len(c.given))
		for i, a := range c.given {
			claimed[i] = figures.Claimed{Value: a.value, Grade: a.bestEvidence()}
		}
		c.Range, c.best = figures.RangeOf(claimed), c.given[max(0, figures.BestOf(claimed))]
	}
	slices.SortFunc(out, (*Casualties).compare)
	return out
}

// figures yields the casualties that claims affirm, best first; of anything but an incident
// those of different times apart.
func (e *EntityBase) figures() iter.Seq[*Attribute] {
	return func(yield func(*Attribute) bool) {
		yieldAffirmed(e.attributesBy([]graph.Predicate{graph.Casualties}, e.Kind() != graph.Incident), yield)
	}
}

// casualties are those of one value, without the figures.
func (a *Attribute) casualties() *Casualties {
	c := &Casualties{Part: figures.Part{Role: a.value.Role.Shown()}, Effect: a.value.Effect, v: a.v}
	if e := a.v.encoded(a.rows[0]); a.dated {
		c.ValidFrom, c.ValidTo = date(e.date("validFrom")), date(e.date("validTo"))
	}
	return c
}

func (c *Casualties) compare(o *Casualties) int {
	return cmp.Or(
		compareTimes(c.ValidFrom, o.ValidFrom), compareTimes(c.ValidTo, o.ValidTo),
		byCode(graph.CasualtyRoles, c.Role, o.Role), byCode(graph.CasualtyEffects, c.Effect, o.Effect))
}

// compareTimes orders dates, what is not said first.
func compareTimes(a, b *graph.PartialDate) int {
	switch {
	case a == nil || b == nil:
		return boolean(a != nil) - boolean(b != nil)
	}
	return cmp.Or(cmp.Compare(a.Earliest, b.Earliest), cmp.Compare(a.Latest, b.Latest), cmp.Compare(a.EDTF, b.EDTF))
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// byCode orders as a closed list does.
func byCode[T ~string](list []T, a, b T) int {
	return int(graph.Code(list, a)) - int(graph.Code(list, b))
}

// ClaimOfResponsibility says whether somebody claimed an incident, as claims that count
// have it, whatever links are visible.
type ClaimOfResponsibility struct {
	By graph.ClaimedBy
	v  *View
	// rows are the claims that say so.
	rows []ClaimRow
	// links counts the links and values that say that somebody did, opposed those of them
	// against which something stands, and disputed those that it outweighs.
	links, opposed, disputed int
}

// best is the best of the claims that say so; false where none does.
func (c *ClaimOfResponsibility) best() (best graph.Evidence, ok bool) {
	for i, r := range c.rows {
		if e, _, _ := c.v.assess(r); i == 0 || e.Compare(&best) < 0 {
			best, ok = e, true
		}
	}
	return best, ok
}

// Hedge is how the best claim is worded; nil where none says either.
func (c *ClaimOfResponsibility) Hedge() *graph.Hedge {
	if e, ok := c.best(); ok {
		return &graph.Hedges[e.Hedge]
	}
	return nil
}

// Credibility is that of the best claim; nil where none says either.
func (c *ClaimOfResponsibility) Credibility() *int {
	if e, ok := c.best(); ok {
		n := int(e.Credibility)
		return &n
	}
	return nil
}

// Speakers are who says so, in the order of Link.Speakers.
func (c *ClaimOfResponsibility) Speakers() []*Speaker { return c.v.speakers(c.rows) }

// Disputed reports whether somebody claimed the incident, and all that says so is disputed.
func (c *ClaimOfResponsibility) Disputed() bool { return c.links > 0 && c.disputed == c.links }

// Contested reports whether it is not disputed, though claims stand against some that say so.
func (c *ClaimOfResponsibility) Contested() bool { return c.opposed > 0 && !c.Disputed() }

// Claims are the claims that say so, oldest first.
func (c *ClaimOfResponsibility) Claims() []*Claim { return c.v.claimsAt(c.rows) }

// Stated is the date of the statement: when the source that said so was published, the first
// of those that say who, the last of those that say nobody. It is nil where that is not
// known.
func (c *ClaimOfResponsibility) Stated() *graph.PartialDate {
	var out *graph.PartialDate
	for _, claim := range c.Claims() {
		d := claim.Source().Published()
		switch {
		case d == nil:
		case out == nil, c.By == graph.ClaimedBySomebody && d.Latest < out.Latest,
			c.By == graph.ClaimedByNobody && d.Earliest > out.Earliest:
			out = d
		}
	}
	return out
}

// Claimed says whether somebody claimed the incident: SOMEBODY where a claim says so; NOBODY
// where claims say that nobody had, and none that somebody did.
func (i *Incident) Claimed() *ClaimOfResponsibility {
	out := &ClaimOfResponsibility{By: graph.ClaimedByUnknown, v: i.v}
	var somebody, nobody []ClaimRow
	values := &valueSet{v: i.v, at: i.row}
	for p := range i.v.postings(i.row) {
		kind := p.kind.predicate()
		if kind != graph.Claimed && kind != graph.Responsibility {
			continue
		}
		link, ok := i.v.resolveLink(p.link)
		if !ok {
			continue
		}
		if kind == graph.Claimed {
			l := i.v.foldLink(link, nil)
			out.weigh(&l.fold)
		} else {
			values.add(link.rows, kind)
		}
		for _, r := range (&Link{v: i.v, rows: link.rows}).countingRows() {
			switch {
			case i.v.polarity(r) == graph.Affirmed:
				somebody = append(somebody, r)
			case kind == graph.Responsibility:
				nobody = append(nobody, r)
			}
		}
	}
	for _, a := range values.weighed() {
		out.weigh(&a.fold)
	}
	switch {
	case somebody != nil:
		out.By, out.rows = graph.ClaimedBySomebody, somebody
	case nobody != nil:
		out.By, out.rows = graph.ClaimedByNobody, nobody
	}
	slices.Sort(out.rows)
	return out
}

// weigh counts a link, or a value, that says that somebody claimed the incident.
func (c *ClaimOfResponsibility) weigh(f *graph.Fold) {
	if f.Affirmed == 0 {
		return
	}
	c.links++
	if f.Disputed() || f.Contested() {
		c.opposed++
	}
	if f.Disputed() {
		c.disputed++
	}
}
