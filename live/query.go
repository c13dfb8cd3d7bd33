package live

import (
	"fmt"
	"iter"
	"maps"

	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
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
	EntityOrder struct{ page.Order[EntityOrderField] }
	LinkOrder   struct{ page.Order[LinkOrderField] }
	ClaimOrder  struct{ page.Order[ClaimOrderField] }
	SourceOrder struct{ page.Order[SourceOrderField] }
)

// EntityQuery asks for a page of entities. Without an order it is by name.
type EntityQuery struct {
	Kind    graph.EntityKind // "" is all kinds
	Where   *EntityWhere
	OrderBy []*EntityOrder
	Page    page.Args
}

// EntityPage pages the entities that match, as the type of their kind or as Entity.
func EntityPage[T Entity](v *View, q EntityQuery) (*page.Connection[T], error) {
	l := page.List[T]{Name: "entities:" + string(q.Kind), ID: func(e T) graph.ID { return e.Base().ID() }}
	wanted, err := filterOf(v, q.Where, (*EntityWhere).test)
	if err != nil {
		return nil, err
	}
	orders := q.OrderBy
	if len(orders) == 0 {
		orders = []*EntityOrder{{page.Order[EntityOrderField]{Field: "NAME"}}}
	}
	fields, err := orderFields(orders, entityKeys)
	if err != nil {
		return nil, err
	}
	for _, o := range orders {
		l.OrderBy(string(o.Field), o.Direction)
	}
	l.Keys = func(e T) []page.Key { return keysOf(fields, e.Base()) }
	var kinds []graph.EntityKind
	if q.Kind != "" {
		kinds = []graph.EntityKind{q.Kind}
	}
	l.Items = func(yield func(T) bool) {
		for e := range v.Entities(kinds...) {
			if wanted.Passes(e.Base()) && !yield(e.(T)) {
				return
			}
		}
	}
	return l.Page(q.Page)
}

// maxOrders is how many fields a list can be ordered by.
const maxOrders = 10

// orderFields are the keys of the fields to order by.
func orderFields[F ~string, O interface{ by() F }, Key any](orders []O, keys map[F]Key) ([]Key, error) {
	if len(orders) > maxOrders {
		return nil, graph.Invalid("TOO_MANY", "orderBy",
			fmt.Sprintf("there are %d fields to order by, at most %d are taken", len(orders), maxOrders), "leave some out")
	}
	fields := make([]Key, len(orders))
	for i, o := range orders {
		f, ok := keys[o.by()]
		if !ok {
			return nil, graph.Invalid("UNKNOWN_VALUE", "orderBy.field",
				fmt.Sprintf("%q is not known", o.by()), "use a field that the schema lists")
		}
		fields[i] = f
	}
	return fields, nil
}

func (o *EntityOrder) by() EntityOrderField { return o.Field }
func (o *LinkOrder) by() LinkOrderField     { return o.Field }
func (o *ClaimOrder) by() ClaimOrderField   { return o.Field }
func (o *SourceOrder) by() SourceOrderField { return o.Field }

// inRowOrder lists the items in the ascending order of their rows, and finds the row of
// the item that a cursor names.
func inRowOrder[T any, R ~uint32](l *page.List[T], row func(T) R, find func(graph.ID) (R, bool)) {
	l.RowOrder = func(item T) uint32 { return uint32(row(item)) }
	l.RowOrderOf = func(id graph.ID) (uint32, bool) {
		row, ok := find(id)
		return uint32(row), ok
	}
}

func keysOf[T any](fields []func(T) page.Key, item T) []page.Key {
	out := make([]page.Key, len(fields))
	for i, f := range fields {
		out[i] = f(item)
	}
	return out
}

var entityKeys = map[EntityOrderField]func(*EntityBase) page.Key{
	"NAME":     func(e *EntityBase) page.Key { return page.TextKey(e.sortName()) },
	"ID":       func(e *EntityBase) page.Key { return page.TextKey(string(e.ID())) },
	"KIND":     func(e *EntityBase) page.Key { return codeKey(graph.EntityKinds, e.Kind()) },
	"DATE":     func(e *EntityBase) page.Key { return dateKey(e.BestDateOf(graph.DateOf)) },
	"FOUNDED":  func(e *EntityBase) page.Key { return dateKey(e.BestDateOf(graph.FoundedOn)) },
	"RECORDED": func(e *EntityBase) page.Key { return page.NumberKey(float64(e.firstRecorded())) },
	"LINKS":    func(e *EntityBase) page.Key { return page.NumberKey(float64(e.countLinks(nil, Both))) },
	"CLAIMS":   func(e *EntityBase) page.Key { return page.NumberKey(float64(len(e.claimRows(nil)))) },
}

