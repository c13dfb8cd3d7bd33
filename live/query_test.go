package live_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
)

// pager is a list that can be paged, with the order that its ids should have.
type pager struct {
	name string
	want []graph.ID
	read func(page.Args) (read, error)
}

// read is a page in ids.
type read struct {
	ids     []graph.ID
	cursors []string
	info    page.PageInfo
	total   int
}

func pagerOf[T any](name string, want []graph.ID, id func(T) graph.ID, list func(page.Args) (*page.Connection[T], error)) pager {
	return pager{name, want, func(p page.Args) (read, error) {
		c, err := list(p)
		if err != nil {
			return read{}, err
		}
		r := read{info: c.PageInfo, total: len(want)}
		if p.After == nil && p.Before == nil { // it is the same on every page, and takes the time of one
			r.total = c.TotalCount()
		}
		for i, node := range c.Nodes() {
			r.ids, r.cursors = append(r.ids, id(node)), append(r.cursors, c.Edges[i].Cursor)
		}
		return r, nil
	}}
}

// order is what one field orders by; null comes last either way.
type order struct {
	null bool
	num  float64
	text string
}

func compareOrders(a, b order, desc bool) int {
	switch {
	case a.null && b.null:
		return 0
	case a.null:
		return 1
	case b.null:
		return -1
	}
	c := cmp.Or(cmp.Compare(a.num, b.num), strings.Compare(a.text, b.text))
	if desc {
		return -c
	}
	return c
}

// ordered sorts items by a field; equal ones stay as they are.
func ordered[T any](items []T, desc bool, by func(T) order) []T {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b T) int { return compareOrders(by(a), by(b), desc) })
	return items
}

func idsOf[T any](items []T, id func(T) graph.ID) []graph.ID {
	var out []graph.ID
	for _, x := range items {
		out = append(out, id(x))
	}
	return out
}

func onDate(s string) order {
	if s == "" {
		return order{null: true}
	}
	d := date(s)
	return order{null: d.Earliest.Open(), num: float64(d.Earliest)}
}

func directions() []page.OrderDirection {
	return []page.OrderDirection{page.Ascending, page.Descending}
}

// pagers are all lists of a view in all orders.
func pagers(t tb, v *live.View) []pager {
	t.Helper()
	p := &paged{tb: t, v: v, d: dumpView(t, v, nil)}
	p.byName = map[graph.ID]string{}
	for _, e := range p.d.Entities {
		p.byName[e.ID] = names.Folded(e.Name)
	}
	p.entityLists()
	p.linkLists("links", p.d.Links, v.LinkPage, "")
	p.claimLists("claims", p.d.Claims, v.ClaimPage)
	for _, e := range p.d.Entities {
		x, _ := v.Entity(e.ID)
		p.linkLists("links of "+string(e.ID), p.pickLinks(e.Links), x.Base().LinkPage, e.ID)
		p.claimLists("claims of "+string(e.ID), p.pickClaims(e.Claims), x.Base().ClaimPage)
	}
	for _, l := range p.d.Links {
		x, _ := v.Link(l.ID)
		p.claimLists("claims of "+string(l.ID), p.pickClaims(l.Claims), x.ClaimPage)
	}
	p.sourceLists()
	return p.list
}

type paged struct {
	tb
	v      *live.View
	d      dump
	byName map[graph.ID]string
	list   []pager
}

func (p *paged) pickLinks(ids []graph.ID) []dumpLink {
	return slices.DeleteFunc(slices.Clone(p.d.Links), func(l dumpLink) bool { return !slices.Contains(ids, l.ID) })
}

func (p *paged) pickClaims(ids []graph.ID) []dumpClaim {
	return slices.DeleteFunc(slices.Clone(p.d.Claims), func(c dumpClaim) bool { return !slices.Contains(ids, recordOf(c).ID) })
}

func recordOf(c dumpClaim) graph.Claim {
	rec, err := graph.Decode[graph.Claim]([]byte(c.Claim))
	if err != nil {
		panic(err)
	}
	return rec
}

