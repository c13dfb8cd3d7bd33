package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Folded is text made comparable: without case, accents, surplus space and what is invisible, and with
// one of the letters that keyboards of Arabic script confuse; a hyphen and an apostrophe are
// each the same, however they are set.
func Folded(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < 0x80
	}
	if !ascii {
		s = sharpS.Replace(strings.Map(foldedRune, norm.NFKD.String(s)))
	}
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}

// accents are the marks that are left out: Latin accents and Arabic vowel signs.
// Signs that are letters, as in Devanagari, stay.
var accents = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0300, Hi: 0x036F, Stride: 1}, {Lo: 0x064B, Hi: 0x065F, Stride: 1}, {Lo: 0x0670, Hi: 0x0670, Stride: 1},
}}

// arabicLetters are letters that keyboards give one another's place: those of
// Arabic stand for those of Urdu and Persian. The line that only stretches a word is
// left out.
var arabicLetters = map[rune]rune{
	'\u064A': '\u06CC', '\u0649': '\u06CC', // yeh
	'\u0643': '\u06A9', // kaf
	// heh, and teh marbuta, which is written like it
	'\u0647': '\u06C1', '\u0629': '\u06C1', '\u06C3': '\u06C1', '\u06D5': '\u06C1',
	'\u0671': '\u0627', // alef
	'\u0640': -1,
}

// invisible are characters that no text shows: marks of direction, selectors, fillers.
var invisible = []*unicode.RangeTable{unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector}

// sharpS writes a letter as it is written in capitals.
var sharpS = strings.NewReplacer("ß", "ss", "ẞ", "ss")

// foldedRune is the letter that stands for one; -1 for none.
func foldedRune(r rune) rune {
	if unicode.Is(accents, r) || unicode.In(r, invisible...) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) {
		return -1
	}
	switch r {
	case 'ı': // whose capital is that of i
		return 'i'
	case 'ς': // whose capital is that of σ
		return 'σ'
	case '‘', '’', '‛', '′', 'ʻ', 'ʼ':
		return '\''
	}
	if unicode.Is(unicode.Pd, r) {
		return '-'
	}
	if same, ok := arabicLetters[r]; ok {
		return same
	}
	return r
}
