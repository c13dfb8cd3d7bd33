package live

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Folded is text made comparable: without case, accents and surplus space.
func Folded(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < 0x80
	}
	if !ascii {
		s = strings.Map(unmarked, norm.NFKD.String(s))
	}
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}

// accents are the marks that are left out: Latin accents and Arabic vowel signs.
// Signs that are letters, as in Devanagari, stay.
var accents = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x0300, Hi: 0x036F, Stride: 1}, {Lo: 0x064B, Hi: 0x065F, Stride: 1}, {Lo: 0x0670, Hi: 0x0670, Stride: 1}}}

func unmarked(r rune) rune {
	if unicode.Is(accents, r) {
		return -1
	}
	return r
}
