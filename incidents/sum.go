package incidents

import (
	"slices"

	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// IncidentSum is some incidents, each once.
type IncidentSum struct {
	// Incidents are in the order in which they were gathered.
	Incidents []*live.Incident
	// ByGazetteer counts those that are there only because the gazetteer has it that where
	// they happened lies in a place.
	ByGazetteer int
	seen        map[graph.ID]bool
}

// NewSum has no incidents.
func NewSum() *IncidentSum {
	return &IncidentSum{Incidents: []*live.Incident{}, seen: map[graph.ID]bool{}}
}

// Add takes an incident, unless it is there.
func (s *IncidentSum) Add(i *live.Incident) {
	if !s.seen[i.ID()] {
		s.seen[i.ID()] = true
		s.Incidents = append(s.Incidents, i)
	}
}

// Count counts the incidents.
func (s *IncidentSum) Count() int { return len(s.Incidents) }

// Toll adds up those harmed in one way.
func (s *IncidentSum) Toll(effect graph.CasualtyEffect) *figures.TollSum {
	items := make([]figures.Item, len(s.Incidents))
	components := possiblySame(s.Incidents)
	for i, incident := range s.Incidents {
		items[i].Component = components[i]
		if t := incident.Toll(effect); t != nil {
			items[i].Total = &t.Range
		}
	}
	sum := figures.SumOf(items)
	return &sum
}

// possiblySame numbers incidents so that those that may be the same have one number, be it
// by way of one that is not among them.
func possiblySame(list []*live.Incident) []int {
	at := map[graph.ID]int{}
	reached := slices.Clone(list)
	for i, incident := range list {
		at[incident.ID()] = i
	}
	var pairs [][2]int
	for i := 0; i < len(reached); i++ {
		apart := others(reached[i], graph.NotSameAs)
		for id, other := range others(reached[i], graph.PossiblySameAs) {
			if apart[id] != nil {
				continue
			}
			if _, known := at[id]; !known {
				at[id], reached = len(reached), append(reached, other)
			}
			pairs = append(pairs, [2]int{i, at[id]})
		}
	}
	return figures.Components(len(reached), pairs)[:len(list)]
}

// others are the incidents to which judgements of a kind that are affirmed lead.
func others(i *live.Incident, kind graph.Predicate) map[graph.ID]*live.Incident {
	out := map[graph.ID]*live.Incident{}
	i.EachLink([]graph.Predicate{kind}, live.Both, func(l *live.Link) bool {
		if other, ok := l.Other().(*live.Incident); ok && l.AffirmedCount() > 0 {
			out[other.ID()] = other
		}
		return true
	})
	return out
}

// InPlace are the incidents that happened in a place.
func InPlace(p *live.Place, how live.Inside) *IncidentSum {
	s := NewSum()
	byClaims := map[graph.ID]bool{}
	for l, by := range p.Happened(how) {
		s.Add(l.Source().(*live.Incident))
		if by == live.ByClaims {
			byClaims[l.SourceID()] = true
		}
	}
	s.ByGazetteer = s.Count() - len(byClaims)
	return s
}
