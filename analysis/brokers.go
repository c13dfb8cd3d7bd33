package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/community"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Grouping says what the groups are that brokers stand between.
type Grouping string

// The groupings.
const (
	// ByMembership puts an individual with the group of its best-credited
	// membership, a faction with what it is a faction of, and all else alone.
	ByMembership Grouping = "MEMBERSHIP"
	// ByCommunity takes Leiden's communities.
	ByCommunity Grouping = "COMMUNITY"
	// ByEntityKind takes kinds of entity.
	ByEntityKind Grouping = "ENTITY_KIND"
)

// Brokers is the brokers of a network.
type Brokers struct {
	Answer
	GroupedBy Grouping
	// Groups is how many groups there are.
	Groups int
	Rows   []*Broker
}

// Broker is one row: an entity and how often it stands between others, by role.
type Broker struct {
	Node  live.Entity
	Total int
	Roles []algo.BrokerRoleCount
}

// BrokersOf counts the roles of a network's entities, those that stand between
// others most often first.
func BrokersOf(n *Network, by Grouping, first int, m *work.Meter) (*Brokers, error) {
	if n.base != nil && by == ByMembership {
		return nil, graph.Invalid("NOT_TAKEN", "groupedBy", "a projected view has no memberships",
			"group by COMMUNITY or ENTITY_KIND, or leave view.project out")
	}
	out := &Brokers{GroupedBy: by, Rows: []*Broker{}}
	g, err := n.Graph(m)
	var of []algo.Label
	if err == nil {
		of, err = n.groups(g, by, m)
	}
	if err == nil {
		for _, k := range of {
			out.Groups = max(out.Groups, int(k)+1)
		}
		var list []algo.Brokerage
		list, err = algo.Brokers(g, of, nil, m)
		slices.SortStableFunc(list, func(a, b algo.Brokerage) int {
			return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(n.ID(a.Node), n.ID(b.Node)))
		})
		for _, b := range list[:min(first, len(list))] {
			if b.Total > 0 {
				out.Rows = append(out.Rows, &Broker{n.Entity(b.Node), b.Total, b.Roles[:]})
			}
		}
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

// groups numbers the groups of the nodes.
func (n *Network) groups(g *algo.Graph, by Grouping, m *work.Meter) ([]algo.Label, error) {
	if err := m.Spend(rankSlots * n.Len()); err != nil {
		return nil, err
	}
	name := algo.Identity[algo.Label](n.Len())
	switch by {
	case ByCommunity:
		c, err := community.Leiden(g, 1, 1, m)
		return c.Of, err
	case ByEntityKind:
		for node := range name {
			name[node] = algo.Label(graph.Code(graph.EntityKinds, n.Entity(algo.Node(node)).Base().Kind()))
		}
	default:
		n.joinGroups(name)
	}
	algo.Compact(name)
	return name, nil
}

// joinGroups gives each node the group that it belongs to by its best-credited link, and
// follows that up to the top.
func (n *Network) joinGroups(name []algo.Label) {
	parent := algo.Identity[algo.Node](n.Len())
	for node := range algo.Node(n.Len()) {
		best := uint8(7)
		for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
			if c := n.credibility[slot]; predicates[n.kind[slot]].Membership && c < best {
				best, parent[node] = c, n.outTo[slot]
			}
		}
	}
	for node := range name {
		name[node] = algo.Label(topGroup(parent, algo.Node(node)))
	}
}

// topGroup follows parents up to one that is its own, or to the least of a ring: two
// groups may each be said to be a faction of the other.
func topGroup(parent []algo.Node, at algo.Node) algo.Node {
	for range parent {
		if parent[at] == at {
			return at
		}
		at = parent[at]
	}
	least := at
	for next := parent[at]; next != at; next = parent[next] {
		least = min(least, next)
	}
	return least
}
