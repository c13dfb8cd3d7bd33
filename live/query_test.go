package live_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/tests/raced"
)

// TestPages pages every list in every order, with pages of all sizes.
func TestPages(t *testing.T) {
	raced.Alone(t)
	lists := pagers(t, rich().view(t, graph.Red, nil))
	for _, p := range lists {
		n := len(p.whole(t).ids)
		for size := 1; size <= n+1; size++ {
			if n <= 14 || size < 5 || size%7 == 0 || size >= n || p.name == "claims" ||
				p.name == "linksCREDIBILITYDESC" {
				p.check(t, size)
			}
		}
	}
	if len(lists) < 400 {
		t.Errorf("only %d lists were paged", len(lists))
	}
}

// TestPagesOfRandomWorlds pages lists of clusters and of what is partly hidden.
func TestPagesOfRandomWorlds(t *testing.T) {
	raced.Alone(t)
	worlds := drawOlder(dense)
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeen(t, worlds)
		for _, p := range pagers(t, s.view) {
			if len(p.want) > 1 && rapid.IntRange(0, 9).Draw(t, "paged") == 9 {
				p.whole(t)
				p.check(t, rapid.IntRange(1, len(p.want)).Draw(t, "size"))
			}
		}
	})
}

// TestWindows cuts pieces out of a list by both cursors.
func TestWindows(t *testing.T) {
	raced.Alone(t)
	for _, p := range pagers(t, rich().view(t, graph.Red, nil)) {
		if p.name != "links" && p.name != "claimsHEDGEDESC" && p.name != "entities NAMEASC" {
			continue
		}
		all := p.whole(t)
		n := len(all.ids)
		step := 1 + n/12
		for after := -1; after < n; after += step {
			for before := 0; before <= n; before += step {
				for _, size := range []int{0, 1, 3, n} {
					p.window(t, all, after, before, size)
				}
			}
		}
	}
}

func (p pager) window(t tb, all read, after, before, size int) {
	t.Helper()
	var pg page.Args
	if after >= 0 {
		pg.After = &all.cursors[after]
	}
	if before < len(all.ids) {
		pg.Before = &all.cursors[before]
	}
	var piece []graph.ID
	if after+1 < before {
		piece = all.ids[after+1 : before]
	}
	pg.First = &size
	r, err := p.read(pg)
	if err != nil {
		t.Fatal(err)
	}
	same(t, fmt.Sprintf("%s: the first %d after %d and before %d", p.name, size, after, before),
		piece[:min(size, len(piece))], r.ids)
	pg.First, pg.Last = nil, &size
	if r, err = p.read(pg); err != nil {
		t.Fatal(err)
	}
	same(t, fmt.Sprintf("%s: the last %d after %d and before %d", p.name, size, after, before),
		piece[len(piece)-min(size, len(piece)):], r.ids)
}

func badCursor(err error) bool {
	var invalid *graph.InvalidError
	return errors.As(err, &invalid) && invalid.Problems[0].Code == "BAD_CURSOR" && invalid.Problems[0].Remedy != ""
}

// TestCursorsOfOtherLists: a cursor is good for the list and the order that gave
// it.
func TestCursorsOfOtherLists(t *testing.T) {
	raced.Alone(t)
	var lists []pager
	for _, p := range pagers(t, rich().view(t, graph.Red, nil)) {
		if len(p.want) > 0 {
			lists = append(lists, p)
		}
	}
	for i, p := range lists {
		cursor := p.whole(t).cursors[0]
		for j := 0; j < len(lists); j += 7 { // some of them
			if i == j {
				continue
			}
			for _, pg := range []page.Args{{After: &cursor}, {Before: &cursor}} {
				if _, err := lists[j].read(pg); !badCursor(err) {
					t.Errorf("a cursor of %s is taken by %s: %v", p.name, lists[j].name, err)
				}
			}
		}
	}
}

// TestCursorOfHidden: a cursor that points at what the reader may not see is one
// that points at nothing.
func TestCursorOfHidden(t *testing.T) {
	f := base()
	f.add(link("g", "SUPPORTS", "h", marked(graph.Red)), link("g", graph.AlliedWith, "k"))
	pages := func(m graph.Marking) []pager { return pagers(t, f.view(t, m, nil)) }
	red := map[string]read{}
	for _, p := range pages(graph.Red) {
		red[p.name] = p.whole(t)
	}
	refused := 0
	for _, p := range pages(graph.Clear) {
		for i, id := range red[p.name].ids {
			if slices.Contains(p.want, id) ||
				!strings.HasPrefix(p.name, "links") && !strings.HasPrefix(p.name, "claims") {
				continue
			}
			refused++
			_, err := p.read(page.Args{After: &red[p.name].cursors[i]})
			if !badCursor(err) {
				t.Errorf("%s: a cursor of %s is taken: %v", p.name, id, err)
			}
			_, nothing := p.read(page.Args{After: ptr(madeUp(p.name, "c_aaaaaaaaaaaaaaaaaaaaaaaaaa"))})
			if p.name == "claims" && err.Error() != nothing.Error() {
				t.Errorf("what is hidden is refused in other words: %q and %q", err, nothing)
			}
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}

func TestBadPages(t *testing.T) {
	v := rich().view(t, graph.Red, nil)
	n := func(n int) *int { return &n }
	for _, pg := range []page.Args{
		{First: n(1), Last: n(1)},
		{First: n(-1)},
		{Last: n(-1)},
		{First: n(page.MaxSize + 1)},
		{Last: n(page.MaxSize + 1)},
		{After: ptr("")},
		{After: ptr("!")},
		{Before: ptr("e30")},
		{After: ptr("bnVsbA")},
		{After: ptr("W10")},
		{Before: ptr("eyJs")},
		{After: ptr(strings.Repeat("e", 1<<20))},
	} {
		if _, err := v.ClaimPage(live.ClaimQuery{Page: pg}); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("the page %s is given: %v", text(pg), err)
		}
		if _, err := v.SourcePage(live.SourceQuery{Page: pg}); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("the page %s is given: %v", text(pg), err)
		}
	}
	c, err := v.ClaimPage(live.ClaimQuery{})
	if err != nil || len(c.Edges) != page.DefaultSize || !c.PageInfo.HasNextPage {
		t.Errorf("a page of which nothing is said has %d items, %v", len(c.Edges), err)
	}
	for _, order := range []string{"", "COLOUR"} {
		_, e := live.EntityPage[live.Entity](v, live.EntityQuery{OrderBy: entitiesBy(live.EntityOrderField(order), "")})
		_, l := v.LinkPage(live.LinkQuery{OrderBy: linksBy(live.LinkOrderField(order), "")})
		_, c := v.ClaimPage(live.ClaimQuery{OrderBy: claimsBy(live.ClaimOrderField(order), "")})
		_, s := v.SourcePage(live.SourceQuery{OrderBy: sourcesBy(live.SourceOrderField(order), "")})
		for _, err := range []error{e, l, c, s} {
			if !errors.Is(err, graph.ErrInvalid) {
				t.Errorf("an order by %q is given: %v", order, err)
			}
		}
	}
	e, err := live.EntityPage[live.Entity](v, live.EntityQuery{Kind: "VEHICLE"})
	if err != nil || len(e.Edges) != 0 || e.TotalCount() != 0 {
		t.Errorf("there are entities of no kind: %v", err)
	}
}

