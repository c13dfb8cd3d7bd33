package names

import "strings"

// leastSimilarity is how alike two words must be to be similar at all. Those that only
// just are count for less than they sound alike: Rahim is not Rahman.
const leastSimilarity = 0.68

// mostDistance is how far apart similar words may be, however long they are.
const mostDistance cost = 160

// similarity is how similar two words are, from 0 for not at all to 1.
func similarity(a, b *token) float64 {
	sim := rawSimilarity(a, b)
	if sim < leastSimilarity {
		return 0
	}
	return sim - 0.7*max(0, 0.85-sim)
}

// rawSimilarity is how alike two words are: spelt or sounding alike, or one the English
// for the other.
func rawSimilarity(a, b *token) float64 {
	switch {
	case a.text == b.text:
		return 1
	case a.gloss.translates(b.gloss):
		return 0.92
	case a.isNumber() || b.isNumber() || a.given != 0 && b.given != 0 && a.given != b.given:
		return 0
	case a.given != 0 && a.given == b.given:
		return 0.97
	case a.isInitialism() || b.isInitialism():
		return 0
	case a.gloss.sharesEnglish(b.gloss) || a.role == orgForm && b.role == orgForm:
		return 0.9
	case a.role == geographic && b.role == geographic && sameCountry(a, b):
		return 0.88
	case (len(a.text) == 1) != (len(b.text) == 1):
		return initialSimilarity(a, b)
	}
	whole, _ := distances(a.phones, b.phones, mostDistance)
	if whole > mostDistance {
		return 0
	}
	return adjusted(a, b, normalised(whole, a.soundWeight, b.soundWeight))
}

// sameCountry reports whether two words are of one country or its people: Baloch,
// Balochistan.
func sameCountry(a, b *token) bool {
	return min(len(a.skeleton), len(b.skeleton)) > 1 && a.phones[0] == b.phones[0] &&
		(strings.HasPrefix(a.skeleton, b.skeleton) || strings.HasPrefix(b.skeleton, a.skeleton))
}

// initialSimilarity is that of a word and a single letter.
func initialSimilarity(a, b *token) float64 {
	if a.text[0] == b.text[0] && a.role == plain && b.role == plain {
		return 0.7
	}
	return 0
}

// adjusted corrects how alike two words sound. Words of the same skeleton are similar;
// those of one consonant, only when they are spelt so. Words rarely lose their first
// consonant.
func adjusted(a, b *token, sim float64) float64 {
	if sim > 0.5 && a.skeleton == b.skeleton && len(a.skeleton) >= 2 {
		sim = max(sim, skeletonSimilarity(a, b))
	}
	if sim > 0.5 && a.gloss.sharesNative(b.gloss) {
		return max(sim, 0.88) // Dawa, Dawat
	}
	if len(a.phones) > 0 && len(b.phones) > 0 {
		p, q := a.phones[0], b.phones[0]
		switch {
		case a.script == b.script && isWeak(p) != isWeak(q):
			sim -= 0.1
		case substitutionCost[p&127][q&127] > 50:
			sim -= 0.08
		}
	}
	if len(a.skeleton) < 2 || len(b.skeleton) < 2 {
		sim -= 0.05
	}
	if a.script == b.script && min(len(a.text), len(b.text)) <= 3 {
		sim -= 0.15 // too short for a slip to be told from another word
	}
	return sim
}

// skeletonSimilarity is how similar words of the same skeleton are at least. Across
// scripts, of which one may write no vowels, they are more so, the longer it is.
func skeletonSimilarity(a, b *token) float64 {
	switch {
	case a.script == b.script:
		return 0.8
	case len(a.skeleton) == 2:
		return 0.88
	}
	return 0.93
}

// prefixSimilarity is how similar a word is to a beginning of another.
func prefixSimilarity(a, b *token) float64 {
	if len(a.text) < 2 || a.isNumber() || b.isNumber() {
		return 0
	}
	if strings.HasPrefix(b.text, a.text) {
		return 1
	}
	_, prefix := distances(a.phones, b.phones, max(a.soundWeight, 100))
	sim := normalised(prefix, a.soundWeight, 0)
	if len(a.text) > 2 && sim >= 0.8 && a.phones[0] == b.phones[0] {
		return sim - 0.05
	}
	return 0
}
