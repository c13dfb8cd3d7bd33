package graph

// The predicates. A name is the word itself; with Of, or a word more, where the
// bare word means something else here.
const (
	// links
	MemberOf             Predicate = "MEMBER_OF"
	Leads                Predicate = "LEADS"
	Founded              Predicate = "FOUNDED"
	SpokeFor             Predicate = "SPOKE_FOR"
	KinOf                Predicate = "KIN_OF"
	AssociateOf          Predicate = "ASSOCIATE_OF"
	StudiedAt            Predicate = "STUDIED_AT"
	TaughtAt             Predicate = "TAUGHT_AT"
	Administered         Predicate = "ADMINISTERED"
	PatronOf             Predicate = "PATRON_OF"
	AssociatedWith       Predicate = "ASSOCIATED_WITH"
	RecruitedAt          Predicate = "RECRUITED_AT"
	BasedAt              Predicate = "BASED_AT"
	FactionOf            Predicate = "FACTION_OF"
	BranchOf             Predicate = "BRANCH_OF"
	UmbrellaOf           Predicate = "UMBRELLA_OF"
	PledgedTo            Predicate = "PLEDGED_TO"
	AlliedWith           Predicate = "ALLIED_WITH"
	CooperatesWith       Predicate = "COOPERATES_WITH"
	RivalOf              Predicate = "RIVAL_OF"
	Supports             Predicate = "SUPPORTS"
	Shelters             Predicate = "SHELTERS"
	Trained              Predicate = "TRAINED"
	Funded               Predicate = "FUNDED"
	SplinteredFrom       Predicate = "SPLINTERED_FROM"
	MergedInto           Predicate = "MERGED_INTO"
	Succeeded            Predicate = "SUCCEEDED"
	RenamedFrom          Predicate = "RENAMED_FROM"
	Claimed              Predicate = "CLAIMED"
	DeniedResponsibility Predicate = "DENIED"
	Condemned            Predicate = "CONDEMNED"
	AttributedTo         Predicate = "ATTRIBUTED_TO"
	ParticipatedIn       Predicate = "PARTICIPATED_IN"
	Targeted             Predicate = "TARGETED"
	TracedTo             Predicate = "TRACED_TO"
	OccurredAt           Predicate = "OCCURRED_AT"
	OperatesIn           Predicate = "OPERATES_IN"
	BasedIn              Predicate = "BASED_IN"
	LocatedIn            Predicate = "LOCATED_IN"
	SanctuaryIn          Predicate = "SANCTUARY_IN"
	Borders              Predicate = "BORDERS"
	DesignatedBy         Predicate = "DESIGNATED_BY"
	ArrestedBy           Predicate = "ARRESTED_BY"
	DetainedAt           Predicate = "DETAINED_AT"
	ChargedIn            Predicate = "CHARGED_IN"
	ConvictedIn          Predicate = "CONVICTED_IN"
	KilledIn             Predicate = "KILLED_IN"
	EscapedFrom          Predicate = "ESCAPED_FROM"
	SameAs               Predicate = "SAME_AS"
	NotSameAs            Predicate = "NOT_SAME_AS"
	PossiblySameAs       Predicate = "POSSIBLY_SAME_AS"
	PartyTo              Predicate = "PARTY_TO"
	PartOf               Predicate = "PART_OF"
	RetaliationFor       Predicate = "RETALIATION_FOR"
	Commands             Predicate = "COMMANDS"
	ArrestedIn           Predicate = "ARRESTED_IN"
	ReleasedFrom         Predicate = "RELEASED_FROM"
	ExtraditedTo         Predicate = "EXTRADITED_TO"
	TrainedAt            Predicate = "TRAINED_AT"
	Owns                 Predicate = "OWNS"
	MayInclude           Predicate = "MAY_INCLUDE"

	// attributes
	Description    Predicate = "DESCRIPTION"
	Statement      Predicate = "STATEMENT"
	StatusOf       Predicate = "STATUS"
	Post           Predicate = "POST"
	Ideology       Predicate = "IDEOLOGY"
	Denomination   Predicate = "DENOMINATION"
	Constituency   Predicate = "CONSTITUENCY"
	Nationality    Predicate = "NATIONALITY"
	FatherName     Predicate = "FATHER_NAME"
	Board          Predicate = "BOARD"
	AttackType     Predicate = "ATTACK_TYPE"
	Weapon         Predicate = "WEAPON"
	TargetType     Predicate = "TARGET_TYPE"
	Responsibility Predicate = "RESPONSIBILITY"
	Authority      Predicate = "AUTHORITY"
	ListOf         Predicate = "LIST"
	DateOf         Predicate = "DATE"
	FoundedOn      Predicate = "FOUNDED_ON"
	DissolvedOn    Predicate = "DISSOLVED_ON"
	Birth          Predicate = "BIRTH"
	Death          Predicate = "DEATH"
	Strength       Predicate = "STRENGTH"
	Statistic      Predicate = "STATISTIC"
	Distance       Predicate = "DISTANCE"
	Casualties     Predicate = "CASUALTIES"
	Coordinates    Predicate = "COORDINATES"
	NameOf         Predicate = "NAME"
	SubtypeOf      Predicate = "SUBTYPE"
	ExternalID     Predicate = "EXTERNAL_ID"
	Sentenced      Predicate = "SENTENCED"

	// claims about records
	Contradicts Predicate = "CONTRADICTS"
	Retracts    Predicate = "RETRACTS"
	Withdraws   Predicate = "WITHDRAWS"
	Marks       Predicate = "MARKS"
	Retires     Predicate = "RETIRES"
)

