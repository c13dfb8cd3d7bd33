package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

func studies() TwoModeOptions {
	return TwoModeOptions{
		First: []graph.EntityKind{graph.Individual}, Second: []graph.EntityKind{graph.Madressah},
		Weight: algo.PlainProjection,
	}
}

// TestTwoModeAgainstDefinition projects random attendance by the matrix of who was
// where.
func TestTwoModeAgainstDefinition(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(29, 30))
	kinds := []algo.Projection{algo.PlainProjection, algo.NewmanProjection, algo.HyperbolicProjection}
	kept, all := 0, 0
	for round := range 12 {
		weight := kinds[round%3]
		people, places := 9, 6
		at := make([][]float64, people)
		var links []said
		var entities []graph.ID
		for i := range people {
			at[i] = make([]float64, places)
			entities = append(entities, graph.ID(fmt.Sprintf("i%d", i)))
			for k := range places {
				who, where := graph.ID(fmt.Sprintf("i%d", i)), graph.ID(fmt.Sprintf("m%d", k))
				if r.IntN(3+round/3) == 0 {
					at[i][k] = 1
					links = append(links, said{who, "STUDIED_AT", where})
					if r.IntN(4) == 0 {
						links = append(links, said{who, "TAUGHT_AT", where})
					}
				} else if r.IntN(4) == 0 {
					links = append(links, said{who, "PATRON_OF", where}) // does not count
				}
			}
		}
		whole := network(t, append(links, said{"g1", "BASED_AT", "m0"}), entities...)
		n := must(NewNetwork(whole.View(), &ViewInput{
			Kinds: []graph.Predicate{"STUDIED_AT", "TAUGHT_AT"}, Bearings: []graph.Bearing{graph.EveryBearing},
		}, nil))
		o := studies()
		o.Weight = weight
		got, err := n.projectTwoMode(o, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := make([][]float64, people)
		for i := range people {
			want[i] = make([]float64, people)
			for j := range people {
				for k := range places {
					d := 0.0
					for x := range people {
						d += at[x][k]
					}
					if i != j && at[i][k] > 0 && at[j][k] > 0 {
						want[i][j] += map[algo.Projection]float64{
							algo.PlainProjection: 1, algo.NewmanProjection: 1 / (d - 1), algo.HyperbolicProjection: 1 / d,
						}[weight]
					}
				}
			}
		}
		checkProjection(t, n, got, want)
		k, a := checkBackbone(t, n, o, want)
		kept, all = kept+k, all+a
	}
	if kept < 20 || all-kept < 20 {
		t.Errorf("%d of %d ties were kept: too few either way to tell", kept, all)
	}
}

// who is the number in the id of a graph's node.
func who(n *Network, p *twoModes, v algo.Node) int { return int(n.ID(p.first[v])[1] - '0') }

func checkProjection(t *testing.T, n *Network, got *twoModes, want [][]float64) {
	t.Helper()
	a := algotest.Matrix(got.Graph)
	if len(a) != len(want) {
		t.Fatalf("%d nodes, want %d", len(a), len(want))
	}
	for v := range a {
		for w := range a {
			i, j := who(n, got, algo.Node(v)), who(n, got, algo.Node(w))
			if math.Abs(a[v][w]-want[i][j]) > 1e-12 {
				t.Fatalf("%d and %d: %v, want %v", i, j, a[v][w], want[i][j])
			}
		}
	}
	for _, tie := range got.Ties {
		if i, j := who(n, got, tie.A), who(n, got, tie.B); tie.A >= tie.B || math.Abs(tie.Weight-want[i][j]) > 1e-12 ||
			!slices.IsSorted(tie.Shared) || len(tie.Shared) == 0 {
			t.Fatalf("%+v, want weight %v", tie, want[i][j])
		}
	}
	if len(got.Ties) != got.Graph.Edges() {
		t.Fatalf("%d ties, %d edges", len(got.Ties), got.Graph.Edges())
	}
}

// checkBackbone compares significance with the integral that it stands for, by
// which a share x of a strength split at random among k ties has the density
// (k-1)(1-x)^(k-2).
func checkBackbone(t *testing.T, n *Network, o TwoModeOptions, want [][]float64) (kept, all int) {
	t.Helper()
	chance := func(i, j int) float64 {
		k, s := 0, 0.0
		for _, w := range want[i] {
			s += w
			if w > 0 {
				k++
			}
		}
		if k == 1 {
			return 1
		}
		const steps = 20_000
		from, area := want[i][j]/s, 0.0
		h := (1 - from) / steps
		for step := range steps {
			x := from + (float64(step)+0.5)*h
			area += h * float64(k-1) * math.Pow(1-x, float64(k-2))
		}
		return area
	}
	o.Alpha = 0.3
	got, err := n.projectTwoMode(o, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		for j := range i {
			if want[i][j] > 0 && min(chance(i, j), chance(j, i)) < o.Alpha {
				kept++
			}
		}
	}
	for _, tie := range got.Ties {
		i, j := who(n, got, tie.A), who(n, got, tie.B)
		algotest.Equal(t, "significance", tie.Significance, min(chance(i, j), chance(j, i)), 1e-6)
	}
	for i := range want {
		for j := range i {
			if want[i][j] > 0 {
				all++
			}
		}
	}
	if len(got.Ties) != kept || got.Graph.Edges() != kept || got.Dropped != all-kept {
		t.Errorf("%d ties kept and %d dropped, want %d kept of %d", len(got.Ties), got.Dropped, kept, all)
	}
	return kept, all
}

func TestTwoModeSaysWhatIsShared(t *testing.T) {
	n := network(t, []said{
		{"i1", "STUDIED_AT", "m1"},
		{"i2", "TAUGHT_AT", "m1"},
		{"i2", "STUDIED_AT", "m2"},
		{"i1", "STUDIED_AT", "m2"},
		{"i3", "STUDIED_AT", "m3"},
	})
	got, err := n.projectTwoMode(studies(), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []algo.SharedTie{{A: 0, B: 1, Weight: 2, Shared: got.Ties[0].Shared, Significance: 1}}
	if d := cmp.Diff(want, got.Ties); d != "" || len(got.first) != 3 {
		t.Errorf("%d nodes; ties (-want +got):\n%s", len(got.first), d)
	}
	shared := idsOf(got.entities(got.Ties[0].Shared), entityID)
	slices.Sort(shared)
	if d := cmp.Diff([]graph.ID{"m1", "m2"}, shared); d != "" {
		t.Errorf("shared (-want +got):\n%s", d)
	}
	for _, bad := range []func(*TwoModeOptions){
		func(o *TwoModeOptions) { o.Second = o.First },
		func(o *TwoModeOptions) { o.First = nil },
		func(o *TwoModeOptions) { o.Weight = "HEAVY" },
		func(o *TwoModeOptions) { o.Alpha = 1 },
		func(o *TwoModeOptions) { o.Alpha = math.NaN() },
	} {
		o := studies()
		bad(&o)
		if _, err := n.projectTwoMode(o, nil); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}
