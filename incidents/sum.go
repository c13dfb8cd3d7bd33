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
	reached, items := kinship(s.Incidents)
	for i, incident := range reached {
		if items[i].Aside = i >= len(s.Incidents); items[i].Aside {
			continue
		}
		if t := incident.Toll(effect); t != nil {
			items[i].Total, items[i].Partial, items[i].Hedge = &t.Range, t.Partial, t.Hedge()
		}
	}
	sum := figures.SumOf(items)
	return &sum
}

// kinship says which of some incidents may be the same, and which are part of which: it gives
// them, and behind them those by way of which they are, and an item of each.
func kinship(list []*live.Incident) (reached []*live.Incident, items []figures.Item) {
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
	var wholes, perhaps [][]int
	for i := 0; i < len(reached); i++ {
		apart, _ := others(reached[i], graph.NotSameAs, live.Both)
		same, _ := others(reached[i], graph.PossiblySameAs, live.Both)
		for id, other := range same {
			if apart[id] == nil {
				pairs = append(pairs, [2]int{i, place(other)})
			}
		}
		wholes, perhaps = append(wholes, nil), append(perhaps, nil)
		sure, disputed := others(reached[i], graph.PartOf, live.Out)
		for _, whole := range sure {
			wholes[i] = append(wholes[i], place(whole))
		}
		for _, whole := range disputed {
			perhaps[i] = append(perhaps[i], place(whole))
		}
	}
	components := figures.Components(len(reached), pairs)
	wholes, circles := above(wholes)
	for i := range reached {
		items = append(items, figures.Item{Component: components[i], Wholes: wholes[i], Perhaps: perhaps[i], Circle: circles[i]})
	}
	return reached, items
}

// above are, for each thing, those that it leads up to, and apart from them those that lead up
// to it as well: a circle does not say which is part of which.
func above(up [][]int) (out, circles [][]int) {
	reach := make([]map[int]bool, len(up))
	for i := range up {
		reach[i] = map[int]bool{}
		for next := slices.Clone(up[i]); len(next) > 0; next = next[1:] {
			if to := next[0]; !reach[i][to] {
				reach[i][to], next = true, append(next, up[to]...)
			}
		}
	}
	out, circles = make([][]int, len(up)), make([][]int, len(up))
	for i := range up {
		for to := range reach[i] {
			switch {
			case to == i:
			case reach[to][i]:
				circles[i] = append(circles[i], to)
			default:
				out[i] = append(out[i], to)
			}
		}
	}
	return out, circles
}

// others are the incidents to which links of a kind that are affirmed lead; apart from them those
// to which only disputed ones of being part of another lead.
func others(i *live.Incident, kind graph.Predicate, direction live.Direction) (sure, disputed map[graph.ID]*live.Incident) {
	sure, disputed = map[graph.ID]*live.Incident{}, map[graph.ID]*live.Incident{}
	i.EachLink([]graph.Predicate{kind}, direction, func(l *live.Link) bool {
		into := sure
		if kind == graph.PartOf && l.Disputed() {
			into = disputed
		}
		if other, ok := l.Other().(*live.Incident); ok && l.AffirmedCount() > 0 {
			into[other.ID()] = other
		}
		return true
	})
	return sure, disputed
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
