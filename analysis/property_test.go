package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawGraph draws any small graph.
func drawGraph(t *rapid.T) *Graph {
	n := rapid.IntRange(3, 12).Draw(t, "nodes")
	directed, weighted := rapid.Bool().Draw(t, "directed"), rapid.Bool().Draw(t, "weighted")
	node := rapid.Uint32Range(0, uint32(n-1))
	edges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Edge {
		return Edge{node.Draw(t, "from"), node.Draw(t, "to"), float64(rapid.IntRange(1, 8).Draw(t, "quarters")) / 4}
	}), 0, 4*n).Draw(t, "edges")
	return FromEdges(n, edges, directed, weighted)
}

// renamed is the graph with node v called to[v].
func renamed(g *Graph, to []uint32) *Graph {
	var edges []Edge
	for v := range uint32(g.Len()) {
		for i, w := range g.Out(v) {
			if g.Directed() || v < w {
				edges = append(edges, Edge{to[v], to[w], weightAt(g.OutWeights(v), i)})
			}
		}
	}
	return FromEdges(g.Len(), edges, g.Directed(), g.Weighted())
}

func floats[T ~int | ~int32](list []T, err error) ([]float64, error) {
	out := make([]float64, len(list))
	for i, x := range list {
		out[i] = float64(x)
	}
	return out, err
}

// perNode is every measure of nodes that must not depend on what they are called.
var perNode = map[string]func(*Graph) ([]float64, error){
	"degree":      func(g *Graph) ([]float64, error) { return Degree(g), nil },
	"closeness":   func(g *Graph) ([]float64, error) { return Closeness(g, nil) },
	"harmonic":    func(g *Graph) ([]float64, error) { return Harmonic(g, nil) },
	"betweenness": func(g *Graph) ([]float64, error) { return Betweenness(g, nil) },
	"pagerank":    func(g *Graph) ([]float64, error) { return PageRank(g, PageRankOptions{}, nil) },
	"katz": func(g *Graph) ([]float64, error) {
		values, _, err := Katz(g, 0, nil)
		return values, err
	},
	"core":       func(g *Graph) ([]float64, error) { return floats(Cores(g, nil)) },
	"triangles":  func(g *Graph) ([]float64, error) { return floats(Triangles(g, nil)) },
	"clustering": func(g *Graph) ([]float64, error) { return Clustering(g, nil) },
	"fragmentation": func(g *Graph) ([]float64, error) {
		c, err := Cutpoints(g, nil)
		return c.Fragmentation, err
	},
	"constraint":    holesBy(func(h Holes) float64 { return h.Constraint }),
	"effectiveSize": holesBy(func(h Holes) float64 { return h.EffectiveSize }),
	"hierarchy":     holesBy(func(h Holes) float64 { return h.Hierarchy }),
}

func holesBy(value func(Holes) float64) func(*Graph) ([]float64, error) {
	return func(g *Graph) ([]float64, error) {
		holes, err := StructuralHoles(g, nil, nil)
		out := make([]float64, len(holes))
		for i, h := range holes {
			out[i] = value(h)
		}
		return out, err
	}
}

func close01(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-6
}

// TestNamesDoNotMatter calls the nodes of a graph by other numbers.
func TestNamesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		to := rapid.Permutation(identityOf(g.Len())).Draw(t, "names")
		other := renamed(g, to)
		for name, f := range perNode {
			mine, err := f(g)
			theirs, err2 := f(other)
			if err != nil || err2 != nil {
				t.Fatal(name, err, err2)
			}
			for v := range mine {
				if !close01(mine[v], theirs[to[v]]) {
					t.Fatalf("%s of %d: %v, called %d: %v", name, v, mine[v], to[v], theirs[to[v]])
				}
			}
		}
		sameShape(t, g, other)
		sameSets(t, g, other, to)
	})
}

func sameShape(t *rapid.T, g, other *Graph) {
	a, err := StructureOf(g, 1, nil)
	b, err2 := StructureOf(other, 1, nil)
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
		if !close01(pair[0], pair[1]) {
			t.Fatalf("%+v, renamed %+v", a, b)
		}
	}
}

