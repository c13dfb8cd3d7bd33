package analysis

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Weight says what makes a tie strong.
type Weight string

// The weights.
const (
	// Unweighted counts every tie 1.
	Unweighted Weight = "NONE"
	// ByClaims counts the claims that affirm its links.
	ByClaims Weight = "CLAIMS"
	// ByIndependentSources counts the sources that affirm its links, those that
	// derive from one another once.
	ByIndependentSources Weight = "INDEPENDENT_SOURCES"
	// ByGrade adds up the Chance of its links.
	ByGrade Weight = "EVIDENCE"
)

// Request says which part of the graph is computed over, and how its links are
// read. A nil Request is everything, undirected and unweighted.
type Request struct {
	Lens        *graph.Lens
	EntityKinds []graph.EntityKind
	Kinds       []graph.Predicate
	Around      []graph.ID
	// Depth is how many steps around; nil is 1.
	Depth                 *int
	Where                 *live.EntityWhere
	Direction             *live.Direction
	Weight                *Weight
	IncludeNonImplicative *bool
	// Project joins entities by what they share, in place of their links.
	Project *Joining
}

// Open makes the network of the part of the reader's graph that the request names.
// It is kept for the next request of the same moment, lens and scope.
func (r *Request) Open(reader *live.Reader, cache *Cache, m *algo.Meter) (*Network, error) {
	if r == nil {
		r = &Request{}
	}
	v, err := reader.View(r.Lens)
	if err != nil {
		return nil, err
	}
	return cache.network(reader, r, func() (*Network, error) { return r.of(v, m) })
}

// OpenLinks is Open for what tells of links: a request that projects them away is
// a graph.ErrInvalid.
func (r *Request) OpenLinks(reader *live.Reader, cache *Cache) (*Network, error) {
	if err := r.linksOnly(); err != nil {
		return nil, err
	}
	return r.Open(reader, cache, nil)
}

func (r *Request) linksOnly() error {
	if r == nil || r.Project == nil {
		return nil
	}
	return graph.Invalid("NOT_TAKEN", "view.project", "this field tells of links, and entities that are joined by what they share have none",
		"leave project out, or ask measure, communities, structure, keyPlayers or predictLinks; twoMode lists what is shared")
}

// OpenPaths is OpenLinks for looking for paths: when claims came since a network of
// the same lens and scope was made, only what they touch is read.
func (r *Request) OpenPaths(reader *live.Reader, cache *Cache) (Ground, error) {
	if err := r.linksOnly(); err != nil {
		return nil, err
	}
	if r == nil {
		r = &Request{}
	}
	v, err := reader.View(r.Lens)
	if err != nil {
		return nil, err
	}
	s, err := r.scope()
	if err != nil {
		return nil, err
	}
	if n := cache.before(reader, r); n != nil {
		if p, ok := n.patch(v, s); ok {
			return p, nil
		}
	}
	return r.Open(reader, cache, nil)
}

// of is the network of a view, as the request asks.
func (r *Request) of(v *live.View, m *algo.Meter) (*Network, error) {
	scope, err := r.scope()
	if err != nil {
		return nil, err
	}
	if r.Project == nil {
		return NewNetwork(v, scope)
	}
	if err := r.projects(); err != nil {
		return nil, err
	}
	n, err := NewNetwork(v, scope)
	if err != nil {
		return nil, err
	}
	return n.joined(r.Project, m)
}

func (r *Request) scope() (Scope, error) {
	s := Scope{EntityKinds: r.EntityKinds, Kinds: r.Kinds, Around: r.Around, Depth: 1, IncludeNonImplicative: r.PassesAny()}
	switch {
	case r.EntityKinds != nil && len(r.EntityKinds) == 0, r.Around != nil && len(r.Around) == 0:
		s.Where = func(live.Entity) bool { return false } // a list of none takes none
	case r.Where != nil:
		s.Where = r.Where.Match
	}
	if r.Depth != nil {
		if r.Around == nil {
			return s, graph.Invalid("NOT_TAKEN", "view.depth", "depth counts steps from around, and there is none", "give around too")
		}
		s.Depth = *r.Depth
	}
	if s.Depth < 0 || s.Depth > live.MaxDepth {
		return s, graph.Invalid("OUT_OF_RANGE", "view.depth", fmt.Sprintf("%d is not 0 to %d", s.Depth, live.MaxDepth), "ask for fewer steps")
	}
	return s, nil
}