// codeKey orders as a closed list does.
func codeKey[T ~string](list []T, item T) page.Key {
	return page.NumberKey(float64(graph.Code(list, item)))
}

func dateKey(d *graph.PartialDate) page.Key {
	if d == nil || d.Earliest.Open() {
		return page.Key{Null: true}
	}
	return page.NumberKey(float64(d.Earliest))
}

// LinkQuery asks for a page of links. Without an order it is that of recording.
type LinkQuery struct {
	Kinds     []graph.Predicate // nil is all kinds
	Direction Direction
	// Among says, beside kinds and direction, what the list is of; Where what of it
	// is wanted.
	Among, Where *LinkWhere
	OrderBy      []*LinkOrder
	Page         page.Args
}

// LinkPage pages the links of the view that match.
func (v *View) LinkPage(q LinkQuery) (*page.Connection[*Link], error) {
	wanted := kindSetOf(q.Kinds)
	return v.pageLinks("links", linkList{
		items: func(yield func(*Link) bool) {
			for l := range v.Links() {
				if wanted.has(l.key.kind) && !yield(l) {
					return
				}
			}
		},
		count:    func() int { return v.countLinks(wanted) },
		excluded: func() []graph.Exclusion { return v.linksLeftOut(wanted) },
	}, q)
}

// linkList is a list of links before any filter: how many there are, and what the lens leaves out
// of it.
type linkList struct {
	items    iter.Seq[*Link]
	count    func() int
	excluded func() []graph.Exclusion
}

// countLinks counts the visible links of the kinds.
func (v *View) countLinks(wanted kindSet) (n int) {
	room, single := new([1]LinkRow), v.singleClaims()
	for row := range v.rowsInOrder() {
		kind := v.linkRecord(row).kind
		if !kind.isLink() {
			continue
		}
		if !v.meter.Continue(LinkSlots) {
			break
		}
		if !wanted.has(kind) {
			continue
		}
		if _, ok := v.linkSummary(row, single, room); ok {
			n++
		}
	}
	return n
}

// linksLeftOut is what a list of all links of the kinds leaves out.
func (v *View) linksLeftOut(wanted kindSet) []graph.Exclusion {
	x := newExclusions()
	for row := range v.rowsInOrder() {
		if kind := v.linkRecord(row).kind; !kind.isLink() || !wanted.has(kind) {
			continue
		}
		if !v.meter.Continue(LinkSlots) {
			break
		}
		v.visibleLink(row, x)
	}
	return x.leftOut()
}

// linksLeftOut is what a list of the entity's links leaves out.
func (e *EntityBase) linksLeftOut(wanted kindSet, direction Direction) []graph.Exclusion {
	x := newExclusions()
	e.excludeLinks(x, wanted, direction)
	return x.leftOut()
}

func (e *EntityBase) excludeLinks(x *exclusions, wanted kindSet, direction Direction) {
	for p := range e.v.postings(e.row) {
		if p.other == none || !wanted.has(p.kind) || !direction.takes(p) {
			continue
		}
		if !e.v.meter.Continue(LinkSlots) {
			return
		}
		e.v.visibleLink(p.link, x)
	}
}

// LinkPage pages the links of the entity that match, as reached from it.
func (e *EntityBase) LinkPage(q LinkQuery) (*page.Connection[*Link], error) {
	wanted := kindSetOf(q.Kinds)
	return e.v.pageLinks("links of "+string(e.ID()), linkList{
		e.linksOf(wanted, q.Direction),
		func() int { return e.countLinks(wanted, q.Direction) },
		func() []graph.Exclusion { return e.linksLeftOut(wanted, q.Direction) },
	}, q)
}

