package analysis

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

// january is a day of January 2001, in which everything in a tangle happens.
func january(n int) graph.Day { return graph.DayOf(2001, 1, 1) + graph.Day(n) }

func dateIn(r *rand.Rand, from int) (graph.PartialDate, int) {
	a := from + r.IntN(31-from)
	b := min(30, a+max(0, r.IntN(8)-4))
	return graph.DateWithin(graph.Span{Earliest: january(a), Latest: january(b)}), a
}

// giveDates gives claims dates, and entities lives, in January 2001.
func giveDates(r *rand.Rand, b *graph.Batch) {
	for i := range b.Claims {
		from := 0
		if r.IntN(2) == 0 {
			b.Claims[i].ValidFrom, from = dateIn(r, 0)
		}
		if r.IntN(2) == 0 {
			b.Claims[i].ValidTo, _ = dateIn(r, from)
		}
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		p := map[graph.EntityKind]graph.Predicate{graph.Group: graph.DissolvedOn, graph.Individual: graph.Death}[e.Kind]
		if p != "" && r.IntN(3) == 0 {
			date, _ := dateIn(r, 8)
			b.Claims = append(b.Claims, graph.Claim{
				Subject: e.ID, Predicate: p, Source: b.Sources[0].ID, Hedge: graph.Stated, Credibility: 1, Value: &graph.Value{Date: date},
			})
		}
	}
}

// daysHeld are the days of January 2001 on which a link may have held in a path, a bit each:
// by definition, from the intervals that it tells.
func daysHeld(l *live.Link) (days uint32) {
	if l.Undated() || l.Bearing() == graph.BearingKinship {
		return 1<<31 - 1
	}
	for n := range 31 {
		for _, i := range l.Held() {
			began, begun := i.Began()
			ended, over := i.Ended()
			if (!begun || began.Earliest <= january(n)) && (!over || january(n) <= ended.Latest) {
				days |= 1 << n
			}
		}
	}
	if l.Bearing() == graph.BearingLineage {
		for n := range 30 {
			days |= days & (1 << n) << 1
		}
	}
	return days
}

// choice is a way, with the links that it takes.
type choice struct {
	way
	Links []graph.ID
	slots []Slot
	days  uint32
}

// choices lists all ways that hold together, each by the best links that do, best first.
func choices(n *Network, from, to graph.ID, o PathOptions) (out []choice) {
	days := make([]uint32, len(n.link))
	for slot := range n.link {
		days[slot] = daysHeld(n.Link(Slot(slot)))
	}
	for _, w := range ways(n, from, to, o) {
		open := []choice{{way: way{w.Nodes, 1, big.NewRat(1, 1)}, days: 1<<31 - 1}}
		for i := 1; i < len(w.Nodes); i++ {
			var next []choice
			for _, c := range open {
				for slot := range n.link {
					if l := n.Link(Slot(slot)); c.days&days[slot] != 0 && leads(l, w.Nodes[i-1], w.Nodes[i], o) {
						next = append(next, choice{
							way{w.Nodes, max(c.Weakest, l.Credibility()), o.Rank.times(c.chance, l.Credibility())},
							append(slices.Clone(c.Links), l.ID()), append(slices.Clone(c.slots), Slot(slot)), c.days & days[slot],
						})
					}
				}
			}
			open = next
		}
		if len(open) > 0 {
			out = append(out, slices.MinFunc(open, func(a, b choice) int {
				return cmp.Or(o.Rank.before(a.way, b.way), slices.CompareFunc(a.slots, b.slots, func(x, y Slot) int { return o.Rank.rather(n, x, y) }))
			}))
		}
	}
	slices.SortFunc(out, func(a, b choice) int { return o.Rank.before(a.way, b.way) })
	return out
}

// leads reports whether a hop may take a link.
func leads(l *live.Link, from, to graph.ID, o PathOptions) bool {
	forth := l.SourceID() == from && l.TargetID() == to
	if !forth && (l.SourceID() != to || l.TargetID() != from) {
		return false
	}
	return l.Kind().Spec().Symmetric || o.Direction == algo.Undirected || forth == (o.Direction == algo.Forward)
}

// rather orders links between the same two, the better first.
func (r PathRank) rather(n *Network, x, y Slot) int {
	a, b := int(n.Credibility(x)), int(n.Credibility(y))
	if r != ByEvidence && tenths[a] != tenths[b] {
		return cmp.Compare(tenths[b], tenths[a])
	}
	return cmp.Or(cmp.Compare(a, b), cmp.Compare(n.order(x), n.order(y)))
}

