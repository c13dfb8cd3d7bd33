package graph

import (
	"slices"
	"strings"
	"unicode"
)

// Predicate says what a claim is about: a kind of link, an attribute, or another
// record.
type Predicate string

// Shape says what a predicate takes beside its subject.
type Shape uint8

// The shapes.
const (
	// ShapeLink takes an object, an entity.
	ShapeLink Shape = iota
	// ShapeText takes Value.Text.
	ShapeText
	// ShapeDate takes Value.Date.
	ShapeDate
	// ShapeRange takes Value.Low, Best, High, with an optional Unit and Text.
	ShapeRange
	// ShapeCasualties takes Value.Role, Effect, Low, Best, High.
	ShapeCasualties
	// ShapePoint takes Value.Lat, Lon and Precision.
	ShapePoint
	// ShapeName takes Value.Text, Lang, Form, Primary.
	ShapeName
	// ShapeSubtype takes Value.Text, one of Subtypes of the subject's kind.
	ShapeSubtype
	// ShapeClaim is a claim about a claim: the subject is a claim's id.
	ShapeClaim
	// ShapeClaimPair is a claim about two claims: subject and object are ids of
	// claims.
	ShapeClaimPair
	// ShapeSource is a claim about a source: the subject is a source's id.
	ShapeSource
	// ShapeMark is a claim about a record: the subject is the id of an entity, a source
	// or a claim. It takes Value.Marking, and may take Stamp and Text.
	ShapeMark
	// ShapeRetirement is a claim about an entity: the subject is its id, and the object,
	// which may be left out, that of the entity in its place. It takes Value.Text.
	ShapeRetirement
)

// End is an end of a link.
type End uint8

// The ends.
const (
	EndNone End = iota
	EndSubject
	EndObject
)

// PredicateSpec is what the vocabulary says of a predicate.
type PredicateSpec struct {
	Name  Predicate
	Shape Shape
	// From and To are the kinds that the subject and the object may have.
	From, To []EntityKind
	// SameKind asks that subject and object be of one kind.
	SameKind bool
	// Symmetric links have no direction.
	Symmetric bool
	// Bearing is what sort of tie a link is; every kind of link has one. Doing is that of
	// a link in whose role somebody did what happened, and Bearing then that of all
	// others; empty where the role changes nothing. See BearingAs.
	Bearing, Doing Bearing
	// Roles are the only ones that a kind takes whose links need one, each with its own
	// bearing; nil where any text will do, or none.
	Roles []RoleSpec
	// Parent is the end of a link that the other comes from or belongs to: what a
	// group split from, is a faction of, or stands under.
	Parent End
	// Membership links put the subject into the object's group where it is asked
	// who belongs to whom.
	Membership bool
	// Whereabouts links say where the subject lies, happened or is based.
	Whereabouts bool
	// Excludes is the kind that cannot hold beside this one for one pair at one
	// time; empty for most.
	Excludes Predicate
	// Naming claims say what an entity is called, or described as. They are an
	// entity's names, description, subtype and external ids, and not in lists and
	// counts of claims and attributes unless these ask for the predicate.
	Naming bool
	// Discriminator names the qualifier that tells links of this kind between
	// the same two nodes apart; empty for most.
	Discriminator string
	// Folded discriminators tell links apart by their letters alone, not by case and blanks.
	Folded bool
	// OfClass links lead from a class to one that is none.
	OfClass bool
	// Field is the name of the field under which entities answer an attribute;
	// empty for one that is read as an attribute alone. Many says that a cell of a
	// table gives all values, best first, and not the best alone.
	Field string
	Many  bool
	// Forward and Backward tell a link from its subject and from its object, as
	// every kind of link is told. %s takes the words of the hedge, such as
	// "reportedly ", or nothing. They are neutral: what is linked is said, never
	// what it might mean.
	Forward, Backward string
	// Doc is one sentence for people.
	Doc string
}

