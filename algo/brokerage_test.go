package algo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
)

// rolesOf counts by definition, over all triples.
func rolesOf(a [][]float64, of []algo.Label, b int) (count [5]int) {
	for x := range a {
		for y := range a {
			if x == b || y == b || x == y || a[x][b] == 0 || a[b][y] == 0 || a[x][y] != 0 {
				continue
			}
			switch {
			case of[x] == of[b] && of[b] == of[y]:
				count[0]++
			case of[x] == of[y]:
				count[1]++
			case of[b] == of[y]:
				count[2]++
			case of[x] == of[b]:
				count[3]++
			default:
				count[4]++
			}
		}
	}
	return count
}

// deals calls f with every order of the groups of all nodes but one.
func deals(of []algo.Label, fixed int, f func([]algo.Label)) {
	var others []int
	for v := range of {
		if v != fixed {
			others = append(others, v)
		}
	}
	dealt := append([]algo.Label(nil), of...)
	var rec func(int)
	rec = func(k int) {
		if k == len(others) {
			f(dealt)
			return
		}
		for i := k; i < len(others); i++ {
			a, b := others[k], others[i]
			dealt[a], dealt[b] = dealt[b], dealt[a]
			rec(k + 1)
			dealt[a], dealt[b] = dealt[b], dealt[a]
		}
	}
	rec(0)
}

// TestBrokersAgainstAllDeals compares counts with the definition, means and
// deviations with those over every way to deal out the groups.
func TestBrokersAgainstAllDeals(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for round := range 40 {
		g := algotest.Random(r, 2+r.IntN(5), 0.2+r.Float64()*0.6, round%3 > 0)
		a := algotest.Matrix(g)
		of := make([]algo.Label, g.Len())
		for v := range of {
			of[v] = 10 * algo.Label(r.IntN(3))
		}
		got, err := algo.Brokers(g, of, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for v := range g.Len() {
			counts := rolesOf(a, of, v)
			var sum, square [5]float64
			ways := 0.0
			deals(of, v, func(dealt []algo.Label) {
				ways++
				for i, c := range rolesOf(a, dealt, v) {
					sum[i] += float64(c)
					square[i] += float64(c * c)
				}
			})
			total := 0
			for i, role := range got[v].Roles {
				total += counts[i]
				mean := sum[i] / ways
				deviation := math.Sqrt(max(square[i]/ways-mean*mean, 0))
				z := 0.0
				if deviation > 1e-6 {
					z = (float64(counts[i]) - mean) / deviation
				}
				if role.Role != algo.BrokerRoles[i] || role.Count != counts[i] {
					t.Fatalf("%s of %d: %+v, want %d", algo.BrokerRoles[i], v, role, counts[i])
				}
				algotest.Near(t, string(role.Role), []float64{role.Expected, role.Deviation, role.Z}, []float64{mean, deviation, z},
					1e-6)
			}
			if got[v].Total != total || int(got[v].Node) != v {
				t.Fatalf("%+v, want %d in all", got[v], total)
			}
		}
	}
}

// TestBrokersByHand has one node of each role.
func TestBrokersByHand(t *testing.T) {
	// 0 → 1 → 2 → 3 → 4 → 5 in groups a a a b a c.
	g := algo.FromEdges(6, []algo.Edge{
		{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 3}, {From: 3, To: 4}, {From: 4, To: 5},
	}, true, false)
	got, err := algo.Brokers(g, []algo.Label{0, 0, 0, 1, 0, 2}, []algo.Node{1, 2, 3, 4, 0}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var counts [][5]int
	for _, row := range got {
		var c [5]int
		for i := range c {
			c[i] = row.Roles[i].Count
		}
		counts = append(counts, c)
	}
	want := [][5]int{{1, 0, 0, 0, 0}, {0, 0, 0, 1, 0}, {0, 1, 0, 0, 0}, {0, 0, 0, 0, 1}, {}}
	if d := cmp.Diff(want, counts); d != "" {
		t.Errorf("roles (-want +got):\n%s", d)
	}
	if _, err := algo.Brokers(g, []algo.Label{0}, nil, nil); err == nil {
		t.Error("too few groups were taken")
	}
}
