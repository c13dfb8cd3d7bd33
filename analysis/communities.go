package analysis

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/community"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// CommunityMethod says how a network is divided.
type CommunityMethod string

// The methods.
const (
	ByLeiden           CommunityMethod = "LEIDEN"
	ByLabels           CommunityMethod = "LABEL_PROPAGATION"
	ByComponents       CommunityMethod = "COMPONENTS"
	ByStrongComponents CommunityMethod = "STRONG_COMPONENTS"
)

// labelRounds is how many rounds label propagation runs.
const labelRounds = 10

// CommunityOptions say how a network is divided, and how many communities are listed.
type CommunityOptions struct {
	Method CommunityMethod
	// Resolution is above 0 and at most 100; 1 is plain modularity.
	Resolution float64
	Seed       uint64
	First      int
}

// Communities is a network divided into communities.
type Communities struct {
	Answer
	Rows       []*Community
	Count      int
	Modularity float64
}

// Community is one community of a division.
type Community struct {
	// Number is its place by size, from 1.
	Number, Size int
	// Members are its entities, those of most links first, at most MaxMembers.
	Members []live.Entity
}

// MaxMembers is how many members of a community are listed.
const MaxMembers = 500

// CommunitiesOf divides a network and lists the first communities.
func CommunitiesOf(n *Network, o CommunityOptions, m *work.Meter) (*Communities, error) {
	if !(o.Resolution > 0 && o.Resolution <= 100) {
		return nil, graph.Invalid("OUT_OF_RANGE", "resolution",
			fmt.Sprintf("%g is not above 0 and at most 100", o.Resolution), "use 1 for plain modularity")
	}
	c, err := n.divide(o, m)
	out := &Communities{Rows: []*Community{}}
	if err == nil {
		out.fill(n, c, o.First)
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

func (out *Communities) fill(n *Network, c *community.Communities, first int) {
	out.Count, out.Modularity = len(c.Sizes), c.Modularity
	for i, size := range c.Sizes[:min(first, len(c.Sizes))] {
		out.Rows = append(out.Rows, &Community{Number: i + 1, Size: size, Members: []live.Entity{}})
	}
	for node, k := range c.Of { // nodes are by falling degree
		if int(k) < len(out.Rows) && len(out.Rows[k].Members) < MaxMembers {
			out.Rows[k].Members = append(out.Rows[k].Members, n.Entity(algo.Node(node)))
		}
	}
}

// idSlots is what a node costs that is put in the order of the ids.
const idSlots = 64

// divide divides the network; what it gives beside an error says nothing.
func (n *Network) divide(o CommunityOptions, m *work.Meter) (*community.Communities, error) {
	g, err := n.Graph(m)
	if err == nil {
		err = m.Spend(rankSlots * n.Len())
	}
	if err != nil {
		return nil, err
	}
	var of []algo.Label
	switch o.Method {
	case ByLabels:
		if err := m.Spend(idSlots * n.Len()); err != nil {
			return nil, err
		}
		of, err = community.LabelPropagation(g, labelRounds, n.idOrder(), m)
	case ByComponents:
		of, _, err = algo.Components(g, m)
	case ByStrongComponents:
		of, _, err = algo.StrongComponents(g, m)
	default:
		return community.Leiden(g, o.Resolution, o.Seed, m)
	}
	if err != nil {
		return nil, err
	}
	return community.From(g, of, o.Resolution), nil
}

// idOrder numbers the nodes by their ids, so that ties between labels do not
// depend on how nodes are numbered.
func (n *Network) idOrder() []algo.Label {
	nodes := algo.Identity[algo.Node](n.Len())
	ids := make([]graph.ID, n.Len())
	for node := range ids {
		ids[node] = n.ID(algo.Node(node))
	}
	slices.SortFunc(nodes, func(a, b algo.Node) int { return cmp.Compare(ids[a], ids[b]) })
	rank := make([]algo.Label, n.Len())
	for place, node := range nodes {
		rank[node] = algo.Label(place)
	}
	return rank
}