// countLinks counts the entity's visible links of the kinds in the direction.
func (e *EntityBase) countLinks(wanted kindSet, direction Direction) (n int) {
	room, single := new([1]LinkRow), e.v.singleClaims()
	for p := range e.v.postings(e.row) {
		if p.other == none || !wanted.has(p.kind) || !direction.takes(p) {
			continue
		}
		if !e.v.meter.Continue(LinkSlots) {
			break
		}
		if _, ok := e.v.linkSummary(p.link, single, room); ok {
			n++
		}
	}
	return n
}

func (v *View) pageLinks(name string, of linkList, q LinkQuery) (*page.Connection[*Link], error) {
	wanted, err := filterOf(v, q.Where, (*LinkWhere).test)
	if err != nil {
		return nil, err
	}
	if q.Among != nil {
		wanted = filter.All(q.Among.test(filter.New("")), wanted)
	}
	l := page.List[*Link]{Name: name, ID: (*Link).ID, Excluded: of.excluded}
	if q.Among == nil && q.Where == nil {
		l.Count = of.count
	}
	inRowOrder(&l, func(l *Link) ClaimRow { return l.order }, v.orderOf)
	fields, err := orderFields(q.OrderBy, linkKeys)
	if err != nil {
		return nil, err
	}
	for _, o := range q.OrderBy {
		l.OrderBy(string(o.Field), o.Direction)
	}
	if len(fields) > 0 {
		l.Keys = func(x *Link) []page.Key { return keysOf(fields, x) }
	}
	l.Items = func(yield func(*Link) bool) {
		for x := range of.items {
			if wanted.Passes(x) && !yield(x) {
				return
			}
		}
	}
	return l.Page(q.Page)
}

var linkKeys = map[LinkOrderField]func(*Link) page.Key{
	"RECORDED":            func(l *Link) page.Key { return page.NumberKey(float64(l.order)) },
	"KIND":                func(l *Link) page.Key { return page.NumberKey(float64(l.key.kind)) },
	"CREDIBILITY":         func(l *Link) page.Key { return page.NumberKey(float64(l.Credibility())) },
	"VALID_FROM":          func(l *Link) page.Key { return dateKey(l.ValidFrom()) },
	"INDEPENDENT_SOURCES": func(l *Link) page.Key { return page.NumberKey(float64(l.IndependentSources())) },
	"SOURCE_NAME":         func(l *Link) page.Key { return page.TextKey(l.Source().Base().sortName()) },
	"TARGET_NAME":         func(l *Link) page.Key { return page.TextKey(l.Target().Base().sortName()) },
	"OTHER_NAME":          otherName,
}

func otherName(l *Link) page.Key {
	if o := l.Other(); o != nil {
		return page.TextKey(o.Base().sortName())
	}
	return page.Key{Null: true}
}

// ClaimQuery asks for a page of claims. Without an order it is that of the feed.
type ClaimQuery struct {
	Where   *ClaimWhere
	OrderBy []*ClaimOrder
	Page    page.Args
}

// ClaimPage pages the claims that count and match.
func (v *View) ClaimPage(q ClaimQuery) (*page.Connection[*Claim], error) {
	named := q.Where.named()
	return v.pageClaims("claims", v.claims(named), v.leftOut(v.everyClaim(named)), q)
}

// ClaimPage pages the claims about the entity that count.
func (e *EntityBase) ClaimPage(q ClaimQuery) (*page.Connection[*Claim], error) {
	named := q.Where.named()
	return e.v.pageClaims("claims of "+string(e.ID()), e.countedClaims(named), e.v.leftOut(e.everyClaim(named)), q)
}

// ClaimsLeftOut is which claims about some entities the lens leaves out, each once.
func (v *View) ClaimsLeftOut(of []*EntityBase) []graph.Exclusion {
	return v.leftOut(func(yield func(ClaimRow) bool) {
		seen := map[ClaimRow]bool{}
		for _, e := range of {
			for r := range e.everyClaim(nil) {
				if seen[r] {
					continue
				}
				if seen[r] = true; !yield(r) {
					return
				}
			}
		}
	})()
}

// ClaimPage pages the claims of the link that count.
func (l *Link) ClaimPage(q ClaimQuery) (*page.Connection[*Claim], error) {
	return l.v.pageClaims("claims of "+string(l.ID()), l.claims(), l.v.leftOut(l.everyClaim()), q)
}

