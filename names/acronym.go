package names

import "slices"

// longestShort is how many letters a name may have to be the first letters of another.
const longestShort = 8

// isShort reports whether a name may be the first letters of another.
func (n *Name) isShort() bool {
	letters := 0
	for _, t := range n.tokens {
		letters += len(t.text)
	}
	return letters >= 2 && letters <= longestShort && len(n.tokens) <= 3
}

// letters are the letters of a name without the spaces.
func (n *Name) letters() string {
	out := make([]byte, 0, longestShort)
	for _, t := range n.tokens {
		out = append(out, t.text...)
	}
	return string(out)
}

// abbreviation says how a short name goes with a long one.
type abbreviation struct{ whole, part bool }

// abbreviates finds out whether a name is the first letters of the words of another,
// in their order. Articles, "of" and the like, and "group", may be passed over. Two
// letters are enough only for names of groups and places, since too many people have
// them.
func (n *Name) abbreviates(long Name) (got abbreviation) {
	short := n.letters()
	if len(long.tokens) < 2 || len(n.tokens) == len(long.tokens) || len(short) == 2 && !long.hasRole(generic, where, particle) {
		return got
	}
	// Bit k says that k letters are used up: with all words that tell so far, and with
	// one of them passed over.
	at, passed := uint32(1), uint32(0)
	for i, t := range long.tokens {
		at, passed = step(short, t, at, passed)
		got.part = got.part || i < len(long.tokens)-1 && at>>len(short)&1 == 1
	}
	got.whole = at>>len(short)&1 == 1
	got.part = !got.whole && len(short) > 2 && (got.part || passed>>len(short)&1 == 1)
	return got
}

// step goes on by one word of the long name; bit k of at says that k letters are used.
func step(short string, t *token, at, passed uint32) (nextAt, nextPassed uint32) {
	for k := range len(short) {
		if short[k] != t.text[0] {
			continue
		}
		nextAt |= at & (1 << k) << 1
		nextPassed |= passed & (1 << k) << 1
	}
	if t.optional() {
		return nextAt | at, nextPassed | passed
	}
	return nextAt, nextPassed | at
}

// optional reports whether a word may be passed over in first letters.
func (t *token) optional() bool {
	return t.empty() || t.role == form || t.after || t.text == "province" || t.text == "wilayat"
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

// mostOptional bounds in how many ways the first letters of a name are kept.
const mostOptional = 4

// firstLetters are the short forms that a name may have.
func (n *Name) firstLetters() []string {
	forms := []string{""}
	spare := mostOptional
	for _, t := range n.tokens {
		may := t.optional()
		var next []string
		for _, f := range forms {
			if may {
				next = append(next, f)
			}
			if (!may || spare > 0) && len(f) < longestShort {
				next = append(next, f+t.text[:1])
			}
		}
		if may {
			spare--
		}
		forms = next
	}
	slices.Sort(forms)
	return slices.DeleteFunc(slices.Compact(forms), func(f string) bool { return len(f) < 2 })
}
