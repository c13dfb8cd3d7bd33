package analysis

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// PathResult is the best paths between two entities.
type PathResult struct {
	Paths    []*live.Path
	Excluded []graph.Exclusion
	Partial  *live.Truncation
	Work     int
}

// PathRequest asks for paths between entities.
type PathRequest struct {
	From, To   graph.ID
	Via, Avoid []graph.ID
	Options    PathOptions
}

// PathsBetween finds the best paths between two entities of a network. An id that
// the network does not have is a graph.ErrNotFound.
func PathsBetween(n PathGraph, q PathRequest, m *work.Meter) (*PathResult, error) {
	from, err := n.NodeOf("from", q.From)
	if err != nil {
		return nil, err
	}
	to, err := n.NodeOf("to", q.To)
	if err != nil {
		return nil, err
	}
	o := q.Options
	for _, list := range []struct {
		path string
		ids  []graph.ID
		into *[]algo.Node
	}{{"via", q.Via, &o.Via}, {"avoid", q.Avoid, &o.Avoid}} {
		nodes, err := n.NodesOf(list.path, list.ids)
		if err != nil {
			return nil, err
		}
		*list.into = nodes
	}
	found, err := findPaths(n, from, to, o, m)
	out, err := pathResult(n, found, err, m)
	if err == nil {
		for _, p := range out.Paths {
			p.Asked = asked(n, q)
		}
	}
	return out, err
}

// asked is what a path answers, to be asked of other views. Of a part of the graph that claims beside those of
// the path draw, it cannot be.
func asked(n PathGraph, q PathRequest) *live.PathAsked {
	out := &live.PathAsked{
		Named:     slices.Concat([]graph.ID{q.From, q.To}, q.Via, q.Avoid),
		MaxLength: q.Options.MaxLength, Concurrent: q.Options.Concurrent,
	}
	input := n.asRead()
	if input.Where != nil || input.Around != nil || input.Combine != nil {
		return out
	}
	q.Options.First, q.Options.Rank = 1, ByLength
	out.Of = func(v *live.View, atMost int, m *work.Meter) (*live.Path, error) {
		n, err := NewNetwork(v, input, m)
		if err != nil {
			return nil, err
		}
		shorter := q // of one path several things may be asked at once
		shorter.Options.MaxLength = atMost
		again, err := PathsBetween(n, shorter, m)
		switch {
		case errors.Is(err, graph.ErrNotFound):
			return nil, nil
		case err != nil:
			return nil, err
		case len(again.Paths) > 0:
			return again.Paths[0], nil
		case again.Partial != nil:
			return nil, work.ErrBudget
		}
		return nil, nil
	}
	return out
}

// pathResult tells of the paths that were found.
func pathResult(n PathGraph, found routes, err error, m *work.Meter) (*PathResult, error) {
	out := &PathResult{Paths: []*live.Path{}, Excluded: n.Excluded(), Work: int(m.Used())}
	if out.Partial, err = partialBy(err); err != nil {
		return nil, err
	}
	if _, count := n.onNoDay(); count > 0 {
		out.Excluded = append(out.Excluded, graph.Exclusion{Reason: graph.OutsideLife, Links: count})
	}
	if found.leftOut > 0 {
		out.Excluded = append(out.Excluded, graph.Exclusion{Reason: graph.NotConcurrent, Paths: found.leftOut})
	}
	for _, r := range found.list {
		out.Paths = append(out.Paths, pathOf(n, r))
	}
	return out, nil
}

// PathsTo finds the best path to an entity from each entity of some kinds, and
// lists the first of them, best first; equal ones in the order of the ids they
// start from. Options say rank, first and length; via and avoid do not apply.
func PathsTo(
	n PathGraph, to graph.ID, fromKinds []graph.EntityKind, o PathOptions, m *work.Meter,
) (*PathResult, error) {
	node, err := n.NodeOf("to", to)
	if err != nil {
		return nil, err
	}
	if o.First < 1 || o.First > MaxPaths || o.MaxLength < 1 || o.MaxLength > MaxPathLength {
		return nil, graph.Invalid("OUT_OF_RANGE", "first",
			fmt.Sprintf("first is 1 to %d and maxLength 1 to %d", MaxPaths, MaxPathLength), "ask for fewer or shorter paths")
	}
	o.Via, o.Avoid = nil, nil
	s := newPathFinder(n, node, o, m)
	found, err := s.find(func() []algo.Node { return s.starts(fromKinds) }, 1)
	out, err := pathResult(n, found, err, m)
	if err == nil {
		for _, p := range out.Paths {
			p.Asked = asked(n, PathRequest{From: p.Hops[0].From.Base().ID(), To: to, Options: o})
		}
	}
	return out, err
}

// starts are the nodes of some kinds that lead to the end.
func (s *pathFinder) starts(kinds []graph.EntityKind) []algo.Node {
	var out []algo.Node
	for v, steps := range s.steps[6] {
		if node := algo.Node(v); steps > 0 && node != s.to && slices.Contains(kinds, s.n.kindOf(node)) {
			out = append(out, node)
		}
	}
	return out
}

// pathOf is a route as a path of the view, each hop with its claims.
func pathOf(n PathGraph, r route) *live.Path {
	p := &live.Path{Hops: make([]*live.Hop, len(r.arcs)), Excluded: []graph.Exclusion{}}
	for i, arc := range r.arcs {
		from, to := n.Entity(r.nodes[i]), n.Entity(r.nodes[i+1])
		p.Hops[i] = &live.Hop{From: from, To: to, Link: n.Link(arc.Link).SeenFrom(from), Forward: arc.Out}
	}
	return p
}

func (n *Network) asRead() *ViewInput { return n.input }
