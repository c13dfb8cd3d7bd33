// Package gazetteer knows places of Pakistan and Afghanistan under the names that they
// had at a time: provinces, agencies and districts, and towns. It says who claims what
// is contested, and takes no side. Its data is embedded; see data/README.md.
package gazetteer

import (
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// Kind is what sort of place it is.
type Kind string

// The kinds.
const (
	Country        Kind = "COUNTRY"
	Province       Kind = "PROVINCE"
	Territory      Kind = "TERRITORY" // a first-level division that is no province
	District       Kind = "DISTRICT"
	Agency         Kind = "AGENCY"          // a tribal agency
	FrontierRegion Kind = "FRONTIER_REGION" // a tribal area beside a district
	Town           Kind = "TOWN"            // any settlement
)

// Kinds are all kinds, greater ones first.
var Kinds = []Kind{Country, Province, Territory, District, Agency, FrontierRegion, Town}

// Now is the day that stands for the present: what has no end holds.
const Now = graph.OpenEnd

// Span is a time, open where a date is zero. Its end does not belong to it, unless that
// is given no finer than a month.
type Span struct{ From, Until graph.PartialDate }

// Holds reports whether a day may be in the span.
func (s Span) Holds(day graph.Day) bool {
	return (s.From.IsZero() || s.From.Earliest <= day) && (s.Until.IsZero() || day < s.Until.Latest)
}

// Name is a name of a place and when it was in use.
type Name struct {
	Span
	Value string
	Note  string // "" for none
}

// Place is a place through all times. It is not changed after loading.
type Place struct {
	ID       string // a code of a country or division, "geonames:" and a number, or "at:" and where it is
	Lat, Lon float64
	Located  bool   // whether Lat and Lon are known
	Claims   string // who administers and who claims it, "" when it is not contested
	Names    []Name // the one that is shown before others in use first
	base     string // the name that GeoNames gives
	kinds    []span[Kind]
	parents  []span[string]
}

// span is a value that holds for a time.
type span[T any] struct {
	Span
	value T
}

func at[T any](list []span[T], day graph.Day) (value T) {
	for _, s := range list {
		if s.Holds(day) {
			return s.value
		}
	}
	return value
}

// Seen is a place as it was on a day.
type Seen struct {
	*Place
	Day graph.Day
}

// Exists reports whether the place had a name on the day.
func (s Seen) Exists() bool { return s.Name() != "" }

// Name is the first name that was in use on the day; "" for none.
func (s Seen) Name() string {
	for _, n := range s.Names {
		if n.Holds(s.Day) {
			return n.Value
		}
	}
	return ""
}

// Kind is what sort of place it was.
func (s Seen) Kind() Kind { return at(s.kinds, s.Day) }

// Parents are the places that it lay in, the smallest first.
func (s Seen) Parents() (out []Seen) {
	p := load()
	for id := at(s.parents, s.Day); id != ""; {
		parent := Seen{p.byID[id], s.Day}
		out = append(out, parent)
		id = at(parent.parents, s.Day)
	}
	return out
}

// Find is one place by its id; false for none.
func Find(id string, day graph.Day) (Seen, bool) {
	p, ok := load().byID[id]
	return Seen{p, day}, ok
}

// places is all that is known, and an index of the names.
type places struct {
	all   []*Place
	byID  map[string]*Place
	index *names.Index
}

// load reads the embedded data, once.
var load = sync.OnceValue(func() *places {
	p, err := read(dataFiles)
	if err != nil {
		panic(err) // the data is a part of the program, and tested
	}
	p.index = names.NewIndex()
	for i, place := range p.all {
		for _, n := range place.Names {
			p.index.Add(uint32(i), n.Value)
		}
	}
	return p
})
