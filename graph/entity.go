package graph

import (
	"fmt"
	"slices"
)

// recordType writes and checks the "type" key of a canonical record.
type (
	sourceType struct{}
	entityType struct{}
	claimType  struct{}
)

const (
	sourceTypeText = `"source"`
	entityTypeText = `"entity"`
	claimTypeText  = `"claim"`
)

// MarshalJSON writes "source".
func (sourceType) MarshalJSON() ([]byte, error) { return []byte(sourceTypeText), nil }

// MarshalJSON writes "entity".
func (entityType) MarshalJSON() ([]byte, error) { return []byte(entityTypeText), nil }

// MarshalJSON writes "claim".
func (claimType) MarshalJSON() ([]byte, error) { return []byte(claimTypeText), nil }

// UnmarshalJSON accepts "source" alone.
func (sourceType) UnmarshalJSON(b []byte) error { return checkType(b, sourceTypeText) }

// UnmarshalJSON accepts "entity" alone.
func (entityType) UnmarshalJSON(b []byte) error { return checkType(b, entityTypeText) }

// UnmarshalJSON accepts "claim" alone.
func (claimType) UnmarshalJSON(b []byte) error { return checkType(b, claimTypeText) }

func checkType(b []byte, want string) error {
	if string(b) != want {
		return fmt.Errorf("type is %s, not %s", clip(string(b)), want)
	}
	return nil
}

// Entity is a node as it was recorded: who or what it is, not what is said of
// it. The same id may be recorded again; names then add up, and description,
// subtype, representation and marking are those of the last record that has
// them. The kind never changes.
type Entity struct {
	// Description is one neutral sentence, without claims.
	Description string `json:"description,omitempty"`
	// External holds ids under which others know it, such as "ucdp-actor:356".
	External []string `json:"external,omitempty"`
	ID       ID       `json:"id"`
	// Kind is one of EntityKinds.
	Kind EntityKind `json:"kind"`
	// Marking says who may see that the entity exists.
	Marking Marking `json:"marking,omitempty"`
	// Names are all names, the primary one first or flagged.
	Names          []Name         `json:"names"`
	Representation Representation `json:"representation,omitempty"`
	// Subtype is one of Subtypes(Kind), or empty.
	Subtype string     `json:"subtype,omitempty"`
	Type    entityType `json:"type"`

	// Seal is the store's, and no part of what was recorded.
	Seal `json:"-"`
}

// Name is one name of an entity.
type Name struct {
	// Lang is a BCP 47 tag, empty for Latin script of no particular language.
	Lang string `json:"lang,omitempty"`
	// Primary marks the name to show.
	Primary bool `json:"primary,omitempty"`
	// Source is where the spelling was met, if recorded.
	Source ID     `json:"source,omitempty"`
	Value  string `json:"value"`
}

// Primary is the name to show: the first that is flagged, else the first.
func (e *Entity) Primary() string {
	for _, n := range e.Names {
		if n.Primary {
			return n.Value
		}
	}
	if len(e.Names) > 0 {
		return e.Names[0].Value
	}
	return string(e.ID)
}

// Merge adds a later record of the same entity: names and external ids add up,
// the rest is replaced where the later record has it.
func (e Entity) Merge(later Entity) Entity {
	e.Names = mergeNames(e.Names, later.Names)
	e.External = union(e.External, later.External)
	if later.Description != "" {
		e.Description = later.Description
	}
	if later.Subtype != "" {
		e.Subtype = later.Subtype
	}
	if later.Representation != "" {
		e.Representation = later.Representation
	}
	if later.Marking != "" {
		e.Marking = later.Marking
	}
	return e
}

// mergeNames keeps each value and language once; a later primary name takes over. Values
// that differ in blanks and invisible characters alone are one.
func mergeNames(names, later []Name) []Name {
	out := addNames(nil, names)
	for _, n := range later {
		if n.Primary {
			for i := range out {
				out[i].Primary = false
			}
			break
		}
	}
	return addNames(out, later)
}

func addNames(out, names []Name) []Name {
	for _, n := range names {
		value := plainName(n.Value)
		at := slices.IndexFunc(out, func(o Name) bool {
			return o.Lang == n.Lang && (o.Value == n.Value || plainName(o.Value) == value)
		})
		if at < 0 {
			out = append(out, n)
			continue
		}
		if n.Value == value {
			out[at].Value = value
		}
		out[at].Primary = out[at].Primary || n.Primary
		if n.Source != "" {
			out[at].Source = n.Source
		}
	}
	return out
}

