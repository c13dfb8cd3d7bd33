package graph

import "math"

// CasualtyRole says who was harmed.
type CasualtyRole string

// RoleUnknown is the role of the harmed where the source names none.
const RoleUnknown CasualtyRole = "UNKNOWN"

// CasualtyRoles lists the roles.
var CasualtyRoles = []CasualtyRole{"CIVILIAN", "SECURITY_FORCE", "MILITANT", RoleUnknown}

// CasualtyEffect says how somebody was harmed.
type CasualtyEffect string

// EffectKilled is the effect of which figures are added up.
const EffectKilled CasualtyEffect = "KILLED"

// CasualtyEffects lists the effects.
var CasualtyEffects = []CasualtyEffect{EffectKilled, "WOUNDED", "ABDUCTED"}

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
