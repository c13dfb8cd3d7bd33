package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// SourceImpact is what a graph would be without one source.
type SourceImpact struct {
	Source *live.Source
	// Lost are the links that vanish, Weakened those whose credibility, hedge or
	// status is worse or whose independent sources are fewer.
	Lost     []*live.Link
	Weakened []*LinkChange
	// Moved are the nodes whose rank by degree changes, by how much, most first.
	Moved []RankMove
}

// RankMove is how a node's rank by degree changes.
type RankMove struct {
	Node          live.AnyEntity
	Before, After int
}

// maxMoves bounds how many moves are told.
const maxMoves = 50

// Impact compares the part of the reader's graph that a request names with the
// same part under the same lens less a source.
func Impact(reader *live.Reader, id graph.ID, r *Request) (*SourceImpact, error) {
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
	source, ok := v.Source(id)
	if !ok {
		return nil, graph.NotFound("source", id)
	}
	before, err := r.of(v, nil)
	if err != nil {
		return nil, err
	}
	after, err := r.without(v, id, nil)
	if err != nil {
		return nil, err
	}
	d := Diff(before, after)
	return &SourceImpact{Source: source, Lost: d.RemovedLinks, Weakened: weakened(d.Changed), Moved: moves(before, after)}, nil
}

// without is the network of a view less a source.
func (r *Request) without(v *live.View, source graph.ID, m *Meter) (*Network, error) {
	less, err := v.Without(source)
	if err != nil {
		return nil, err
	}
	return r.of(less, m)
}

func weakened(changes []*LinkChange) []*LinkChange {
	return slices.DeleteFunc(changes, func(c *LinkChange) bool {
		return c.After.Credibility() <= c.Before.Credibility() && c.After.IndependentSources() >= c.Before.IndependentSources() && !slices.Contains(c.What, "STATUS")
	})
}

func moves(before, after *Network) []RankMove {
	was := ranksOf(Degree(before.Graph(Undirected, nil)))
	is := map[graph.ID]int{}
	for node, rank := range ranksOf(Degree(after.Graph(Undirected, nil))) {
		is[after.ID(uint32(node))] = int(rank)
	}
	out := []RankMove{}
	for node, rank := range was {
		e := before.Entity(uint32(node))
		if now, ok := is[e.Base().ID()]; ok && now != int(rank) {
			out = append(out, RankMove{e, int(rank), now})
		}
	}
	slices.SortFunc(out, func(a, b RankMove) int {
		return cmp.Or(cmp.Compare(abs(b.After-b.Before), abs(a.After-a.Before)), cmp.Compare(a.Node.Base().ID(), b.Node.Base().ID()))
	})
	return out[:min(len(out), maxMoves)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
