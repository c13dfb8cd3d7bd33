package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// inPlace measures what is read under a lens: a live graph of about m links is
// projected, paths are looked for in it, and a claim is added.
func inPlace(shape string, m int) error {
	g := live.NewGraph(graph.Clear)
	w := writer{graph: g, random: rand.New(rand.NewPCG(2, uint64(m))), shape: shape, dating: starts}
	if err := w.write(generate(shape, m)); err != nil {
		return err
	}
	v, err := g.Reader().View(nil)
	if err != nil {
		return err
	}
	var n *analysis.Network
	project := least(5, func() {
		if n, err = analysis.NewNetwork(v, nil, nil); err != nil {
			panic(err)
		}
	})
	fmt.Printf("%s, %d links of a live graph under a lens\n", shape, n.Links())
	fmt.Printf("  projection   %8.1f ms on %d processors; %.1f bytes a link, %.1f with its nodes\n", project*1000,
		runtime.GOMAXPROCS(0), linkBytes, float64(n.Bytes())/float64(n.Links()))
	if err := w.filtered(v); err != nil {
		return err
	}
	return w.afterClaim()
}

// linkBytes is what Network keeps of a link: two ends, its row, its slot among those that
// lead to a node, kind, bearing and grade.
const linkBytes float64 = 4 + 4 + 4 + 4 + 1 + 1 + 1

// writer fills a live graph.
type writer struct {
	graph    *live.Graph
	random   *rand.Rand
	shape    string
	dating   dating
	nodes    int
	sequence graph.Sequence
}

func id(node algo.Node) graph.ID { return graph.ID(fmt.Sprintf("e%d", node)) }

// write records the entities and then the links, in commits of some thousands.
func (w *writer) write(list []algo.Edge) error {
	w.nodes = nodes(list)
	first := graph.Change{Sources: []graph.Source{}}
	for i := range 20 {
		first.Sources = append(first.Sources,
			graph.Source{ID: graph.ID(fmt.Sprintf("s_%d", i)), Kind: "REPORT", Title: "report", Reliability: "B"})
	}
	for node := range algo.Node(w.nodes) {
		kind := graph.Individual
		if w.random.IntN(4) == 0 {
			kind = graph.Group
		}
		first.Entities = append(first.Entities,
			graph.Entity{ID: id(node), Kind: kind, Names: []graph.Name{{Value: string(id(node))}}})
	}
	if err := w.add(first); err != nil {
		return err
	}
	for part := range slices.Chunk(list, 20_000) {
		var ch graph.Change
		for _, e := range part {
			if e.From != e.To {
				ch.Claims = append(ch.Claims, w.claim(e))
			}
		}
		if err := w.add(ch); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) claim(e algo.Edge) graph.Claim {
	kinds := []graph.Predicate{"MEMBER_OF", "SUPPORTS", "ALLIED_WITH", "RIVAL_OF"}
	c := graph.Claim{
		Subject: id(e.From), Predicate: kinds[w.random.IntN(4)], Object: id(e.To),
		Source: graph.ID(fmt.Sprintf("s_%d", w.random.IntN(20))), Hedge: graph.Reported, Credibility: 1 + w.random.IntN(6),
	}
	w.date(&c)
	c = c.Normalised()
	return c
}

func (w *writer) add(ch graph.Change) error {
	w.sequence++
	ch.Sequence, ch.Recorded, ch.Batch = w.sequence, time.Unix(int64(w.sequence), 0), fmt.Sprint(w.sequence)
	return w.graph.Add(ch)
}

// filtered reads all links, and looks for paths, under the plainest lens and under
// one that filters by credibility, source and day.
func (w *writer) filtered(plain *live.View) error {
	three, day := 3, graph.DayOf(2005, 6, 1)
	sources := []graph.ID{"s_1", "s_2", "s_3", "s_4", "s_5", "s_6", "s_7"}
	v, err := w.graph.Reader().View(&graph.Lens{MinCredibility: &three, AsOf: &day, Sources: sources})
	if err != nil {
		return err
	}
	read := func(v *live.View) (shown int, seconds float64) {
		seconds = least(5, func() {
			shown = 0
			v.LinkSummaries(0, v.LinkRows(), func(live.LinkSummary) { shown++ })
		})
		return shown, seconds
	}
	all, every := read(plain)
	some, filtered := read(v)
	fmt.Printf("  filtered by credibility, source and day: %d of %d links, read in %.2f times the time of all\n", some,
		all, filtered/every)
	if err := w.paths("plain", plain); err != nil {
		return err
	}
	return w.paths("filtered", v)
}

// paths looks for shortest paths between random entities.
func (w *writer) paths(lens string, v *live.View) error {
	random := rand.New(rand.NewPCG(3, 4))
	var took []float64
	found := 0
	for range 2000 {
		q := live.PathQuery{From: id(algo.Node(random.IntN(w.nodes))), To: id(algo.Node(random.IntN(w.nodes)))}
		start := time.Now()
		p, err := v.ShortestPath(q)
		took = append(took, time.Since(start).Seconds()*1000)
		if err != nil {
			return err
		}
		if p != nil {
			found++
		}
	}
	slices.Sort(took)
	fmt.Printf("  shortestPath, %s: p50 %.3f ms, p99 %.3f ms, greatest %.3f ms; %d of %d pairs are joined\n", lens,
		took[len(took)/2], took[len(took)*99/100], took[len(took)-1], found, len(took))
	return nil
}

// afterClaim adds a claim, and opens the network for paths and anew.
func (w *writer) afterClaim() error {
	cache, r := analysis.NewCache(1<<30), &analysis.ViewInput{}
	if _, err := r.OpenPaths(w.graph.Reader(), cache, nil); err != nil {
		return err
	}
	if err := w.add(graph.Change{Claims: []graph.Claim{w.claim(algo.Edge{From: 1, To: 2})}}); err != nil {
		return err
	}
	var err error
	patched := least(5, func() { _, err = r.OpenPaths(w.graph.Reader(), cache, nil) })
	fmt.Printf("  after a claim, the network for paths is there in %.3f ms\n", patched*1000)
	return err
}

// least is the least time of f in seconds.
func least(rounds int, f func()) float64 {
	best := time.Duration(1<<63 - 1)
	for range rounds {
		runtime.GC()
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	return best.Seconds()
}
