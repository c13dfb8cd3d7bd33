package gazetteer

import (
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// GazetteerKind is what sort of place it is.
type GazetteerKind string

// The kinds.
const (
	Country        GazetteerKind = "COUNTRY"
	Province       GazetteerKind = "PROVINCE"
	Territory      GazetteerKind = "TERRITORY" // a first-level division that is no province
	District       GazetteerKind = "DISTRICT"
	Agency         GazetteerKind = "AGENCY"          // a tribal agency
	FrontierRegion GazetteerKind = "FRONTIER_REGION" // a tribal area beside a district
	Town           GazetteerKind = "TOWN"            // any settlement
)

// Kinds are all kinds, greater ones first.
var Kinds = []GazetteerKind{Country, Province, Territory, District, Agency, FrontierRegion, Town}

// GazetteerName is a name of a place, and when it was in use. From is nil where that is
// not known, Until where it is in use.
type GazetteerName struct {
	period
	Value string
	Note  *string // how it changed; nil for none
}

// place is a place through all times. It is not changed after loading. Its id is a code of
// a country or division, "geonames:" and a number, or "at:" and where it is.
type place struct {
	ID                  string
	Latitude, Longitude *float64        // in degrees north and east; nil where it is not known
	ContestedBy         *string         // who administers and who claims it; nil when it is not contested
	Names               []GazetteerName // the one that is shown before others in use first
	base                string          // the name that GeoNames gives
	kinds               []dated[GazetteerKind]
	parents             []dated[string]
}

// GazetteerPlace is a place as it was on a day.
type GazetteerPlace struct {
	*place
	Day graph.Day
}

// exists reports whether the place had a name on the day.
func (p GazetteerPlace) exists() bool { return p.Name() != nil }

// Name is the first name that was in use on the day; nil for none.
func (p GazetteerPlace) Name() *string {
	for i := range p.Names {
		if p.Names[i].holds(p.Day) {
			return &p.Names[i].Value
		}
	}
	return nil
}

// Kind is what sort of place it was.
func (p GazetteerPlace) Kind() GazetteerKind { return asOf(p.kinds, p.Day) }

// Parents are the places that it lay in, the smallest first.
func (p GazetteerPlace) Parents() (out []GazetteerPlace) {
	g := load()
	for id := asOf(p.parents, p.Day); id != ""; {
		parent := GazetteerPlace{g.byID[id], p.Day}
		out = append(out, parent)
		id = asOf(parent.parents, p.Day)
	}
	return out
}

// Country is the code of the country, PK or AF.
func (p GazetteerPlace) Country() string {
	if parents := p.Parents(); len(parents) > 0 {
		return parents[len(parents)-1].ID
	}
	return p.ID
}

// Contested reports whether who the place belongs to is contested.
func (p GazetteerPlace) Contested() bool { return p.ContestedBy != nil }

// Attribution names where the place comes from, as the licence asks.
func (p GazetteerPlace) Attribution() string { return attribution }

// ByExternal is the place that an id elsewhere stands for, as it was on a day: one of
// GeoNames ("geonames:1170706"), of its divisions ("geonames-admin:PK.02") or a country's code
// ("iso3166:PK"). False where none is known.
func ByExternal(external string, day graph.Day) (GazetteerPlace, bool) {
	scheme, id, _ := strings.Cut(external, ":")
	switch scheme {
	case "geonames":
		id = external
	case "geonames-admin", "iso3166":
	default:
		return GazetteerPlace{}, false
	}
	p, ok := load().byID[id]
	return GazetteerPlace{p, day}, ok
}

// EverAround are the ids of the places that it lay in at any time.
func (p GazetteerPlace) EverAround() (out []string) {
	g := load()
	for list := []*place{p.place}; len(list) > 0; list = list[1:] {
		for _, parent := range list[0].parents {
			if parent.value != "" && !slices.Contains(out, parent.value) {
				out, list = append(out, parent.value), append(list, g.byID[parent.value])
			}
		}
	}
	return out
}
