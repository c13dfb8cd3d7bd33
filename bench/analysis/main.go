// Command analysis measures link analysis side by side with networkx and igraph:
// the same graphs, one run, CPU time of one process each, printed as ratios.
//
//	go run ./bench/analysis [-edges 10000,100000,1000000] [-python PATH]
//
// PATH is a Python that has networkx and igraph.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"

	_ "embed"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/community"
)

//go:embed peers.py
var peers string

func main() {
	edges := flag.String("edges", "10000,100000,1000000", "sizes, in edges")
	python := flag.String("python", "python3", "a Python that has networkx and igraph")
	links := flag.Int("links", 1_000_000, "links of the live graph; 0 leaves it out")
	flag.Parse()
	if err := run(*edges, *python, *links); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// timing is CPU seconds of one algorithm at one size.
type timing struct{ ours, networkx, igraph float64 }

func run(sizes, python string, links int) error {
	for _, shape := range []string{"rmat", "militant"} {
		if links == 0 {
			break
		}
		if err := inPlace(shape, links); err != nil {
			return err
		}
		runtime.GC()
		if err := concurrent(shape, links/100); err != nil {
			return err
		}
		runtime.GC()
	}
	if sizes == "" {
		return nil
	}
	runtime.GOMAXPROCS(1) // the peers use one processor
	debug.SetGCPercent(400)
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	for _, shape := range []string{"rmat", "militant"} {
		growth := map[string][][2]float64{}
		for _, s := range strings.Split(sizes, ",") {
			m, err := strconv.Atoi(s)
			if err != nil {
				return fmt.Errorf("edges: %w", err)
			}
			list := generate(shape, m)
			list = ranked(nodes(list), list) // as every projection is; the peers read the same
			path := filepath.Join(folder, "edges.txt")
			if err := write(path, list); err != nil {
				return err
			}
			result, err := compare(list, path, python)
			if err != nil {
				return err
			}
			show(shape, m, result, growth)
		}
		showGrowth(shape, growth)
	}
	return nil
}

// modularity is that of the communities found last.
var modularity float64

// algorithms are measured in this order; each is repeated until it takes long
// enough to be told from nothing.
var algorithms = []struct {
	name string
	run  func(*algo.Graph)
}{
	{"bfs", func(g *algo.Graph) { _, _ = algo.BFS(g, 0, nil) }},
	{"pagerank", func(g *algo.Graph) {
		_, _ = algo.PageRank(g, algo.PageRankOptions{Tolerance: 1e-6 * float64(g.Len())}, nil)
	}},
	{"components", func(g *algo.Graph) { _, _, _ = algo.Components(g, nil) }},
	{"core", func(g *algo.Graph) { _, _ = algo.Cores(g, nil) }},
	{"leiden", func(g *algo.Graph) {
		if c, err := community.Leiden(g, 1, 1, nil); err == nil {
			modularity = c.Modularity
		}
	}},
	{"betweenness", func(g *algo.Graph) {
		if g.Len()*g.Edges() <= 2_500_000_000 {
			_, _ = algo.Betweenness(g, nil)
		}
	}},
}

func compare(list []algo.Edge, path, python string) (map[string]timing, error) {
	n := nodes(list)
	var g *algo.Graph
	build := cpu(func() { g = algo.FromEdges(n, list, false, false) })
	out := map[string]timing{"build": {ours: build}}
	for _, a := range algorithms {
		out[a.name] = timing{ours: cpu(func() { a.run(g) })}
	}
	cmd := exec.Command(python, "-c", peers, path)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("the peers: %w", err)
	}
	var theirs map[string]map[string]float64
	if err := json.Unmarshal(text, &theirs); err != nil {
		return nil, err
	}
	for name, t := range out {
		t.networkx, t.igraph = theirs["networkx"][name], theirs["igraph"][name]
		out[name] = t
	}
	fmt.Printf("%d nodes, %d edges, %.1f bytes an edge; modularity %.4f, networkx (Louvain) %.4f, igraph %.4f\n", g.Len(),
		g.Edges(), float64(g.Bytes())/float64(g.Edges()), modularity, theirs["modularity"]["networkx"],
		theirs["modularity"]["igraph"])
	return out, nil
}

// ranked gives nodes their numbers by falling degree, as every projection does.
func ranked(n int, list []algo.Edge) []algo.Edge {
	degree, order := make([]int, n), make([]algo.Node, n)
	for _, e := range list {
		degree[e.From]++
		degree[e.To]++
	}
	for v := range order {
		order[v] = algo.Node(v)
	}
	slices.SortFunc(order, func(a, b algo.Node) int { return degree[b] - degree[a] })
	rank := make([]algo.Node, n)
	for r, v := range order {
		rank[v] = algo.Node(r)
	}
	out := make([]algo.Edge, len(list))
	for i, e := range list {
		out[i] = algo.Edge{From: rank[e.From], To: rank[e.To]}
	}
	return out
}

func nodes(list []algo.Edge) int {
	most := algo.Node(0)
	for _, e := range list {
		most = max(most, e.From, e.To)
	}
	return int(most) + 1
}

// cpu is the CPU time of f in seconds, the least of three rounds.
func cpu(f func()) float64 {
	best := math.Inf(1)
	for range 3 {
		runtime.GC()
		start, times := used(), 0
		for {
			f()
			times++
			if used()-start > 0.05 {
				break
			}
		}
		best = min(best, (used()-start)/float64(times))
	}
	return best
}

func used() float64 {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
}

func write(path string, list []algo.Edge) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, e := range list {
		fmt.Fprintf(w, "%d %d\n", e.From, e.To)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func show(shape string, edges int, result map[string]timing, growth map[string][][2]float64) {
	fmt.Printf("%s, %d edges: CPU ms, and how many times that the peers take\n", shape, edges)
	names := []string{"build"}
	for _, a := range algorithms {
		names = append(names, a.name)
	}
	for _, name := range names {
		t := result[name]
		fmt.Printf("  %-12s %10.3f   networkx %8s   igraph %8s\n", name, t.ours*1000, ratio(t.networkx, t.ours),
			ratio(t.igraph, t.ours))
		growth[name] = append(growth[name], [2]float64{float64(edges), t.ours})
	}
}

func ratio(theirs, ours float64) string {
	if theirs <= 0 || ours <= 0 {
		return "-"
	}
	return fmt.Sprintf("%.1fx", theirs/ours)
}

// showGrowth prints the exponent of time on edges, from the first to the last size.
func showGrowth(shape string, growth map[string][][2]float64) {
	names := make([]string, 0, len(growth))
	for name := range growth {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Printf("%s: growth exponents", shape)
	for _, name := range names {
		if list := growth[name]; len(list) > 1 && name != "betweenness" {
			a, b := list[0], list[len(list)-1]
			fmt.Printf("  %s %.2f", name, math.Log(b[1]/a[1])/math.Log(b[0]/a[0]))
		}
	}
	fmt.Println()
}