var (
	actors  = []EntityKind{Group, Individual, Organisation}
	bodies  = []EntityKind{Group, Organisation}
	anyKind = EntityKinds
)

func kinds(k ...EntityKind) []EntityKind { return k }

// The roles in which somebody is a party to an incident.
const (
	RoleAttacker  = "ATTACKER"
	RoleDefender  = "DEFENDER"
	RoleSideA     = "SIDE_A"
	RoleSideB     = "SIDE_B"
	RoleMediator  = "MEDIATOR"
	RoleSignatory = "SIGNATORY"
)

var partyRoles = []RoleSpec{
	{RoleAttacker, BearingResponsibility},
	{RoleDefender, BearingHarm},
	{RoleSideA, BearingResponsibility},
	{RoleSideB, BearingResponsibility},
	{RoleMediator, BearingSpeech},
	{RoleSignatory, BearingSpeech},
}

// vocabulary is every predicate, a line each, links first. Its order is stable:
// additions go to the end of their section.
var vocabulary = []PredicateSpec{
	{Name: MemberOf, From: kinds(Individual), To: kinds(Group, Organisation, Madressah), Discriminator: "role", Bearing: BearingAffiliation, Membership: true, Forward: "%sbelongs or belonged to", Backward: "%shas or had among its members", Doc: "The individual belongs to the body, in a role if one is given."},
	{Name: Leads, From: kinds(Individual), To: kinds(Group, Organisation, Madressah), Bearing: BearingAffiliation, Membership: true, Forward: "%sleads or led", Backward: "is or was %sled by", Doc: "The individual leads the body."},
	{Name: Founded, From: actors, To: kinds(Group, Organisation, Madressah), Bearing: BearingAffiliation, Forward: "%sfounded", Backward: "was %sfounded by", Doc: "The actor founded the body."},
	{Name: SpokeFor, From: kinds(Individual), To: bodies, Bearing: BearingAffiliation, Forward: "%sspoke for", Backward: "had %sas a spokesman", Doc: "The individual spoke for the body."},
	{Name: KinOf, From: kinds(Individual), To: kinds(Individual, Organisation), Symmetric: true, Bearing: BearingKinship, Forward: "is %sa relative of", Backward: "is %sa relative of", Doc: "The two are relatives, in the degree given; or the individual belongs to the family."},
	{Name: AssociateOf, From: kinds(Individual), To: kinds(Individual), Symmetric: true, Discriminator: "role", Folded: true, Bearing: BearingAffiliation, Forward: "is %san associate of", Backward: "is %san associate of", Doc: "The two individuals are associates, in the layer that the role names, if one is given."},
	{Name: StudiedAt, From: kinds(Individual), To: kinds(Madressah), Bearing: BearingAttendance, Forward: "%sstudied at", Backward: "was %sattended by", Doc: "The individual attended the madressah."},
	{Name: TaughtAt, From: kinds(Individual), To: kinds(Madressah), Bearing: BearingAffiliation, Forward: "%staught at", Backward: "%shad among its teachers", Doc: "The individual taught at the madressah."},
	{Name: Administered, From: kinds(Individual), To: kinds(Madressah), Bearing: BearingAffiliation, Forward: "%sran", Backward: "was %srun by", Doc: "The individual ran the madressah."},
	{Name: PatronOf, From: kinds(Individual), To: kinds(Madressah), Bearing: BearingAffiliation, Forward: "was %sa patron of", Backward: "%shad as a patron", Doc: "The individual was a patron of the madressah."},
	{Name: AssociatedWith, From: bodies, To: kinds(Madressah), Bearing: BearingAffiliation, Forward: "is %sassociated with", Backward: "is %sassociated with", Doc: "The group or organisation is associated with the madressah, in a way that the source does not specify."},
	{Name: RecruitedAt, From: kinds(Group), To: kinds(Madressah), Bearing: BearingAffiliation, Forward: "%srecruited at", Backward: "was %sa place of recruitment for", Doc: "The group recruited at the madressah."},
	{Name: BasedAt, From: kinds(Group), To: kinds(Madressah), Bearing: BearingAffiliation, Forward: "was %sbased at", Backward: "%sserved as a base of", Doc: "The group was based at the madressah."},
	{Name: FactionOf, From: kinds(Group), To: kinds(Group), Bearing: BearingAffiliation, Parent: EndObject, Membership: true, Forward: "is %sa faction of", Backward: "%shas as a faction", Doc: "The first group is a faction of the second."},
	{Name: BranchOf, From: kinds(Group), To: kinds(Group), Bearing: BearingAffiliation, Parent: EndObject, Forward: "is %sa branch of", Backward: "%shas as a branch", Doc: "The first group is a branch of the second."},
	{Name: UmbrellaOf, From: kinds(Group), To: kinds(Group), Bearing: BearingAffiliation, Parent: EndSubject, Forward: "is %san umbrella over", Backward: "%sstands under the umbrella of", Doc: "The first group is an umbrella over the second."},
	{Name: PledgedTo, From: kinds(Group, Individual), To: kinds(Group), Bearing: BearingAffiliation, Parent: EndObject, Forward: "%stook up the banner of", Backward: "%sreceived the pledge of", Doc: "The first took up the banner of, or swore allegiance to, the second."},
	{Name: AlliedWith, From: bodies, To: bodies, Symmetric: true, Bearing: BearingCooperation, Excludes: RivalOf, Forward: "is %san ally of", Backward: "is %san ally of", Doc: "The two are allies."},
	{Name: CooperatesWith, From: bodies, To: bodies, Symmetric: true, Bearing: BearingCooperation, Forward: "%sworks with", Backward: "%sworks with", Doc: "The two work together, short of an alliance."},
	{Name: RivalOf, From: bodies, To: bodies, Symmetric: true, Bearing: BearingHostility, Excludes: AlliedWith, Forward: "is %sa rival of", Backward: "is %sa rival of", Doc: "The two are rivals or fight each other."},
	{Name: Supports, From: actors, To: kinds(Group), Bearing: BearingCooperation, Forward: "%ssupports or supported", Backward: "%shas or had the support of", Doc: "The actor supports the group."},
	{Name: Shelters, From: actors, To: kinds(Group, Individual), Bearing: BearingCooperation, Forward: "%sshelters or sheltered", Backward: "is or was %ssheltered by", Doc: "The actor shelters the group or individual."},
	{Name: Trained, From: actors, To: kinds(Group, Individual), Bearing: BearingCooperation, Forward: "%strained", Backward: "was %strained by", Doc: "The actor trained the group or individual."},
	{Name: Funded, From: actors, To: kinds(Group, Individual, Organisation, Madressah), Bearing: BearingCooperation, Forward: "%sfunded", Backward: "was %sfunded by", Doc: "The actor funded the other: a body, an individual or a madressah."},
	{Name: SplinteredFrom, From: bodies, To: bodies, Bearing: BearingLineage, Parent: EndObject, Forward: "%sbroke away from", Backward: "%slost as a splinter", Doc: "The first broke away from the second."},
	{Name: MergedInto, From: bodies, To: bodies, Bearing: BearingLineage, Parent: EndObject, Forward: "%sjoined", Backward: "was %sjoined by", Doc: "The first joined and became part of the second."},
	{Name: Succeeded, From: bodies, To: bodies, Bearing: BearingLineage, Parent: EndObject, Forward: "%ssucceeded", Backward: "was %ssucceeded by", Doc: "The first succeeded the second."},
	{Name: RenamedFrom, From: bodies, To: bodies, Bearing: BearingLineage, Parent: EndObject, Forward: "is %sthe later name of", Backward: "was %slater named", Doc: "The first is the later name of the second."},
	{Name: Claimed, From: kinds(Group, Individual), To: kinds(Incident), Bearing: BearingResponsibility, Forward: "%sclaimed", Backward: "was %sclaimed by", Doc: "The actor claimed responsibility for the incident."},
	{Name: DeniedResponsibility, From: actors, To: kinds(Incident), Bearing: BearingSpeech, Forward: "%sdenied responsibility for", Backward: "was %sdenied by", Doc: "The actor denied responsibility for the incident."},
	{Name: Condemned, From: actors, To: kinds(Incident), Bearing: BearingSpeech, Forward: "%scondemned", Backward: "was %scondemned by", Doc: "The actor condemned the incident."},
	{Name: AttributedTo, From: kinds(Incident), To: actors, Discriminator: "attributor", Bearing: BearingAttribution, Forward: "is %sattributed to", Backward: "has %sattributed to it", Doc: "Somebody attributes the incident to the actor, on the basis given."},
	{Name: ParticipatedIn, From: kinds(Individual), To: kinds(Incident), Discriminator: "role", Bearing: BearingHarm, Doing: BearingResponsibility, Forward: "%sfigures in", Backward: "%sconcerned", Doc: "The individual took part in the incident, in the role given; a victim or a witness too."},
	{Name: Targeted, From: kinds(Incident), To: anyKind, Bearing: BearingHostility, Forward: "%stargeted", Backward: "was %sa target of", Doc: "The incident was aimed at this target."},
	{Name: TracedTo, From: kinds(Incident), To: kinds(Madressah, Place), Bearing: BearingAttribution, Forward: "was %straced to", Backward: "had %straced to it", Doc: "The incident was traced to the madressah or place."},
	{Name: OccurredAt, From: kinds(Incident), To: kinds(Place), Bearing: BearingPlace, Whereabouts: true, Forward: "%shappened in", Backward: "was %sthe scene of", Doc: "The incident happened at the place."},
	{Name: OperatesIn, From: kinds(Group), To: kinds(Place), Bearing: BearingPlace, Forward: "%soperates or operated in", Backward: "is or was %san area of operation of", Doc: "The group operates in the place."},
	{Name: BasedIn, From: actors, To: kinds(Place), Bearing: BearingPlace, Whereabouts: true, Forward: "is or was %sbased in", Backward: "is or was %sa base of", Doc: "The actor is based in the place."},
	{Name: LocatedIn, From: kinds(Madressah, Organisation, Place, Individual), To: kinds(Place), Bearing: BearingPlace, Whereabouts: true, Forward: "%slies in", Backward: "%sholds", Doc: "The first lies or stays in the place."},
	{Name: SanctuaryIn, From: kinds(Group), To: kinds(Place), Bearing: BearingPlace, Forward: "%shas or had sanctuary in", Backward: "is or was %sa sanctuary of", Doc: "The group has sanctuary in the place."},
	{Name: Borders, From: kinds(Place), To: kinds(Place), Symmetric: true, Bearing: BearingPlace, Forward: "%sborders", Backward: "%sborders", Doc: "The two places share a border."},
	{Name: DesignatedBy, From: kinds(Group, Individual, Organisation, Madressah), To: kinds(Designation), Bearing: BearingListing, Forward: "is %slisted by", Backward: "%slists", Doc: "The actor or madressah is on the list that the designation names."},
	{Name: ArrestedBy, From: kinds(Individual), To: bodies, Bearing: BearingCustody, Forward: "was %sarrested by", Backward: "%sarrested", Doc: "The individual was arrested by the body."},
	{Name: DetainedAt, From: kinds(Individual), To: kinds(Place, Organisation), Bearing: BearingCustody, Forward: "was %sheld at", Backward: "was %sa place of detention of", Doc: "The individual was held at the place."},
	{Name: ChargedIn, From: kinds(Individual), To: kinds(Incident), Discriminator: "stage", Bearing: BearingAttribution, Forward: "was %scharged over", Backward: "%sled to charges against", Doc: "The individual was charged over the incident; stage says how far the case went."},
	{Name: ConvictedIn, From: kinds(Individual), To: kinds(Incident), Bearing: BearingResponsibility, Forward: "was %sconvicted over", Backward: "%sled to the conviction of", Doc: "The individual was convicted over the incident."},
	{Name: KilledIn, From: kinds(Individual), To: kinds(Incident), Bearing: BearingHarm, Forward: "was %skilled in", Backward: "%skilled", Doc: "The individual was killed in the incident."},
	{Name: EscapedFrom, From: kinds(Individual), To: kinds(Place, Organisation), Bearing: BearingCustody, Forward: "%sescaped from", Backward: "%slost as an escaped prisoner", Doc: "The individual escaped from custody there."},
	{Name: SameAs, From: anyKind, To: anyKind, SameKind: true, Symmetric: true, Bearing: BearingIdentity, Excludes: NotSameAs, Forward: "is %sjudged the same as", Backward: "is %sjudged the same as", Doc: "A judgement that the two are one thing. Their links are then read together."},
	{Name: NotSameAs, From: anyKind, To: anyKind, SameKind: true, Symmetric: true, Bearing: BearingIdentity, Excludes: SameAs, Forward: "is %sjudged not the same as", Backward: "is %sjudged not the same as", Doc: "A judgement that the two are different things."},
	{Name: PossiblySameAs, From: anyKind, To: anyKind, SameKind: true, Symmetric: true, Bearing: BearingIdentity, Forward: "is %sperhaps the same as", Backward: "is %sperhaps the same as", Doc: "The two may be one thing. Nothing is merged."},
	{Name: PartyTo, From: actors, To: kinds(Incident), Discriminator: "role", Roles: partyRoles, Folded: true, Bearing: BearingSpeech, Forward: "was %sa party to", Backward: "%shad as a party", Doc: "The actor was a party to the incident, in the role given: ATTACKER, DEFENDER, SIDE_A, SIDE_B, MEDIATOR or SIGNATORY."},
	{Name: PartOf, From: kinds(Incident), To: kinds(Incident), Bearing: BearingSequence, Forward: "was %spart of", Backward: "%sincluded", Doc: "The first incident was part of the second: of a campaign, a series or an operation."},
	{Name: RetaliationFor, From: kinds(Incident), To: kinds(Incident), Bearing: BearingSequence, Forward: "was %sa retaliation for", Backward: "was %sfollowed in retaliation by", Doc: "The first incident was a retaliation for the second."},
	{Name: Commands, From: kinds(Individual), To: kinds(Individual), Bearing: BearingAffiliation, Forward: "%scommands or commanded", Backward: "is or was %scommanded by", Doc: "The first individual commands the second."},
	{Name: ArrestedIn, From: kinds(Individual), To: kinds(Place), Bearing: BearingCustody, Forward: "was %sarrested in", Backward: "was %sthe place of arrest of", Doc: "The individual was arrested in the place."},
	{Name: ReleasedFrom, From: kinds(Individual), To: kinds(Place, Organisation), Bearing: BearingCustody, Forward: "was %sreleased from", Backward: "%sreleased", Doc: "The individual was released from custody there."},
	{Name: ExtraditedTo, From: kinds(Individual), To: kinds(Place, Organisation), Bearing: BearingCustody, Forward: "was %sextradited to", Backward: "%sreceived by extradition", Doc: "The individual was handed over to the country or authority."},
	{Name: TrainedAt, From: kinds(Individual, Group), To: kinds(Place, Madressah, Organisation), Bearing: BearingAttendance, Forward: "%strained at", Backward: "was %sa place of training of", Doc: "The individual or group trained at the camp, school or place."},
	{Name: Owns, From: actors, To: kinds(Organisation, Madressah, Place), Bearing: BearingAffiliation, Forward: "%sowns or owned", Backward: "is or was %sowned by", Doc: "The actor owns the company, school or place."},
	{Name: MayInclude, From: anyKind, To: anyKind, SameKind: true, OfClass: true, Bearing: BearingIdentity, Forward: "%smay include", Backward: "may be %samong", Doc: "Those of whom the source speaks as a class may include the other. Nothing is merged."},

	{Name: Description, Shape: ShapeText, From: anyKind, Naming: true, Doc: "What the source says of the subject, in a sentence."},
	{Name: Statement, Shape: ShapeText, From: anyKind, Doc: "A statement about the subject that is no link: a trend, an opinion, a forecast."},
	{Name: StatusOf, Shape: ShapeText, From: anyKind, Field: "statuses", Many: true, Doc: "The subject's standing, such as outlawed, active or dissolved."},
	{Name: Post, Shape: ShapeText, From: kinds(Individual), Field: "posts", Many: true, Doc: "A public post that the individual held."},
	{Name: Ideology, Shape: ShapeText, From: kinds(Group, Organisation, Individual), Field: "ideologies", Many: true, Doc: "The subject's ideology."},
	{Name: Denomination, Shape: ShapeText, From: kinds(Group, Organisation, Madressah, Individual), Field: "denomination", Doc: "The subject's religious denomination."},
	{Name: Constituency, Shape: ShapeText, From: bodies, Doc: "The ethnic or other constituency that the body draws on."},
	{Name: Nationality, Shape: ShapeText, From: kinds(Individual), Field: "nationality", Doc: "The individual's nationality."},
	{Name: FatherName, Shape: ShapeText, From: kinds(Individual), Field: "fatherName", Doc: "The name of the individual's father."},
	{Name: Board, Shape: ShapeText, From: kinds(Madressah), Field: "board", Doc: "The board that the madressah is registered with."},
	{Name: AttackType, Shape: ShapeText, From: kinds(Incident), Field: "attackTypes", Many: true, Doc: "The kind of attack, in GTD's words."},
	{Name: Weapon, Shape: ShapeText, From: kinds(Group, Incident), Field: "weapons", Many: true, Doc: "The weapons used in the incident, or that the group has, in GTD's words."},
	{Name: TargetType, Shape: ShapeText, From: kinds(Incident), Field: "targetTypes", Many: true, Doc: "The kind of target, in GTD's words."},
	{Name: Responsibility, Shape: ShapeText, From: kinds(Incident), Field: "claimed", Doc: "Whether anybody claimed responsibility; with polarity NO_EVIDENCE: nobody had."},
	{Name: Authority, Shape: ShapeText, From: kinds(Designation), Field: "authority", Doc: "The authority that keeps the list."},
	{Name: ListOf, Shape: ShapeText, From: kinds(Designation), Field: "list", Doc: "The list, with its reference where there is one."},
	{Name: DateOf, Shape: ShapeDate, From: kinds(Incident, Designation), Field: "date", Doc: "When it happened, or when the listing was made."},
	{Name: FoundedOn, Shape: ShapeDate, From: kinds(Group, Organisation, Madressah), Field: "founded", Doc: "When the body was founded."},
	{Name: DissolvedOn, Shape: ShapeDate, From: kinds(Group, Organisation, Madressah), Field: "dissolved", Doc: "When the body ended."},
	{Name: Birth, Shape: ShapeDate, From: kinds(Individual), Field: "birth", Doc: "When the individual was born."},
	{Name: Death, Shape: ShapeDate, From: kinds(Individual), Field: "death", Doc: "When the individual died."},
	{Name: Strength, Shape: ShapeRange, From: bodies, Field: "strength", Many: true, Doc: "How many fighters or members the body has."},
	{Name: Statistic, Shape: ShapeRange, From: anyKind, Doc: "A published figure about the subject; the text says of what, the unit in what."},
	{Name: Distance, Shape: ShapeRange, From: kinds(Place), Doc: "A distance as the source gives it; the text says to where."},
	{Name: Casualties, Shape: ShapeCasualties, From: kinds(Incident, Place), Field: "casualties", Many: true, Doc: "Killed, wounded or abducted, by role: in the incident, or in the place over the valid time."},
	{Name: Coordinates, Shape: ShapePoint, From: kinds(Place, Incident, Madressah, Organisation), Field: "location", Doc: "Where the subject lies, WGS 84 degrees."},
	{Name: NameOf, Shape: ShapeName, From: anyKind, Naming: true, Doc: "What the subject is called; the form says what sort of name it is."},
	{Name: SubtypeOf, Shape: ShapeSubtype, From: kinds(Group, Organisation, Incident, Place), Naming: true, Doc: "The kind within the subject's kind."},
	{Name: ExternalID, Shape: ShapeText, From: anyKind, Naming: true, Doc: "An id under which others know the subject, such as ucdp-actor:356."},
	{Name: Sentenced, Shape: ShapeText, From: kinds(Individual), Field: "sentences", Many: true, Doc: "The sentence that a court passed on the individual, with the court where it is known; validFrom is the day of it."},

	{Name: Contradicts, Shape: ShapeClaimPair, Symmetric: true, Doc: "The two claims cannot both be true."},
	{Name: Retracts, Shape: ShapeClaim, Doc: "The claim is taken back."},
	{Name: Withdraws, Shape: ShapeSource, Doc: "The source is withdrawn, and with it what it says."},
	{Name: Marks, Shape: ShapeMark, Doc: "The marking of an entity, a source or a claim is changed, for every moment."},
	{Name: Retires, Shape: ShapeRetirement, Doc: "The entity was recorded by mistake, or as of the wrong kind; the object, if there is one, is what stands in its place."},
}
