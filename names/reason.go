package names

import (
	"fmt"
	"strconv"
)

// Reason is one reason for a score: the API's NameReason.
type Reason struct {
	// Name is stable and made for programs: "same-word".
	Name string
	// Text says it in a sentence.
	Text string
	// Weight is how much it counts for (above 0) or against (below 0).
	Weight float64
}

// Score says how likely two names are to be of one and the same, from 0 to 1, and why.
type Score struct {
	Value   float64
	Reasons []Reason
}

// score is the comparison with its reasons.
func (c *comparison) score() Score {
	s := Score{Value: c.value, Reasons: []Reason{}}
	switch c.by {
	case byEquality:
		s.add("same", 1, "The names are the same but for case, accents and signs.")
	case byAcronym:
		s.add("acronym", c.value, "%q is the first letters of the other name.", c.short().letters())
	case byAcronymInPart:
		s.add("acronym-in-part", c.value,
			"%q is the first letters of some of the words of the other name, in their order.", c.short().letters())
	case byJoinedWords:
		s.add("same-sound-as-one-word", c.value,
			"Where words are parted otherwise, they sound alike as one word (%.2f).", c.value)
	case byWords:
		c.addWords(&s)
	}
	return s
}

func (s *Score) add(name string, weight float64, text string, of ...any) {
	s.Reasons = append(s.Reasons, Reason{name, fmt.Sprintf(text, of...), rounded(weight)})
}

// short is the name that is an acronym of the other.
func (c *comparison) short() *Name {
	if c.n.mayBeAcronym() && (!c.m.mayBeAcronym() || len(c.n.letters()) < len(c.m.letters())) {
		return c.n
	}
	return c.m
}

// addWords gives the words that are paired, and those that are not, as reasons.
func (c *comparison) addWords(s *Score) {
	for _, p := range c.pairs {
		s.addPair(c.n.tokens[p.i], c.m.tokens[p.j], p.sim, (c.weight(c.n, p.i)+c.weight(c.m, p.j))/2)
	}
	for i, t := range c.n.tokens {
		s.addUnmatched(t, c.weight(c.n, i), c.pairSimilarity(i, false) > 0)
	}
	for j, t := range c.m.tokens {
		s.addUnmatched(t, c.weight(c.m, j), c.pairSimilarity(j, true) > 0)
	}
	if a, b := c.unmatched(); a > 0 && b > 0 {
		s.add("words-differ", -0.25*min(a, b), "Each has a word that the other has not.")
	}
}

func (s *Score) addUnmatched(t *token, weight float64, paired bool) {
	if weight > 0 && !paired {
		s.add("word-of-one", -weight, "Only one has %q.", t.text)
	}
}

// addPair says why two words are a pair.
func (s *Score) addPair(a, b *token, sim, weight float64) {
	both := strconv.Quote(a.text) + " and " + strconv.Quote(b.text)
	switch {
	case a.text == b.text:
		s.add("same-word", weight, "Both have %q.", a.text)
	case a.gloss.translates(b.gloss):
		s.add("translation", weight*sim, "%s mean the same.", both)
	case a.gloss.sharesEnglish(b.gloss), a.role == orgForm && b.role == orgForm:
		s.add("synonym", weight*sim, "%s say the same.", both)
	case a.script != b.script:
		s.add("same-sound-across-scripts", weight*sim, "%s sound alike across scripts (%.2f).", both, sim)
	case a.skeleton == b.skeleton:
		s.add("same-consonants", weight*sim, "%s have the same consonants (%.2f).", both, sim)
	default:
		s.add("like-sound", weight*sim, "%s sound alike (%.2f).", both, sim)
	}
}
