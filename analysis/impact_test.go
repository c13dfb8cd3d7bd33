package analysis

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/tests/raced"
)

// readerOf is a reader of all that a batch tells.
func readerOf(t testing.TB, b graph.Batch) *live.Reader {
	t.Helper()
	f := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
	if _, err := f.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return f.Graph().Reader()
}

// reports is what three sources say of a few groups: alliances and rivalries, dated,
// denied, and groups judged the same.
func reports(r *rand.Rand) graph.Batch {
	b := graph.Batch{Actor: "test", Reason: "test"}
	for _, id := range []graph.ID{"s_a", "s_b", "s_c"} {
		b.Sources = append(b.Sources, graph.Source{ID: id, Kind: "REPORT", Title: string(id)})
	}
	for i := range 6 {
		id := graph.ID(fmt.Sprintf("g%d", i))
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}})
	}
	for i := range 8 + r.IntN(25) {
		two := r.Perm(6)
		c := graph.Claim{
			Subject: b.Entities[two[0]].ID, Object: b.Entities[two[1]].ID, Source: b.Sources[r.IntN(3)].ID,
			Locator: fmt.Sprint(i), Credibility: 1 + r.IntN(6),
		}
		kinds := []graph.Predicate{"SUPPORTS", "SUPPORTS", "ALLIED_WITH", "ALLIED_WITH", "RIVAL_OF", "FACTION_OF"}
		c.Predicate = kinds[r.IntN(6)]
		c.Hedge = []graph.Hedge{graph.Stated, graph.Reported, graph.Alleged}[r.IntN(3)]
		if r.IntN(4) == 0 {
			c.Polarity = graph.Denied
		}
		if r.IntN(3) == 0 {
			c.ValidFrom = must(graph.ParseDate(fmt.Sprint(2000 + r.IntN(5))))
		}
		if r.IntN(30) == 0 {
			c.Predicate, c.Polarity = graph.SameAs, graph.Affirmed
		}
		b.Claims = append(b.Claims, c)
	}
	return b
}

// linksOf are all links of a view by id.
func linksOf(v *live.View) map[graph.ID]*live.Link {
	out := map[graph.ID]*live.Link{}
	for row := range v.LinkRows() {
		if l := v.LinkAt(row); l != nil && l.Kind().Spec().IsLink() {
			out[l.ID()] = l
		}
	}
	return out
}

