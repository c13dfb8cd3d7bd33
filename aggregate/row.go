package aggregate

import (
	"fmt"
	"iter"

	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/incidents"
	"github.com/rabta/rabta/live"
)

// AggregationRow is the items of one group, or of one of each of two groupings.
type AggregationRow struct {
	// Possible counts the items of other rows that may be in this one: their dates allow it.
	Possible int
	// ByGazetteer counts the items that are here only because the gazetteer has it that where
	// they happened lies in the place.
	ByGazetteer int

	groups []group
	list   *listing
	items  []int // places in the list
}

// listing is a list whose rows do not know of what.
type listing struct {
	name     string
	id       func(int) graph.ID
	date     func(int, DatedBy) *graph.PartialDate
	dated    func(DatedBy) bool
	incident func(int) *live.Incident // nil where items are none
	// amounts is nil where items have none.
	amounts func([]int) iter.Seq2[*live.Link, *live.LinkAmount]
}

func (k *kind[T]) listing(all []T) *listing {
	l := &listing{
		name:  k.name,
		id:    func(i int) graph.ID { return k.id(all[i]) },
		date:  func(i int, by DatedBy) *graph.PartialDate { return k.dates[by](all[i]) },
		dated: func(by DatedBy) bool { return k.dates[by] != nil },
	}
	if k.incident != nil {
		l.incident = func(i int) *live.Incident { return k.incident(all[i]) }
	}
	if k.amounts != nil {
		l.amounts = func(at []int) iter.Seq2[*live.Link, *live.LinkAmount] {
			items := make([]T, len(at))
			for n, i := range at {
				items[n] = all[i]
			}
			return k.amounts(items)
		}
	}
	return l
}

// row is an empty row of some groups.
func (l *listing) row(of []group) *AggregationRow { return &AggregationRow{list: l, groups: of} }

// Keys are what puts items into the row, in the order of the groupings.
func (r *AggregationRow) Keys() []*AggregationValue {
	out := make([]*AggregationValue, len(r.groups))
	for i := range r.groups {
		out[i] = &r.groups[i].value
	}
	return out
}

// Count counts the items.
func (r *AggregationRow) Count() int { return len(r.items) }

// MaxRowIDs is how many ids of a row are given.
const MaxRowIDs = 500

// IDs are the ids of the items, in the order of the list, at most MaxRowIDs.
func (r *AggregationRow) IDs() []graph.ID {
	out := make([]graph.ID, min(len(r.items), MaxRowIDs))
	for i := range out {
		out[i] = r.list.id(r.items[i])
	}
	return out
}

// Toll adds up those harmed in one way in the incidents of the row; nil where the list is of
// anything else.
func (r *AggregationRow) Toll(effect graph.CasualtyEffect) *figures.TollSum {
	if r.list.incident == nil {
		return nil
	}
	sum := incidents.NewSum()
	for _, i := range r.items {
		sum.Add(r.list.incident(i))
	}
	return sum.Toll(effect)
}

// Dates are what dates of the items come to.
func (r *AggregationRow) Dates(of DatedBy) (*DateAggregation, error) {
	if !r.list.dated(of) {
		return nil, graph.Invalid("NOT_TAKEN", "of", fmt.Sprintf("%s have no %s", r.list.name, of), "ask for a date that they have")
	}
	dates := make([]*graph.PartialDate, len(r.items))
	for at, i := range r.items {
		dates[at] = r.list.date(i, of)
	}
	return datesOf(dates), nil
}
