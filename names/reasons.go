package names

import (
	"fmt"
	"strconv"
)

// score is the comparison with its reasons.
func (c *comparison) score() Score {
	s := Score{Value: c.value, Features: []Feature{}}
	switch c.by {
	case byEquality:
		s.tell("same", 1, "The names are the same but for case, accents and signs.")
	case byAcronym:
		s.tell("acronym", c.value, "%q is the first letters of the other name.", c.short().letters())
	case byAcronymInPart:
		s.tell("acronym-in-part", c.value, "%q is the first letters of some of the words of the other name, in their order.", c.short().letters())
	case byJoining:
		s.tell("same-sound-as-one-word", c.value, "Where words are parted otherwise, they sound alike as one word (%.2f).", c.value)
	case byWords:
		c.tellWords(&s)
	}
	return s
}

func (s *Score) tell(name string, weight float64, text string, of ...any) {
	s.Features = append(s.Features, Feature{name, fmt.Sprintf(text, of...), rounded(weight)})
}

// short is the name that is the first letters of the other.
func (c *comparison) short() *Name {
	if c.n.isShort() && (!c.m.isShort() || len(c.n.letters()) < len(c.m.letters())) {
		return c.n
	}
	return c.m
}

func (c *comparison) tellWords(s *Score) {
	for _, p := range c.pairs {
		s.because(c.n.tokens[p.i], c.m.tokens[p.j], p.sim, (c.weight(c.n, p.i)+c.weight(c.m, p.j))/2)
	}
	for i, t := range c.n.tokens {
		s.only(t, c.weight(c.n, i), c.likenessOf(i, false) > 0)
	}
	for j, t := range c.m.tokens {
		s.only(t, c.weight(c.m, j), c.likenessOf(j, true) > 0)
	}
	if a, b := c.alone(); a > 0 && b > 0 {
		s.tell("words-differ", -0.25*min(a, b), "Each has a word that the other has not.")
	}
}

func (s *Score) only(t *token, weight float64, paired bool) {
	if weight > 0 && !paired {
		s.tell("word-of-one", -weight, "Only one has %q.", t.text)
	}
}

// because says why two words go together.
func (s *Score) because(a, b *token, sim, weight float64) {
	both := strconv.Quote(a.text) + " and " + strconv.Quote(b.text)
	switch {
	case a.text == b.text:
		s.tell("same-word", weight, "Both have %q.", a.text)
	case a.means.translates(b.means):
		s.tell("translation", weight*sim, "%s mean the same.", both)
	case a.means.synonym(b.means), a.role == form && b.role == form:
		s.tell("synonym", weight*sim, "%s say the same.", both)
	case a.script != b.script:
		s.tell("same-sound-across-scripts", weight*sim, "%s sound alike across scripts (%.2f).", both, sim)
	case a.bones == b.bones:
		s.tell("same-consonants", weight*sim, "%s have the same consonants (%.2f).", both, sim)
	default:
		s.tell("like-sound", weight*sim, "%s sound alike (%.2f).", both, sim)
	}
}

// mostFound is the score of a name that is found whole in another.
const mostFound = 0.95

// FoundIn scores how far every word of a name that is searched for is found in
// another, whatever else that has: at most 0.95, for less is known than of whole
// names. 0 when a word that tells names apart is not found.
func (n Name) FoundIn(m Name) Score {
	pairs, value := foundIn(&n, &m, func(i, j int) float64 { return together(n.tokens[i], m.tokens[j]) })
	return foundScore(&n, &m, pairs, value)
}

func foundScore(n, m *Name, pairs []pair, value float64) Score {
	s := Score{Value: value, Features: []Feature{}}
	if value > 0 {
		for _, p := range pairs {
			s.because(n.tokens[p.i], m.tokens[p.j], p.sim, n.weight(p.i))
		}
	}
	return s
}

func foundIn(n, m *Name, like func(i, j int) float64) ([]pair, float64) {
	all := n.total()
	if all == 0 {
		return nil, 0
	}
	pairs := match(n, m, like)
	sum := 0.0
	found := make([]bool, len(n.tokens))
	for _, p := range pairs {
		if len(n.tokens[p.i].text) < 3 && p.sim < 1 {
			continue
		}
		found[p.i] = true
		sum += n.weight(p.i) * p.sim
	}
	for i := range n.tokens {
		if n.weight(i) >= 0.5 && !found[i] {
			return nil, 0
		}
	}
	return pairs, rounded((mostFound-0.05)*sum/all + 0.05*min(1, all/max(m.total(), 0.1)))
}
