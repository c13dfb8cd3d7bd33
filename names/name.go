package names

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Class is what a name is a name of: rules differ.
type Class uint8

// The classes.
const (
	Any Class = iota
	Person
	Group
	School
	Place
)

// Name is a name made ready for comparing.
type Name struct {
	tokens   []*token
	boosted  bool   // every word is common, and tells more: see weight
	readings []Name // as it is read in other languages that write it so
}

// Parse makes a name ready for comparing.
func Parse(name string) Name {
	n := parseOne(koreanSurname(norm.NFC.String(name)))
	for _, reading := range otherReadings(name) {
		n.readings = append(n.readings, parse(reading))
	}
	return n
}

func parseOne(name string) Name {
	main, short := splitBracket(name)
	n := parse(main)
	if short == "" {
		return n
	}
	if in := parse(short); !in.shortens(&n) {
		return parse(name)
	}
	return n
}

// splitBracket parts a name from what stands in brackets at its end: a short form says
// nothing new.
func splitBracket(name string) (main, short string) {
	name = strings.TrimSpace(name)
	open := strings.LastIndexByte(name, '(')
	if open < 1 || !strings.HasSuffix(name, ")") || len(name)-open > 20 {
		return name, ""
	}
	return name[:open], name[open+1 : len(name)-1]
}

// shortens reports whether a name is a short form of another: its first letters, or
// letters of it in their order, beginning with the first.
func (n *Name) shortens(long *Name) bool {
	if !n.mayBeAcronym() || len(n.tokens) != 1 {
		return n.mayBeAcronym() && n.abbreviates(*long).whole
	}
	letters, at := n.letters(), 0
	for _, t := range long.tokens {
		for i := range len(t.text) {
			if at < len(letters) && t.text[i] == letters[at] && (at > 0 || i == 0) {
				at++
			}
		}
	}
	return at == len(letters)
}

// parse makes a name ready that has no brackets and one reading.
func parse(name string) Name {
	list := splitWords(latinWords(name))
	n := Name{tokens: make([]*token, len(list)), boosted: true}
	for i, w := range list {
		n.tokens[i] = tokenOf(w)
		if n.tokens[i].role == particle && i > 0 && i == len(list)-1 && len(w.text) > 1 {
			n.tokens[i].role, n.tokens[i].weight = plain, 0.3 // it joins nothing
		}
		n.boosted = n.boosted && n.tokens[i].role != plain
	}
	return n
}

// weight is how much a word tells. In a name of which every word is common, the words
// tell more: something has to tell it apart.
func (n *Name) weight(i int) float64 {
	if w := n.tokens[i].weight; !n.boosted || n.tokens[i].role == particle {
		return w
	}
	return max(n.tokens[i].weight, 0.6)
}

func (n *Name) total() (sum float64) {
	for i := range n.tokens {
		sum += n.weight(i)
	}
	return sum
}

// equals reports whether two names are the same but for case, accents and signs.
func (n *Name) equals(m *Name) bool {
	return slices.EqualFunc(n.tokens, m.tokens, func(a, b *token) bool {
		return a.text == b.text && a.script == b.script
	})
}

// before puts the two names in an order, so that they compare alike either way round.
func (n *Name) before(m *Name) bool {
	return slices.CompareFunc(n.tokens, m.tokens, func(a, b *token) int {
		if c := strings.Compare(a.text, b.text); c != 0 {
			return c
		}
		return int(a.script) - int(b.script)
	}) < 0
}

// token is one word of a name, made ready for comparing.
type token struct {
	text        string
	phones      []phone
	skeleton    string
	soundWeight cost
	role        role
	weight      float64
	script      script
	gloss       gloss
	given       int  // which given name it is; 0 for none known
	attached    bool // it is written together with the word before
}

// tokenOf is a word with what comparing needs to know of it.
func tokenOf(w latinWord) *token {
	text := w.text
	if to, ok := unvocalised[text]; ok && w.script == arabic {
		text = to
	}
	if to, ok := canonical[text]; ok {
		text = to
	}
	t := &token{
		text: text, phones: phones(text), script: w.script, gloss: glossary[text], given: givenName[text],
		attached: w.attached,
	}
	t.skeleton, t.soundWeight = skeleton(t.phones), soundWeight(t.phones)
	t.role = roleOf(text, w.script)
	if t.gloss == (gloss{}) && w.script != latin {
		t.gloss = nativeGloss(t)
	}
	t.weight = roleWeights[t.role]
	switch {
	case t.role != plain:
	case common[text] || w.script != latin && commonBySkeleton[t.skeleton]:
		t.weight = 0.5
	case len(text) == 1 && !t.isNumber():
		t.weight = 0.3
	}
	return t
}

func (t *token) isNumber() bool { return t.text[0] >= '0' && t.text[0] <= '9' }

// isStopWord reports whether a word says nothing of its own.
func (t *token) isStopWord() bool { return t.role == particle || t.role == lineage }

// isInitialism reports whether a word is letters that are spelt out, such as LJ and CTD.
func (t *token) isInitialism() bool {
	return t.script == latin && len(t.text) > 1 && len(t.text) < 5 && !strings.ContainsAny(t.text, "aeiouy")
}
