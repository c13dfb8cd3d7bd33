package analysis

import (
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Network is the links that a view shows, as a directed multigraph: for each node
// the links that start from it and those that lead to it, both by neighbour. A
// symmetric link is kept once, from its source to its target.
type Network struct {
	view *live.View
	rows []live.EntityRow // by node
	node []uint32         // by entity row; absent for none

	outStart, inStart []uint32 // node -> first slot; one more at the end
	outTo, inFrom     []uint32 // slot -> neighbour
	inSlot            []uint32 // in slot -> out slot of the same link

	// By out slot:
	link        []live.LinkRow
	kind        []uint8 // place in graph.Predicates
	credibility []uint8
	from, to    []uint16 // days of validity, see shortDay

	guarded int // links left out because they are no evidence of conduct

	// base and ties are set when entities are joined by what they share: the network
	// of their links, and what joins them instead.
	base *Network
	ties *algo.Graph
}

// shortEpoch is day 1 of the short days: 1 January 1900. 0 is open or before, the
// greatest is open or after.
var shortEpoch = graph.DayOf(1899, 12, 31)

// shortDay is a day in two bytes, exact from 1900 to 2079.
func shortDay(d graph.Day) uint16 {
	switch {
	case d <= shortEpoch:
		return 0
	case d >= shortEpoch+0xffff:
		return 0xffff
	}
	return uint16(d - shortEpoch)
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

// View is the view that the network was made from.
func (n *Network) View() *live.View { return n.view }

// Node is the node of an entity, or of one judged the same; false when the network
// has none.
func (n *Network) Node(id graph.ID) (uint32, bool) {
	row, ok := n.view.EntityRow(id)
	if !ok || n.node[row] == algo.None {
		return 0, false
	}
	return n.node[row], true
}

// Entity is the entity of a node.
func (n *Network) Entity(node uint32) live.Entity { return n.view.EntityAt(n.rows[node]) }

// ID is the id of the entity of a node.
func (n *Network) ID(node uint32) graph.ID { return n.Entity(node).Base().ID() }

// Slot is one link of a node as the node sees it.
type Slot struct {
	// Other is the neighbour, Link the out slot that attributes are kept by.
	Other, Link uint32
	Out         bool
}

// Slots calls f for each link of a node, those that start from it first, each
// side by neighbour, until f returns false.
func (n *Network) Slots(node uint32, f func(Slot) bool) {
	for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
		if !f(Slot{n.outTo[slot], slot, true}) {
			return
		}
	}
	for slot := n.inStart[node]; slot < n.inStart[node+1]; slot++ {
		if !f(Slot{n.inFrom[slot], n.inSlot[slot], false}) {
			return
		}
	}
}

// Degree is how many links a node has, in either direction.
func (n *Network) Degree(node uint32) int {
	return int(n.outStart[node+1] - n.outStart[node] + n.inStart[node+1] - n.inStart[node])
}

// Kind is the kind of the link in an out slot.
func (n *Network) Kind(slot uint32) graph.Predicate { return predicates[n.kind[slot]].Name }

// Symmetric reports whether the link in an out slot has no direction.
func (n *Network) Symmetric(slot uint32) bool { return predicates[n.kind[slot]].Symmetric }

// Credibility is that of the link in an out slot, 1 to 6.
func (n *Network) Credibility(slot uint32) uint8 { return n.credibility[slot] }

// Link is the link in an out slot, with its claims.
func (n *Network) Link(slot uint32) *live.Link { return n.view.LinkAt(n.link[slot]) }

// place says where the link in an out slot comes in the order of recording.
func (n *Network) place(slot uint32) live.ClaimRow { return n.view.LinkOrderOf(n.link[slot]) }

// Bytes is the memory that the network's arrays take.
func (n *Network) Bytes() int {
	if n.base != nil {
		return n.base.Bytes() + n.ties.Bytes() + 4*(len(n.rows)+len(n.node))
	}
	return 4*(len(n.rows)+len(n.node)+len(n.outStart)+len(n.inStart)) + len(n.outTo)*(4+4+4+4+1+1+2+2)
}

var predicates = graph.Predicates()
