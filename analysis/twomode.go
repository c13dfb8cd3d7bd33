package analysis

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// TwoModeOptions say what is projected.
type TwoModeOptions struct {
	// First are the kinds of entities that are joined, Second those that join them;
	// no kind is in both.
	First, Second []graph.EntityKind
	Weight        algo.Projection
	// Alpha keeps only ties that the disparity filter finds significant at this
	// level, above 0 and below 1; 0 keeps all.
	Alpha float64
}

func (o *TwoModeOptions) check() error {
	switch {
	case o.Weight != algo.PlainProjection && o.Weight != algo.NewmanProjection && o.Weight != algo.HyperbolicProjection:
		return graph.Invalid("UNKNOWN_VALUE", "weight", fmt.Sprintf("%q is not known", string(o.Weight)),
			"use a weight that the schema lists")
	case !(o.Alpha >= 0 && o.Alpha < 1):
		return graph.Invalid("OUT_OF_RANGE", "alpha", fmt.Sprintf("%g is not 0 or more and less than 1", o.Alpha),
			"use 0.05, or 0 to keep all ties")
	case len(o.First) == 0 || len(o.Second) == 0:
		return graph.Invalid("MISSING", "join, by", "each mode needs a kind of entity", "name who is joined, and by what")
	}
	for _, kind := range o.First {
		if slices.Contains(o.Second, kind) {
			return graph.Invalid("SAME_KIND", "by", fmt.Sprintf("%s is joined too", kind), "name kinds that join does not have")
		}
	}
	return nil
}

// TwoMode is entities joined by what they share.
type TwoMode struct {
	Answer
	// Ties are the strongest first, at most as many as asked for; Count is how many
	// there are, Dropped how many the filter took away.
	Ties           []*SharedTie
	Count, Dropped int
}

// SharedTie is two entities and what they share.
type SharedTie struct {
	A, B         live.Entity
	Weight       float64
	Significance float64
	Shared       []live.Entity
}

