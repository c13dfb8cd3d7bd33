package names

import (
	"cmp"
	"slices"
	"strings"
)

// Variant is a likely spelling of a name, and what is done to the name to get it: the
// API's NameVariant.
type Variant struct {
	Name    string
	Changes []string
	cost    float64
}

// MaxVariants bounds how many spellings are listed.
const MaxVariants = 200

// leastVariant is how like the name a spelling must be.
const leastVariant = 0.85

// Variants lists likely spellings of a name in Latin letters, at most limit: likely
// ones first, then by the alphabet. Changes are of one word or of two. They are what a
// search for the name finds, and a start for searching elsewhere.
func Variants(name string, limit int) []Variant {
	base := latinWords(name)
	if len(base) == 0 || len(base) > mostWords {
		return []Variant{}
	}
	s := &speller{
		name: Parse(name), seen: map[string]bool{strings.ToLower(strings.TrimSpace(name)): true},
		options: make([][]option, len(base)),
	}
	for i, w := range base {
		s.words = append(s.words, w.text)
		s.options[i] = optionsOf(w)
	}
	s.changeWhole()
	for i := range s.options {
		s.changeWord(i)
	}
	slices.SortFunc(s.out, func(a, b Variant) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), strings.Compare(a.Name, b.Name))
	})
	return s.out[:min(limit, len(s.out))]
}

// speller makes the spellings of a name.
type speller struct {
	name    Name
	words   []string
	options [][]option
	seen    map[string]bool // spellings in lower case
	out     []Variant
}

// changeWhole changes the name as a whole: nothing but its letters, and to an acronym.
func (s *speller) changeWhole() {
	s.addWords(s.words)
	if len(s.words) < 2 {
		return
	}
	for _, acronym := range s.name.acronyms() {
		if len(acronym) > 2 {
			s.add(strings.ToUpper(acronym), option{change: "first letters", cost: usual})
		}
	}
}

// changeWord puts each option of a word in its place, alone and with one of each later
// word.
func (s *speller) changeWord(i int) {
	const most = 4000
	for _, o := range s.options[i] {
		one := slices.Clone(s.words)
		one[i] = o.text
		s.addWords(one, o)
		for j := i + 1; j < len(s.words) && len(s.seen) < most; j++ {
			for _, p := range s.options[j] {
				two := slices.Clone(one)
				two[j] = p.text
				s.addWords(two, o, p)
			}
		}
	}
}

func (s *speller) addWords(list []string, changes ...option) { s.add(titled(list), changes...) }

// add adds a spelling that is new and like the name.
func (s *speller) add(name string, changes ...option) {
	lower := strings.ToLower(name)
	if name == "" || s.seen[lower] {
		return
	}
	s.seen[lower] = true
	if s.name.Value(Any, Parse(name)) < leastVariant {
		return
	}
	v := Variant{Name: name, Changes: []string{}}
	for _, o := range changes {
		v.Changes, v.cost = append(v.Changes, o.change), v.cost+o.cost
	}
	s.out = append(s.out, v)
}

// titled writes words as names are written: with capitals, and the izafat and articles
// small and before a hyphen.
func titled(list []string) string {
	var b strings.Builder
	hyphen := false
	for _, w := range list {
		if w == "" {
			continue
		}
		small := roles[w] == particle && len(w) < 3
		if b.Len() > 0 {
			b.WriteByte(map[bool]byte{true: '-', false: ' '}[hyphen || small && w != "al" && w != "el"])
		}
		if hyphen = small; !small {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		b.WriteString(w)
	}
	return b.String()
}
