package formats

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
)

// Row gathers lines of CSV as RFC 4180 has them: cells separated by commas, lines
// ended by CR LF, quotes around what holds a comma, a quote or a line end. A cell
// that would be empty is empty, without quotes: nothing is said.
type Row struct {
	// Exact leaves texts as they are. Without it a text, or a text of a list, that a
	// spreadsheet may take for a formula gets an apostrophe in front, also where it
	// has apostrophes there already: one that is taken away again gives the text back.
	Exact   bool
	buf     []byte
	started bool   // the line has a cell
	cell    []byte // of the list that is being added
	items   int    // in it
}

// Bytes are the lines so far; they are good until the next is added.
func (r *Row) Bytes() []byte { return r.buf }

// Reset forgets the lines.
func (r *Row) Reset() { r.buf = r.buf[:0] }

func (r *Row) endLine() {
	r.buf = append(r.buf, '\r', '\n')
	r.started = false
}

func (r *Row) separate() {
	if r.started {
		r.buf = append(r.buf, ',')
	}
	r.started = true
}

// plain adds what holds no comma, quote, line end or formula: an id, a name of a
// closed list, a date.
func (r *Row) plain(s string) {
	r.separate()
	r.buf = append(r.buf, s...)
}

func (r *Row) number(n int) {
	r.separate()
	r.buf = strconv.AppendInt(r.buf, int64(n), 10)
}

func (r *Row) float(f float64) {
	r.separate()
	r.buf = strconv.AppendFloat(r.buf, f, 'f', -1, 64)
}

func (r *Row) boolean(yes bool) {
	r.separate()
	r.buf = strconv.AppendBool(r.buf, yes)
}

// day adds a day as YYYY-MM-DD; nothing for none.
func (r *Row) day(d *graph.Day) {
	r.separate()
	if d != nil {
		r.buf = d.Append(r.buf)
	}
}

// date adds three cells: a date as it was written, and the first and the last day
// that it may mean.
func (r *Row) date(d *graph.PartialDate) {
	if d == nil {
		d = &graph.PartialDate{}
	}
	r.plain(d.EDTF)
	r.day(d.EarliestDay())
	r.day(d.LatestDay())
}

// text adds a text of sources.
func (r *Row) text(s string) {
	r.separate()
	if !r.Exact && formula(s) {
		s = "'" + s
	}
	quoted(r, s)
}

// quoted adds a text, in quotes where it needs them.
func quoted[T string | []byte](r *Row, s T) {
	needs := false
	for i := range len(s) {
		switch s[i] {
		case ',', '"', '\r', '\n':
			needs = true
		}
	}
	if !needs {
		r.buf = append(r.buf, s...)
		return
	}
	r.buf = append(r.buf, '"')
	for i := range len(s) {
		if s[i] == '"' {
			r.buf = append(r.buf, '"')
		}
		r.buf = append(r.buf, s[i])
	}
	r.buf = append(r.buf, '"')
}

// list adds texts separated by semicolons; a semicolon or backslash within one has
// a backslash in front.
func list[T ~string](r *Row, texts []T) {
	r.beginList()
	for _, s := range texts {
		r.beginItem()
		if !r.Exact && formula(string(s)) {
			r.cell = append(r.cell, '\'')
		}
		r.add(string(s))
	}
	r.endList()
}

// beginList begins a cell that is a list; beginItem begins each item of it, add and addNumber
// make what it is, and endList adds the cell. No item may begin as a formula does.
func (r *Row) beginList() { r.cell, r.items = r.cell[:0], 0 }

func (r *Row) beginItem() {
	if r.items > 0 {
		r.cell = append(r.cell, ';')
	}
	r.items++
}

func (r *Row) add(s string) {
	for i := range len(s) {
		if s[i] == ';' || s[i] == '\\' {
			r.cell = append(r.cell, '\\')
		}
		r.cell = append(r.cell, s[i])
	}
}

func (r *Row) addNumber(n int) { r.cell = strconv.AppendInt(r.cell, int64(n), 10) }

func (r *Row) endList() {
	r.separate()
	quoted(r, r.cell)
}

// formula reports whether a spreadsheet may take the text for a formula: by its first
// character behind apostrophes and spaces, in either width.
func formula(s string) bool {
	if s != "" && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z' || s[0] >= '0' && s[0] <= '9') {
		return false // as most do
	}
	s = strings.TrimLeft(s, "' ")
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}
