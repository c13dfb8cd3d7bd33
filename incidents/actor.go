package incidents

import (
	"iter"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Part is how an incident has to do with an actor, the closest first.
type Part int

// The parts: it claimed it, others attribute it to it, they do and it denies that, it has to do
// with it in another way, or it only denied or condemned it.
const (
	Claimed Part = iota
	Attributed
	AttributedAndDenied
	Otherwise
	Disowned
)

// Linked is an incident and the part that an actor has in it.
type Linked struct {
	Incident *live.Incident
	Part     Part
}

// IncidentSums are the incidents of an actor: each is in one of them, and they are not to be
// added to one another. What it only denied or condemned is in none.
type IncidentSums struct{ Claimed, Attributed, AttributedAndDenied *IncidentSum }

// NewSums has no incidents.
func NewSums() *IncidentSums { return &IncidentSums{NewSum(), NewSum(), NewSum()} }

// Add puts an incident where its part says.
func (s *IncidentSums) Add(i *live.Incident, part Part) {
	switch part {
	case Claimed:
		s.Claimed.Add(i)
	case Attributed:
		s.Attributed.Add(i)
	case AttributedAndDenied:
		s.AttributedAndDenied.Add(i)
	}
}

// OfActor are the sums of an actor.
func OfActor(e *live.EntityBase) *IncidentSums {
	s := NewSums()
	for _, l := range Of(e) {
		s.Add(l.Incident, l.Part)
	}
	return s
}

// said is which kinds of link join an actor to an incident.
type said struct{ claimed, attributed, denied, condemned, otherwise bool }

func (s said) part() Part {
	switch {
	case s.claimed:
		return Claimed
	case s.attributed && s.denied:
		return AttributedAndDenied
	case s.attributed:
		return Attributed
	case s.otherwise || !s.denied && !s.condemned:
		return Otherwise
	}
	return Disowned
}

// Of are the incidents to which links lead from an actor, each once, in the order of
// recording of the first of these links.
func Of(e *live.EntityBase) []Linked {
	var list []Linked
	for other, part := range parts(e) {
		if incident, ok := other.(*live.Incident); ok {
			list = append(list, Linked{incident, part})
		}
	}
	return list
}

// Actor is one who has a part in an incident.
type Actor struct {
	Entity live.Entity
	Part   Part
}

// ActorsOf are those to whom links lead from an incident, each once, in the order of recording
// of the first of these links: each has the part that Of gives for it.
func ActorsOf(i *live.Incident) []Actor {
	var list []Actor
	for other, part := range parts(i.EntityBase) {
		list = append(list, Actor{other, part})
	}
	return list
}

// parts yields what links lead to from an entity, each once, and which part the one has in the
// other.
func parts(e *live.EntityBase) iter.Seq2[live.Entity, Part] {
	return func(yield func(live.Entity, Part) bool) {
		at := map[graph.ID]int{}
		var list []live.Entity
		var all []said
		e.EachLink(nil, live.Both, func(l *live.Link) bool {
			other := l.Other()
			i, known := at[other.Base().ID()]
			if !known {
				i = len(list)
				at[other.Base().ID()] = i
				list, all = append(list, other), append(all, said{})
			}
			all[i].add(l)
			return true
		})
		for i, other := range list {
			if !yield(other, all[i].part()) {
				return
			}
		}
	}
}

// add notes a link that is affirmed.
func (s *said) add(l *live.Link) {
	if l.AffirmedCount() == 0 {
		return
	}
	switch l.Kind() {
	case graph.Claimed:
		s.claimed = true
	case graph.AttributedTo:
		s.attributed = true
	case graph.DeniedResponsibility:
		s.denied = true
	case graph.Condemned:
		s.condemned = true
	default:
		s.otherwise = true
	}
}