// ClaimsReadInLeftOut is which claims read in some sources the lens leaves out.
func ClaimsReadInLeftOut(sources []*Source) []graph.Exclusion {
	if len(sources) == 0 {
		return []graph.Exclusion{}
	}
	return sources[0].v.leftOut(func(yield func(ClaimRow) bool) {
		for _, s := range sources {
			for r := range s.everyClaim(nil) {
				if !yield(r) {
					return
				}
			}
		}
	})()
}

// ClaimPage pages the claims read in the source that count.
func (s *Source) ClaimPage(q ClaimQuery) (*page.Connection[*Claim], error) {
	named := q.Where.named()
	return s.v.pageClaims("claims of "+string(s.ID()), s.claims(named), s.v.leftOut(s.everyClaim(named)), q)
}

func (v *View) pageClaims(
	name string, claims iter.Seq[*Claim], excluded func() []graph.Exclusion, q ClaimQuery,
) (*page.Connection[*Claim], error) {
	wanted, err := filterOf(v, q.Where, (*ClaimWhere).test)
	if err != nil {
		return nil, err
	}
	l := page.List[*Claim]{Name: name, ID: (*Claim).ID, Excluded: excluded}
	keys, feed := claimKeys, []func(*Claim) page.Key(nil)
	if q.Where.named() == nil {
		inRowOrder(&l, func(c *Claim) ClaimRow { return c.row }, v.claimRow)
	} else {
		keys, feed = claimKeysWithLines, feedKeys
	}
	fields, err := orderFields(q.OrderBy, keys)
	if err != nil {
		return nil, err
	}
	for _, o := range q.OrderBy {
		l.OrderBy(string(o.Field), o.Direction)
	}
	if fields = append(fields, feed...); len(fields) > 0 {
		l.Desc = append(l.Desc, make([]bool, len(feed))...)
		l.Keys = func(c *Claim) []page.Key { return keysOf(fields, c) }
	}
	l.Items = func(yield func(*Claim) bool) {
		for c := range claims {
			if wanted.Passes(c) {
				if len(fields) > 0 {
					c.keep()
				}
				if !yield(c) {
					return
				}
			}
		}
	}
	p, err := l.Page(q.Page)
	if err != nil {
		return nil, err
	}
	for _, edge := range p.Edges {
		edge.Node.keep()
	}
	return p, nil
}

var claimKeys = map[ClaimOrderField]func(*Claim) page.Key{
	"RECORDED":    func(c *Claim) page.Key { return page.NumberKey(float64(c.row)) },
	"CREDIBILITY": func(c *Claim) page.Key { return page.NumberKey(float64(c.Credibility())) },
	"HEDGE":       func(c *Claim) page.Key { return codeKey(graph.Hedges, c.Hedge()) },
	"LABEL":       func(c *Claim) page.Key { return page.Key{Null: c.rec().Label == "", Text: c.rec().Label} },
	"PUBLISHED":   func(c *Claim) page.Key { return dateKey(c.Source().Published()) },
	"VALID_FROM":  func(c *Claim) page.Key { return dateKey(c.ValidFrom()) },
}

// feedKeys order claims as the feed does, what lines say before other claims of a commit:
// that has no rows.
var feedKeys = []func(*Claim) page.Key{
	recordedKey,
	func(c *Claim) page.Key {
		if c.line != nil {
			return page.NumberKey(-float64(none - c.line.entity))
		}
		return page.NumberKey(float64(c.row))
	},
	func(c *Claim) page.Key {
		if c.line != nil {
			return page.NumberKey(float64(c.line.line<<16) + float64(c.line.is.At))
		}
		return page.NumberKey(0)
	},
}

func recordedKey(c *Claim) page.Key { return page.NumberKey(float64(c.commitRow() + 1)) }

// claimKeysWithLines are claimKeys for lists that hold what lines say.
var claimKeysWithLines = func() map[ClaimOrderField]func(*Claim) page.Key {
	keys := maps.Clone(claimKeys)
	keys[page.Recorded] = recordedKey
	return keys
}()

// SourceQuery asks for a page of sources. Without an order it is by title.
type SourceQuery struct {
	Where   *SourceWhere
	OrderBy []*SourceOrder
	Page    page.Args
}

