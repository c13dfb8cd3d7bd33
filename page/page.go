// Package page cuts lists into pages as Relay's cursor connections do: edges with a
// cursor each, forwards by first and after, backwards by last and before. It knows
// nothing of what is in a list but its id and the keys that order it.
package page

import (
	"cmp"
	"iter"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Args says which part of a list is wanted: First from After on, or Last up to
// Before. Neither means the first DefaultSize.
type Args struct {
	First, Last   *int
	After, Before *string
}

// The sizes of a page.
const (
	DefaultSize = 20
	MaxSize     = 500
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
	items    iter.Seq[T]
	total    func() int // nil counts the items
	excluded func() []graph.Exclusion
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

// Empty is the page of a list without items.
func Empty[T any]() *Connection[T] {
	return &Connection[T]{Edges: []Edge[T]{}, items: func(func(T) bool) {}}
}

// TotalCount counts the whole list under the filter. It is computed when asked.
func (c *Connection[T]) TotalCount() int {
	if c.total == nil {
		return Count(c.items)
	}
	return c.total()
}

// All yields the whole list under the filter, in no order that is promised.
func (c *Connection[T]) All() iter.Seq[T] { return c.items }

// Excluded is what the lens leaves out of the whole list, before any filter. It is computed
// when asked.
func (c *Connection[T]) Excluded() []graph.Exclusion {
	if c.excluded == nil {
		return []graph.Exclusion{}
	}
	return c.excluded()
}

// Key is one value to order by. What has none comes last.
type Key struct {
	Null bool    `json:"z,omitempty"`
	Text string  `json:"t,omitempty"`
	Num  float64 `json:"n,omitempty"`
}

// TextKey orders by the beginning of a text, so that a cursor stays short.
func TextKey(s string) Key {
	const most = 200
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") // a character that was cut in two
	}
	return Key{Text: s}
}

// NumberKey orders by a number.
func NumberKey(n float64) Key { return Key{Num: n} }

func (a Key) compare(b Key, desc bool) int {
	switch {
	case a.Null && b.Null:
		return 0
	case a.Null:
		return 1
	case b.Null:
		return -1
	}
	c := cmp.Or(cmp.Compare(a.Num, b.Num), strings.Compare(a.Text, b.Text))
	if desc {
		return -c
	}
	return c
}
