package names

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// listed are names for an index: those of the comparing tests, and some that share
// words with them.
func listed() (out []string) {
	for _, c := range slices.Concat(same, other) {
		out = append(out, c.a, c.b)
	}
	return append(out,
		"Lashkar-e-Islam", "Army of Islam", "Jaish-ul-Islam", "Jamaat-ul-Ahrar", "JuA", "Muhammad Khan Afridi",
		"Haji Muhammad", "Abdul Rahman bin Khalid", "Madrassa Taleem ul Quran", "Miran Shah", "Miranshah", "9/11",
		"Group 313", "Brigade 55", "Abdulrahman", "Rahman Khan", "Kim Jong Un", "Un Jong", "金正恩", "山田太郎",
		"Yamada Taro", "박지성", "Jundallah", "Allah Jund", "الیاس کشمیری")
}

func indexOf(names ...string) *Index {
	x := NewIndex()
	for i, n := range names {
		x.Add(uint32(i), n)
	}
	return x
}

// TestIndexAndComparing: an index finds every name that comparing one by one finds,
// with the same score and the same reasons.
func TestIndexAndComparing(t *testing.T) {
	all := listed()
	x := indexOf(all...)
	for _, text := range all {
		query := Parse(text)
		got := map[uint32]Score{}
		for c := range x.Candidates(Query{Name: query, Least: Suggested}) {
			s := c.Score(Group, true)
			if v := c.Value(Group, true); v != s.Value {
				t.Errorf("%q: %q is worth %v, and scores %v", text, all[c.Owner], v, s.Value)
			}
			if s.Value > got[c.Owner].Value { // a name may be read in several languages
				got[c.Owner] = s
			}
		}
		for i, n := range all {
			want := query.Compare(Group, Parse(n))
			if in := scoreFound(query, Parse(n)); in.Value > want.Value {
				want = in
			}
			s, found := got[uint32(i)]
			if want.Value >= Suggested && !found || found && fmt.Sprint(s) != fmt.Sprint(want) {
				t.Errorf("%q and %q: %v in the index (%v), %v one by one", text, n, s, found, want)
			}
		}
	}
}

// TestBySpelling: names by their letters, best first.
func TestBySpelling(t *testing.T) {
	all := []string{
		"Jaish-e-Mohammed", "JAISH", "Sipah-e-Jaish", "Pajaish", "The Jaish of Adl", "Lashkar-e-Taiba", "جیش محمد",
		"Jaish",
	}
	x := indexOf(all...)
	for text, want := range map[string]string{
		"jaish":       "JAISH 0, Jaish 0, Jaish-e-Mohammed 1, Sipah-e-Jaish 2, The Jaish of Adl 2, Pajaish 3",
		"Jaish e moh": "Jaish-e-Mohammed 1",
		"moh jai":     "Jaish-e-Mohammed 2",
		"aish e":      "Jaish-e-Mohammed 3",
		"hkar-e-ta":   "Lashkar-e-Taiba 3",
		"کاش":         "",
		"جيش":         "جیش محمد 1",
		"":            "", "-": "", "zz": "",
	} {
		var got []string
		for h := range x.BySpelling(text) {
			if h.Share <= 0 || h.Share > 1 {
				t.Errorf("%q is %v of %q", text, h.Share, all[h.Owner])
			}
			if h.Hash != x.Hash(all[h.Owner]) {
				t.Errorf("the hash of %q is not that of the name", all[h.Owner])
			}
			got = append(got, fmt.Sprintf("%s %d", all[h.Owner], h.Match))
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q: %s\nwant %s", text, s, want)
		}
	}
}

// A part of a word of a name finds it, and its own name comes first.
func TestBySpellingOfAny(t *testing.T) {
	name := rapid.StringOfN(letter, 1, 20, -1)
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(name, 1, 8).Draw(t, "names")
		x := indexOf(all...)
		own := rapid.IntRange(0, len(all)-1).Draw(t, "own")
		words := foldedWords(all[own])
		if len(words) == 0 {
			return
		}
		w := []rune(rapid.SampledFrom(words).Draw(t, "word"))
		from := rapid.IntRange(0, len(w)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(w)).Draw(t, "to")
		found := false
		for h := range x.BySpelling(string(w[from:to])) {
			found = found || h.Owner == uint32(own)
		}
		if !found && len(foldedWords(string(w[from:to]))) > 0 {
			t.Fatalf("%q does not find %q", string(w[from:to]), all[own])
		}
		for h := range x.BySpelling(all[own]) {
			if len(words) <= mostParts && h.Match != Exact {
				t.Fatalf("%q finds %q first, as %d", all[own], all[h.Owner], h.Match)
			}
			break
		}
	})
}

