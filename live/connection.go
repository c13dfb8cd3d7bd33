package live

import "github.com/rabta/rabta/page"

// The pages of each kind of list, under names that a schema can bind to.
type (
	EntityConnection       = page.Connection[Entity]
	GroupConnection        = page.Connection[*Group]
	IndividualConnection   = page.Connection[*Individual]
	MadressahConnection    = page.Connection[*Madressah]
	OrganisationConnection = page.Connection[*Organisation]
	IncidentConnection     = page.Connection[*Incident]
	PlaceConnection        = page.Connection[*Place]
	DesignationConnection  = page.Connection[*Designation]
	LinkConnection         = page.Connection[*Link]
	ClaimConnection        = page.Connection[*Claim]
	SourceConnection       = page.Connection[*Source]
	SearchConnection       = page.Connection[*SearchHit]
	TextConnection         = page.Connection[*TextHit]

	EntityEdge       = page.Edge[Entity]
	GroupEdge        = page.Edge[*Group]
	IndividualEdge   = page.Edge[*Individual]
	MadressahEdge    = page.Edge[*Madressah]
	OrganisationEdge = page.Edge[*Organisation]
	IncidentEdge     = page.Edge[*Incident]
	PlaceEdge        = page.Edge[*Place]
	DesignationEdge  = page.Edge[*Designation]
	LinkEdge         = page.Edge[*Link]
	ClaimEdge        = page.Edge[*Claim]
	SourceEdge       = page.Edge[*Source]
	SearchEdge       = page.Edge[*SearchHit]
	TextEdge         = page.Edge[*TextHit]
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
