package analysis

import (
	"errors"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Joining says who is joined in a network of two modes, and by what.
type Joining struct {
	// Join are the kinds of entities that are joined, By those that join them.
	Join, By []graph.EntityKind
	// Weight is PlainProjection without it, Alpha keeps all ties without it.
	Weight *algo.Projection
	Alpha  *float64
}

func (j *Joining) options() TwoModeOptions {
	o := TwoModeOptions{First: j.Join, Second: j.By, Weight: algo.PlainProjection}
	if j.Weight != nil {
		o.Weight = *j.Weight
	}
	if j.Alpha != nil {
		o.Alpha = *j.Alpha
	}
	return o
}

// projects reports what of the request a projection cannot take.
func (r *Request) projects() error {
	refuse := func(field, why, remedy string) error { return graph.Invalid("NOT_TAKEN", "view."+field, why, remedy) }
	if r.direction() != algo.Undirected {
		return refuse("direction", "what two share has no direction", "leave direction out")
	}
	if r.Weight != nil && *r.Weight != Unweighted {
		return refuse("weight", "ties of entities that share others weigh what project.weight says", "leave weight out")
	}
	return nil
}

// joined is the network of the entities of one mode, joined by what they share of
// the other. Joining more than the meter allows is a graph.ErrInvalid: half a
// network would pass for a whole one.
func (n *Network) joined(j *Joining, m *algo.Meter) (*Network, error) {
	t, err := n.projectTwoMode(j.options(), m)
	if errors.Is(err, algo.ErrBudget) {
		return nil, graph.Invalid("TOO_MUCH", "view.project", "so many share the same that joining them takes more than the work budget", "narrow the view, or leave out the kinds that join most")
	}
	if err != nil {
		return nil, inProject(err)
	}
	out := &Network{view: n.view, base: n, ties: t.Graph, excluded: n.excluded, rows: make([]live.EntityRow, len(t.first)), node: make([]algo.Node, len(n.node))}
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

// inProject says that what is wrong is wrong in view.project.
func inProject(err error) error {
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	p := invalid.Problems[0]
	return graph.Invalid(p.Code, "view.project."+p.Path, p.Message, p.Remedy)
}
