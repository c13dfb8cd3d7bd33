package graph

import (
	"math"
	"slices"
)

// CasualtyRole says who was harmed.
type CasualtyRole string

// RoleAll is the role of all who were harmed, whoever they were: of a total as stated. Records
// hold roleStored for it.
const (
	RoleAll    CasualtyRole = "ALL"
	roleStored CasualtyRole = "UNKNOWN"
)

// CasualtyRoles lists the roles: those that are told apart, a part of whom the source does
// not say, and all.
var CasualtyRoles = append(slices.Clone(RolesToldApart), "UNIDENTIFIED", RoleAll)

// RolesToldApart are the roles that together make up all who were harmed.
var RolesToldApart = []CasualtyRole{"CIVILIAN", "SECURITY_FORCE", "MILITANT"}

// Shown is the word for the role that answers have.
func (r CasualtyRole) Shown() CasualtyRole {
	if r == roleStored {
		return RoleAll
	}
	return r
}

// CasualtyEffect says how somebody was harmed.
type CasualtyEffect string

// EffectKilled is the effect of which figures are added up.
const EffectKilled CasualtyEffect = "KILLED"

// CasualtyEffects lists the effects.
var CasualtyEffects = []CasualtyEffect{EffectKilled, "WOUNDED", "ABDUCTED"}

// ClaimedBy says whether somebody claimed an incident.
type ClaimedBy string

// Whether somebody did: a claim says so, or that nobody had, or neither.
const (
	ClaimedBySomebody ClaimedBy = "SOMEBODY"
	ClaimedByNobody   ClaimedBy = "NOBODY"
	ClaimedByUnknown  ClaimedBy = "UNKNOWN"
)

// ClaimedBys lists the answers.
var ClaimedBys = []ClaimedBy{ClaimedBySomebody, ClaimedByNobody, ClaimedByUnknown}

// GeoPrecision says how exactly a point places what it stands for.
type GeoPrecision string

// GeoUnknown is the precision of a point where it is not said.
const GeoUnknown GeoPrecision = "UNKNOWN"

// GeoPrecisions lists the precisions, finest first.
var GeoPrecisions = []GeoPrecision{"EXACT", "NEAR", "TOWN", "ADMIN2", "ADMIN1", "REGION", "COUNTRY", GeoUnknown}

// Value is what a claim says where it names no entity. Which fields count is the
// predicate's to say; the others stay empty.
type Value struct {
	// Best is the figure that the source gives as such; Low and High are the
	// bounds that it gives. "At least five" has a low and nothing else. An
	// absent figure is unknown, not 0.
	Best *float64 `json:"best,omitempty"`
	// Circa marks a figure as approximate.
	Circa  bool           `json:"circa,omitempty"`
	Date   PartialDate    `json:"date,omitzero"`
	Effect CasualtyEffect `json:"effect,omitempty"`
	// Form is what sort of name Text is.
	Form NameForm `json:"form,omitempty"`
	High *float64 `json:"high,omitempty"`
	// Lang is the language of the name Text, a BCP 47 tag; empty for Latin script of no
	// particular language.
	Lang string `json:"lang,omitempty"`
	// Lat and Lon are WGS 84 degrees.
	Lat *float64 `json:"lat,omitempty"`
	Lon *float64 `json:"lon,omitempty"`
	Low *float64 `json:"low,omitempty"`
	// Marking is what a record is to be marked.
	Marking   Marking      `json:"marking,omitempty"`
	Precision GeoPrecision `json:"precision,omitempty"`
	// Primary marks the name Text as the one to show.
	Primary bool         `json:"primary,omitempty"`
	Role    CasualtyRole `json:"role,omitempty"`
	// Stamp is what the record is marked until then: of several records of one id, it
	// says which.
	Stamp Marking `json:"stamp,omitempty"`
	Text  string  `json:"text,omitempty"`
	// Unit is what a range counts: "fighters", "km", "%".
	Unit string `json:"unit,omitempty"`
}

// finite reports whether all figures are numbers.
func (v *Value) finite() bool {
	if v == nil {
		return true
	}
	for _, f := range []*float64{v.Low, v.Best, v.High, v.Lat, v.Lon} {
		if f != nil && (math.IsNaN(*f) || math.IsInf(*f, 0)) {
			return false
		}
	}
	return true
}

// eachFigure calls f for the figures that the value gives.
func (v *Value) eachFigure(f func(field string, figure float64)) {
	for i, figure := range []*float64{v.Low, v.Best, v.High} {
		if figure != nil {
			f([...]string{"value.low", "value.best", "value.high"}[i], *figure)
		}
	}
}

// Bounds are the least and greatest figure that the value allows: low or else
// best, high or else best. Nil is unbounded.
func (v *Value) Bounds() (low, high *float64) {
	low, high = v.Low, v.High
	if low == nil {
		low = v.Best
	}
	if high == nil {
		high = v.Best
	}
	return low, high
}

// Amount is how much a link was about, in a unit: money that was paid, weapons that were
// handed over, messages between two.
type Amount struct {
	// Best is the figure that the source gives as such, Low and High the bounds that it
	// gives.
	Best *float64 `json:"best,omitempty"`
	High *float64 `json:"high,omitempty"`
	Low  *float64 `json:"low,omitempty"`
	// Unit is what it counts: "USD", "rifles", "letters".
	Unit string `json:"unit"`
}

// Says reports whether two amounts say the same.
func (a *Amount) Says(b *Amount) bool {
	same := func(x, y *float64) bool { return x == y || x != nil && y != nil && *x == *y }
	return a.Unit == b.Unit && same(a.Low, b.Low) && same(a.Best, b.Best) && same(a.High, b.High)
}

func (a *Amount) figures() *Value {
	if a == nil {
		return nil
	}
	return &Value{Low: a.Low, Best: a.Best, High: a.High}
}

// finite reports whether all figures are numbers.
func (a *Amount) finite() bool { return a.figures().finite() }

// amount checks how much a link was about.
func (c *checker) amount(k *Claim, spec PredicateSpec) {
	a := k.Amount
	if a == nil {
		return
	}
	if k.Predicate.Known() && !spec.IsLink() {
		c.add("NOT_TAKEN", "amount", "only links have an amount", "leave it out, or give the figure in value")
		return
	}
	c.required("amount.unit", a.Unit, MaxShort)
	c.ascending("amount", a.figures())
	a.figures().eachFigure(func(field string, f float64) {
		if f < 0 && !math.IsInf(f, 0) {
			c.add("OUT_OF_RANGE", "amount"+field[len("value"):], "an amount is 0 or more", "correct it, or turn the link round")
		}
	})
}
