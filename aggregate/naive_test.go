package aggregate_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/incidents"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/work"
)

// oracle is what there is in a view by definition, worked out once for all questions.
type oracle struct {
	v *live.View
	// claims are all; affirm gives, by link, those that affirm it; acted, by incident, who did what.
	claims func() []*live.Claim
	affirm func() map[graph.ID][]*live.Claim
	acted  func() map[graph.ID][]member
	// happened gives, by level and incident, the places; had what each item has.
	happened map[aggregate.GroupBy]map[graph.ID][]member
	had      map[string][]member
	ids      map[string][]graph.ID
	// paid are the claims that give an amount and affirm a link.
	paid func() []paid
}

// paid is a claim that says how much a link was about.
type paid struct {
	*live.Claim
	id, link graph.ID
	unit     string
}

func oracleOf(v *live.View) *oracle {
	return &oracle{
		v,
		sync.OnceValue(func() []*live.Claim { return slices.Collect(v.Claims()) }),
		sync.OnceValue(func() map[graph.ID][]*live.Claim { return affirmedIn(v) }),
		sync.OnceValue(func() map[graph.ID][]member { return actedIn(v) }),
		map[aggregate.GroupBy]map[graph.ID][]member{},
		map[string][]member{},
		map[string][]graph.ID{},
		sync.OnceValue(func() []paid { return paidIn(v) }),
	}
}

// naive is which items of a list a question's rows have, by definition: for every value that
// there could be, whether each item has it.
type naive struct {
	*oracle
	key aggregate.GroupKey
	by  *aggregate.GroupBy
	// of is the entity whose list it is; "" for the lists of all.
	of graph.ID
}

// paidIn are the claims that say how much a link was about.
func paidIn(v *live.View) (out []paid) {
	for c := range v.Claims() {
		if l := c.Link(); l != nil && c.Amount() != nil && c.Polarity() == graph.Affirmed {
			out = append(out, paid{c, c.ID(), l.ID(), c.Amount().Unit})
		}
	}
	return out
}

// actedIn is who claimed which incident, and to whom it is attributed.
func actedIn(v *live.View) map[graph.ID][]member {
	out := map[graph.ID][]member{}
	for e := range v.Entities() {
		for _, l := range incidents.Of(e.Base()) {
			if word := []string{"CLAIMED", "ATTRIBUTED", "ATTRIBUTED_AND_DENIED", "", ""}[l.Part]; word != "" {
				out[l.Incident.ID()] = append(out[l.Incident.ID()], member{label: string(e.Base().ID()) + " " + word})
			}
		}
	}
	return out
}

// happenedIn is which incidents happened in which places of a level.
func happenedIn(v *live.View, by *aggregate.GroupBy) map[graph.ID][]member {
	out := map[graph.ID][]member{}
	how := live.Inside{Within: true, Boundaries: by.Boundaries, Gazetteer: by.Gazetteer}
	for e := range v.Entities(graph.Place) {
		if is := texts(e.Base().Subtype()); len(is) == 0 || is[0] != string(*by.Level) {
			continue
		}
		for l := range e.(*live.Place).Happened(how) {
			if in := (member{label: string(e.Base().ID())}); !slices.Contains(out[l.SourceID()], in) {
				out[l.SourceID()] = append(out[l.SourceID()], in)
			}
		}
	}
	return out
}

func affirmedIn(v *live.View) map[graph.ID][]*live.Claim {
	out := map[graph.ID][]*live.Claim{}
	for c := range v.Claims() {
		if of := c.Link(); of != nil && c.Polarity() == graph.Affirmed {
			out[of.ID()] = append(out[of.ID()], c)
		}
	}
	return out
}

// member is a value that an item has, or may have.
type member struct {
	label string
	maybe bool
}

// members are the values of an item: null is "". They are worked out once for each key.
func (n naive) members(item any, id graph.ID) []member {
	key := fmt.Sprintf("%T %s %s of %s", item, id, n.key, n.of)
	if n.by != nil && n.by.Level != nil {
		key += string(*n.by.Level)
	}
	if n.had[key] == nil {
		n.had[key] = n.work(item)
	}
	return n.had[key]
}

