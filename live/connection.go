package live

// The pages of each kind of list, under names that a schema can bind to.
type (
	EntityConnection       = Connection[Entity]
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
	SearchConnection       = Connection[*SearchHit]
	TextConnection         = Connection[*TextHit]

	EntityEdge       = Edge[Entity]
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
	SearchEdge       = Edge[*SearchHit]
	TextEdge         = Edge[*TextHit]
)

// What entities of each kind are filtered and ordered by.
type (
	GroupWhere        = EntityWhere
	IndividualWhere   = EntityWhere
	MadressahWhere    = EntityWhere
	OrganisationWhere = EntityWhere
	IncidentWhere     = EntityWhere
	PlaceWhere        = EntityWhere
	DesignationWhere  = EntityWhere

	GroupOrder        = EntityOrder
	IndividualOrder   = EntityOrder
	MadressahOrder    = EntityOrder
	OrganisationOrder = EntityOrder
	IncidentOrder     = EntityOrder
	PlaceOrder        = EntityOrder
	DesignationOrder  = EntityOrder
)
