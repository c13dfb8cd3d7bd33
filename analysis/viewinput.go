package analysis

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
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
	// ByGrade adds up the Likelihood of its links.
	ByGrade Weight = "EVIDENCE"
	// ByStrength adds up the amounts of its links, which must be of one unit: of each that of
	// its best claim, see live.LinkAmount.Strength.
	ByStrength Weight = "STRENGTH"
)

// ViewInput says which part of the graph is computed over, and how its links are
// read. A nil ViewInput is everything, undirected and unweighted.
type ViewInput struct {
	Lens        *graph.Lens
	EntityKinds []graph.EntityKind
	Kinds       []graph.Predicate
	Around      []graph.ID
	// Depth is how many steps around; nil is 1.
	Depth     *int
	Where     *live.EntityWhere
	Direction *live.Direction
	Weight    *Weight
	// Bearings are those of the links that are read; nil is graph.UsualBearings.
	Bearings []graph.Bearing
	// Through are kinds of entities that may be passed through though they commonly are
	// not: see graph.NewPassage.
	Through []graph.EntityKind
	// Project joins entities by what they share, in place of their links.
	Project *ProjectionInput
	// Combine takes another view together with this one.
	Combine *Combination
}

// Open makes the network of the part of the reader's graph that the input names. It is
// kept for the next of the same snapshot and input: what making it takes is counted aside
// of the meter.
func (r *ViewInput) Open(reader *live.Reader, cache *Cache, m *work.Meter) (*Network, error) {
	r = r.orEverything()
	v, err := reader.View(r.Lens)
	if err != nil {
		return nil, err
	}
	return cache.network(reader, r, func() (*Network, error) { return NewNetwork(v, r, m.Aside()) })
}

func (r *ViewInput) orEverything() *ViewInput {
	if r == nil {
		return &ViewInput{}
	}
	return r
}

// OpenLinks is Open for what tells of links: an input that projects them away is
// a graph.ErrInvalid.
func (r *ViewInput) OpenLinks(reader *live.Reader, cache *Cache, m *work.Meter) (*Network, error) {
	if err := r.linksOnly(); err != nil {
		return nil, err
	}
	return r.Open(reader, cache, m)
}

func (r *ViewInput) linksOnly() error {
	if r == nil || r.Project == nil {
		return nil
	}
	return graph.Invalid("NOT_TAKEN", "view.project",
		"this field tells of links, and entities that are joined by what they share have none",
		"leave project out, or ask measure, communities, structure, keyPlayers or predictLinks; twoMode lists what is shared")
}

// OpenPaths is OpenLinks for looking for paths: when claims came since a network of
// the same input was made, only what they touch is read.
func (r *ViewInput) OpenPaths(reader *live.Reader, cache *Cache, m *work.Meter) (PathGraph, error) {
	if err := r.linksOnly(); err != nil {
		return nil, err
	}
	r = r.orEverything()
	v, err := reader.View(r.Lens)
	if err != nil {
		return nil, err
	}
	if r.Combine != nil {
		return r.Open(reader, cache, m)
	}
	s, err := r.scope(v, m)
	if err != nil {
		return nil, err
	}
	if n := cache.before(reader, r); n != nil {
		if p, ok := n.overlaid(v, s); ok {
			return p, nil
		}
	}
	return r.Open(reader, cache, m)
}

// NewNetwork makes the network of a view, of the part that an input names; nil is
// everything. An id in Around that is not there is a graph.ErrNotFound. The meter counts
// what projecting takes, and aside of it what is read; a nil one counts nothing.
func NewNetwork(v *live.View, r *ViewInput, m *work.Meter) (*Network, error) {
	r = r.orEverything()
	n, err := r.read(v, m)
	if err != nil {
		return nil, err
	}
	n.input = r
	n.parties = n.partiesOf()
	n.guarded = r.passage().Guarded(len(n.parties) > 0)
	n.cut = n.cutLinks()
	if r.Project == nil {
		return n, nil
	}
	return n.projected(m)
}

// read is the network of the links that the input names.
func (r *ViewInput) read(v *live.View, m *work.Meter) (*Network, error) {
	if err := r.checkProjection(); err != nil {
		return nil, err
	}
	if r.Combine != nil {
		return combined(v, r, m)
	}
	s, err := r.scope(v, m)
	if err != nil {
		return nil, err
	}
	return build(v, s, m)
}