func (n naive) work(item any) []member {
	var out []member
	switch x := item.(type) {
	case *live.Incident:
		out = n.ofIncident(x)
	case *live.Link:
		out = n.ofLink(x)
	case *live.Claim:
		out = n.ofClaim(x)
	case *live.Source:
		out = n.ofSource(x)
	case live.Entity:
		out = n.ofEntity(x)
	}
	if !slices.ContainsFunc(out, func(m member) bool { return !m.maybe }) {
		out = append(out, member{label: ""})
	}
	return out
}

func certain(labels ...string) (out []member) {
	for _, l := range labels {
		if l = names.Folded(l); !slices.Contains(out, member{label: l}) {
			out = append(out, member{label: l})
		}
	}
	return out
}

// periods are all years or months that there could be.
func (n naive) periods() []graph.PartialDate {
	if n.key == aggregate.ByMonth {
		return allMonths()
	}
	return allYears()
}

var allYears = sync.OnceValue(func() (out []graph.PartialDate) {
	for year := 1955; year < 2030; year++ {
		out = append(out, must(graph.ParseDate(fmt.Sprint(year))))
	}
	return out
})

var allMonths = sync.OnceValue(func() (out []graph.PartialDate) {
	for _, year := range allYears() {
		for month := 1; month <= 12; month++ {
			out = append(out, must(graph.ParseDate(fmt.Sprintf("%s-%02d", year.EDTF, month))))
		}
	}
	return out
})

// label is the year or month of a day.
func (n naive) label(d graph.Day) string {
	switch text := d.String(); {
	case d.Open():
		return ".."
	case n.key == aggregate.ByMonth:
		return text[:7]
	default:
		return text[:4]
	}
}

func texts(list []*live.Attribute) (out []string) {
	for _, a := range list {
		out = append(out, *a.Value().Text())
	}
	return out
}

func (n naive) ofIncident(i *live.Incident) (out []member) {
	switch n.key {
	case aggregate.ByKind, aggregate.ByStatus:
		return n.ofEntity(i)
	case aggregate.BySubtype:
		return certain(texts(i.Subtype())...)
	case aggregate.ByAttackType:
		return certain(texts(i.AttackTypes())...)
	case aggregate.ByTargetType:
		return certain(texts(i.TargetTypes())...)
	case aggregate.ByActor:
		return n.acted()[i.ID()]
	case aggregate.ByPlace:
		if n.happened[*n.by] == nil {
			n.happened[*n.by] = happenedIn(n.v, n.by)
		}
		return n.happened[*n.by][i.ID()]
	}
	return n.onDate(i.BestDate())
}

// onDate are the periods of a date.
func (n naive) onDate(d *graph.PartialDate) (out []member) {
	if d == nil || d.Earliest.Open() && d.Latest.Open() {
		return nil
	}
	if a, b := n.label(d.Earliest), n.label(d.Latest); a == b {
		return []member{{label: a}}
	} else {
		out = []member{{label: a + "/" + b}}
	}
	if d.Latest-d.Earliest > 366 || d.Earliest.Open() || d.Latest.Open() {
		return out
	}
	for _, p := range n.periods() {
		if p.Earliest <= d.Latest && d.Earliest <= p.Latest {
			out = append(out, member{p.EDTF, true})
		}
	}
	return out
}

// distinct are values, each once: one that an item has it has, even if it may have it as well.
func distinct(list []member) []member {
	slices.SortFunc(list, func(a, b member) int {
		return cmp.Or(strings.Compare(a.label, b.label), cmp.Compare(fmt.Sprint(a.maybe), fmt.Sprint(b.maybe)))
	})
	return slices.CompactFunc(list, func(a, b member) bool { return a.label == b.label })
}

