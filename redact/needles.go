package redact

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rabta/rabta/graph"
)

// needles are what something was called, to be looked for in texts: in lower case, as it
// stands in a canonical form.
type needles struct{ list []needle }

type needle struct{ given, lower string }

// add adds a name; one that shows nothing is none.
func (n *needles) add(texts ...string) {
	for _, text := range texts {
		text = strings.TrimSpace(graph.PlainName(text))
		lower := lowered(text)
		if lower == "" || slices.ContainsFunc(n.list, func(o needle) bool { return o.lower == lower }) {
			continue
		}
		n.list = append(n.list, needle{text, lower})
	}
}

// lowered is a text in lower case, with what JSON escapes escaped.
func lowered(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(strings.ToLower(text)) != nil {
		return ""
	}
	return strings.Trim(strings.TrimSpace(b.String()), `"`)
}

// addRecord adds what a record calls itself.
func (n *needles) addRecord(r *graph.Placed) {
	n.add(string(r.ID()))
	switch {
	case r.Source != nil:
		n.add(r.Source.Title, r.Source.URL)
	case r.Entity != nil:
		for _, name := range r.Entity.Names {
			n.add(name.Value)
		}
		n.add(r.Entity.External...)
	case r.Claim != nil:
		n.add(r.Claim.Excerpt, r.Claim.Text)
		n.addText(r.Claim.SpeakerText)
		if v := r.Claim.Value; v != nil {
			n.addText(v.Text)
		}
	}
}

// addText adds a text, unless it is a word or two, as stand anywhere.
func (n *needles) addText(text string) {
	if strings.Count(text, " ") > 1 {
		n.add(text)
	}
}

// addNaming adds what a claim about it calls it.
func (n *needles) addNaming(c *graph.Claim) {
	if c.Value != nil && (c.Predicate == graph.NameOf || c.Predicate == graph.ExternalID) {
		n.add(c.Value.Text)
	}
}

// in is the first name that stands in a text as words of their own, whatever the case, the
// blanks and the invisible characters; empty for none.
func (n *needles) in(text string) string {
	if len(n.list) == 0 || text == "" {
		return ""
	}
	text = strings.ToLower(graph.PlainName(text))
	for _, one := range n.list {
		if standsIn(text, one.lower) {
			return one.given
		}
	}
	return ""
}

// standsIn reports whether words stand in a text with nothing but signs around them.
func standsIn(text, words string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return false
		}
		from := at + i
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[from+len(words):])
		if !isWord(before) && !isWord(after) {
			return true
		}
		at = from + 1
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
