package algo_test

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/tests/raced"
)

// reachedBy measures a set by all distances.
func reachedBy(g *algo.Graph, o algo.KeyPlayerOptions, set []algo.Node) float64 {
	n := g.Len()
	if o.Goal == algo.Reach || o.Goal == algo.DistanceReach {
		dist, _ := algotest.Steps(g)
		sum := 0.0
		for v := range n {
			d := 1 << 20
			for _, s := range set {
				d = min(d, dist[s][v])
			}
			switch {
			case d == 0:
				sum++
			case d < 1<<20 && o.Goal == algo.DistanceReach:
				sum += 1 / float64(d)
			case d <= o.Steps && o.Goal == algo.Reach:
				sum++
			}
		}
		return sum / float64(n)
	}
	u := g.Undirected()
	var edges []algo.Edge
	for v := range algo.Node(n) {
		for _, w := range u.Out(v) {
			if v < w && !slices.Contains(set, v) && !slices.Contains(set, w) {
				edges = append(edges, algo.Edge{From: v, To: w})
			}
		}
	}
	dist, _ := algotest.Steps(algo.FromEdges(n, edges, false, false))
	have := 0.0
	for i := range n {
		for j := range n {
			if i != j && dist[i][j] < 1<<20 {
				if o.Goal == algo.Fragment {
					have++
				} else {
					have += 1 / float64(dist[i][j])
				}
			}
		}
	}
	left := float64(n - len(set))
	if left < 2 {
		return 0
	}
	return 1 - have/(left*(left-1))
}

// best measures every set of a size.
func best(g *algo.Graph, o algo.KeyPlayerOptions) (set []algo.Node, value float64, ties int) {
	value = -1
	for mask := range 1 << g.Len() {
		var s []algo.Node
		for v := range algo.Node(g.Len()) {
			if mask>>v&1 == 1 {
				s = append(s, v)
			}
		}
		if len(s) != o.Size {
			continue
		}
		v := reachedBy(g, o, s)
		switch {
		case v > value+1e-9:
			set, value, ties = s, v, 1
		case v > value-1e-9:
			ties++
			if slices.Compare(s, set) < 0 {
				set = s
			}
		}
	}
	return set, value, ties
}

func TestKeyPlayersAgainstAllSets(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	missed := 0
	for round := range 40 {
		g := algotest.Any(r, round, 3+r.IntN(6))
		for _, goal := range algo.KeyPlayerGoals {
			o := algo.KeyPlayerOptions{Goal: goal, Size: 1 + r.IntN(min(3, g.Len())), Steps: 1 + r.IntN(3), Seed: uint64(round)}
			set, value, ties := best(g, o)
			got, err := algo.FindKeyPlayers(g, o, nil)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(set, got.Nodes); d != "" || !got.Exact || got.Ties != ties || math.Abs(got.Value-value) > 1e-12 ||
				math.Abs(got.Before-reachedBy(g, o, nil)) > 1e-12 {
				t.Fatalf("%s: %+v, want %v of value %v, %d ties", goal, got, set, value, ties)
			}
			searched := climb(t, g, o)
			if math.Abs(searched.Value-reachedBy(g, o, searched.Nodes)) > 1e-12 || searched.Value > value+1e-12 ||
				searched.Exact ||
				len(searched.Nodes) != o.Size {
				t.Fatalf("%s by search: %+v, best is %v", goal, searched, value)
			}
			if searched.Value < value-1e-12 {
				missed++
			}
		}
	}
	if missed > 0 {
		t.Errorf("the search missed the best set %d times in 160", missed)
	}
}

