package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// PredictedLink is a tie that is not there and may be, and what speaks for it.
type PredictedLink struct {
	Source, Target live.Entity
	Score          float64
	// Shared are the neighbours of both.
	Shared []live.Entity
	// RestsOn are the links that join the two to what they share, in the order of
	// recording.
	RestsOn []*live.Link
	// JoinedBy are links of the view that join the two, and of which none was read:
	// they have other bearings, or are disputed.
	JoinedBy []*live.Link
}

// Undisputed is the input less links that are disputed or denied.
func (r *ViewInput) Undisputed() *ViewInput {
	return r.eachLens(func(lens graph.Lens) graph.Lens {
		no := false
		lens.IncludeDisputed, lens.IncludeDenied = &no, nil
		return lens
	})
}

// PredictionOptions says how ties are predicted.
type PredictionOptions struct {
	Method algo.Predictor
	// Concurrent has a neighbour shared only where both may have been joined to it on
	// one day.
	Concurrent bool
	First      int
}

// PredictLinks predicts ties of entities, best first over all of them: never between one
// who was harmed and one who did it, through the harm, nor between bodies by an
// incident that they did not both claim. The links that join two already are looked
// for in the views. With an ErrBudget what was scored by then is returned beside it.
func PredictLinks(
	n *Network, views []*live.View, of []graph.ID, o PredictionOptions, m *work.Meter,
) ([]*PredictedLink, error) {
	nodes, err := n.NodesOf("of", of)
	if err != nil {
		return nil, err
	}
	out := []*PredictedLink{}
	n = n.whole()
	g, err := n.Graph(m)
	if err != nil {
		return out, err
	}
	g = g.Undirected() // once, for all of them
	var found []prediction
	for _, node := range nodes {
		var list []algo.Prediction
		list, err = algo.Predict(g, node, o.Method, n.joins(node, o.Concurrent, m), o.First, m)
		for _, p := range list {
			found = append(found, prediction{p, node})
		}
		if err != nil {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b prediction) int { return cmp.Compare(b.Score, a.Score) })
	for _, p := range found[:min(o.First, len(found))] {
		row, told := n.predicted(p, views, m)
		if told != nil {
			return out, cmp.Or(err, told)
		}
		out = append(out, row)
	}
	return out, err
}

// prediction is one of a node.
type prediction struct {
	algo.Prediction
	of algo.Node
}

// predicted is a prediction with what it rests on. The error is the meter's.
func (n *Network) predicted(p prediction, views []*live.View, m *work.Meter) (*PredictedLink, error) {
	out := &PredictedLink{Source: n.Entity(p.of), Target: n.Entity(p.Node), Score: p.Score, Shared: n.entities(p.Shared)}
	var slots []Slot
	for _, w := range p.Shared {
		slots = append(append(slots, n.slotsBetween(p.of, w)...), n.slotsBetween(p.Node, w)...)
	}
	var err error
	if out.RestsOn, err = n.linksOf(slots, m); err != nil {
		return nil, err
	}
	from, to := out.Source, out.Target
	if n.Degree(p.of) > n.Degree(p.Node) {
		from, to = to, from
	}
	out.JoinedBy, err = joining(views, from, to, m)
	return out, err
}

// joining are the links of some views between two entities, each as the first that has it reads
// it.
func joining(views []*live.View, from, to live.Entity, m *work.Meter) ([]*live.Link, error) {
	out, told := []*live.Link{}, map[graph.ID]bool{}
	for _, v := range views {
		e, ok := v.Within(m).Entity(from.Base().ID())
		if !ok {
			continue
		}
		e.Base().EachLink(nil, live.Both, func(l *live.Link) bool {
			if l.Other().Base().ID() == to.Base().ID() && !told[l.ID()] {
				told[l.ID()] = true
				out = append(out, l)
			}
			return m.Continue(live.LinkSlots)
		})
	}
	return out, m.Err()
}

// linksOf are the links of some slots, each once, in the order of recording. The error is
// the meter's.
func (n *Network) linksOf(slots []Slot, m *work.Meter) ([]*live.Link, error) {
	if n.base != nil {
		return n.base.linksOf(slots, m)
	}
	slices.SortFunc(slots, func(x, y Slot) int { return cmp.Compare(n.order(x), n.order(y)) })
	slots = slices.Compact(slots)
	if err := m.Spend(live.LinkSlots * len(slots)); err != nil {
		return nil, err
	}
	out := make([]*live.Link, len(slots))
	for i, slot := range slots {
		out[i] = n.Link(slot)
	}
	return out, nil
}