func (p *paged) entityLists() {
	by := map[live.EntityOrderField]func(dumpEntity) order{
		"NAME":    func(e dumpEntity) order { return order{text: names.Folded(e.Name)} },
		"ID":      func(e dumpEntity) order { return order{text: string(e.ID)} },
		"KIND":    func(e dumpEntity) order { return order{num: float64(slices.Index(graph.EntityKinds, e.Kind))} },
		"FOUNDED": func(e dumpEntity) order { return onDate(e.Founded) },
		"LINKS":   func(e dumpEntity) order { return order{num: float64(len(e.Links))} },
		"CLAIMS":  func(e dumpEntity) order { return order{num: float64(len(e.Claims))} },
	}
	byID := slices.SortedFunc(slices.Values(p.d.Entities), func(a, b dumpEntity) int { return cmp.Compare(a.ID, b.ID) })
	for field, key := range by {
		for _, dir := range directions() {
			for _, kind := range []graph.EntityKind{"", graph.Group} {
				items := ordered(byID, dir == page.Descending, key)
				if kind != "" {
					items = slices.DeleteFunc(items, func(e dumpEntity) bool { return e.Kind != kind })
				}
				p.list = append(p.list, pagerOf(fmt.Sprint("entities ", kind, field, dir), idsOf(items, func(e dumpEntity) graph.ID { return e.ID }),
					func(e live.Entity) graph.ID { return e.Base().ID() }, func(pg page.Args) (*live.EntityConnection, error) {
						return live.EntityPage[live.Entity](p.v, live.EntityQuery{Kind: kind, Page: pg, OrderBy: []*live.EntityOrder{{Order: page.Order[live.EntityOrderField]{Field: field, Direction: dir}}}})
					}))
			}
		}
	}
}

func (p *paged) linkLists(name string, links []dumpLink, list func(live.LinkQuery) (*live.LinkConnection, error), from graph.ID) {
	by := map[live.LinkOrderField]func(dumpLink) order{
		"KIND": func(l dumpLink) order {
			return order{num: float64(slices.IndexFunc(graph.Predicates(), func(s graph.PredicateSpec) bool { return s.Name == l.Kind }))}
		},
		"CREDIBILITY":         func(l dumpLink) order { return order{num: float64(l.Credibility)} },
		"VALID_FROM":          func(l dumpLink) order { return onDate(l.From) },
		"INDEPENDENT_SOURCES": func(l dumpLink) order { return order{num: float64(l.Independent)} },
		"SOURCE_NAME":         func(l dumpLink) order { return order{text: p.byName[l.Source]} },
		"TARGET_NAME":         func(l dumpLink) order { return order{text: p.byName[l.Target]} },
		"OTHER_NAME": func(l dumpLink) order {
			switch from {
			case "":
				return order{null: true}
			case l.Source:
				return order{text: p.byName[l.Target]}
			}
			return order{text: p.byName[l.Source]}
		},
	}
	id := func(l dumpLink) graph.ID { return l.ID }
	p.list = append(p.list, pagerOf(name, idsOf(links, id), (*live.Link).ID, func(pg page.Args) (*live.LinkConnection, error) { return list(live.LinkQuery{Page: pg}) }))
	backwards := slices.Clone(links)
	slices.Reverse(backwards)
	for _, dir := range directions() {
		lists := map[live.LinkOrderField][]dumpLink{"RECORDED": links}
		if dir == page.Descending {
			lists["RECORDED"] = backwards
		}
		for field, key := range by {
			lists[field] = ordered(links, dir == page.Descending, key)
		}
		for field, items := range lists {
			p.list = append(p.list, pagerOf(fmt.Sprint(name, field, dir), idsOf(items, id), (*live.Link).ID, func(pg page.Args) (*live.LinkConnection, error) {
				return list(live.LinkQuery{Page: pg, OrderBy: []*live.LinkOrder{{Order: page.Order[live.LinkOrderField]{Field: field, Direction: dir}}}})
			}))
		}
	}
}

