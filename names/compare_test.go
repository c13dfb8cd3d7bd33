package names

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// same are names of one; other are names of two that look alike.
var same = []struct {
	class Class
	a, b  string
}{
	{Group, "لشکر جھنگوی", "Lashkar-e-Jhangvi"},
	{Group, "Laskar Jhangvi", "Lashkar-i-Jhangvi"},
	{Group, "LeJ", "Lashkar-e-Jhangvi"},
	{Group, "TTP", "Tehrik-i-Taliban Pakistan"},
	{Group, "تحریک طالبان پاکستان", "Tehreek-e-Taliban Pakistan"},
	{Group, "ISKP", "Islamic State - Khorasan Province"},
	{Group, "IS-K", "Islamic State Khorasan"},
	{Group, "Harkat ul-Mujahideen", "Harakat-ul-Mujahidin"},
	{Group, "القاعدة", "Al-Qaeda"},
	{Group, "Jama'at-ud-Da'wa", "Jamaat ud Dawa"},
	{Group, "جيش محمد", "Jaish-e-Mohammed"},
	{Group, "لشكر طيبة", "Lashkar-e-Taiba"},
	{Group, "लश्कर-ए-तैयबा", "Lashkar-e-Taiba"},
	{Person, "محمد علي", "Mohamed Ali"},
	{Person, "Musaad Aruchi", "Mosad Aroochi"},
	{Person, "Khalid Sheikh Mohammed", "Khālid Shaikh Muḥammad"},
	{Person, "Khalid Mohammed", "Khalid Shaikh Mohammed"},
	{Person, "Hafiz Saeed", "Hafez Sa'id"},
	{Person, "Владимир Путин", "Vladimir Putin"},
	{Person, "Ramzi Yousef", "Ramzi Yusuf"},
	{Person, "Abdul Rahman", "Abdurrahman"},
	{Person, "نواز شریف", "Nawaz Sharif"},
	{Person, "Maulana Fazlur Rehman", "Fazl ur-Rahman"},
	{School, "Madrassa Darul Uloom Haqqania", "Darul Ulum Haqqaniyah"},
	{Place, "Quetta", "کوئٹہ"},
	{Place, "Mastung", "مستونگ"},
	{Place, "Peshawar", "پشاور"},
}

var other = []struct {
	class Class
	a, b  string
}{
	{Group, "Afghan Taliban", "Tehrik-i-Taliban Pakistan"},
	{Group, "Jaish-e-Mohammed", "Jaish al-Adl"},
	{Group, "Lashkar-e-Taiba", "Lashkar-e-Jhangvi"},
	{Group, "Sipah-e-Sahaba Pakistan", "Sipah-e-Muhammad Pakistan"},
	{Group, "Balochistan Liberation Army", "Balochistan Liberation Front"},
	{Group, "Jamiat Ulema-e-Islam", "Jamaat-e-Islami"},
	{Person, "Ammar al-Baluchi", "Mosaib al-Baluchi"},
	{Person, "Baitullah Mehsud", "Hakimullah Mehsud"},
	{Person, "Abdul Rahman", "Abdul Rahim"},
	{Person, "Owen Bennett", "Abdul Rahman"},
	{Person, "Muhammad Khan", "Muhammad Ali"},
	{Place, "Mastung", "Mardan"},
}

func TestNamesOfOne(t *testing.T) {
	for _, c := range same {
		if s := Compare(c.class, c.a, c.b); s.Value < Suggested {
			t.Errorf("%s, %s: %.3f, %v", c.a, c.b, s.Value, s.Reasons)
		}
	}
}

func TestNamesOfTwo(t *testing.T) {
	for _, c := range other {
		if s := Compare(c.class, c.a, c.b); s.Value >= Suggested {
			t.Errorf("%s, %s: %.3f, %v", c.a, c.b, s.Value, s.Reasons)
		}
	}
}

var letter = rapid.SampledFrom([]rune("abcdehijklmnoqrstuvyz -'éāابپتجحخدرزسشطعفقکلمنوہیےقлмаहिम"))

