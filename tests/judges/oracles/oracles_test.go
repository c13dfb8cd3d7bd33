// Package oracles_test has networkx, igraph and NetworKit measure the same graphs
// as package analysis, and compares node by node.
package oracles_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/community"
	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/tests/judges"
)

// sample is a graph that all measure, as the oracles read it.
type sample struct {
	Name     string       `json:"name"`
	Nodes    int          `json:"nodes"`
	Directed bool         `json:"directed"`
	Weighted bool         `json:"weighted"`
	Edges    [][3]float64 `json:"edges"`
	// Alpha is Katz's.
	Alpha float64 `json:"alpha"`
	// Communities are those that our own Leiden finds.
	Communities []algo.Label `json:"communities"`
	// Eigenvector is set where the leading eigenvector is one of its kind: where
	// much of the graph hangs together.
	Eigenvector bool `json:"eigenvector"`
	// Large is set where only communities are measured.
	Large bool `json:"large"`

	graph *algo.Graph
	own   *community.Communities
}

// newSample notes a graph as the oracles read it.
func newSample(t *testing.T, name string, g *algo.Graph) *sample {
	t.Helper()
	s := &sample{Name: name, Nodes: g.Len(), Directed: g.Directed(), Weighted: g.Weighted(), graph: g}
	for v := range algo.Node(g.Len()) {
		weights := g.OutWeights(v)
		for i, w := range g.Out(v) {
			e := [3]float64{float64(v), float64(w), 1}
			if weights != nil {
				e[2] = weights[i]
			}
			if g.Directed() || v < w {
				s.Edges = append(s.Edges, e)
			}
		}
	}
	_, alpha, err := algo.Katz(g, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Alpha = alpha
	s.own, err = community.Leiden(g, 1, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Communities = s.own.Of
	_, sizes, err := algo.StrongComponents(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Eigenvector = 3*sizes[0] > g.Len()
	return s
}

// largeSample is one in which only communities are measured.
func largeSample(t *testing.T, name string, g *algo.Graph) *sample {
	t.Helper()
	s := newSample(t, name, g)
	s.Large = true
	return s
}

// samples are random graphs of all kinds, such as grow by preference, and the
// network of the seeds.
func samples(t *testing.T) []*sample {
	t.Helper()
	r := rand.New(rand.NewPCG(2024, 6))
	seeded := seedView(t)
	out, weight := live.Out, analysis.ByGrade
	return []*sample{
		newSample(t, "sparse", random(r, 60, 75, false, false)),
		newSample(t, "dense", random(r, 40, 300, false, false)),
		newSample(t, "weighted", random(r, 50, 150, false, true)),
		newSample(t, "directed", random(r, 50, 160, true, false)),
		newSample(t, "directed-weighted", random(r, 45, 150, true, true)),
		newSample(t, "rmat", rmat(r, 8, 1000, false)),
		newSample(t, "rmat-directed", rmat(r, 7, 700, true)),
		largeSample(t, "large", rmat(r, 10, 8000, false)),
		largeSample(t, "large-sparse", random(r, 6000, 9000, false, true)),
		newSample(t, "seeds", network(t, seeded, analysis.ViewInput{})),
		newSample(t, "seeds-directed", network(t, seeded, analysis.ViewInput{Direction: &out})),
		newSample(t, "seeds-weighted", network(t, seeded, analysis.ViewInput{Weight: &weight})),
	}
}

func random(r *rand.Rand, n, m int, directed, weighted bool) *algo.Graph {
	edges := make([]algo.Edge, m)
	for i := range edges {
		edges[i] = algo.Edge{From: algo.Node(r.IntN(n)), To: algo.Node(r.IntN(n)), Weight: 0.5 + 2*r.Float64()}
	}
	return algo.FromEdges(n, edges, directed, weighted)
}

// rmat throws edges at the quarters of a matrix again and again, by the chances
// that Graph500 uses.
func rmat(r *rand.Rand, scale, m int, directed bool) *algo.Graph {
	edges := make([]algo.Edge, m)
	for i := range edges {
		for range scale {
			x := r.Float64()
			edges[i].From *= 2
			edges[i].To *= 2
			if x >= 0.76 {
				edges[i].From++
			}
			if x >= 0.57 && x < 0.76 || x >= 0.95 {
				edges[i].To++
			}
		}
	}
	return algo.FromEdges(1<<scale, edges, directed, false)
}

func seedView(t *testing.T) *live.View {
	t.Helper()
	b, err := seeds.Batch()
	if err != nil {
		t.Fatal(err)
	}
	f := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
	if _, err := f.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	v, err := f.Graph().Reader().View(nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// network is everything in a view as a graph, read as an input says.
func network(t *testing.T, v *live.View, r analysis.ViewInput) *algo.Graph {
	t.Helper()
	r.Bearings, r.Through = []graph.Bearing{graph.EveryBearing}, []graph.EntityKind{graph.Incident}
	n, err := analysis.NewNetwork(v, &r, nil)
	if err != nil {
		t.Fatal(err)
	}
	g, err := n.Graph(nil)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// answers are what the oracles say: graph, library, measure.
type answers map[string]map[string]map[string]any

func ask(t *testing.T, list []*sample) answers {
	t.Helper()
	judge := judges.Installed(t, "oracles")
	question, err := json.Marshal(map[string]any{"graphs": list})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), filepath.Join(judge, "venv", "bin", "python"), filepath.Join(judge, "oracles.py"))
	cmd.Stdin = bytes.NewReader(question)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1")
	var out answers
	if err := json.Unmarshal(judges.Output(t, 10*time.Minute, cmd), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestJudgeOracles compares every measure that a library has with ours, to a
// millionth.
func TestJudgeOracles(t *testing.T) {
	list := samples(t)
	said := ask(t, list)
	compared := map[string]int{}
	for _, s := range list {
		t.Run(s.Name, func(t *testing.T) {
			ours := measure(t, s)
			for library, measures := range said[s.Name] {
				for name, theirs := range measures {
					if name == "leiden" {
						checkLeiden(t, s, theirs)
						compared[name]++
						continue
					}
					mine, there := ours[name]
					if !there {
						t.Errorf("%s measures %s, and we do not", library, name)
						continue
					}
					compared[name]++
					if where, same := alike(mine, theirs, 1e-6); !same {
						t.Errorf("%s of %s%s", name, library, where)
					}
				}
			}
		})
	}
	for _, s := range list {
		ours := measure(t, s)
		ours["leiden"] = nil
		for name := range ours {
			if compared[name] == 0 {
				t.Errorf("nothing was compared with our %s", name)
			}
		}
	}
}

// TestAlike makes sure that the comparison is not blind.
func TestAlike(t *testing.T) {
	for _, c := range []struct {
		mine, theirs any
		same         bool
	}{
		{1.0, 1.0000001, true},
		{1.0, 1.00001, false},
		{1.0, nil, false},
		{math.NaN(), nil, true},
		{math.NaN(), 1.0, false},
		{[]any{1.0, 2.0}, []any{1.0, 2.0}, true},
		{[]any{1.0, 2.0}, []any{1.0, 2.1}, false},
		{[]any{1.0, 2.0}, []any{1.0}, false},
		{[]any{1.0}, 1.0, false},
		{"x", "x", false},
	} {
		if where, same := alike(c.mine, c.theirs, 1e-6); same != c.same {
			t.Errorf("%v and %v: %v%s", c.mine, c.theirs, same, where)
		}
	}
}

// checkLeiden asks that our communities be as good as igraph's but for little; in large
// graphs both differ more from one seed to another.
func checkLeiden(t *testing.T, s *sample, theirs any) {
	t.Helper()
	if q, ok := theirs.(float64); !ok || !(s.own.Modularity >= q-0.005) {
		t.Errorf("our communities have modularity %v, igraph's %v", s.own.Modularity, theirs)
	}
}

// alike compares numbers and lists of them, nil with NaN and infinities; where
// says what differs first.
func alike(mine, theirs any, by float64) (where string, same bool) {
	switch a := mine.(type) {
	case float64:
		b, number := theirs.(float64)
		if !number {
			same = theirs == nil && (math.IsNaN(a) || math.IsInf(a, 0))
		} else {
			same = math.Abs(a-b) <= by*max(1, math.Abs(b))
		}
		return fmt.Sprintf(": we say %v, they %v", mine, theirs), same
	case []any:
		b, list := theirs.([]any)
		if !list || len(a) != len(b) {
			return fmt.Sprintf(": we have a list of %d, they %.100v", len(a), theirs), false
		}
		for i := range a {
			if where, same := alike(a[i], b[i], by); !same {
				return fmt.Sprintf("[%d]%s", i, where), false
			}
		}
		return "", true
	}
	return fmt.Sprintf(": we have %T", mine), false
}
