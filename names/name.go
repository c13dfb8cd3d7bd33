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
	given  int  // which given name it is; 0 for none known
	after  bool // it is written together with the word before
}

// Name is a name made ready for comparing.
type Name struct {
	tokens []*token
	raised bool   // every word is common: see weight
	others []Name // as it is read in other languages that write it so
}

// Parse makes a name ready.
func Parse(name string) Name {
	n := parseOne(koreanSurname(norm.NFC.String(name)))
	for _, reading := range otherReadings(name) {
		n.others = append(n.others, parse(reading))
	}
	return n
}

func parseOne(name string) Name {
	main, short := bracketed(name)
	n := parse(main)
	if short == "" {
		return n
	}
	if in := parse(short); !in.shortens(&n) {
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

// shortens reports whether a name is a short form of another: its first letters, or
// letters of it in their order, beginning with the first.
func (n *Name) shortens(long *Name) bool {
	if !n.isShort() || len(n.tokens) != 1 {
		return n.isShort() && n.abbreviates(*long).whole
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

func parse(name string) Name {
	list := split(words(name))
	n := Name{tokens: make([]*token, len(list)), raised: true}
	for i, w := range list {
		n.tokens[i] = tokenOf(w)
		if n.tokens[i].role == particle && i > 0 && i == len(list)-1 && len(w.text) > 1 {
			n.tokens[i].role, n.tokens[i].weight = plain, 0.3 // it joins nothing
		}
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
	t := &token{text: text, phones: phones(text), script: w.script, means: meanings[text], given: givenName[text], after: w.after}
	t.bones, t.heard = bones(t.phones), heard(t.phones)
	t.role = roleOf(text, w.script)
	if t.means == (meaning{}) && w.script != Latin {
		t.means = nativeMeaning(t)
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
		switch w.script {
		case Arabic:
			out = splitArabic(out, w, i > 0)
		case Latin:
			next := ""
			if i+1 < len(list) {
				next = list[i+1].text
			}
			out = splitLatin(out, w, next)
		default:
			out = append(out, w)
		}
	}
	return out
}

// splitArabic takes the article off a word, at its beginning or behind a word that is
// often written together with the next.
func splitArabic(out []written, w written, within bool) []written {
	text := w.text
	if unwritten[text] != "" || noArticle[text] {
		return append(out, w)
	}
	if rest, is := strings.CutPrefix(text, "al"); is && (len(rest) > 3 || len(rest) > 2 && within || len(rest) > 1 && (unwritten[rest] != "" || common[rest])) {
		return append(out, written{"al", Arabic, false}, written{rest, Arabic, true})
	}
	if i := strings.Index(text, "al"); i > 1 && len(text)-i > 3 && fusesUnwritten[text[:i]] {
		return append(out, written{text[:i], Arabic, w.after}, written{"al", Arabic, true}, written{text[i+2:], Arabic, true})
	}
	return append(out, w)
}

// splitLatin parts Abdurrahman, Salahuddin and Jundallah, and takes the -ul off Fazlul
// Haq and the -ur off Zakiur Rahman.
func splitLatin(out []written, w written, next string) []written {
	for _, part := range []func(string, string) []string{partServant, partFaith, partGod, partArticle} {
		if parts := part(w.text, next); parts != nil {
			for i, text := range parts {
				out = append(out, written{text, Latin, w.after || i > 0})
			}
			return out
		}
	}
	return append(out, w)
}

// partServant parts names that begin with Abd; Abdullah is too common to be parted.
func partServant(text, _ string) []string {
	if len(text) < 5 || !strings.HasPrefix(text, "abd") || !isVowel(text[3]) || isVowel(text[4]) || strings.HasPrefix(text, "abdulla") || strings.HasPrefix(text, "abdalla") {
		return nil
	}
	rest := text[4:]
	if rest[0] == 'l' || len(rest) > 1 && rest[0] == rest[1] {
		rest = rest[1:]
	}
	if len(rest) < 2 {
		return []string{"abd", "ul"}
	}
	return []string{"abd", "ul", rest}
}

// partFaith parts names that end with -uddin.
func partFaith(text, _ string) []string {
	if i := strings.Index(text, "ddin"); i > 3 && i == len(text)-4 && isVowel(text[i-1]) {
		return []string{text[:i-1], "ud", "din"}
	}
	return nil
}

// partGod parts names that end with Allah: Jundallah, Hizbullah, Ehsanullah; but for
// Abdullah, which is too common.
func partGod(text, _ string) []string {
	for _, end := range []string{"ullah", "allah", "ollah"} {
		if first, is := strings.CutSuffix(text, end); is && len(first) > 2 && first != "abd" {
			return []string{first, "allah"}
		}
	}
	return nil
}

// partArticle takes off an article that is written to the word before it, or to the
// father's son.
func partArticle(text, next string) []string {
	if rest, is := strings.CutPrefix(text, "binal"); is && len(rest) > 3 {
		return []string{"bin", "al", rest}
	}
	if len(text) < 5 || next == "" || text[len(text)-2] != 'u' {
		return nil
	}
	first, last := text[:len(text)-2], text[len(text)-1]
	if last == 'l' && fuses[first] || last == next[0] && last != 'l' && strings.IndexByte("rsndtz", last) >= 0 {
		return []string{first, "ul"}
	}
	return nil
}
