package analysis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Graph is the network as a simple graph, read as its input says. The error is the meter's.
func (n *Network) Graph(m *work.Meter) (*algo.Graph, error) {
	if n.ties != nil {
		return n.ties, nil
	}
	weigh, err := n.weigher(m)
	if err == nil {
		err = m.Spend(n.Len() + readSlots*n.Links())
	}
	if err != nil {
		return nil, err
	}
	return n.read(n.input.direction(), weigh), nil
}

// readSlots is what a link costs that is laid out for a graph.
const readSlots = 4

// read reads the network as a simple graph. weigh gives the strength of the link of a
// slot; nil makes an unweighted graph.
func (n *Network) read(dir algo.Direction, weigh func(Slot) float64) *algo.Graph {
	all := func(Slot) bool { return true }
	symmetric := n.Symmetric
	if n.cut != nil {
		all = func(slot Slot) bool { return !n.cut[slot] }
		symmetric = func(slot Slot) bool { return !n.cut[slot] && n.Symmetric(slot) }
	}
	if dir == algo.Undirected {
		both := n.merge(all, all, weigh)
		return algo.FromAdjacency(both)
	}
	out, in := n.merge(all, symmetric, weigh), n.merge(symmetric, all, weigh)
	if dir == algo.Backward {
		out, in = in, out
	}
	return algo.FromAdjacencies(out, in)
}

// merge lays out, for each node, the links that start from it and those that lead
// to it, as far as they are taken. Both lists are in order, so that parallels meet.
func (n *Network) merge(takesOut, takesIn func(Slot) bool, weigh func(Slot) float64) algo.Adjacency {
	a := algo.Adjacency{Start: make([]algo.Arc, n.Len()+1), To: make([]algo.Node, 0, 2*n.Links())}
	if weigh != nil {
		a.Weight = make([]float64, 0, 2*n.Links())
	}
	for node := range algo.Node(n.Len()) {
		out, in := n.outStart[node], n.inStart[node]
		first := len(a.To)
		for out < n.outStart[node+1] || in < n.inStart[node+1] {
			var other algo.Node
			var slot Slot
			var taken bool
			if in == n.inStart[node+1] || out < n.outStart[node+1] && n.outTo[out] <= n.inFrom[in] {
				other, slot = n.outTo[out], out
				taken = takesOut(slot)
				out++
			} else {
				other, slot = n.inFrom[in], n.inSlot[in]
				taken = takesIn(slot)
				in++
			}
			if taken && other != node {
				addTie(&a, first, other, slot, weigh)
			}
		}
		a.Start[node+1] = algo.Arc(len(a.To))
	}
	a.To = slices.Clip(a.To)
	return a
}

// addTie adds a tie to the node whose list begins at first; a parallel one adds
// to the weight.
func addTie(a *algo.Adjacency, first int, other algo.Node, slot Slot, weigh func(Slot) float64) {
	last := len(a.To) - 1
	parallel := last >= first && a.To[last] == other
	if !parallel {
		a.To = append(a.To, other)
	}
	switch {
	case weigh == nil:
	case parallel:
		a.Weight[last] += weigh(slot)
	default:
		a.Weight = append(a.Weight, weigh(slot))
	}
}

// weigher gives the strength of the link of a slot; nil counts every tie 1. The error is
// the meter's.
func (n *Network) weigher(m *work.Meter) (func(Slot) float64, error) {
	switch n.input.weight() {
	case ByClaims:
		return n.weights(m, (*live.Link).AffirmedCount)
	case ByIndependentSources:
		return n.weights(m, (*live.Link).IndependentSources)
	case ByStrength:
		return n.strengths(m)
	case ByGrade:
		return func(slot Slot) float64 { return likelihood(n.Credibility(slot)) }, nil
	}
	return nil, nil
}

// weights counts something of each link once.
func (n *Network) weights(m *work.Meter, count func(*live.Link) int) (func(Slot) float64, error) {
	return n.eachWeight(m, func(l *live.Link) float64 { return float64(count(l)) })
}

// strengths are the amounts of links. It is an error where they are of several units, or where
// a link has none: what is not known is not nothing.
func (n *Network) strengths(m *work.Meter) (func(Slot) float64, error) {
	units, without := []string{}, 0
	weigh, err := n.eachWeight(m, func(l *live.Link) float64 {
		list := l.Amounts()
		if len(list) == 0 {
			without++
			return 0
		}
		if unit := list[0].Unit; !slices.Contains(units, unit) {
			units = append(units, unit)
		}
		return list[0].Strength()
	})
	switch {
	case err != nil:
		return nil, err
	case without > 0:
		return nil, graph.Invalid("NO_AMOUNT", "view.weight",
			fmt.Sprintf("%d of the %d links of the view have no amount", without, n.Links()),
			"name in view.kinds, view.where or view.lens those that have one, or take another weight")
	case len(units) > 1:
		slices.Sort(units)
		return nil, graph.Invalid("SEVERAL_UNITS", "view.weight",
			fmt.Sprintf("the amounts of the view are in %s", strings.Join(units, ", ")),
			"name in view.kinds, view.where or view.lens links of one unit, or take another weight")
	}
	return weigh, nil
}

