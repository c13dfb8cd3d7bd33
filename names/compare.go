package names

import "math"

// Feature is one reason for a score.
type Feature struct {
	// Name is stable and made for programs: "same-words".
	Name string
	// Text says it in a sentence.
	Text string
	// Weight is how much it counts for (above 0) or against (below 0).
	Weight float64
}

// Score says how likely two names are to be of one and the same, from 0 to 1, and why.
type Score struct {
	Value    float64
	Features []Feature
}

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

// comparison is two names held against each other, the lesser one first.
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
	byJoining
)

func compare(class Class, n, m *Name) *comparison {
	best := compareOne(class, n, m)
	for i := range n.others {
		best = best.orBetter(compare(class, &n.others[i], m))
	}
	for j := range m.others {
		best = best.orBetter(compareOne(class, n, &m.others[j]))
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
	return held(class, n, m, func(i, j int) float64 { return together(n.tokens[i], m.tokens[j]) })
}

// held compares two names of which it is known how far their words go together.
func held(class Class, n, m *Name, like func(i, j int) float64) *comparison {
	c := &comparison{class: class, n: n, m: m}
	if len(n.tokens) == 0 || len(m.tokens) == 0 {
		return c
	}
	if n.equals(m) {
		c.value, c.by = 1, byEquality
		return c
	}
	c.pairs = match(n, m, like)
	c.words()
	c.acronym(n, m)
	c.acronym(m, n)
	c.joining()
	c.value = rounded(min(c.value, notEqual))
	return c
}

// rounded is a score to four decimals: more say nothing.
func rounded(value float64) float64 { return math.Round(value*1e4) / 1e4 }

// take gives the comparison a value, if it is more.
func (c *comparison) take(value float64, by rule) {
	if value > c.value {
		c.value, c.by = value, by
	}
}

func (c *comparison) acronym(short, long *Name) {
	if !short.isShort() || c.class == Place && long.hasRole(generic) {
		return
	}
	switch got := short.abbreviates(*long); {
	case got.whole && len(short.letters()) == 2:
		c.take(shortAcronym, byAcronym)
	case got.whole:
		c.take(wholeAcronym, byAcronym)
	case got.part:
		c.take(partAcronym, byAcronymInPart)
	}
}

// pair is two words that go together.
type pair struct {
	i, j int
	sim  float64
}

// match pairs the words that are most alike, each once, best first.
func match(n, m *Name, like func(i, j int) float64) []pair {
	var all, out []pair
	for i := range n.tokens {
		if n.weight(i) == 0 {
			continue
		}
		for j := range m.tokens {
			if m.weight(j) == 0 {
				continue
			}
			if sim := like(i, j); sim > 0 {
				all = append(all, pair{i, j, sim})
			}
		}
	}
	for len(all) > 0 {
		best := 0
		for k := range all {
			if all[k].sim > all[best].sim {
				best = k
			}
		}
		p := all[best]
		out = append(out, p)
		left := all[:0]
		for _, q := range all {
			if q.i != p.i && q.j != p.j {
				left = append(left, q)
			}
		}
		all = left
	}
	return out
}

// words: how much of both names goes together, word by word, in any order.
func (c *comparison) words() {
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
	if strong >= 2 && least >= leastCovered {
		value = covered(value, found/least)
	}
	c.take(c.held(value), byWords)
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

// leastCovered is how much a name must say for it to count that the other has all of
// it.
const leastCovered = 1.5

// covered raises the value of names of which one has most of what the other has.
func covered[T ~float32 | ~float64](value, cover T) T {
	return max(value, 0.55*value+0.45*min(1, cover))
}

// personal reports whether the rules for names of people hold: they leave out words.
func (c *comparison) personal() bool {
	return c.class == Person || c.class == Any && !c.n.hasRole(generic, form) && !c.m.hasRole(generic, form)
}

// held lets the words that only one name has speak against. Names of people leave out
// words; of groups, a word more is another group.
func (c *comparison) held(value float64) float64 {
	a, b := c.alone()
	switch {
	case a > 0 && b > 0 && min(a, b) >= 0.5:
		return min(value*(1-0.25*min(a, b)), eachExtra)
	case max(a, b) > 0.2 && !c.personal():
		return min(value*(1-0.25*min(a, b)), oneExtra)
	}
	return value * (1 - 0.25*min(a, b))
}

// alone is the weight of the heaviest word of each name that is in no pair.
func (c *comparison) alone() (a, b float64) {
	return c.heaviest(c.n, false), c.heaviest(c.m, true)
}

func (c *comparison) heaviest(n *Name, second bool) (w float64) {
	for i := range n.tokens {
		if c.likenessOf(i, second) == 0 {
			w = max(w, c.weight(n, i))
		}
	}
	return w
}

// likenessOf is how far a word, of the second name or of the first, goes with its
// pair; 0 when it is in none.
func (c *comparison) likenessOf(i int, second bool) float64 {
	for _, p := range c.pairs {
		if second && p.j == i || !second && p.i == i {
			return p.sim
		}
	}
	return 0
}

// Bounds of comparing as one word.
const (
	leastJoined      = 5 // sounds of each
	leastJoinedAlike = 0.85
	surely           = 0.9 // words that go together so far are not parted elsewhere
)

// joining: words that are parted elsewhere in the other name. Those that surely go
// together stand by themselves; the rest is compared as one word.
func (c *comparison) joining() {
	a, countA, weightA := c.rest(c.n, false)
	b, countB, weightB := c.rest(c.m, true)
	if countA == countB || min(len(a), len(b)) < leastJoined {
		return
	}
	sim := alike(a, b)
	if sim <= leastJoinedAlike {
		return
	}
	found := 0.0
	for _, p := range c.pairs {
		if p.sim >= surely {
			found += (c.weight(c.n, p.i) + c.weight(c.m, p.j)) * p.sim
		}
	}
	c.take((found+(weightA+weightB)*(sim-0.03))/(c.total(c.n)+c.total(c.m)), byJoining)
}

// rest is what of a name does not surely go with a word of the other.
func (c *comparison) rest(n *Name, second bool) (sound []phone, words int, weight float64) {
	for i, t := range n.tokens {
		if !t.empty() && c.likenessOf(i, second) < surely {
			sound, words, weight = append(sound, t.phones...), words+1, weight+c.weight(n, i)
		}
	}
	return sound, words, weight
}
