package bulk

import (
	"context"
	"iter"
	"slices"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// File is one thing that can be exported.
type File struct {
	// Name is its name in an address: "links.csv".
	Name string
	// Media is its media type, with the character set.
	Media string
	// Doc says in a few words what it holds.
	Doc   string
	table bool
	open  opener
}

// opener counts what a view holds for a request, and gives the lines to write, line
// ends included; one is good until the next. They end when their context does.
type opener func(ctx context.Context, v *live.View, q *Request) (rows int, lines lines, err error)

type lines = func(context.Context) iter.Seq[[]byte]

const (
	csvMedia    = "text/csv; charset=utf-8; header=present"
	ndjsonMedia = "application/x-ndjson; charset=utf-8"
)

// Files lists what can be exported.
var Files = []File{
	{"links.csv", csvMedia, "a line a link", true, table(formats.LinkTable, (*live.View).CountLinks, (*live.View).SelectLinks, formats.NewLinkLine)},
	{"entities.csv", csvMedia, "a line an entity, with what claims say of it", true, table(formats.EntityTable, (*live.View).CountEntities, (*live.View).SelectEntities, formats.NewEntityLine)},
	{"claims.ndjson", ndjsonMedia, "sources, entities and claims in canonical form, which rabta import reads", false, canonical},
}

func fileOf(name string) *File {
	if i := slices.IndexFunc(Files, func(f File) bool { return f.Name == name }); i >= 0 {
		return &Files[i]
	}
	return nil
}

// parameters are the names of all that a request for the file can say.
func (f *File) parameters() []string {
	var names []string
	for _, c := range graph.LensConditions {
		names = append(names, c.Name)
	}
	for _, p := range Parameters {
		if f.table || !p.Table {
			names = append(names, p.Name)
		}
	}
	return names
}

// excelMark is how Excel knows UTF-8.
const excelMark = "\ufeff"

// table opens a file that is a table: of the items that selected yields and count
// counts, each made a line.
func table[T, L any](columns formats.Table[L], count func(*live.View, context.Context, live.Selection) (int, error),
	selected func(*live.View, context.Context, live.Selection) iter.Seq[T], line func(T) L,
) opener {
	return func(ctx context.Context, v *live.View, q *Request) (int, lines, error) {
		rows, err := count(v, ctx, q.Selection)
		return rows, func(ctx context.Context) iter.Seq[[]byte] {
			return func(yield func([]byte) bool) {
				row := formats.Row{Exact: q.Exact}
				if !yield(heading(columns, &row, q)) {
					return
				}
				for x := range selected(v, ctx, q.Selection) {
					row.Reset()
					columns.Append(&row, line(x))
					if !yield(row.Bytes()) {
						return
					}
				}
			}
		}, err
	}
}

// heading is what a table begins with.
func heading[L any](columns formats.Table[L], row *formats.Row, q *Request) []byte {
	columns.Header(row)
	if q.Excel {
		return append([]byte(excelMark), row.Bytes()...)
	}
	return row.Bytes()
}

// canonical opens the claims.
func canonical(ctx context.Context, v *live.View, q *Request) (int, lines, error) {
	x, err := v.Export(ctx, q.Selection)
	if err != nil {
		return 0, nil, err
	}
	return x.Len(), func(ctx context.Context) iter.Seq[[]byte] {
		return func(yield func([]byte) bool) {
			var line []byte
			for record := range x.Lines(ctx) {
				line = append(append(line[:0], record...), '\n')
				if !yield(line) {
					return
				}
			}
		}
	}, nil
}
