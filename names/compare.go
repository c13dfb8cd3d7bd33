package names

import (
	"math"
	"slices"
)

// Suggested is the score from which on two names may be of one and the same; what is
// below is not worth a person's time.
const Suggested = 0.8

// Scores that rules give or allow.
const (
	wholeAcronym = 0.9
	shortAcronym = 0.85 // of two letters
	partAcronym  = 0.75
	oneExtra     = 0.78 // at most, when one name of a group has a word more
	eachExtra    = 0.72 // at most, when each name has a word that the other has not
	notEqual     = 0.99 // at most, when the names are not equal
)

// Compare scores two names of a class. It is symmetric, and 1 for names that are
// written the same but for case, accents and signs.
func Compare(class Class, a, b string) Score { return Parse(a).Compare(class, Parse(b)) }

// Compare is Compare of names that are ready.
func (n Name) Compare(class Class, m Name) Score {
	c := compare(class, &n, &m)
	return c.score()
}

// Value is the value of Compare, without the reasons.
func (n Name) Value(class Class, m Name) float64 { return compare(class, &n, &m).value }

// comparison is two names compared, the lesser one first.
type comparison struct {
	class Class
	n, m  *Name
	pairs []pair
	value float64
	by    rule
}

// rule is what gave a comparison its value.
type rule uint8

const (
	byNothing rule = iota
	byEquality
	byWords
	byAcronym
	byAcronymInPart
	byJoinedWords
)

// compare is the best comparison of the readings of two names.
func compare(class Class, n, m *Name) *comparison {
	best := compareOne(class, n, m)
	for i := range n.readings {
		best = best.orBetter(compare(class, &n.readings[i], m))
	}
	for j := range m.readings {
		best = best.orBetter(compareOne(class, n, &m.readings[j]))
	}
	return best
}

func (c *comparison) orBetter(o *comparison) *comparison {
	if o.value > c.value {
		return o
	}
	return c
}

func compareOne(class Class, n, m *Name) *comparison {
	if m.before(n) { // the same either way round
		n, m = m, n
	}
	return compared(class, n, m, func(i, j int) float64 { return similarity(n.tokens[i], m.tokens[j]) })
}

// compared compares two names of which the similarity of the words is known.
func compared(class Class, n, m *Name, similarity func(i, j int) float64) *comparison {
	c := &comparison{class: class, n: n, m: m}
	if len(n.tokens) == 0 || len(m.tokens) == 0 {
		return c
	}
	if n.equals(m) {
		c.value, c.by = 1, byEquality
		return c
	}
	c.pairs = pairWords(n, m, similarity)
	c.scoreWords()
	c.scoreAcronym(n, m)
	c.scoreAcronym(m, n)
	c.scoreJoined()
	c.value = rounded(min(c.value, notEqual))
	return c
}

// rounded is a score to four decimals: more say nothing.
func rounded(value float64) float64 { return math.Round(value*1e4) / 1e4 }

// raiseTo gives the comparison a value, if it is more.
func (c *comparison) raiseTo(value float64, by rule) {
	if value > c.value {
		c.value, c.by = value, by
	}
}

// scoreAcronym: one name is the first letters of the other.
func (c *comparison) scoreAcronym(short, long *Name) {
	if !short.mayBeAcronym() || c.class == Place && long.hasRole(generic) {
		return
	}
	switch got := short.abbreviates(*long); {
	case got.whole && len(short.letters()) == 2:
		c.raiseTo(shortAcronym, byAcronym)
	case got.whole:
		c.raiseTo(wholeAcronym, byAcronym)
	case got.part:
		c.raiseTo(partAcronym, byAcronymInPart)
	}
}

// scoreWords: how much of both names is paired, word by word, in any order. It is the
// Dice coefficient of the weights, raised by their overlap coefficient.
func (c *comparison) scoreWords() {
	found, strong := 0.0, 0
	for _, p := range c.pairs {
		a, b := c.weight(c.n, p.i), c.weight(c.m, p.j)
		found += (a + b) / 2 * p.sim
		if a > 0.4 && b > 0.4 && c.n.tokens[p.i].role == plain && c.m.tokens[p.j].role == plain {
			strong++
		}
	}
	a, b := c.total(c.n), c.total(c.m)
	if found == 0 {
		return
	}
	value := 2 * found / (a + b)
	least := min(a, b)
	if strong >= 2 && least >= leastOverlapWeight {
		value = withOverlap(value, found/least)
	}
	c.raiseTo(c.penalised(value), byWords)
}

