package live

import (
	"bytes"
	"encoding/json"
	"iter"

	"github.com/rabta/rabta/graph"
)

// encodedClaim is a claim in canonical form, of which a few words are read without the
// rest: one object on one line, keys in order and without escapes.
type encodedClaim []byte

// encoded is what the claim in a row says.
func (v *View) encoded(r ClaimRow) encodedClaim { return v.g.texts.get(v.g.details.at(r).text) }

// field is what stands behind a key of the claim itself; nil where it has none.
func (c encodedClaim) field(key string) []byte {
	for at := 1; at < len(c) && c[at] == '"'; {
		end := at + 1 + bytes.IndexByte(c[at+1:], '"')
		from := end + len(`":`)
		to := past(c, from)
		switch name := c[at+1 : end]; {
		case string(name) == key:
			return c[from:to]
		case string(name) > key:
			return nil
		}
		at = to + len(`,`)
	}
	return nil
}

// text is the text behind a key; "" where it has none.
func (c encodedClaim) text(key string) string { return unquoted(c.field(key)) }

// texts yields the texts of the list behind a key.
func (c encodedClaim) texts(key string) iter.Seq[string] {
	list := c.field(key)
	return func(yield func(string) bool) {
		for at := 1; at < len(list) && list[at] == '"'; {
			to := past(list, at)
			if !yield(unquoted(list[at:to])) {
				return
			}
			at = to + len(`,`)
		}
	}
}

// date is the date behind a key; the zero Date where it has none.
func (c encodedClaim) date(key string) graph.PartialDate {
	text := c.text(key)
	if text == "" {
		return graph.PartialDate{}
	}
	d, err := graph.ParseDate(text)
	if err != nil {
		panic("live: a date that was recorded cannot be read: " + err.Error())
	}
	return d
}

// unquoted is the text of a JSON string; "" for nil.
func unquoted(quoted []byte) string {
	if len(quoted) < len(`""`) {
		return ""
	}
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1])
	}
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		panic("live: a text that was encoded cannot be decoded: " + err.Error())
	}
	return s
}

// past is where the JSON value that begins at from has ended.
func past(t []byte, from int) int {
	depth := 0
	for at := from; at < len(t); at++ {
		switch t[at] {
		case '"':
			at = closing(t, at)
			if depth == 0 {
				return at + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return at // of the object that the value is in
			}
			if depth--; depth == 0 {
				return at + 1
			}
		case ',':
			if depth == 0 {
				return at
			}
		}
	}
	return len(t)
}

// closing is where the quote is that ends the string that begins at from.
func closing(t []byte, from int) int {
	for at := from + 1; at < len(t); at++ {
		switch t[at] {
		case '\\':
			at++
		case '"':
			return at
		}
	}
	return len(t)
}
