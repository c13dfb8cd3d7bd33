package graph

import "slices"

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

// subtypes are the values that Entity.Subtype may take, by kind. A kind without
// a row has no subtypes.
var subtypes = map[EntityKind][]string{
	Group:        {"UMBRELLA", "ORGANISATION", "FACTION", "CELL", "FRONT", "COALITION", "MILITIA"},
	Organisation: {"POLITICAL_PARTY", "SECURITY_FORCE", "STATE_BODY", "CHARITY", "MEDIA", "THINK_TANK", "CLAN", "COMPANY", "COMMUNITY"},
	Place:        {SubtypeCountry, "ADMIN1", "ADMIN2", "REGION", "TOWN", "SITE"},
	Incident:     {"EVENT", "SERIES"},
}

// Subtypes lists what Entity.Subtype may be for a kind, or nil.
func Subtypes(kind EntityKind) []string { return slices.Clone(subtypes[kind]) }
