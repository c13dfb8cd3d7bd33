package formats

import (
	"context"
	"iter"

	"github.com/rabta/rabta/live"
)

// Column is one column of a table that is written as CSV.
type Column[T any] struct {
	Name string
	// Doc says what the column holds, in a few words.
	Doc string
	// write adds the cell; nil for a column whose cell the one before adds too.
	write func(r *Row, x T)
}

// Table is what is written as CSV: stable columns, in order. New ones are added at
// the end.
type Table[T any] []Column[T]

// Header adds the line of the columns' names to a row that is new or reset.
func (t Table[T]) Header(r *Row) {
	for _, c := range t {
		r.plain(c.Name)
	}
	r.endLine()
}

// Append adds the line of one record.
func (t Table[T]) Append(r *Row, x T) {
	for i := range t {
		if t[i].write != nil {
			t[i].write(r, x)
		}
	}
	r.endLine()
}

// byteOrderMark begins some texts in UTF-8; Excel knows UTF-8 by it.
const byteOrderMark = "\ufeff"

// tableOf is what a table holds, and how it is read.
type tableOf[T, L any] struct {
	columns  Table[L]
	count    func(*live.View, context.Context, live.Selection) (int, error)
	selected func(*live.View, context.Context, live.Selection) iter.Seq[T]
	line     func(combined[T]) L
	// selects reports whether another view has what one shows; alone whether a difference takes
	// from the first view what both have.
	selects func(*live.View, live.Selection, T) bool
	alone   func(second *live.View, o Options, x T) bool
}

// write is the Writer of a table: of the items that are selected, each made a line.
func (t *tableOf[T, L]) write(ctx context.Context, v *live.View, o Options) (*Content, error) {
	items, n, err := t.items(ctx, v, o)
	if err != nil {
		return nil, err
	}
	return &Content{Head: t.columns.head(o), Records: n, Lines: func(ctx context.Context) iter.Seq[[]byte] {
		return func(yield func([]byte) bool) {
			row := Row{Exact: o.Exact}
			for x := range items(ctx) {
				row.Reset()
				t.columns.Append(&row, t.line(x))
				if !yield(row.Bytes()) {
					return
				}
			}
		}
	}}, nil
}

// head is what a table begins with.
func (t Table[T]) head(o Options) []byte {
	var row Row
	t.Header(&row)
	if o.Excel {
		return append([]byte(byteOrderMark), row.Bytes()...)
	}
	return row.Bytes()
}
