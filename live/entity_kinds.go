package live

import (
	"slices"
	"sync"

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

// NobodyClaimed reports whether claims say that nobody had claimed the incident,
// and no claim that counts says that somebody did, whatever links are visible.
func (i *Incident) NobodyClaimed() bool {
	said := false
	for p := range i.v.postings(i.row) {
		kind := p.kind.predicate()
		if kind != graph.Claimed && kind != graph.Responsibility {
			continue
		}
		link, ok := i.v.resolveLink(p.link)
		if !ok {
			continue
		}
		f := i.v.foldRows(link.rows, nil)
		if f.Affirmed > 0 {
			return false
		}
		said = said || kind == graph.Responsibility && f.Denied+f.NoEvidence > 0
	}
	return said
}

// Casualties is how many were harmed, by role and effect, as the claims that count
// give it: Low is the least and High the greatest figure claimed, Best that of
// the best claim. What no claim bounds is nil, not 0; nor does High bound a claim
// of at least more than it.
type Casualties struct {
	Role            graph.CasualtyRole
	Effect          graph.CasualtyEffect
	Low, Best, High *int
	// Circa is set where the best claim's figure is approximate.
	Circa bool
	v     *View
	rows  []ClaimRow
	least *int // the greatest figure that a claim says there are at least
}

// Claims are the claims behind the figures, oldest first.
func (c *Casualties) Claims() []*Claim {
	out := make([]*Claim, len(c.rows))
	for i, r := range c.rows {
		out[i] = c.v.claim(r)
	}
	return out
}

// Casualties are those of the incident, by role and effect in the order of
// the vocabulary.
func (i *Incident) Casualties() []*Casualties { return i.casualties() }

// Casualties are those that claims give for the place over some time.
func (p *Place) Casualties() []*Casualties { return p.casualties() }

func (e *EntityBase) casualties() []*Casualties {
	type group struct {
		role   graph.CasualtyRole
		effect graph.CasualtyEffect
	}
	byGroup := map[group]*Casualties{}
	for a := range e.values(graph.Casualties) { // best first
		g := group{a.value.Role, a.value.Effect}
		c := byGroup[g]
		if c == nil {
			c = &Casualties{Role: g.role, Effect: g.effect, Best: whole(a.value.Best), Circa: a.value.Circa, v: e.v}
			byGroup[g] = c
		}
		low, high := a.value.Bounds()
		c.Low = lesser(c.Low, whole(low))
		c.High = greater(c.High, whole(high))
		c.least = greater(c.least, whole(low))
		c.rows = append(c.rows, a.rows...)
	}
	out := []*Casualties{}
	for _, role := range graph.CasualtyRoles {
		for _, effect := range graph.CasualtyEffects {
			if c := byGroup[group{role, effect}]; c != nil {
				if c.High != nil && c.least != nil && *c.least > *c.High {
					c.High = nil
				}
				slices.Sort(c.rows)
				out = append(out, c)
			}
		}
	}
	return out
}

func whole(f *float64) *int {
	if f == nil {
		return nil
	}
	n := int(*f)
	return &n
}

func lesser(a, b *int) *int {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

func greater(a, b *int) *int {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

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

// whereabouts are the kinds of link that say where something lies, happened or is
// based; inPlace is the one that leads from a place to the place around it.
var (
	whereabouts = graph.LinkKinds(func(s graph.PredicateSpec) bool { return s.Whereabouts })
	inPlace     = []graph.Predicate{graph.LocatedIn}
)

// Places are the places in which links say that the entity lies, happened or is
// based, each once, in the order of recording.
func (e *EntityBase) Places() []*Place {
	out := []*Place{}
	for l := range e.links(whereabouts, Out) {
		p, ok := l.Target().(*Place)
		if ok && !slices.ContainsFunc(out, func(o *Place) bool { return o.row == p.row }) {
			out = append(out, p)
		}
	}
	return out
}

// Countries are the countries around the entity's places, by what links say lies in
// what; a country's own is itself. Each is there once, in the order in which it is
// met.
func (e *EntityBase) Countries() []*Place {
	var rows []EntityRow
	if e.Kind() == graph.Place {
		rows = e.v.countriesOf(e.row)
	} else {
		for _, p := range e.Places() {
			for _, row := range e.v.countriesOf(p.row) {
				if !slices.Contains(rows, row) {
					rows = append(rows, row)
				}
			}
		}
	}
	out := make([]*Place, len(rows))
	for i, row := range rows {
		out[i] = &Place{&EntityBase{e.v, row}}
	}
	return out
}

// countries remembers in which countries places lie: to ask it of everything in a
// province is to read all the links of the province each time.
type countries struct {
	sync.Mutex
	of map[EntityRow][]EntityRow
}

// maxCountries bounds what is remembered.
const maxCountries = 4096

func (v *View) countriesOf(place EntityRow) []EntityRow {
	v = v.Within(nil) // what is remembered is whole
	v.countries.Lock()
	defer v.countries.Unlock()
	if rows, ok := v.countries.of[place]; ok {
		return rows
	}
	var rows []EntityRow
	reached, seen := []EntityRow{place}, map[EntityRow]bool{place: true}
	for i := 0; i < len(reached); i++ {
		e := &EntityBase{v, reached[i]}
		if subtype, ok := e.bestValue(graph.SubtypeOf); ok && subtype.text == graph.SubtypeCountry {
			rows = append(rows, e.row)
			continue
		}
		for l := range e.links(inPlace, Out) {
			if !seen[l.key.target] {
				seen[l.key.target] = true
				reached = append(reached, l.key.target)
			}
		}
	}
	if v.countries.of == nil || len(v.countries.of) >= maxCountries {
		v.countries.of = map[EntityRow][]EntityRow{}
	}
	v.countries.of[place] = rows
	return rows
}
