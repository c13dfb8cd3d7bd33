package names

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

// mostLetters bounds how much of a name is read.
const mostLetters = 200

// script is a script that a word is in.
type script uint8

// The scripts that are told apart.
const (
	latin script = iota
	arabic
	cyrillic
	devanagari
	greek
	otherScript
)

// scriptOf is the script of a letter.
func scriptOf(r rune) script {
	switch {
	case r < 0x250 || unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Arabic, r):
		return arabic
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Devanagari, r):
		return devanagari
	case unicode.Is(unicode.Greek, r):
		return greek
	}
	return otherScript
}

// transliteration is the Latin letters that stand for a letter. A vowel that is not
// written is not made up; w and y stand for the vowels that they may be.
var transliteration = map[rune]string{
	// Arabic, with what Persian, Urdu, Pashto, Sindhi and Balochi add
	'ا': "a", 'آ': "a", 'أ': "a", 'إ': "i", 'ٱ': "a", 'ب': "b", 'پ': "p", 'ت': "t", 'ٹ': "t", 'ټ': "t", 'ٿ': "t",
	'ث': "s", 'ج': "j", 'چ': "ch", 'ڄ': "j",
	'ح': "h", 'خ': "kh", 'ځ': "z", 'څ': "ts", 'د': "d", 'ڈ': "d", 'ډ': "d", 'ڌ': "d", 'ڊ': "d", 'ذ': "z", 'ر': "r",
	'ڑ': "r", 'ړ': "r", 'ز': "z", 'ژ': "zh", 'ږ': "zh",
	'س': "s", 'ش': "sh", 'ښ': "sh", 'ص': "s", 'ض': "z", 'ط': "t", 'ظ': "z", 'ع': "", 'غ': "gh", 'ف': "f", 'ڤ': "v",
	'ڦ': "f", 'ق': "q", 'ک': "k", 'ك': "k", 'ڪ': "k", 'ګ': "g",
	'گ': "g", 'ڳ': "g", 'ڱ': "n", 'ل': "l", 'م': "m", 'ن': "n", 'ں': "n", 'ڻ': "n", 'ڼ': "n", 'و': "w", 'ؤ': "w",
	'ۆ': "w", 'ۇ': "w", 'ه': "h", 'ہ': "h", 'ھ': "h", 'ة': "a", 'ۃ': "a",
	'ۀ': "a", 'ە': "a", 'ء': "", 'ئ': "y", 'ي': "y", 'ی': "y", 'ى': "a", 'ې': "y", 'ۍ': "y", 'ے': "y", 'ۓ': "y",
	'ڀ': "b", 'ٻ': "b", 'ڃ': "j", 'ڇ': "ch", 'ڙ': "r", 'ڏ': "d", 'ڍ': "d",
	// Cyrillic
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p",
	'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "sh", 'ъ': "",
	'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'і': "i", 'ї': "i", 'є': "e", 'ґ': "g", 'қ': "q", 'ғ': "gh", 'ҳ': "h", 'ӣ': "i", 'ӯ': "u", 'ҷ': "j", 'ў': "u",
	'ө': "o", 'ү': "u", 'ұ': "u", 'һ': "h", 'ә': "a", 'ң': "n",
	// Devanagari; the vowel that a consonant carries unless told otherwise is not made up
	'अ': "a", 'आ': "a", 'इ': "i", 'ई': "i", 'उ': "u", 'ऊ': "u", 'ए': "e", 'ऐ': "e", 'ओ': "o", 'औ': "o", 'ा': "a",
	'ि': "i", 'ी': "i", 'ु': "u", 'ू': "u", 'े': "e", 'ै': "e", 'ो': "o", 'ौ': "o",
	'क': "k", 'ख': "kh", 'ग': "g", 'घ': "g", 'ङ': "n", 'च': "ch", 'छ': "ch", 'ज': "j", 'झ': "j", 'ञ': "n", 'ट': "t",
	'ठ': "t", 'ड': "d", 'ढ': "d", 'ण': "n", 'त': "t", 'थ': "t",
	'द': "d", 'ध': "d", 'न': "n", 'प': "p", 'फ': "f", 'ब': "b", 'भ': "b", 'म': "m", 'य': "y", 'र': "r", 'ल': "l",
	'व': "w", 'श': "sh", 'ष': "sh", 'स': "s", 'ह': "h", 'ं': "n", 'ँ': "n",
	'्': "", 'ः': "",
	// Greek
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l",
	'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s",
	'ς': "s", 'τ': "t", 'υ': "i", 'φ': "f", 'χ': "kh", 'ψ': "ps", 'ω': "o",
	// Latin letters that are no letter with an accent
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i", 'ə': "a",
}