// union keeps each value once.
func union[T comparable](a, b []T) []T {
	var out []T
	for _, v := range slices.Concat(a, b) {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// EntityKind says what sort of thing an entity is.
type EntityKind string

// The kinds of entity.
const (
	Group        EntityKind = "GROUP"
	Individual   EntityKind = "INDIVIDUAL"
	Madressah    EntityKind = "MADRESSAH"
	Organisation EntityKind = "ORGANISATION"
	Incident     EntityKind = "INCIDENT"
	Place        EntityKind = "PLACE"
	Designation  EntityKind = "DESIGNATION"
)

// EntityKinds lists every kind.
var EntityKinds = []EntityKind{Group, Individual, Madressah, Organisation, Incident, Place, Designation}

// Representation says how definite an entity is. Only what is NAMED may be
// resolved to a particular thing in the world.
type Representation string

// The representations.
const (
	// Named stands for one particular thing.
	Named Representation = "NAMED"
	// Unnamed stands for one particular thing whose name is not given.
	Unnamed Representation = "UNNAMED"
	// Class stands for several things that are spoken of together and not told
	// apart ("some separatist groups"). It is never resolved to one of them.
	Class Representation = "CLASS"
)

// Representations lists every representation.
var Representations = []Representation{Named, Unnamed, Class}

// SubtypeCountry is the subtype of a place that is a country.
const SubtypeCountry = "COUNTRY"

// The subtypes of organisations whose word is official.
const (
	SubtypeSecurityForce = "SECURITY_FORCE"
	SubtypeStateBody     = "STATE_BODY"
)

// subtypes are the values that Entity.Subtype may take, by kind. A kind without
// a row has no subtypes.
var subtypes = map[EntityKind][]string{
	Group:        {"UMBRELLA", "ORGANISATION", "FACTION", "CELL", "FRONT", "COALITION", "MILITIA"},
	Organisation: {"POLITICAL_PARTY", SubtypeSecurityForce, SubtypeStateBody, "CHARITY", "MEDIA", "THINK_TANK", "CLAN", "COMPANY", "COMMUNITY"},
	Place:        {SubtypeCountry, "ADMIN1", "ADMIN2", "REGION", "TOWN", "SITE"},
	Incident: {
		"EVENT", "SERIES", "CLASH", "CEASEFIRE", "TALKS", "AGREEMENT", "PRISONER_SWAP", "ARREST", "STRIKE", "OPERATION", "STATEMENT",
	},
}

// Subtypes lists what Entity.Subtype may be for a kind, or nil.
func Subtypes(kind EntityKind) []string { return slices.Clone(subtypes[kind]) }

// representations are how definite the ends of links of a class are, as the writer sees them
// after the batch.
func (b *Batch) representations(log Log) (map[ID]Representation, error) {
	asks := map[ID]bool{}
	for i := range b.Claims {
		if c := &b.Claims[i]; c.Predicate.Spec().OfClass {
			asks[c.Subject], asks[c.Object] = true, true
		}
	}
	if len(asks) == 0 {
		return nil, nil
	}
	if log.Records == nil {
		return b.ownRepresentations(nil), nil
	}
	out, level := map[ID]Representation{}, map[ID]uint8{}
	for p, err := range log.Records(asks) {
		if err != nil {
			return nil, err
		}
		e := p.Entity
		if e == nil || !asks[e.ID] || e.InForce.Level() > b.Clearance.Level() || e.InForce.Level() < level[e.ID] {
			continue
		}
		level[e.ID], out[e.ID] = e.InForce.Level(), either(e.Representation, either(out[e.ID], Named))
	}
	return b.ownRepresentations(out), nil
}

// ownRepresentations adds what the batch itself says.
func (b *Batch) ownRepresentations(known map[ID]Representation) map[ID]Representation {
	out := map[ID]Representation{}
	for id, r := range known {
		out[id] = r
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		out[e.ID] = either(e.Representation, either(out[e.ID], Named))
	}
	return out
}

// ofClass checks that a link of a class leads from one, to what is none.
func (p *planner) ofClass(c *checker, k *Claim, spec PredicateSpec) {
	if !spec.OfClass {
		return
	}
	if r, ok := p.classes[k.Subject]; ok && r != Class {
		c.add("NO_CLASS", "subject", fmt.Sprintf("%s is %s, and %s is said of a class", k.Subject, r, spec.Name),
			"record it with the representation CLASS, if several are spoken of together; of two that may be one, say "+string(PossiblySameAs))
	}
	if p.classes[k.Object] == Class {
		c.add("IS_CLASS", "object", fmt.Sprintf("%s is a class itself", k.Object), "name one that the class may include")
	}
}
