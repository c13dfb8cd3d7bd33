package analysis

import (
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Ground is what looking for paths needs of a network.
type Ground interface {
	// Arcs, Degree, Credibility, Symmetric, Entity and Link are those of Network.
	Arcs(node algo.Node, f func(Arc) bool)
	Degree(node algo.Node) int
	Credibility(slot Slot) uint8
	Symmetric(slot Slot) bool
	Entity(node algo.Node) live.Entity
	Link(slot Slot) *live.Link
	// Len, NodeOf, NodesOf and Excluded too.
	Len() int
	NodeOf(path string, id graph.ID) (algo.Node, error)
	NodesOf(path string, ids []graph.ID) ([]algo.Node, error)
	Excluded() []live.Exclusion
	// place says where the link in a slot comes in the order of recording.
	place(slot Slot) live.ClaimRow
}

// maxPatch is how many links may have changed for a patch to be worth it.
const maxPatch = 1000

// patched is a network of an earlier moment with the links that changed since laid
// over it: a new claim costs the reading of what it touches. It tells what a network
// made anew would tell, but for the numbers of nodes.
type patched struct {
	*Network
	view     *live.View
	changed  map[live.LinkRow]bool
	extra    []live.LinkSummary // what they are now; its slots come after those of the network
	at       map[algo.Node][]Arc
	lost     map[algo.Node]int // node -> slots of the network that are void
	excluded int
}

// patch lays over a network what changed of the links of its scope; false when the
// network has to be made anew. Which entities a filter or a walk takes may have
// changed with the links.
func (n *Network) patch(v *live.View, s Scope) (Ground, bool) {
	rows, ok := v.ChangedSince(n.view)
	if !ok || len(rows) > maxPatch || len(s.Around) > 0 || s.Where != nil {
		return nil, false
	}
	p := &patched{Network: n, view: v, changed: map[live.LinkRow]bool{}, at: map[algo.Node][]Arc{}, lost: map[algo.Node]int{}, excluded: n.excluded}
	wanted := wantedKinds(s)
	for _, row := range rows {
		p.changed[row] = true
		if f, ok := n.view.LinkSummary(row); ok && wanted[f.Kind] && n.has(f) {
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

func (p *patched) remove(f live.LinkSummary, s Scope) {
	if !s.IncludeNonImplicative && !predicates[f.Kind].Bearing.Implicative() {
		p.excluded--
		return
	}
	p.lost[p.node[f.Source]]++
	p.lost[p.node[f.Target]]++
}

func (p *patched) add(f live.LinkSummary, s Scope) {
	if !s.IncludeNonImplicative && !predicates[f.Kind].Bearing.Implicative() {
		p.excluded++
		return
	}
	slot := Slot(len(p.outTo) + len(p.extra))
	p.extra = append(p.extra, f)
	a, b := p.node[f.Source], p.node[f.Target]
	p.at[a] = append(p.at[a], Arc{b, slot, true})
	p.at[b] = append(p.at[b], Arc{a, slot, false})
}

func (p *patched) Arcs(node algo.Node, f func(Arc) bool) {
	void, more := p.lost[node] > 0, true
	p.Network.Arcs(node, func(s Arc) bool {
		more = void && p.changed[p.link[s.Link]] || f(s)
		return more
	})
	for _, s := range p.at[node] {
		if !more {
			return
		}
		more = f(s)
	}
}

func (p *patched) Degree(node algo.Node) int {
	return p.Network.Degree(node) - p.lost[node] + len(p.at[node])
}

func (p *patched) Credibility(slot Slot) uint8 {
	if f := p.fact(slot); f != nil {
		return f.Credibility
	}
	return p.Network.Credibility(slot)
}

func (p *patched) Symmetric(slot Slot) bool {
	if f := p.fact(slot); f != nil {
		return predicates[f.Kind].Symmetric
	}
	return p.Network.Symmetric(slot)
}

func (p *patched) Link(slot Slot) *live.Link { return p.view.LinkAt(p.row(slot)) }

func (p *patched) Entity(node algo.Node) live.Entity { return p.view.EntityAt(p.rows[node]) }

func (p *patched) Excluded() []live.Exclusion { return exclusions(p.excluded) }

func (p *patched) place(slot Slot) live.ClaimRow { return p.view.LinkOrderOf(p.row(slot)) }

// fact is the link of a slot that came with the patch; nil for one of the network.
func (p *patched) fact(slot Slot) *live.LinkSummary {
	if at := int(slot) - len(p.outTo); at >= 0 {
		return &p.extra[at]
	}
	return nil
}

func (p *patched) row(slot Slot) live.LinkRow {
	if f := p.fact(slot); f != nil {
		return f.Row
	}
	return p.link[slot]
}
