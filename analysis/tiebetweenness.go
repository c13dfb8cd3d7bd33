package analysis

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/live"
)

// TieBetweenness is the share of shortest paths between all pairs of nodes that
// run along each tie, as networkx's edge_betweenness_centrality with its default
// normalisation: one value for each slot of Out, node by node. The two slots of an
// undirected tie have the same value.
func TieBetweenness(g *Graph, m *Meter) ([]float64, error) {
	sum := make([]float64, len(g.out.to))
	b := newBrandes(g)
	share := b.share[0]
	for s := range uint32(g.Len()) {
		b.search(s)
		if err := m.Spend(2 * b.read); err != nil {
			return sum, err
		}
		for i := len(b.order) - 1; i >= 0; i-- {
			u := b.order[i]
			back := 0.0
			for slot := g.out.start[u]; slot < g.out.start[u+1]; slot++ {
				if w := g.out.to[slot]; b.dist[w] == b.dist[u]+1 {
					back += share[w]
					sum[slot] += b.paths[u] * share[w]
				}
			}
			share[u] = 1/b.paths[u] + back
		}
		b.clear()
	}
	g.settle(sum)
	return sum, nil
}

// settle adds up the two slots of an undirected tie, and makes shares of sums: of
// all ordered pairs of nodes.
func (g *Graph) settle(sum []float64) {
	if n := float64(g.Len()); n > 1 {
		scale(sum, 1/(n*(n-1)))
	}
	if g.directed {
		return
	}
	for u := range uint32(g.Len()) {
		for slot := g.out.start[u]; slot < g.out.start[u+1]; slot++ {
			if w := g.out.to[slot]; u < w {
				at, _ := slices.BinarySearch(g.out.of(w), u)
				back := g.out.start[w] + uint32(at)
				sum[slot] += sum[back]
				sum[back] = sum[slot]
			}
		}
	}
}

// TieRanking ranks the ties of a network by TieBetweenness.
type TieRanking struct {
	Answer
	Rows []*TieRank
	// Exact and Error are as those of a Ranking.
	Exact bool
	Error *float64
}

// TieRank is one tie of a ranking.
type TieRank struct {
	// Rank is 1 for the highest value; values that are equal but for rounding share the
	// best rank.
	Rank  int
	A, B  live.Entity
	Value float64
	// Links are the links of the view that the tie is made of, in the order of
	// recording.
	Links []*live.Link
}

// RankTies ranks the ties of a network, those that most shortest paths run along
// first, equal ones by the ids of their ends. In a large network the values are
// estimates. It has no rows when the meter stops exact work.
func RankTies(n *Network, r *Request, first int, seed uint64, m *Meter) (*TieRanking, error) {
	g := r.Graph(n)
	out := &TieRanking{Rows: []*TieRank{}}
	got, err := tieMeasure(g, seed, m)
	if got.values != nil {
		if out.Exact = got.exact; !got.exact {
			out.Error = &got.err
		}
		out.fill(n, g, got.values, first)
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

func tieMeasure(g *Graph, seed uint64, m *Meter) (measured, error) {
	if !isSmall(g) {
		return estimated(SampleTieBetweenness(g, betweennessSamples, seed, m))
	}
	values, err := TieBetweenness(g, m)
	if err != nil {
		return measured{}, err
	}
	return measured{values: values, exact: true}, nil
}

// tie is an edge.
type tie struct{ a, b uint32 }

func (out *TieRanking) fill(n *Network, g *Graph, values []float64, first int) {
	var ties []tie
	var of []float64
	for u := range uint32(g.Len()) {
		for slot := g.out.start[u]; slot < g.out.start[u+1]; slot++ {
			if w := g.out.to[slot]; g.directed || u < w {
				ties, of = append(ties, tie{u, w}), append(of, values[slot])
			}
		}
	}
	start := 0
	order, ends := standings(of)
	for _, end := range ends {
		equals := order[start:end]
		slices.SortFunc(equals, func(i, j uint32) int {
			return cmp.Or(compareIDs(n.ID(ties[i].a), n.ID(ties[j].a)), compareIDs(n.ID(ties[i].b), n.ID(ties[j].b)))
		})
		for _, i := range equals[:min(len(equals), first-len(out.Rows))] {
			t := ties[i]
			out.Rows = append(out.Rows, &TieRank{start + 1, n.Entity(t.a), n.Entity(t.b), of[i], n.between(t.a, t.b)})
		}
		start = end
	}
}

// between are the links between two nodes, in the order of recording.
func (n *Network) between(a, b uint32) []*live.Link {
	var slots []uint32
	n.Slots(a, func(s Slot) bool {
		if s.Other == b {
			slots = append(slots, s.Link)
		}
		return true
	})
	slices.SortFunc(slots, func(x, y uint32) int { return cmp.Compare(n.place(x), n.place(y)) })
	out := make([]*live.Link, len(slots))
	for i, slot := range slots {
		out[i] = n.Link(slot)
	}
	return out
}
