package names

import "testing"

func TestFolded(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "  ": "", "TTP": "ttp", " A  b\tc\n": "a b c", "Élan ÜBER": "elan uber", "e\u0301": "e", "ﬁ": "fi",
		"Ⅻ": "xii", "Straße": "strasse", "STRASSE": "strasse", "STRAẞE": "strasse", "Kılıç": "kilic", "KILIÇ": "kilic", "Νίκος": "νικοσ", "ΝΙΚΟΣ": "νικοσ", "İ": "i", "ʿAbd": "ʿabd", "Jean‑Luc O’Neil": "jean-luc o'neil", "Sa‘di": "sa'di", "a – b": "a - b",
		"كِتَاب": "کتاب", "تحريك": "تحریک", "القاعدة": "القاعدہ", "القاعده": "القاعدہ", "طـالبان": "طالبان",
		"أمير": "امیر", "می\u200cشود": "میشود", "हिन्दी": "हिन्दी",
	} {
		if got := Folded(in); got != want {
			t.Errorf("%q folds to %q, want %q", in, got, want)
		}
		if got := Folded(Folded(in)); got != Folded(in) {
			t.Errorf("%q folds on, to %q", in, got)
		}
	}
}