func (p *paged) claimLists(name string, claims []dumpClaim, list func(live.ClaimQuery) (*live.ClaimConnection, error)) {
	published := map[graph.ID]string{}
	for s := range p.v.Sources() {
		published[s.ID()] = edtf(s.Published())
	}
	by := map[live.ClaimOrderField]func(dumpClaim) order{
		"CREDIBILITY": func(c dumpClaim) order { return order{num: float64(recordOf(c).Credibility)} },
		"HEDGE":       func(c dumpClaim) order { return order{num: float64(slices.Index(graph.Hedges, recordOf(c).Hedge))} },
		"LABEL":       func(c dumpClaim) order { return order{null: recordOf(c).Label == "", text: recordOf(c).Label} },
		"PUBLISHED":   func(c dumpClaim) order { return onDate(published[c.Source]) },
		"VALID_FROM":  func(c dumpClaim) order { return onDate(recordOf(c).ValidFrom.EDTF) },
	}
	id := func(c dumpClaim) graph.ID { return recordOf(c).ID }
	p.list = append(p.list, pagerOf(name, idsOf(claims, id), (*live.Claim).ID, func(pg page.Args) (*live.ClaimConnection, error) { return list(live.ClaimQuery{Page: pg}) }))
	backwards := slices.Clone(claims)
	slices.Reverse(backwards)
	for _, dir := range directions() {
		lists := map[live.ClaimOrderField][]dumpClaim{"RECORDED": claims}
		if dir == page.Descending {
			lists["RECORDED"] = backwards
		}
		for field, key := range by {
			lists[field] = ordered(claims, dir == page.Descending, key)
		}
		for field, items := range lists {
			p.list = append(p.list, pagerOf(fmt.Sprint(name, field, dir), idsOf(items, id), (*live.Claim).ID, func(pg page.Args) (*live.ClaimConnection, error) {
				return list(live.ClaimQuery{Page: pg, OrderBy: []*live.ClaimOrder{{Order: page.Order[live.ClaimOrderField]{Field: field, Direction: dir}}}})
			}))
		}
	}
}

func (p *paged) sourceLists() {
	type item struct {
		dumpSource
		rec graph.Source
	}
	var items []item
	for _, s := range p.d.Sources {
		rec, err := graph.Decode[graph.Source]([]byte(s.Source))
		if err != nil {
			p.Fatal(err)
		}
		items = append(items, item{s, rec})
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.rec.ID, b.rec.ID) })
	by := map[live.SourceOrderField]func(item) order{
		"TITLE":       func(s item) order { return order{text: names.Folded(s.rec.Title)} },
		"ID":          func(s item) order { return order{text: string(s.rec.ID)} },
		"PUBLISHED":   func(s item) order { return onDate(s.rec.Published.EDTF) },
		"RELIABILITY": func(s item) order { return order{text: string(s.Reliability)} },
		"CLAIMS":      func(s item) order { return order{num: float64(len(s.Claims))} },
	}
	for field, key := range by {
		for _, dir := range directions() {
			want := idsOf(ordered(items, dir == page.Descending, key), func(s item) graph.ID { return s.rec.ID })
			p.list = append(p.list, pagerOf(fmt.Sprint("sources ", field, dir), want, (*live.Source).ID, func(pg page.Args) (*live.SourceConnection, error) {
				return p.v.SourcePage(live.SourceQuery{Page: pg, OrderBy: []*live.SourceOrder{{Order: page.Order[live.SourceOrderField]{Field: field, Direction: dir}}}})
			}))
		}
	}
}

// whole reads a list in one page.
func (p pager) whole(t tb) read {
	t.Helper()
	r, err := p.read(page.Args{First: ptr(page.MaxSize)})
	if err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	same(t, p.name, p.want, r.ids)
	return r
}

// check pages a list in steps of a size, forwards and backwards.
func (p pager) check(t tb, size int) {
	t.Helper()
	var forwards, backwards []graph.ID
	for pg := (page.Args{First: &size}); ; {
		r, err := p.read(pg)
		if err != nil {
			t.Fatalf("%s, %d at a time: %v", p.name, size, err)
		}
		p.checkInfo(t, r, pg.After != nil, len(forwards)+len(r.ids) < len(p.want))
		forwards = append(forwards, r.ids...)
		if !r.info.HasNextPage {
			break
		}
		pg.After = r.info.EndCursor
	}
	same(t, fmt.Sprintf("%s, %d at a time", p.name, size), p.want, forwards)
	for pg := (page.Args{Last: &size}); ; {
		r, err := p.read(pg)
		if err != nil {
			t.Fatalf("%s, %d at a time, backwards: %v", p.name, size, err)
		}
		p.checkInfo(t, r, len(backwards)+len(r.ids) < len(p.want), pg.Before != nil)
		backwards = append(slices.Clone(r.ids), backwards...)
		if !r.info.HasPreviousPage {
			break
		}
		pg.Before = r.info.StartCursor
	}
	same(t, fmt.Sprintf("%s, %d at a time, backwards", p.name, size), p.want, backwards)
}

