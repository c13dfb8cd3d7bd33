package live

import (
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
)

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
	for l := range e.links(whereabouts, Out, nil) {
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
	v.countries.Lock()
	defer v.countries.Unlock()
	if rows, ok := v.countries.of[place]; ok {
		return rows
	}
	var rows []EntityRow
	reached, seen := []EntityRow{place}, map[EntityRow]bool{place: true}
	for i := 0; i < len(reached); i++ {
		e := &EntityBase{v, reached[i]}
		if e.record().Subtype == graph.SubtypeCountry {
			rows = append(rows, e.row)
			continue
		}
		for l := range e.links(inPlace, Out, nil) {
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