func claimsOf(t *testing.T, l *live.Link) (out []graph.ID) {
	t.Helper()
	page, err := l.ClaimPage(live.ClaimQuery{Page: page.Args{First: ptr(page.MaxSize)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Nodes() {
		out = append(out, c.ID())
	}
	slices.Sort(out)
	return out
}

// what names what differs between two links.
func what(t *testing.T, a, b *live.Link) (out []string) {
	t.Helper()
	for name, same := range map[string]bool{
		"STATUS": a.Status() == b.Status(), "CREDIBILITY": a.Credibility() == b.Credibility(),
		"HEDGE": a.Hedge() == b.Hedge(), "VALID_FROM": cmp.Equal(a.ValidFrom(), b.ValidFrom()),
		"VALID_TO": cmp.Equal(a.ValidTo(), b.ValidTo()), "CLAIMS": slices.Equal(claimsOf(t, a), claimsOf(t, b)),
	} {
		if !same {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// compared is what was and is, by ids.
type compared struct {
	Added, Removed, Left, Came []graph.ID
	Changed                    map[graph.ID][]string
}

// compare tells two views apart, link by link.
func compare(t *testing.T, was, is map[graph.ID]*live.Link) compared {
	t.Helper()
	out := compared{Changed: map[graph.ID][]string{}}
	ends := func(links map[graph.ID]*live.Link) map[graph.ID]bool {
		out := map[graph.ID]bool{}
		for _, l := range links {
			out[l.SourceID()], out[l.TargetID()] = true, true
		}
		return out
	}
	before, after := ends(was), ends(is)
	for id, l := range is {
		if old := was[id]; old == nil {
			out.Added = append(out.Added, id)
		} else if w := what(t, old, l); len(w) > 0 {
			out.Changed[id] = w
		}
	}
	for id := range was {
		if is[id] == nil {
			out.Removed = append(out.Removed, id)
		}
	}
	for id := range before {
		if !after[id] {
			out.Left = append(out.Left, id)
		}
	}
	for id := range after {
		if !before[id] {
			out.Came = append(out.Came, id)
		}
	}
	for _, list := range [][]graph.ID{out.Added, out.Removed, out.Left, out.Came} {
		slices.Sort(list)
	}
	return out
}

func idsOf[T any](list []T, id func(T) graph.ID) (out []graph.ID) {
	for _, x := range list {
		out = append(out, id(x))
	}
	slices.Sort(out)
	return out
}

func linkID(l *live.Link) graph.ID    { return l.ID() }
func entityID(e live.Entity) graph.ID { return e.Base().ID() }

func changesOf(lists ...[]*LinkChange) map[graph.ID][]string {
	out := map[graph.ID][]string{}
	for _, c := range slices.Concat(lists...) {
		out[c.After.ID()] = slices.Sorted(slices.Values(c.What))
	}
	return out
}

// TestDiffAgainstDefinition compares two lenses link by link.
func TestDiffAgainstDefinition(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(91, 92))
	seen := map[string]int{}
	for range 300 {
		reader := readerOf(t, reports(r))
		var n [2]*Network
		var links [2]map[graph.ID]*live.Link
		for i := range n {
			lens := &graph.Lens{IncludeDisputed: ptr(r.IntN(2) == 0), IncludeDenied: ptr(r.IntN(3) == 0)}
			switch r.IntN(4) {
			case 0:
				lens.MinCredibility = ptr(2 + r.IntN(4))
			case 1:
				lens.AsOf = ptr(graph.DayOf(1999+r.IntN(6), 1, 1))
			case 2:
				lens.Sources = []graph.ID{"s_a", "s_b", "s_c"}[r.IntN(3):]
			}
			n[i] = must((&ViewInput{Lens: lens}).OfAll().Open(reader, nil, nil))
			links[i] = linksOf(n[i].View())
		}
		d := must(Diff(n[0], n[1], 1000, nil))
		got := compared{
			idsOf(d.AddedLinks, linkID), idsOf(d.RemovedLinks, linkID), idsOf(d.RemovedNodes, entityID),
			idsOf(d.AddedNodes, entityID), changesOf(d.Changed),
		}
		want := compare(t, links[0], links[1])
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		seen["added"] += len(got.Added)
		seen["nodes"] += len(got.Left)
		for _, w := range got.Changed {
			for _, name := range w {
				seen[name]++
			}
		}
	}
	for _, name := range []string{"added", "nodes", "STATUS", "CREDIBILITY", "HEDGE", "VALID_FROM", "CLAIMS"} {
		if seen[name] == 0 {
			t.Errorf("no %s differed", name)
		}
	}
}

// TestImpactAgainstDefinition: what a source carries is what two views, with and
// without it, tell apart.
func TestImpactAgainstDefinition(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(93, 94))
	var lost, gained, weak, other, moved int
	for range 300 {
		reader := readerOf(t, reports(r))
		lens := &graph.Lens{IncludeDisputed: ptr(r.IntN(2) == 0)}
		got := must(Impact(reader, "s_a", &ViewInput{Lens: lens}, 1000, nil))
		before := must(reader.View(lens))
		after := must(before.Without("s_a"))
		was, is := linksOf(before), linksOf(after)
		want := compare(t, was, is)
		if d := cmp.Diff(want.Removed, idsOf(got.Lost, linkID)) + cmp.Diff(want.Added, idsOf(got.Gained, linkID)) +
			cmp.Diff(want.Changed, changesOf(got.Weakened, got.Changed)); d != "" {
			t.Fatal(d)
		}
		for _, c := range slices.Concat(got.Weakened, got.Changed) {
			worse := c.After.Credibility() > c.Before.Credibility() || rankOf(c.After) > rankOf(c.Before) ||
				c.After.IndependentSources() < c.Before.IndependentSources()
			if said := slices.Contains(got.Weakened, c); said != worse {
				t.Fatalf("%v from %s %d %s by %d to %s %d %s by %d: weakened %t", c.What, c.Before.Status(), c.Before.Credibility(),
					c.Before.Hedge(), c.Before.IndependentSources(), c.After.Status(), c.After.Credibility(), c.After.Hedge(),
					c.After.IndependentSources(), said)
			}
		}
		checkMoves(t, usual(was), usual(is), got.Moved, func(id graph.ID) bool {
			return alone(before, id) && alone(after, id)
		})
		lost, gained, weak = lost+len(got.Lost), gained+len(got.Gained), weak+len(got.Weakened)
		other, moved = other+len(got.Changed), moved+len(got.Moved)
	}
	if min(lost, gained, weak, other, moved) < 30 {
		t.Errorf("%d lost, %d gained, %d weakened, %d changed, %d moved: the test says little", lost, gained, weak, other,
			moved)
	}
}

// rankOf tells how well a link stands by status and hedge; more is worse.
func rankOf(l *live.Link) int {
	ranks := map[graph.LinkStatus]int{graph.StatusAsserted: 0, graph.StatusReported: 1, graph.StatusDisputed: 2}
	status := ranks[l.Status()]
	return max(status*100, 0) + map[graph.Hedge]int{graph.Stated: 1, graph.Reported: 4, graph.Alleged: 8}[l.Hedge()]
}

// usual are the links of the bearings that ranks are by.
func usual(links map[graph.ID]*live.Link) map[graph.ID]*live.Link {
	out := maps.Clone(links)
	maps.DeleteFunc(out, func(_ graph.ID, l *live.Link) bool { return !slices.Contains(graph.UsualBearings, l.Bearing()) })
	return out
}

// alone reports whether an entity is judged the same as no other, or stands for those.
func alone(v *live.View, id graph.ID) bool {
	e, ok := v.Entity(id)
	return ok && e.Base().ID() == id
}

// checkMoves: ranks are one more than the entities of more neighbours; both says
// whether an entity stands for itself with and without the source.
func checkMoves(t *testing.T, was, is map[graph.ID]*live.Link, got []RankMove, both func(graph.ID) bool) {
	t.Helper()
	ranks := func(links map[graph.ID]*live.Link, all map[graph.ID]bool) map[graph.ID]int {
		near := map[graph.ID]map[graph.ID]bool{}
		for id := range all {
			near[id] = map[graph.ID]bool{}
		}
		for _, l := range links {
			near[l.SourceID()][l.TargetID()], near[l.TargetID()][l.SourceID()] = true, true
		}
		out := map[graph.ID]int{}
		for id := range near {
			out[id] = 1
			for other := range near {
				if len(near[other]) > len(near[id]) {
					out[id]++
				}
			}
		}
		return out
	}
	all, tied := map[graph.ID]bool{}, [2]map[graph.ID]bool{{}, {}}
	for i, links := range []map[graph.ID]*live.Link{was, is} {
		for _, l := range links {
			for _, id := range []graph.ID{l.SourceID(), l.TargetID()} {
				all[id], tied[i][id] = true, true
			}
		}
	}
	before, after := ranks(was, all), ranks(is, all)
	for i, m := range got {
		id := m.Node.Base().ID()
		if m.Before != before[id] || m.After != after[id] || m.Before == m.After || !tied[0][id] || !tied[1][id] {
			t.Fatalf("%s moved from %d to %d, want %d to %d", id, m.Before, m.After, before[id], after[id])
		}
		if i > 0 && abs(got[i-1].After-got[i-1].Before) < abs(m.After-m.Before) {
			t.Fatalf("moves are not in order: %v", got)
		}
		delete(before, id)
	}
	for id, rank := range before {
		if rank != after[id] && both(id) && tied[0][id] && tied[1][id] {
			t.Fatalf("%s moved from %d to %d, and is not told", id, rank, after[id])
		}
	}
}