func (p pager) checkInfo(t tb, r read, previous, next bool) {
	t.Helper()
	if r.info.HasPreviousPage != previous || r.info.HasNextPage != next || r.total != len(p.want) {
		t.Fatalf("%s: a page of %d says: previous %t, next %t, %d in all; want %t, %t, %d", p.name, len(r.ids), r.info.HasPreviousPage, r.info.HasNextPage, r.total, previous, next, len(p.want))
	}
	if n := len(r.cursors); n > 0 && (*r.info.StartCursor != r.cursors[0] || *r.info.EndCursor != r.cursors[n-1]) || n == 0 && (r.info.StartCursor != nil || r.info.EndCursor != nil) {
		t.Fatalf("%s: the cursors of the page are not those of its ends", p.name)
	}
}

// TestPages pages every list in every order, with pages of all sizes.
func TestPages(t *testing.T) {
	lists := pagers(t, rich().view(t, graph.Red, nil))
	for _, p := range lists {
		n := len(p.whole(t).ids)
		for size := 1; size <= n+1; size++ {
			if n <= 14 || size < 5 || size%7 == 0 || size >= n || p.name == "claims" || p.name == "linksCREDIBILITYDESC" {
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
	worlds := drawWorld(dense)
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
	same(t, fmt.Sprintf("%s: the first %d after %d and before %d", p.name, size, after, before), piece[:min(size, len(piece))], r.ids)
	pg.First, pg.Last = nil, &size
	if r, err = p.read(pg); err != nil {
		t.Fatal(err)
	}
	same(t, fmt.Sprintf("%s: the last %d after %d and before %d", p.name, size, after, before), piece[len(piece)-min(size, len(piece)):], r.ids)
}

func badCursor(err error) bool {
	var invalid *graph.InvalidError
	return errors.As(err, &invalid) && invalid.Problems[0].Code == "BAD_CURSOR" && invalid.Problems[0].Remedy != ""
}

// TestCursorsOfOtherLists: a cursor is good for the list and the order that gave
// it.
func TestCursorsOfOtherLists(t *testing.T) {
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
			if slices.Contains(p.want, id) || !strings.HasPrefix(p.name, "links") && !strings.HasPrefix(p.name, "claims") {
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
		_, e := live.EntityPage[live.Entity](v, live.EntityQuery{OrderBy: []*live.EntityOrder{{Order: page.Order[live.EntityOrderField]{Field: live.EntityOrderField(order)}}}})
		_, l := v.LinkPage(live.LinkQuery{OrderBy: []*live.LinkOrder{{Order: page.Order[live.LinkOrderField]{Field: live.LinkOrderField(order)}}}})
		_, c := v.ClaimPage(live.ClaimQuery{OrderBy: []*live.ClaimOrder{{Order: page.Order[live.ClaimOrderField]{Field: live.ClaimOrderField(order)}}}})
		_, s := v.SourcePage(live.SourceQuery{OrderBy: []*live.SourceOrder{{Order: page.Order[live.SourceOrderField]{Field: live.SourceOrderField(order)}}}})
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
		{Order: page.Order[live.ClaimOrderField]{Field: "CREDIBILITY", Direction: page.Descending}}, {Order: page.Order[live.ClaimOrderField]{Field: "RECORDED", Direction: page.Descending}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(d.Claims)
	want := ordered(d.Claims, true, func(c dumpClaim) order { return order{num: float64(recordOf(c).Credibility)} })
	same(t, "the first nine", idsOf(want, func(c dumpClaim) graph.ID { return recordOf(c).ID })[:9], claimIDs(c.Nodes()))
	after, err := v.ClaimPage(live.ClaimQuery{Page: page.Args{First: ptr(9), After: c.PageInfo.EndCursor}, OrderBy: []*live.ClaimOrder{
		{Order: page.Order[live.ClaimOrderField]{Field: "CREDIBILITY", Direction: page.Descending}}, {Order: page.Order[live.ClaimOrderField]{Field: "RECORDED", Direction: page.Descending}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the next nine", idsOf(want, func(c dumpClaim) graph.ID { return recordOf(c).ID })[9:18], claimIDs(after.Nodes()))
}

// TestCursorOfLongName: whatever may be recorded can be paged by.
func TestCursorOfLongName(t *testing.T) {
	f := base()
	long := func(s string, most int) string { return strings.Repeat(s, most/len(s)) }
	var b graph.Batch
	for i := range 3 {
		b.Sources = append(b.Sources, source(fmt.Sprint("long", i), func(s *graph.Source) { s.Title = long("<", graph.MaxText) }))
		b.Entities = append(b.Entities, entity(graph.Group, fmt.Sprint("long", i), func(e *graph.Entity) { e.Names[0].Value = long("\ufdfa", graph.MaxName) }))
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
