package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// dating says what a claim of a generated graph says of when.
type dating string

const (
	undated dating = "undated"
	// starts dates the start of half of the claims.
	starts dating = "half with a start"
	// years gives half of the claims both ends, ten years apart at most.
	years dating = "half with both ends"
)

// date dates a claim.
func (w *writer) date(c *graph.Claim) {
	if w.dating == undated || w.random.IntN(2) == 0 {
		return
	}
	year := 1980 + w.random.IntN(45)
	c.ValidFrom, _ = graph.ParseDate(fmt.Sprint(year))
	if w.dating == years {
		c.ValidTo, _ = graph.ParseDate(fmt.Sprint(year + w.random.IntN(10)))
	}
}

// concurrent tells what paths of which hops must hold together cost, beside those of which
// they need not, on graphs of m links of which none is dated, and many are.
func concurrent(shape string, m int) error {
	fmt.Printf("%s, paths that hold together in %d links\n", shape, m)
	for _, dating := range []dating{undated, starts, years} {
		w := writer{graph: live.NewGraph(graph.Clear), random: rand.New(rand.NewPCG(2, uint64(m))), shape: shape, dating: dating}
		if err := w.write(generate(shape, m)); err != nil {
			return err
		}
		v, err := w.graph.Reader().View(nil)
		if err != nil {
			return err
		}
		n, err := analysis.NewNetwork(v, nil, nil)
		if err != nil {
			return err
		}
		if err := w.compare(v, n); err != nil {
			return err
		}
	}
	return nil
}

// compare prints how many times as much processor time searches take that must hold together.
func (w *writer) compare(v *live.View, n *analysis.Network) error {
	shortest := func(from, to graph.ID, concurrent bool) (int, error) {
		p, err := v.ShortestPath(live.PathQuery{From: from, To: to, Concurrent: concurrent})
		if err != nil || p == nil {
			return 0, err
		}
		return 1, nil
	}
	best := func(from, to graph.ID, concurrent bool) (int, error) {
		o := n.PathOptions(analysis.ByEvidence, 5, 4)
		o.Concurrent = concurrent
		p, err := analysis.PathsBetween(n, analysis.PathRequest{From: from, To: to, Options: o}, nil)
		if err != nil {
			return 0, err
		}
		return len(p.Paths), nil
	}
	for _, c := range []struct {
		name  string
		pairs int
		find  func(from, to graph.ID, concurrent bool) (int, error)
	}{{"shortestPath", 200, shortest}, {"paths", 10, best}} {
		var took [2]float64
		var found [2]int
		for range 3 { // the least of three rounds
			for k, concurrent := range []bool{false, true} {
				seconds, paths, err := w.search(c.pairs, func(from, to graph.ID) (int, error) { return c.find(from, to, concurrent) })
				if err != nil {
					return err
				}
				if took[k] == 0 || seconds < took[k] {
					took[k] = seconds
				}
				found[k] = paths
			}
		}
		fmt.Printf("  %-20s %-12s %.2f times the time: %.3f ms, %.3f ms without; %d paths, %d without\n", w.dating, c.name,
			took[1]/took[0], took[1]/float64(c.pairs)*1000, took[0]/float64(c.pairs)*1000, found[1], found[0])
	}
	return nil
}

// search looks for paths between random entities, and gives the processor time that it takes.
func (w *writer) search(pairs int, find func(from, to graph.ID) (int, error)) (seconds float64, found int, err error) {
	random := rand.New(rand.NewPCG(3, 4))
	runtime.GC()
	start := used()
	for range pairs {
		n, err := find(id(algo.Node(random.IntN(w.nodes))), id(algo.Node(random.IntN(w.nodes))))
		if err != nil {
			return 0, 0, err
		}
		found += n
	}
	return used() - start, found, nil
}
