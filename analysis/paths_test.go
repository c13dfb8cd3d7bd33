package analysis

import (
	"cmp"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rabta/rabta/algo"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// tangle is a random network of a few entities with many links of all
// credibilities, places and parallel links among them.
func tangle(t *testing.T, r *rand.Rand) *Network {
	t.Helper()
	b := tangled(r)
	if r.IntN(2) == 0 {
		giveDates(r, &b)
	}
	return networkOf(t, b)
}

func tangled(r *rand.Rand) graph.Batch {
	b := graph.Batch{Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}}}
	kinds := map[byte]graph.EntityKind{'g': graph.Group, 'i': graph.Individual, 'p': graph.Place}
	for _, id := range []graph.ID{"g0", "g1", "g2", "g3", "i4", "i5", "p6", "p7"} {
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: kinds[id[0]], Names: []graph.Name{{Value: string(id)}}})
	}
	between := map[string][]graph.Predicate{
		"gg": {"SUPPORTS", "ALLIED_WITH", "FACTION_OF", graph.SplinteredFrom}, "ig": {"LEADS", "SUPPORTS"}, "ii": {"KIN_OF", "ASSOCIATE_OF"},
		"gp": {"OPERATES_IN", "BASED_IN"}, "ip": {"LOCATED_IN"}, "pp": {"BORDERS", "LOCATED_IN"},
	}
	most := []int{6, 6, 2, 1}[r.IntN(4)] // few credibilities make equal paths
	for i := range 10 + r.IntN(40) {
		two := r.Perm(len(b.Entities))
		from, to := b.Entities[two[0]].ID, b.Entities[two[1]].ID
		allowed := between[string(from[0])+string(to[0])]
		if len(allowed) == 0 {
			continue
		}
		b.Claims = append(b.Claims, graph.Claim{
			Subject: from, Predicate: allowed[r.IntN(len(allowed))], Object: to, Source: "s_test", Hedge: graph.Stated,
			Credibility: 1 + r.IntN(most), Locator: fmt.Sprint(i),
		})
	}
	return b
}

// way is a path of a tangle, told by ids.
type way struct {
	Nodes   []graph.ID
	Weakest int
	chance  *big.Rat
}

// tenths are the chances of the credibilities.
var tenths = [...]int64{0, 9, 7, 5, 3, 1, 2}

// times is a chance with that of one hop more; by evidence what cannot be judged is the worst.
func (r PathRank) times(chance *big.Rat, credibility int) *big.Rat {
	hop := big.NewRat(tenths[credibility], 10)
	if r == ByEvidence && credibility == 6 {
		hop = big.NewRat(1e12-1, 1e13)
	}
	return new(big.Rat).Mul(chance, hop)
}

// ways lists all simple paths, by trying all.
func ways(n *Network, from, to graph.ID, o PathOptions) (out []way) {
	var walk func(w way)
	walk = func(w way) {
		last := w.Nodes[len(w.Nodes)-1]
		if last == to {
			if !slices.ContainsFunc(o.Via, func(v algo.Node) bool { return !slices.Contains(w.Nodes, n.ID(v)) }) {
				out = append(out, w)
			}
			return
		}
		if len(w.Nodes) > o.MaxLength || len(w.Nodes) > 1 && last[0] == 'p' && !o.Passage.Passes(graph.Place) {
			return
		}
		for next, hop := range hopsOf(n, last, o) {
			if node, _ := n.Node(next); slices.Contains(w.Nodes, next) || slices.Contains(o.Avoid, node) {
				continue
			}
			walk(way{append(slices.Clone(w.Nodes), next), max(w.Weakest, hop), o.Rank.times(w.chance, hop)})
		}
	}
	if start, _ := n.Node(from); !slices.Contains(o.Avoid, start) && from != to {
		walk(way{[]graph.ID{from}, 1, big.NewRat(1, 1)})
	}
	return out
}

