package names

import "strings"

// leastAlike is how alike two words must sound to go together at all. Those that only
// just do count for less than their likeness: Rahim is not Rahman.
const leastAlike = 0.68

// mostApart is how much may differ of words that go together, however long they are.
const mostApart cost = 160

// together is how far two words go together, from 0 for not at all to 1.
func together(a, b *token) float64 {
	sim := similar(a, b)
	if sim < leastAlike {
		return 0
	}
	return sim - 0.7*max(0, 0.85-sim)
}

// similar is how alike two words are: spelt or sounding alike, or one the English for
// the other.
func similar(a, b *token) float64 {
	switch {
	case a.text == b.text:
		return 1
	case a.means.translates(b.means):
		return 0.92
	case a.isNumber() || b.isNumber() || a.given != 0 && b.given != 0 && a.given != b.given:
		return 0
	case a.given != 0 && a.given == b.given:
		return 0.97
	case a.isLetters() || b.isLetters():
		return 0
	case a.means.synonym(b.means) || a.role == form && b.role == form:
		return 0.9
	case a.role == where && b.role == where && sameCountry(a, b):
		return 0.88
	case (len(a.text) == 1) != (len(b.text) == 1):
		return initial(a, b)
	}
	whole, _ := distances(a.phones, b.phones, mostApart)
	if whole > mostApart {
		return 0
	}
	return sounding(a, b, likeness(whole, a.heard, b.heard))
}

// sameCountry reports whether two words are of one country or its people: Baloch,
// Balochistan.
func sameCountry(a, b *token) bool {
	return min(len(a.bones), len(b.bones)) > 1 && a.phones[0] == b.phones[0] && (strings.HasPrefix(a.bones, b.bones) || strings.HasPrefix(b.bones, a.bones))
}

// initial is how alike a word and a single letter are.
func initial(a, b *token) float64 {
	if a.text[0] == b.text[0] && a.role == plain && b.role == plain {
		return 0.7
	}
	return 0
}

// sounding corrects how alike two words sound. Words of the same bones are alike;
// those of one bone, only when they are spelt so. Words rarely lose their first
// consonant.
func sounding(a, b *token, sim float64) float64 {
	if sim > 0.5 && a.bones == b.bones && len(a.bones) >= 2 {
		sim = max(sim, sameBones(a, b))
	}
	if sim > 0.5 && a.means.kindred(b.means) {
		return max(sim, 0.88) // Dawa, Dawat
	}
	if len(a.phones) > 0 && len(b.phones) > 0 {
		p, q := a.phones[0], b.phones[0]
		switch {
		case a.script == b.script && isWeak(p) != isWeak(q):
			sim -= 0.1
		case swaps[p&127][q&127] > 50:
			sim -= 0.08
		}
	}
	if len(a.bones) < 2 || len(b.bones) < 2 {
		sim -= 0.05
	}
	if a.script == b.script && min(len(a.text), len(b.text)) <= 3 {
		sim -= 0.15 // too short for a slip to be told from another word
	}
	return sim
}

// sameBones is how alike words of the same bones are at least. Across scripts, of which
// one may write no vowels, they are more so, the more bones there are.
func sameBones(a, b *token) float64 {
	switch {
	case a.script == b.script:
		return 0.8
	case len(a.bones) == 2:
		return 0.88
	}
	return 0.93
}

// isLetters reports whether a word is letters that are spelt out, such as LJ and CTD.
func (t *token) isLetters() bool {
	return t.script == Latin && len(t.text) > 1 && len(t.text) < 5 && !strings.ContainsAny(t.text, "aeiouy")
}

// begins is how far a word goes together with a beginning of another.
func begins(a, b *token) float64 {
	if len(a.text) < 2 || a.isNumber() || b.isNumber() {
		return 0
	}
	if strings.HasPrefix(b.text, a.text) {
		return 1
	}
	_, start := distances(a.phones, b.phones, max(a.heard, 100))
	if sim := likeness(start, a.heard, 0); len(a.text) > 2 && sim >= 0.8 && a.phones[0] == b.phones[0] {
		return sim - 0.05
	}
	return 0
}
