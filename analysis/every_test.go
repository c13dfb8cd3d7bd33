package analysis

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// everything is every algorithm over a Graph, with some arguments.
var everything = map[string]func(*Graph, *Meter) (any, error){
	"components": func(g *Graph, m *Meter) (any, error) {
		of, sizes, err := Components(g, m)
		return []any{of, sizes}, err
	},
	"strong components": func(g *Graph, m *Meter) (any, error) {
		of, sizes, err := StrongComponents(g, m)
		return []any{of, sizes}, err
	},
	"bfs":             func(g *Graph, m *Meter) (any, error) { return BFS(g, 0, m) },
	"cores":           func(g *Graph, m *Meter) (any, error) { return Cores(g, m) },
	"cut":             func(g *Graph, m *Meter) (any, error) { return Cutpoints(g, m) },
	"triangles":       func(g *Graph, m *Meter) (any, error) { return Triangles(g, m) },
	"clustering":      func(g *Graph, m *Meter) (any, error) { return Clustering(g, m) },
	"closeness":       func(g *Graph, m *Meter) (any, error) { return Closeness(g, m) },
	"harmonic":        func(g *Graph, m *Meter) (any, error) { return Harmonic(g, m) },
	"betweenness":     func(g *Graph, m *Meter) (any, error) { return Betweenness(g, m) },
	"tie betweenness": func(g *Graph, m *Meter) (any, error) { return TieBetweenness(g, m) },
	"sampled harmonic": func(g *Graph, m *Meter) (any, error) {
		return SampleHarmonic(g, 300, 3, m)
	},
	"sampled ties": func(g *Graph, m *Meter) (any, error) {
		return SampleTieBetweenness(g, 2000, 3, m)
	},
	"sampled betweenness": func(g *Graph, m *Meter) (any, error) {
		return SampleBetweenness(g, 2000, 3, m)
	},
	"eigenvector": func(g *Graph, m *Meter) (any, error) { return Eigenvector(g, m) },
	"pagerank":    func(g *Graph, m *Meter) (any, error) { return PageRank(g, PageRankOptions{}, m) },
	"katz": func(g *Graph, m *Meter) (any, error) {
		values, alpha, err := Katz(g, 0, m)
		return []any{values, alpha}, err
	},
	"bonacich":  func(g *Graph, m *Meter) (any, error) { return Bonacich(g, -0.5, m) },
	"labels":    func(g *Graph, m *Meter) (any, error) { return LabelPropagation(g, 5, nil, m) },
	"leiden":    func(g *Graph, m *Meter) (any, error) { return Leiden(g, 1, 3, m) },
	"holes":     func(g *Graph, m *Meter) (any, error) { return StructuralHoles(g, nil, m) },
	"predict":   func(g *Graph, m *Meter) (any, error) { return Predict(g, 0, ByAdamicAdar, 1000, m) },
	"similar":   func(g *Graph, m *Meter) (any, error) { return Similar(g, 0, SimilarByCosine, 1000, m) },
	"brokers":   func(g *Graph, m *Meter) (any, error) { return Brokers(g, thirds(g.Len()), nil, m) },
	"structure": func(g *Graph, m *Meter) (any, error) { return StructureOf(g, 3, m) },
	"core":      func(g *Graph, m *Meter) (any, error) { return CoreAndPeriphery(g, 3, m) },
	"balance":   func(g *Graph, m *Meter) (any, error) { return Balance(signsOf(g), 1000, 3, m) },
	"key players": func(g *Graph, m *Meter) (any, error) {
		return FindKeyPlayers(g, KeyPlayerOptions{Goal: Fragment, Size: 3, Seed: 3, Restarts: 1}, m)
	},
	"key players by reach": func(g *Graph, m *Meter) (any, error) {
		return FindKeyPlayers(g, KeyPlayerOptions{Goal: DistanceReach, Size: 3, Seed: 3, Restarts: 1}, m)
	},
	"sampled distances": func(g *Graph, m *Meter) (any, error) {
		return distancesFrom(g, drawSources(g.Len(), 3), false, m)
	},
}