// SourcePage pages the sources that match.
func (v *View) SourcePage(q SourceQuery) (*page.Connection[*Source], error) {
	wanted, err := filterOf(v, q.Where, (*SourceWhere).test)
	if err != nil {
		return nil, err
	}
	l := page.List[*Source]{Name: "sources", ID: (*Source).ID}
	orders := q.OrderBy
	if len(orders) == 0 {
		orders = []*SourceOrder{{page.Order[SourceOrderField]{Field: "TITLE"}}}
	}
	fields, err := orderFields(orders, sourceKeys)
	if err != nil {
		return nil, err
	}
	for _, o := range orders {
		l.OrderBy(string(o.Field), o.Direction)
	}
	l.Keys = func(s *Source) []page.Key { return keysOf(fields, s) }
	l.Items = func(yield func(*Source) bool) {
		for s := range v.Sources() {
			if wanted.Passes(s) && !yield(s) {
				return
			}
		}
	}
	return l.Page(q.Page)
}

var sourceKeys = map[SourceOrderField]func(*Source) page.Key{
	"TITLE":       func(s *Source) page.Key { return page.TextKey(names.Folded(s.Title())) },
	"ID":          func(s *Source) page.Key { return page.TextKey(string(s.ID())) },
	"PUBLISHED":   func(s *Source) page.Key { return dateKey(s.Published()) },
	"RELIABILITY": func(s *Source) page.Key { return page.TextKey(string(s.Reliability())) },
	"CLAIMS":      func(s *Source) page.Key { return page.NumberKey(float64(len(s.claimRows(nil)))) },
}

// NoLinks is the empty page of links.
func NoLinks() *LinkConnection { return page.Empty[*Link]() }

// NoClaims is the empty page of claims.
func NoClaims() *ClaimConnection { return page.Empty[*Claim]() }

// NoEvents is the empty page of events.
func NoEvents() *HistoryEventConnection { return page.Empty[*HistoryEvent]() }

// The pages of each kind of list, under names that a schema can bind to.
type (
	EntityConnection       = page.Connection[Entity]
	GroupConnection        = page.Connection[*Group]
	IndividualConnection   = page.Connection[*Individual]
	MadressahConnection    = page.Connection[*Madressah]
	OrganisationConnection = page.Connection[*Organisation]
	IncidentConnection     = page.Connection[*Incident]
	PlaceConnection        = page.Connection[*Place]
	DesignationConnection  = page.Connection[*Designation]
	LinkConnection         = page.Connection[*Link]
	ClaimConnection        = page.Connection[*Claim]
	SourceConnection       = page.Connection[*Source]
	SearchConnection       = page.Connection[*SearchHit]
	TextConnection         = page.Connection[*TextHit]
	LoggedCommitConnection = page.Connection[*LoggedCommit]
	TwinsConnection        = page.Connection[*Twins]
	HistoryEventConnection = page.Connection[*HistoryEvent]

	EntityEdge       = page.Edge[Entity]
	GroupEdge        = page.Edge[*Group]
	IndividualEdge   = page.Edge[*Individual]
	MadressahEdge    = page.Edge[*Madressah]
	OrganisationEdge = page.Edge[*Organisation]
	IncidentEdge     = page.Edge[*Incident]
	PlaceEdge        = page.Edge[*Place]
	DesignationEdge  = page.Edge[*Designation]
	LinkEdge         = page.Edge[*Link]
	ClaimEdge        = page.Edge[*Claim]
	SourceEdge       = page.Edge[*Source]
	SearchEdge       = page.Edge[*SearchHit]
	TextEdge         = page.Edge[*TextHit]
	LoggedCommitEdge = page.Edge[*LoggedCommit]
	HistoryEventEdge = page.Edge[*HistoryEvent]
	TwinsEdge        = page.Edge[*Twins]
)

// What entities of each kind are filtered and ordered by.
type (
	GroupWhere        = EntityWhere
	IndividualWhere   = EntityWhere
	MadressahWhere    = EntityWhere
	OrganisationWhere = EntityWhere
	IncidentWhere     = EntityWhere
	PlaceWhere        = EntityWhere
	DesignationWhere  = EntityWhere

	GroupOrder        = EntityOrder
	IndividualOrder   = EntityOrder
	MadressahOrder    = EntityOrder
	OrganisationOrder = EntityOrder
	IncidentOrder     = EntityOrder
	PlaceOrder        = EntityOrder
	DesignationOrder  = EntityOrder
)
