package aggregate

import (
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/incidents"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/names"
)

// AggregationValue is what puts items into a row.
type AggregationValue struct {
	Key GroupKey
	// Value is it in a word: that of the vocabulary, a period, a number, an id; nil where
	// nothing says it.
	Value *string
	// Entity is the place, the actor or the other end, Source the source; nil for other keys.
	Entity live.Entity
	Source *live.Source
	// Part is what the actor has to do with the incidents; nil for other keys.
	Part *IncidentPart
	// Certain is false where dates do not say in which of several periods the items lie.
	Certain bool
	// From and To are the days between which the items lie; nil for other keys, and for an
	// end that is not known.
	From, To *graph.Day
}

// IncidentPart is what an actor has to do with an incident.
type IncidentPart string

// incidentParts are the words for the parts that make rows.
var incidentParts = map[incidents.Part]IncidentPart{
	incidents.Claimed: "CLAIMED", incidents.Attributed: "ATTRIBUTED", incidents.AttributedAndDenied: "ATTRIBUTED_AND_DENIED",
}

// none is the group of what nothing is said of.
func none(key GroupKey) groups {
	return groups{in: []group{{value: AggregationValue{Key: key, Certain: true}, identity: "\x01", order: order{unknown: true}}}}
}

// orNone is that group where there is no other.
func orNone(list []group, key GroupKey) groups {
	if len(list) == 0 {
		return none(key)
	}
	return groups{in: list}
}

// word is the group of a word. Words that differ in case alone are one.
func word(text string, key GroupKey) group {
	return group{
		value: AggregationValue{Key: key, Value: &text, Certain: true}, identity: names.Folded(text), order: order{text: names.Folded(text)},
	}
}

// coded is the group of a word that stands somewhere in a closed list.
func coded[T ~string](list []T, text T, key GroupKey) group {
	g := word(string(text), key)
	g.order.number = float64(slices.Index(list, text))
	return g
}

// one is a group alone.
func one(g group) groups { return groups{in: []group{g}} }

// optional is the group of a text that may be missing.
func optional(text *string, key GroupKey) groups {
	if text == nil {
		return none(key)
	}
	return one(word(*text, key))
}

// valued are the groups of what an attribute gives, each once.
func valued(list []*live.Attribute, key GroupKey) groups {
	var out []group
	for _, a := range list {
		if text := a.Value().Text(); text != nil {
			out = addOnce(out, word(*text, key))
		}
	}
	return orNone(out, key)
}

func addOnce(list []group, g group) []group {
	if slices.ContainsFunc(list, func(o group) bool { return o.identity == g.identity }) {
		return list
	}
	return append(list, g)
}

// entity is the group of an entity, which stands by its name.
func entity(e live.Entity, key GroupKey) group {
	id := string(e.Base().ID())
	return group{
		value: AggregationValue{Key: key, Value: &id, Entity: e, Certain: true}, identity: id,
		order: order{text: names.Folded(e.Base().Name()) + "\x00" + id},
	}
}

// source is the group of a source, which stands by its title.
func source(s *live.Source) group {
	id := string(s.ID())
	return group{
		value: AggregationValue{Key: BySource, Value: &id, Source: s, Certain: true}, identity: id,
		order: order{text: strings.Join([]string{names.Folded(s.Title()), id}, "\x00")},
	}
}

// actors are the groups of those who claimed an incident or to whom it is attributed, each in
// one part.
func actors(i *live.Incident) groups {
	var out []group
	for _, a := range incidents.ActorsOf(i) {
		part, ok := incidentParts[a.Part]
		if !ok {
			continue
		}
		g := entity(a.Entity, ByActor)
		g.value.Part = &part
		g.identity += "\x00" + string(part)
		g.order.text += "\x00" + string(rune('0'+int(a.Part)))
		out = append(out, g)
	}
	return orNone(out, ByActor)
}

// others are the group of the far end of a link, seen from the entity of whose list it is; of a
// link that is of no entity's list those of both ends.
func others(l *live.Link) groups {
	if far := l.Other(); far != nil {
		return one(entity(far, ByOthers))
	}
	return groups{in: addOnce([]group{entity(l.Source(), ByOthers)}, entity(l.Target(), ByOthers))}
}

// places are the groups of the places of a level in which an incident happened.
func places(i *live.Incident, by *GroupBy) groups {
	var out []group
	how := live.Inside{Within: true, Boundaries: by.Boundaries, Gazetteer: by.Gazetteer}
	for p, who := range i.PlacesOf(string(*by.Level), how) {
		g := entity(p, ByPlace)
		g.byGazetteer = who == live.ByGazetteer
		out = append(out, g)
	}
	return orNone(out, ByPlace)
}
