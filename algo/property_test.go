package algo_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/algo/signed"
)

// drawGraph draws any small graph.
func drawGraph(t *rapid.T) *algo.Graph {
	n := rapid.IntRange(3, 12).Draw(t, "nodes")
	directed, weighted := rapid.Bool().Draw(t, "directed"), rapid.Bool().Draw(t, "weighted")
	node := rapid.Custom(func(t *rapid.T) algo.Node { return algo.Node(rapid.IntRange(0, n-1).Draw(t, "node")) })
	edges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) algo.Edge {
		return algo.Edge{
			From: node.Draw(t, "from"), To: node.Draw(t, "to"), Weight: float64(rapid.IntRange(1, 8).Draw(t, "quarters")) / 4,
		}
	}), 0, 4*n).Draw(t, "edges")
	return algo.FromEdges(n, edges, directed, weighted)
}

// renamed is the graph with node v called to[v].
func renamed(g *algo.Graph, to []algo.Node) *algo.Graph {
	var edges []algo.Edge
	for v := range algo.Node(g.Len()) {
		for i, w := range g.Out(v) {
			if g.Directed() || v < w {
				edges = append(edges, algo.Edge{From: to[v], To: to[w], Weight: algo.WeightAt(g.OutWeights(v), i)})
			}
		}
	}
	return algo.FromEdges(g.Len(), edges, g.Directed(), g.Weighted())
}

func floats[T ~int | ~int32](list []T, err error) ([]float64, error) {
	out := make([]float64, len(list))
	for i, x := range list {
		out[i] = float64(x)
	}
	return out, err
}

// perNode is every measure of nodes that must not depend on what they are called.
var perNode = map[string]func(*algo.Graph) ([]float64, error){
	"degree":      func(g *algo.Graph) ([]float64, error) { return algo.Degree(g), nil },
	"closeness":   func(g *algo.Graph) ([]float64, error) { return algo.Closeness(g, nil) },
	"harmonic":    func(g *algo.Graph) ([]float64, error) { return algo.Harmonic(g, nil) },
	"betweenness": func(g *algo.Graph) ([]float64, error) { return algo.Betweenness(g, nil) },
	"pagerank":    func(g *algo.Graph) ([]float64, error) { return algo.PageRank(g, algo.PageRankOptions{}, nil) },
	"katz": func(g *algo.Graph) ([]float64, error) {
		values, _, err := algo.Katz(g, 0, nil)
		return values, err
	},
	"core":       func(g *algo.Graph) ([]float64, error) { return floats(algo.Cores(g, nil)) },
	"triangles":  func(g *algo.Graph) ([]float64, error) { return floats(algo.Triangles(g, nil)) },
	"clustering": func(g *algo.Graph) ([]float64, error) { return algo.Clustering(g, nil) },
	"fragmentation": func(g *algo.Graph) ([]float64, error) {
		c, err := algo.Cutpoints(g, nil)
		return c.Fragmentation, err
	},
	"constraint":    holesBy(func(h algo.Holes) float64 { return h.Constraint }),
	"effectiveSize": holesBy(func(h algo.Holes) float64 { return h.EffectiveSize }),
}

func holesBy(value func(algo.Holes) float64) func(*algo.Graph) ([]float64, error) {
	return func(g *algo.Graph) ([]float64, error) {
		holes, err := algo.StructuralHoles(g, nil, nil)
		out := make([]float64, len(holes))
		for i, h := range holes {
			out[i] = value(h)
		}
		return out, err
	}
}

// TestNamesDoNotMatter calls the nodes of a graph by other numbers.
func TestNamesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		to := rapid.Permutation(algo.Identity[algo.Node](g.Len())).Draw(t, "names")
		other := renamed(g, to)
		for name, f := range perNode {
			mine, err := f(g)
			theirs, err2 := f(other)
			if err != nil || err2 != nil {
				t.Fatal(name, err, err2)
			}
			for v := range mine {
				if !algotest.Close(mine[v], theirs[to[v]]) {
					t.Fatalf("%s of %d: %v, called %d: %v", name, v, mine[v], to[v], theirs[to[v]])
				}
			}
		}
		sameShape(t, g, other)
		sameSets(t, g, other, to)
	})
}

func sameShape(t *rapid.T, g, other *algo.Graph) {
	a, err := algo.StructureOf(g, 1, nil)
	b, err2 := algo.StructureOf(other, 1, nil)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for _, pair := range [][2]float64{
		{a.Density, b.Density},
		{opt(a.Reciprocity), opt(b.Reciprocity)},
		{opt(a.Assortativity), opt(b.Assortativity)},
		{a.Centralisation, b.Centralisation},
		{a.Fragmentation, b.Fragmentation},
		{a.Distances.Mean, b.Distances.Mean},
		{float64(a.Distances.Diameter), float64(b.Distances.Diameter)},
		{float64(a.Components), float64(b.Components)},
	} {
		if !algotest.Close(pair[0], pair[1]) {
			t.Fatalf("%+v, renamed %+v", a, b)
		}
	}
}

