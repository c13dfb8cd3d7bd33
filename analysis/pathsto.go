package analysis

import (
	"fmt"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// PathsTo finds the best path to an entity from each entity of some kinds, and
// tells the first of them, best first; equal ones in the order of the ids they
// start from. Options say rank, first and length; via and avoid do not apply.
func PathsTo(n Ground, to graph.ID, fromKinds []graph.EntityKind, o PathOptions, m *algo.Meter) (*PathResult, error) {
	node, err := n.NodeOf("to", to)
	if err != nil {
		return nil, err
	}
	if o.First < 1 || o.First > MaxPaths || o.MaxLength < 1 || o.MaxLength > MaxPathLength {
		return nil, graph.Invalid("OUT_OF_RANGE", "first", fmt.Sprintf("first is 1 to %d and maxLength 1 to %d", MaxPaths, MaxPathLength), "ask for fewer or shorter paths")
	}
	routes, err := pathsTo(n, node, fromKinds, o, m)
	out := &PathResult{Paths: []*live.Path{}, Excluded: n.Excluded(), Work: int(m.Used())}
	if out.Partial, err = partialBy(err); err != nil {
		return nil, err
	}
	for _, r := range routes {
		out.Paths = append(out.Paths, pathOf(n, r))
	}
	return out, nil
}

func pathsTo(n Ground, to algo.Node, fromKinds []graph.EntityKind, o PathOptions, m *algo.Meter) ([]Route, error) {
	o.Via, o.Avoid = nil, nil
	s := newPathFinder(n, to, o, m)
	if err := s.prepare(); err != nil {
		return nil, err
	}
	return s.run(s.starts(fromKinds), 1)
}

// starts are the nodes of some kinds that lead to the end.
func (s *pathFinder) starts(kinds []graph.EntityKind) []algo.Node {
	var out []algo.Node
	for v, steps := range s.steps[6] {
		if node := algo.Node(v); steps > 0 && node != s.to && slices.Contains(kinds, s.n.Entity(node).Base().Kind()) {
			out = append(out, node)
		}
	}
	return out
}
