// Package gazetteer knows places of Pakistan and Afghanistan under the names that they
// had at a time: provinces, agencies and districts, and towns. It says who claims what
// is contested, and takes no side. Its data is embedded; see data/README.md.
package gazetteer

import (
	"sync"

	"github.com/rabta/rabta/names"
)

// attribution names where the places come from, as the licence asks.
const attribution = "GeoNames, geonames.org, CC BY 4.0; changes of names by rabta"

// gazetteer is all places that are known, and an index of their names.
type gazetteer struct {
	all   []*place
	byID  map[string]*place
	index *names.Index
}

// load reads the embedded data, once.
var load = sync.OnceValue(func() *gazetteer {
	g, err := read(dataFiles)
	if err != nil {
		panic(err) // the data is a part of the program, and tested
	}
	g.index = names.NewIndex()
	for i, p := range g.all {
		for _, n := range p.Names {
			g.index.Add(uint32(i), n.Value)
		}
	}
	return g
})