// sameSets compares what is found of sets, groups and signs.
func sameSets(t *rapid.T, g, other *algo.Graph, to []algo.Node) {
	for _, goal := range algo.KeyPlayerGoals {
		a, err := algo.FindKeyPlayers(g, algo.KeyPlayerOptions{Goal: goal, Size: 2}, nil)
		b, err2 := algo.FindKeyPlayers(other, algo.KeyPlayerOptions{Goal: goal, Size: 2}, nil)
		if err != nil || err2 != nil || !algotest.Close(a.Value, b.Value) || a.Ties != b.Ties || a.Value < 0 || a.Value > 1 {
			t.Fatalf("%s: %+v, renamed %+v; %v, %v", goal, a, b, err, err2)
		}
	}
	of := thirds(g.Len())
	called := make([]algo.Label, len(of))
	for v, k := range of {
		called[to[v]] = k
	}
	a, _ := algo.Brokers(g, of, nil, nil)
	b, _ := algo.Brokers(other, called, nil, nil)
	for v := range a {
		for i, role := range a[v].Roles {
			if o := b[to[v]].Roles[i]; role.Count != o.Count || !algotest.Close(role.Z, o.Z) {
				t.Fatalf("%+v, renamed %+v", a[v], b[to[v]])
			}
		}
	}
}

// TestBounds checks what no graph can exceed.
func TestBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		holes, _ := algo.StructuralHoles(g, nil, nil)
		for _, h := range holes {
			if h.Contacts == 0 {
				continue
			}
			n := float64(h.Contacts)
			if !(h.Constraint > 0) || !(h.EffectiveSize >= -1e-9 && h.EffectiveSize <= n+1e-9) {
				t.Fatalf("%+v", h)
			}
		}
		core, _ := algo.CoreAndPeriphery(g, 1, nil)
		if core.Correlation < 0 || core.Correlation > 1+1e-9 {
			t.Fatalf("%+v", core)
		}
		b, err := signed.BalanceOf(signsOf(g), 10, 1, nil)
		if err != nil || b.Degree < 0 || b.Degree > 1 || b.Factions.LowerBound > b.Factions.Frustration ||
			2*b.Factions.Frustration > signsOf(g).Edges() {
			t.Fatalf("%+v, %+v, %v", b, b.Factions, err)
		}
	})
}

// TestLikenessIsMutual compares scores of two nodes from either end.
func TestLikenessIsMutual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		n := g.Len()
		alike, likely := map[[2]algo.Node]float64{}, map[[2]algo.Node]float64{}
		by := rapid.SampledFrom([]algo.Similarity{algo.SimilarByJaccard, algo.SimilarByCosine}).Draw(t, "similarity")
		predictor := rapid.SampledFrom(algo.Predictors).Draw(t, "predictor")
		for v := range algo.Node(n) {
			like, _ := algo.Similar(signaturesOf(g), v, by, n, nil)
			for _, l := range like {
				alike[[2]algo.Node{v, l.Node}] = l.Score
				if l.Score <= 0 || l.Score > 1+1e-12 {
					t.Fatalf("%d: %+v", v, l)
				}
			}
			predicted, _ := algo.Predict(g, v, predictor, nil, n, nil)
			for _, p := range predicted {
				likely[[2]algo.Node{v, p.Node}] = p.Score
			}
		}
		for _, scores := range []map[[2]algo.Node]float64{alike, likely} {
			for pair, score := range scores {
				if back, there := scores[[2]algo.Node{pair[1], pair[0]}]; !there || back != score {
					t.Fatalf("%v: %v, the other way %v", pair, score, back)
				}
			}
		}
	})
}

// TestMoreReachMore checks that a set reaches no less for one more member.
func TestMoreReachMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		w := algo.NewSetWalk(g)
		set := rapid.Permutation(algo.Identity[algo.Node](g.Len())).Draw(t, "set")
		for _, byDistance := range []bool{false, true} {
			last := 0.0
			for k := range set {
				now := w.Reach(set[:k+1], 2, byDistance)
				if now < last-1e-12 {
					t.Fatalf("%v reach %v, one less %v", set[:k+1], now, last)
				}
				last = now
			}
			if math.Abs(last-1) > 1e-12 {
				t.Fatalf("all reach %v", last)
			}
		}
	})
}

// TestComponentsAreWhatCanBeReached checks the components of sparse graphs of many
// pieces, whatever the nodes are called, against what a search reaches.
func TestComponentsAreWhatCanBeReached(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	for range 300 {
		n := 1 + r.IntN(60)
		edges := make([]algo.Edge, r.IntN(n+n/4+1))
		for i := range edges {
			edges[i] = algo.Edge{From: algo.Node(r.IntN(n)), To: algo.Node(r.IntN(n))}
		}
		g := algo.FromEdges(n, edges, false, false)
		of, sizes, err := algo.Components(g, nil)
		if err != nil || !slices.IsSortedFunc(sizes, func(a, b int) int { return b - a }) {
			t.Fatalf("sizes %v, %v", sizes, err)
		}
		first := make([]int, len(sizes)) // the least node of each
		for v := n - 1; v >= 0; v-- {
			first[of[v]] = v
			distance, _ := algo.BFS(g, algo.Node(v), nil)
			reached := 0
			for w, d := range distance {
				if (d != algo.Unreached) != (of[v] == of[w]) {
					t.Fatalf("%d and %d: distance %d, components %d and %d, of %v", v, w, d, of[v], of[w], edges)
				}
				if d != algo.Unreached {
					reached++
				}
			}
			if reached != sizes[of[v]] {
				t.Fatalf("component %d has %d nodes, said to have %d", of[v], reached, sizes[of[v]])
			}
		}
		for k := 1; k < len(sizes); k++ {
			if sizes[k] == sizes[k-1] && first[k] < first[k-1] {
				t.Fatalf("components %d and %d are of one size and begin with %d and %d", k-1, k, first[k-1], first[k])
			}
		}
	}
}