// Under is the request with another lens.
func (r *Request) Under(lens *graph.Lens) *Request {
	if r == nil {
		return &Request{Lens: lens}
	}
	other := *r
	other.Lens = lens
	return &other
}

// PassesAny reports whether paths may run through what is no evidence of conduct.
func (r *Request) PassesAny() bool {
	return r != nil && r.IncludeNonImplicative != nil && *r.IncludeNonImplicative
}

// direction is the way in which the request reads links.
func (r *Request) direction() algo.Direction {
	if r == nil || r.Direction == nil {
		return algo.Undirected
	}
	switch *r.Direction {
	case live.Out:
		return algo.Forward
	case live.In:
		return algo.Backward
	}
	return algo.Undirected
}

// Graph reads a network as the request asks.
func (r *Request) Graph(n *Network) *algo.Graph {
	if n.ties != nil {
		return n.ties
	}
	return n.Graph(r.direction(), n.weigher(r.weight()))
}

// weight is what makes a tie strong.
func (r *Request) weight() Weight {
	if r == nil || r.Weight == nil {
		return Unweighted
	}
	return *r.Weight
}

// NodeOf is the node of an entity; an id that is not in the network is a
// graph.ErrNotFound.
func (n *Network) NodeOf(path string, id graph.ID) (algo.Node, error) {
	node, ok := n.Node(id)
	if !ok {
		return 0, graph.NotFound(path, id)
	}
	return node, nil
}

// NodesOf are the nodes of entities; an id that is not in the network is a
// graph.ErrNotFound.
func (n *Network) NodesOf(path string, ids []graph.ID) ([]algo.Node, error) {
	out := make([]algo.Node, len(ids))
	for i, id := range ids {
		node, err := n.NodeOf(fmt.Sprintf("%s[%d]", path, i), id)
		if err != nil {
			return nil, err
		}
		out[i] = node
	}
	return out, nil
}

// Excluded counts the links that the association guard keeps out of the network.
func (n *Network) Excluded() []live.Exclusion {
	return exclusions(n.excluded)
}

func exclusions(count int) []live.Exclusion {
	if count == 0 {
		return []live.Exclusion{}
	}
	return []live.Exclusion{{Reason: graph.NotImplicative, Links: count}}
}

// Subgraph is the network as nodes and links, nodes by falling degree; at most
// maxNodes of them.
func (n *Network) Subgraph(maxNodes int) (*live.Subgraph, error) {
	if maxNodes < 1 || maxNodes > live.MaxNodes {
		return nil, graph.Invalid("OUT_OF_RANGE", "maxNodes", fmt.Sprintf("%d is not 1 to %d", maxNodes, live.MaxNodes), "ask for a smaller part of the graph")
	}
	kept := min(n.Len(), maxNodes)
	s := &live.Subgraph{Nodes: make([]live.Entity, kept), Links: []*live.Link{}, Excluded: n.Excluded()}
	if kept < n.Len() {
		s.Truncated = &live.Truncation{Reason: "MAX_NODES", Limit: maxNodes}
	}
	var slots []Slot
	for node := range algo.Node(kept) {
		s.Nodes[node] = n.Entity(node)
		for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
			if int(n.outTo[slot]) < kept {
				slots = append(slots, slot)
			}
		}
	}
	slices.SortFunc(slots, func(a, b Slot) int { return cmp.Compare(n.place(a), n.place(b)) })
	for _, slot := range slots {
		s.Links = append(s.Links, n.Link(slot))
	}
	return s, nil
}