// TwoModeOf projects a network of two modes onto the first and lists the strongest
// ties.
func TwoModeOf(n *Network, o TwoModeOptions, first int, m *work.Meter) (*TwoMode, error) {
	n = n.whole()
	t, err := n.projectTwoMode(o, m)
	if t == nil {
		return nil, err
	}
	out := &TwoMode{Ties: []*SharedTie{}, Count: len(t.Ties), Dropped: t.Dropped}
	ties := slices.Clone(t.Ties)
	slices.SortStableFunc(ties, func(a, b algo.SharedTie) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, tie := range ties[:min(first, len(ties))] {
		out.Ties = append(out.Ties,
			&SharedTie{n.Entity(t.first[tie.A]), n.Entity(t.first[tie.B]), tie.Weight, tie.Significance, t.entities(tie.Shared)})
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

// twoModes is a projection, and which nodes of the network its two modes have,
// ascending: all of the first, also those that share nothing.
type twoModes struct {
	*algo.TwoMode
	network       *Network
	first, second []algo.Node
}

// entities are the entities of nodes of the second mode.
func (t *twoModes) entities(nodes []algo.Node) []live.Entity {
	out := make([]live.Entity, len(nodes))
	for i, node := range nodes {
		out[i] = t.network.Entity(t.second[node])
	}
	return out
}

// projectTwoMode projects the network onto entities of the first mode; see
// ProjectTwoMode.
func (n *Network) projectTwoMode(o TwoModeOptions, m *work.Meter) (*twoModes, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	t := &twoModes{network: n, first: []algo.Node{}}
	in := t.incidence(t.modes(o))
	if err := m.Spend(n.Len() + readSlots*n.Links()); err != nil {
		t.TwoMode = &algo.TwoMode{Graph: algo.FromEdges(len(t.first), nil, false, true), Ties: []algo.SharedTie{}}
		return t, err
	}
	var err error
	t.TwoMode, err = algo.ProjectTwoMode(in, o.Weight, o.Alpha, m)
	return t, err
}

// mode is where a node of the network stands.
type mode struct {
	second bool
	place  algo.Node // in its mode; None when it has none
}

// modes sorts the network's nodes into the modes.
func (t *twoModes) modes(o TwoModeOptions) []mode {
	modes := make([]mode, t.network.Len())
	for v := range algo.Node(len(modes)) {
		switch kind := t.network.kindOf(v); {
		case slices.Contains(o.First, kind):
			modes[v] = mode{place: algo.Node(len(t.first))}
			t.first = append(t.first, v)
		case slices.Contains(o.Second, kind):
			modes[v] = mode{second: true, place: algo.Node(len(t.second))}
			t.second = append(t.second, v)
		default:
			modes[v].place = algo.None
		}
	}
	return modes
}

// incidence notes which nodes of the modes the network joins. Direction does not count, nor
// how many links join the same two.
func (t *twoModes) incidence(modes []mode) algo.Incidence {
	in, camps := algo.Incidence{First: make([][]algo.Node, len(t.first))}, campsOf(t)
	for a, v := range t.first {
		t.network.Arcs(v, func(arc Arc) bool {
			if other := modes[arc.Other]; other.second && other.place != algo.None {
				in.First[a] = append(in.First[a], camps.place(arc.Other, v, other.place))
			}
			return true
		})
		slices.Sort(in.First[a])
		in.First[a] = slices.Compact(in.First[a])
	}
	in.Second = len(t.second)
	return in
}

// camps are those into which incidents divide whom they would join: what a place of the
// second mode does not join stands at different places.
type camps struct {
	*twoModes
	standings map[algo.Node]map[algo.Node]standing
	places    map[camp]algo.Node
}

// camp is an incident, and a side of it; of a body that did not claim it, the body itself.
type camp struct {
	incident, body algo.Node
	acted, harmed  bool
	party          graph.Camps
}

func campsOf(t *twoModes) *camps {
	return &camps{t, map[algo.Node]map[algo.Node]standing{}, map[camp]algo.Node{}}
}

// place is where a node of the second mode joins one of the first: commonly its own place.
func (c *camps) place(second, first, own algo.Node) algo.Node {
	n := c.network
	if n.input.Bearings == nil && !n.hasParties() || n.kindOf(second) != graph.Incident {
		return own
	}
	if c.standings[second] == nil {
		c.standings[second] = n.standings(second)
	}
	p := c.standings[second][first]
	of := camp{second, algo.None, p.acted, p.harmed, p.side.Camps()}
	if p.side == graph.Mentioned {
		of = camp{incident: second, body: first}
	}
	place, ok := c.places[of]
	if !ok {
		place = algo.Node(len(c.second))
		c.second = append(c.second, second)
		c.places[of] = place
	}
	return place
}

// ProjectionInput says who is joined in a network of two modes, and by what.
type ProjectionInput struct {
	// Join are the kinds of entities that are joined, By those that join them.
	Join, By []graph.EntityKind
	// Weight is PlainProjection without it, Alpha keeps all ties without it.
	Weight *algo.Projection
	Alpha  *float64
}

func (j *ProjectionInput) options() TwoModeOptions {
	o := TwoModeOptions{First: j.Join, Second: j.By, Weight: algo.PlainProjection}
	if j.Weight != nil {
		o.Weight = *j.Weight
	}
	if j.Alpha != nil {
		o.Alpha = *j.Alpha
	}
	return o
}

// checkProjection reports what of the input a projection cannot take.
func (r *ViewInput) checkProjection() error {
	if r.Project == nil {
		return nil
	}
	refuse := func(field, why, remedy string) error { return graph.Invalid("NOT_TAKEN", "view."+field, why, remedy) }
	if r.direction() != algo.Undirected {
		return refuse("direction", "what two share has no direction", "leave direction out")
	}
	if r.Weight != nil && *r.Weight != Unweighted {
		return refuse("weight", "ties of entities that share others weigh what project.weight says", "leave weight out")
	}
	return nil
}

// projected is the network of the entities of one mode, joined by what they share of
// the other. Joining more than the meter allows is a graph.ErrInvalid: half a
// network would pass for a whole one.
func (n *Network) projected(m *work.Meter) (*Network, error) {
	t, err := n.projectTwoMode(n.input.Project.options(), m)
	if errors.Is(err, work.ErrBudget) {
		return nil, graph.Invalid("TOO_MUCH", "view.project",
			"so many share the same that joining them takes more than the work budget",
			"narrow the view, or leave out the kinds that join most")
	}
	if err != nil {
		return nil, inProjection(err)
	}
	out := &Network{
		view: n.view, input: n.input, base: n, ties: t.Graph, excluded: n.excluded,
		rows: make([]live.EntityRow, len(t.first)), node: make([]algo.Node, len(n.node)),
	}
	for row := range out.node {
		out.node[row] = algo.None
	}
	for node, of := range t.first {
		out.rows[node] = n.rows[of]
		out.node[n.rows[of]] = algo.Node(node)
	}
	out.outStart, out.inStart = make([]Slot, len(out.rows)+1), make([]Slot, len(out.rows)+1)
	return out, nil
}

// inProjection says that what is wrong is wrong in view.project.
func inProjection(err error) error {
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	p := invalid.Problems[0]
	return graph.Invalid(p.Code, "view.project."+p.Path, p.Message, p.Remedy)
}
