package algo_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/algo/community"
	"github.com/rabta/rabta/algo/signed"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// everything is every algorithm over a Graph, with some arguments.
var everything = map[string]func(*algo.Graph, *work.Meter) (any, error){
	"components": func(g *algo.Graph, m *work.Meter) (any, error) {
		of, sizes, err := algo.Components(g, m)
		return []any{of, sizes}, err
	},
	"strong components": func(g *algo.Graph, m *work.Meter) (any, error) {
		of, sizes, err := algo.StrongComponents(g, m)
		return []any{of, sizes}, err
	},
	"bfs":             func(g *algo.Graph, m *work.Meter) (any, error) { return algo.BFS(g, 0, m) },
	"cores":           func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Cores(g, m) },
	"cut":             func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Cutpoints(g, m) },
	"triangles":       func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Triangles(g, m) },
	"clustering":      func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Clustering(g, m) },
	"closeness":       func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Closeness(g, m) },
	"harmonic":        func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Harmonic(g, m) },
	"betweenness":     func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Betweenness(g, m) },
	"tie betweenness": func(g *algo.Graph, m *work.Meter) (any, error) { return algo.TieBetweenness(g, m) },
	"sampled harmonic": func(g *algo.Graph, m *work.Meter) (any, error) {
		return algo.SampleHarmonic(g, 300, 3, m)
	},
	"sampled ties": func(g *algo.Graph, m *work.Meter) (any, error) {
		return algo.SampleTieBetweenness(g, 2000, 3, m)
	},
	"sampled betweenness": func(g *algo.Graph, m *work.Meter) (any, error) {
		return algo.SampleBetweenness(g, 2000, 3, m)
	},
	"eigenvector": func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Eigenvector(g, m) },
	"pagerank":    func(g *algo.Graph, m *work.Meter) (any, error) { return algo.PageRank(g, algo.PageRankOptions{}, m) },
	"katz": func(g *algo.Graph, m *work.Meter) (any, error) {
		values, alpha, err := algo.Katz(g, 0, m)
		return []any{values, alpha}, err
	},
	"bonacich": func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Bonacich(g, -0.5, m) },
	"labels":   func(g *algo.Graph, m *work.Meter) (any, error) { return community.LabelPropagation(g, 5, nil, m) },
	"leiden":   func(g *algo.Graph, m *work.Meter) (any, error) { return community.Leiden(g, 1, 3, m) },
	"holes":    func(g *algo.Graph, m *work.Meter) (any, error) { return algo.StructuralHoles(g, nil, m) },
	"predict": func(g *algo.Graph, m *work.Meter) (any, error) {
		return algo.Predict(g, 0, algo.ByAdamicAdar, nil, 1000, m)
	},
	"similar": func(g *algo.Graph, m *work.Meter) (any, error) {
		return algo.Similar(signaturesOf(g), 0, algo.SimilarByCosine, 1000, m)
	},
	"brokers":   func(g *algo.Graph, m *work.Meter) (any, error) { return algo.Brokers(g, thirds(g.Len()), nil, m) },
	"structure": func(g *algo.Graph, m *work.Meter) (any, error) { return algo.StructureOf(g, 3, m) },
	"core":      func(g *algo.Graph, m *work.Meter) (any, error) { return algo.CoreAndPeriphery(g, 3, m) },
	"balance":   func(g *algo.Graph, m *work.Meter) (any, error) { return signed.BalanceOf(signsOf(g), 1000, 3, m) },
	"key players": func(g *algo.Graph, m *work.Meter) (any, error) {
		return algo.FindKeyPlayers(g, algo.KeyPlayerOptions{Goal: algo.Fragment, Size: 3, Seed: 3, Restarts: 1}, m)
	},
	"key players by reach": func(g *algo.Graph, m *work.Meter) (any, error) {
		return algo.FindKeyPlayers(g, algo.KeyPlayerOptions{Goal: algo.DistanceReach, Size: 3, Seed: 3, Restarts: 1}, m)
	},
	"sampled distances": func(g *algo.Graph, m *work.Meter) (any, error) {
		return algo.DistancesFrom(g, algo.DrawSources(g.Len(), 3), false, m)
	},
}