func (r *ViewInput) scope(v *live.View, m *work.Meter) (s scope, err error) {
	s = scope{entityKinds: r.EntityKinds, kinds: r.Kinds, around: r.Around, depth: 1, bearings: graph.BearingsAsked(r.Bearings)}
	switch {
	case r.EntityKinds != nil && len(r.EntityKinds) == 0, r.Around != nil && len(r.Around) == 0:
		s.where = func(live.Entity) bool { return false } // a list of none takes none
	case r.Where != nil:
		if s.where, err = r.Where.Test(v, "view.where", m.Aside()); err != nil {
			return s, err
		}
	}
	if r.Depth != nil {
		if r.Around == nil {
			return s, graph.Invalid("NOT_TAKEN", "view.depth", "depth counts steps from around, and there is none",
				"give around too")
		}
		s.depth = *r.Depth
	}
	if s.depth < 0 || s.depth > live.MaxDepth {
		return s, graph.Invalid("OUT_OF_RANGE", "view.depth", fmt.Sprintf("%d is not 0 to %d", s.depth, live.MaxDepth),
			"ask for fewer steps")
	}
	return s, nil
}

// Under is the input with another lens.
func (r *ViewInput) Under(lens *graph.Lens) *ViewInput {
	if r == nil {
		return &ViewInput{Lens: lens}
	}
	other := *r
	other.Lens = lens
	return &other
}

// OfAll is the input that takes links of every bearing, unless it says which it takes.
func (r *ViewInput) OfAll() *ViewInput {
	if r != nil && r.Bearings != nil {
		return r
	}
	other := *r.orEverything()
	other.Bearings = []graph.Bearing{graph.EveryBearing}
	return &other
}

// Adding is the input that takes links of a bearing too, unless it says which it takes.
func (r *ViewInput) Adding(b graph.Bearing) *ViewInput {
	if r != nil && r.Bearings != nil {
		return r
	}
	other := *r.orEverything()
	other.Bearings = append(slices.Clone(graph.UsualBearings), b)
	return &other
}

// passage says what may be passed through.
func (r *ViewInput) passage() graph.Passage {
	return graph.NewPassage(r.Through, graph.BearingsAsked(r.Bearings), r.Kinds)
}

// direction is the way in which links are read.
func (r *ViewInput) direction() algo.Direction {
	if r.Direction == nil {
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

// weight is what makes a tie strong.
func (r *ViewInput) weight() Weight {
	if r.Weight == nil {
		return Unweighted
	}
	return *r.Weight
}

// NodeOf is the node of an entity; an id that is not in the network is a
// graph.ErrNotFound.
func (n *Network) NodeOf(path string, id graph.ID) (algo.Node, error) {
	node, ok := n.Node(id)
	if !ok {
		e, err := n.view.Living(path, id)
		if err != nil {
			return 0, err
		}
		if node, ok = n.Node(e.Base().ID()); !ok {
			return 0, graph.NotFound(path, id)
		}
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

// Excluded counts the links of the view that have other bearings than were asked for.
func (n *Network) Excluded() []graph.Exclusion { return n.excluded.Exclusions() }

// Subgraph is the network as nodes and links, nodes by falling degree; at most
// maxNodes of them. What it takes is counted aside of the meter.
func (n *Network) Subgraph(maxNodes int, m *work.Meter) (*live.Subgraph, error) {
	if maxNodes < 1 || maxNodes > live.MaxNodes {
		return nil, graph.Invalid("OUT_OF_RANGE", "maxNodes", fmt.Sprintf("%d is not 1 to %d", maxNodes, live.MaxNodes),
			"ask for a smaller part of the graph")
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
	slotsEach := 2 * live.LinkSlots
	if n.input.Combine != nil {
		slotsEach *= 2 // what both views have is read twice
	}
	if m = m.Aside(); !m.Continue(rankSlots*kept + slotsEach*len(slots)) {
		return nil, m.Err()
	}
	slices.SortFunc(slots, func(a, b Slot) int { return cmp.Compare(n.order(a), n.order(b)) })
	for _, slot := range slots {
		s.Links = append(s.Links, n.Link(slot))
	}
	return s, nil
}
