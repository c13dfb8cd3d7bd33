package live

import (
	"fmt"
	"iter"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// EntityOrderField is what entities can be ordered by.
type EntityOrderField string

// LinkOrderField is what links can be ordered by.
type LinkOrderField string

// ClaimOrderField is what claims can be ordered by.
type ClaimOrderField string

// SourceOrderField is what sources can be ordered by.
type SourceOrderField string

// The orders of each kind of list.
type (
	EntityOrder struct{ Order[EntityOrderField] }
	LinkOrder   struct{ Order[LinkOrderField] }
	ClaimOrder  struct{ Order[ClaimOrderField] }
	SourceOrder struct{ Order[SourceOrderField] }
)

// EntityQuery asks for a page of entities. Without an order it is by name.
type EntityQuery struct {
	Kind    graph.EntityKind // "" is all kinds
	Where   *EntityWhere
	OrderBy []*EntityOrder
	Page    Page
}

// EntityPage pages the entities that match; wrap turns each into the type asked
// for.
func EntityPage[T Entity](v *View, q EntityQuery) (*Connection[T], error) {
	l := listing[T]{name: "entities:" + string(q.Kind), id: func(e T) graph.ID { return e.Base().ID() }}
	orders := q.OrderBy
	if len(orders) == 0 {
		orders = []*EntityOrder{{Order[EntityOrderField]{Field: "NAME"}}}
	}
	fields := make([]func(*EntityBase) key, len(orders))
	for i, o := range orders {
		f, ok := entityKeys[o.Field]
		if !ok {
			return nil, unknownOrder(string(o.Field))
		}
		fields[i] = f
		l.order(string(o.Field), o.Direction)
	}
	l.keys = func(e T) []key { return keysOf(fields, e.Base()) }
	var kinds []graph.EntityKind
	if q.Kind != "" {
		kinds = []graph.EntityKind{q.Kind}
	}
	l.items = func(yield func(T) bool) {
		for e := range v.Entities(kinds...) {
			if q.Where.match(e.Base()) && !yield(e.(T)) {
				return
			}
		}
	}
	return l.page(q.Page)
}

func unknownOrder(field string) error {
	return graph.Invalid("UNKNOWN_VALUE", "orderBy.field", fmt.Sprintf("%q is not known", field), "use a field that the schema lists")
}

func (l *listing[T]) order(field string, dir OrderDirection) {
	l.name += "," + field + strings.TrimPrefix(":"+string(dir), ":ASC")
	l.desc = append(l.desc, dir == Descending)
	l.byRowOrder = append(l.byRowOrder, field == "RECORDED" && l.rowOrder != nil)
}

func keysOf[T any](fields []func(T) key, item T) []key {
	out := make([]key, len(fields))
	for i, f := range fields {
		out[i] = f(item)
	}
	return out
}

var entityKeys = map[EntityOrderField]func(*EntityBase) key{
	"NAME":     func(e *EntityBase) key { return textKey(e.sortName()) },
	"ID":       func(e *EntityBase) key { return textKey(string(e.ID())) },
	"KIND":     func(e *EntityBase) key { return numKey(float64(graph.Code(graph.EntityKinds, e.Kind()))) },
	"DATE":     func(e *EntityBase) key { return dateKey(e.date(graph.DateOf)) },
	"FOUNDED":  func(e *EntityBase) key { return dateKey(e.Founded()) },
	"RECORDED": func(e *EntityBase) key { return numKey(float64(e.firstRecorded())) },
	"LINKS":    func(e *EntityBase) key { return numKey(float64(count(e.links(nil, Both, nil)))) },
	"CLAIMS":   func(e *EntityBase) key { return numKey(float64(len(e.claimRows()))) },
}

func dateKey(d *graph.PartialDate) key {
	if d == nil || d.Earliest.Open() {
		return key{Null: true}
	}
	return numKey(float64(d.Earliest))
}

// LinkQuery asks for a page of links. Without an order it is that of recording.
type LinkQuery struct {
	Kinds     []graph.Predicate // nil is all kinds
	Direction Direction
	Where     *LinkWhere
	OrderBy   []*LinkOrder
	Page      Page
}

// LinkPage pages the links of the view that match.
func (v *View) LinkPage(q LinkQuery) (*Connection[*Link], error) {
	want := kindSet(q.Kinds)
	return v.pageLinks("links", func(yield func(*Link) bool) {
		for l := range v.Links() {
			if (want == nil || want[l.key.kind]) && !yield(l) {
				return
			}
		}
	}, q)
}

// LinkPage pages the links of the entity that match, as reached from it.
func (e *EntityBase) LinkPage(q LinkQuery) (*Connection[*Link], error) {
	return e.v.pageLinks("links of "+string(e.ID()), e.links(q.Kinds, q.Direction, nil), q)
}

func (v *View) pageLinks(name string, links iter.Seq[*Link], q LinkQuery) (*Connection[*Link], error) {
	l := listing[*Link]{name: name, id: (*Link).ID, rowOrder: func(l *Link) uint32 { return l.order }, rowOrderOf: v.orderOf}
	fields := make([]func(*Link) key, len(q.OrderBy))
	for i, o := range q.OrderBy {
		f, ok := linkKeys[o.Field]
		if !ok {
			return nil, unknownOrder(string(o.Field))
		}
		fields[i] = f
		l.order(string(o.Field), o.Direction)
	}
	if len(fields) > 0 {
		l.keys = func(x *Link) []key { return keysOf(fields, x) }
	}
	l.items = func(yield func(*Link) bool) {
		for x := range links {
			if q.Where.match(x) && !yield(x) {
				return
			}
		}
	}
	return l.page(q.Page)
}

var linkKeys = map[LinkOrderField]func(*Link) key{
	"RECORDED":            func(l *Link) key { return numKey(float64(l.order)) },
	"KIND":                func(l *Link) key { return numKey(float64(l.key.kind)) },
	"CREDIBILITY":         func(l *Link) key { return numKey(float64(l.Credibility())) },
	"VALID_FROM":          func(l *Link) key { return dateKey(l.ValidFrom()) },
	"INDEPENDENT_SOURCES": func(l *Link) key { return numKey(float64(l.IndependentSources())) },
	"SOURCE_NAME":         func(l *Link) key { return textKey(l.Source().Base().sortName()) },
	"TARGET_NAME":         func(l *Link) key { return textKey(l.Target().Base().sortName()) },
	"OTHER_NAME":          otherName,
}

func otherName(l *Link) key {
	if o := l.Other(); o != nil {
		return textKey(o.Base().sortName())
	}
	return key{Null: true}
}

// ClaimQuery asks for a page of claims. Without an order it is that of the feed.
type ClaimQuery struct {
	Where   *ClaimWhere
	OrderBy []*ClaimOrder
	Page    Page
}

// ClaimPage pages the claims that count and match.
func (v *View) ClaimPage(q ClaimQuery) (*Connection[*Claim], error) {
	return v.pageClaims("claims", v.Claims(), q)
}

// ClaimPage pages the claims about the entity.
func (e *EntityBase) ClaimPage(q ClaimQuery) (*Connection[*Claim], error) {
	return e.v.pageClaims("claims of "+string(e.ID()), e.CountedClaims(), q)
}

// ClaimPage pages the claims behind the link.
func (l *Link) ClaimPage(q ClaimQuery) (*Connection[*Claim], error) {
	return l.v.pageClaims("claims of "+string(l.ID()), l.claims(), q)
}

// ClaimPage pages the claims read in the source.
func (s *Source) ClaimPage(q ClaimQuery) (*Connection[*Claim], error) {
	return s.v.pageClaims("claims of "+string(s.ID()), func(yield func(*Claim) bool) {
		for _, r := range s.claimRows() {
			if !yield(&Claim{v: s.v, row: r}) {
				return
			}
		}
	}, q)
}

func (v *View) pageClaims(name string, claims iter.Seq[*Claim], q ClaimQuery) (*Connection[*Claim], error) {
	l := listing[*Claim]{name: name, id: (*Claim).ID, rowOrder: func(c *Claim) uint32 { return c.row }, rowOrderOf: v.claimRow}
	fields := make([]func(*Claim) key, len(q.OrderBy))
	for i, o := range q.OrderBy {
		f, ok := claimKeys[o.Field]
		if !ok {
			return nil, unknownOrder(string(o.Field))
		}
		fields[i] = f
		l.order(string(o.Field), o.Direction)
	}
	if len(fields) > 0 {
		l.keys = func(c *Claim) []key { return keysOf(fields, c) }
	}
	l.items = func(yield func(*Claim) bool) {
		for c := range claims {
			if q.Where.match(c) {
				if c.parsed == nil {
					c.parsed = c.rec()
				}
				if !yield(c) {
					return
				}
			}
		}
	}
	return l.page(q.Page)
}

var claimKeys = map[ClaimOrderField]func(*Claim) key{
	"RECORDED":    func(c *Claim) key { return numKey(float64(c.row)) },
	"CREDIBILITY": func(c *Claim) key { return numKey(float64(c.Credibility())) },
	"HEDGE":       func(c *Claim) key { return numKey(float64(graph.Code(graph.Hedges, c.Hedge()))) },
	"LABEL":       func(c *Claim) key { return key{Null: c.rec().Label == "", Text: c.rec().Label} },
	"PUBLISHED":   func(c *Claim) key { return dateKey(c.Source().Published()) },
	"VALID_FROM":  func(c *Claim) key { return dateKey(c.ValidFrom()) },
}

// SourceQuery asks for a page of sources. Without an order it is by title.
type SourceQuery struct {
	Where   *SourceWhere
	OrderBy []*SourceOrder
	Page    Page
}

// SourcePage pages the sources that match.
func (v *View) SourcePage(q SourceQuery) (*Connection[*Source], error) {
	l := listing[*Source]{name: "sources", id: (*Source).ID}
	orders := q.OrderBy
	if len(orders) == 0 {
		orders = []*SourceOrder{{Order[SourceOrderField]{Field: "TITLE"}}}
	}
	fields := make([]func(*Source) key, len(orders))
	for i, o := range orders {
		f, ok := sourceKeys[o.Field]
		if !ok {
			return nil, unknownOrder(string(o.Field))
		}
		fields[i] = f
		l.order(string(o.Field), o.Direction)
	}
	l.keys = func(s *Source) []key { return keysOf(fields, s) }
	l.items = func(yield func(*Source) bool) {
		for s := range v.Sources() {
			if q.Where.match(s) && !yield(s) {
				return
			}
		}
	}
	return l.page(q.Page)
}

var sourceKeys = map[SourceOrderField]func(*Source) key{
	"TITLE":       func(s *Source) key { return textKey(names.Folded(s.Title())) },
	"ID":          func(s *Source) key { return textKey(string(s.ID())) },
	"PUBLISHED":   func(s *Source) key { return dateKey(s.Published()) },
	"RELIABILITY": func(s *Source) key { return textKey(string(s.Reliability())) },
	"CLAIMS":      func(s *Source) key { return numKey(float64(len(s.claimRows()))) },
}
