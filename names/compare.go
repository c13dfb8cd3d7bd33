package names

import (
	"fmt"
	"slices"
	"strings"
)

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

// Compare scores two names of a class. It is symmetric, and 1 for names that are
// written the same but for case, accents and signs.
func Compare(class Class, a, b string) Score { return Parse(a).Compare(class, Parse(b)) }

// Compare is Compare of names that are ready.
func (n Name) Compare(class Class, m Name) Score {
	if len(n.tokens) == 0 || len(m.tokens) == 0 {
		return Score{Features: []Feature{}}
	}
	if n.text > m.text { // the same either way round
		n, m = m, n
	}
	if n.text == m.text && n.script == m.script {
		return Score{1, []Feature{{"same", "The names are the same but for case, accents and signs.", 1}}}
	}
	s := Score{Features: []Feature{}}
	s.acronym(n, m)
	s.words(class, n, m)
	s.joined(n, m)
	s.Value = min(s.Value, 0.99)
	return s
}

// take gives the score a reason that makes it value, if that is more.
func (s *Score) take(value float64, features ...Feature) {
	if value > s.Value {
		s.Value, s.Features = value, features
	}
}

// acronym: one is the first letters of the other.
func (s *Score) acronym(n, m Name) {
	for _, pair := range [][2]Name{{n, m}, {m, n}} {
		short, long := strings.ReplaceAll(pair[0].text, " ", ""), pair[1]
		if len(short) < 2 || len(short) > 8 || len(long.tokens) < 2 || len(pair[0].tokens) > 2 || len(pair[0].tokens) == len(long.tokens) {
			continue
		}
		switch {
		case short == long.initials || short == long.allInitials:
			s.take(0.9, Feature{"acronym", fmt.Sprintf("%q is the first letters of the other name.", short), 0.9})
		case len(short) > 2 && (strings.HasPrefix(long.initials, short) || strings.HasPrefix(long.allInitials, short) || inOrder(short, long)):
			s.take(0.75, Feature{"acronym-in-part", fmt.Sprintf("%q is the first letters of some of the words of the other name, in their order.", short), 0.75})
		}
	}
}

// inOrder reports whether letters are the first ones of the words that are no
// particles, but for one that is passed over.
func inOrder(letters string, long Name) bool {
	at := 0
	for i := range len(long.initials) {
		if at < len(letters) && letters[at] == long.initials[i] {
			at++
		}
	}
	return at == len(letters) && len(long.initials) <= len(letters)+1
}

// pair is two words that go together.
type pair struct {
	i, j int
	sim  float64
}

// words: how much of both names goes together, word by word, in any order.
func (s *Score) words(class Class, n, m Name) {
	pairs := match(n.tokens, m.tokens)
	var told, lost []Feature
	found := 0.0
	strong := 0
	for _, p := range pairs {
		a, b := n.tokens[p.i], m.tokens[p.j]
		w := (a.weight + b.weight) / 2
		found += w * p.sim
		if a.role == plain && b.role == plain && a.weight > 0.4 && b.weight > 0.4 {
			strong++
		}
		told = append(told, because(a, b, p.sim, w))
	}
	all := total(n.tokens) + total(m.tokens)
	if all == 0 {
		return
	}
	value := 2 * found / all
	lessA, lessB := total(n.tokens), total(m.tokens)
	least := min(lessA, lessB)
	if cover := found / least; strong >= 2 || class == Person && strong >= 1 && cover > 0.95 && least >= 1 {
		value = 0.55*value + 0.45*cover*min(1, 0.5+0.25*float64(strong))
	}
	lost, value = against(n, m, pairs, value)
	s.take(value, append(told, lost...)...)
}

func total(list []token) (sum float64) {
	for _, t := range list {
		sum += t.weight
	}
	return sum
}

// leastAlike is how alike two words must sound to go together at all. Those that only
// just do count for less than their likeness: Rahim is not Rahman.
const leastAlike = 0.68

