package analysis

import (
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// PathResult is the best paths between two entities.
type PathResult struct {
	Paths    []*live.Path
	Excluded []live.Exclusion
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
func PathsBetween(n Ground, q PathRequest, m *algo.Meter) (*PathResult, error) {
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
	routes, err := Paths(n, from, to, o, m)
	out := &PathResult{Paths: []*live.Path{}, Excluded: n.Excluded(), Work: int(m.Used())}
	if out.Partial, err = partialBy(err); err != nil {
		return nil, err
	}
	for _, r := range routes {
		out.Paths = append(out.Paths, pathOf(n, r))
	}
	return out, nil
}