// hopsOf are the neighbours that links lead to from an entity, with the credibility of
// the best link to each.
func hopsOf(n *Network, id graph.ID, o PathOptions) map[graph.ID]int {
	out := map[graph.ID]int{}
	for slot := range n.link {
		l := n.Link(Slot(slot))
		other := l.TargetID()
		if l.SourceID() != id {
			other = l.SourceID()
		}
		forth := l.SourceID() == id
		if !forth && l.TargetID() != id ||
			!l.Kind().Spec().Symmetric && (o.Direction == algo.Forward && !forth || o.Direction == algo.Backward && forth) ||
			daysHeld(l) == 0 {
			continue
		}
		c, old := l.Credibility(), out[other]
		if old == 0 || o.Rank == ByEvidence && c < old || o.Rank != ByEvidence && tenths[c] > tenths[old] {
			out[other] = c
		}
	}
	return out
}

// before orders ways as a rank says.
func (r PathRank) before(a, b way) int {
	length, chance := cmp.Compare(len(a.Nodes), len(b.Nodes)), b.chance.Cmp(a.chance)
	ids := slices.Compare(a.Nodes, b.Nodes)
	switch r {
	case ByLength:
		return cmp.Or(length, chance, ids)
	case ByCredibility:
		return cmp.Or(chance, length, ids)
	}
	return cmp.Or(cmp.Compare(a.Weakest, b.Weakest), length, chance, ids)
}

// TestPathsAgainstAllWays: the paths told are the first of all simple paths, in the
// order that the rank gives them.
func TestPathsAgainstAllWays(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(71, 72))
	told, cut, equal, round := 0, 0, 0, 0
	for range 800 {
		n := tangle(t, r)
		o := PathOptions{
			Rank: []PathRank{ByEvidence, ByLength, ByCredibility}[r.IntN(3)], First: 1 + r.IntN(12), MaxLength: 1 + r.IntN(6),
			Passage: graph.NewPassage([][]graph.EntityKind{nil, nil, {graph.Place}}[r.IntN(3)], 0, nil), Direction: algo.Direction(max(0, r.IntN(5)-2)),
		}
		two := r.Perm(n.Len())
		if len(two) < 4 {
			continue
		}
		for i := range max(0, r.IntN(9)-4) {
			if 2+i < len(two) {
				o.Via = append(o.Via, algo.Node(two[len(two)-1-i])) // may be an end
			}
		}
		if r.IntN(4) == 0 {
			o.Avoid = append(o.Avoid, algo.Node(two[3-r.IntN(4)]))
		}
		from, to := n.ID(algo.Node(two[0])), n.ID(algo.Node(two[1]))
		all := ways(n, from, to, o)
		slices.SortFunc(all, o.Rank.before)
		if len(o.Via) > 1 {
			round += len(all)
		}
		for i := 1; i < len(all); i++ {
			if x, y := all[i-1], all[i]; x.chance.Cmp(y.chance) == 0 && x.Weakest == y.Weakest && len(x.Nodes) == len(y.Nodes) {
				equal++
			}
		}
		cut += max(0, len(all)-o.First)
		want := all[:min(len(all), o.First)]
		routes, err := findPaths(n, algo.Node(two[0]), algo.Node(two[1]), o, work.NewMeter(t.Context(), 0))
		if err != nil {
			t.Fatal(err)
		}
		got := []way{}
		for _, route := range routes.list {
			w := way{Weakest: int(route.weakest)}
			for _, node := range route.nodes {
				w.Nodes = append(w.Nodes, n.ID(node))
			}
			checkRoute(t, n, o, route)
			got = append(got, w)
		}
		if d := gocmp.Diff(append([]way{}, want...), got, cmpopts.IgnoreUnexported(way{})); d != "" {
			t.Fatalf("%s to %s, %+v: all ways and paths: %s", from, to, o, d)
		}
		told += len(got)
	}
	if told < 400 || cut < 400 || equal < 100 || round < 100 {
		t.Errorf("%d paths, %d beyond the first, %d equals, %d by way of several: the test says little", told, cut, equal,
			round)
	}
}