// sameSets compares what is found of sets, groups and signs.
func sameSets(t *rapid.T, g, other *Graph, to []uint32) {
	for _, goal := range KeyPlayerGoals {
		a, err := FindKeyPlayers(g, KeyPlayerOptions{Goal: goal, Size: 2}, nil)
		b, err2 := FindKeyPlayers(other, KeyPlayerOptions{Goal: goal, Size: 2}, nil)
		if err != nil || err2 != nil || !close01(a.Value, b.Value) || a.Ties != b.Ties || a.Value < 0 || a.Value > 1 {
			t.Fatalf("%s: %+v, renamed %+v; %v, %v", goal, a, b, err, err2)
		}
	}
	of := thirds(g.Len())
	called := make([]uint32, len(of))
	for v, k := range of {
		called[to[v]] = k
	}
	a, _ := Brokers(g, of, nil, nil)
	b, _ := Brokers(other, called, nil, nil)
	for v := range a {
		for i, role := range a[v].Roles {
			if o := b[to[v]].Roles[i]; role.Count != o.Count || !close01(role.Z, o.Z) {
				t.Fatalf("%+v, renamed %+v", a[v], b[to[v]])
			}
		}
	}
}

// TestBounds checks what no graph can exceed.
func TestBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		holes, _ := StructuralHoles(g, nil, nil)
		for _, h := range holes {
			if h.Contacts == 0 {
				continue
			}
			n := float64(h.Contacts)
			if !(h.Constraint > 0) || !(h.EffectiveSize >= -1e-9 && h.EffectiveSize <= n+1e-9) || !(h.Hierarchy >= -1e-9 && h.Hierarchy <= 1+1e-9) || math.Abs(h.Efficiency*n-h.EffectiveSize) > 1e-9 {
				t.Fatalf("%+v", h)
			}
		}
		core, _ := CoreAndPeriphery(g, 1, nil)
		if core.Correlation < 0 || core.Correlation > 1+1e-9 {
			t.Fatalf("%+v", core)
		}
		b, err := Balance(signsOf(g), 10, 1, nil)
		if err != nil || b.Degree < 0 || b.Degree > 1 || b.Factions.LowerBound > b.Factions.Frustration || 2*b.Factions.Frustration > signsOf(g).Edges() {
			t.Fatalf("%+v, %+v, %v", b, b.Factions, err)
		}
	})
}

