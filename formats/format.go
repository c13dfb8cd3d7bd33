// Package formats reads and writes rabta's material as files of many formats: a table
// of them, and a file for each.
package formats

import (
	"context"
	"io"
	"iter"
	"slices"

	"github.com/rabta/rabta/live"
)

// Format is a kind of file that can be read, or written, or both.
type Format struct {
	// Name is what commands call it: "ndjson".
	Name string
	// Stem and Extension are the name of an exported file: "claims" and "ndjson".
	// A format that is not written has no stem.
	Stem, Extension string
	// Media is its media type, with the character set.
	Media string
	// Description says in a few words what a file holds.
	Description string
	// Table is set for a table, as a spreadsheet opens it.
	Table bool
	// Read reads a file; nil for a format that is only written.
	Read Reader
	// Write writes a file; nil for a format that is only read.
	Write Writer
}

// Reader yields the records of a file, whose name is for messages, in its order. An
// error that is a *Finding is about the record beside it, as far as that could be
// read, and the next record follows; any other error is the last.
type Reader func(r io.Reader, name string) iter.Seq2[Record, error]

// Writer finds out what a view holds to be written. An error is about the options, or
// the context's.
type Writer func(ctx context.Context, v *live.View, o Options) (*Content, error)

// Options say what is written, and how.
type Options struct {
	// Selection says which part of what the view shows is taken.
	Selection live.Selection
	// Exact leaves out the guard against texts that a spreadsheet takes for
	// formulas; Excel adds the mark that tells Excel of UTF-8. For tables only.
	Exact, Excel bool
	// Combine takes a second view together with the first; nil for none. For tables only.
	Combine *Combination
}

// Content is what is to be written: counted, and not yet made text.
type Content struct {
	// Head is what the file begins with; it is no record.
	Head []byte
	// Records is the number of records.
	Records int
	// Lines yields the records as text, line ends included; one is good until the
	// next. It ends when the context does.
	Lines func(ctx context.Context) iter.Seq[[]byte]
}

const (
	mediaCSV    = "text/csv; charset=utf-8; header=present"
	mediaNDJSON = "application/x-ndjson; charset=utf-8"
)

// All lists the formats.
var All = []*Format{
	{
		Name: "links.csv", Stem: "links", Extension: "csv", Media: mediaCSV, Table: true,
		Description: "a line a link",
		Write:       linkTable.write,
	},
	{
		Name: "entities.csv", Stem: "entities", Extension: "csv", Media: mediaCSV, Table: true,
		Description: "a line an entity, with what claims say of it",
		Write:       entityTable.write,
	},
	{
		Name: "ndjson", Stem: "claims", Extension: "ndjson", Media: mediaNDJSON,
		Description: "sources, entities and claims in canonical form, one JSON object a line",
		Read:        readNDJSON, Write: writeNDJSON,
	},
}

// File is the name of an exported file, and of its address: "claims.ndjson"; "" for a
// format that is not written.
func (f *Format) File() string {
	if f.Write == nil {
		return ""
	}
	return f.Stem + "." + f.Extension
}

// Importers lists the formats that can be read.
func Importers() []*Format { return withoutFunc(func(f *Format) bool { return f.Read == nil }) }

// Exporters lists the formats that can be written.
func Exporters() []*Format { return withoutFunc(func(f *Format) bool { return f.Write == nil }) }

func withoutFunc(left func(*Format) bool) []*Format {
	return slices.DeleteFunc(slices.Clone(All), left)
}

// Exporter is the format whose exported file has that name; nil for none.
func Exporter(file string) *Format {
	for _, f := range Exporters() {
		if f.File() == file {
			return f
		}
	}
	return nil
}
