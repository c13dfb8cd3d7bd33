package graph

import "slices"

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
	// ShapeClaim is a claim about a claim: the subject is a claim's id.
	ShapeClaim
	// ShapeClaimPair is a claim about two claims: subject and object are ids of
	// claims.
	ShapeClaimPair
	// ShapeSource is a claim about a source: the subject is a source's id.
	ShapeSource
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
	// NonImplicative links (kinship, attendance, judgements of identity) are no
	// evidence of conduct and stay out of paths and measures unless asked for.
	NonImplicative bool
	// Discriminator names the qualifier that tells links of this kind between
	// the same two nodes apart; empty for most.
	Discriminator string
	// Doc is one sentence for people.
	Doc string
}

// IsLink reports whether claims of this predicate fold into links.
func (s PredicateSpec) IsLink() bool { return s.Shape == ShapeLink }

// IsAttribute reports whether claims of this predicate fold into attributes.
func (s PredicateSpec) IsAttribute() bool { return s.Shape >= ShapeText && s.Shape <= ShapePoint }

var (
	actors  = []EntityKind{Group, Individual, Organisation}
	bodies  = []EntityKind{Group, Organisation}
	anyKind = EntityKinds
)

// The predicates that code refers to by name.
const (
	SameAs         Predicate = "SAME_AS"
	NotSameAs      Predicate = "NOT_SAME_AS"
	PossiblySameAs Predicate = "POSSIBLY_SAME_AS"
	AlliedWith     Predicate = "ALLIED_WITH"
	RivalOf        Predicate = "RIVAL_OF"
	KinOf          Predicate = "KIN_OF"
	AttributedTo   Predicate = "ATTRIBUTED_TO"
	Casualties     Predicate = "CASUALTIES"
	DateOf         Predicate = "DATE"
	Coordinates    Predicate = "COORDINATES"
	Responsibility Predicate = "RESPONSIBILITY"
	Retracts       Predicate = "RETRACTS"
	Withdraws      Predicate = "WITHDRAWS"
	Contradicts    Predicate = "CONTRADICTS"
)

func kinds(k ...EntityKind) []EntityKind { return k }

