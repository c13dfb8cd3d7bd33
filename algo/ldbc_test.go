package algo_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/community"
)

// ldbcCase is one reference output of the LDBC Graphalytics benchmark. Its vertices
// are numbered in the order of their ids, so that the least label is the label of
// the least id.
type ldbcCase struct {
	algorithm, graph, output string
	directed                 bool
	source                   string
	rounds                   int
}

// ldbcCases are all of them: a graph for each algorithm, and an example of both
// kinds for all. Rounds and sources are those of the benchmark's own validation
// and of the examples' properties.
func ldbcCases() (cases []ldbcCase) {
	for _, kind := range []string{"dir", "undir"} {
		directed := kind == "dir"
		for _, a := range []string{"bfs", "cdlp", "lcc", "pr", "wcc"} {
			rounds := map[string]int{"cdlp": 5, "pr": 14}[a]
			if a == "pr" && !directed {
				rounds = 26
			}
			cases = append(cases, ldbcCase{a, a + "/" + kind + "-input", a + "/" + kind + "-output", directed, "1", rounds})
			name, source := "example-"+kind+"ected", "1"
			if !directed {
				source = "2"
			}
			cases = append(cases,
				ldbcCase{a, "example/" + name, "example/" + name + "-" + strings.ToUpper(a), directed, source, 2})
		}
	}
	return cases
}

// TestLDBC reproduces every reference output: BFS and CDLP to the letter, WCC as
// the same parts, PR and LCC within a ten-thousandth, as the benchmark asks.
func TestLDBC(t *testing.T) {
	for _, c := range ldbcCases() {
		t.Run(c.output, func(t *testing.T) {
			g, ids := c.read(t)
			want := c.values(t, ids)
			got := c.run(t, g, algo.Node(slices.Index(ids, c.source)))
			for v, id := range ids {
				x, y := got[v], want[v]
				switch {
				case c.algorithm == "bfs" || c.algorithm == "cdlp":
					if x != y {
						t.Errorf("%s: %v, want %v", id, x, y)
					}
				case c.algorithm == "wcc":
					for w := range ids {
						if (x == got[w]) != (y == want[w]) {
							t.Errorf("%s and %s: %v, want %v", id, ids[w], x == got[w], y == want[w])
						}
					}
				case !(math.Abs(x-y) <= 1e-4*y):
					t.Errorf("%s: %v, want %v", id, x, y)
				}
			}
		})
	}
}

// unreached is how the benchmark writes the distance of what cannot be reached.
const unreached = "9223372036854775807"

func (c ldbcCase) run(t *testing.T, g *algo.Graph, source algo.Node) []float64 {
	t.Helper()
	var err error
	out := make([]float64, g.Len())
	switch c.algorithm {
	case "bfs":
		var dist []int32
		dist, err = algo.BFS(g, source, nil)
		for v, d := range dist {
			if out[v] = float64(d); d == algo.Unreached {
				out[v] = number(t, unreached)
			}
		}
	case "cdlp":
		var labels []algo.Label
		labels, err = community.LabelPropagation(g, c.rounds, nil, nil)
		for v, l := range labels {
			out[v] = float64(l)
		}
	case "wcc":
		var of []algo.Label
		of, _, err = algo.Components(g, nil)
		for v, k := range of {
			out[v] = float64(k)
		}
	case "lcc":
		out, err = algo.Clustering(g, nil)
	case "pr":
		out, err = algo.PageRank(g, algo.PageRankOptions{Iterations: c.rounds, Tolerance: -1}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// lines reads a file of the benchmark as words.
func (c ldbcCase) lines(t *testing.T, name string) (lines [][]string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "ldbc", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, words)
		}
	}
	return lines
}

// read reads the graph: a list of vertices and one of edges with weights, or rows
// of a vertex and what it is joined to, which may have no row of its own.
func (c ldbcCase) read(t *testing.T) (g *algo.Graph, ids []string) {
	t.Helper()
	var edges [][]string
	if strings.HasPrefix(c.graph, "example") {
		for _, words := range c.lines(t, c.graph+".v") {
			ids = append(ids, words[0])
		}
		edges = c.lines(t, c.graph+".e")
	} else {
		for _, words := range c.lines(t, c.graph) {
			ids = append(ids, words[0])
			for _, to := range words[1:] {
				edges = append(edges, []string{words[0], to, "1"})
				ids = append(ids, to)
			}
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return int(number(t, a) - number(t, b)) })
	ids = slices.Compact(ids)
	list := make([]algo.Edge, len(edges))
	for i, words := range edges {
		list[i] = algo.Edge{
			From: algo.Node(slices.Index(ids, words[0])), To: algo.Node(slices.Index(ids, words[1])),
			Weight: number(t, words[2]),
		}
	}
	return algo.FromEdges(len(ids), list, c.directed, false), ids
}

// values reads what is expected of each vertex; labels of CDLP as vertices.
func (c ldbcCase) values(t *testing.T, ids []string) []float64 {
	t.Helper()
	out := make([]float64, len(ids))
	lines := c.lines(t, c.output)
	if len(lines) != len(ids) {
		t.Fatalf("%d values for %d vertices", len(lines), len(ids))
	}
	for _, words := range lines {
		v := slices.Index(ids, words[0])
		if out[v] = number(t, words[1]); c.algorithm == "cdlp" {
			out[v] = float64(slices.Index(ids, words[1]))
		}
	}
	return out
}

func number(t *testing.T, word string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(word, 64)
	if err != nil {
		t.Fatal(fmt.Errorf("reading a value of the benchmark: %w", err))
	}
	return x
}
