package names

import (
	"slices"
	"strings"
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

// token is one word of a name, made ready for comparing.
type token struct {
	text   string
	phones []phone
	bones  string
	heard  cost
	role   role
	weight float64
	script Script
	means  meaning
}

// Name is a name made ready for comparing.
type Name struct {
	tokens []*token
	raised bool // every word is common: see weight
}

// Parse makes a name ready.
func Parse(name string) Name {
	main, short := bracketed(name)
	n := parse(main)
	if short == "" {
		return n
	}
	if in := parse(short); !in.isShort() || !in.abbreviates(n).whole {
		return parse(name)
	}
	return n
}

// bracketed parts a name from what stands in brackets at its end: a short form says
// nothing new.
func bracketed(name string) (main, short string) {
	name = strings.TrimSpace(name)
	open := strings.LastIndexByte(name, '(')
	if open < 1 || !strings.HasSuffix(name, ")") || len(name)-open > 20 {
		return name, ""
	}
	return name[:open], name[open+1 : len(name)-1]
}

func parse(name string) Name {
	list := split(words(name))
	n := Name{tokens: make([]*token, len(list)), raised: true}
	for i, w := range list {
		n.tokens[i] = tokenOf(w)
		n.raised = n.raised && n.tokens[i].role != plain
	}
	return n
}

func tokenOf(w written) *token {
	text := w.text
	if to, ok := unwritten[text]; ok && w.script == Arabic {
		text = to
	}
	if to, ok := oneOf[text]; ok {
		text = to
	}
	t := &token{text: text, phones: phones(text), script: w.script, means: meanings[text]}
	t.bones, t.heard = bones(t.phones), heard(t.phones)
	t.role = roleOf(text, w.script)
	if t.means == (meaning{}) && w.script != Latin {
		t.means = meaningByBones[t.bones]
	}
	t.weight = weights[t.role]
	switch {
	case t.role != plain:
	case common[text] || w.script != Latin && commonByBones[t.bones]:
		t.weight = 0.5
	case len(text) == 1 && !t.isNumber():
		t.weight = 0.3
	}
	return t
}

func (t *token) isNumber() bool { return t.text[0] >= '0' && t.text[0] <= '9' }

// empty reports whether a word says nothing of its own.
func (t *token) empty() bool { return t.role == particle || t.role == lineage }

// weight is how much a word tells. In a name of which every word is common, the words
// tell more: something has to tell it apart.
func (n *Name) weight(i int) float64 {
	if w := n.tokens[i].weight; !n.raised || n.tokens[i].role == particle {
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
	return slices.EqualFunc(n.tokens, m.tokens, func(a, b *token) bool { return a.text == b.text && a.script == b.script })
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

// split parts what is written together: the article of Arabic script, and the sounds
// that join the words of a name.
func split(list []written) []written {
	out := make([]written, 0, len(list)+2)
	for i, w := range list {
		switch {
		case w.script == Arabic && strings.HasPrefix(w.text, "al") && len(w.text) > 4:
			out = append(out, written{"al", w.script}, written{w.text[2:], w.script})
		case w.script == Latin:
			out = splitLatin(out, w, i+1 < len(list))
		default:
			out = append(out, w)
		}
	}
	return out
}

// splitLatin parts Abdurrahman and Salahuddin, and takes the -ul off Fazlul Haq.
func splitLatin(out []written, w written, goesOn bool) []written {
	text := w.text
	if len(text) > 7 && (strings.HasPrefix(text, "abdu") || strings.HasPrefix(text, "abde")) && !strings.HasPrefix(text, "abdullah") && !isVowel(text[4]) {
		rest := text[4:]
		if rest[0] == 'l' || len(rest) > 1 && rest[0] == rest[1] {
			rest = rest[1:]
		}
		return append(out, written{"abdul", Latin}, written{rest, Latin})
	}
	if i := strings.Index(text, "ddin"); i > 3 && i == len(text)-4 && isVowel(text[i-1]) {
		return append(out, written{text[:i-1], Latin}, written{"ud", Latin}, written{"din", Latin})
	}
	if goesOn && len(text) > 5 && (strings.HasSuffix(text, "ul") || strings.HasSuffix(text, "ur")) && !isVowel(text[len(text)-3]) && fuses[text[:len(text)-2]] {
		return append(out, written{text[:len(text)-2], Latin}, written{"ul", Latin})
	}
	return append(out, w)
}
