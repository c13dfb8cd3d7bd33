package live_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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

func pagerOf[T any](name string, want []graph.ID, id func(T) graph.ID,
	list func(page.Args) (*page.Connection[T], error),
) pager {
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
		x, _ := v.Entity(e.ID)
		p.byName[e.ID] = live.SortName(x.Base())
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
	return slices.DeleteFunc(slices.Clone(p.d.Claims), func(c dumpClaim) bool {
		return !slices.Contains(ids, recordOf(c).ID)
	})
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
		"NAME": func(e dumpEntity) order { return order{text: p.byName[e.ID]} },
		"ID":   func(e dumpEntity) order { return order{text: string(e.ID)} },
		"KIND": func(e dumpEntity) order { return order{num: float64(slices.Index(graph.EntityKinds, e.Kind))} },
		"FOUNDED": func(e dumpEntity) order {
			return onDate(strings.Join(e.told("founded")[:min(1, len(e.told("founded")))], ""))
		},
		"LINKS":  func(e dumpEntity) order { return order{num: float64(len(e.Links))} },
		"CLAIMS": func(e dumpEntity) order { return order{num: float64(len(e.Claims))} },
	}
	byID := slices.SortedFunc(slices.Values(p.d.Entities), func(a, b dumpEntity) int { return cmp.Compare(a.ID, b.ID) })
	for field, key := range by {
		for _, dir := range directions() {
			for _, kind := range []graph.EntityKind{"", graph.Group} {
				items := ordered(byID, dir == page.Descending, key)
				if kind != "" {
					items = slices.DeleteFunc(items, func(e dumpEntity) bool { return e.Kind != kind })
				}
				p.list = append(p.list,
					pagerOf(fmt.Sprint("entities ", kind, field, dir),
						idsOf(items, func(e dumpEntity) graph.ID { return e.ID }),
						func(e live.Entity) graph.ID {
							return e.Base().ID()
						}, func(pg page.Args) (*live.EntityConnection, error) {
							return live.EntityPage[live.Entity](p.v,
								live.EntityQuery{Kind: kind, Page: pg, OrderBy: entitiesBy(field, dir)})
						}))
			}
		}
	}
}

func (p *paged) linkLists(name string, links []dumpLink, list func(live.LinkQuery) (*live.LinkConnection, error),
	from graph.ID,
) {
	by := map[live.LinkOrderField]func(dumpLink) order{
		"KIND": func(l dumpLink) order {
			return order{num: float64(slices.IndexFunc(graph.Predicates(), func(s graph.PredicateSpec) bool {
				return s.Name == l.Kind
			}))}
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
	p.list = append(p.list,
		pagerOf(name, idsOf(links, id), (*live.Link).ID, func(pg page.Args) (*live.LinkConnection, error) {
			return list(live.LinkQuery{Page: pg})
		}))
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
			p.list = append(p.list,
				pagerOf(fmt.Sprint(name, field, dir), idsOf(items, id), (*live.Link).ID,
					func(pg page.Args) (*live.LinkConnection, error) {
						return list(live.LinkQuery{Page: pg, OrderBy: linksBy(field, dir)})
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
		"HEDGE": func(c dumpClaim) order {
			return order{num: float64(slices.Index(graph.Hedges, recordOf(c).Hedge))}
		},
		"LABEL":      func(c dumpClaim) order { return order{null: recordOf(c).Label == "", text: recordOf(c).Label} },
		"PUBLISHED":  func(c dumpClaim) order { return onDate(published[c.Source]) },
		"VALID_FROM": func(c dumpClaim) order { return onDate(recordOf(c).ValidFrom.EDTF) },
	}
	id := func(c dumpClaim) graph.ID { return recordOf(c).ID }
	p.list = append(p.list,
		pagerOf(name, idsOf(claims, id), (*live.Claim).ID, func(pg page.Args) (*live.ClaimConnection, error) {
			return list(live.ClaimQuery{Page: pg})
		}))
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
			p.list = append(p.list,
				pagerOf(fmt.Sprint(name, field, dir), idsOf(items, id), (*live.Claim).ID,
					func(pg page.Args) (*live.ClaimConnection, error) {
						return list(live.ClaimQuery{Page: pg, OrderBy: claimsBy(field, dir)})
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
			p.list = append(p.list,
				pagerOf(fmt.Sprint("sources ", field, dir), want, (*live.Source).ID,
					func(pg page.Args) (*live.SourceConnection, error) {
						return p.v.SourcePage(live.SourceQuery{Page: pg, OrderBy: sourcesBy(field, dir)})
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
		t.Fatalf("%s: a page of %d says: previous %t, next %t, %d in all; want %t, %t, %d", p.name, len(r.ids),
			r.info.HasPreviousPage, r.info.HasNextPage, r.total, previous, next, len(p.want))
	}
	if n := len(r.cursors); n > 0 && (*r.info.StartCursor != r.cursors[0] || *r.info.EndCursor != r.cursors[n-1]) ||
		n == 0 && (r.info.StartCursor != nil || r.info.EndCursor != nil) {
		t.Fatalf("%s: the cursors of the page are not those of its ends", p.name)
	}
}