func (n *Network) eachWeight(m *work.Meter, weight func(*live.Link) float64) (func(Slot) float64, error) {
	values := make([]float64, n.Links())
	for slot := range values {
		if slot%readAtOnce == 0 {
			if err := m.Spend(min(readAtOnce, len(values)-slot) * live.LinkSlots); err != nil {
				return nil, err
			}
		}
		values[slot] = weight(n.Link(Slot(slot)))
	}
	return func(slot Slot) float64 { return values[slot] }, nil
}

// cutLinks are the links of bodies to incidents that they did not claim, where another body
// is joined to the incident too, and those of parties to incidents, where somebody is whom that
// does not join them with: whoever follows ties from node to node would get from the one to the
// other by them. Nil when there can be none.
func (n *Network) cutLinks() []bool {
	if !n.guarded {
		return nil
	}
	cut, mentions := make([]bool, n.Links()), n.input.passage().Guarded(false)
	for row := range n.view.EntityRowsOf(graph.Incident) {
		v := n.node[row]
		if v == algo.None || !mentions && n.parties[v] == nil {
			continue
		}
		sides := n.sides(v)
		parted := partedBy(sides)
		n.Arcs(v, func(a Arc) bool {
			cut[a.Link] = parted[sides[a.Other]]
			return true
		})
	}
	return cut
}

// partedBy are those of some sides of an incident of which the links are cut: first those of
// bodies of which no more is said than that they are named with it, where there is another body,
// then those of parties that are not joined with all who are left.
func partedBy(sides map[algo.Node]graph.Side) map[graph.Side]bool {
	bodies, parted, left := 0, map[graph.Side]bool{}, map[graph.Side]bool{}
	for _, side := range sides {
		if side.Standing() != graph.Outsider {
			bodies++
		}
	}
	for _, side := range sides {
		if parted[side] = side == graph.Mentioned && bodies > 1; !parted[side] {
			left[side] = true
		}
	}
	for side := range left {
		for other := range left {
			parted[side] = parted[side] || side.Camps() != 0 && !side.Joins(other)
		}
	}
	return parted
}

// sides are how those stand to an incident who are joined to it.
func (n *Network) sides(incident algo.Node) map[algo.Node]graph.Side {
	of, camps := map[algo.Node]graph.Side{}, n.parties[incident]
	n.Arcs(incident, func(a Arc) bool {
		side := graph.SideOf(n.kindOf(a.Other), n.Kind(a.Link), n.Bearing(a.Link), camps[a.Other])
		of[a.Other] = max(of[a.Other], side)
		return true
	})
	return of
}

// partiesOf are the camps of the nodes that are parties to incidents, by incident.
func (n *Network) partiesOf() map[algo.Node]map[algo.Node]graph.Camps {
	if !n.view.HasParties() {
		return nil
	}
	out := map[algo.Node]map[algo.Node]graph.Camps{}
	for row := range n.view.EntityRowsOf(graph.Incident) {
		if v := n.node[row]; v != algo.None {
			if camps := n.campsAmong(n.view.CampsOf(row)); len(camps) > 0 {
				out[v] = camps
			}
		}
	}
	return out
}

// campsAmong are the camps of entities by their nodes, as far as they have one.
func (n *Network) campsAmong(of map[live.EntityRow]graph.Camps) map[algo.Node]graph.Camps {
	out := map[algo.Node]graph.Camps{}
	for row, camps := range of {
		if node := n.node[row]; node != algo.None && camps != 0 {
			out[node] = camps
		}
	}
	return out
}

func (n *Network) hasParties() bool { return len(n.parties) > 0 }

func (n *Network) campsOf(incident algo.Node) map[algo.Node]graph.Camps { return n.parties[incident] }

// kindOf is the kind of the entity of a node.
func (n *Network) kindOf(node algo.Node) graph.EntityKind { return n.view.KindAt(n.rows[node]) }

// only is the network of which graphs have the links of some bearings alone.
func (n *Network) only(of graph.BearingSet) *Network {
	only := *n
	only.cut = make([]bool, n.Links())
	for slot, bearing := range n.bearing {
		only.cut[slot] = !of.HasCode(bearing)
	}
	return &only
}

// whole is the network as what counts links alone, and does not follow them, reads it.
func (n *Network) whole() *Network {
	if n.cut == nil {
		return n
	}
	whole := *n
	whole.cut = nil
	return &whole
}
