package oracles_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/community"
)

// list makes a list that alike compares.
func list[T any](values []T, write func(T) any) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = write(v)
	}
	return out
}

func number[T ~int | ~int32 | ~uint32 | ~float64](v T) any { return float64(v) }

func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// measure measures a graph by all that the oracles know.
func measure(t *testing.T, s *sample) map[string]any {
	t.Helper()
	g := s.graph
	if s.Large {
		return map[string]any{"modularity": community.Modularity(g, s.Communities, 1)}
	}
	values, counts := must[[]float64](t), must[[]int](t)
	shape := must[*algo.Structure](t)(algo.StructureOf(g, 1, nil))
	katz, _, err := algo.Katz(g, s.Alpha, nil)
	out := map[string]any{
		"degree":         list(algo.Degree(g), number),
		"closeness":      list(values(algo.Closeness(g, nil)), number),
		"harmonic":       list(values(algo.Harmonic(g, nil)), number),
		"betweenness":    list(values(algo.Betweenness(g, nil)), number),
		"tieBetweenness": list(values(algo.TieBetweenness(g, nil)), number),
		"pagerank":       list(values(algo.PageRank(g, algo.PageRankOptions{}, nil)), number),
		"katz":           list(values(katz, err), number),
		"core":           list(counts(algo.Cores(g, nil)), number),
		"triangles":      list(counts(algo.Triangles(g, nil)), number),
		"density":        shape.Density,
		"assortativity":  orNaN(shape.Assortativity),
		"diameter":       float64(shape.Distances.Diameter),
		"meanDistance":   shape.Distances.Mean,
		"predictions":    predictions(t, g),
	}
	of, _, err := algo.Components(g, nil)
	out["components"] = parts(t, of, err)
	if s.Eigenvector {
		out["eigenvector"] = list(values(algo.Eigenvector(g, nil)), number)
	}
	if g.Directed() {
		out["inDegree"], out["outDegree"] = list(algo.InDegree(g), number), list(algo.OutDegree(g), number)
		out["reciprocity"] = orNaN(shape.Reciprocity)
		of, _, err := algo.StrongComponents(g, nil)
		out["strongComponents"] = parts(t, of, err)
	} else {
		out["clustering"] = list(values(algo.Clustering(g, nil)), number)
		out["modularity"] = community.Modularity(g, s.Communities, 1)
	}
	addCut(t, g, out)
	addHoles(t, g, out)
	return out
}

func orNaN(p *float64) float64 {
	if p == nil {
		return math.NaN()
	}
	return *p
}

// parts names each node's part by its least node.
func parts(t *testing.T, of []algo.Label, err error) []any {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	least := map[algo.Label]int{}
	for v, k := range slices.Backward(of) {
		least[k] = v
	}
	return list(of, func(k algo.Label) any { return float64(least[k]) })
}

func addCut(t *testing.T, g *algo.Graph, out map[string]any) {
	t.Helper()
	cut := must[*algo.Cut](t)(algo.Cutpoints(g, nil))
	var points []int
	for v, is := range cut.Points {
		if is {
			points = append(points, v)
		}
	}
	slices.SortFunc(cut.Blocks, slices.Compare)
	out["cutpoints"] = list(points, number)
	out["bridges"] = list(cut.Bridges, func(e [2]algo.Node) any { return list(e[:], number) })
	out["blocks"] = list(cut.Blocks, func(block []algo.Node) any { return list(block, number) })
}

func addHoles(t *testing.T, g *algo.Graph, out map[string]any) {
	t.Helper()
	holes := must[[]algo.Holes](t)(algo.StructuralHoles(g, nil, nil))
	out["constraint"] = list(holes, func(h algo.Holes) any { return h.Constraint })
	out["effectiveSize"] = list(holes, func(h algo.Holes) any { return h.EffectiveSize })
}

// predicted is how many nodes are scored against others, as the oracles do.
const predicted = 40

// predictions are rows of a node, another two steps away, and all scores.
func predictions(t *testing.T, g *algo.Graph) []any {
	t.Helper()
	rows := []any{}
	for v := range algo.Node(min(predicted, g.Len())) {
		scores := map[algo.Node][]any{}
		for _, by := range algo.Predictors {
			found := must[[]algo.Prediction](t)(algo.Predict(g, v, by, nil, g.Len(), nil))
			slices.SortFunc(found, func(a, b algo.Prediction) int { return cmp.Compare(a.Node, b.Node) })
			for _, p := range found {
				if scores[p.Node] == nil {
					scores[p.Node] = []any{float64(v), float64(p.Node)}
				}
				scores[p.Node] = append(scores[p.Node], p.Score)
			}
		}
		for w := range algo.Node(g.Len()) {
			if row := scores[w]; row != nil {
				rows = append(rows, row)
			}
		}
	}
	return rows
}