// match pairs the words that sound most alike, each once, best first.
func match(a, b []token) []pair {
	var all []pair
	for i := range a {
		for j := range b {
			if a[i].weight == 0 || b[j].weight == 0 {
				continue
			}
			if sim := similar(a[i], b[j]); sim >= leastAlike {
				all = append(all, pair{i, j, sim - 0.7*max(0, 0.85-sim)})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y pair) int {
		switch {
		case x.sim > y.sim:
			return -1
		case x.sim < y.sim:
			return 1
		}
		return 0
	})
	var out []pair
	usedA, usedB := map[int]bool{}, map[int]bool{}
	for _, p := range all {
		if !usedA[p.i] && !usedB[p.j] {
			usedA[p.i], usedB[p.j] = true, true
			out = append(out, p)
		}
	}
	return out
}

// similar is how alike two words sound. Short words of one bone are alike only when
// they are spelt so.
func similar(a, b token) float64 {
	if a.text == b.text {
		return 1
	}
	sim := alike(a.phones, b.phones)
	across := a.script != b.script
	if a.bones != "" && a.bones == b.bones && len(a.bones) >= 2 {
		least := 0.86
		if across {
			least = 0.93
		}
		if sim > 0.5 {
			sim = max(sim, least)
		}
	}
	if len(a.phones) > 0 && len(b.phones) > 0 && swap(a.phones[0], b.phones[0]) > 0.5 {
		sim -= 0.08
	}
	if len(a.bones) < 2 || len(b.bones) < 2 {
		sim -= 0.05
	}
	if (len(a.text) == 1) != (len(b.text) == 1) { // an initial
		if a.text[0] == b.text[0] && a.role == plain && b.role == plain {
			return 0.7
		}
	}
	return sim
}

func because(a, b token, sim, weight float64) Feature {
	switch {
	case a.text == b.text:
		return Feature{"same-word", fmt.Sprintf("Both have %q.", a.text), weight}
	case a.script != b.script:
		return Feature{"same-sound-across-scripts", fmt.Sprintf("%q and %q sound alike across scripts (%.2f).", a.text, b.text, sim), weight * sim}
	case a.bones == b.bones:
		return Feature{"same-consonants", fmt.Sprintf("%q and %q have the same consonants (%.2f).", a.text, b.text, sim), weight * sim}
	}
	return Feature{"like-sound", fmt.Sprintf("%q and %q sound alike (%.2f).", a.text, b.text, sim), weight * sim}
}

// against are the words of either name that nothing of the other goes with. Two
// names that each have a word of their own where the other has another are rather
// of two.
func against(n, m Name, pairs []pair, value float64) (out []Feature, left float64) {
	a, b := unpaired(n, pairs, func(p pair) int { return p.i }), unpaired(m, pairs, func(p pair) int { return p.j })
	for _, t := range append(slices.Clone(a), b...) {
		out = append(out, Feature{"word-of-one", fmt.Sprintf("Only one has %q.", t.text), -t.weight})
	}
	if len(a) > 0 && len(b) > 0 {
		cost := min(heaviest(a), heaviest(b))
		value *= 1 - 0.25*cost
		out = append(out, Feature{"words-differ", "Each has a word that the other has not.", -0.25 * cost})
	}
	return out, value
}

// unpaired are the words of a name, but titles and particles, that are in no pair.
func unpaired(n Name, pairs []pair, side func(pair) int) (out []token) {
	for i, t := range n.tokens {
		if t.weight > 0.3 && !slices.ContainsFunc(pairs, func(p pair) bool { return side(p) == i }) {
			out = append(out, t)
		}
	}
	return out
}

func heaviest(list []token) (w float64) {
	for _, t := range list {
		w = max(w, t.weight)
	}
	return w
}

// joined: names that are parted into words elsewhere.
func (s *Score) joined(n, m Name) {
	if len(n.tokens) == len(m.tokens) || min(len(n.joined), len(m.joined)) < 5 {
		return
	}
	if sim := alike(n.joined, m.joined); sim > 0.85 {
		s.take(sim-0.03, Feature{"same-sound-as-one-word", fmt.Sprintf("Written as one word they sound alike (%.2f).", sim), sim})
	}
}

// FoundIn scores how far every word of a name that is searched for is found in
// another, whatever else that has: at most 0.95, for less is known than of whole
// names. 0 when a word that tells names apart is not found.
func (n Name) FoundIn(m Name) Score {
	all := total(n.tokens)
	if all == 0 {
		return Score{Features: []Feature{}}
	}
	s := Score{Features: []Feature{}}
	found := map[int]bool{}
	for _, p := range match(n.tokens, m.tokens) {
		a, b := n.tokens[p.i], m.tokens[p.j]
		if len(a.text) < 3 && a.text != b.text {
			continue
		}
		found[p.i] = true
		s.Value += a.weight * p.sim
		s.Features = append(s.Features, because(a, b, p.sim, a.weight))
	}
	for i, t := range n.tokens {
		if t.weight >= 0.5 && !found[i] {
			return Score{Features: []Feature{}}
		}
	}
	s.Value = 0.9*s.Value/all + 0.05*min(1, all/max(total(m.tokens), 0.1))
	return s
}