// checkRoute: each hop joins the two nodes beside it by the best of their links, and
// the figures are those of the hops.
func checkRoute(t *testing.T, n *Network, o PathOptions, route route) {
	t.Helper()
	for i, arc := range route.arcs {
		from, to := n.ID(route.nodes[i]), n.ID(route.nodes[i+1])
		l := n.Link(arc.Link)
		if arc.Out && (l.SourceID() != from || l.TargetID() != to) ||
			!arc.Out && (l.SourceID() != to || l.TargetID() != from) {
			t.Fatalf("hop %d from %s to %s is %s %s %s, out %t", i, from, to, l.SourceID(), l.Kind(), l.TargetID(), arc.Out)
		}
		if best := hopsOf(n, from, o)[to]; best != l.Credibility() {
			t.Fatalf("hop %d from %s to %s by a link of credibility %d, the best has %d", i, from, to, l.Credibility(), best)
		}
	}
}

// TestPathsToAgainstAllWays: of each entity of the kinds the best way is told, and the
// best of those come first.
func TestPathsToAgainstAllWays(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(73, 74))
	told := 0
	for range 200 {
		n := tangle(t, r)
		o := PathOptions{
			Rank: []PathRank{ByEvidence, ByLength, ByCredibility}[r.IntN(3)], First: 1 + r.IntN(4), MaxLength: 1 + r.IntN(5),
			Passage: graph.NewPassage([][]graph.EntityKind{nil, nil, {graph.Place}}[r.IntN(3)], 0, nil), Direction: algo.Direction(max(0, r.IntN(5)-2)),
		}
		kinds := []graph.EntityKind{graph.Individual, graph.Place}[r.IntN(2):]
		to := n.ID(algo.Node(r.IntN(n.Len())))
		want := []way{}
		for node := range algo.Node(n.Len()) {
			all := ways(n, n.ID(node), to, o)
			if slices.Contains(kinds, n.Entity(node).Base().Kind()) && len(all) > 0 {
				want = append(want, slices.MinFunc(all, o.Rank.before))
			}
		}
		slices.SortFunc(want, o.Rank.before)
		found, err := PathsTo(n, to, kinds, o, work.NewMeter(t.Context(), 0))
		if err != nil {
			t.Fatal(err)
		}
		got := []way{}
		for _, p := range found.Paths {
			w := way{Nodes: []graph.ID{p.Hops[0].From.Base().ID()}, Weakest: 1}
			for _, h := range p.Hops {
				w.Nodes, w.Weakest = append(w.Nodes, h.To.Base().ID()), max(w.Weakest, h.Link.Credibility())
			}
			got = append(got, w)
		}
		if d := gocmp.Diff(want[:min(len(want), o.First)], got, cmpopts.IgnoreUnexported(way{})); d != "" {
			t.Fatalf("to %s from %v, %+v: all ways and paths: %s", to, kinds, o, d)
		}
		told += len(got)
	}
	if told < 100 {
		t.Errorf("%d paths: the test says little", told)
	}
}

// TestPathsThatCannotBe: what must be passed and cannot be within the length is known
// at once, without trying all ways.
func TestPathsThatCannotBe(t *testing.T) {
	var links []said
	ids := []graph.ID{"g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9"}
	for _, a := range ids {
		for _, b := range ids {
			if a != b {
				links = append(links, said{a, "SUPPORTS", b})
			}
		}
	}
	links = append(links, said{"i1", "LEADS", "g5"}) // a dead end
	n := network(t, links)
	via, used := []algo.Node{n.at(t, "i1")}, work.NewMeter(t.Context(), 0)
	o := PathOptions{Rank: ByEvidence, First: 1, MaxLength: 2, Via: via}
	routes, err := findPaths(n, n.at(t, "g0"), n.at(t, "g1"), o, used)
	if len(routes.list) != 0 || err != nil {
		t.Fatal(routes, err)
	}
	if used.Used() > 3000*(1+pathArcSlots) {
		t.Errorf("%d slots were read to find nothing", used.Used())
	}
}