// A name is kept once for an owner, and more names of others change no score.
func TestAddingNames(t *testing.T) {
	x := indexOf("Lashkar-e-Jhangvi")
	x.Add(0, "Lashkar-e-Jhangvi", "LeJ")
	if len(x.entries) != 2 {
		t.Errorf("%d names are kept, want 2", len(x.entries))
	}
	before := scoresIn(x, "Laskar Jhangvi")
	for i := range 600 {
		x.Add(uint32(i+1), fmt.Sprintf("Lashkar-e-Other%d", i), "Jhang")
	}
	if after := scoresIn(x, "Laskar Jhangvi"); after[0] != before[0] || before[0] < Suggested {
		t.Errorf("it scores %v, and among others %v", before[0], after[0])
	}
}

func scoresIn(x *Index, text string) map[uint32]float64 {
	out := map[uint32]float64{}
	for c := range x.Candidates(Query{Name: Parse(text), Least: 0.5}) {
		out[c.Owner] = max(out[c.Owner], c.Value(Group, false))
	}
	return out
}

// Names are looked for while others are added.
func TestIndexAtOnce(t *testing.T) {
	x := NewIndex()
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 2000 {
			x.Add(uint32(i), fmt.Sprintf("Tehrik-e-Test %d", i), "TeT")
		}
	})
	for range 3 {
		wg.Go(func() {
			for range 100 {
				_ = slices.Collect(x.BySpelling("tehrik"))
				scoresIn(x, "Tahrik Test 7")
			}
		})
	}
	wg.Wait()
	if got := scoresIn(x, "Tahrik-e-Test 7"); got[7] < Suggested {
		t.Errorf("the name that was added scores %v", got[7])
	}
}

// Whatever is put in, little is kept and looked through.
func TestHostileIndex(t *testing.T) {
	x := indexOf(
		strings.Repeat("Lashkar ", 10_000), "a"+strings.Repeat("\u0301", 10_000),
		strings.Repeat("\u202eabc\u202cجھنگوی ", 5000), string([]byte{0xff, 0xfe, 'a', 0x80}), "", "…—!؟",
		strings.Repeat("x", 70_000))
	for i := range x.entries {
		if n := len(x.entries[i].words.of(x.vocabulary.used)); n > mostLetters {
			t.Errorf("%d words are kept of name %d", n, i)
		}
	}
	for _, text := range []string{
		strings.Repeat("Lashkar ", 10_000), strings.Repeat("\u0301", 70_000), strings.Repeat("x", 70_000), "\xff", "",
	} {
		_ = slices.Collect(x.BySpelling(text))
		_ = scoresIn(x, text)
	}
}

func FuzzIndex(f *testing.F) {
	for _, n := range listed() {
		f.Add(n, n)
	}
	f.Add(strings.Repeat("ا\u0301", 100), "\u202eabc\u202c 山田 한글")
	f.Fuzz(func(t *testing.T, name, text string) {
		x := indexOf(name, "Lashkar-e-Jhangvi", "Muhammad Ali")
		query := Parse(text)
		for _, prefix := range []bool{false, true} {
			for c := range x.Candidates(Query{Name: query, Prefix: prefix, Least: 0.5}) {
				if v := c.Value(Any, true); !(v >= 0 && v <= 1) || v != c.Score(Any, true).Value {
					t.Errorf("%q finds %q at %v", text, name, v)
				}
			}
		}
		for h := range x.BySpelling(text) {
			if !(h.Share > 0 && h.Share <= 1) {
				t.Errorf("%q is %v of %q", text, h.Share, name)
			}
		}
		_ = Variants(text, 5)
	})
}
