package names

import "slices"

// longestAcronym is how many letters a name may have to be an acronym of another.
const longestAcronym = 8

// mayBeAcronym reports whether a name may be the first letters of another.
func (n *Name) mayBeAcronym() bool {
	letters := 0
	for _, t := range n.tokens {
		letters += len(t.text)
	}
	return letters >= 2 && letters <= longestAcronym && len(n.tokens) <= 3
}

// letters are the letters of a name without the spaces.
func (n *Name) letters() string {
	out := make([]byte, 0, longestAcronym)
	for _, t := range n.tokens {
		out = append(out, t.text...)
	}
	return string(out)
}

// acronymMatch says whether a name is an acronym of all words of another, or of a part.
type acronymMatch struct{ whole, part bool }

// abbreviates finds out whether a name is the first letters of the words of another,
// in their order. Articles, "of" and the like, and "group", may be passed over. Two
// letters are enough only for names of groups and places, since too many people have
// them.
func (n *Name) abbreviates(long Name) (got acronymMatch) {
	short := n.letters()
	if len(long.tokens) < 2 || len(n.tokens) == len(long.tokens) {
		return got
	}
	if len(short) == 2 && !long.hasRole(generic, geographic, particle) {
		return got
	}
	// Bit k says that k letters are used up: with all words that may not be skipped, and
	// with one of them skipped.
	at, skipped := uint32(1), uint32(0)
	for i, t := range long.tokens {
		at, skipped = acronymStep(short, t, at, skipped)
		got.part = got.part || i < len(long.tokens)-1 && at>>len(short)&1 == 1
	}
	got.whole = at>>len(short)&1 == 1
	got.part = !got.whole && len(short) > 2 && (got.part || skipped>>len(short)&1 == 1)
	return got
}

// acronymStep goes on by one word of the long name; bit k of at says that k letters are
// used.
func acronymStep(short string, t *token, at, skipped uint32) (nextAt, nextSkipped uint32) {
	for k := range len(short) {
		if short[k] != t.text[0] {
			continue
		}
		nextAt |= at & (1 << k) << 1
		nextSkipped |= skipped & (1 << k) << 1
	}
	if t.skippable() {
		return nextAt | at, nextSkipped | skipped
	}
	return nextAt, nextSkipped | at
}

// skippable reports whether a word may be left out of an acronym.
func (t *token) skippable() bool {
	return t.isStopWord() || t.role == orgForm || t.attached || t.text == "province" || t.text == "wilayat"
}

func (n *Name) hasRole(roles ...role) bool {
	for _, t := range n.tokens {
		for _, r := range roles {
			if t.role == r {
				return true
			}
		}
	}
	return false
}

// mostSkippable bounds of how many words both forms are kept, with and without them.
const mostSkippable = 4

// acronyms are those that a name may have.
func (n *Name) acronyms() []string {
	forms := []string{""}
	left := mostSkippable
	for _, t := range n.tokens {
		skippable := t.skippable()
		var next []string
		for _, f := range forms {
			if skippable {
				next = append(next, f)
			}
			if (!skippable || left > 0) && len(f) < longestAcronym {
				next = append(next, f+t.text[:1])
			}
		}
		if skippable {
			left--
		}
		forms = next
	}
	slices.Sort(forms)
	return slices.DeleteFunc(slices.Compact(forms), func(f string) bool { return len(f) < 2 })
}
