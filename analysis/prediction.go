package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// PredictedLink is a tie that is not there and may be, and what speaks for it.
type PredictedLink struct {
	Source, Target live.Entity
	Score          float64
	// Shared are the neighbours of both.
	Shared []live.Entity
}

// PredictLinks predicts ties of entities, best first over all of them. With an
// ErrBudget what was scored by then is returned beside it.
func PredictLinks(n *Network, of []graph.ID, by algo.Predictor, first int, m *work.Meter) ([]*PredictedLink, error) {
	nodes, err := n.NodesOf("of", of)
	if err != nil {
		return nil, err
	}
	out := []*PredictedLink{}
	g, err := n.Graph(m)
	if err != nil {
		return out, err
	}
	g = g.Undirected() // once, for all of them
	for _, node := range nodes {
		var list []algo.Prediction
		list, err = algo.Predict(g, node, by, first, m)
		for _, p := range list {
			out = append(out, &PredictedLink{n.Entity(node), n.Entity(p.Node), p.Score, n.entities(p.Shared)})
		}
		if err != nil {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b *PredictedLink) int { return cmp.Compare(b.Score, a.Score) })
	return out[:min(first, len(out))], err
}

// SimilarEntity is an entity that is joined to much the same as another.
type SimilarEntity struct {
	Node  live.Entity
	Score float64
	// Shared is what both are joined to in the same way.
	Shared []*SharedFeature
}

// SharedFeature is a neighbour and how both are joined to it.
type SharedFeature struct {
	Kind      graph.Predicate
	Direction live.Direction
	Node      live.Entity
}

// SimilarTo lists the entities whose links are most like those of an entity, by
// kind, direction and neighbour. With an ErrBudget those that were scored by then are
// returned beside it.
func SimilarTo(n *Network, of graph.ID, by algo.Similarity, first int, m *work.Meter) ([]*SimilarEntity, error) {
	node, err := n.NodeOf("of", of)
	if err != nil {
		return nil, err
	}
	list, err := algo.Similar(n.signatures(), node, by, first, m)
	out := make([]*SimilarEntity, len(list))
	for i, l := range list {
		out[i] = &SimilarEntity{Node: n.Entity(l.Node), Score: l.Score, Shared: []*SharedFeature{}}
		for _, f := range l.Shared {
			direction := [...]live.Direction{live.Both, live.Out, live.In}[f.Direction]
			out[i].Shared = append(out[i].Shared, &SharedFeature{predicates[f.Kind].Name, direction, n.Entity(f.Neighbour)})
		}
	}
	return out, err
}

// signatures are the sets of the links of nodes as kind, direction and neighbour.
func (n *Network) signatures() algo.Signatures {
	return algo.Signatures{
		Of: func(v algo.Node, f func(algo.Feature)) {
			n.Arcs(v, func(a Arc) bool {
				if a.Other != v {
					f(algo.Feature{Kind: n.kind[a.Link], Direction: n.directionOf(a), Neighbour: a.Other})
				}
				return true
			})
		},
		Cost: n.Degree,
	}
}

// directionOf is the direction of an arc.
func (n *Network) directionOf(a Arc) algo.Direction {
	switch {
	case n.Symmetric(a.Link):
		return algo.Undirected
	case a.Out:
		return algo.Forward
	}
	return algo.Backward
}