// IsLink reports whether claims of this predicate fold into links.
func (s PredicateSpec) IsLink() bool { return s.Shape == ShapeLink }

// Friendly reports whether links of this kind are friendly ties between groups:
// cooperation, and what makes the one a part of the other.
func (s PredicateSpec) Friendly() bool {
	part := s.Bearing == BearingAffiliation && s.Parent != EndNone
	return s.Joins(Group, Group) && (part || s.Bearing == BearingCooperation)
}

// Hostile reports whether links of this kind are hostile ties between groups.
func (s PredicateSpec) Hostile() bool { return s.Joins(Group, Group) && s.Bearing == BearingHostility }

// Act reports whether links of this kind lay an incident to a group, on its own
// word or another's.
func (s PredicateSpec) Act() bool {
	return (s.Joins(Group, Incident) || s.Joins(Incident, Group)) &&
		(s.Bearing == BearingResponsibility || s.Bearing == BearingAttribution)
}

// Accused is the end that a link of this kind and discriminator lays an incident to, on the
// word of others, or makes a party to it, in whatever role; EndNone where it does so to neither.
func (s PredicateSpec) Accused(discriminator string) End {
	switch {
	case s.Name == PartyTo:
		return EndSubject
	case s.Name == Claimed || !s.LaysIncident(discriminator):
		return EndNone
	case slices.Contains(s.From, Incident):
		return EndObject
	}
	return EndSubject
}

// LaysIncident reports whether a link of this kind and discriminator says who did what happened,
// or is said to have: to deny responsibility denies it.
func (s PredicateSpec) LaysIncident(discriminator string) bool {
	bearing := s.BearingAs(discriminator)
	return bearing == BearingAttribution || bearing == BearingResponsibility
}

// Accused is whom the link lays an incident to, on the word of others; "" where it lays it
// to nobody, and makes nobody a party to it.
func (k LinkKey) Accused() ID {
	switch k.Kind.Spec().Accused(k.Discriminator) {
	case EndSubject:
		return k.Source
	case EndObject:
		return k.Target
	}
	return ""
}

// Joins reports whether links of this kind may lead from the one kind of entity to the other.
func (s PredicateSpec) Joins(from, to EntityKind) bool {
	return slices.Contains(s.From, from) && slices.Contains(s.To, to)
}

// IsAttribute reports whether claims of this predicate fold into attributes.
func (s PredicateSpec) IsAttribute() bool { return s.Shape >= ShapeText && s.Shape <= ShapeSubtype }

var specs = func() map[Predicate]*PredicateSpec {
	m := make(map[Predicate]*PredicateSpec, len(vocabulary))
	for i := range vocabulary {
		m[vocabulary[i].Name] = &vocabulary[i]
	}
	return m
}()

// Predicates lists the vocabulary: links, then attributes, then claims about
// records. A predicate's place is its code in compact rows; it may differ
// between versions and is never stored.
func Predicates() []PredicateSpec { return slices.Clone(vocabulary) }

// Known reports whether the vocabulary has the predicate.
func (p Predicate) Known() bool { return specs[p] != nil }

// Spec returns what the vocabulary says of p; the zero PredicateSpec when it
// does not know it.
func (p Predicate) Spec() PredicateSpec {
	if s := specs[p]; s != nil {
		return *s
	}
	return PredicateSpec{}
}

// LinkKinds lists the kinds of link of which the vocabulary says what is asked
// for.
func LinkKinds(is func(PredicateSpec) bool) []Predicate {
	out := []Predicate{}
	for _, s := range vocabulary {
		if s.IsLink() && is(s) {
			out = append(out, s.Name)
		}
	}
	return out
}

// RoleSpec is a role of a closed list, and the bearing of a link in it.
type RoleSpec struct {
	Name    string
	Bearing Bearing
}

