package algo

import (
	"sync"
	"sync/atomic"

	"github.com/rabta/rabta/work"
)

// Closeness is how near a node is to those that can reach it, as networkx's
// closeness_centrality: (r-1) / sum of distances, scaled by (r-1)/(n-1) for the r
// nodes of its reach. 0 for a node that nothing reaches.
func Closeness(g *Graph, m *work.Meter) ([]float64, error) {
	n := float64(g.Len())
	return distances(g, m, func(dist []int32) float64 {
		sum, reached := 0, -1
		for _, d := range dist {
			if d != Unreached {
				sum += int(d)
				reached++
			}
		}
		if sum == 0 {
			return 0
		}
		return float64(reached) / float64(sum) * float64(reached) / (n - 1)
	})
}

// Harmonic is the sum of one over the distance from every other node that can
// reach the node, as networkx's harmonic_centrality.
func Harmonic(g *Graph, m *work.Meter) ([]float64, error) {
	return distances(g, m, func(dist []int32) float64 {
		// Adding from far to near, by count, does not depend on the order of nodes.
		var at []int
		for _, d := range dist {
			if d > 0 {
				for int(d) >= len(at) {
					at = append(at, 0)
				}
				at[d]++
			}
		}
		sum := 0.0
		for d := len(at) - 1; d > 0; d-- {
			sum += float64(at[d]) / float64(d)
		}
		return sum
	})
}

// distances folds, for every node, the distances from all others to it. Sources
// are shared out over the processors; the result does not depend on how.
func distances(g *Graph, m *work.Meter, fold func([]int32) float64) ([]float64, error) {
	back := &Graph{directed: g.directed, out: g.in, in: g.out}
	values := make([]float64, g.Len())
	err := inParallel(g.Len(), func(v int) error {
		dist, err := BFS(back, Node(v), m)
		if err == nil {
			values[v] = fold(dist)
		}
		return err
	})
	return values, err
}

// inParallel calls f for 0 to n-1 on the processors that are free, and returns the error of one that
// failed; after an error no further ones are begun.
func inParallel(n int, f func(i int) error) error {
	var next atomic.Int64
	var failed atomic.Bool
	workers, done := work.Workers(n)
	defer done()
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for i := range workers {
		wait.Go(func() {
			for !failed.Load() {
				v := next.Add(1) - 1
				if v >= int64(n) {
					return
				}
				if err := f(int(v)); err != nil {
					errs[i] = err
					failed.Store(true)
					return
				}
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
