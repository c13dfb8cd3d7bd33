package analysis

import (
	"cmp"
	"errors"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/community"
	"github.com/rabta/rabta/algo/signed"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Answer is what every answer about a network says beside its result.
type Answer struct {
	NodeCount, LinkCount int
	Excluded             []live.Exclusion
	// Partial says why the answer is not complete; nil when it is.
	Partial *live.Truncation
	// Work is the link slots read.
	Work int
}

// answer closes an answer: a used-up budget makes it partial, other errors stay
// errors.
func (n *Network) answer(m *algo.Meter, err error) (Answer, error) {
	a := Answer{NodeCount: n.Len(), LinkCount: n.Links(), Excluded: n.Excluded(), Work: int(m.Used())}
	a.Partial, err = partialBy(err)
	return a, err
}

// named are the entities of nodes, in their order.
func (n *Network) named(nodes []algo.Node) []live.Entity {
	out := make([]live.Entity, len(nodes))
	for i, node := range nodes {
		out[i] = n.Entity(node)
	}
	return out
}

// Shape is the structure of a network, with its weak points by name.
type Shape struct {
	Answer
	*algo.Structure
	// MaxCore is the greatest core number, Core the members of that core.
	MaxCore int
	Core    []live.Entity
	// Cutpoints are the entities whose removal splits their part, those that
	// fragment most first, Bridges the ties that do; at most MaxMembers of each.
	Cutpoints []*Cutpoint
	Bridges   []*EntityPair
	// Blocks are the biconnected parts of three entities or more, largest first and
	// then by the ids of their members, at most MaxBlocks; BlockCount is how many
	// there are.
	Blocks     []*Block
	BlockCount int
	// CoreSize and CoreFit are those of the best core-periphery division found.
	CoreSize int
	CoreFit  float64
}

// Cutpoint is an entity whose removal splits its part of the network.
type Cutpoint struct {
	Node live.Entity
	// Fragmentation is the share of pairs of the others that cannot reach each
	// other without it.
	Fragmentation float64
}

// Block is a part that no single removal splits.
type Block struct {
	Size int
	// Members are at most MaxMembers, by id.
	Members []live.Entity
}

// MaxBlocks is how many blocks are told.
const MaxBlocks = 20

// EntityPair is two entities.
type EntityPair struct{ A, B live.Entity }

// ShapeOf measures a network's structure.
func ShapeOf(n *Network, r *Request, seed uint64, m *algo.Meter) (*Shape, error) {
	g := r.Graph(n)
	s := &Shape{Core: []live.Entity{}, Cutpoints: []*Cutpoint{}, Bridges: []*EntityPair{}, Blocks: []*Block{}}
	err := s.measure(n, g, seed, m)
	s.Answer, err = n.answer(m, err)
	return s, err
}

func (s *Shape) measure(n *Network, g *algo.Graph, seed uint64, m *algo.Meter) (err error) {
	if s.Structure, err = algo.StructureOf(g, seed, m); err != nil {
		return err
	}
	cores, err := algo.Cores(g, m)
	if err != nil {
		return err
	}
	for _, c := range cores {
		s.MaxCore = max(s.MaxCore, c)
	}
	for node, c := range cores {
		if c == s.MaxCore && s.MaxCore > 0 && len(s.Core) < MaxMembers {
			s.Core = append(s.Core, n.Entity(algo.Node(node)))
		}
	}
	cut, err := algo.Cutpoints(g, m)
	if err != nil {
		return err
	}
	s.cuts(n, cut)
	division, err := algo.CoreAndPeriphery(g, seed, m)
	s.CoreSize, s.CoreFit = division.Size, division.Correlation
	return err
}

func (s *Shape) cuts(n *Network, cut *algo.Cut) {
	for _, node := range n.byValueAndName(cut.Fragmentation, n.Len()) {
		if cut.Points[node] && len(s.Cutpoints) < MaxMembers {
			s.Cutpoints = append(s.Cutpoints, &Cutpoint{n.Entity(node), cut.Fragmentation[node]})
		}
	}
	for _, b := range cut.Bridges[:min(len(cut.Bridges), MaxMembers)] {
		s.Bridges = append(s.Bridges, &EntityPair{n.Entity(b[0]), n.Entity(b[1])})
	}
	s.blocks(n, cut.Blocks)
}

func (s *Shape) blocks(n *Network, blocks [][]algo.Node) {
	byID := func(a, b algo.Node) int { return compareIDs(n.ID(a), n.ID(b)) }
	var wide [][]algo.Node
	for _, b := range blocks {
		if len(b) > 2 {
			wide = append(wide, slices.SortedFunc(slices.Values(b), byID))
		}
	}
	slices.SortFunc(wide, func(a, b []algo.Node) int { return cmp.Or(cmp.Compare(len(b), len(a)), slices.CompareFunc(a, b, byID)) })
	s.BlockCount = len(wide)
	for _, b := range wide[:min(len(wide), MaxBlocks)] {
		s.Blocks = append(s.Blocks, &Block{len(b), n.named(b[:min(len(b), MaxMembers)])})
	}
}

// KeyPlayerSet is the best set of entities for a goal.
type KeyPlayerSet struct {
	Answer
	*algo.KeyPlayers
	Goal    algo.KeyPlayerGoal
	Members []live.Entity
}

// KeyPlayersOf finds the best set of entities of a network for a goal.
func KeyPlayersOf(n *Network, r *Request, o algo.KeyPlayerOptions, m *algo.Meter) (*KeyPlayerSet, error) {
	found, err := algo.FindKeyPlayers(r.Graph(n), o, m)
	if err != nil && !errors.Is(err, algo.ErrBudget) {
		return nil, err
	}
	out := &KeyPlayerSet{KeyPlayers: found, Goal: o.Goal, Members: n.named(found.Nodes)}
	out.Answer, err = n.answer(m, err)
	return out, err
}

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

// BrokerTable is the brokers of a network.
type BrokerTable struct {
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
func BrokersOf(n *Network, r *Request, by Grouping, first int, m *algo.Meter) (*BrokerTable, error) {
	if n.base != nil && by == ByMembership {
		return nil, graph.Invalid("NOT_TAKEN", "groupedBy", "a projected view has no memberships", "group by COMMUNITY or ENTITY_KIND, or leave view.project out")
	}
	g := r.Graph(n)
	out := &BrokerTable{GroupedBy: by, Rows: []*Broker{}}
	of, err := n.groups(g, by, m)
	if err == nil {
		for _, k := range of {
			out.Groups = max(out.Groups, int(k)+1)
		}
		var list []algo.Brokerage
		list, err = algo.Brokers(g, of, nil, m)
		slices.SortStableFunc(list, func(a, b algo.Brokerage) int {
			return cmp.Or(cmp.Compare(b.Total, a.Total), compareIDs(n.ID(a.Node), n.ID(b.Node)))
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
func (n *Network) groups(g *algo.Graph, by Grouping, m *algo.Meter) ([]algo.Label, error) {
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
		n.join(name)
	}
	algo.Compact(name)
	return name, nil
}

// join gives each node the group that it belongs to by its best-credited link, and
// follows that up to the top.
func (n *Network) join(name []algo.Label) {
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
		name[node] = algo.Label(topOf(parent, algo.Node(node)))
	}
}

// topOf follows parents up to one that is its own, or to the least of a ring: two
// groups may each be told to be a faction of the other.
func topOf(parent []algo.Node, at algo.Node) algo.Node {
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

// BalanceReport is the balance of the friendly and hostile ties of a network.
type BalanceReport struct {
	Answer
	Census     signed.TriadCensus
	Degree     float64
	Unbalanced []*NamedTriad
	Frenemies  []*EntityPair
	// Frustration is how many ties speak against the two camps, LowerBound how many
	// speak against any two; Exact when no other two do better.
	Frustration, LowerBound int
	Exact                   bool
	// CampA and CampB are the two factions of each part, Against the ties that
	// speak against them.
	CampA, CampB []live.Entity
	Against      []*EntityPair
}

// NamedTriad is three entities all joined, and the signs between them.
type NamedTriad struct {
	A, B, C    live.Entity
	AB, AC, BC TieSign
}

// BalanceOf judges the balance of a network; first is how many unbalanced triads
// are listed.
func BalanceOf(n *Network, first int, seed uint64, m *algo.Meter) (*BalanceReport, error) {
	b, err := signed.Balance(n.Signed(), first, seed, m)
	out := &BalanceReport{Census: b.Census, Degree: b.Degree, Unbalanced: []*NamedTriad{}, Frenemies: n.pairs(b.Frenemies), CampA: []live.Entity{}, CampB: []live.Entity{}, Against: []*EntityPair{}}
	for _, t := range b.Unbalanced {
		out.Unbalanced = append(out.Unbalanced, &NamedTriad{n.Entity(t.A), n.Entity(t.B), n.Entity(t.C), signWord(t.AB), signWord(t.AC), signWord(t.BC)})
	}
	if f := b.Factions; f != nil {
		out.Frustration, out.LowerBound, out.Exact, out.Against = f.Frustration, f.LowerBound, f.Exact, n.pairs(f.Against)
		for node, camp := range f.Of {
			switch camp {
			case 1:
				out.CampA = append(out.CampA, n.Entity(algo.Node(node)))
			case 2:
				out.CampB = append(out.CampB, n.Entity(algo.Node(node)))
			}
		}
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

// TieSign is a sign in words.
type TieSign string

// The signs in words.
const (
	Friend TieSign = "FRIENDLY"
	Foe    TieSign = "HOSTILE"
)

func signWord(s signed.Sign) TieSign {
	if s > 0 {
		return Friend
	}
	return Foe
}

func (n *Network) pairs(list [][2]algo.Node) []*EntityPair {
	out := make([]*EntityPair, len(list))
	for i, p := range list {
		out[i] = &EntityPair{n.Entity(p[0]), n.Entity(p[1])}
	}
	return out
}

// PredictedLink is a tie that is not there and may be, and what speaks for it.
type PredictedLink struct {
	Source, Target live.Entity
	Score          float64
	// Shared are the neighbours of both.
	Shared []live.Entity
}

// PredictOf predicts ties of entities, best first over all of them. With an
// ErrBudget what was scored by then is returned beside it.
func PredictOf(n *Network, r *Request, of []graph.ID, by algo.Predictor, first int, m *algo.Meter) ([]*PredictedLink, error) {
	nodes, err := n.NodesOf("of", of)
	if err != nil {
		return nil, err
	}
	g := r.Graph(n)
	out := []*PredictedLink{}
	for _, node := range nodes {
		var list []algo.Prediction
		list, err = algo.Predict(g, node, by, first, m)
		for _, p := range list {
			out = append(out, &PredictedLink{n.Entity(node), n.Entity(p.Node), p.Score, n.named(p.Shared)})
		}
		if err != nil {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b *PredictedLink) int { return cmp.Compare(b.Score, a.Score) })
	return out[:min(first, len(out))], err
}
