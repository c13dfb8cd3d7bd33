package resolvers

import (
	"context"
	"slices"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/incidents"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
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
		own.Other = &live.EntityWhere{Kind: &filter.EntityKindFilter{ValueFilter: filter.ValueFilter[graph.EntityKind]{In: r.ends}}}
	}
	if r.against != nil || r.ends != nil {
		q.Among = &own
	}
	return q
}

func reading(kinds []graph.Predicate, direction live.Direction) *live.LinkWhere {
	return &live.LinkWhere{Kind: &filter.LinkKindFilter{ValueFilter: filter.ValueFilter[graph.Predicate]{In: kinds}}, Direction: &direction}
}

func opposite(d live.Direction) live.Direction {
	if d == live.In {
		return live.Out
	}
	return live.In
}

// The relations of each kind of entity, under the names of the schema's fields.
var (
	leaders   = in(graph.Leads)
	founders  = in(graph.Founded)
	spokesmen = in(graph.SpokeFor)

	partyTo    = out(graph.PartyTo)
	owned      = out(graph.Owns)
	owners     = in(graph.Owns)
	funders    = in(graph.Funded)
	trainedAt  = out(graph.TrainedAt)
	trainees   = in(graph.TrainedAt)
	mayInclude = out(graph.MayInclude)
	mayBeAmong = in(graph.MayInclude)

	groupAllies              = both(graph.AlliedWith, graph.CooperatesWith)
	groupRivals              = both(graph.RivalOf)
	groupMembers             = in(graph.MemberOf)
	groupMadressahs          = out(graph.AssociatedWith, graph.RecruitedAt, graph.BasedAt, graph.Founded).to(graph.Madressah)
	groupParents             = relation{kinds: lineage, direction: live.Out, against: umbrella}
	groupFactions            = relation{kinds: lineage, direction: live.In, against: umbrella}.to(graph.Group, graph.Organisation)
	groupClaimedIncidents    = out(graph.Claimed)
	groupDeniedIncidents     = out(graph.DeniedResponsibility)
	groupCondemnedIncidents  = out(graph.Condemned)
	groupAttributedIncidents = in(graph.AttributedTo)
	groupPlaces              = out(graph.OperatesIn, graph.BasedIn, graph.SanctuaryIn)

	individualCommands    = out(graph.Commands)
	individualCommandedBy = in(graph.Commands)
	individualArrests     = out(graph.ArrestedBy, graph.ArrestedIn)

	individualKin        = both(graph.KinOf)
	individualAssociates = both(graph.AssociateOf)
	individualGroups     = out(graph.MemberOf, graph.Leads, graph.Founded, graph.SpokeFor, graph.PledgedTo).to(graph.Group, graph.Organisation)
	individualRoles      = out(graph.MemberOf, graph.Leads, graph.Founded, graph.SpokeFor, graph.ParticipatedIn)
	individualMadressahs = out(graph.StudiedAt, graph.TaughtAt, graph.Administered, graph.PatronOf, graph.Founded, graph.Leads, graph.MemberOf).to(graph.Madressah)
	individualIncidents  = both(graph.ParticipatedIn, graph.PartyTo, graph.Claimed, graph.DeniedResponsibility, graph.Condemned, graph.ChargedIn, graph.ConvictedIn, graph.KilledIn, graph.AttributedTo, graph.Targeted)
	individualCustody    = out(graph.ArrestedBy, graph.ArrestedIn, graph.DetainedAt, graph.ChargedIn, graph.ConvictedIn, graph.ReleasedFrom, graph.EscapedFrom, graph.ExtraditedTo)

	madressahAdministrators = in(graph.Administered)
	madressahTeachers       = in(graph.TaughtAt)
	madressahPatrons        = in(graph.PatronOf)
	madressahStudents       = in(graph.StudiedAt)
	madressahPlaces         = out(graph.LocatedIn)
	madressahGroups         = in(graph.AssociatedWith, graph.RecruitedAt, graph.BasedAt).to(graph.Group)
	madressahOrganisations  = in(graph.AssociatedWith).to(graph.Organisation)
	madressahIncidents      = in(graph.TracedTo, graph.Targeted)

	organisationMembers    = in(graph.MemberOf, graph.KinOf)
	organisationIncidents  = in(graph.Targeted, graph.AttributedTo)
	organisationMadressahs = out(graph.AssociatedWith, graph.Founded, graph.Owns).to(graph.Madressah)

	organisationPlaces = out(graph.BasedIn, graph.LocatedIn)

	incidentPlace        = out(graph.OccurredAt)
	incidentClaimedBy    = in(graph.Claimed)
	incidentDeniedBy     = in(graph.DeniedResponsibility)
	incidentCondemnedBy  = in(graph.Condemned)
	incidentAttributions = out(graph.AttributedTo)
	incidentTargets      = out(graph.Targeted)
	incidentParticipants = in(graph.ParticipatedIn, graph.ChargedIn, graph.ConvictedIn, graph.KilledIn)
	incidentTracedTo     = out(graph.TracedTo)

	incidentParties        = in(graph.PartyTo)
	incidentPartOf         = out(graph.PartOf)
	incidentParts          = in(graph.PartOf)
	incidentRetaliationFor = out(graph.RetaliationFor)
	incidentRetaliations   = in(graph.RetaliationFor)

	placeArrests = in(graph.ArrestedIn)

	placeWithin   = out(graph.LocatedIn)
	placeContains = in(graph.LocatedIn)
	placeBorders  = both(graph.Borders)
	placeGroups   = in(graph.OperatesIn, graph.BasedIn, graph.SanctuaryIn).to(graph.Group)

	designations        = out(graph.DesignatedBy)
	designationSubjects = in(graph.DesignatedBy)
)