func thirds(n int) []algo.Label {
	of := make([]algo.Label, n)
	for v := range of {
		of[v] = algo.Label(v % 3)
	}
	return of
}

// signsOf is the graph of the first nodes, with every third edge hostile. More nodes
// would be divided by all the branches that are followed at most, each time.
func signsOf(g *algo.Graph) *signed.Graph {
	const most = 50
	var ties []signed.Edge
	for v := range algo.Node(min(g.Len(), most)) {
		for _, w := range g.Out(v) {
			if w >= most {
				continue
			}
			sign := signed.Plus
			if (v+w)%3 == 0 {
				sign = signed.Minus
			}
			ties = append(ties, signed.Edge{A: v, B: w, Sign: sign})
		}
	}
	return signed.New(g.Len(), ties)
}

// TestSameEveryTime runs everything on one processor and on two, twice.
func TestSameEveryTime(t *testing.T) {
	r := rand.New(rand.NewPCG(35, 36))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for round := range 4 {
		if raced.Detector && (round == 1 || round == 2) {
			continue // one with weights and one without
		}
		n := 120 // sets of three key players are more than are compared
		p := 4 / float64(n)
		g := algotest.Random(r, n, p, round%2 == 0)
		if round > 1 {
			g = algotest.RandomWeighted(r, n, p, round%2 == 0)
		}
		for name, run := range everything {
			var first any
			for turn, processors := range []int{1, 2, 2} {
				runtime.GOMAXPROCS(processors)
				got, err := run(g, nil)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if turn == 0 {
					first = got
				} else if d := cmp.Diff(first, got, cmpopts.EquateNaNs()); d != "" {
					t.Errorf("%s on %d processors (-first +then):\n%s", name, processors, d)
				}
			}
		}
	}
}

// TestStopsWhenTold runs everything with less and less work allowed, and with a
// context that has ended.
func TestStopsWhenTold(t *testing.T) {
	r := rand.New(rand.NewPCG(37, 38))
	ended, end := context.WithCancel(t.Context())
	end()
	for round := range raced.Few(2) {
		g := algotest.Random(r, 40, 0.12, round == 0)
		for name, run := range everything {
			m := work.NewMeter(t.Context(), 0)
			whole, err := run(g, m)
			if err != nil || m.Used() == 0 {
				t.Fatalf("%s: %v, %d slots", name, err, m.Used())
			}
			for limit := m.Used() - 1; limit > 0; limit /= 3 {
				if _, err := run(g, work.NewMeter(t.Context(), limit)); !errors.Is(err, work.ErrBudget) {
					t.Errorf("%s with %d of %d slots: %v", name, limit, m.Used(), err)
				}
			}
			if _, err := run(g, work.NewMeter(ended, 0)); !errors.Is(err, context.Canceled) {
				t.Errorf("%s after the context ended: %v", name, err)
			}
			again, err := run(g, work.NewMeter(t.Context(), m.Used()))
			if d := cmp.Diff(whole, again, cmpopts.EquateNaNs()); d != "" || err != nil {
				t.Errorf("%s with just enough: %v (-whole +again):\n%s", name, err, d)
			}
		}
	}
}

// TestEmptyAndTiny runs everything on graphs of few nodes and without edges; what
// is asked of a node or of three players only where there are so many.
func TestEmptyAndTiny(t *testing.T) {
	needs := map[string]int{
		"bfs": 1, "predict": 1, "similar": 1, "key players": 3,
		"key players by reach": 3, "sampled distances": 1,
	}
	for _, directed := range []bool{false, true} {
		for n := range 4 {
			g := algo.FromEdges(n, nil, directed, false)
			for name, run := range everything {
				if n < needs[name] {
					continue
				}
				if _, err := run(g, nil); err != nil {
					t.Errorf("%s of %d nodes: %v", name, n, err)
				}
			}
		}
	}
}