// slotsBetween are the slots of the links between two nodes; of a projected network those
// of its base between either and what they share.
func (n *Network) slotsBetween(a, b algo.Node) (out []Slot) {
	if n.base == nil {
		n.Arcs(a, func(s Arc) bool {
			if s.Other == b {
				out = append(out, s.Link)
			}
			return true
		})
		return out
	}
	near := map[algo.Node][]Slot{}
	base := [2]algo.Node{n.base.node[n.rows[a]], n.base.node[n.rows[b]]}
	n.base.Arcs(base[0], func(s Arc) bool {
		if slices.Contains(n.input.Project.By, n.base.Entity(s.Other).Base().Kind()) {
			near[s.Other] = append(near[s.Other], s.Link)
		}
		return true
	})
	n.base.Arcs(base[1], func(s Arc) bool {
		if list := near[s.Other]; list != nil {
			out = append(append(out, list...), s.Link)
		}
		return true
	})
	return out
}

// standing is how somebody stands to an incident, by all links that join them.
type standing struct {
	side graph.Side
	// acted is of who did it or is said to have, harmed of others to whom it happened,
	// spoke of who said something about it.
	acted, harmed, spoke bool
}

// joins reports whether two who are joined to an incident standing so are joined by it.
func (p standing) joins(other standing) bool {
	return p.side.Joins(other.side) && !p.parts(other) && !other.parts(p)
}

// parts reports whether the harm stands between one who was harmed and another.
func (p standing) parts(other standing) bool {
	return p.harmed && !other.harmed && (other.acted || other.spoke)
}

// standings are those of all that are joined to an incident.
func (n *Network) standings(incident algo.Node) map[algo.Node]standing {
	out, camps := map[algo.Node]standing{}, n.campsOf(incident)
	n.Arcs(incident, func(a Arc) bool {
		p, bearing := out[a.Other], n.Bearing(a.Link)
		if p.side = graph.Outsider; n.guarded {
			p.side = max(out[a.Other].side, graph.SideOf(n.kindOf(a.Other), n.Kind(a.Link), bearing, camps[a.Other]))
		}
		switch bearing {
		case graph.BearingResponsibility, graph.BearingAttribution:
			p.acted = true
		case graph.BearingHarm, graph.BearingHostility:
			p.harmed = true
		case graph.BearingSpeech:
			p.spoke = true
		}
		out[a.Other] = p
		return true
	})
	for node, p := range out {
		p.harmed = p.harmed && !p.acted
		out[node] = p
	}
	return out
}

// joins says which neighbours of a node join it to which others; nil when all do.
func (n *Network) joins(node algo.Node, concurrent bool, m *work.Meter) func(by, other algo.Node) bool {
	if n.base != nil {
		return nil
	}
	stand := n.standingJoins(node)
	if !concurrent {
		return stand
	}
	meets := n.meets(node, m)
	return func(by, other algo.Node) bool { return (stand == nil || stand(by, other)) && meets(by, other) }
}

// standingJoins says which incidents join a node to which others, by how they stand to them;
// nil when all do.
func (n *Network) standingJoins(node algo.Node) func(by, other algo.Node) bool {
	if n.input.Bearings == nil && !n.hasParties() {
		return nil
	}
	known := map[algo.Node]map[algo.Node]standing{}
	return func(by, other algo.Node) bool {
		standings, ok := known[by]
		if !ok {
			if n.kindOf(by) == graph.Incident {
				standings = n.standings(by)
			}
			known[by] = standings
		}
		return standings == nil || standings[node].joins(standings[other])
	}
}

// meets says which others may have been joined to a neighbour of a node on a day on which
// the node was; neighbours are asked about one after the other. With the meter used up none is
// known to be.
func (n *Network) meets(node algo.Node, m *work.Meter) func(by, other algo.Node) bool {
	var own interval.Days
	var slots map[algo.Node][]Slot // of the links of the last neighbour
	last := algo.Node(n.Len())
	return func(by, other algo.Node) bool {
		if by != last {
			last, slots = by, map[algo.Node][]Slot{}
			n.Arcs(by, func(a Arc) bool {
				slots[a.Other] = append(slots[a.Other], a.Link)
				return true
			})
			own = n.joinOn(slots[node], m)
		}
		return own.IsAlways() || own.Meet(n.joinOn(slots[other], m))
	}
}

