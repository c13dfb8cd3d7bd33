package analysis

import (
	"iter"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
)

// Network is the links that a view shows, as a directed multigraph: for each node
// the links that start from it and those that lead to it, both by neighbour. A
// symmetric link is kept once, from its source to its target.
type Network struct {
	view  shown
	input *ViewInput       // how it was asked for, and is read
	rows  []live.EntityRow // by node
	node  []algo.Node      // by entity row; None for none

	outStart, inStart []Slot      // by node, the first of its links; one more at the end
	outTo, inFrom     []algo.Node // neighbours
	inSlot            []Slot      // by place among those that lead to a node

	// By slot:
	link        []live.LinkRow
	kind        []uint8 // place in graph.Predicates
	bearing     []uint8 // place in graph.Bearings
	credibility []uint8

	excluded live.BearingCounts // links of bearings that were not asked for
	// guarded says that bodies may be joined by incidents that they did not both claim:
	// what follows ties does not get from the one to the other by them.
	guarded bool
	// parties are the camps of those who are parties to incidents, by incident; nil where there is none.
	parties map[algo.Node]map[algo.Node]graph.Camps
	// cut are the slots of links that a graph does not have though the network does,
	// see cutLinks; nil is none.
	cut []bool
	// void are links that paths leave out.
	void *onNoDay

	// base and ties are set when entities are joined by what they share: the network
	// of their links, and what joins them instead.
	base *Network
	ties *algo.Graph
}

// shown is what a network shows: a view, or several taken together.
type shown interface {
	EntityAt(row live.EntityRow) live.Entity
	KindAt(row live.EntityRow) graph.EntityKind
	EntityRow(id graph.ID) (live.EntityRow, bool)
	EntityRowsOf(kinds ...graph.EntityKind) iter.Seq[live.EntityRow]
	Living(path string, id graph.ID) (live.Entity, error)
	IsVital(row live.EntityRow) bool
	HasParties() bool
	CampsOf(incident live.EntityRow) map[live.EntityRow]graph.Camps
	LinkAt(row live.LinkRow) *live.Link
	LinkOrderOf(row live.LinkRow) live.ClaimRow
	JoinsOn(row live.LinkRow) interval.Days
	OnNoDay(row live.LinkRow) bool
	Layer(row live.LinkRow) string
	Source(id graph.ID) (*live.Source, bool)
	Sequence() graph.Sequence
}

// Len is the number of nodes.
func (n *Network) Len() int { return len(n.rows) }

// Links is the number of links that were read.
func (n *Network) Links() int {
	if n.base != nil {
		return n.base.Links()
	}
	return len(n.outTo)
}

// View is the view that the network was made from, of several the first.
func (n *Network) View() *live.View {
	switch of := n.view.(type) {
	case *live.View:
		return of
	case *combination:
		return of.views[0]
	}
	return nil
}

// Node is the node of an entity, or of one judged the same; false when the network
// has none.
func (n *Network) Node(id graph.ID) (algo.Node, bool) {
	row, ok := n.view.EntityRow(id)
	if !ok || n.node[row] == algo.None {
		return 0, false
	}
	return n.node[row], true
}

// Entity is the entity of a node.
func (n *Network) Entity(node algo.Node) live.Entity { return n.view.EntityAt(n.rows[node]) }

// ID is the id of the entity of a node.
func (n *Network) ID(node algo.Node) graph.ID { return n.Entity(node).Base().ID() }

// Slot is a link of a network by its place among those that start from a node.
type Slot uint32

// Arc is a link as one of its ends sees it: the other end, and whether it leads there.
type Arc struct {
	Other algo.Node
	Link  Slot
	Out   bool
}

// Arcs calls f for each link of a node, those that start from it first, each
// side by neighbour, until f returns false.
func (n *Network) Arcs(node algo.Node, f func(Arc) bool) {
	for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
		if !f(Arc{n.outTo[slot], slot, true}) {
			return
		}
	}
	for slot := n.inStart[node]; slot < n.inStart[node+1]; slot++ {
		if !f(Arc{n.inFrom[slot], n.inSlot[slot], false}) {
			return
		}
	}
}

// Degree is how many links a node has, in either direction.
func (n *Network) Degree(node algo.Node) int {
	return int(n.outStart[node+1] - n.outStart[node] + n.inStart[node+1] - n.inStart[node])
}

// Kind is the kind of the link of a slot.
func (n *Network) Kind(slot Slot) graph.Predicate { return predicates[n.kind[slot]].Name }

// Bearing is that of the link of a slot.
func (n *Network) Bearing(slot Slot) graph.Bearing { return graph.Bearings[n.bearing[slot]] }

// Symmetric reports whether the link of a slot has no direction.
func (n *Network) Symmetric(slot Slot) bool { return predicates[n.kind[slot]].Symmetric }

// Credibility is that of the link of a slot, 1 to 6.
func (n *Network) Credibility(slot Slot) uint8 { return n.credibility[slot] }

// Link is the link of a slot, with its claims.
func (n *Network) Link(slot Slot) *live.Link { return n.view.LinkAt(n.link[slot]) }

// order says where the link of a slot comes in the order of recording.
func (n *Network) order(slot Slot) live.ClaimRow { return n.view.LinkOrderOf(n.link[slot]) }

// Bytes is the memory that the network's arrays take.
func (n *Network) Bytes() int {
	if n.base != nil {
		return n.base.Bytes() + n.ties.Bytes() + 4*(len(n.rows)+len(n.node))
	}
	bytes := 4*(len(n.rows)+len(n.node)+len(n.outStart)+len(n.inStart)) + len(n.outTo)*(4+4+4+4+1+1+1) + len(n.cut)
	if c, ok := n.view.(*combination); ok {
		bytes += c.bytes()
	}
	return bytes
}

var predicates = graph.Predicates()
