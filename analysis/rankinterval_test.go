package analysis

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// faint is a network of some groups and few links of all credibilities.
func faint(t *testing.T, r *rand.Rand) *Network {
	t.Helper()
	b := graph.Batch{Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}}}
	for i := range 20 {
		id := graph.ID(fmt.Sprintf("g%02d", i))
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}})
	}
	for i := range 15 {
		two := r.Perm(20)
		b.Claims = append(b.Claims, graph.Claim{
			Subject: b.Entities[two[0]].ID, Predicate: "SUPPORTS", Object: b.Entities[two[1]].ID,
			Source: "s_test", Hedge: graph.Stated, Credibility: 1 + i%6, Locator: fmt.Sprint(i),
		})
	}
	return networkOf(t, b)
}

// TestRankIntervalsAgainstAllDraws: the intervals of many draws are those of all
// networks that can be drawn, each as likely as its links make it.
func TestRankIntervalsAgainstAllDraws(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(111, 112))
	const near = 0.015 // of 10000 draws a share is off by less, but for one in a thousand
	wide, unsure := 0, 0
	for i, along := range []live.Direction{live.Both, live.Out, live.In, live.Both, live.Out, live.In} {
		q := &ViewInput{Direction: &along, Weight: ptr([]Weight{Unweighted, ByGrade}[i/3])}
		n := must(NewNetwork(faint(t, r).View(), q, nil))
		exact := allDraws(n, q)
		got, done, err := n.rankIntervals(10000, 7, func(g *algo.Graph) ([]float64, error) { return algo.Strengths(g), nil }, nil)
		if err != nil || done != 10000 {
			t.Fatal(done, err)
		}
		for node, i := range got {
			upTo := func(rank int) (p float64) {
				for at := 1; at <= rank; at++ {
					p += exact[node][at]
				}
				return p
			}
			for q, rank := range map[float64]int{0.05: i.Low, 0.5: i.Median, 0.95: i.High} {
				if upTo(rank) < q-near || upTo(rank-1) > q+near {
					t.Errorf("%s: %v of the ranks are up to %d, of all draws %v", n.ID(algo.Node(node)), q, rank, upTo(rank))
				}
			}
			if math.Abs(i.TopTen-upTo(10)) > near {
				t.Errorf("%s is among the first ten in %v, of all draws in %v", n.ID(algo.Node(node)), i.TopTen, upTo(10))
			}
			if i.Low < i.High {
				wide++
			}
			if i.TopTen > near && i.TopTen < 1-near {
				unsure++
			}
		}
	}
	if wide < 10 || unsure < 10 {
		t.Errorf("%d wide intervals, %d of unsure place: the test says little", wide, unsure)
	}
}

// allDraws is, for each node, how likely each rank is by the strength of the ties that
// lead from it.
func allDraws(n *Network, q *ViewInput) []map[int]float64 {
	out := make([]map[int]float64, n.Len())
	for v := range out {
		out[v] = map[int]float64{}
	}
	type link struct {
		from, to algo.Node
		chance   float64
	}
	var links []link
	for slot := range Slot(n.Links()) {
		l := n.Link(slot)
		from, _ := n.Node(l.SourceID())
		to, _ := n.Node(l.TargetID())
		links = append(links, link{from, to, likelihood(uint8(l.Credibility()))})
	}
	for set := range 1 << len(links) {
		p, near := 1.0, make([]map[algo.Node]float64, n.Len())
		for v := range near {
			near[v] = map[algo.Node]float64{}
		}
		for i, l := range links {
			if set>>i&1 == 0 {
				p *= 1 - l.chance
				continue
			}
			p *= l.chance
			if q.direction() != algo.Backward {
				near[l.from][l.to] += l.chance
			}
			if q.direction() != algo.Forward {
				near[l.to][l.from] += l.chance
			}
		}
		strength := make([]float64, n.Len())
		for v := range near {
			for _, w := range slices.Sorted(maps.Values(near[v])) {
				if *q.Weight == Unweighted {
					w = 1
				}
				strength[v] += w
			}
		}
		for v := range near {
			rank := 1
			for w := range near {
				if strength[w] > strength[v]+1e-9 {
					rank++
				}
			}
			out[v][rank] += p
		}
	}
	return out
}