// Role finds one of Roles, however it is written.
func (s PredicateSpec) Role(role string) (RoleSpec, bool) {
	folded := foldedRole(role)
	i := slices.IndexFunc(s.Roles, func(r RoleSpec) bool { return foldedRole(r.Name) == folded })
	if i < 0 {
		return RoleSpec{}, false
	}
	return s.Roles[i], true
}

// foldedRole is a role without what makes no difference to what it says.
func foldedRole(role string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(PlainName(role)), func(r rune) bool {
		return r == '_' || r == '-' || unicode.IsSpace(r)
	}), " ")
}

// AllBearings are those that links of the kind may have, each once.
func (s PredicateSpec) AllBearings() []Bearing {
	if s.Roles == nil {
		return union([]Bearing{s.Bearing}, slices.DeleteFunc([]Bearing{s.Doing}, func(b Bearing) bool { return b == "" }))
	}
	var out []Bearing
	for _, r := range s.Roles {
		out = union(out, []Bearing{r.Bearing})
	}
	return out
}

// BearingAs is the bearing of a link in a role; the empty one is none. A role that
// names one of the harmed, or an onlooker, is no doer's, in whatever case it is written.
func (s PredicateSpec) BearingAs(role string) Bearing {
	if r, ok := s.Role(role); ok {
		return r.Bearing
	}
	if s.Doing == "" || !isDoer(role) {
		return s.Bearing
	}
	return s.Doing
}

// isDoer reports whether a role is that of somebody who did what happened. A role is none
// as soon as one of its words is that of another: better a doer is passed over than that
// the harmed are taken for one.
func isDoer(role string) bool {
	words := strings.FieldsFunc(strings.ToUpper(role), func(r rune) bool { return !unicode.IsLetter(r) })
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(notDoers, w) || slices.Contains(notDoers, strings.TrimSuffix(w, "S"))
	})
}

// notDoers are words for those to whom something happened, and for those who stood by or
// came to help.
var notDoers = []string{
	"VICTIM", "WITNESS", "WITNESSES", "BYSTANDER", "RESPONDER", "TARGET", "HOSTAGE", "SURVIVOR", "CASUALTY", "CASUALTIES",
	"INJURED", "WOUNDED", "KILLED", "DEAD", "ABDUCTEE", "RESCUER", "MEDIATOR", "NEGOTIATOR", "INVESTIGATOR", "UNKNOWN",
}

// Bearing says what sort of tie a link is, and so what follows from it.
type Bearing string

// The bearings.
const (
	// BearingAffiliation is of those who belong to, lead, made or serve a body.
	BearingAffiliation Bearing = "AFFILIATION"
	// BearingLineage is of bodies of which one came out of the other.
	BearingLineage Bearing = "LINEAGE"
	// BearingCooperation is of those who help one another, or one the other.
	BearingCooperation Bearing = "COOPERATION"
	// BearingResponsibility is of who did what happened, by own word, a court's, or
	// that of a source that says so flatly.
	BearingResponsibility Bearing = "RESPONSIBILITY"
	// BearingAttribution is of who is said to have done it.
	BearingAttribution Bearing = "ATTRIBUTION"
	// BearingHostility is of those who act against one another, or one the other.
	BearingHostility Bearing = "HOSTILITY"
	// BearingSpeech is of what somebody said about what happened.
	BearingSpeech Bearing = "SPEECH"
	// BearingHarm is of those to whom it happened, or who were there.
	BearingHarm Bearing = "HARM"
	// BearingCustody is of those who were held, and by whom or where.
	BearingCustody Bearing = "CUSTODY"
	// BearingKinship is of relatives.
	BearingKinship Bearing = "KINSHIP"
	// BearingAttendance is of those who learned somewhere.
	BearingAttendance Bearing = "ATTENDANCE"
	// BearingPlace is of what lies, happened or acts somewhere.
	BearingPlace Bearing = "PLACE"
	// BearingListing is of those whom an authority lists.
	BearingListing Bearing = "LISTING"
	// BearingIdentity is of judgements whether two are one.
	BearingIdentity Bearing = "IDENTITY"
	// BearingSequence is of incidents of which one belongs to, or answers, the other.
	BearingSequence Bearing = "SEQUENCE"

	// EveryBearing stands for all of them where bearings are asked for. No link has it.
	EveryBearing Bearing = "ALL"
)