// TestComparing: scores are the same either way round, from 0 to 1, and 1 for the same
// name in capitals or with accents.
func TestComparing(t *testing.T) {
	name := rapid.StringOfN(letter, 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		s, r := Compare(Any, a, b), Compare(Any, b, a)
		if s.Value != r.Value || math.IsNaN(s.Value) || s.Value < 0 || s.Value > 1 {
			t.Fatalf("%q and %q: %v, the other way round %v", a, b, s.Value, r.Value)
		}
		if strings.IndexFunc(a, unicode.IsLetter) < 0 {
			return
		}
		if loud := Compare(Any, a, strings.ToUpper(a)); len(Parse(a).tokens) > 0 && loud.Value != 1 {
			t.Fatalf("%q and itself in capitals: %v", a, loud)
		}
		if in := scoreFound(Parse(a), Parse(b)).Value; in < 0 || in > 0.95+1e-9 {
			t.Fatalf("%q in %q: %v", a, b, in)
		}
	})
}

// scoreFound scores a name as found in another, one by one.
func scoreFound(n, m Name) Score {
	pairs, value := foundIn(&n, &m, func(i, j int) float64 { return similarity(n.tokens[i], m.tokens[j]) })
	return foundScore(&n, &m, pairs, value)
}

// Accents and signs for vowels make no other name.
func TestAccents(t *testing.T) {
	for a, b := range map[string]string{
		"Farsī": "Farsi", "Bājaur": "Bajaur", "Muḥammad": "Muhammad", "مُحَمَّد": "محمد", "Ёлкин": "Елкин",
		"Jama’at": "Jamaat",
	} {
		if s := Compare(Any, a, b); s.Value != 1 {
			t.Errorf("%s, %s: %v", a, b, s)
		}
	}
}

// Whatever is put in, little is read.
func TestHostileNames(t *testing.T) {
	for what, name := range map[string]string{
		"long": strings.Repeat("Lashkar ", 10_000), "marks": "a" + strings.Repeat("\u0301", 10_000),
		"both ways": strings.Repeat("\u202eabc\u202cجھنگوی", 5000), "broken": string([]byte{0xff, 0xfe, 'a', 0x80}),
		"nothing": "", "signs": "…—!؟",
	} {
		n := Parse(name)
		if size := len(n.tokens); size > mostLetters {
			t.Errorf("%s: %d words are kept", what, size)
		}
		_ = Compare(Any, name, "Lashkar-e-Jhangvi")
	}
}

func FuzzCompare(f *testing.F) {
	for _, c := range slices.Concat(same, other) {
		f.Add(c.a, c.b)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if s := Compare(Any, a, b).Value; !(s >= 0 && s <= 1) || s != Compare(Any, b, a).Value {
			t.Errorf("%q and %q: %v", a, b, s)
		}
	})
}

// Scripts of words and syllables are read by a table of others, and in the languages
// that read them otherwise.
func TestReadings(t *testing.T) {
	for a, b := range map[string]string{
		"金正恩": "Kim Jong Un", "김정은": "Kim Jong-un", "이민호": "Lee Min Ho", "山田太郎": "Yamada Taro",
		"田中花子": "Tanaka Hanako", "王小明": "Wang Xiaoming", "สมชาย": "Somchai", "משה": "Moshe",
		"გიორგი": "Giorgi", "ਸਿੰਘ": "Singh", "রহমান": "Rahman",
	} {
		if s := Compare(Person, a, b); s.Value < Suggested {
			t.Errorf("%s, %s: %v", a, b, s)
		}
	}
	for a, b := range map[string]string{"金正恩": "Yamada Taro", "山田太郎": "Tanaka Hanako", "김정은": "Lee Min Ho"} {
		if s := Compare(Person, a, b); s.Value >= Suggested {
			t.Errorf("%s, %s: %v", a, b, s)
		}
	}
	if n := Parse(strings.Repeat("山", 5000)); len(n.readings) > mostReadings {
		t.Errorf("%d readings are kept", len(n.readings))
	}
}
