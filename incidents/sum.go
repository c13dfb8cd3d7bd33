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
	reached, components, wholes := kinship(s.Incidents)
	items := make([]figures.Item, len(reached))
	for i, incident := range reached {
		items[i] = figures.Item{Component: components[i], Wholes: wholes[i], Aside: i >= len(s.Incidents)}
		if items[i].Aside {
			continue
		}
		if t := incident.Toll(effect); t != nil {
			items[i].Total, items[i].Partial = &t.Range, t.Partial
		}
	}
	sum := figures.SumOf(items)
	return &sum
}

// kinship says which of some incidents may be the same, and which are part of which: it gives
// them, and behind them those by way of which they are; a number to each, so that those that
// may be the same have one; and of each the places of those that it is part of.
func kinship(list []*live.Incident) (reached []*live.Incident, components []int, wholes [][]int) {
	at := map[graph.ID]int{}
	reached = slices.Clone(list)
	for i, incident := range list {
		at[incident.ID()] = i
	}
	place := func(of *live.Incident) int {
		if _, known := at[of.ID()]; !known {
			at[of.ID()], reached = len(reached), append(reached, of)
		}
		return at[of.ID()]
	}
	var pairs [][2]int
	for i := 0; i < len(reached); i++ {
		apart := others(reached[i], graph.NotSameAs, live.Both)
		for id, other := range others(reached[i], graph.PossiblySameAs, live.Both) {
			if apart[id] == nil {
				pairs = append(pairs, [2]int{i, place(other)})
			}
		}
		wholes = append(wholes, nil)
		for _, whole := range others(reached[i], graph.PartOf, live.Out) {
			wholes[i] = append(wholes[i], place(whole))
		}
	}
	return reached, figures.Components(len(reached), pairs), above(wholes)
}

// above are, for each thing, those that it leads up to, less those that lead up to it as well:
// a circle says nothing.
func above(up [][]int) [][]int {
	reach := make([]map[int]bool, len(up))
	for i := range up {
		reach[i] = map[int]bool{}
		for next := slices.Clone(up[i]); len(next) > 0; next = next[1:] {
			if to := next[0]; !reach[i][to] {
				reach[i][to], next = true, append(next, up[to]...)
			}
		}
	}
	out := make([][]int, len(up))
	for i := range up {
		for to := range reach[i] {
			if to != i && !reach[to][i] {
				out[i] = append(out[i], to)
			}
		}
	}
	return out
}

// others are the incidents to which links of a kind that are affirmed lead; what is disputed
// makes nothing part of another.
func others(i *live.Incident, kind graph.Predicate, direction live.Direction) map[graph.ID]*live.Incident {
	out := map[graph.ID]*live.Incident{}
	i.EachLink([]graph.Predicate{kind}, direction, func(l *live.Link) bool {
		disputed := kind == graph.PartOf && l.Disputed()
		if other, ok := l.Other().(*live.Incident); ok && l.AffirmedCount() > 0 && !disputed {
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
