package live

// The pages of each kind of list, under names that a schema can bind to.
type (
	EntityConnection       = Connection[AnyEntity]
	GroupConnection        = Connection[*Group]
	IndividualConnection   = Connection[*Individual]
	MadressahConnection    = Connection[*Madressah]
	OrganisationConnection = Connection[*Organisation]
	IncidentConnection     = Connection[*Incident]
	PlaceConnection        = Connection[*Place]
	DesignationConnection  = Connection[*Designation]
	LinkConnection         = Connection[*Link]
	ClaimConnection        = Connection[*Claim]
	SourceConnection       = Connection[*Source]
	HitConnection          = Connection[*Hit]
	TextConnection         = Connection[*TextHit]

	EntityEdge       = Edge[AnyEntity]
	GroupEdge        = Edge[*Group]
	IndividualEdge   = Edge[*Individual]
	MadressahEdge    = Edge[*Madressah]
	OrganisationEdge = Edge[*Organisation]
	IncidentEdge     = Edge[*Incident]
	PlaceEdge        = Edge[*Place]
	DesignationEdge  = Edge[*Designation]
	LinkEdge         = Edge[*Link]
	ClaimEdge        = Edge[*Claim]
	SourceEdge       = Edge[*Source]
	HitEdge          = Edge[*Hit]
	TextEdge         = Edge[*TextHit]
)