// vocabulary is every predicate, links first. Its order is stable: additions go
// to the end of their section.
var vocabulary = []PredicateSpec{
	{Name: "MEMBER_OF", From: kinds(Individual), To: kinds(Group, Organisation, Madressah), Discriminator: "role", Doc: "The individual belongs to the body, in a role if one is given."},
	{Name: "LEADS", From: kinds(Individual), To: kinds(Group, Organisation, Madressah), Doc: "The individual leads the body."},
	{Name: "FOUNDED", From: actors, To: kinds(Group, Organisation, Madressah), Doc: "The actor founded the body."},
	{Name: "SPOKE_FOR", From: kinds(Individual), To: bodies, Doc: "The individual spoke for the body."},
	{Name: KinOf, From: kinds(Individual), To: kinds(Individual, Organisation), Symmetric: true, NonImplicative: true, Doc: "The two are relatives, in the degree given; or the individual belongs to the family."},
	{Name: "ASSOCIATE_OF", From: kinds(Individual), To: kinds(Individual), Symmetric: true, Doc: "The two individuals are associates."},
	{Name: "STUDIED_AT", From: kinds(Individual), To: kinds(Madressah), NonImplicative: true, Doc: "The individual attended the madressah."},
	{Name: "TAUGHT_AT", From: kinds(Individual), To: kinds(Madressah), Doc: "The individual taught at the madressah."},
	{Name: "ADMINISTERED", From: kinds(Individual), To: kinds(Madressah), Doc: "The individual ran the madressah."},
	{Name: "PATRON_OF", From: kinds(Individual), To: kinds(Madressah), Doc: "The individual was a patron of the madressah."},
	{Name: "ASSOCIATED_WITH", From: kinds(Group), To: kinds(Madressah), Doc: "The group is associated with the madressah, in a way that the source does not specify."},
	{Name: "RECRUITED_AT", From: kinds(Group), To: kinds(Madressah), Doc: "The group recruited at the madressah."},
	{Name: "BASED_AT", From: kinds(Group), To: kinds(Madressah), Doc: "The group was based at the madressah."},
	{Name: "FACTION_OF", From: kinds(Group), To: kinds(Group), Doc: "The first group is a faction of the second."},
	{Name: "BRANCH_OF", From: kinds(Group), To: kinds(Group), Doc: "The first group is a branch of the second."},
	{Name: "UMBRELLA_OF", From: kinds(Group), To: kinds(Group), Doc: "The first group is an umbrella over the second."},
	{Name: "PLEDGED_TO", From: kinds(Group, Individual), To: kinds(Group), Doc: "The first took up the banner of, or swore allegiance to, the second."},
	{Name: AlliedWith, From: bodies, To: bodies, Symmetric: true, Doc: "The two are allies."},
	{Name: "COOPERATES_WITH", From: bodies, To: bodies, Symmetric: true, Doc: "The two work together, short of an alliance."},
	{Name: RivalOf, From: bodies, To: bodies, Symmetric: true, Doc: "The two are rivals or fight each other."},
	{Name: "SUPPORTS", From: actors, To: kinds(Group), Doc: "The actor supports the group."},
	{Name: "SHELTERS", From: actors, To: kinds(Group, Individual), Doc: "The actor shelters the group or individual."},
	{Name: "TRAINED", From: actors, To: kinds(Group, Individual), Doc: "The actor trained the group or individual."},
	{Name: "FUNDED", From: actors, To: kinds(Group), Doc: "The actor funded the group."},
	{Name: "SPLINTERED_FROM", From: bodies, To: bodies, Doc: "The first broke away from the second."},
	{Name: "MERGED_INTO", From: bodies, To: bodies, Doc: "The first joined and became part of the second."},
	{Name: "SUCCEEDED", From: bodies, To: bodies, Doc: "The first succeeded the second."},
	{Name: "RENAMED_FROM", From: bodies, To: bodies, Doc: "The first is the later name of the second."},
	{Name: "CLAIMED", From: kinds(Group, Individual), To: kinds(Incident), Doc: "The actor claimed responsibility for the incident."},
	{Name: "DENIED", From: actors, To: kinds(Incident), Doc: "The actor denied responsibility for the incident."},
	{Name: "CONDEMNED", From: actors, To: kinds(Incident), Doc: "The actor condemned the incident."},
	{Name: AttributedTo, From: kinds(Incident), To: actors, Discriminator: "attributor", Doc: "Somebody attributes the incident to the actor, on the basis given."},
	{Name: "PARTICIPATED_IN", From: kinds(Individual), To: kinds(Incident), Discriminator: "role", Doc: "The individual took part in the incident, in the role given; a victim or a witness too."},
	{Name: "TARGETED", From: kinds(Incident), To: anyKind, Doc: "The incident was aimed at this target."},
	{Name: "TRACED_TO", From: kinds(Incident), To: kinds(Madressah, Place), Doc: "The incident was traced to the madressah or place."},
	{Name: "OCCURRED_AT", From: kinds(Incident), To: kinds(Place), Doc: "The incident happened at the place."},
	{Name: "OPERATES_IN", From: kinds(Group), To: kinds(Place), Doc: "The group operates in the place."},
	{Name: "BASED_IN", From: actors, To: kinds(Place), Doc: "The actor is based in the place."},
	{Name: "LOCATED_IN", From: kinds(Madressah, Organisation, Place, Individual), To: kinds(Place), Doc: "The first lies or stays in the place."},
	{Name: "SANCTUARY_IN", From: kinds(Group), To: kinds(Place), Doc: "The group has sanctuary in the place."},
	{Name: "BORDERS", From: kinds(Place), To: kinds(Place), Symmetric: true, Doc: "The two places share a border."},
	{Name: "DESIGNATED_BY", From: actors, To: kinds(Designation), Doc: "The actor is on the list that the designation names."},
	{Name: "ARRESTED_BY", From: kinds(Individual), To: bodies, Doc: "The individual was arrested by the body."},
	{Name: "DETAINED_AT", From: kinds(Individual), To: kinds(Place, Organisation), Doc: "The individual was held at the place."},
	{Name: "CHARGED_IN", From: kinds(Individual), To: kinds(Incident), Discriminator: "stage", Doc: "The individual was charged over the incident; stage says how far the case went."},
	{Name: "CONVICTED_IN", From: kinds(Individual), To: kinds(Incident), Doc: "The individual was convicted over the incident."},
	{Name: "KILLED_IN", From: kinds(Individual), To: kinds(Incident), Doc: "The individual was killed in the incident."},
	{Name: "ESCAPED_FROM", From: kinds(Individual), To: kinds(Place, Organisation), Doc: "The individual escaped from custody there."},
	{Name: SameAs, From: anyKind, To: anyKind, SameKind: true, Symmetric: true, NonImplicative: true, Doc: "A judgement that the two are one thing. Their links are then read together."},
	{Name: NotSameAs, From: anyKind, To: anyKind, SameKind: true, Symmetric: true, NonImplicative: true, Doc: "A judgement that the two are different things."},
	{Name: PossiblySameAs, From: anyKind, To: anyKind, SameKind: true, Symmetric: true, NonImplicative: true, Doc: "The two may be one thing. Nothing is merged."},

	{Name: "DESCRIPTION", Shape: ShapeText, From: anyKind, Doc: "What the source says of the subject, in a sentence."},
	{Name: "STATEMENT", Shape: ShapeText, From: anyKind, Doc: "A statement about the subject that is no link: a trend, an opinion, a forecast."},
	{Name: "STATUS", Shape: ShapeText, From: anyKind, Doc: "The subject's standing, such as outlawed, active or dissolved."},
	{Name: "POST", Shape: ShapeText, From: kinds(Individual), Doc: "A public post that the individual held."},
	{Name: "IDEOLOGY", Shape: ShapeText, From: kinds(Group, Organisation, Individual), Doc: "The subject's ideology."},
	{Name: "DENOMINATION", Shape: ShapeText, From: kinds(Group, Organisation, Madressah, Individual), Doc: "The subject's religious denomination."},
	{Name: "CONSTITUENCY", Shape: ShapeText, From: bodies, Doc: "The ethnic or other constituency that the body draws on."},
	{Name: "NATIONALITY", Shape: ShapeText, From: kinds(Individual), Doc: "The individual's nationality."},
	{Name: "FATHER_NAME", Shape: ShapeText, From: kinds(Individual), Doc: "The name of the individual's father."},
	{Name: "BOARD", Shape: ShapeText, From: kinds(Madressah), Doc: "The board that the madressah is registered with."},
	{Name: "ATTACK_TYPE", Shape: ShapeText, From: kinds(Incident), Doc: "The kind of attack, in GTD's words."},
	{Name: "WEAPON", Shape: ShapeText, From: kinds(Incident), Doc: "The weapons used, in GTD's words."},
	{Name: "TARGET_TYPE", Shape: ShapeText, From: kinds(Incident), Doc: "The kind of target, in GTD's words."},
	{Name: Responsibility, Shape: ShapeText, From: kinds(Incident), Doc: "Whether anybody claimed responsibility; with polarity NO_EVIDENCE: nobody had."},
	{Name: "AUTHORITY", Shape: ShapeText, From: kinds(Designation), Doc: "The authority that keeps the list."},
	{Name: "LIST", Shape: ShapeText, From: kinds(Designation), Doc: "The list, with its reference where there is one."},
	{Name: DateOf, Shape: ShapeDate, From: kinds(Incident, Designation), Doc: "When it happened, or when the listing was made."},
	{Name: "FOUNDED_ON", Shape: ShapeDate, From: kinds(Group, Organisation, Madressah), Doc: "When the body was founded."},
	{Name: "DISSOLVED_ON", Shape: ShapeDate, From: kinds(Group, Organisation, Madressah), Doc: "When the body ended."},
	{Name: "BIRTH", Shape: ShapeDate, From: kinds(Individual), Doc: "When the individual was born."},
	{Name: "DEATH", Shape: ShapeDate, From: kinds(Individual), Doc: "When the individual died."},
	{Name: "STRENGTH", Shape: ShapeRange, From: bodies, Doc: "How many fighters or members the body has."},
	{Name: "STATISTIC", Shape: ShapeRange, From: anyKind, Doc: "A published figure about the subject; the text says of what, the unit in what."},
	{Name: "DISTANCE", Shape: ShapeRange, From: kinds(Place), Doc: "A distance as the source gives it; the text says to where."},
	{Name: Casualties, Shape: ShapeCasualties, From: kinds(Incident, Place), Doc: "Killed, wounded or abducted, by role: in the incident, or in the place over the valid time."},
	{Name: Coordinates, Shape: ShapePoint, From: kinds(Place, Incident, Madressah, Organisation), Doc: "Where the subject lies, WGS 84 degrees."},

	{Name: Contradicts, Shape: ShapeClaimPair, Symmetric: true, Doc: "The two claims cannot both be true."},
	{Name: Retracts, Shape: ShapeClaim, Doc: "The claim is taken back."},
	{Name: Withdraws, Shape: ShapeSource, Doc: "The source is withdrawn, and with it what it says."},
}

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

// Excludes returns the kind that p cannot hold beside for one pair at one time,
// or "".
func (p Predicate) Excludes() Predicate {
	switch p {
	case AlliedWith:
		return RivalOf
	case RivalOf:
		return AlliedWith
	case SameAs:
		return NotSameAs
	case NotSameAs:
		return SameAs
	}
	return ""
}
