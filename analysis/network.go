package analysis

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Network is the links that a view shows, as a directed multigraph: for each node
// the links that start from it and those that lead to it, both by neighbour. A
// symmetric link is kept once, from its source to its target.
type Network struct {
	view *live.View
	rows []uint32 // node -> entity row
	node []uint32 // entity row -> node, or absent

	outStart, inStart []uint32 // node -> first slot; one more at the end
	outTo, inFrom     []uint32 // slot -> neighbour
	inSlot            []uint32 // in slot -> out slot of the same link

	// By out slot:
	link        []uint32 // the view's row of the link
	kind        []uint8  // place in graph.Predicates
	credibility []uint8
	from, to    []uint16 // days of validity, see shortDay

	guarded int // links left out because they are no evidence of conduct

	// base and ties are set when entities are joined by what they share: the network
	// of their links, and what joins them instead.
	base *Network
	ties *Graph
}

const absent = ^uint32(0)

// Scope says which part of a view a network takes. The zero Scope takes every
// entity and all links that may be evidence of conduct.
type Scope struct {
	// EntityKinds and Kinds are the kinds of entities and links; nil is all.
	EntityKinds []graph.EntityKind
	Kinds       []graph.Predicate
	// Where keeps entities; nil keeps all.
	Where func(live.AnyEntity) bool
	// Around and Depth keep what lies within some steps of these entities.
	Around []graph.ID
	Depth  int
	// IncludeNonImplicative takes kinship, attendance and the like too.
	IncludeNonImplicative bool
}

// Project makes the network of a part of a view. Around with an id that is not
// there is a graph.ErrNotFound.
func Project(v *live.View, s Scope) (*Network, error) {
	n := &Network{view: v}
	keep, err := n.entities(s)
	if err != nil {
		return nil, err
	}
	facts := collect(v, s, keep)
	if !s.IncludeNonImplicative {
		facts = n.guard(facts)
	}
	if len(s.Around) > 0 {
		facts, err = around(v, s, facts, keep)
		if err != nil {
			return nil, err
		}
	}
	n.number(keep, facts)
	n.fill(facts)
	return n, nil
}

// entities says for each entity row whether the scope takes it.
func (n *Network) entities(s Scope) ([]bool, error) {
	keep := make([]bool, n.view.EntityRows())
	for e := range n.view.Entities(s.EntityKinds...) {
		if s.Where == nil || s.Where(e) {
			row, ok := n.view.EntityRow(e.Base().ID())
			keep[row] = ok
		}
	}
	return keep, nil
}

// guard leaves out the links that are no evidence of conduct, and counts them.
func (n *Network) guard(facts []live.Fact) []live.Fact {
	kept := slices.DeleteFunc(facts, func(f live.Fact) bool { return predicates[f.Kind].NonImplicative })
	n.guarded = len(facts) - len(kept)
	return kept
}

// collect gathers the facts that the scope takes, in the order in which the reader
// saw them recorded.
func collect(v *live.View, s Scope, keep []bool) []live.Fact {
	wanted := wantedKinds(s)
	parts := make([][]live.Fact, runtime.GOMAXPROCS(0))
	size := v.Rows()/uint32(len(parts)) + 1
	var wait sync.WaitGroup
	for i := range parts {
		wait.Go(func() {
			from := uint32(i) * size
			part := make([]live.Fact, 0, size)
			v.Facts(from, from+size, func(f live.Fact) {
				if wanted[f.Kind] && keep[f.Source] && keep[f.Target] {
					part = append(part, f)
				}
			})
			parts[i] = part
		})
	}
	wait.Wait()
	return inPlace(v, slices.Concat(parts...))
}

// inPlace puts facts in the order of recording that the reader may know of; for
// most readers they are in it already.
func inPlace(v *live.View, facts []live.Fact) []live.Fact {
	byPlace := func(a, b live.Fact) int { return cmp.Compare(v.LinkPlace(a.Row), v.LinkPlace(b.Row)) }
	if !v.SeesAll() && !slices.IsSortedFunc(facts, byPlace) {
		slices.SortFunc(facts, byPlace)
	}
	return facts
}

func wantedKinds(s Scope) []bool {
	vocabulary := graph.Predicates()
	wanted := make([]bool, len(vocabulary))
	for i, p := range vocabulary {
		wanted[i] = p.IsLink() && (s.Kinds == nil || slices.Contains(s.Kinds, p.Name))
	}
	return wanted
}

