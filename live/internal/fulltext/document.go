package fulltext

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Document is what is searched as one: its parts in the order in which they are shown.
// A phrase stands within one part.
type Document []Part

// Part is one part of a document, and its words.
type Part struct {
	Name, Text string
	Words      []Token
}

// With has a part more, unless that holds nothing.
func (d Document) With(name, text string) Document {
	if text == "" {
		return d
	}
	return append(d, Part{name, text, Tokens(text)})
}

// Length is how many words it has.
func (d Document) Length() (n int) {
	for i := range d {
		n += len(d[i].Words)
	}
	return n
}

// Place is a word of a part.
type Place struct{ Part, Word int }

// Places lists where in a document the term begins.
func (t *Term) Places(d Document) (out []Place) {
	for p := range d {
		for _, word := range t.In(d[p].Words) {
			out = append(out, Place{p, word})
		}
	}
	return out
}

// First is where the first term begins that the first part has which has any; begins are
// the places of each term, in order.
func First(begins [][]Place) Place {
	return slices.MinFunc(slices.Concat(begins...), func(a, b Place) int { return cmp.Compare(a.Part, b.Part) })
}

// Rate is BM25: what a term is worth that a document of so many words has n times, and
// that so many of all the documents have. Lengths are measured against the mean.
func Rate(n, length, having, all int, mean float64) float64 {
	const k, b = 1.2, 0.75
	of, times := float64(having), float64(n)
	rarity := math.Log(1 + (float64(all)-of+0.5)/(of+0.5))
	return rarity * times * (k + 1) / (times + k*(1-b+b*float64(length)/mean))
}

// Index knows which rows hold a word. Rows are added in order.
type Index[R cmp.Ordered] struct {
	Rows  []R // those that hold any
	words map[string][]R
}

// Add adds what a row holds.
func (x *Index[R]) Add(row R, d Document) {
	if len(d) == 0 {
		return
	}
	if x.words == nil {
		x.words = map[string][]R{}
	}
	x.Rows = append(x.Rows, row)
	for i := range d {
		for _, t := range d[i].Words {
			if rows := x.words[t.Word]; len(rows) == 0 || rows[len(rows)-1] != row {
				x.words[t.Word] = append(rows, row)
			}
		}
	}
}

// Of lists the rows that may hold the term, in order.
func (x *Index[R]) Of(t *Term) []R {
	if !t.Prefix || len(t.Words) > 1 {
		return slices.Clone(x.words[t.Words[0]])
	}
	var out []R
	for w, rows := range x.words {
		if strings.HasPrefix(w, t.Words[0]) {
			out = append(out, rows...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
