package analysis

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// PathsTo finds the best path to an entity from each entity of some kinds, and
// tells the first of them, best first; equal ones in the order of the ids they
// start from. Options say rank, first and length; via and avoid do not apply.
func PathsTo(n *Network, to graph.ID, fromKinds []graph.EntityKind, o PathOptions, m *Meter) (*PathResult, error) {
	node, err := n.NodeOf("to", to)
	if err != nil {
		return nil, err
	}
	if o.First < 1 || o.First > MaxPaths || o.MaxLength < 1 || o.MaxLength > MaxPathLength {
		return nil, graph.Invalid("OUT_OF_RANGE", "first", fmt.Sprintf("first is 1 to %d and maxLength 1 to %d", MaxPaths, MaxPathLength), "ask for fewer or shorter paths")
	}
	routes, err := pathsTo(n, node, fromKinds, o, m)
	out := &PathResult{Paths: []*live.Path{}, Excluded: n.Excluded(), Work: int(m.Used())}
	if errors.Is(err, ErrBudget) {
		out.Partial = BudgetUsedUp(m)
	} else if err != nil {
		return nil, err
	}
	for _, r := range routes[:min(o.First, len(routes))] {
		out.Paths = append(out.Paths, n.Path(r))
	}
	return out, nil
}

func pathsTo(n *Network, to uint32, fromKinds []graph.EntityKind, o PathOptions, m *Meter) ([]Route, error) {
	o.First, o.Via, o.Avoid = 1, nil, nil
	s := &pathFinder{n: n, to: to, o: o, meter: m, barred: map[uint32]bool{}}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	var routes []Route
	for node := range uint32(n.Len()) {
		if _, near := s.steps[6][node]; !near || node == to || !slices.Contains(fromKinds, n.Entity(node).Base().Kind()) {
			continue
		}
		s.queue = nil
		found, err := s.run(node)
		routes = append(routes, found...)
		if err != nil {
			return routes, err
		}
	}
	slices.SortFunc(routes, func(a, b Route) int {
		return cmp.Or(o.Rank.compare(&a, &b), compareIDs(n.ID(a.Nodes[0]), n.ID(b.Nodes[0])))
	})
	return routes, nil
}

// compare orders two routes by the rank, the better first.
func (r PathRank) compare(a, b *Route) int {
	length, chance, weakest := cmp.Compare(len(a.Slots), len(b.Slots)), cmp.Compare(b.Chance, a.Chance), cmp.Compare(a.Weakest, b.Weakest)
	switch r {
	case ByLength:
		return cmp.Or(length, chance)
	case ByCredibility:
		return cmp.Or(chance, length)
	}
	return cmp.Or(weakest, length, chance)
}
