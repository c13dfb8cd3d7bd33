package live

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Page says which part of a list is wanted: First from After on, or Last up to
// Before. Neither means the first DefaultPage.
type Page struct {
	First, Last   *int
	After, Before *string
}

// The sizes of a page.
const (
	DefaultPage = 20
	MaxPage     = 500
)

// OrderDirection says which way a field orders. What has no value comes last
// either way.
type OrderDirection string

// The directions of an order.
const (
	Ascending  OrderDirection = "ASC"
	Descending OrderDirection = "DESC"
)

// Order is one field to order by.
type Order[F ~string] struct {
	Field     F
	Direction OrderDirection
}

// Connection is one page of a list.
type Connection[T any] struct {
	Edges    []Edge[T]
	PageInfo PageInfo
	total    func() int
}

// Edge is an item of a page with its place in the list.
type Edge[T any] struct {
	Cursor string
	Node   T
}

// PageInfo says whether there is more.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// Nodes are the items of the page.
func (c *Connection[T]) Nodes() []T {
	out := make([]T, len(c.Edges))
	for i := range c.Edges {
		out[i] = c.Edges[i].Node
	}
	return out
}

// TotalCount counts the whole list under the filter. It is computed when asked.
func (c *Connection[T]) TotalCount() int { return c.total() }

// key is one value to order by.
type key struct {
	Null bool    `json:"z,omitempty"`
	Text string  `json:"t,omitempty"`
	Num  float64 `json:"n,omitempty"`
}

// textKey orders by the beginning of a text, so that a cursor stays short.
func textKey(s string) key {
	const most = 200
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") // a character that was cut in two
	}
	return key{Text: s}
}

func numKey(n float64) key { return key{Num: n} }

func (a key) compare(b key, desc bool) int {
	if a.Null || b.Null {
		return cmp.Compare(b2i(a.Null), b2i(b.Null))
	}
	c := cmp.Or(cmp.Compare(a.Num, b.Num), strings.Compare(a.Text, b.Text))
	if desc {
		return -c
	}
	return c
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// listing is a list that can be paged.
type listing[T any] struct {
	items iter.Seq[T]
	// name tells this list and order from others, so that a cursor of one is not
	// taken for one of the other.
	name string
	keys func(T) []key
	desc []bool
	id   func(T) graph.ID
	// rowOrder breaks ties and may order by itself: items come in its ascending order,
	// and a cursor's id gives it back. It is a row of the graph, which counts what
	// the reader may not see: it stays out of cursors, and so do the keys that go
	// byRowOrder.
	rowOrder   func(T) uint32
	rowOrderOf func(graph.ID) (uint32, bool)
	byRowOrder []bool
}

// keyed is an item with what orders it.
type keyed[T any] struct {
	item  T
	keys  []key
	id    graph.ID
	order uint32
}

// maxCursor is far more than an order by any number of sensible fields takes.
const maxCursor = 1 << 16

type cursor struct {
	List string   `json:"l"`
	Keys []key    `json:"k,omitempty"`
	ID   graph.ID `json:"i"`
}

func (c cursor) String() string {
	b, _ := json.Marshal(c) // text and numbers only
	return base64.RawURLEncoding.EncodeToString(b)
}

// page cuts a page out of the list.
func (l *listing[T]) page(p Page) (*Connection[T], error) {
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
	c := &Connection[T]{Edges: make([]Edge[T], len(kept)), total: func() int { return count(l.items) }}
	for i, k := range kept {
		c.Edges[i] = Edge[T]{l.cursorOf(k).String(), k.item}
	}
	c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage = skippedAfter || !backward && more, skippedBefore || backward && more
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[len(c.Edges)-1].Cursor
	}
	return c, nil
}

func count[T any](items iter.Seq[T]) int {
	n := 0
	for range items {
		n++
	}
	return n
}

func (p Page) size() (n int, backward bool, err error) {
	if p.First != nil && p.Last != nil {
		return 0, false, graph.Invalid("BAD_PAGE", "last", "first and last are both given", "give one of them")
	}
	n = DefaultPage
	field := "first"
	if p.First != nil {
		n = *p.First
	}
	if p.Last != nil {
		n, backward, field = *p.Last, true, "last"
	}
	if n < 0 || n > MaxPage {
		return 0, false, graph.Invalid("BAD_PAGE", field, fmt.Sprintf("%d is not 0 to %d", n, MaxPage), "ask for less and follow the cursors")
	}
	return n, backward, nil
}

// collect keeps the n items nearest to the start, or to the end when backward,
// that lie strictly between the cursors.
func (l *listing[T]) collect(after, before *keyed[T], n int, backward bool) (kept []keyed[T], skippedBefore, skippedAfter bool) {
	order := l.compare
	if backward {
		order = func(a, b keyed[T]) int { return l.compare(b, a) }
	}
	ordered := l.keys == nil && !backward && before == nil
	for item := range l.items {
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

func (l *listing[T]) keyedOf(item T) keyed[T] {
	k := keyed[T]{item: item}
	if l.keys != nil {
		k.keys = l.keys(item)
	}
	if l.rowOrder != nil {
		k.order = l.rowOrder(item)
	} else {
		k.id = l.id(item)
	}
	return k
}

func (l *listing[T]) compare(a, b keyed[T]) int {
	for i := range a.keys {
		if c := a.keys[i].compare(b.keys[i], l.desc[i]); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.id, b.id))
}

func (l *listing[T]) cursorOf(k keyed[T]) cursor {
	keys := slices.Clone(k.keys)
	for i := range keys {
		if l.byRowOrder[i] {
			keys[i] = key{}
		}
	}
	return cursor{List: l.name, Keys: keys, ID: l.id(k.item)}
}

// cursor reads a cursor of this list.
func (l *listing[T]) cursor(field string, s *string) (*keyed[T], error) {
	if s == nil {
		return nil, nil
	}
	bad := func(why string) error {
		return graph.Invalid("BAD_CURSOR", field, why, "pass a cursor that this list gave under the same order, or leave it out")
	}
	if len(*s) > maxCursor {
		return nil, bad("it is not a cursor")
	}
	b, err := base64.RawURLEncoding.DecodeString(*s)
	if err != nil {
		return nil, bad("it is not a cursor")
	}
	var c cursor
	if err := json.Unmarshal(b, &c); err != nil {
		return nil, bad("it is not a cursor")
	}
	if c.List != l.name || len(c.Keys) != len(l.desc) {
		return nil, bad("it belongs to another list or order")
	}
	k := &keyed[T]{keys: c.Keys, id: c.ID}
	if l.rowOrderOf != nil {
		place, ok := l.rowOrderOf(c.ID)
		if !ok {
			return nil, bad("what it points at is not there")
		}
		k.order, k.id = place, ""
		for i := range k.keys {
			if l.byRowOrder[i] {
				k.keys[i] = numKey(float64(place))
			}
		}
	}
	return k, nil
}