// Bearings lists what links may have.
var Bearings = []Bearing{
	BearingAffiliation, BearingLineage, BearingCooperation, BearingResponsibility, BearingAttribution,
	BearingHostility, BearingSpeech, BearingHarm, BearingCustody, BearingKinship, BearingAttendance, BearingPlace,
	BearingListing, BearingIdentity, BearingSequence,
}

// CutByLife says whether a link holds only while both its ends live: from when, and until
// when. What somebody did, said or suffered, who his kin are and what a body came from
// outlives him and it; a listing begins with what is listed, and may outlive it.
func (b Bearing) CutByLife() (begin, end bool) {
	switch b {
	case BearingAffiliation, BearingCooperation, BearingHostility, BearingCustody, BearingAttendance, BearingPlace:
		return true, true
	case BearingListing:
		return true, false
	}
	return false, false
}

// Lasting says for how long a link joins its ends.
type Lasting uint8

const (
	// ForATime is what holds at some time and may be over: who belongs to, helps, fights,
	// holds, learns at, or lies where and whom.
	ForATime Lasting = iota
	// FromThenOn is what was done or came about: it is so from that day on.
	FromThenOn
	// AtAllTimes is what has no time: kin, and who is the same as whom.
	AtAllTimes
)

// Lasts says for how long links of a bearing join their ends. What ends with a life holds for
// a time, and so does a listing.
func (b Bearing) Lasts() Lasting {
	switch b {
	case BearingKinship, BearingIdentity:
		return AtAllTimes
	case BearingLineage, BearingResponsibility, BearingAttribution, BearingSpeech, BearingHarm, BearingSequence:
		return FromThenOn
	}
	return ForATime
}

// UsualBearings are those that link analysis takes unless others are asked for: what
// joins people and bodies by their own doing.
var UsualBearings = []Bearing{BearingAffiliation, BearingLineage, BearingCooperation, BearingResponsibility}

// BearingSet is a set of bearings, a bit for the place of each in Bearings.
type BearingSet uint32

// BearingsAsked is the set of some bearings; nil is the usual ones, EveryBearing all.
func BearingsAsked(list []Bearing) (s BearingSet) {
	if list == nil {
		list = UsualBearings
	}
	for _, b := range list {
		if b == EveryBearing {
			return 1<<len(Bearings) - 1
		}
		s |= b.set()
	}
	return s
}

// Has reports whether a bearing is in the set.
func (s BearingSet) Has(b Bearing) bool { return s&b.set() != 0 }

// Of are those kinds of link that may have a bearing of the set.
func (s BearingSet) Of(kinds []Predicate) []Predicate {
	out := []Predicate{}
	for _, kind := range kinds {
		if slices.ContainsFunc(kind.Spec().AllBearings(), s.Has) {
			out = append(out, kind)
		}
	}
	return out
}

// HasCode is Has for a bearing by its place in Bearings.
func (s BearingSet) HasCode(code uint8) bool { return s>>code&1 != 0 }

func (b Bearing) set() BearingSet {
	if i := slices.Index(Bearings, b); i >= 0 {
		return 1 << i
	}
	return 0
}

// Passage says what a path may pass through, and by which links.
type Passage struct {
	through []EntityKind
	guarded bool
}

// NewPassage is the passage of paths along links of some bearings and kinds; nil kinds
// are all. Places and designations are no stations unless through has them: that two
// entities share one joins them no more than kinship does. And nobody gets from one body
// to another by way of an incident that they did not both claim, unless through has
// incidents.
func NewPassage(through []EntityKind, bearings BearingSet, kinds []Predicate) Passage {
	p := Passage{through: through}
	if slices.Contains(through, Incident) {
		return p
	}
	for _, s := range vocabulary {
		p.guarded = p.guarded || s.IsLink() && s.Roles == nil && s.Bearing != BearingResponsibility && bearings.Has(s.Bearing) &&
			(kinds == nil || slices.Contains(kinds, s.Name)) && s.saysOfBodies()
	}
	return p
}