func thirds(n int) []uint32 {
	of := make([]uint32, n)
	for v := range of {
		of[v] = uint32(v % 3)
	}
	return of
}

// signsOf makes every third edge hostile.
func signsOf(g *Graph) *Signed {
	var ties []SignedTie
	for v := range uint32(g.Len()) {
		for _, w := range g.Out(v) {
			sign := Plus
			if (v+w)%3 == 0 {
				sign = Minus
			}
			ties = append(ties, SignedTie{v, w, sign})
		}
	}
	return NewSigned(g.Len(), ties)
}

// TestSameEveryTime runs everything on one processor and on two, twice.
func TestSameEveryTime(t *testing.T) {
	r := rand.New(rand.NewPCG(35, 36))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for round := range 4 {
		n := 200
		p := 4 / float64(n)
		g := randomGraph(r, n, p, round%2 == 0)
		if round > 1 {
			g = randomWeighted(r, n, p, round%2 == 0)
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
	for round := range 2 {
		g := randomGraph(r, 60, 0.08, round == 0)
		for name, run := range everything {
			m := NewMeter(t.Context(), 0)
			whole, err := run(g, m)
			if err != nil || m.Used() == 0 {
				t.Fatalf("%s: %v, %d slots", name, err, m.Used())
			}
			for limit := m.Used() - 1; limit > 0; limit /= 3 {
				if _, err := run(g, NewMeter(t.Context(), limit)); !errors.Is(err, ErrBudget) {
					t.Errorf("%s with %d of %d slots: %v", name, limit, m.Used(), err)
				}
			}
			if _, err := run(g, NewMeter(ended, 0)); !errors.Is(err, context.Canceled) {
				t.Errorf("%s after the context ended: %v", name, err)
			}
			again, err := run(g, NewMeter(t.Context(), m.Used()))
			if d := cmp.Diff(whole, again, cmpopts.EquateNaNs()); d != "" || err != nil {
				t.Errorf("%s with just enough: %v (-whole +again):\n%s", name, err, d)
			}
		}
	}
}

// TestNetworkStopsWhenTold does the same for what reads a Network.
func TestNetworkStopsWhenTold(t *testing.T) {
	n := network(t, []said{
		{"i1", "STUDIED_AT", "m1"},
		{"i2", "STUDIED_AT", "m1"},
		{"i3", "STUDIED_AT", "m2"},
		{"i1", "STUDIED_AT", "m2"},
		{"i4", "TAUGHT_AT", "m2"},
		{"i4", "ASSOCIATE_OF", "i1"},
		{"i2", "ASSOCIATE_OF", "i1"},
	})
	for name, run := range map[string]func(*Meter) (any, error){
		"layers":   func(m *Meter) (any, error) { return Layers(n, m) },
		"two-mode": func(m *Meter) (any, error) { return ProjectTwoMode(n, studies(), m) },
		"similar":  func(m *Meter) (any, error) { return SimilarByKind(n, n.at(t, "i1"), SimilarByJaccard, 9, m) },
	} {
		m := NewMeter(t.Context(), 0)
		if _, err := run(m); err != nil {
			t.Fatal(err)
		}
		for limit := int64(1); limit < m.Used(); limit++ {
			if _, err := run(NewMeter(t.Context(), limit)); !errors.Is(err, ErrBudget) {
				t.Errorf("%s with %d of %d slots: %v", name, limit, m.Used(), err)
			}
		}
		if _, err := run(NewMeter(t.Context(), m.Used())); err != nil || m.Used() < int64(n.Links()) && name != "similar" {
			t.Errorf("%s with %d slots: %v", name, m.Used(), err)
		}
	}
}

// TestEmptyAndTiny runs everything on graphs of few nodes and without edges; what
// is asked of a node or of three players only where there are so many.
func TestEmptyAndTiny(t *testing.T) {
	needs := map[string]int{"bfs": 1, "predict": 1, "similar": 1, "key players": 3, "key players by reach": 3, "sampled distances": 1}
	for _, directed := range []bool{false, true} {
		for n := range 4 {
			g := FromEdges(n, nil, directed, false)
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
