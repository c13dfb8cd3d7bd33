package analysis

// Modularity of a division of an undirected graph at a resolution; 0 without
// edges.
func Modularity(g *Graph, of []uint32, resolution float64) float64 {
	strength := strengths(g)
	total := sum(strength)
	if total == 0 {
		return 0
	}
	inside := 0.0
	communities := make([]float64, len(of)+1)
	for v := range uint32(g.Len()) {
		communities[of[v]] += strength[v]
		inside += within(of, of[v], g.Out(v), g.OutWeights(v))
	}
	expected := 0.0
	for _, c := range communities {
		expected += c / total * (c / total)
	}
	return inside/total - resolution*expected
}

// within is the weight of the links to nodes of a community; of 1 each without weights.
func within(of []uint32, own uint32, near []uint32, weights []float64) (sum float64) {
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