func (n naive) ofLink(l *live.Link) (out []member) {
	switch n.key {
	case aggregate.ByKind:
		return certain(string(l.Kind()))
	case aggregate.ByBearing:
		return certain(string(l.Bearing()))
	case aggregate.ByHedge:
		return certain(string(l.Hedge()))
	case aggregate.ByCredibility:
		return certain(fmt.Sprint(l.Credibility()))
	case aggregate.ByStatus:
		return certain(string(l.Status()))
	case aggregate.ByRole:
		if r := l.Role(); r != nil {
			return certain(*r)
		}
		return nil
	case aggregate.ByOthers:
		ends := []string{string(l.SourceID()), string(l.TargetID())}
		return certain(slices.DeleteFunc(ends, func(id string) bool { return graph.ID(id) == n.of })...)
	case aggregate.BySource, aggregate.ByPublished:
		for _, c := range n.affirm()[l.ID()] {
			out = append(out, n.ofClaim(c)...)
		}
		return distinct(out)
	}
	for _, p := range n.periods() {
		switch l.HeldIn(graph.Span{Earliest: p.Earliest, Latest: p.Latest}) {
		case interval.Certain:
			out = append(out, member{label: p.EDTF})
		case interval.Possible:
			out = append(out, member{p.EDTF, true})
		}
	}
	if given := l.Given(); len(given) > 0 && !slices.ContainsFunc(out, func(m member) bool { return !m.maybe }) {
		first, last := graph.OpenEnd, graph.OpenStart
		for _, i := range given {
			first, last = min(first, i.Named().Earliest), max(last, i.Named().Latest)
		}
		if first.Open() && last.Open() { // they say no more than that it was so when somebody looked
			first, last = last, first
			for _, i := range given {
				if began, lasted := i.From.Latest, i.To.Earliest; !began.Open() && !lasted.Open() {
					first, last = min(first, lasted), max(last, began)
				}
			}
			if first.Open() {
				return out
			}
		}
		out = append(out, member{label: n.label(first) + "/" + n.label(last)})
	}
	return out
}

func (n naive) ofEntity(e live.Entity) []member {
	switch n.key {
	case aggregate.ByKind:
		return certain(string(e.Base().Kind()))
	case aggregate.BySubtype:
		return certain(texts(e.Base().Subtype())...)
	}
	return certain(texts(e.Base().Statuses())...)
}

// row is a row by definition, or as it was given.
type row struct {
	IDs      []graph.ID
	Count    int
	Possible int
}

func idOf(item any) graph.ID {
	if e, ok := item.(live.Entity); ok {
		return e.Base().ID()
	}
	return item.(interface{ ID() graph.ID }).ID()
}

// idsOf are the ids of the items of a list, read once: claims tell theirs slowly.
func (o *oracle) idsOf(items []any, q question) []graph.ID {
	list := q.list + string(q.of)
	if o.ids[list] == nil {
		for _, item := range items {
			o.ids[list] = append(o.ids[list], idOf(item))
		}
	}
	return o.ids[list]
}

// rowsOf are the rows of a list by definition, by the values of each.
func (o *oracle) rowsOf(items []any, q question) map[string]*row {
	out, maybe, ids := map[string]*row{}, map[string]int{}, o.idsOf(items, q)
	for i, item := range items {
		combined := []member{{}}
		for _, g := range q.by {
			var next []member
			for _, c := range combined {
				for _, m := range (naive{o, g.Key, g, q.of}).members(item, ids[i]) {
					next = append(next, member{c.label + "|" + m.label, c.maybe || m.maybe})
				}
			}
			combined = next
		}
		for _, m := range combined {
			if m.maybe {
				maybe[m.label]++
				continue
			}
			if out[m.label] == nil {
				out[m.label] = &row{}
			}
			if out[m.label].Count++; out[m.label].Count <= aggregate.MaxRowIDs {
				out[m.label].IDs = append(out[m.label].IDs, ids[i])
			}
		}
	}
	for label, r := range out {
		slices.Sort(r.IDs)
		r.Possible = maybe[label]
	}
	return out
}

// given are the rows of an answer, by the values of each.
func given(a *aggregate.Aggregation) map[string]*row {
	out := map[string]*row{}
	for _, r := range a.Rows {
		label := ""
		for _, k := range r.Keys() {
			label += "|"
			if k.Value != nil {
				label += names.Folded(*k.Value)
			}
			if k.Part != nil {
				label += " " + string(*k.Part)
			}
		}
		if out[label] != nil {
			panic("two rows of " + label)
		}
		out[label] = &row{slices.Sorted(slices.Values(r.IDs())), r.Count(), r.Possible}
	}
	return out
}

// question is a list of a view, or of an entity in it, and how it is grouped.
type question struct {
	list string
	by   []*aggregate.GroupBy
	of   graph.ID
}

func (q question) String() string {
	text := q.list + string(q.of)
	for _, g := range q.by {
		text += " " + string(g.Key)
		if g.Level != nil {
			text += " " + string(*g.Level)
		}
	}
	return text
}

// ask gives the answer, and the items of the list.
func (q question) ask(v *live.View) (a *aggregate.Aggregation, items []any, err error) {
	return q.within(v, nil)
}