// weight is how much a word tells. What sort of school it is, is often left out or said
// otherwise.
func (c *comparison) weight(n *Name, i int) float64 {
	if c.class == School && n.tokens[i].role == generic {
		return min(0.1, n.weight(i))
	}
	return n.weight(i)
}

func (c *comparison) total(n *Name) (sum float64) {
	for i := range n.tokens {
		sum += c.weight(n, i)
	}
	return sum
}

// leastOverlapWeight is how much a name must say for it to count that the other has all
// of it.
const leastOverlapWeight = 1.5

// withOverlap raises the value of names of which one has most of what the other has.
func withOverlap[T ~float32 | ~float64](value, overlap T) T {
	return max(value, 0.55*value+0.45*min(1, overlap))
}

// personRules reports whether the rules for names of people hold: they leave out words.
func (c *comparison) personRules() bool {
	return c.class == Person ||
		c.class == Any && !c.n.hasRole(generic, orgForm) && !c.m.hasRole(generic, orgForm)
}

// penalised lets the words that only one name has speak against. Names of people leave
// out words; of groups, a word more is another group.
func (c *comparison) penalised(value float64) float64 {
	a, b := c.unmatched()
	switch {
	case a > 0 && b > 0 && min(a, b) >= 0.5:
		return min(value*(1-0.25*min(a, b)), eachExtra)
	case max(a, b) > 0.2 && !c.personRules():
		return min(value*(1-0.25*min(a, b)), oneExtra)
	}
	return value * (1 - 0.25*min(a, b))
}

// Bounds of comparing as one word.
const (
	leastJoined           = 5 // sounds of each
	leastJoinedSimilarity = 0.85
	certainMatch          = 0.9 // words that are so similar are not parted elsewhere
)

// scoreJoined: words that are parted elsewhere in the other name. Those that are paired
// for certain stand by themselves; the rest is compared as one word.
func (c *comparison) scoreJoined() {
	a, countA, weightA := c.uncertainPhones(c.n, false)
	b, countB, weightB := c.uncertainPhones(c.m, true)
	if countA == countB || min(len(a), len(b)) < leastJoined {
		return
	}
	sim := phoneticSimilarity(a, b)
	if sim <= leastJoinedSimilarity {
		return
	}
	found := 0.0
	for _, p := range c.pairs {
		if p.sim >= certainMatch {
			found += (c.weight(c.n, p.i) + c.weight(c.m, p.j)) * p.sim
		}
	}
	c.raiseTo((found+(weightA+weightB)*(sim-0.03))/(c.total(c.n)+c.total(c.m)), byJoinedWords)
}

// uncertainPhones are the sounds of the words of a name that are not paired for certain.
func (c *comparison) uncertainPhones(n *Name, second bool) (sound []phone, words int, weight float64) {
	for i, t := range n.tokens {
		if !t.isStopWord() && c.pairSimilarity(i, second) < certainMatch {
			sound, words, weight = append(sound, t.phones...), words+1, weight+c.weight(n, i)
		}
	}
	return sound, words, weight
}

// SamePlace reports whether two names may be of one place, whatever sort of place each
// says that it is: Khuzdar, Khuzdar District; Iran, Islamic Republic of Iran.
func SamePlace(a, b string) bool {
	n, m := Parse(a), Parse(b)
	c := compare(Place, &n, &m)
	if c.value >= Suggested {
		return true
	}
	specific := slices.ContainsFunc(c.pairs, func(p pair) bool {
		return p.sim >= Suggested && !c.n.tokens[p.i].isGenericTerm()
	})
	return specific && c.onlyGenericTerms(c.n, false) && c.onlyGenericTerms(c.m, true)
}

// isGenericTerm reports whether a word says what sort of thing a name is of.
func (t *token) isGenericTerm() bool { return t.role == generic || t.role == orgForm || t.isStopWord() }

// onlyGenericTerms reports whether the words of a name that are in no pair say only what
// sort of place it is.
func (c *comparison) onlyGenericTerms(n *Name, second bool) bool {
	for i, t := range n.tokens {
		if c.pairSimilarity(i, second) == 0 && !t.isGenericTerm() {
			return false
		}
	}
	return true
}
