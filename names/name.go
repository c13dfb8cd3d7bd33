package names

import (
	"slices"
	"strings"
)

// Class is what a name is a name of: rules differ.
type Class uint8

// The classes.
const (
	Any Class = iota
	Person
	Group
	School
	Place
)

// role is what a word does in a name.
type role uint8

const (
	plain    role = iota
	particle      // articles, izafat, "of": say nothing
	title         // honorifics and offices
	generic       // what many names have: a movement, an army, a school
	where         // a place that qualifies
	kunya         // abu, umm: the word after it goes with it
	lineage       // bin, ibn, son of: what follows is the father
)

// token is one word of a name.
type token struct {
	text   string
	phones []phone
	bones  string
	role   role
	weight float64
	script Script
}

// Name is a name made ready for comparing.
type Name struct {
	text        string // words in Latin letters
	tokens      []token
	script      Script
	joined      []phone // all words but particles as one
	initials    string  // first letters of the words, without particles
	allInitials string  // with them
}

// roles of words, by their Latin spelling; other spellings are found by sound.
var roles = func() map[string]role {
	m := map[string]role{}
	for r, list := range map[role]string{
		particle: "al el ul ol il as ash at ath ad adh ar an az ud ur us un ut uz ed uz e i ye yi wa va o u of the and for in de da du y w l",
		title:    "maulana mawlana molana mullah mulla mufti qari haji hajji hafiz sheikh shaikh shaykh sayyid syed said sayed maulvi mawlawi molvi moulvi ustad ustaz commander emir amir ameer doctor dr mr prof colonel col general gen captain capt major brigadier sardar nawab allama pir hazrat sahib saheb shaheed shahid engineer imam sufi sahibzada malik khan jan agha mir baba",
		generic:  "group groups party front movement organisation organization army liberation islamic islami islam islamiya islamiyya state jihad jihadi mujahideen mujahidin tehrik tahrik tehreek lashkar laskar jaish jaysh jamaat jamat jamiat jamiyat jamaah harakat harkat hizb hezb sipah tanzim anjuman ittehad ittihad muttahida madrasa madrasah madrassa madrassah madressah madrese darul dar uloom ulum jamia school college trust welfare foundation society association committee council brigade battalion corps forces force fighters united national islamist network wing branch province faction regd ltd",
		where:    "pakistan pakistani afghanistan afghan balochistan baluchistan baloch baluch khorasan khurasan kashmir punjab punjabi sindh sindhi waziristan karachi quetta peshawar lahore swat bajaur mohmand khyber india indian iran iraq syria sham hind islamabad mastung mekran central asia south",
		kunya:    "abu abou abo aboo umm um",
		lineage:  "bin ibn ben bint b son wald walad zada",
	} {
		for _, w := range strings.Fields(list) {
			m[w] = r
		}
	}
	return m
}()

// common are words that very many people bear.
var common = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("muhammad mohammed mohammad mohamed ahmad ahmed ali khan hussain hassan abdul abd abdullah allah ullah rahman shah mahmud mahmood din") {
		m[w] = true
	}
	return m
}()

// oneOf are names that are cut short, or grown apart beyond what sound tells.
var oneOf = map[string]string{
	"mohd": "muhammad", "md": "muhammad", "muhd": "muhammad", "mohamad": "muhammad", "mohammed": "muhammad", "mohammad": "muhammad", "mohamed": "muhammad", "muhammed": "muhammad", "muhamad": "muhammad", "mohammud": "muhammad", "mehmed": "muhammad", "jemaah": "jamaat", "gamaa": "jamaat", "djamaat": "jamaat", "jamaah": "jamaat", "jamaa": "jamaat",
	"qaeda": "qaida", "qaedah": "qaida", "qaidah": "qaida", "kaida": "qaida", "kaide": "qaida", "daesh": "daish", "dawlah": "dawla", "st": "saint", "dr": "doctor", "isil": "isis",
	"yusuf": "yusuf", "joseph": "yusuf", "yousef": "yusuf", "ibrahim": "ibrahim", "abraham": "ibrahim", "dawood": "daud", "david": "daud", "daoud": "daud", "isa": "isa", "yaqub": "yaqub", "jacob": "yaqub",
	"1st": "1", "2nd": "2", "3rd": "3", "first": "1", "second": "2", "third": "3", "ii": "2", "iii": "3", "iv": "4",
}

// weights of roles: how much a word tells one name from another.
var weights = map[role]float64{plain: 1, particle: 0, title: 0.25, generic: 0.5, where: 0.6, kunya: 0.3, lineage: 0}

// Parse makes a name ready.
func Parse(name string) Name {
	var n Name
	list := words(name)
	var texts []string
	for _, w := range split(list) {
		t := w.text
		if to, ok := oneOf[t]; ok {
			t = to
		}
		tok := token{text: t, phones: phones(t), script: w.script}
		tok.bones = bones(tok.phones)
		tok.role = roleOf(t, w.script)
		tok.weight = weights[tok.role]
		if tok.role == plain && common[t] {
			tok.weight = 0.5
		}
		if tok.role == plain && len(t) == 1 && (t[0] < '0' || t[0] > '9') {
			tok.weight = 0.3
		}
		n.tokens = append(n.tokens, tok)
		texts = append(texts, t)
		n.allInitials += t[:1]
		if tok.role != particle && tok.role != lineage {
			n.initials += t[:1]
			n.joined = append(n.joined, tok.phones...)
		}
		if w.script != Latin {
			n.script = w.script
		}
	}
	n.text = strings.Join(texts, " ")
	n.allPlain()
	return n
}

// allPlain gives a name of which every word is common its full weight: something
// has to tell it apart.
func (n *Name) allPlain() {
	for _, t := range n.tokens {
		if t.role == plain {
			return
		}
	}
	for i := range n.tokens {
		if n.tokens[i].role != particle {
			n.tokens[i].weight = max(n.tokens[i].weight, 0.6)
		}
	}
}

func roleOf(text string, script Script) role {
	if r, ok := roles[text]; ok {
		return r
	}
	if script == Latin || len(text) < 3 {
		return plain
	}
	// A word of another script is known by its bones.
	return roleByBones[bones(phones(text))]
}

// roleByBones is the role of words that are long enough to be known without vowels.
var roleByBones = func() map[string]role {
	m := map[string]role{}
	var list []string
	for w := range roles {
		list = append(list, w)
	}
	slices.Sort(list)
	for _, w := range list {
		if b := bones(phones(w)); len(b) >= 3 && roles[w] != particle {
			m[b] = roles[w]
		}
	}
	return m
}()

// split parts what is written together: the article of Arabic script, and the sounds
// that join the words of a name.
func split(list []word) []word {
	var out []word
	for i, w := range list {
		switch {
		case w.script == Arabic && strings.HasPrefix(w.text, "al") && len(w.text) > 4:
			out = append(out, word{"al", w.script}, word{w.text[2:], w.script})
		case w.script == Latin && i+1 < len(list) && len(w.text) > 5 && strings.HasSuffix(w.text, "ul") && !isVowel(w.text[len(w.text)-3]):
			out = append(out, word{w.text[:len(w.text)-2], w.script}, word{"ul", w.script})
		default:
			out = append(out, w)
		}
	}
	return out
}