// TestOrderByTwo: a second field decides where the first does not.
func TestOrderByTwo(t *testing.T) {
	v := rich().view(t, graph.Red, nil)
	d := dumpView(t, v, nil)
	c, err := v.ClaimPage(live.ClaimQuery{Page: page.Args{First: ptr(9)}, OrderBy: []*live.ClaimOrder{
		{Order: page.Order[live.ClaimOrderField]{Field: "CREDIBILITY", Direction: page.Descending}},
		{Order: page.Order[live.ClaimOrderField]{Field: "RECORDED", Direction: page.Descending}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(d.Claims)
	want := ordered(d.Claims, true, func(c dumpClaim) order { return order{num: float64(recordOf(c).Credibility)} })
	same(t, "the first nine", idsOf(want, func(c dumpClaim) graph.ID { return recordOf(c).ID })[:9],
		claimIDs(c.Nodes()))
	after, err := v.ClaimPage(live.ClaimQuery{
		Page: page.Args{First: ptr(9), After: c.PageInfo.EndCursor},
		OrderBy: []*live.ClaimOrder{
			{Order: page.Order[live.ClaimOrderField]{Field: "CREDIBILITY", Direction: page.Descending}},
			{Order: page.Order[live.ClaimOrderField]{Field: "RECORDED", Direction: page.Descending}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the next nine", idsOf(want, func(c dumpClaim) graph.ID { return recordOf(c).ID })[9:18],
		claimIDs(after.Nodes()))
}

// TestCursorOfLongName: whatever may be recorded can be paged by.
func TestCursorOfLongName(t *testing.T) {
	f := base()
	long := func(s string, most int) string { return strings.Repeat(s, most/len(s)) }
	var b graph.Batch
	for i := range 3 {
		b.Sources = append(b.Sources,
			source(fmt.Sprint("long", i), func(s *graph.Source) { s.Title = long("<", graph.MaxText) }))
		b.Entities = append(b.Entities,
			entity(graph.Group, fmt.Sprint("long", i), func(e *graph.Entity) {
				e.Names[0].Value = long("\ufdfa", graph.MaxName)
			}))
	}
	f.apply(b)
	for _, p := range pagers(t, f.view(t, graph.Red, nil)) {
		if strings.HasPrefix(p.name, "sources") || strings.HasPrefix(p.name, "entities") {
			p.whole(t)
			p.check(t, 1)
		}
	}
}

// FuzzCursor: whatever is passed as a cursor, the answer is a page or a refusal.
func FuzzCursor(f *testing.F) {
	v := rich().view(nilTB{}, graph.Red, nil)
	lists := pagers(nilTB{}, v)
	for i, p := range lists {
		if r, err := p.read(page.Args{First: ptr(1)}); err == nil && i%9 == 0 && len(r.cursors) > 0 {
			f.Add(r.cursors[0], i)
		}
	}
	for _, s := range []string{"", "e30", "bnVsbA", "eyJsIjoiY2xhaW1zIiwiaSI6IiJ9", "eyJsIjoibGlua3MiLCJrIjpbe31dfQ"} {
		f.Add(s, 0)
	}
	f.Fuzz(func(t *testing.T, s string, list int) {
		p := lists[uint(list)%uint(len(lists))]
		for _, pg := range []page.Args{{After: &s}, {Before: &s, Last: ptr(3)}, {After: &s, Before: &s}} {
			if r, err := p.read(pg); err != nil && !badCursor(err) || err == nil && len(r.ids) > len(p.want) {
				t.Errorf("%s: %q gives %v and %v", p.name, s, r.ids, err)
			}
		}
	})
}

// nilTB fails by panicking, where there is no test yet.
type nilTB struct{}

func (nilTB) Helper() {}

func (nilTB) Error(a ...any) { panic(fmt.Sprint(a...)) }

func (nilTB) Errorf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }

func (nilTB) Fatal(a ...any) { panic(fmt.Sprint(a...)) }

func (nilTB) Fatalf(f string, a ...any) { panic(fmt.Sprintf(f, a...)) }
