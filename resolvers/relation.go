package resolvers

import (
	"context"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// relation is what a named list of links takes: kinds, and the way they are read
// from the entity.
type relation struct {
	kinds     []graph.Predicate
	direction live.Direction
	// against are kinds that say the same read the other way.
	against []graph.Predicate
	// ends are what may stand at the far end; nil is anything.
	ends []graph.EntityKind
}

func out(kinds ...graph.Predicate) relation  { return relation{kinds: kinds, direction: live.Out} }
func in(kinds ...graph.Predicate) relation   { return relation{kinds: kinds, direction: live.In} }
func both(kinds ...graph.Predicate) relation { return relation{kinds: kinds, direction: live.Both} }

// to keeps links that have one of these at the far end.
func (r relation) to(ends ...graph.EntityKind) relation {
	r.ends = ends
	return r
}

// query is what the relation asks of an entity, beside what the reader asks.
func (r relation) query(where *live.LinkWhere) live.LinkQuery {
	q := live.LinkQuery{Kinds: r.kinds, Direction: r.direction, Where: where}
	var own live.LinkWhere
	if r.against != nil {
		q.Kinds, q.Direction = slices.Concat(r.kinds, r.against), live.Both
		own.Or = []*live.LinkWhere{reading(r.kinds, r.direction), reading(r.against, opposite(r.direction))}
	}
	if r.ends != nil {
		own.Other = &live.EntityWhere{Kind: &live.EntityKindFilter{ValueFilter: live.ValueFilter[graph.EntityKind]{In: r.ends}}}
	}
	if r.against != nil || r.ends != nil {
		q.Where = &own
		if where != nil {
			own.And = []*live.LinkWhere{where}
		}
	}
	return q
}

func reading(kinds []graph.Predicate, direction live.Direction) *live.LinkWhere {
	return &live.LinkWhere{Kind: &live.LinkKindFilter{ValueFilter: live.ValueFilter[graph.Predicate]{In: kinds}}, Direction: &direction}
}

func opposite(d live.Direction) live.Direction {
	if d == live.In {
		return live.Out
	}
	return live.In
}

// The relations of each kind of entity, under the names of the schema's fields.
var (
	groupAllies              = both("ALLIED_WITH", "COOPERATES_WITH")
	groupRivals              = both("RIVAL_OF")
	groupMembers             = in("MEMBER_OF")
	groupLeaders             = in("LEADS", "FOUNDED", "SPOKE_FOR")
	groupMadressahs          = out("ASSOCIATED_WITH", "RECRUITED_AT", "BASED_AT", "FOUNDED").to(graph.Madressah)
	groupParents             = relation{kinds: lineage, direction: live.Out, against: umbrella}
	groupFactions            = relation{kinds: lineage, direction: live.In, against: umbrella}.to(graph.Group, graph.Organisation)
	groupClaimedIncidents    = out("CLAIMED")
	groupDeniedIncidents     = out("DENIED", "CONDEMNED")
	groupAttributedIncidents = in("ATTRIBUTED_TO")
	groupPlaces              = out("OPERATES_IN", "BASED_IN", "SANCTUARY_IN")

	individualKin        = both("KIN_OF")
	individualAssociates = both("ASSOCIATE_OF")
	individualGroups     = out("MEMBER_OF", "LEADS", "FOUNDED", "SPOKE_FOR", "PLEDGED_TO").to(graph.Group, graph.Organisation)
	individualRoles      = out("MEMBER_OF", "LEADS", "FOUNDED", "SPOKE_FOR", "PARTICIPATED_IN")
	individualMadressahs = out("STUDIED_AT", "TAUGHT_AT", "ADMINISTERED", "PATRON_OF", "FOUNDED", "LEADS", "MEMBER_OF").to(graph.Madressah)
	individualIncidents  = both("PARTICIPATED_IN", "CLAIMED", "DENIED", "CONDEMNED", "CHARGED_IN", "CONVICTED_IN", "KILLED_IN", "ATTRIBUTED_TO", "TARGETED")
	individualCustody    = out("ARRESTED_BY", "DETAINED_AT", "CHARGED_IN", "CONVICTED_IN", "ESCAPED_FROM")

	madressahFounders  = in("FOUNDED", "LEADS", "ADMINISTERED", "TAUGHT_AT", "PATRON_OF")
	madressahStudents  = in("STUDIED_AT")
	madressahPlaces    = out("LOCATED_IN")
	madressahGroups    = in("ASSOCIATED_WITH", "RECRUITED_AT", "BASED_AT")
	madressahIncidents = in("TRACED_TO", "TARGETED")

	organisationMembers   = in("MEMBER_OF", "KIN_OF")
	organisationLeaders   = in("LEADS", "FOUNDED", "SPOKE_FOR")
	organisationIncidents = in("TARGETED", "ATTRIBUTED_TO")
	organisationPlaces    = out("BASED_IN", "LOCATED_IN")

	incidentPlace        = out("OCCURRED_AT")
	incidentClaimedBy    = in("CLAIMED")
	incidentDeniedBy     = in("DENIED", "CONDEMNED")
	incidentAttributions = out("ATTRIBUTED_TO")
	incidentTargets      = out("TARGETED")
	incidentParticipants = in("PARTICIPATED_IN", "CHARGED_IN", "CONVICTED_IN", "KILLED_IN")
	incidentTracedTo     = out("TRACED_TO")

	placeWithin    = out("LOCATED_IN")
	placeContains  = in("LOCATED_IN")
	placeBorders   = both("BORDERS")
	placeIncidents = in("OCCURRED_AT", "TRACED_TO", "TARGETED")
	placeGroups    = in("OPERATES_IN", "BASED_IN", "SANCTUARY_IN").to(graph.Group)

	designations        = out("DESIGNATED_BY")
	designationSubjects = in("DESIGNATED_BY")
)

// lineage are the links that say where a group comes from or belongs.
var lineage = []graph.Predicate{"FACTION_OF", "BRANCH_OF", "PLEDGED_TO", "SPLINTERED_FROM", "MERGED_INTO", "SUCCEEDED", "RENAMED_FROM"}

// umbrella leads from the whole to the part, against the way of the others.
var umbrella = []graph.Predicate{"UMBRELLA_OF"}

// links is a page of an entity's links of a relation.
func links(ctx context.Context, e *live.Entity, rel relation, where *live.LinkWhere, orderBy []*live.LinkOrder, page live.Page, lens *graph.Lens) (*live.LinkConnection, error) {
	e, err := through(ctx, e, lens)
	if err != nil || e == nil {
		return live.NoLinks(), err
	}
	q := rel.query(where)
	q.OrderBy, q.Page = orderBy, page
	return e.LinkPage(q)
}

// linksOf is a page of an entity's links of the kinds in the direction.
func linksOf(ctx context.Context, e *live.Entity, kinds []graph.Predicate, direction *live.Direction, where *live.LinkWhere, orderBy []*live.LinkOrder, page live.Page, lens *graph.Lens) (*live.LinkConnection, error) {
	rel := relation{kinds: kinds, direction: live.Both}
	if direction != nil {
		rel.direction = *direction
	}
	return links(ctx, e, rel, where, orderBy, page, lens)
}

// claimsOf is a page of the claims about an entity.
func claimsOf(ctx context.Context, e *live.Entity, q live.ClaimQuery, lens *graph.Lens) (*live.ClaimConnection, error) {
	e, err := through(ctx, e, lens)
	if err != nil || e == nil {
		return live.NoClaims(), err
	}
	return e.ClaimPage(q)
}
