package page

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// List is a list that can be paged. Items, Name and ID are given by all, the others
// where the list has an order of its own.
//
//	items, ordered:   a   b   c   d   e   f   g
//	                      ^after          ^before
//	between them:             c   d   e
//	first 2:                  c   d               hasPreviousPage, hasNextPage
//	last 2:                       d   e           hasPreviousPage, hasNextPage
//
// A cursor is the list's name, the keys of its item and the item's id, in JSON and
// base64: what lies beyond it is found by comparing, also when the item is gone.
type List[T any] struct {
	// Items are all of the list, in any order if there are Keys.
	Items iter.Seq[T]
	// Name tells this list and order from others, so that a cursor of one is not
	// taken for one of the other.
	Name string
	// ID is the id of an item; it breaks ties where there is no RowOrder.
	ID func(T) graph.ID
	// Keys are what an item is ordered by, and Desc says of each whether the greater
	// comes first. OrderBy adds to Desc.
	Keys func(T) []Key
	Desc []bool
	// RowOrder breaks ties and may order by itself: items come in its ascending order,
	// and RowOrderOf gives it back for a cursor's id. It is a row of the graph, which
	// counts what the reader may not see: it stays out of cursors, and so do the keys
	// that are by it.
	RowOrder   func(T) uint32
	RowOrderOf func(graph.ID) (uint32, bool)
	// Count is how many Items there are, where that is found without making them; nil where it
	// is not.
	Count func() int
	// Excluded counts what the lens leaves out of the list; nil for one of which it leaves
	// out nothing.
	Excluded func() []graph.Exclusion

	byRowOrder []bool
}

// Recorded is the field that orders by RowOrder, in a list that has one.
const Recorded = "RECORDED"

// OrderBy adds a field that the client chose to order by; its key comes from Keys.
func (l *List[T]) OrderBy(field string, direction OrderDirection) {
	l.Name += "," + field + strings.TrimPrefix(":"+string(direction), ":ASC")
	l.Desc = append(l.Desc, direction == Descending)
	l.byRowOrder = append(l.byRowOrder, field == Recorded && l.RowOrder != nil)
}

// goesByRow reports whether a key is the RowOrder.
func (l *List[T]) goesByRow(key int) bool { return key < len(l.byRowOrder) && l.byRowOrder[key] }

// keyed is an item with what orders it.
type keyed[T any] struct {
	item  T
	keys  []Key
	id    graph.ID
	order uint32
}

// Page cuts a page out of the list.
func (l *List[T]) Page(p Args) (*Connection[T], error) {
	size, backward, err := p.size()
	if err != nil {
		return nil, err
	}
	after, err := l.cursor("after", p.After)
	if err != nil {
		return nil, err
	}
	before, err := l.cursor("before", p.Before)
	if err != nil {
		return nil, err
	}
	kept, skippedBefore, skippedAfter := l.collect(after, before, size+1, backward)
	more := len(kept) > size
	if more {
		kept = kept[:size]
	}
	if backward {
		slices.Reverse(kept)
	}
	c := &Connection[T]{Edges: make([]Edge[T], len(kept)), items: l.Items, total: l.Count, excluded: l.Excluded}
	for i, k := range kept {
		c.Edges[i] = Edge[T]{l.cursorOf(k).String(), k.item}
	}
	c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage = skippedAfter || !backward && more, skippedBefore || backward && more
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[len(c.Edges)-1].Cursor
	}
	return c, nil
}

// Count is how many items there are.
func Count[T any](items iter.Seq[T]) int {
	n := 0
	for range items {
		n++
	}
	return n
}

func (p Args) size() (n int, backward bool, err error) {
	if p.First != nil && p.Last != nil {
		return 0, false, graph.Invalid("BAD_PAGE", "last", "first and last are both given", "give one of them")
	}
	n = DefaultSize
	field := "first"
	if p.First != nil {
		n = *p.First
	}
	if p.Last != nil {
		n, backward, field = *p.Last, true, "last"
	}
	if n < 0 || n > MaxSize {
		return 0, false, graph.Invalid("BAD_PAGE", field, fmt.Sprintf("%d is not 0 to %d", n, MaxSize), "ask for less and follow the cursors")
	}
	return n, backward, nil
}

// collect keeps the n items nearest to the start, or to the end when backward,
// that lie strictly between the cursors.
func (l *List[T]) collect(after, before *keyed[T], n int, backward bool) (kept []keyed[T], skippedBefore, skippedAfter bool) {
	order := l.compare
	if backward {
		order = func(a, b keyed[T]) int { return l.compare(b, a) }
	}
	ordered := l.Keys == nil && !backward && before == nil
	for item := range l.Items {
		k := l.keyedOf(item)
		switch {
		case after != nil && l.compare(k, *after) <= 0:
			skippedBefore = true
			continue
		case before != nil && l.compare(k, *before) >= 0:
			skippedAfter = true
			continue
		}
		kept = append(kept, k)
		if ordered && len(kept) == n {
			return kept, skippedBefore, skippedAfter
		}
		if len(kept) >= 2*n+64 {
			slices.SortFunc(kept, order)
			kept = kept[:n]
		}
	}
	slices.SortFunc(kept, order)
	return kept[:min(n, len(kept))], skippedBefore, skippedAfter
}

func (l *List[T]) keyedOf(item T) keyed[T] {
	k := keyed[T]{item: item}
	if l.Keys != nil {
		k.keys = l.Keys(item)
	}
	if l.RowOrder != nil {
		k.order = l.RowOrder(item)
	} else {
		k.id = l.ID(item)
	}
	return k
}

func (l *List[T]) compare(a, b keyed[T]) int {
	for i := range a.keys {
		if c := a.keys[i].compare(b.keys[i], l.Desc[i]); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.id, b.id))
}
