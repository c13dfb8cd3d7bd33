package formats

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
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
		r.code(c.Name)
	}
	r.end()
}

// Append adds the line of one record.
func (t Table[T]) Append(r *Row, x T) {
	for i := range t {
		if t[i].write != nil {
			t[i].write(r, x)
		}
	}
	r.end()
}

// Row gathers lines of CSV as RFC 4180 has them: cells separated by commas, lines
// ended by CR LF, quotes around what holds a comma, a quote or a line end. A cell
// that would be empty is empty, without quotes: nothing is said.
type Row struct {
	// Exact leaves texts as they are. Without it a text, or a text of a list, that a
	// spreadsheet may take for a formula gets an apostrophe in front, also where it
	// has apostrophes there already: Unguarded takes one away again.
	Exact bool
	text  []byte
	begun bool // the line has a cell
	cell  []byte
}

// Bytes are the lines so far; they are good until the next is added.
func (r *Row) Bytes() []byte { return r.text }

// Reset forgets the lines.
func (r *Row) Reset() { r.text = r.text[:0] }

func (r *Row) end() {
	r.text = append(r.text, '\r', '\n')
	r.begun = false
}

func (r *Row) next() {
	if r.begun {
		r.text = append(r.text, ',')
	}
	r.begun = true
}

// code adds what holds no comma, quote, line end or formula: an id, a name of a
// closed list, a date.
func (r *Row) code(s string) {
	r.next()
	r.text = append(r.text, s...)
}

func (r *Row) number(n int) {
	r.next()
	r.text = strconv.AppendInt(r.text, int64(n), 10)
}

func (r *Row) float(f float64) {
	r.next()
	r.text = strconv.AppendFloat(r.text, f, 'f', -1, 64)
}

func (r *Row) truth(yes bool) {
	r.next()
	r.text = strconv.AppendBool(r.text, yes)
}

// day adds a day as YYYY-MM-DD; nothing for none.
func (r *Row) day(d *graph.Day) {
	r.next()
	if d != nil {
		r.text = d.Append(r.text)
	}
}

// date adds three cells: a date as it was written, and the first and the last day
// that it may mean.
func (r *Row) date(d *graph.PartialDate) {
	if d == nil {
		d = &graph.PartialDate{}
	}
	r.code(d.EDTF)
	r.day(d.EarliestDay())
	r.day(d.LatestDay())
}

// words adds a text of sources.
func (r *Row) words(s string) {
	r.next()
	if !r.Exact && formula(s) {
		s = "'" + s
	}
	r.quoted(s)
}

// quoted adds a text, in quotes where it needs them.
func (r *Row) quoted(s string) {
	if !strings.ContainsAny(s, ",\"\r\n") {
		r.text = append(r.text, s...)
		return
	}
	r.text = append(r.text, '"')
	for {
		quote := strings.IndexByte(s, '"')
		if quote < 0 {
			break
		}
		r.text = append(append(r.text, s[:quote+1]...), '"')
		s = s[quote+1:]
	}
	r.text = append(append(r.text, s...), '"')
}

// optional adds a text, or nothing for nil.
func optional[T ~string](r *Row, s *T) {
	if s == nil {
		r.code("")
		return
	}
	r.words(string(*s))
}

// list adds texts separated by semicolons; a semicolon or backslash within one has
// a backslash in front.
func list[T ~string](r *Row, texts []T) {
	r.cell = r.cell[:0]
	for i, s := range texts {
		if i > 0 {
			r.cell = append(r.cell, ';')
		}
		if !r.Exact && formula(string(s)) {
			r.cell = append(r.cell, '\'')
		}
		for j := range len(s) {
			if s[j] == ';' || s[j] == '\\' {
				r.cell = append(r.cell, '\\')
			}
			r.cell = append(r.cell, s[j])
		}
	}
	r.next()
	r.quoted(string(r.cell))
}

// formula reports whether a spreadsheet may take the text for a formula: by its first
// character behind apostrophes and spaces, in either width.
func formula(s string) bool {
	s = strings.TrimLeft(s, "' ")
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}

// Unguarded is a text as it was before a Row that is not Exact wrote it.
func Unguarded(s string) string {
	if strings.HasPrefix(s, "'") && formula(s) {
		return s[1:]
	}
	return s
}
