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

// option is another spelling of a word.
type option struct {
	text, change string
	cost         float64 // more for less likely ones
}

// costs of changes.
const (
	known   = 0.5
	usual   = 1
	unusual = 1.5
)

// optionsOf are other spellings of a word.
func optionsOf(w latinWord) []option {
	o := options{word: w.text}
	switch {
	case w.script != latin:
		o.known(knownBySkeleton[skeleton(phones(w.text))])
		if name, ok := unvocalised[w.text]; ok && w.script == arabic {
			o.known([]string{name})
		}
	case roles[w.text] == particle:
		for _, of := range particleVariants {
			if slices.Contains(of, w.text) {
				o.known(of)
			}
		}
		return o.list
	}
	for _, family := range families {
		if slices.Contains(family, w.text) {
			o.known(family)
		}
	}
	if len(o.list) == 0 {
		o.letters()
	}
	return o.list
}

// options are the other spellings of a word, each once.
type options struct {
	word string
	list []option
}

func (o *options) add(text, change string, cost float64) {
	if text != o.word && !slices.ContainsFunc(o.list, func(p option) bool { return p.text == text }) {
		o.list = append(o.list, option{text, change, cost})
	}
}

func (o *options) known(list []string) {
	for _, w := range list {
		if w == "" {
			o.add(w, "without "+o.word, known)
			continue
		}
		o.add(w, o.word+" as "+w, known)
	}
}

// letters writes letters of the word in other ways, each where it first stands and
// where it last does.
func (o *options) letters() {
	swap := func(from, to string, cost float64) {
		for _, i := range []int{strings.Index(o.word, from), strings.LastIndex(o.word, from)} {
			if i >= 0 {
				o.add(o.word[:i]+to+o.word[i+len(from):], from+" as "+to, cost)
			}
		}
	}
	for _, l := range interchangeable {
		swap(l.a, l.b, usual)
		swap(l.b, l.a, unusual)
	}
	o.add(undoubled(o.word), "no double letters", usual)
}

// particleVariants are articles and izafat that stand for one another.
var particleVariants = [][]string{{"e", "i", ""}, {"al", "ul", "el", "ud", ""}, {"ud", "ul", "al"}}

// interchangeable are letters that are written for one another.
var interchangeable = []struct{ a, b string }{
	{"q", "k"},
	{"ee", "i"},
	{"oo", "u"},
	{"ou", "u"},
	{"aa", "a"},
	{"kh", "k"},
	{"gh", "g"},
	{"ph", "f"},
	{"w", "v"},
	{"iyya", "ia"},
	{"ai", "ay"},
	{"ai", "ei"},
	{"au", "aw"},
	{"au", "ao"},
	{"e", "a"},
	{"u", "o"},
	{"i", "e"},
	{"j", "dj"},
	{"th", "t"},
	{"dh", "d"},
	{"z", "dh"},
	{"y", "i"},
	{"ch", "tch"},
	{"sh", "ch"},
	{"gu", "gh"},
}

// undoubled is a word with every doubled letter written once.
func undoubled(w string) string {
	var b strings.Builder
	for i := range len(w) {
		if i == 0 || w[i] != w[i-1] {
			b.WriteByte(w[i])
		}
	}
	return b.String()
}

// moreFamilies are further words of names that are spelt in several ways, a family a line.
const moreFamilies = `
lashkar laskar lashker
jaish jaysh
jamaat jamat jamaah jemaah jamiat
tehrik tahrik tehreek tahreek
harakat harkat haraka
hizb hezb
madrasa madrasah madrassa madrassah madressah
mujahideen mujahidin mujahedin mujahedeen
islami islamia islamiya
maulana mawlana molana
mullah mulla
sipah sepah
sahaba sahabah
uloom ulum
ulema ulama
taliban taleban
rahman rehman rahmaan
hussain hussein husain husayn
hassan hasan
ahmad ahmed
haji hajji
sayyid syed sayed said
abu abou
bin ibn
allah ullah
`

// families are words of names with their other spellings.
var families = wordLists(moreFamilies + spellingFamilies)

// knownBySkeleton are the words that the rules know, by their skeletons.
var knownBySkeleton = func() map[string][]string {
	m := map[string][]string{}
	add := func(w string) {
		if key := skeleton(phones(w)); len(key) >= 3 && !slices.Contains(m[key], w) {
			m[key] = append(m[key], w)
		}
	}
	for _, family := range families {
		for _, w := range family {
			add(w)
		}
	}
	for w, r := range roles {
		if r != particle {
			add(w)
		}
	}
	for _, list := range m {
		slices.Sort(list)
	}
	return m
}()
