package analysis

import (
	"math/rand/v2"
	"testing"
)

// TestTieBetweennessAgainstCounting counts the shortest paths along each tie.
func TestTieBetweennessAgainstCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 52))
	for round := range 20 {
		n := 2 + r.IntN(12)
		g := randomGraph(r, n, 0.3, round%2 == 0)
		dist, paths := steps(g)
		var want []float64
		for u := range uint32(n) {
			for _, w := range g.Out(u) {
				along := sharesAlong(dist, paths, u, w)
				if !g.Directed() {
					along += sharesAlong(dist, paths, w, u)
				}
				want = append(want, along/float64(n*(n-1)))
			}
		}
		got, err := TieBetweenness(g, nil)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "betweenness of ties", got, want, 1e-12)
		sample, err := SampleTieBetweenness(g, 4000, 7, nil)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "sampled betweenness of ties", sample.Values, want, sample.Error*1.5)
	}
}

// sharesAlong adds up, over all pairs, the share of shortest paths along u to w.
func sharesAlong(dist [][]int, paths [][]float64, u, w uint32) (sum float64) {
	for s := range dist {
		for to := range dist {
			if paths[s][to] > 0 && s != to && dist[s][u]+1+dist[w][to] == dist[s][to] {
				sum += paths[s][u] * paths[w][to] / paths[s][to]
			}
		}
	}
	return sum
}

// A tie has all the links between its ends; only those of its direction when it
// has one.
func TestTiesHaveTheirLinks(t *testing.T) {
	n := network(t, []said{{"g1", "SUPPORTS", "g2"}, {"g2", "SUPPORTS", "g1"}, {"g1", "ALLIED_WITH", "g2"}, {"g2", "SUPPORTS", "g3"}})
	got, err := RankTies(n, nil, 10, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != 2 || got.Rows[0].Rank != 1 || got.Rows[1].Rank != 1 || got.LinkCount != 4 {
		t.Fatalf("%+v", got)
	}
	for _, row := range got.Rows {
		want := 1
		if row.A.Base().ID() == "g1" || row.B.Base().ID() == "g1" {
			want = 3
		}
		if len(row.Links) != want {
			t.Errorf("%s and %s have %d links, want %d", row.A.Base().ID(), row.B.Base().ID(), len(row.Links), want)
		}
	}
}
