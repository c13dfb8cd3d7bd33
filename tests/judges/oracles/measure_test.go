package oracles_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/rabta/rabta/analysis"
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
		return map[string]any{"modularity": analysis.Modularity(g, s.Communities, 1)}
	}
	values, counts := must[[]float64](t), must[[]int](t)
	shape := must[*analysis.Structure](t)(analysis.StructureOf(g, 1, nil))
	katz, _, err := analysis.Katz(g, s.Alpha, nil)
	out := map[string]any{
		"degree":         list(analysis.Degree(g), number),
		"closeness":      list(values(analysis.Closeness(g, nil)), number),
		"harmonic":       list(values(analysis.Harmonic(g, nil)), number),
		"betweenness":    list(values(analysis.Betweenness(g, nil)), number),
		"tieBetweenness": list(values(analysis.TieBetweenness(g, nil)), number),
		"pagerank":       list(values(analysis.PageRank(g, analysis.PageRankOptions{}, nil)), number),
		"katz":           list(values(katz, err), number),
		"core":           list(counts(analysis.Cores(g, nil)), number),
		"triangles":      list(counts(analysis.Triangles(g, nil)), number),
		"density":        shape.Density,
		"assortativity":  orNaN(shape.Assortativity),
		"diameter":       float64(shape.Distances.Diameter),
		"meanDistance":   shape.Distances.Mean,
		"predictions":    predictions(t, g),
	}
	of, _, err := analysis.Components(g, nil)
	out["components"] = parts(t, of, err)
	if s.Eigenvector {
		out["eigenvector"] = list(values(analysis.Eigenvector(g, nil)), number)
	}
	if g.Directed() {
		out["inDegree"], out["outDegree"] = list(analysis.InDegree(g), number), list(analysis.OutDegree(g), number)
		out["reciprocity"] = orNaN(shape.Reciprocity)
		of, _, err := analysis.StrongComponents(g, nil)
		out["strongComponents"] = parts(t, of, err)
	} else {
		out["clustering"] = list(values(analysis.Clustering(g, nil)), number)
		out["modularity"] = analysis.Modularity(g, s.Communities, 1)
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
func parts(t *testing.T, of []uint32, err error) []any {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	least := map[uint32]int{}
	for v, k := range slices.Backward(of) {
		least[k] = v
	}
	return list(of, func(k uint32) any { return float64(least[k]) })
}

func addCut(t *testing.T, g *analysis.Graph, out map[string]any) {
	t.Helper()
	cut := must[*analysis.Cut](t)(analysis.Cutpoints(g, nil))
	var points []int
	for v, is := range cut.Points {
		if is {
			points = append(points, v)
		}
	}
	slices.SortFunc(cut.Blocks, slices.Compare)
	out["cutpoints"] = list(points, number)
	out["bridges"] = list(cut.Bridges, func(e [2]uint32) any { return list(e[:], number) })
	out["blocks"] = list(cut.Blocks, func(block []uint32) any { return list(block, number) })
}

func addHoles(t *testing.T, g *analysis.Graph, out map[string]any) {
	t.Helper()
	holes := must[[]analysis.Holes](t)(analysis.StructuralHoles(g, nil, nil))
	out["constraint"] = list(holes, func(h analysis.Holes) any { return h.Constraint })
	out["effectiveSize"] = list(holes, func(h analysis.Holes) any { return h.EffectiveSize })
}

// predicted is how many nodes are scored against others, as the oracles do.
const predicted = 40

// predictions are rows of a node, another two steps away, and all scores.
func predictions(t *testing.T, g *analysis.Graph) []any {
	t.Helper()
	rows := []any{}
	for v := range uint32(min(predicted, g.Len())) {
		scores := map[uint32][]any{}
		for _, by := range analysis.Predictors {
			found := must[[]analysis.Prediction](t)(analysis.Predict(g, v, by, g.Len(), nil))
			slices.SortFunc(found, func(a, b analysis.Prediction) int { return cmp.Compare(a.Node, b.Node) })
			for _, p := range found {
				if scores[p.Node] == nil {
					scores[p.Node] = []any{float64(v), float64(p.Node)}
				}
				scores[p.Node] = append(scores[p.Node], p.Score)
			}
		}
		for w := range uint32(g.Len()) {
			if row := scores[w]; row != nil {
				rows = append(rows, row)
			}
		}
	}
	return rows
}
