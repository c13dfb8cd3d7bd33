package live

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// Records is what the view holds as records: the claims that count, and the
// entities and sources as the view sees them. Recorded in an empty store they give
// the same entities and links. What took claims back is left out, as they are; a
// claim about two claims is there when both are.
func (v *View) Records() graph.Batch {
	var b graph.Batch
	for row := range v.at.sources {
		if v.sourceSeen(row) {
			b.Sources = append(b.Sources, v.sourceRecord(row))
		}
	}
	for row := range v.at.entities {
		if v.entitySeen(row) {
			b.Entities = append(b.Entities, v.entityRecord(row))
		}
	}
	kept := map[graph.ID]bool{}
	var about []graph.Claim
	for r := range v.at.claims {
		if !v.admits(r) {
			continue
		}
		c := *v.record(r)
		if c.Predicate.Spec().Shape == graph.ShapeClaimPair {
			about = append(about, c)
			continue
		}
		if c.Predicate != graph.Retracts && c.Predicate != graph.Withdraws { // what they take back is left out
			kept[c.ID] = true
			b.Claims = append(b.Claims, c)
		}
	}
	for more := true; more; { // a claim about two may be one of two itself
		more = false
		about = slices.DeleteFunc(about, func(c graph.Claim) bool {
			if !kept[c.Subject] || !kept[c.Object] {
				return false
			}
			kept[c.ID], more = true, true
			b.Claims = append(b.Claims, c)
			return true
		})
	}
	return b
}

// sourceRecord is a source without what it derives from that the reader may not
// see.
func (v *View) sourceRecord(row uint32) graph.Source {
	s := *v.sourceVersion(row).record
	s.Marking = inForce(s.Marking, v.sourceLevel(row))
	s.DerivedFrom = nil
	for _, parent := range v.parents(row) {
		s.DerivedFrom = append(s.DerivedFrom, v.g.sources.at(parent).id)
	}
	return s
}

// entityRecord is an entity without spellings from sources that the reader may not
// see.
func (v *View) entityRecord(row uint32) graph.Entity {
	e := *v.visibleEntity(row)
	e.Marking = inForce(e.Marking, v.entityLevel(row))
	if len(e.Names) == 0 {
		e.Names = []graph.Name{{Value: string(e.ID), Primary: true}}
	}
	return e
}

// inForce is the marking of a record, or that which was given to it since.
func inForce(m graph.Marking, level uint8) graph.Marking {
	if levelOf(m) == level {
		return m
	}
	return graph.Markings[level]
}
