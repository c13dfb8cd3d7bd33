package names

import (
	"cmp"
	"slices"
	"strings"
)

// Variant is a likely spelling of a name, and what is done to the name to get it.
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
// ones first, then by the alphabet. Changes are of one word or of two.
// They are what a search for the name finds, and a start for searching elsewhere.
func Variants(name string, limit int) []Variant {
	base := words(name)
	if len(base) == 0 || len(base) > mostWords {
		return []Variant{}
	}
	g := &speller{sought: Parse(name), seen: map[string]bool{strings.ToLower(strings.TrimSpace(name)): true}, options: make([][]option, len(base))}
	for i, w := range base {
		g.words = append(g.words, w.text)
		g.options[i] = optionsOf(w)
	}
	g.whole(len(base))
	for i := range g.options {
		g.change(i)
	}
	slices.SortFunc(g.out, func(a, b Variant) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), strings.Compare(a.Name, b.Name))
	})
	return g.out[:min(limit, len(g.out))]
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

type speller struct {
	sought  Name
	words   []string
	options [][]option
	seen    map[string]bool
	out     []Variant
}

// whole changes the name as a whole: nothing but its letters, and its first letters.
func (g *speller) whole(count int) {
	g.take(g.words)
	if count < 2 {
		return
	}
	for _, form := range g.sought.firstLetters() {
		if len(form) > 2 {
			g.keep(strings.ToUpper(form), option{change: "first letters", cost: usual})
		}
	}
}

// change puts each option of a word in its place, alone and with one of each later
// word.
func (g *speller) change(i int) {
	const most = 4000
	for _, o := range g.options[i] {
		one := slices.Clone(g.words)
		one[i] = o.text
		g.take(one, o)
		for j := i + 1; j < len(g.words) && len(g.seen) < most; j++ {
			for _, p := range g.options[j] {
				two := slices.Clone(one)
				two[j] = p.text
				g.take(two, o, p)
			}
		}
	}
}

func (g *speller) take(list []string, changes ...option) { g.keep(titled(list), changes...) }

func (g *speller) keep(name string, changes ...option) {
	if low := strings.ToLower(name); name == "" || g.seen[low] {
		return
	}
	g.seen[strings.ToLower(name)] = true
	if g.sought.Value(Any, Parse(name)) < leastVariant {
		return
	}
	v := Variant{Name: name, Changes: []string{}}
	for _, o := range changes {
		v.Changes, v.cost = append(v.Changes, o.change), v.cost+o.cost
	}
	g.out = append(g.out, v)
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

// optionsOf are other spellings of a word.
func optionsOf(w written) []option {
	o := options{word: w.text}
	switch {
	case w.script != Latin:
		o.known(knownByBones[bones(phones(w.text))])
		if name, ok := unwritten[w.text]; ok && w.script == Arabic {
			o.known([]string{name})
		}
	case roles[w.text] == particle:
		for _, of := range joiners {
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
	for _, l := range likeLetters {
		swap(l.a, l.b, usual)
		swap(l.b, l.a, unusual)
	}
	o.add(undoubled(o.word), "no double letters", usual)
}

// joiners are articles and izafat that stand for one another.
var joiners = [][]string{{"e", "i", ""}, {"al", "ul", "el", "ud", ""}, {"ud", "ul", "al"}}

// likeLetters are letters that are written for one another.
var likeLetters = []struct{ a, b string }{
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

// families are words of names that are spelt in ways that no rule gives.
var families = func() (out [][]string) {
	for _, list := range append([]string{
		"lashkar laskar lashker", "jaish jaysh", "jamaat jamat jamaah jemaah jamiat", "tehrik tahrik tehreek tahreek", "harakat harkat haraka",
		"hizb hezb", "madrasa madrasah madrassa madrassah madressah", "mujahideen mujahidin mujahedin mujahedeen", "islami islamia islamiya", "maulana mawlana molana", "mullah mulla",
		"sipah sepah", "sahaba sahabah", "uloom ulum", "ulema ulama", "taliban taleban", "rahman rehman rahmaan", "hussain hussein husain husayn", "hassan hasan", "ahmad ahmed",
		"haji hajji", "sayyid syed sayed said", "abu abou", "bin ibn", "allah ullah",
	}, spellingFamilies...) {
		out = append(out, slices.Compact(strings.Fields(list)))
	}
	return out
}()

// knownByBones are the words that the rules know, by their bones.
var knownByBones = func() map[string][]string {
	m := map[string][]string{}
	add := func(w string) {
		if b := bones(phones(w)); len(b) >= 3 && !slices.Contains(m[b], w) {
			m[b] = append(m[b], w)
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
	for b := range m {
		slices.Sort(m[b])
	}
	return m
}()
