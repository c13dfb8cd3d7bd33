package analysis

import (
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
)

// PathGraph is what looking for paths needs of a network.
type PathGraph interface {
	// Arcs, Degree, Credibility, Bearing, Kind, Symmetric, Entity and Link are those of Network.
	Arcs(node algo.Node, f func(Arc) bool)
	Degree(node algo.Node) int
	Credibility(slot Slot) uint8
	Bearing(slot Slot) graph.Bearing
	Kind(slot Slot) graph.Predicate
	Symmetric(slot Slot) bool
	Entity(node algo.Node) live.Entity
	Link(slot Slot) *live.Link
	// Len, PathOptions, NodeOf, NodesOf and Excluded too.
	Len() int
	PathOptions(rank PathRank, first, maxLength int) PathOptions
	NodeOf(path string, id graph.ID) (algo.Node, error)
	NodesOf(path string, ids []graph.ID) ([]algo.Node, error)
	Excluded() []graph.Exclusion
	// asRead is the input that says how it is read.
	asRead() *ViewInput
	// kindOf is the kind of the entity of a node.
	kindOf(node algo.Node) graph.EntityKind
	// hasParties says whether somebody is a party to an incident, campsOf who in which camps.
	hasParties() bool
	campsOf(incident algo.Node) map[algo.Node]graph.Camps
	// order says where the link of a slot comes in the order of recording.
	order(slot Slot) live.ClaimRow
	// joinsOn are the days on which a path may go by the link of a slot together with others.
	joinsOn(slot Slot) interval.Days
	// onNoDay tells which links lives leave no day of, and how many there are.
	onNoDay() (is func(Slot) bool, count int)
}

// maxOverlaid is how many links may have changed for an overlay to be worth it.
const maxOverlaid = 1000

// overlay is a network of an earlier snapshot with the links that changed since laid over
// it: a new claim costs the reading of what it touches. It is what a network made anew
// would be, but for the numbers of nodes.
type overlay struct {
	*Network
	view      *live.View
	changed   map[live.LinkRow]bool
	summaries []live.LinkSummary // what they are now; its slots come after those of the network
	added     map[algo.Node][]Arc
	removed   map[algo.Node]int // how many links of the network are void
	excluded  live.BearingCounts
	voided    map[Slot]bool // of those laid over, what lives leave no day of; nil until asked for
	voidGone  int           // of the network's, how many are void
}

// overlaid lays over a network what changed of the links of its scope; false when the
// network has to be made anew. Which entities a filter or a walk takes may have
// changed with the links.
func (n *Network) overlaid(v *live.View, s scope) (PathGraph, bool) {
	old, ok := n.view.(*live.View)
	if !ok {
		return nil, false
	}
	rows, ok := v.ChangedSince(old)
	if !ok || v.LivesChangedSince(old) || len(rows) > maxOverlaid || len(s.around) > 0 || s.where != nil {
		return nil, false
	}
	p := &overlay{
		Network: n, view: v, changed: map[live.LinkRow]bool{}, added: map[algo.Node][]Arc{}, removed: map[algo.Node]int{},
		excluded: n.excluded,
	}
	wanted := wantedKinds(s)
	for _, row := range rows {
		p.changed[row] = true
		if f, ok := old.LinkSummary(row); ok && wanted[f.Kind] && n.has(f) {
			p.remove(f, s)
		}
		if f, ok := v.LinkSummary(row); ok && wanted[f.Kind] && n.has(f) {
			p.add(f, s)
		}
	}
	return p, true
}

// has reports whether both ends of a link are in the network.
func (n *Network) has(f live.LinkSummary) bool {
	return n.node[f.Source] != algo.None && n.node[f.Target] != algo.None
}

func (p *overlay) remove(f live.LinkSummary, s scope) {
	if s.excludes(&f) {
		p.excluded[f.Bearing]--
		return
	}
	p.removed[p.node[f.Source]]++
	p.removed[p.node[f.Target]]++
}

func (p *overlay) add(f live.LinkSummary, s scope) {
	if s.excludes(&f) {
		p.excluded[f.Bearing]++
		return
	}
	slot := Slot(len(p.outTo) + len(p.summaries))
	p.summaries = append(p.summaries, f)
	a, b := p.node[f.Source], p.node[f.Target]
	p.added[a] = append(p.added[a], Arc{b, slot, true})
	p.added[b] = append(p.added[b], Arc{a, slot, false})
}

func (p *overlay) Arcs(node algo.Node, f func(Arc) bool) {
	void, more := p.removed[node] > 0, true
	p.Network.Arcs(node, func(s Arc) bool {
		more = void && p.changed[p.link[s.Link]] || f(s)
		return more
	})
	for _, s := range p.added[node] {
		if !more {
			return
		}
		more = f(s)
	}
}

func (p *overlay) Degree(node algo.Node) int {
	return p.Network.Degree(node) - p.removed[node] + len(p.added[node])
}

func (p *overlay) Credibility(slot Slot) uint8 {
	if f := p.summary(slot); f != nil {
		return f.Credibility
	}
	return p.Network.Credibility(slot)
}

func (p *overlay) Kind(slot Slot) graph.Predicate {
	if f := p.summary(slot); f != nil {
		return predicates[f.Kind].Name
	}
	return p.Network.Kind(slot)
}

func (p *overlay) hasParties() bool { return p.view.HasParties() }

func (p *overlay) campsOf(incident algo.Node) map[algo.Node]graph.Camps {
	return p.campsAmong(p.view.CampsOf(p.rows[incident]))
}

func (p *overlay) Bearing(slot Slot) graph.Bearing {
	if f := p.summary(slot); f != nil {
		return graph.Bearings[f.Bearing]
	}
	return p.Network.Bearing(slot)
}

func (p *overlay) Symmetric(slot Slot) bool {
	if f := p.summary(slot); f != nil {
		return predicates[f.Kind].Symmetric
	}
	return p.Network.Symmetric(slot)
}

func (p *overlay) Link(slot Slot) *live.Link { return p.view.LinkAt(p.row(slot)) }

func (p *overlay) Entity(node algo.Node) live.Entity { return p.view.EntityAt(p.rows[node]) }

func (p *overlay) Excluded() []graph.Exclusion { return p.excluded.Exclusions() }

func (p *overlay) order(slot Slot) live.ClaimRow { return p.view.LinkOrderOf(p.row(slot)) }

// summary is the link of a slot that was laid over; nil for one of the network.
func (p *overlay) summary(slot Slot) *live.LinkSummary {
	if at := int(slot) - len(p.outTo); at >= 0 {
		return &p.summaries[at]
	}
	return nil
}

func (p *overlay) row(slot Slot) live.LinkRow {
	if f := p.summary(slot); f != nil {
		return f.Row
	}
	return p.link[slot]
}
