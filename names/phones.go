package names

import "strings"

// phone is one sound of a word; vowels are told apart little, for spellings do.
type phone = byte

// spellings are groups of letters that stand for one sound, the longer first.
var spellings = []struct{ from, to string }{
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
		from, to := next(text)
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

// next is how many letters the first sound takes, and the sound.
func next(text string) (int, string) {
	for _, s := range spellings {
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

// weight is what a sound costs when it is not there.
func weight(p phone) float64 {
	switch {
	case isVowel(p):
		return 0.2
	case isWeak(p):
		return 0.3
	}
	return 1
}

// near are consonants that spellings and scripts give for one another.
var near = func() map[[2]phone]float64 {
	m := map[[2]phone]float64{}
	for pair, cost := range map[string]float64{
		"sS": 0.35, "sz": 0.4, "zZ": 0.3, "zd": 0.45, "td": 0.5, "jg": 0.5, "jZ": 0.3, "jC": 0.5, "SC": 0.5, "kg": 0.5, "bp": 0.4, "fp": 0.5, "wb": 0.6, "wf": 0.5, "st": 0.5,
		"mn": 0.6, "wu": 0.1, "wo": 0.1, "yi": 0.05, "ye": 0.1, "lr": 0.8, "kh": 0.5, "ya": 0.2, "jy": 0.5,
	} {
		m[[2]phone{pair[0], pair[1]}], m[[2]phone{pair[1], pair[0]}] = cost, cost
	}
	return m
}()

// swap is what it costs to read one sound for another.
func swap(a, b phone) float64 {
	switch {
	case a == b:
		return 0
	case isVowel(a) && isVowel(b):
		return 0.12
	}
	if cost, ok := near[[2]phone{a, b}]; ok {
		return cost
	}
	return max(weight(a), weight(b), 0.5)
}

// bones are the sounds of a word that every spelling and script gives: its
// consonants without h, y and w, alike ones as one.
func bones(p []phone) string {
	out := make([]phone, 0, len(p))
	for _, c := range p {
		if isWeak(c) {
			continue
		}
		if to, ok := boneOf[c]; ok {
			c = to
		}
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

var boneOf = map[phone]phone{'S': 's', 'z': 's', 'Z': 's', 'C': 's', 'd': 't', 'j': 'k', 'g': 'k', 'p': 'b', 'f': 'b'}

// heard is the weight of all sounds of a word.
func heard(p []phone) (sum float64) {
	for _, c := range p {
		sum += weight(c)
	}
	return sum
}

// alike is 1 for words that sound alike, falling to 0: one less the cost of making one
// of the other over the greater weight. Two neighbours that changed places cost as one
// mistake.
func alike(a, b []phone) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	most := max(heard(a), heard(b))
	if most == 0 {
		return 0
	}
	return max(0, 1-distance(a, b)/max(most, 1))
}

// distance is the least cost of making one of the other.
func distance(a, b []phone) float64 {
	before, last, row := make([]float64, len(b)+1), make([]float64, len(b)+1), make([]float64, len(b)+1)
	for j, c := range b {
		last[j+1] = last[j] + weight(c)
	}
	for i, c := range a {
		row[0] = last[0] + weight(c)
		for j, d := range b {
			row[j+1] = min(last[j]+swap(c, d), last[j+1]+weight(c), row[j]+weight(d))
			if i > 0 && j > 0 && c == b[j-1] && a[i-1] == d {
				row[j+1] = min(row[j+1], before[j-1]+0.5*(weight(c)+weight(d)))
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
