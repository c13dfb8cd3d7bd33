package names

import (
	"testing"

	"pgregory.net/rapid"
)

// TestLettersOff compares with the definition: what is left when the first letters are dealt with
// in each of the ways there are.
func TestLettersOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abc")), 0, 6, -1)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		most := rapid.IntRange(0, 7).Draw(t, "most")
		if got, want := LettersOff(a, b, most), min(off(a, b), most+1); got != want {
			t.Fatalf("%q and %q are %d letters off, want %d", a, b, got, want)
		}
	})
}

func off(a, b string) int {
	if a == "" || b == "" {
		return len(a) + len(b)
	}
	if a[0] == b[0] {
		return off(a[1:], b[1:])
	}
	least := 1 + min(off(a[1:], b), off(a, b[1:]), off(a[1:], b[1:]))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		least = min(least, 1+off(a[2:], b[2:]))
	}
	return least
}