// saysOfBodies reports whether links of this kind may join a body and an incident.
func (s PredicateSpec) saysOfBodies() bool {
	return slices.ContainsFunc(EntityKinds, func(k EntityKind) bool {
		return k.IsBody() && (s.Joins(k, Incident) || s.Joins(Incident, k))
	})
}

// IsBody reports whether an entity of this kind is a body of people.
func (k EntityKind) IsBody() bool { return slices.Contains(Bodies, k) }

// Bodies are the kinds of bodies of people.
var Bodies = []EntityKind{Group, Organisation, Madressah}

// Passes reports whether a path may pass through an entity of a kind.
func (p Passage) Passes(kind EntityKind) bool {
	return kind != Place && kind != Designation || slices.Contains(p.through, kind)
}

// Guarded reports whether links may join two by an incident that does not join them: only then
// Side need be asked. parties says whether some may be parties to incidents.
func (p Passage) Guarded(parties bool) bool {
	return p.guarded || parties && !slices.Contains(p.through, Incident)
}

// Side is how somebody stands to an incident that a path passes through: a standing, and the
// camps that he is in.
type Side uint8

// The standings.
const (
	// Mentioned is that of a body of which no more is said than that others name it with
	// the incident, or that it spoke of it or was a party to it.
	Mentioned Side = iota * campsRoom
	// Claimant is that of a body that claimed it.
	Claimant
	// Outsider is that of whoever is no body.
	Outsider
)

// Camps are the sides of a fight that somebody was on, a bit each: on several, where claims
// differ.
type Camps uint8

const campsRoom = 1 << 4

// fighting are the roles of those who fight.
var fighting = [...]string{RoleAttacker, RoleDefender, RoleSideA, RoleSideB}

// CampOf is the camp of a party in a role; none for one that does not fight.
func CampOf(role string) Camps {
	if i := slices.Index(fighting[:], role); i >= 0 {
		return 1 << i
	}
	return 0
}

// SideOf is the side of an entity that a link of a kind and bearing joins to an incident, in
// the camps in which it is.
func SideOf(entity EntityKind, link Predicate, b Bearing, camps Camps) Side {
	switch {
	case !entity.IsBody():
		return Outsider | Side(camps)
	case b == BearingResponsibility && link != PartyTo:
		return Claimant | Side(camps)
	}
	return Mentioned | Side(camps)
}

// Standing is the side without its camps.
func (s Side) Standing() Side { return s &^ (campsRoom - 1) }

// Camps are those of the side.
func (s Side) Camps() Camps { return Camps(s & (campsRoom - 1)) }

// Joins reports whether a path may get from one side of an incident to the other: not from one
// camp into another, and from body to body only where both claimed it, or are in one camp.
func (s Side) Joins(other Side) bool {
	switch shared := s.Camps() & other.Camps(); {
	case shared != 0:
		return true
	case s.Camps() != 0 && other.Camps() != 0:
		return false
	case s.Standing() == Outsider || other.Standing() == Outsider:
		return true
	}
	return s.Standing() == Claimant && other.Standing() == Claimant
}

// SideSet is a set of sides.
type SideSet uint64

// AnySide has all.
const AnySide = ^SideSet(0)

// Joined are the sides that join a side.
func (s Side) Joined() (out SideSet) {
	for other := range Outsider + campsRoom {
		if s.Joins(other) {
			out |= 1 << other
		}
	}
	return out
}

// Has reports whether a side is in the set.
func (s SideSet) Has(side Side) bool { return s>>side&1 != 0 }

// Covers reports whether the set has all that another has.
func (s SideSet) Covers(other SideSet) bool { return s&other == other }
