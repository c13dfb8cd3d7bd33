// Package fulltext takes texts apart into words, and what is searched for in them into terms.
package fulltext

import (
	"strings"
	"unicode"

	"github.com/rabta/rabta/names"
)

// Term is a word or a phrase.
type Term struct {
	Words  []string
	Prefix bool // the last word may go on
	not    bool
}

// Parse splits a text into terms: words, phrases in quotation marks, and those
// left out with a minus before them. The last word may be the beginning of one.
func Parse(s string) (want, not []Term) {
	quoted := false
	for i, part := range strings.Split(s, `"`) {
		quoted = i%2 == 1
		if quoted {
			if t := (Term{Words: wordsOf(part)}); len(t.Words) > 0 {
				before := strings.Split(s, `"`)[i-1]
				t.not = strings.HasSuffix(before, "-") && (len(before) == 1 || before[len(before)-2] == ' ')
				want, not = sorted(t, want, not)
			}
			continue
		}
		for _, field := range strings.Fields(part) {
			if t := (Term{Words: wordsOf(field), not: strings.HasPrefix(field, "-")}); len(t.Words) > 0 {
				want, not = sorted(t, want, not)
			}
		}
	}
	if n := len(want); n > 0 && !strings.HasSuffix(s, `"`) && !strings.HasSuffix(s, " ") && !quoted {
		want[n-1].Prefix = true
	}
	return want, not
}

func sorted(t Term, want, not []Term) ([]Term, []Term) {
	if t.not {
		return want, append(not, t)
	}
	return append(want, t), not
}

func wordsOf(s string) (out []string) {
	for _, t := range Tokens(s) {
		out = append(out, t.Word)
	}
	return out
}

// In lists the words at which the term begins.
func (t *Term) In(text []Token) (out []int) {
	for i := range text {
		if i+len(t.Words) > len(text) {
			break
		}
		ok := true
		for j, w := range t.Words {
			has := text[i+j].Word
			ok = ok && (has == w || t.Prefix && j == len(t.Words)-1 && strings.HasPrefix(has, w))
		}
		if ok {
			out = append(out, i)
		}
	}
	return out
}

// Token is one word of a text: folded, and where it stands in code points.
type Token struct {
	Word     string
	From, To int
}

// Tokens are the words of a text, in order: runs of letters, signs and digits.
func Tokens(s string) []Token {
	var out []Token
	at, from, start := 0, -1, 0
	end := func(byteAt int) {
		if from < 0 {
			return
		}
		if w := names.Folded(s[start:byteAt]); w != "" {
			out = append(out, Token{w, from, at})
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
