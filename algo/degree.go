package algo

// Degree is the number of neighbours of every node divided by the number of other
// nodes, as networkx's degree_centrality; both directions count in a directed
// graph.
func Degree(g *Graph) []float64 { return degrees(g, g.directed, true) }

// OutDegree counts the edges that leave, as networkx's out_degree_centrality.
func OutDegree(g *Graph) []float64 { return degrees(g, false, true) }

// InDegree counts the edges that arrive, as networkx's in_degree_centrality.
func InDegree(g *Graph) []float64 { return degrees(g, true, false) }

func degrees(g *Graph, in, out bool) []float64 {
	n := g.Len()
	values := make([]float64, n)
	for v := range values {
		d := 0
		if out {
			d += len(g.Out(Node(v)))
		}
		if in {
			d += len(g.In(Node(v)))
		}
		values[v] = float64(d) / float64(max(n-1, 1))
	}
	return values
}
