package graph

import (
	"maps"
	"slices"
)

// Known is what a store holds of the ids that a batch needs: of each what is in force
// under each marking, in the order in which that was first recorded. An id that is not
// in it is not in the store.
type Known map[ID][]Held

// Held is what a store holds of one id under one marking: what was last recorded of a
// source or of an entity of one kind, and whether a claim counts.
type Held struct {
	// Kind is an entity's.
	Kind EntityKind
	// Marking is the one in force.
	Marking Marking
	// Digest is Digest of the last record of a source or an entity, and onLine of a claim
	// that has no record: a line stands for it.
	Digest string
	// Retracted is the least strict marking of what retracts a claim; none if nothing
	// does. For whoever sees that, the claim counts no more.
	Retracted Marking
}

// onLine are the hexadecimal digits of "line".
const onLine = "6c696e65"

// first is what was recorded of an id first, of what a clearance sees.
func (k Known) first(id ID, clearance Marking) (Held, bool) {
	for _, h := range k[id] {
		if h.Marking.Level() <= clearance.Level() {
			return h, true
		}
	}
	return Held{}, false
}

// under is what holds of an id for whoever sees up to a marking: of what is at or below
// it the strictest.
func (k Known) under(id ID, kind EntityKind, marking Marking) (held Held, ok bool) {
	for _, h := range k[id] {
		if h.Kind == kind && h.Marking.Level() <= marking.Level() && (!ok || h.Marking.Level() > held.Marking.Level()) {
			held, ok = h, true
		}
	}
	return held, ok
}

// counts reports whether a claim counts for whoever sees up to a marking, and whether it
// is there at all.
func (k Known) counts(id ID, marking Marking) (counts, known bool) {
	for _, h := range k[id] {
		if h.Marking.Level() <= marking.Level() {
			known = true
			counts = counts || h.Retracted == "" || h.Retracted.Level() > marking.Level()
		}
	}
	return counts, known
}

// Note brings what is known up to date with records that were written, in their order,
// under the marking in force of each: records of a writer of b.Clearance, which none
// makes one who sees all. k must hold what is known of all their ids and of the claims
// that they retract.
func (k Known) Note(b *Batch) {
	for i := range b.Sources {
		s := &b.Sources[i]
		k.put(s.ID, Held{Marking: s.InForce, Digest: Digest(s)})
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		k.put(e.ID, Held{Kind: e.Kind, Marking: e.InForce, Digest: Digest(e)})
	}
	for i := range b.Claims {
		k.noteClaim(&b.Claims[i], b.Clearance)
	}
}

// noteClaim notes a claim. One that retracts another takes back what its writer saw, and
// what has become no stricter than itself. Where nothing is held of the other that is as open
// as the retraction, a line stands for it: then it is held, until it is recorded, that it is
// there and retracted.
func (k Known) noteClaim(c *Claim, writer Marking) {
	ofLine := func(h Held) bool { return h.Digest == onLine && c.InForce.Level() <= h.Marking.Level() }
	if list := k[c.ID]; slices.ContainsFunc(list, ofLine) {
		k[c.ID] = slices.DeleteFunc(slices.Clone(list), ofLine)
	}
	k.put(c.ID, Held{Marking: c.InForce})
	if c.Predicate != Retracts {
		return
	}
	reach := max(writer.Level(), c.InForce.Level())
	list := slices.Clone(k[c.Subject])
	for i := range list {
		h := &list[i]
		if h.Marking.Level() <= reach && (h.Retracted == "" || c.InForce.Level() < h.Retracted.Level()) {
			h.Retracted = c.InForce
		}
	}
	if !slices.ContainsFunc(list, func(h Held) bool { return h.Marking.Level() <= c.InForce.Level() }) {
		list = append(list, Held{Marking: c.InForce, Digest: onLine, Retracted: c.InForce})
	}
	k[c.Subject] = list
}

// put puts what is held in, in the place of what was held of the same kind under the
// same marking. The list that is there is not changed: others may have it.
func (k Known) put(id ID, h Held) {
	list := slices.Clone(k[id])
	i := slices.IndexFunc(list, func(o Held) bool { return o.Kind == h.Kind && o.Marking == h.Marking })
	if i < 0 {
		k[id] = append(list, h)
		return
	}
	list[i] = h
	k[id] = list
}

// equal reports whether two hold the same of all ids.
func (k Known) equal(o Known) bool { return maps.EqualFunc(k, o, slices.Equal[[]Held]) }
