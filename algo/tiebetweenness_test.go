package algo_test

import (
	"math/rand/v2"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
)

// TestTieBetweennessAgainstCounting counts the shortest paths along each tie.
func TestTieBetweennessAgainstCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 52))
	for round := range 20 {
		n := 2 + r.IntN(12)
		g := algotest.Random(r, n, 0.3, round%2 == 0)
		dist, paths := algotest.Steps(g)
		var want []float64
		for u := range algo.Node(n) {
			for _, w := range g.Out(u) {
				along := sharesAlong(dist, paths, u, w)
				if !g.Directed() {
					along += sharesAlong(dist, paths, w, u)
				}
				want = append(want, along/float64(n*(n-1)))
			}
		}
		got, err := algo.TieBetweenness(g, nil)
		if err != nil {
			t.Fatal(err)
		}
		algotest.Near(t, "betweenness of ties", got, want, 1e-12)
		sample, err := algo.SampleTieBetweenness(g, 4000, 7, nil)
		if err != nil {
			t.Fatal(err)
		}
		algotest.Near(t, "sampled betweenness of ties", sample.Values, want, sample.Error*1.5)
	}
}

// sharesAlong adds up, over all pairs, the share of shortest paths along u to w.
func sharesAlong(dist [][]int, paths [][]float64, u, w algo.Node) (sum float64) {
	for s := range dist {
		for to := range dist {
			if paths[s][to] > 0 && s != to && dist[s][u]+1+dist[w][to] == dist[s][to] {
				sum += paths[s][u] * paths[w][to] / paths[s][to]
			}
		}
	}
	return sum
}