// around keeps the facts between entities within the scope's depth, and clears
// keep for all others.
func around(v *live.View, s Scope, facts []live.Fact, keep []bool) ([]live.Fact, error) {
	depth := make([]int, len(keep))
	for i := range depth {
		depth[i] = -1
	}
	for _, id := range s.Around {
		row, ok := v.EntityRow(id)
		if !ok {
			return nil, graph.NotFound("view.around", id)
		}
		depth[row], keep[row] = 0, true
	}
	for d := range s.Depth {
		for i := range facts {
			a, b := facts[i].Source, facts[i].Target
			if depth[a] == d && depth[b] < 0 {
				depth[b] = d + 1
			}
			if depth[b] == d && depth[a] < 0 {
				depth[a] = d + 1
			}
		}
	}
	for row := range keep {
		keep[row] = keep[row] && depth[row] >= 0
	}
	return slices.DeleteFunc(facts, func(f live.Fact) bool { return !keep[f.Source] || !keep[f.Target] }), nil
}

// number gives the entities that are kept their nodes, by falling degree and then
// by row.
func (n *Network) number(keep []bool, facts []live.Fact) {
	degree := make([]uint32, len(keep))
	for i := range facts {
		degree[facts[i].Source]++
		degree[facts[i].Target]++
	}
	for row, kept := range keep {
		if kept {
			n.rows = append(n.rows, uint32(row))
		}
	}
	slices.SortFunc(n.rows, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(degree[b], degree[a]), cmp.Compare(a, b))
	})
	n.node = make([]uint32, len(keep))
	for row := range n.node {
		n.node[row] = absent
	}
	for node, row := range n.rows {
		n.node[row] = uint32(node)
	}
}

// fill lays the links out by source and by target. Two counting sorts leave both
// sides ordered by neighbour.
func (n *Network) fill(facts []live.Fact) {
	order := n.byTarget(facts)
	n.outStart = make([]uint32, len(n.rows)+1)
	for i := range facts {
		n.outStart[n.node[facts[i].Source]+1]++
	}
	accumulate(n.outStart)
	m := len(facts)
	n.outTo, n.link = make([]uint32, m), make([]uint32, m)
	n.kind, n.credibility = make([]uint8, m), make([]uint8, m)
	n.from, n.to = make([]uint16, m), make([]uint16, m)
	next := slices.Clone(n.outStart)
	for _, i := range order {
		f := &facts[i]
		source := n.node[f.Source]
		slot := next[source]
		next[source]++
		n.outTo[slot], n.link[slot] = n.node[f.Target], f.Row
		n.kind[slot], n.credibility[slot] = uint8(f.Kind), f.Credibility
		n.from[slot], n.to[slot] = shortDay(f.Times.Earliest), shortDay(f.Times.Latest)
	}
	n.reverse()
}

// byTarget is the order of facts by target, ties by row.
func (n *Network) byTarget(facts []live.Fact) []uint32 {
	start := make([]uint32, len(n.rows)+1)
	for i := range facts {
		start[n.node[facts[i].Target]+1]++
	}
	accumulate(start)
	order := make([]uint32, len(facts))
	for i := range facts {
		target := n.node[facts[i].Target]
		order[start[target]] = uint32(i)
		start[target]++
	}
	return order
}

// reverse lays the same links out by target.
func (n *Network) reverse() {
	n.inStart = make([]uint32, len(n.rows)+1)
	for _, to := range n.outTo {
		n.inStart[to+1]++
	}
	accumulate(n.inStart)
	n.inFrom, n.inSlot = make([]uint32, len(n.outTo)), make([]uint32, len(n.outTo))
	next := slices.Clone(n.inStart)
	for node := range n.rows {
		for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
			to := n.outTo[slot]
			n.inFrom[next[to]], n.inSlot[next[to]] = uint32(node), slot
			next[to]++
		}
	}
}

func accumulate(start []uint32) {
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
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
	if !ok || n.node[row] == absent {
		return 0, false
	}
	return n.node[row], true
}

// Entity is the entity of a node.
func (n *Network) Entity(node uint32) live.AnyEntity { return n.view.EntityAt(n.rows[node]) }

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
func (n *Network) place(slot uint32) uint32 { return n.view.LinkPlace(n.link[slot]) }

// Bytes is the memory that the network's arrays take.
func (n *Network) Bytes() int {
	if n.base != nil {
		return n.base.Bytes() + n.ties.Bytes() + 4*(len(n.rows)+len(n.node))
	}
	return 4*(len(n.rows)+len(n.node)+len(n.outStart)+len(n.inStart)) + len(n.outTo)*(4+4+4+4+1+1+2+2)
}

var predicates = graph.Predicates()
