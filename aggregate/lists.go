package aggregate

import (
	"iter"
	"slices"
	"strconv"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Incidents aggregates a list of incidents.
func Incidents(list iter.Seq[*live.Incident], r Request, m *work.Meter) (*Aggregation, error) {
	return of(&ofIncidents, list, leftOut(list), r, m)
}

// Entities aggregates a list of entities.
func Entities[T live.Entity](list iter.Seq[T], r Request, m *work.Meter) (*Aggregation, error) {
	return of(&ofEntities, func(yield func(live.Entity) bool) {
		for e := range list {
			if !yield(e) {
				return
			}
		}
	}, leftOut(list), r, m)
}

// Links aggregates a list of links, of which the lens leaves out some.
func Links(list iter.Seq[*live.Link], excluded func() []graph.Exclusion, r Request, m *work.Meter) (*Aggregation, error) {
	return of(&ofLinks, list, excluded, r, m)
}

// Claims aggregates a list of claims, of which the lens leaves out some.
func Claims(list iter.Seq[*live.Claim], excluded func() []graph.Exclusion, r Request, m *work.Meter) (*Aggregation, error) {
	return of(&ofClaims, list, excluded, r, m)
}

// Sources aggregates a list of sources.
func Sources(list iter.Seq[*live.Source], r Request, m *work.Meter) (*Aggregation, error) {
	return of(&ofSources, list, func() []graph.Exclusion { return live.ClaimsReadInLeftOut(slices.Collect(list)) }, r, m)
}

// leftOut is what the lens leaves out of the claims about some entities.
func leftOut[T live.Entity](list iter.Seq[T]) func() []graph.Exclusion {
	return func() []graph.Exclusion {
		var all []*live.EntityBase
		for e := range list {
			all = append(all, e.Base())
		}
		if len(all) == 0 {
			return []graph.Exclusion{}
		}
		return all[0].View().ClaimsLeftOut(all)
	}
}

var ofIncidents = kind[*live.Incident]{
	name:     "incidents",
	id:       func(i *live.Incident) graph.ID { return i.ID() },
	incident: func(i *live.Incident) *live.Incident { return i },
	keys: map[GroupKey]func(*live.Incident, *GroupBy) groups{
		ByYear:       func(i *live.Incident, g *GroupBy) groups { return when(i.BestDate(), g.Key) },
		ByMonth:      func(i *live.Incident, g *GroupBy) groups { return when(i.BestDate(), g.Key) },
		ByPlace:      places,
		BySubtype:    func(i *live.Incident, g *GroupBy) groups { return valued(i.Subtype(), g.Key) },
		ByActor:      func(i *live.Incident, _ *GroupBy) groups { return actors(i) },
		ByAttackType: func(i *live.Incident, g *GroupBy) groups { return valued(i.AttackTypes(), g.Key) },
		ByTargetType: func(i *live.Incident, g *GroupBy) groups { return valued(i.TargetTypes(), g.Key) },
	},
	dates: map[DatedBy]func(*live.Incident) *graph.PartialDate{DateHappened: (*live.Incident).BestDate},
}

var ofEntities = kind[live.Entity]{
	name: "entities",
	id:   func(e live.Entity) graph.ID { return e.Base().ID() },
	keys: map[GroupKey]func(live.Entity, *GroupBy) groups{
		ByKind:    func(e live.Entity, g *GroupBy) groups { return one(coded(graph.EntityKinds, e.Base().Kind(), g.Key)) },
		BySubtype: func(e live.Entity, g *GroupBy) groups { return valued(e.Base().Subtype(), g.Key) },
		ByStatus:  func(e live.Entity, g *GroupBy) groups { return valued(e.Base().Statuses(), g.Key) },
	},
	dates: map[DatedBy]func(live.Entity) *graph.PartialDate{
		DateHappened:  dateOf(graph.DateOf),
		DateFounded:   dateOf(graph.FoundedOn),
		DateDissolved: dateOf(graph.DissolvedOn),
		DateBirth:     dateOf(graph.Birth),
		DateDeath:     dateOf(graph.Death),
	},
}

// dateOf is the best date that claims give an entity.
func dateOf(p graph.Predicate) func(live.Entity) *graph.PartialDate {
	return func(e live.Entity) *graph.PartialDate { return e.Base().BestDateOf(p) }
}

var ofLinks = kind[*live.Link]{
	name: "links",
	id:   (*live.Link).ID,
	held: (*live.Link).Given,
	amounts: func(list []*live.Link) iter.Seq2[*live.Link, *live.LinkAmount] {
		return amountsOf(slices.Values(list), func(*live.LinkAmount) bool { return true })
	},
	keys: map[GroupKey]func(*live.Link, *GroupBy) groups{
		ByKind:        func(l *live.Link, g *GroupBy) groups { return one(coded(predicates, l.Kind(), g.Key)) },
		ByBearing:     func(l *live.Link, g *GroupBy) groups { return one(coded(graph.Bearings, l.Bearing(), g.Key)) },
		ByHedge:       func(l *live.Link, g *GroupBy) groups { return one(coded(graph.Hedges, l.Hedge(), g.Key)) },
		BySource:      func(l *live.Link, _ *GroupBy) groups { return sources(l) },
		ByCredibility: func(l *live.Link, g *GroupBy) groups { return one(number(l.Credibility(), g.Key)) },
		ByStatus:      func(l *live.Link, g *GroupBy) groups { return one(coded(statuses, l.Status(), g.Key)) },
		ByRole:        func(l *live.Link, g *GroupBy) groups { return optional(l.Role(), g.Key) },
		ByPublished:   func(l *live.Link, _ *GroupBy) groups { return published(publications(l)) },
		ByOthers:      func(l *live.Link, _ *GroupBy) groups { return others(l) },
	},
	dates: map[DatedBy]func(*live.Link) *graph.PartialDate{DateFrom: (*live.Link).ValidFrom, DateTo: (*live.Link).ValidTo},
}

// predicates are all of the vocabulary, and statuses those of links, in the order of rows.
var (
	predicates = func() (list []graph.Predicate) {
		for _, s := range graph.Predicates() {
			list = append(list, s.Name)
		}
		return list
	}()
	statuses = []graph.LinkStatus{
		graph.StatusAsserted, graph.StatusReported, graph.StatusInferred, graph.StatusDisputed, graph.StatusDenied,
	}
)

// sources are the groups of the sources of claims that affirm a link.
func sources(l *live.Link) groups {
	var out []group
	for s := range affirming(l) {
		out = addOnce(out, source(s))
	}
	return orNone(out, BySource)
}

// affirming yields the source of each claim that affirms a link.
func affirming(l *live.Link) iter.Seq[*live.Source] {
	return func(yield func(*live.Source) bool) {
		view := l.Source().Base().View()
		for id := range l.AffirmedBy() {
			if s, ok := view.Source(id); ok && !yield(s) {
				return
			}
		}
	}
}

// publications yields when these were published.
func publications(l *live.Link) iter.Seq[*graph.PartialDate] {
	return func(yield func(*graph.PartialDate) bool) {
		for s := range affirming(l) {
			if !yield(s.Published()) {
				return
			}
		}
	}
}

func number(n int, key GroupKey) group {
	g := word(strconv.Itoa(n), key)
	g.order.number = float64(n)
	return g
}

var ofClaims = kind[*live.Claim]{
	name:    "claims",
	id:      (*live.Claim).ID,
	held:    givenBy,
	amounts: amountsIn,
	keys: map[GroupKey]func(*live.Claim, *GroupBy) groups{
		ByKind:        func(c *live.Claim, g *GroupBy) groups { return one(coded(predicates, c.Predicate(), g.Key)) },
		ByBearing:     func(c *live.Claim, g *GroupBy) groups { return bearing(c, g.Key) },
		ByHedge:       func(c *live.Claim, g *GroupBy) groups { return one(coded(graph.Hedges, c.Hedge(), g.Key)) },
		BySource:      func(c *live.Claim, _ *GroupBy) groups { return one(source(c.Source())) },
		ByCredibility: func(c *live.Claim, g *GroupBy) groups { return one(number(c.Credibility(), g.Key)) },
		ByRole:        func(c *live.Claim, g *GroupBy) groups { return optional(c.Role(), g.Key) },
		ByPublished:   func(c *live.Claim, g *GroupBy) groups { return when(c.Source().Published(), g.Key) },
	},
	dates: map[DatedBy]func(*live.Claim) *graph.PartialDate{
		DateFrom: (*live.Claim).ValidFrom, DateTo: (*live.Claim).ValidTo,
		DatePublished: func(c *live.Claim) *graph.PartialDate { return c.Source().Published() },
	},
}

var ofSources = kind[*live.Source]{
	name: "sources",
	id:   (*live.Source).ID,
	keys: map[GroupKey]func(*live.Source, *GroupBy) groups{
		ByKind:      func(s *live.Source, g *GroupBy) groups { return one(coded(graph.SourceKinds, s.Kind(), g.Key)) },
		ByPublisher: func(s *live.Source, g *GroupBy) groups { return optional(s.Publisher(), g.Key) },
		ByReliability: func(s *live.Source, g *GroupBy) groups {
			return one(coded(graph.Reliabilities, s.Reliability(), g.Key))
		},
		ByPublished: func(s *live.Source, g *GroupBy) groups { return when(s.Published(), g.Key) },
	},
	dates: map[DatedBy]func(*live.Source) *graph.PartialDate{DatePublished: (*live.Source).Published},
}

// givenBy is the interval in which a claim has what it says hold.
func givenBy(c *live.Claim) []interval.Interval {
	e := graph.Evidence{
		From: graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenStart},
		To:   graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenEnd},
	}
	if d := c.ValidFrom(); d != nil {
		e.From = graph.Span{Earliest: d.Earliest, Latest: d.Latest}
	}
	if d := c.ValidTo(); d != nil {
		e.To = graph.Span{Earliest: d.Earliest, Latest: d.Latest}
	}
	if i, ok := interval.Of(&e); ok {
		return []interval.Interval{i}
	}
	return nil
}

// bearing is the group of the bearing of a claim about a link.
func bearing(c *live.Claim, key GroupKey) groups {
	spec := c.Predicate().Spec()
	role := ""
	if r := c.Role(); r != nil {
		role = *r
	}
	if b := spec.BearingAs(role); slices.Contains(graph.Bearings, b) {
		return one(coded(graph.Bearings, b, key))
	}
	return none(key)
}
