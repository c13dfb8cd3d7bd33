package algo

import (
	"fmt"
	"math"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// PageRankOptions are the parameters of PageRank. The zero value means the
// customary ones.
type PageRankOptions struct {
	// Damping is the chance to follow an edge; 0 means 0.85.
	Damping float64
	// Iterations is how many rounds are run at most; 0 means 200.
	Iterations int
	// Tolerance ends the rounds once the values change by less in all; 0 means
	// 1e-12 for every node, a negative value runs all rounds.
	Tolerance float64
}

// PageRank is the chance that a walker who follows edges at random is at a node,
// as networkx's pagerank: what has no way out is left for any node. The values
// add up to 1.
func PageRank(g *Graph, o PageRankOptions, m *work.Meter) ([]float64, error) {
	n := g.Len()
	if n == 0 {
		return nil, nil
	}
	o = o.withDefaults(n)
	rank, next, share := make([]float64, n), make([]float64, n), make([]float64, n)
	for v := range rank {
		rank[v] = 1 / float64(n)
	}
	strength := Strengths(g)
	for range o.Iterations {
		lost := 0.0
		for v := range rank {
			if strength[v] == 0 {
				lost += rank[v]
				share[v] = 0
				continue
			}
			share[v] = rank[v] / strength[v]
		}
		base := (1-o.Damping)/float64(n) + o.Damping*lost/float64(n)
		change := 0.0
		for v := range Node(n) {
			next[v] = base + o.Damping*gather(g, v, share)
			change += math.Abs(next[v] - rank[v])
		}
		rank, next = next, rank
		if err := m.Spend(roundSlots(g)); err != nil {
			return rank, err
		}
		if change < o.Tolerance {
			break
		}
	}
	return rank, nil
}

func (o PageRankOptions) withDefaults(n int) PageRankOptions {
	if o.Damping == 0 {
		o.Damping = 0.85
	}
	if o.Iterations == 0 {
		o.Iterations = 200
	}
	if o.Tolerance == 0 {
		o.Tolerance = 1e-12 * float64(n)
	}
	return o
}

// strengths are the sums of the weights of the edges that leave each node.
func Strengths(g *Graph) []float64 {
	out := make([]float64, g.Len())
	for v := range Node(g.Len()) {
		out[v] = float64(len(g.Out(v)))
		if w := g.OutWeights(v); w != nil {
			out[v] = sum(w)
		}
	}
	return out
}

func sum(values []float64) float64 {
	s := 0.0
	for _, v := range values {
		s += v
	}
	return s
}

// gather adds up values over the edges that arrive at a node.
func gather(g *Graph, v Node, values []float64) float64 {
	s := 0.0
	if w := g.InWeights(v); w != nil {
		for i, u := range g.In(v) {
			s += w[i] * values[u]
		}
		return s
	}
	for _, u := range g.In(v) {
		s += values[u]
	}
	return s
}

// roundSlots is what a round of values handed on along all edges costs.
func roundSlots(g *Graph) int { return 2*g.Len() + len(g.in.To) }

const (
	powerRounds    = 10_000
	powerTolerance = 1e-12
)

// Eigenvector is the centrality of a node by that of its neighbours, as
// networkx's eigenvector_centrality: the leading eigenvector, of length 1,
// non-negative. Directed graphs count edges that arrive.
func Eigenvector(g *Graph, m *work.Meter) ([]float64, error) {
	x, _, err := leading(g, m)
	return x, err
}

// leading is the leading eigenvector and eigenvalue. Adding the vector to its
// image keeps bipartite graphs from swinging.
func leading(g *Graph, m *work.Meter) (x []float64, value float64, err error) {
	n := g.Len()
	if n == 0 {
		return nil, 0, nil
	}
	x, next := make([]float64, n), make([]float64, n)
	for v := range x {
		x[v] = 1 / math.Sqrt(float64(n))
	}
	for range powerRounds {
		for v := range Node(n) {
			next[v] = x[v] + gather(g, v, x)
		}
		length := norm(next)
		scale(next, 1/length)
		value = length - 1
		change := distance(x, next)
		x, next = next, x
		if err := m.Spend(roundSlots(g)); err != nil {
			return x, value, err
		}
		if change < powerTolerance*float64(n) {
			break
		}
	}
	return x, value, nil
}

func norm(values []float64) float64 {
	s := 0.0
	for _, v := range values {
		s += v * v
	}
	return math.Sqrt(s)
}

func distance(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += math.Abs(a[i] - b[i])
	}
	return s
}

// Katz counts all walks that arrive at a node, longer ones for less, as
// networkx's katz_centrality with beta 1: of length 1. alpha 0 means 0.1, or nine
// tenths of the greatest that converges where that is less; the one used is
// returned.
func Katz(g *Graph, alpha float64, m *work.Meter) (values []float64, used float64, err error) {
	_, value, err := leading(g, m)
	if err != nil {
		return make([]float64, g.Len()), alpha, err
	}
	if alpha == 0 {
		alpha = 0.1
		if alpha*value > 0.9 {
			alpha = 0.9 / value
		}
	}
	if alpha*value >= 1 {
		return nil, alpha, graph.Invalid("OUT_OF_RANGE", "alpha",
			fmt.Sprintf("%g is not less than %g, one over the leading eigenvalue", alpha, 1/value), "use a smaller one")
	}
	one := make([]float64, g.Len())
	for v := range one {
		one[v] = 1
	}
	values, err = walks(g, alpha, one, m)
	if length := norm(values); length > 0 {
		scale(values, 1/length)
	}
	return values, alpha, err
}

// Bonacich is power centrality: positive beta gives power to those with powerful
// neighbours, negative beta to those whose neighbours have no one else. beta is a
// share of the greatest that converges, between -1 and 1. The squares add up to
// the number of nodes, as in igraph's power_centrality.
func Bonacich(g *Graph, beta float64, m *work.Meter) ([]float64, error) {
	if !(math.Abs(beta) < 1) {
		return nil, graph.Invalid("OUT_OF_RANGE", "beta", fmt.Sprintf("%g is not between -1 and 1", beta),
			"give a share of the greatest that converges")
	}
	_, value, err := leading(g, m)
	if err != nil || value < 1e-9 {
		return make([]float64, g.Len()), err
	}
	degree := make([]float64, g.Len())
	one := make([]float64, g.Len())
	for v := range one {
		one[v] = 1
	}
	for v := range Node(g.Len()) {
		degree[v] = gather(g, v, one)
	}
	values, err := walks(g, beta/value, degree, m)
	if length := norm(values); length > 0 {
		scale(values, math.Sqrt(float64(g.Len()))/length)
	}
	return values, err
}

// walks solves x = start + alpha * gathered x.
func walks(g *Graph, alpha float64, start []float64, m *work.Meter) ([]float64, error) {
	x, next := append([]float64(nil), start...), make([]float64, len(start))
	for range powerRounds {
		for v := range Node(len(x)) {
			next[v] = start[v] + alpha*gather(g, v, x)
		}
		change := distance(x, next)
		x, next = next, x
		if err := m.Spend(roundSlots(g)); err != nil {
			return x, err
		}
		if change < powerTolerance*max(norm(x), 1) {
			break
		}
	}
	return x, nil
}
