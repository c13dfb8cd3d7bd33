package names

import "math"

// cost is what differs between sounds, in hundredths of a consonant.
type cost int32

// phoneWeight is what a sound costs when it is not there.
func phoneWeight(p phone) cost {
	switch {
	case isVowel(p):
		return 20
	case isWeak(p):
		return 30
	}
	return 100
}

// soundWeight is the weight of all sounds of a word.
func soundWeight(p []phone) (sum cost) {
	for _, c := range p {
		sum += phoneWeight(c)
	}
	return sum
}

// confusable are sounds that spellings and scripts give for one another, and what it
// costs.
var confusable = map[string]cost{
	"sS": 35, "sz": 40, "zZ": 30, "zd": 45, "td": 50, "jg": 50, "jZ": 30, "jC": 50, "SC": 50, "kg": 50,
	"bp": 40, "fp": 50, "wb": 60, "wf": 50, "st": 50, "mn": 60, "wu": 10, "wo": 10, "yi": 5, "ye": 10,
	"lr": 80, "kh": 50, "ya": 20, "jy": 50, "ha": 20, "he": 20,
}

// substitutionCost is what it costs to read one sound for another.
var substitutionCost = func() *[128][128]cost {
	var m [128][128]cost
	for a := range m {
		for b := range m {
			p, q := phone(a), phone(b)
			switch {
			case p == q:
			case isVowel(p) && isVowel(q):
				m[a][b] = 12
			default:
				m[a][b] = max(phoneWeight(p), phoneWeight(q), 50)
			}
		}
	}
	for pair, cost := range confusable {
		m[pair[0]][pair[1]], m[pair[1]][pair[0]] = cost, cost
	}
	return &m
}()

// deletionCost is what it costs when a sound is not there.
var deletionCost = func() *[128]cost {
	var m [128]cost
	for c := range m {
		m[c] = phoneWeight(phone(c))
	}
	return &m
}()

// phoneticSimilarity is 1 for words that sound alike, falling to 0: one less the
// distance over the greater weight.
func phoneticSimilarity(a, b []phone) float64 {
	whole, _ := distances(a, b, math.MaxInt32)
	return normalised(whole, soundWeight(a), soundWeight(b))
}

// normalised is the similarity of words of a distance and of these weights.
func normalised(distance, a, b cost) float64 {
	most := max(a, b)
	if most == 0 {
		return 0
	}
	return max(0, 1-float64(distance)/float64(max(most, 100)))
}

// mostPhones is how many sounds of a word are compared.
const mostPhones = 62

// distanceRows are the last three rows of an edit distance.
type distanceRows [3][mostPhones + 1]cost

// distances is the weighted Damerau-Levenshtein distance of two words, and that of the
// first to the nearest beginning of the second; as much as can be where it is surely
// above most. Two neighbours that changed places cost as one mistake.
func distances(a, b []phone, most cost) (whole, prefix cost) {
	var r distanceRows
	return r.distances(a, b, most)
}

func (r *distanceRows) distances(a, b []phone, most cost) (whole, prefix cost) {
	a, b = a[:min(len(a), mostPhones)], b[:min(len(b), mostPhones)]
	before, last, row := &r[0], &r[1], &r[2]
	last[0] = 0
	for j, c := range b {
		last[j+1] = last[j] + deletionCost[c&127]
	}
	lastLeast := cost(0)
	for i, c := range a {
		deletion, substitution := deletionCost[c&127], &substitutionCost[c&127]
		row[0] = last[0] + deletion
		rowLeast := row[0]
		for j, d := range b {
			least := min(last[j]+substitution[d&127], last[j+1]+deletion, row[j]+deletionCost[d&127])
			if i > 0 && j > 0 && c == b[j-1] && a[i-1] == d {
				least = min(least, before[j-1]+(deletion+deletionCost[d&127])/2)
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
	prefix = last[0]
	for j := range b {
		prefix = min(prefix, last[j+1])
	}
	return last[len(b)], prefix
}