// TestLikenessIsMutual compares scores of two nodes from either end.
func TestLikenessIsMutual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		n := g.Len()
		alike, likely := map[[2]uint32]float64{}, map[[2]uint32]float64{}
		by := rapid.SampledFrom([]Similarity{SimilarByJaccard, SimilarByCosine}).Draw(t, "similarity")
		predictor := rapid.SampledFrom(Predictors).Draw(t, "predictor")
		for v := range uint32(n) {
			like, _ := Similar(g, v, by, n, nil)
			for _, l := range like {
				alike[[2]uint32{v, l.Node}] = l.Score
				if l.Score <= 0 || l.Score > 1+1e-12 {
					t.Fatalf("%d: %+v", v, l)
				}
			}
			predicted, _ := Predict(g, v, predictor, n, nil)
			for _, p := range predicted {
				likely[[2]uint32{v, p.Node}] = p.Score
			}
		}
		for _, scores := range []map[[2]uint32]float64{alike, likely} {
			for pair, score := range scores {
				if back, there := scores[[2]uint32{pair[1], pair[0]}]; !there || back != score {
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
		w := newSetWalk(g)
		set := rapid.Permutation(identityOf(g.Len())).Draw(t, "set")
		for _, byDistance := range []bool{false, true} {
			last := 0.0
			for k := range set {
				now, _ := w.reach(set[:k+1], 2, byDistance)
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

// TestLeidenIsConnected checks the promise of the method, and that any division it
// gives is at least as good as none, in small graphs and in such as are gone over once.
func TestLeidenIsConnected(t *testing.T) {
	r := rand.New(rand.NewPCG(39, 40))
	for round := range 160 {
		g := anyGraph(r, round, 5+r.IntN(40)).undirected()
		if round%4 == 0 {
			if g = largeGraph(r); len(g.out.to) <= leidenSmall {
				t.Fatalf("%d slots are not many", len(g.out.to))
			}
		}
		c, err := Leiden(g, 1, uint64(round), nil)
		if err != nil {
			t.Fatal(err)
		}
		if alone := Modularity(g, identityOf(g.Len()), 1); c.Modularity < max(alone, 0)-1e-12 {
			t.Fatalf("modularity %v, of single nodes %v", c.Modularity, alone)
		}
		if got := Modularity(g, c.Of, 1); got != c.Modularity {
			t.Fatalf("modularity %v, said to be %v", got, c.Modularity)
		}
		if count := len(piecesOf(g, c.Of)); count != len(c.Sizes) {
			t.Fatalf("%d communities, in %d pieces", len(c.Sizes), count)
		}
	}
}

// TestLeidenOfTiesThatWeighNothing: of many such to the same community none counts.
func TestLeidenOfTiesThatWeighNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(45, 46))
	for seed := range uint64(20) {
		edges := make([]Edge, 12_000)
		for i := range edges {
			from := r.IntN(400)
			edges[i] = Edge{uint32(from), uint32(from/20*20 + r.IntN(20)), 1}
			if i%2 == 0 {
				edges[i] = Edge{uint32(from), uint32(r.IntN(400)), 0}
			}
		}
		c, err := Leiden(FromEdges(400, edges, false, true), 1, seed, nil)
		if err != nil || len(c.Sizes) != 20 {
			t.Fatalf("%d communities, want the 20 that have ties of weight, %v", len(c.Sizes), err)
		}
	}
}

// largeGraph has many nodes and few edges, so that what goes together hangs by little.
func largeGraph(r *rand.Rand) *Graph {
	n := 3000 + r.IntN(3000)
	edges := make([]Edge, leidenSmall*3/4+r.IntN(n))
	for i := range edges {
		from := r.IntN(n)
		edges[i] = Edge{uint32(from), uint32((from + 1 + r.IntN(200)) % n), float64(1 + r.IntN(3))}
	}
	return FromEdges(n, edges, false, r.IntN(2) == 0)
}

// piecesOf are the sizes of the components of a graph of the links within communities.
func piecesOf(g *Graph, of []uint32) []int {
	var within []Edge
	for v := range uint32(g.Len()) {
		for _, w := range g.Out(v) {
			if v < w && of[v] == of[w] {
				within = append(within, Edge{v, w, 1})
			}
		}
	}
	_, sizes, _ := Components(FromEdges(g.Len(), within, false, false), nil)
	return sizes
}

// TestPiecesOfCommunities divides any communities into what hangs together.
func TestPiecesOfCommunities(t *testing.T) {
	r := rand.New(rand.NewPCG(43, 44))
	for round := range 200 {
		g := anyGraph(r, round, 5+r.IntN(60)).undirected()
		of := make([]uint32, g.Len())
		for v := range of {
			of[v] = uint32(r.IntN(min(g.Len(), 1+round%7)))
		}
		got := joined(&g.out, of)
		for v := range got {
			got[v] = root(got, uint32(v))
		}
		for v, p := range got {
			if of[v] != of[p] {
				t.Fatalf("node %d of community %d is in a piece of %d", v, of[v], of[p])
			}
		}
		_, sizes := bySize(got)
		if want := piecesOf(g, of); !slices.Equal(sizes, want) {
			t.Fatalf("pieces %v, want %v", sizes, want)
		}
	}
}

// TestComponentsAreWhatCanBeReached checks the components of sparse graphs of many
// pieces, whatever the nodes are called, against what a search reaches.
func TestComponentsAreWhatCanBeReached(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	for range 300 {
		n := 1 + r.IntN(60)
		edges := make([]Edge, r.IntN(n+n/4+1))
		for i := range edges {
			edges[i] = Edge{From: uint32(r.IntN(n)), To: uint32(r.IntN(n))}
		}
		g := FromEdges(n, edges, false, false)
		of, sizes, err := Components(g, nil)
		if err != nil || !slices.IsSortedFunc(sizes, func(a, b int) int { return b - a }) {
			t.Fatalf("sizes %v, %v", sizes, err)
		}
		first := make([]int, len(sizes)) // the least node of each
		for v := n - 1; v >= 0; v-- {
			first[of[v]] = v
			distance, _ := BFS(g, uint32(v), nil)
			reached := 0
			for w, d := range distance {
				if (d != Unreached) != (of[v] == of[w]) {
					t.Fatalf("%d and %d: distance %d, components %d and %d, of %v", v, w, d, of[v], of[w], edges)
				}
				if d != Unreached {
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