// lineage are the links that say where a group comes from or belongs.
var lineage = graph.LinkKinds(func(s graph.PredicateSpec) bool { return s.Parent == graph.EndObject })

// umbrella leads from the whole to the part, against the way of the others.
var umbrella = graph.LinkKinds(func(s graph.PredicateSpec) bool { return s.Parent == graph.EndSubject })

// links is a page of an entity's links of a relation.
func links(ctx context.Context, e *live.EntityBase, rel relation, where *live.LinkWhere, orderBy []*live.LinkOrder, page page.Args, lens *graph.Lens) (*live.LinkConnection, error) {
	e, err := through(ctx, e, lens)
	if err != nil || e == nil {
		return live.NoLinks(), err
	}
	q := rel.query(where)
	q.OrderBy, q.Page = orderBy, page
	return e.LinkPage(q)
}

// linksOf is a page of an entity's links of the kinds in the direction.
func linksOf(ctx context.Context, e *live.EntityBase, kinds []graph.Predicate, direction *live.Direction, where *live.LinkWhere, orderBy []*live.LinkOrder, page page.Args, lens *graph.Lens) (*live.LinkConnection, error) {
	rel := relation{kinds: kinds, direction: live.Both}
	if direction != nil {
		rel.direction = *direction
	}
	return links(ctx, e, rel, where, orderBy, page, lens)
}

// claimsOf is a page of the claims about an entity.
func claimsOf(ctx context.Context, e *live.EntityBase, q live.ClaimQuery, lens *graph.Lens) (*live.ClaimConnection, error) {
	e, err := through(ctx, e, lens)
	if err != nil || e == nil {
		return live.NoClaims(), err
	}
	return e.ClaimPage(q)
}

// incidentSums are the incidents of an actor under a lens.
func incidentSums(ctx context.Context, e *live.EntityBase, lens *graph.Lens) (*incidents.IncidentSums, error) {
	e, err := through(ctx, e, lens)
	if err != nil || e == nil {
		return incidents.NewSums(), err
	}
	return incidents.OfActor(e), nil
}

// inside says what counts as being in a place.
func inside(within bool, boundaries live.Boundaries, gazetteer bool) live.Inside {
	return live.Inside{Within: within, Boundaries: boundaries, Gazetteer: gazetteer}
}
