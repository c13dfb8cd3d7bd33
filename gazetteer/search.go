package gazetteer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// Query looks for places.
type Query struct {
	Name string    // of then or now, in any spelling
	Day  graph.Day // as of when they are seen; Now for the present
	// Then leaves out what did not exist on the day.
	Then    bool
	Kinds   []Kind // as of the day; empty is all
	Country string // PK or AF; "" is both
	Limit   int
}

// Hit is a place that a query found.
type Hit struct {
	Place   Seen
	Matched Name    // the name that matched
	Score   float64 // from 0 to 1
	Reasons []names.Reason
}

// MaxPlaces is how many places a query lists at most.
const MaxPlaces = 100

// Ask is Search for a query of a stranger: it says what is wrong with one.
func Ask(q Query) ([]Hit, error) {
	switch {
	case strings.TrimSpace(q.Name) == "":
		return nil, graph.Invalid("MISSING", "name", "there is no name", "give the name of a place")
	case q.Limit < 1 || q.Limit > MaxPlaces:
		return nil, graph.Invalid("OUT_OF_RANGE", "limit", fmt.Sprintf("%d is not 1 to %d", q.Limit, MaxPlaces), "ask for fewer places")
	case q.Country != "" && q.Country != "PK" && q.Country != "AF":
		return nil, graph.Invalid("UNKNOWN_VALUE", "country", "there are no places of that country here", "give PK or AF, or leave it out")
	case q.Kinds != nil && len(q.Kinds) == 0:
		return nil, nil
	}
	return Search(q), nil
}

// Search lists the places of which a name, of whatever time, may be the one that is
// given: best first, greater places before lesser ones, then by id. There is no guess:
// what is not like any name is not found, and of several places of one name all are.
func Search(q Query) []Hit {
	p := load()
	best := map[*Place]Hit{}
	for c := range p.index.Candidates(names.Query{Name: names.Parse(q.Name), Least: leastSorted}) {
		place := p.all[c.Owner]
		value := c.Value(names.Place, false)
		if value < leastSorted || value <= best[place].Score || !q.takes(Seen{place, q.Day}) {
			continue
		}
		i := slices.IndexFunc(place.Names, func(n Name) bool { return p.index.Hash(n.Value) == c.Hash })
		if value >= leastPlace || names.SamePlace(q.Name, place.Names[i].Value) {
			s := c.Score(names.Place, false)
			best[place] = Hit{Seen{place, q.Day}, place.Names[i], s.Value, s.Reasons}
		}
	}
	out := make([]Hit, 0, len(best))
	for _, h := range best {
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Place.ID, b.Place.ID))
	})
	return out[:min(q.Limit, len(out))]
}

// leastPlace is the score from which a name may be that of a place, and leastSorted that
// of one that also says what sort of place it is.
const (
	leastPlace  = 0.85
	leastSorted = 0.75
)

func (h Hit) rank() int { return slices.Index(Kinds, h.Place.Kind()) }

func (q *Query) takes(s Seen) bool {
	return (len(q.Kinds) == 0 || slices.Contains(q.Kinds, s.Kind())) && (q.Country == "" || s.Country() == q.Country) && (!q.Then || s.Exists())
}

// Country is the code of the country, PK or AF.
func (s Seen) Country() string {
	if parents := s.Parents(); len(parents) > 0 {
		return parents[len(parents)-1].ID
	}
	return s.ID
}

// surelyPlace is the score from which a name is taken for that of a place.
const surelyPlace = 0.93

// Otherwise lists the other names, of whatever time, of the places that have a name: none
// when places of several names have it.
func Otherwise(name string) (out []string) {
	var found *Place
	hits := Search(Query{Name: name, Day: Now, Limit: 20})
	for _, h := range hits {
		if h.Score < surelyPlace || h.Score < hits[0].Score {
			break
		}
		if found != nil {
			return nil
		}
		found = h.Place.Place
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

// Same reports whether two written places may be the same, under names of then or now.
func Same(a, b string) bool {
	like := func(to string) func(string) bool {
		return func(other string) bool { return names.SamePlace(other, to) }
	}
	return names.SamePlace(a, b) || slices.ContainsFunc(Otherwise(a), like(b)) || slices.ContainsFunc(Otherwise(b), like(a))
}