// within is ask with a budget.
func (q question) within(v *live.View, m *work.Meter) (a *aggregate.Aggregation, items []any, err error) {
	r, first := aggregate.Request{By: q.by, First: page.MaxSize}, page.Args{First: ptr(0)}
	switch q.list {
	case "incidents":
		list := must(live.EntityPage[*live.Incident](v, live.EntityQuery{Kind: graph.Incident, Page: first}))
		a, err = aggregate.Incidents(list.All(), r, m)
		items = every(list)
	case "entities":
		list := must(live.EntityPage[live.Entity](v, live.EntityQuery{Page: first}))
		a, err = aggregate.Entities(list.All(), r, m)
		items = every(list)
	case "links":
		list := must(v.LinkPage(live.LinkQuery{Page: first}))
		a, err = aggregate.Links(list.All(), list.Excluded, r, m)
		items = every(list)
	case "links of ":
		e, ok := v.Entity(q.of)
		if !ok {
			return nil, nil, graph.NotFound("of", q.of)
		}
		list := must(e.Base().LinkPage(live.LinkQuery{Page: first}))
		a, err = aggregate.Links(list.All(), list.Excluded, r, m)
		items = every(list)
	case "sources":
		list := must(v.SourcePage(live.SourceQuery{Page: first}))
		a, err = aggregate.Sources(list.All(), r, m)
		items = every(list)
	default:
		list := must(v.ClaimPage(live.ClaimQuery{Page: first}))
		a, err = aggregate.Claims(list.All(), list.Excluded, r, m)
		items = every(list)
	}
	return a, items, err
}

func every[T any](list *page.Connection[T]) (out []any) {
	for item := range list.All() {
		out = append(out, item)
	}
	return out
}

var keysOf = map[string][]aggregate.GroupKey{
	"incidents": {
		aggregate.ByYear, aggregate.ByMonth, aggregate.ByPlace, aggregate.BySubtype, aggregate.ByActor, aggregate.ByAttackType, aggregate.ByTargetType,
	},
	"entities": {aggregate.ByKind, aggregate.BySubtype, aggregate.ByStatus},
	"links": {
		aggregate.ByYear, aggregate.ByMonth, aggregate.ByKind, aggregate.ByBearing, aggregate.ByHedge, aggregate.BySource,
		aggregate.ByCredibility, aggregate.ByStatus, aggregate.ByRole, aggregate.ByPublished, aggregate.ByOthers,
	},
	"links of ": {aggregate.ByOthers, aggregate.ByKind, aggregate.ByYear, aggregate.ByRole},
	"sources":   {aggregate.ByKind, aggregate.ByPublisher, aggregate.ByReliability, aggregate.ByPublished},
	"claims": {
		aggregate.ByYear, aggregate.ByMonth, aggregate.ByKind, aggregate.ByBearing, aggregate.ByHedge, aggregate.BySource,
		aggregate.ByCredibility, aggregate.ByRole, aggregate.ByPublished,
	},
}

// questions are all of one or two groupings of the lists, and of the links of an entity.
func questions(of graph.ID) (out []question) {
	for _, list := range []string{"incidents", "entities", "links", "links of ", "sources", "claims"} {
		owner := graph.ID("")
		if list == "links of " {
			owner = of
		}
		for i, a := range keysOf[list] {
			out = append(out, question{list, groupBys(a), owner})
			for _, b := range keysOf[list][i+1:] {
				out = append(out, question{list, groupBys(a, b), owner})
			}
		}
	}
	return out
}

// levels are one pointer for each level, so that groupings of the same places are the same.
var levels = map[aggregate.PlaceLevel]*aggregate.PlaceLevel{
	"ADMIN1": ptr(aggregate.PlaceLevel("ADMIN1")), "ADMIN2": ptr(aggregate.PlaceLevel("ADMIN2")), "COUNTRY": ptr(aggregate.PlaceLevel("COUNTRY")),
}

func groupBys(keys ...aggregate.GroupKey) (out []*aggregate.GroupBy) {
	for i, key := range keys {
		g := &aggregate.GroupBy{Key: key, Boundaries: live.BoundariesThen, Gazetteer: true}
		if key == aggregate.ByPlace {
			g.Level = levels[[]aggregate.PlaceLevel{"ADMIN1", "ADMIN2", "COUNTRY"}[(i+len(keys))%3]]
		}
		out = append(out, g)
	}
	return out
}