// TestConcurrentPathsAgainstAllWays: the paths told are the first of all simple paths of which
// links held together, by the best links that did; what is left out is what would have been
// among them; and within a budget the first of them are told.
func TestConcurrentPathsAgainstAllWays(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(81, 82))
	told, others, left, cut, void := 0, 0, 0, 0, 0
	for range 500 {
		b := tangled(r)
		giveDates(r, &b)
		n := networkOf(t, b)
		o := PathOptions{
			Rank: []PathRank{ByEvidence, ByLength, ByCredibility}[r.IntN(3)], First: 1 + r.IntN(6), MaxLength: 1 + r.IntN(5),
			Passage: graph.NewPassage([][]graph.EntityKind{nil, {graph.Place}}[r.IntN(2)], 0, nil), Direction: algo.Direction(max(0, r.IntN(5)-2)),
		}
		two := r.Perm(n.Len())
		if len(two) < 4 {
			continue
		}
		if r.IntN(4) == 0 {
			o.Via = append(o.Via, algo.Node(two[2]))
		}
		from, to := n.ID(algo.Node(two[0])), n.ID(algo.Node(two[1]))
		apart := ways(n, from, to, o)
		slices.SortFunc(apart, o.Rank.before)
		apart = apart[:min(len(apart), o.First)]
		want := choices(n, from, to, o)
		want = want[:min(len(want), o.First)]
		leftOf := func(told []toldPath) (n int) {
			for _, w := range apart {
				n += b2i(!slices.ContainsFunc(told, func(c toldPath) bool { return slices.Equal(c.Nodes, w.Nodes) }))
			}
			return n
		}
		_, count := n.onNoDay()
		void += count
		o.Concurrent = true
		for _, limit := range []int64{0, 1 + r.Int64N(20000)} {
			found, err := findPaths(n, algo.Node(two[0]), algo.Node(two[1]), o, work.NewMeter(t.Context(), limit))
			if err != nil && !errors.Is(err, work.ErrBudget) {
				t.Fatal(err)
			}
			got := toldBy(n, found.list)
			expected, out := want, leftOf(got)
			if err != nil {
				cut++
				expected = want[:min(len(want), len(got))]
			}
			if d := gocmp.Diff(choicesTold(expected), got); d != "" || found.leftOut > out || err == nil && found.leftOut != out {
				t.Fatalf("%s to %s, %+v, limit %d, %v: left out %d of %d; all ways and paths: %s", from, to, o, limit, err, found.leftOut, out, d)
			}
			if err == nil {
				told, left = told+len(got), left+out
				for i, w := range got {
					others += b2i(i >= len(apart) || !slices.Equal(w.Nodes, apart[i].Nodes))
				}
			}
		}
	}
	if told < 300 || others < 100 || left < 100 || cut < 50 || void < 100 {
		t.Errorf("%d paths, %d that are others than without the condition, %d left out, %d searches cut short, %d links of no day: the test says little",
			told, others, left, cut, void)
	}
}

// toldPath is what is compared of a path.
type toldPath struct {
	Nodes, Links []graph.ID
	Weakest      int
}

func toldBy(n *Network, list []route) []toldPath {
	out := []toldPath{}
	for _, route := range list {
		p := toldPath{Weakest: int(route.weakest)}
		for _, node := range route.nodes {
			p.Nodes = append(p.Nodes, n.ID(node))
		}
		for _, arc := range route.arcs {
			p.Links = append(p.Links, n.Link(arc.Link).ID())
		}
		out = append(out, p)
	}
	return out
}

func choicesTold(list []choice) []toldPath {
	out := []toldPath{}
	for _, c := range list {
		out = append(out, toldPath{c.Nodes, c.Links, c.Weakest})
	}
	return out
}

// TestAsOfIsConcurrent: what may have held on one day held together.
func TestAsOfIsConcurrent(t *testing.T) {
	r := rand.New(rand.NewPCG(83, 84))
	told := 0
	for range raced.Few(60) {
		b := tangled(r)
		giveDates(r, &b)
		v := must(readerOf(t, b).View(&graph.Lens{AsOf: ptr(january(r.IntN(31)))}))
		n := must(NewNetwork(v, &ViewInput{Bearings: []graph.Bearing{graph.EveryBearing}}, nil))
		for i := range algo.Node(n.Len()) {
			o := n.PathOptions(ByLength, 4, 4)
			any := must(findPaths(n, 0, i, o, nil))
			o.Concurrent = true
			if d := gocmp.Diff(toldBy(n, any.list), toldBy(n, must(findPaths(n, 0, i, o, nil)).list)); d != "" {
				t.Fatal(d)
			}
			told += len(any.list)
		}
	}
	if told < raced.Few(300) {
		t.Errorf("%d paths: the test says little", told)
	}
}

// TestLivesBetweenPaths: a network that is kept knows nothing of a life that is recorded later,
// and is made anew.
func TestLivesBetweenPaths(t *testing.T) {
	for _, c := range []struct {
		died string
		want string
	}{{"", "1 paths, 0 of no day"}, {"1999", "0 paths, 1 of no day"}, {"2005", "1 paths, 0 of no day"}} {
		b := graph.Batch{Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}}}
		for _, id := range []graph.ID{"i1", "g1"} {
			b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: map[byte]graph.EntityKind{'i': graph.Individual, 'g': graph.Group}[id[0]], Names: []graph.Name{{Value: string(id)}}})
		}
		b.Claims = []graph.Claim{{Subject: "i1", Predicate: graph.Leads, Object: "g1", Source: "s_test", Hedge: graph.Stated, ValidFrom: dateOf("2001"), ValidTo: dateOf("2003")}}
		f := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
		cache := NewCache(1 << 20)
		apply := func(b graph.Batch) string {
			b.Actor, b.Reason = "test", "test"
			must(f.Apply(t.Context(), b.Normalised()))
			n := must((*ViewInput)(nil).OpenPaths(f.Graph().Reader(), cache, nil))
			found := must(PathsBetween(n, PathRequest{From: "i1", To: "g1", Options: n.PathOptions(ByLength, 3, 3)}, nil))
			none := 0
			for _, x := range found.Excluded {
				if x.Reason == graph.OutsideLife {
					none += x.Links
				}
			}
			return fmt.Sprintf("%d paths, %d of no day", len(found.Paths), none)
		}
		if got := apply(b); got != "1 paths, 0 of no day" {
			t.Fatal(got)
		}
		if c.died == "" {
			continue
		}
		death := graph.Claim{Subject: "i1", Predicate: graph.Death, Source: "s_test", Hedge: graph.Stated, Value: &graph.Value{Date: dateOf(c.died)}}
		if got := apply(graph.Batch{Claims: []graph.Claim{death}}); got != c.want {
			t.Errorf("who died in %s: %s, want %s", c.died, got, c.want)
		}
	}
}