// climb searches as in a graph too large to compare all sets.
func climb(t *testing.T, g *algo.Graph, o algo.KeyPlayerOptions) *algo.KeyPlayers {
	t.Helper()
	found, err := algo.SearchKeyPlayers(g, o)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestKeyPlayersByHand takes the bridge of two cliques, and checks that removing
// one node agrees with the single pass of Cutpoints.
func TestKeyPlayersByHand(t *testing.T) {
	var edges []algo.Edge
	for i := range algo.Node(4) {
		for j := range i {
			edges = append(edges, algo.Edge{From: i, To: j}, algo.Edge{From: i + 5, To: j + 5})
		}
	}
	g := algo.FromEdges(9, append(edges, algo.Edge{From: 0, To: 4}, algo.Edge{From: 4, To: 5}),
		false, false)
	got, err := algo.FindKeyPlayers(g, algo.KeyPlayerOptions{Goal: algo.Fragment, Size: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := &algo.KeyPlayers{Nodes: []algo.Node{4}, Value: 1 - 24.0/56, Exact: true, Ties: 1, Candidates: 9}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("fragmentation (-want +got):\n%s", d)
	}
	got, _ = algo.FindKeyPlayers(g, algo.KeyPlayerOptions{Goal: algo.DistanceReach, Size: 2}, nil)
	if got.Value != 1 || !slices.Equal(got.Nodes, []algo.Node{0, 5}) {
		t.Errorf("reach: %+v, want the two ends of the bridge, which reach all in one step", got)
	}
	cut, _ := algo.Cutpoints(g, nil)
	w := algo.NewSetWalk(g)
	for v := range algo.Node(9) {
		if f := w.Fragmentation([]algo.Node{v}); math.Abs(f-cut.Fragmentation[v]) > 1e-12 {
			t.Errorf("F without %d: %v here, %v in one pass", v, f, cut.Fragmentation[v])
		}
	}
}

// TestKeyPlayersOfLargeGraph looks for what stands out in a graph too large to
// compare all sets, the same in every run.
func TestKeyPlayersOfLargeGraph(t *testing.T) {
	raced.Alone(t)
	const hub = 210 // the first; three stars in a ring, of more nodes than are candidates
	edges := []algo.Edge{{From: hub, To: hub + 1}, {From: hub + 1, To: hub + 2}, {From: hub + 2, To: hub}}
	for i := range algo.Node(hub) {
		edges = append(edges, algo.Edge{From: i, To: hub + i%3})
	}
	g := algo.FromEdges(hub+3, edges, false, false)
	for _, goal := range algo.KeyPlayerGoals {
		o := algo.KeyPlayerOptions{Goal: goal, Size: 3, Steps: 1, Restarts: 1}
		if goal == algo.DistanceFragment {
			o.Size = 2 // one search from every node for each set
		}
		var last *algo.KeyPlayers
		for _, workers := range []int{1, 2} {
			was := runtime.GOMAXPROCS(workers)
			got, err := algo.FindKeyPlayers(g, o, nil)
			runtime.GOMAXPROCS(was)
			if err != nil {
				t.Fatal(err)
			}
			if last != nil && !cmp.Equal(last, got) {
				t.Errorf("%s: %+v, then %+v", goal, last, got)
			}
			last = got
		}
		hubs := []algo.Node{hub, hub + 1, hub + 2}[:o.Size]
		if last.Exact || !slices.Equal(last.Nodes, hubs) {
			t.Errorf("%s: %+v, want the hubs %v", goal, last, hubs)
		}
	}
}

// TestSetWalkBeginsAnew walks so often that the numbers of walks run out.
func TestSetWalkBeginsAnew(t *testing.T) {
	g := algo.FromEdges(6, []algo.Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 3, To: 4}}, false, false)
	w := algo.NewSetWalk(g)
	want := w.Fragmentation([]algo.Node{1})
	far := w.Reach([]algo.Node{0}, 6, true)
	for back := range uint32(12) {
		w.Number(math.MaxUint32 - back)
		if got := w.Fragmentation([]algo.Node{1}); got != want {
			t.Errorf("F is %v %d walks before the end, %v before", got, back, want)
		}
		w.Number(math.MaxUint32 - back)
		for range 14 {
			if got := w.Reach([]algo.Node{0}, 6, true); got != far {
				t.Errorf("reach is %v %d walks before the end, %v before", got, back, far)
			}
		}
	}
}

// TestKeyPlayersRefuses checks the arguments, and what steps mean when left out.
func TestKeyPlayersRefuses(t *testing.T) {
	g := algo.FromEdges(5, []algo.Edge{
		{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 3}, {From: 3, To: 4},
	}, true, false)
	for _, o := range []algo.KeyPlayerOptions{
		{Goal: "FAME", Size: 1},
		{Goal: algo.Reach},
		{Goal: algo.Reach, Size: 6},
		{Goal: algo.Reach, Size: 1, Steps: -1},
		{Goal: algo.Reach, Size: 1, Restarts: -1},
	} {
		if _, err := algo.FindKeyPlayers(g, o, nil); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	if got, err := algo.FindKeyPlayers(g, algo.KeyPlayerOptions{Goal: algo.Reach, Size: 1}, nil); err != nil ||
		got.Value != 3.0/5 {
		t.Errorf("%+v, %v; want two steps to be gone", got, err)
	}
}
