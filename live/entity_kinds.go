package live

import (
	"cmp"
	"iter"
	"slices"

	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
)

// Founded is when the body was founded; nil where it is not said.
func (e *EntityBase) Founded() *graph.PartialDate { return e.date(graph.FoundedOn) }

// Dissolved is when the body ended; nil where it is not said.
func (e *EntityBase) Dissolved() *graph.PartialDate { return e.date(graph.DissolvedOn) }

// Statuses are the standings that claims give, best first.
func (e *EntityBase) Statuses() []string { return e.texts(graph.StatusOf) }

// Ideologies are what claims name as the ideology, best first.
func (e *EntityBase) Ideologies() []string { return e.texts(graph.Ideology) }

// Denomination is the religious denomination; nil where it is not said.
func (e *EntityBase) Denomination() *string { return e.text(graph.Denomination) }

// Strength are the figures that claims give for the body's strength, best first.
func (e *EntityBase) Strength() []*Attribute { return slices.Collect(e.values(graph.Strength)) }

// Birth is when the individual was born; nil where it is not said.
func (i *Individual) Birth() *graph.PartialDate { return i.date(graph.Birth) }

// Death is when the individual died; nil where it is not said.
func (i *Individual) Death() *graph.PartialDate { return i.date(graph.Death) }

// Nationality is the individual's nationality; nil where it is not said.
func (i *Individual) Nationality() *string { return i.text(graph.Nationality) }

// FatherName is the father's name; nil where it is not said.
func (i *Individual) FatherName() *string { return i.text(graph.FatherName) }

// Posts are public posts that the individual held.
func (i *Individual) Posts() []string { return i.texts(graph.Post) }

// Board is the board that the madressah is registered with; nil where not said.
func (m *Madressah) Board() *string { return m.text(graph.Board) }

// Date is when the incident happened; nil where it is not said.
func (i *Incident) Date() *graph.PartialDate { return i.date(graph.DateOf) }

// AttackTypes are the kinds of attack that claims name, best first.
func (i *Incident) AttackTypes() []string { return i.texts(graph.AttackType) }

// Weapons are the weapons that claims name, best first.
func (i *Incident) Weapons() []string { return i.texts(graph.Weapon) }

// TargetTypes are the kinds of target that claims name, best first.
func (i *Incident) TargetTypes() []string { return i.texts(graph.TargetType) }

// Date is when the listing was made; nil where it is not said.
func (d *Designation) Date() *graph.PartialDate { return d.date(graph.DateOf) }

// Authority is who keeps the list; nil where it is not said.
func (d *Designation) Authority() *string { return d.text(graph.Authority) }

// List is the list, with its reference; nil where it is not said.
func (d *Designation) List() *string { return d.text(graph.ListOf) }

// Point is where something lies.
type Point struct {
	Lat, Lon  float64
	Precision graph.GeoPrecision
	Claim     *Claim
}

// Location is the best point that claims give; nil where none does.
func (e *EntityBase) Location() *Point {
	for a := range e.values(graph.Coordinates) {
		claim := e.v.claim(rowOf(a.bestEvidence()))
		p := &Point{Lat: *a.value.Lat, Lon: *a.value.Lon, Precision: a.value.Precision, Claim: claim}
		if p.Precision == "" {
			p.Precision = graph.GeoUnknown
		}
		return p
	}
	return nil
}

// Casualties is how many of one role were harmed in one way: in an incident, whatever
// dates its claims bear, or in a place over the time that they name.
type Casualties struct {
	figures.Part
	Effect graph.CasualtyEffect
	// ValidFrom and ValidTo are the time; nil for an incident, and where it is not said.
	ValidFrom, ValidTo *graph.PartialDate
	v                  *View
	given              []figures.Claimed // best graded first
	values             []*Attribute      // likewise
	rows               []ClaimRow
}

// Credibility is that of the best claim behind the figures.
func (c *Casualties) Credibility() int { return c.values[0].Credibility() }

// Hedge is how the best claim behind the figures is worded.
func (c *Casualties) Hedge() graph.Hedge { return c.values[0].Hedge() }

// Disputed reports whether each of the figures is disputed.
func (c *Casualties) Disputed() bool {
	return !slices.ContainsFunc(c.values, func(a *Attribute) bool { return !a.Disputed() })
}

// Contested reports whether not each of the figures is disputed, but something stands against
// claims of one.
func (c *Casualties) Contested() bool {
	against := func(a *Attribute) bool { return a.Disputed() || a.Contested() }
	return !c.Disputed() && slices.ContainsFunc(c.values, against)
}

// Speakers are who says so, in the order of Link.Speakers.
func (c *Casualties) Speakers() []*Speaker { return c.v.speakers(c.rows) }

// Claims are the claims behind the figures, oldest first.
func (c *Casualties) Claims() []*Claim { return c.v.claimsAt(c.rows) }

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
		out[i].given = append(out[i].given, figures.Claimed{Value: a.value, Grade: a.bestEvidence()})
		out[i].values = append(out[i].values, a)
		out[i].rows = append(out[i].rows, a.rows...)
	}
	for _, c := range out {
		c.Range = figures.RangeOf(c.given)
		slices.Sort(c.rows)
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
}

// Claims are the claims that say so, oldest first.
func (c *ClaimOfResponsibility) Claims() []*Claim { return c.v.claimsAt(c.rows) }

// Speakers are who says so, in the order of Link.Speakers.
func (c *ClaimOfResponsibility) Speakers() []*Speaker { return c.v.speakers(c.rows) }

// Best is the best graded of the claims that say so; nil where none does.
func (c *ClaimOfResponsibility) Best() *Claim {
	if len(c.rows) == 0 {
		return nil
	}
	return c.v.claim(slices.MinFunc(c.rows, func(r, o ClaimRow) int {
		a, _, _ := c.v.assess(r)
		b, _, _ := c.v.assess(o)
		return a.Compare(&b)
	}))
}

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
	for p := range i.v.postings(i.row) {
		kind := p.kind.predicate()
		if kind != graph.Claimed && kind != graph.Responsibility {
			continue
		}
		link, ok := i.v.resolveLink(p.link)
		if !ok {
			continue
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
	switch {
	case somebody != nil:
		out.By, out.rows = graph.ClaimedBySomebody, somebody
	case nobody != nil:
		out.By, out.rows = graph.ClaimedByNobody, nobody
	}
	slices.Sort(out.rows)
	return out
}
