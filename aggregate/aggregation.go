package aggregate

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Aggregation is a list, row by row.
type Aggregation struct {
	// Rows are those in which there is an item, More how many there are beyond them.
	Rows []*AggregationRow
	More int
	// All is the whole list as one row: each item once.
	All *AggregationRow

	excluded func() []graph.Exclusion
}

// Excluded is what the lens leaves out of the list, before any filter; of a list of entities
// the claims about those that are in it. It is computed when asked.
func (a *Aggregation) Excluded() []graph.Exclusion { return a.excluded() }

// kind is a kind of list: how its items are grouped, and what they give.
type kind[T any] struct {
	name string
	id   func(T) graph.ID
	keys map[GroupKey]func(T, *GroupBy) groups
	// held is when an item held, by which YEAR and MONTH group it; nil for items that happen, of
	// which keys has these.
	held  func(T) []interval.Interval
	dates map[DatedBy]func(T) *graph.PartialDate
	// incident is the incident that an item is; nil for items that are none.
	incident func(T) *live.Incident
	// amounts yields how much the links that items are, or are about, were about, as each claim
	// of theirs says; nil for items that are neither.
	amounts func([]T) iter.Seq2[*live.Link, *live.LinkAmount]
}

// takes reports whether items are grouped by a key.
func (k *kind[T]) takes(key GroupKey) bool {
	return k.keys[key] != nil || k.held != nil && (key == ByYear || key == ByMonth)
}

// groups are the groups of one grouping that an item is in.
type groups struct {
	in []group
	// may are the identities of others in which it may be: it is in one of them, or in
	// those that it is in.
	may []string
}

// group is a group.
type group struct {
	value AggregationValue
	// identity tells it from the others of its grouping.
	identity string
	order    order
	// byGazetteer is set where only the gazetteer has it that the item is in it.
	byGazetteer bool
}

// order is where a group stands among others: what is unknown last.
type order struct {
	unknown bool
	number  float64
	text    string
}

func (a order) compare(b order) int {
	switch {
	case a.unknown != b.unknown && a.unknown:
		return 1
	case a.unknown != b.unknown:
		return -1
	}
	return cmp.Or(cmp.Compare(a.number, b.number), strings.Compare(a.text, b.text))
}

// builder gathers the rows of a list.
type builder[T any] struct {
	of    *kind[T]
	by    []*GroupBy
	list  *listing
	rows  map[string]*AggregationRow
	maybe map[string]int // how many more may be in the row of an identity
	meter *work.Meter
}

// of aggregates a list. The meter counts, before it is done, what is looked at to put items into rows.
func of[T any](k *kind[T], items iter.Seq[T], excluded func() []graph.Exclusion, r Request, m *work.Meter) (*Aggregation, error) {
	err := r.check(k.name, k.takes)
	if err != nil {
		return nil, err
	}
	all := slices.Collect(items)
	b := &builder[T]{of: k, by: r.By, list: k.listing(all), rows: map[string]*AggregationRow{}, maybe: map[string]int{}, meter: m}
	a := &Aggregation{All: b.list.row(nil), excluded: excluded}
	for i, item := range all {
		a.All.items = append(a.All.items, i)
		if len(r.By) == 0 {
			continue
		}
		if err := b.add(i, item); err != nil {
			return nil, err
		}
	}
	a.Rows = b.sorted(r.Order)
	a.More = max(0, len(a.Rows)-r.First)
	a.Rows = a.Rows[:len(a.Rows)-a.More]
	return a, nil
}

// groupsOf are the groups of one grouping that an item is in.
func (b *builder[T]) groupsOf(item T, by *GroupBy) (groups, error) {
	if of := b.of.keys[by.Key]; of != nil {
		g := of(item, by)
		return g, b.meter.Spend(len(g.in) + len(g.may))
	}
	given := b.of.held(item)
	if err := b.meter.Spend(len(given) * periodsOf(given, by.Key)); err != nil {
		return groups{}, err
	}
	return during(given, by.Key), nil
}

// add puts an item into its rows.
func (b *builder[T]) add(i int, item T) error {
	combined, may := []combination{{}}, []string{""}
	for _, by := range b.by {
		g, err := b.groupsOf(item, by)
		if err != nil {
			return err
		}
		if err := b.meter.Spend(len(combined)*len(g.in) + len(may)*(len(g.in)+len(g.may))); err != nil {
			return err
		}
		may = maybes(may, g)
		combined = combine(combined, g.in)
	}
	in := map[string]bool{}
	for _, c := range combined {
		row := b.rows[c.identity]
		if row == nil {
			row = b.list.row(c.groups)
			b.rows[c.identity] = row
		}
		in[c.identity] = true
		row.items = append(row.items, i)
		row.ByGazetteer += bit(slices.ContainsFunc(c.groups, func(g group) bool { return g.byGazetteer }))
	}
	for _, identity := range may {
		if !in[identity] {
			b.maybe[identity]++
		}
	}
	return nil
}

// combination is a group of each grouping so far.
type combination struct {
	groups   []group
	identity string
}

// identityWith is the identity of a combination with one group more.
func identityWith(identity, more string) string { return identity + "\x00" + more }

func combine(so []combination, with []group) (out []combination) {
	for _, c := range so {
		for _, g := range with {
			out = append(out, combination{append(slices.Clone(c.groups), g), identityWith(c.identity, g.identity)})
		}
	}
	return out
}

// maybes are the identities of all that an item is in or may be in, each once.
func maybes(so []string, with groups) (out []string) {
	reach := slices.Clone(with.may)
	for _, g := range with.in {
		reach = append(reach, g.identity)
	}
	slices.Sort(reach)
	for _, identity := range so {
		for _, more := range slices.Compact(reach) {
			out = append(out, identityWith(identity, more))
		}
	}
	return out
}

// sorted are the rows in an order.
func (b *builder[T]) sorted(by RowOrder) []*AggregationRow {
	rows := make([]*AggregationRow, 0, len(b.rows))
	for identity, row := range b.rows {
		row.Possible = b.maybe[identity]
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(x, y *AggregationRow) int {
		count := 0
		if by == InOrderOfCount {
			count = cmp.Compare(len(y.items), len(x.items))
		}
		return cmp.Or(count, slices.CompareFunc(x.groups, y.groups, func(g, h group) int {
			return cmp.Or(g.order.compare(h.order), strings.Compare(g.identity, h.identity))
		}))
	})
	return rows
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
