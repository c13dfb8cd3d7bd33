package community

import "github.com/rabta/rabta/algo"

// Modularity of a division of an undirected graph at a resolution; 0 without
// edges.
func Modularity(g *algo.Graph, of []algo.Label, resolution float64) float64 {
	strength := algo.Strengths(g)
	all := total(strength)
	if all == 0 {
		return 0
	}
	inside := 0.0
	communities := make([]float64, len(of)+1)
	for v := range algo.Node(g.Len()) {
		communities[of[v]] += strength[v]
		inside += within(of, of[v], g.Out(v), g.OutWeights(v))
	}
	expected := 0.0
	for _, c := range communities {
		expected += c / all * (c / all)
	}
	return inside/all - resolution*expected
}

// within is the weight of the edges to nodes of a community; of 1 each without weights.
func within(of []algo.Label, own algo.Label, near []algo.Node, weights []float64) (sum float64) {
	if weights == nil {
		count := 0
		for _, w := range near {
			if of[w] == own {
				count++
			}
		}
		return float64(count)
	}
	for i, w := range near {
		if of[w] == own {
			sum += weights[i]
		}
	}
	return sum
}

func total(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}
