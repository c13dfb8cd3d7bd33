package analysis

import (
	"fmt"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/community"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
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

// Division is a network divided into communities.
type Division struct {
	Rows                 []*Community
	Count                int
	Modularity           float64
	NodeCount, LinkCount int
	Excluded             []live.Exclusion
	Partial              *live.Truncation
	Work                 int
}

// Community is one community of a division.
type Community struct {
	// Number is its place by size, from 1.
	Number, Size int
	// Members are its entities, those of most links first, at most MaxMembers.
	Members []live.Entity
}

// MaxMembers is how many members of a community are told.
const MaxMembers = 500

// Divide divides a network and tells the first communities.
func Divide(n *Network, r *Request, method CommunityMethod, resolution float64, seed uint64, first int, m *algo.Meter) (*Division, error) {
	if !(resolution > 0 && resolution <= 100) {
		return nil, graph.Invalid("OUT_OF_RANGE", "resolution", fmt.Sprintf("%g is not above 0 and at most 100", resolution), "use 1 for plain modularity")
	}
	g := r.Graph(n)
	c, err := divide(n, g, method, resolution, seed, m)
	d := &Division{Rows: []*Community{}, NodeCount: n.Len(), LinkCount: n.Links(), Excluded: n.Excluded(), Work: int(m.Used())}
	if d.Partial, err = partialBy(err); d.Partial != nil {
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	d.Count, d.Modularity = len(c.Sizes), c.Modularity
	for i, size := range c.Sizes[:min(first, len(c.Sizes))] {
		d.Rows = append(d.Rows, &Community{Number: i + 1, Size: size, Members: []live.Entity{}})
	}
	for node, k := range c.Of { // nodes are by falling degree
		if int(k) < len(d.Rows) && len(d.Rows[k].Members) < MaxMembers {
			d.Rows[k].Members = append(d.Rows[k].Members, n.Entity(algo.Node(node)))
		}
	}
	return d, nil
}

func divide(n *Network, g *algo.Graph, method CommunityMethod, resolution float64, seed uint64, m *algo.Meter) (*community.Communities, error) {
	switch method {
	case ByLabels:
		of, err := community.LabelPropagation(g, labelRounds, n.idOrder(), m)
		return divided(g, of, resolution), err
	case ByComponents:
		of, _, err := algo.Components(g, m)
		return divided(g, of, resolution), err
	case ByStrongComponents:
		of, _, err := algo.StrongComponents(g, m)
		return divided(g, of, resolution), err
	}
	return community.Leiden(g, resolution, seed, m)
}

func divided(g *algo.Graph, name []algo.Label, resolution float64) *community.Communities {
	c := &community.Communities{}
	c.Of, c.Sizes = algo.BySize(name)
	c.Modularity = community.Modularity(g.Undirected(), c.Of, resolution)
	return c
}

// idOrder numbers the nodes by their ids, so that ties between labels do not
// depend on how nodes are numbered.
func (n *Network) idOrder() []algo.Label {
	nodes := algo.Identity[algo.Node](n.Len())
	slices.SortFunc(nodes, func(a, b algo.Node) int { return compareIDs(n.ID(a), n.ID(b)) })
	rank := make([]algo.Label, n.Len())
	for place, node := range nodes {
		rank[node] = algo.Label(place)
	}
	return rank
}