// joinOn are the days on which one of some links may have joined its ends.
func (n *Network) joinOn(slots []Slot, m *work.Meter) (days interval.Days) {
	for _, slot := range slots {
		if m.Spend(live.LinkSlots) != nil {
			return nil
		}
		days = days.Or(n.joinsOn(slot))
	}
	return days
}

// SimilarEntity is an entity that is joined to much the same as another.
type SimilarEntity struct {
	Node  live.Entity
	Score float64
	// Shared is what both are joined to in the same way.
	Shared []*SharedFeature
}

// SharedFeature is a neighbour and how both are joined to it.
type SharedFeature struct {
	Kind      graph.Predicate
	Bearing   graph.Bearing
	Direction live.Direction
	Node      live.Entity
	// RestsOn are the links that join both to it so.
	RestsOn []*live.Link
	// Together is whether both may have been joined to it so on one day.
	Together bool
}

// SimilarTo lists the entities whose links are most like those of an entity, by
// kind, bearing, direction and neighbour. With an ErrBudget those that were scored by then
// are returned beside it.
func SimilarTo(n *Network, of graph.ID, by algo.Similarity, first int, m *work.Meter) ([]*SimilarEntity, error) {
	node, err := n.NodeOf("of", of)
	if err != nil {
		return nil, err
	}
	list, err := algo.Similar(n.signatures(), node, by, first, m)
	out := make([]*SimilarEntity, 0, len(list))
	for _, l := range list {
		row := &SimilarEntity{Node: n.Entity(l.Node), Score: l.Score, Shared: []*SharedFeature{}}
		for _, f := range l.Shared {
			shared, told := n.shared(f, node, l.Node, m)
			if told != nil {
				return out, cmp.Or(err, told)
			}
			row.Shared = append(row.Shared, shared)
		}
		out = append(out, row)
	}
	return out, err
}

// shared is a feature of two nodes, with its links. The error is the meter's.
func (n *Network) shared(f algo.Feature, a, b algo.Node, m *work.Meter) (*SharedFeature, error) {
	var own [2][]Slot
	for i, v := range []algo.Node{a, b} {
		n.Arcs(v, func(a Arc) bool {
			if n.feature(a) == f {
				own[i] = append(own[i], a.Link)
			}
			return true
		})
	}
	slots := slices.Concat(own[0], own[1])
	together := n.joinOn(own[0], m).Meet(n.joinOn(own[1], m))
	if err := m.Err(); err != nil {
		return nil, err
	}
	first := slots[0]
	links, err := n.linksOf(slots, m)
	return &SharedFeature{
		Kind: n.Kind(first), Bearing: n.Bearing(first), Node: n.Entity(f.Neighbour), RestsOn: links,
		Direction: [...]live.Direction{live.Both, live.Out, live.In}[f.Direction], Together: together,
	}, err
}

// signatures are the sets of the links of nodes as kind, direction and neighbour.
func (n *Network) signatures() algo.Signatures {
	return algo.Signatures{
		Of: func(v algo.Node, f func(algo.Feature)) {
			n.Arcs(v, func(a Arc) bool {
				if a.Other != v {
					f(n.feature(a))
				}
				return true
			})
		},
		Cost: n.Degree,
	}
}

// feature is an arc as one thing that its node is joined to: of kinds whose bearing is
// by role, what is done and what is suffered are two.
func (n *Network) feature(a Arc) algo.Feature {
	kind := n.kind[a.Link]
	if n.Bearing(a.Link) != predicates[kind].Bearing {
		kind |= 1 << 7
	}
	return algo.Feature{Kind: kind, Direction: n.directionOf(a), Neighbour: a.Other}
}

// directionOf is the direction of an arc.
func (n *Network) directionOf(a Arc) algo.Direction {
	switch {
	case n.Symmetric(a.Link):
		return algo.Undirected
	case a.Out:
		return algo.Forward
	}
	return algo.Backward
}
