package names

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func parsedList(list ...string) (out []Name) {
	for _, n := range list {
		out = append(out, Parse(n))
	}
	return out
}

// TestCompareAll: what a name says alone, the others can take back.
func TestCompareAll(t *testing.T) {
	for _, c := range []struct {
		a, b   []string
		one    bool
		reason string
	}{
		{[]string{"Lashkar-e-Jhangvi", "LeJ"}, []string{"Laskar Jhangvi"}, true, ""},
		{[]string{"Tehrik-i-Taliban Pakistan", "TTP"}, []string{"TTP"}, true, ""},
		{
			[]string{"Lashkar-e-Islam", "Army of Islam"},
			[]string{"Jaish-ul-Islam", "Army of Islam"},
			false, "main-names-differ",
		},
		{[]string{"Jamaat-ul-Ahrar", "JuA"}, []string{"Jamiat-ul-Ansar"}, false, "short-form-of-another"},
		{
			[]string{"Balochistan Liberation Army", "BLA"},
			[]string{"Bangla Liberation Alliance", "BLA"},
			false, "short-form-of-another",
		},
		{
			[]string{"One Front", "Shared Name", "Other Shared"},
			[]string{"Two Army", "Shared Name", "Other Shared"},
			true, "",
		},
		{[]string{"One Front", "Shared Name"}, []string{"Two Army", "Shared Name"}, false, "main-names-differ"},
	} {
		s := CompareAll(Group, parsedList(c.a...), parsedList(c.b...))
		if one := s.Value >= Suggested; one != c.one || c.reason != "" && s.Reasons[len(s.Reasons)-1].Name != c.reason {
			t.Errorf("%v and %v: %.3f, %v", c.a, c.b, s.Value, s.Reasons)
		}
	}
	if s := CompareAll(Group, nil, parsedList("LeJ")); s.Value != 0 || s.Reasons == nil {
		t.Errorf("nothing scores %v", s)
	}
}

// The score is the same either way round, and names that are added to both never make
// it less than 0 or more than 1.
func TestCompareAllEitherWay(t *testing.T) {
	name := rapid.SampledFrom(listed())
	rapid.Check(t, func(t *rapid.T) {
		list := func(what string) []Name {
			return parsedList(rapid.SliceOfN(name, 1, 4).Draw(t, what)...)
		}
		a, b := list("a"), list("b")
		s, r := CompareAll(Group, a, b), CompareAll(Group, b, a)
		if s.Value != r.Value || s.Value < 0 || s.Value > 1 {
			t.Fatalf("%v one way round, %v the other", s.Value, r.Value)
		}
	})
}

// TestVariants: likely spellings are like the name, each once, and no more than asked.
func TestVariants(t *testing.T) {
	for name, want := range map[string]string{
		"Lashkar-i-Jhangvi": "Lashkar-e-Jhangvi", "Khalid Shaikh Mohammed": "Khaled Sheikh Mohammed",
		"Musaad Aruchi": "Musaad Aroochi", "Hafiz Saeed": "Hafiz Said",
		"Jamaat-ud-Dawa": "Jamaat-ul-Dawa", "طالبان": "Taliban", "Tehrik-i-Taliban Pakistan": "TTP",
	} {
		all := Variants(name, MaxVariants)
		seen, found := map[string]bool{}, false
		for _, v := range all {
			if seen[v.Name] || strings.EqualFold(v.Name, name) || Compare(Any, name, v.Name).Value < leastVariant {
				t.Errorf("%s: %s scores %v", name, v.Name, Compare(Any, name, v.Name).Value)
			}
			seen[v.Name], found = true, found || v.Name == want
		}
		if !found {
			t.Errorf("%s: no %s among %d: %v", name, want, len(all), all[:min(len(all), 20)])
		}
		if few := Variants(name, 3); len(few) > 3 || len(few) > 0 && few[0].Name != all[0].Name {
			t.Errorf("%s: three are %v", name, few)
		}
	}
	for _, none := range []string{"", "…", strings.Repeat("x ", 500)} {
		if got := Variants(none, 5); len(got) != 0 || got == nil {
			t.Errorf("%.20q: %v", none, got)
		}
	}
}

func TestSamePlace(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Khuzdar", "Khuzdār District", true},
		{"Iran", "Islamic Republic of Iran", true},
		{"Bājaur Agency", "باجوڑ", true},
		{"Kabul", "Kabul Province", true},
		{"Sudan", "South Sudan", false},
		{"Waziristan", "North Waziristan", false},
		{"Khuzdar District", "Kalat District", false},
		{"Mastung", "Mardan", false},
		{"", "Iran", false},
		{"District", "Province", false},
	} {
		if got := SamePlace(c.a, c.b); got != c.same || got != SamePlace(c.b, c.a) {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}
