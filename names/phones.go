package names

import "strings"

// phone is one sound of a word; vowels are told apart little, for spellings do.
type phone = byte

// graphemes are groups of letters that stand for one sound, the longer first.
var graphemes = []struct{ from, to string }{
	{"dzh", "j"},
	{"tch", "C"},
	{"sch", "S"},
	{"dsch", "j"},
	{"sh", "S"},
	{"ch", "C"},
	{"kh", "k"},
	{"gh", "g"},
	{"th", "t"},
	{"dh", "d"},
	{"ph", "f"},
	{"bh", "b"},
	{"jh", "j"},
	{"zh", "Z"},
	{"dj", "j"},
	{"dz", "z"},
	{"ts", "s"},
	{"tz", "z"},
	{"ck", "k"},
	{"cq", "k"},
	{"qu", "k"},
	{"ya", "ia"},
	{"yu", "iu"},
	{"ee", "i"},
	{"ii", "i"},
	{"ea", "i"},
	{"oo", "u"},
	{"ou", "u"},
	{"uu", "u"},
	{"aa", "a"},
	{"ai", "e"},
	{"ay", "e"},
	{"ei", "e"},
	{"ey", "e"},
	{"ae", "e"},
	{"au", "o"},
	{"aw", "o"},
	{"ow", "o"},
	{"oe", "o"},
	{"ie", "i"},
}

// phones are the sounds of a word. Doubled letters are one; h is dropped where it is
// not heard everywhere: after a vowel and at the end.
func phones(text string) []phone {
	out := make([]phone, 0, len(text))
	for len(text) > 0 {
		from, to := nextPhone(text)
		text = text[from:]
		for i := range len(to) {
			p := to[i]
			if len(out) > 0 && out[len(out)-1] == p {
				continue
			}
			out = append(out, p)
		}
	}
	return out
}

// nextPhone is how many letters the first sound takes, and the sound.
func nextPhone(text string) (int, string) {
	for _, s := range graphemes {
		if strings.HasPrefix(text, s.from) {
			return len(s.from), s.to
		}
	}
	switch c := text[0]; c {
	case 'q':
		return 1, "k"
	case 'c':
		if len(text) > 1 && (text[1] == 'e' || text[1] == 'i' || text[1] == 'y') {
			return 1, "s"
		}
		return 1, "k"
	case 'x':
		return 1, "ks"
	case 'v':
		return 1, "w"
	default:
		return 1, text[:1]
	}
}

func isVowel(p phone) bool { return p == 'a' || p == 'e' || p == 'i' || p == 'o' || p == 'u' }

// isWeak reports whether a sound comes and goes between spellings and scripts.
func isWeak(p phone) bool { return isVowel(p) || p == 'h' || p == 'y' || p == 'w' }

// skeleton are the sounds of a word that every spelling and script gives: its consonants
// without h, y and w, as the letters of their classes, equal ones in a row as one.
// Lashkar and Laskar are both lskr.
func skeleton(p []phone) string {
	out := make([]phone, 0, len(p))
	for _, c := range p {
		if isWeak(c) {
			continue
		}
		c = consonantClass(c)
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

// consonantClasses are consonants that are often confused, and the one that stands for
// them in skeletons.
var consonantClasses = map[phone]phone{
	'S': 's', 'z': 's', 'Z': 's', 'C': 's', 'd': 't', 'j': 'k', 'g': 'k', 'p': 'b', 'f': 'b',
}

func consonantClass(c phone) phone {
	if to, ok := consonantClasses[c]; ok {
		return to
	}
	return c
}
