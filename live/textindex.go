package live

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/rabta/rabta/names"
)

// token is one word of a text: folded, and where it stands in code points.
type token struct {
	word     string
	from, to int
}

// tokens are the words of a text, in order: runs of letters, signs and digits.
func tokens(s string) []token {
	var out []token
	at, from, start := 0, -1, 0
	end := func(byteAt int) {
		if from < 0 {
			return
		}
		if w := names.Folded(s[start:byteAt]); w != "" {
			out = append(out, token{w, from, at})
		}
		from = -1
	}
	for i, r := range s {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\u200C' || r == '\u200D'
		switch {
		case inside && from < 0:
			from, start = at, i
		case !inside:
			end(i)
		}
		at++
	}
	end(len(s))
	return out
}

// textIndex knows which claims' excerpts hold a word. What a claim says never
// changes, so that rows are only ever added; who may see them is for the view.
type textIndex struct {
	mu    sync.Mutex
	next  ClaimRow
	rows  []ClaimRow // claims with an excerpt
	words map[string][]ClaimRow
}

// upTo reads the claims that were recorded since it was last asked.
func (x *textIndex) upTo(v *View) {
	if x.words == nil {
		x.words = map[string][]ClaimRow{}
	}
	for ; x.next < v.sizes.claims; x.next++ {
		excerpt := v.encoded(x.next).text("excerpt")
		if excerpt == "" {
			continue
		}
		x.rows = append(x.rows, x.next)
		for _, t := range tokens(excerpt) {
			if rows := x.words[t.word]; len(rows) == 0 || rows[len(rows)-1] != x.next {
				x.words[t.word] = append(rows, x.next)
			}
		}
	}
}

// of lists the claims whose excerpts may hold the term, in order.
func (x *textIndex) of(t *term) []ClaimRow {
	if !t.prefix {
		return slices.Clone(x.words[t.words[0]])
	}
	last := t.words[len(t.words)-1]
	if len(t.words) > 1 {
		return slices.Clone(x.words[t.words[0]])
	}
	var out []ClaimRow
	for w, rows := range x.words {
		if strings.HasPrefix(w, last) {
			out = append(out, rows...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
