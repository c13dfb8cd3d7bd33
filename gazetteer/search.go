package gazetteer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// PlaceQuery looks for places.
type PlaceQuery struct {
	Name string    // of then or now, in any spelling
	Day  graph.Day // as of when they are seen; Now for the present
	// Existing leaves out what did not exist on the day.
	Existing bool
	Kinds    []GazetteerKind // as of the day; nil is all
	Country  string          // PK or AF; "" is both
	Limit    int             // from 1 to 100
}

// GazetteerHit is a place that a query found.
type GazetteerHit struct {
	Place   GazetteerPlace
	Matched GazetteerName // the name that matched
	Score   float64       // from 0 to 1
	Reasons []names.Reason
}

// mostPlaces is how many places a query lists at most.
const mostPlaces = 100

// Search lists the places of which a name, of whatever time, may be the one that is
// given: best first, greater places before lesser ones, then by id. There is no guess:
// what is not like any name is not found, and of several places of one name all are. It
// says what is wrong with a query.
func Search(q PlaceQuery) ([]GazetteerHit, error) {
	switch {
	case strings.TrimSpace(q.Name) == "":
		return nil, graph.Invalid("MISSING", "name", "there is no name", "give the name of a place")
	case q.Limit < 1 || q.Limit > mostPlaces:
		wrong := fmt.Sprintf("%d is not 1 to %d", q.Limit, mostPlaces)
		return nil, graph.Invalid("OUT_OF_RANGE", "limit", wrong, "ask for fewer places")
	case q.Country != "" && q.Country != "PK" && q.Country != "AF":
		return nil, graph.Invalid(
			"UNKNOWN_VALUE", "country", "there are no places of that country here", "give PK or AF, or leave it out")
	case q.Kinds != nil && len(q.Kinds) == 0:
		return nil, nil
	}
	return search(q), nil
}

// search is Search of a query with nothing wrong.
func search(q PlaceQuery) []GazetteerHit {
	g := load()
	best := map[*place]GazetteerHit{}
	for c := range g.index.Candidates(names.Query{Name: names.Parse(q.Name), Least: leastWithKind}) {
		p := g.all[c.Owner]
		value, seen := c.Value(names.Place, false), GazetteerPlace{p, q.Day}
		if value < leastWithKind || value <= best[p].Score || !q.accepts(seen) {
			continue
		}
		i := slices.IndexFunc(p.Names, func(n GazetteerName) bool { return g.index.Hash(n.Value) == c.Hash })
		if value >= leastPlace || names.SamePlace(q.Name, p.Names[i].Value) {
			s := c.Score(names.Place, false)
			best[p] = GazetteerHit{seen, p.Names[i], s.Value, s.Reasons}
		}
	}
	out := slices.SortedFunc(maps.Values(best), func(a, b GazetteerHit) int {
		return cmp.Or(
			cmp.Compare(b.Score, a.Score), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Place.ID, b.Place.ID))
	})
	return out[:min(q.Limit, len(out))]
}

// leastPlace is the score from which a name may be that of a place, and leastWithKind
// that of one that also says what sort of place it is.
const (
	leastPlace    = 0.85
	leastWithKind = 0.75
)

func (h GazetteerHit) rank() int { return slices.Index(Kinds, h.Place.Kind()) }

func (q *PlaceQuery) accepts(p GazetteerPlace) bool {
	return (len(q.Kinds) == 0 || slices.Contains(q.Kinds, p.Kind())) &&
		(q.Country == "" || p.Country() == q.Country) && (!q.Existing || p.exists())
}

// surelyPlace is the score from which a name is taken for that of a place.
const surelyPlace = 0.93

// OtherNames lists the other names, of whatever time, of the place that has a name: none
// when places of several names have it.
func OtherNames(name string) (out []string) {
	var found *place
	hits := search(PlaceQuery{Name: name, Day: Now, Limit: 20})
	for _, h := range hits {
		if h.Score < surelyPlace || h.Score < hits[0].Score {
			break
		}
		if found != nil {
			return nil
		}
		found = h.Place.place
	}
	if found == nil {
		return nil
	}
	for _, n := range found.Names {
		if n.Value != name {
			out = append(out, n.Value)
		}
	}
	return out
}

// SamePlace reports whether two written places may be the same, under names of then or
// now.
func SamePlace(a, b string) bool {
	like := func(to string) func(string) bool {
		return func(other string) bool { return names.SamePlace(other, to) }
	}
	return names.SamePlace(a, b) || slices.ContainsFunc(OtherNames(a), like(b)) ||
		slices.ContainsFunc(OtherNames(b), like(a))
}
