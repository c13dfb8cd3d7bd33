package names

import (
	"math"
	"strings"
)

// phone is one sound of a word; vowels are told apart little, for spellings do.
type phone = byte

// spellings are groups of letters that stand for one sound, the longer first.
var spellings = []struct{ from, to string }{
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

// cost is what differs between sounds, in hundredths of a consonant.
type cost int32

// weight is what a sound costs when it is not there.
func weight(p phone) cost {
	switch {
	case isVowel(p):
		return 20
	case isWeak(p):
		return 30
	}
	return 100
}

// near are consonants that spellings and scripts give for one another, and what it
// costs.
var near = map[string]cost{
	"sS": 35, "sz": 40, "zZ": 30, "zd": 45, "td": 50, "jg": 50, "jZ": 30, "jC": 50, "SC": 50, "kg": 50, "bp": 40, "fp": 50, "wb": 60, "wf": 50, "st": 50,
	"mn": 60, "wu": 10, "wo": 10, "yi": 5, "ye": 10, "lr": 80, "kh": 50, "ya": 20, "jy": 50, "ha": 20, "he": 20,
}

// swaps is what it costs to read one sound for another.
var swaps = func() *[128][128]cost {
	var m [128][128]cost
	for a := range m {
		for b := range m {
			p, q := phone(a), phone(b)
			switch {
			case p == q:
			case isVowel(p) && isVowel(q):
				m[a][b] = 12
			default:
				m[a][b] = max(weight(p), weight(q), 50)
			}
		}
	}
	for pair, cost := range near {
		m[pair[0]][pair[1]], m[pair[1]][pair[0]] = cost, cost
	}
	return &m
}()

// costs is what it costs when a sound is not there.
var costs = func() *[128]cost {
	var m [128]cost
	for c := range m {
		m[c] = weight(phone(c))
	}
	return &m
}()

// bones are the sounds of a word that every spelling and script gives: its
// consonants without h, y and w, alike ones as one.
func bones(p []phone) string {
	out := make([]phone, 0, len(p))
	for _, c := range p {
		if isWeak(c) {
			continue
		}
		c = boneFor(c)
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

var boneOf = map[phone]phone{'S': 's', 'z': 's', 'Z': 's', 'C': 's', 'd': 't', 'j': 'k', 'g': 'k', 'p': 'b', 'f': 'b'}

// heard is the weight of all sounds of a word.
func heard(p []phone) (sum cost) {
	for _, c := range p {
		sum += weight(c)
	}
	return sum
}

// alike is 1 for words that sound alike, falling to 0: one less the cost of making one
// of the other over the greater weight. Two neighbours that changed places cost as one
// mistake.
func alike(a, b []phone) float64 {
	whole, _ := distances(a, b, math.MaxInt32)
	return likeness(whole, heard(a), heard(b))
}

func likeness(distance, a, b cost) float64 {
	most := max(a, b)
	if most == 0 {
		return 0
	}
	return max(0, 1-float64(distance)/float64(max(most, 100)))
}

// mostSounds is how many sounds of a word are compared.
const mostSounds = 62

// rows are what is needed to work out a distance.
type rows [3][mostSounds + 1]cost

// distances is the least cost of making the one of the other, and of making it of a
// beginning of the other; as much as can be where it is surely above most.
func distances(a, b []phone, most cost) (whole, start cost) {
	var r rows
	return r.distances(a, b, most)
}

func (r *rows) distances(a, b []phone, most cost) (whole, start cost) {
	a, b = a[:min(len(a), mostSounds)], b[:min(len(b), mostSounds)]
	before, last, row := &r[0], &r[1], &r[2]
	last[0] = 0
	for j, c := range b {
		last[j+1] = last[j] + costs[c&127]
	}
	lastLeast := cost(0)
	for i, c := range a {
		own, swap := costs[c&127], &swaps[c&127]
		row[0] = last[0] + own
		rowLeast := row[0]
		for j, d := range b {
			least := min(last[j]+swap[d&127], last[j+1]+own, row[j]+costs[d&127])
			if i > 0 && j > 0 && c == b[j-1] && a[i-1] == d {
				least = min(least, before[j-1]+(own+costs[d&127])/2)
			}
			row[j+1] = least
			rowLeast = min(rowLeast, least)
		}
		if rowLeast > most && lastLeast > most {
			return math.MaxInt32, math.MaxInt32
		}
		lastLeast = rowLeast
		before, last, row = last, row, before
	}
	start = last[0]
	for j := range b {
		start = min(start, last[j+1])
	}
	return last[len(b)], start
}