// latinWord is a word of a name in Latin letters, and the script that it was in.
type latinWord struct {
	text     string
	script   script
	attached bool // it is written together with the word before
}

// latinWords are the words of a name, in Latin letters of lower case and digits, without
// accents, signs for unwritten vowels, and what only stretches or joins. Anything
// but letters and digits parts words; an apostrophe does not.
func latinWords(name string) []latinWord {
	if len(name) > 4*mostLetters {
		name = strings.ToValidUTF8(name[:4*mostLetters], "")
	}
	var r transliterator
	letters := 0
	for _, c := range norm.NFKC.String(strings.ToLower(name)) {
		if letters++; letters > mostLetters {
			break
		}
		if c = unicode.ToLower(c); c < 0x80 || scriptOf(c) == otherScript {
			r.read(c)
			continue
		}
		for _, part := range norm.NFKD.String(string(c)) {
			r.read(unicode.ToLower(part))
		}
	}
	r.end()
	return r.out
}

// transliterator takes a name apart, letter by letter.
type transliterator struct {
	out    []latinWord
	b      strings.Builder
	script script
}

func (r *transliterator) read(c rune) {
	sound, known := transliteration[c]
	switch {
	case c == nuktaSign:
		r.nukta()
	case known:
		r.script = scriptOf(c)
		r.b.WriteString(sound)
	case unicode.Is(unicode.Mn, c) && (scriptOf(c) != otherScript || unicode.Is(unicode.Inherited, c)), isWordInternal(c):
	case c >= 'a' && c <= 'z':
		r.script = latin
		r.b.WriteRune(c)
	case unicode.IsDigit(c):
		r.b.WriteByte(byte('0' + digit(c)))
	case unicode.IsLetter(c) || unicode.IsMark(c):
		r.other(c)
	default:
		r.end()
	}
}

func (r *transliterator) end() {
	if r.b.Len() > 0 {
		r.out = append(r.out, latinWord{r.b.String(), r.script, false})
		r.b.Reset()
	}
	r.script = latin
}

// nuktaSign is the dot beneath a letter of Devanagari.
const nuktaSign = '़'

// dotted are the Latin letters of letters with the dot.
var dotted = map[byte]byte{'j': 'z', 'd': 'r', 'k': 'q'}

// nukta changes the last letter for that with the dot.
func (r *transliterator) nukta() {
	text := r.b.String()
	if text == "" {
		return
	}
	last := len(text) - 1
	if to, ok := dotted[text[last]]; ok {
		r.b.Reset()
		r.b.WriteString(text[:last] + string(to))
	}
}

// other takes a letter of a script that is read by a table of others. Its signs for
// syllables and words stand alone.
func (r *transliterator) other(c rune) {
	letters := strings.ToLower(unidecode.Unidecode(string(c)))
	r.script = scriptOf(c)
	if unicode.Is(unicode.Han, c) {
		r.end()
		r.script = otherScript
		defer r.end()
	}
	for _, l := range letters {
		if l >= 'a' && l <= 'z' || l >= '0' && l <= '9' {
			r.b.WriteRune(l)
		}
	}
}

// isWordInternal reports whether a sign stands within a word: apostrophes and the like, and
// what only stretches a word or tells how its letters join.
func isWordInternal(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', 'ʿ', 'ʾ', '`', '´', 'ـ', '\u200c', '\u200d', '\u200e', '\u200f',
		'\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\ufeff':
		return true
	}
	return false
}

// zeros are the noughts of the digits that are read.
var zeros = []rune{'0', '٠', '۰', '०', '০', '੦', '૦'}

// digit is the value of a digit; nought for one of a script that is not read.
func digit(r rune) int {
	for _, zero := range zeros {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return 0
}
