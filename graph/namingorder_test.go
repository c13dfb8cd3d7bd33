package graph

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func form(f NameForm) uint8 { return Code(NameForms, f) }

// TestOrderOfNames: each name is shown before all that stand behind it.
func TestOrderOfNames(t *testing.T) {
	order := []struct {
		what string
		is   Naming
	}{
		{"primary, of the stricter stamp", Naming{Primary: true, Stamp: 2, Credibility: 5, Record: 1}},
		{"primary, recorded later", Naming{Primary: true, Credibility: 5, Commit: 1, Member: 2}},
		{"primary, of the entity that is first", Naming{Primary: true, Credibility: 5, Record: 1}},
		{"primary, of the second", Naming{Primary: true, Credibility: 5, Member: 1, Record: 9}},
		{"primary, recorded later", Naming{Primary: true, Credibility: 5, Member: 2, Record: 9}},
		{"primary, recorded before", Naming{Primary: true, Credibility: 1, Member: 2, Record: 2}},
		{"primary, further on in that record", Naming{Primary: true, Credibility: 1, Member: 2, Record: 2, At: 1}},
		{"better in credibility", Naming{Credibility: 1, Reliability: 5, Form: form(FormFormer), Record: 8}},
		{"better in reliability", Naming{Credibility: 2, Form: form(FormFormer), Record: 8}},
		{"in full", Naming{Credibility: 2, Reliability: 5, Record: 8}},
		{"transcribed", Naming{Credibility: 2, Reliability: 5, Form: form(FormTranscription)}},
		{"translated", Naming{Credibility: 2, Reliability: 5, Form: form(FormTranslation)}},
		{"short", Naming{Credibility: 2, Reliability: 5, Form: form(FormShort)}},
		{"acronym", Naming{Credibility: 2, Reliability: 5, Form: form(FormAcronym)}},
		{"former, recorded before", Naming{Credibility: 2, Reliability: 5, Form: form(FormFormer), Record: 3}},
		{"former, of a stricter stamp", Naming{Credibility: 2, Reliability: 5, Form: form(FormFormer), Record: 4, Stamp: 3}},
		{"former, further on", Naming{Credibility: 2, Reliability: 5, Form: form(FormFormer), Record: 4, At: 1}},
		{"as recorded", Naming{Credibility: 2, AsRecorded: true}},
		{"weak", Naming{Primary: true, Credibility: 1, Form: form(FormWeak)}},
		{"that does not count", Naming{Outside: true, Primary: true, Credibility: 1}},
		{"that does not count, not primary", Naming{Outside: true, Credibility: 1}},
	}
	for i, a := range order {
		for j, b := range order {
			if got, want := a.is.CompareNames(b.is) < 0, i < j; got != want {
				t.Errorf("a name %s before one %s: %v", a.what, b.what, got)
			}
		}
	}
}

// TestOrderOfValues: by grade, then what is stricter, then what is later.
func TestOrderOfValues(t *testing.T) {
	order := []Naming{
		{Credibility: 1, Reliability: 5},
		{Credibility: 2, Reliability: 1},
		{Credibility: 2, Reliability: 2, Stamp: 1, Record: 1},
		{Credibility: 2, Reliability: 2, Record: 5},
		{Credibility: 2, Reliability: 2, Record: 4},
		{Credibility: 2, AsRecorded: true, Record: 9},
		{Credibility: 2, AsRecorded: true, Record: 8, At: 1},
		{Credibility: 2, AsRecorded: true, Record: 8, At: 2},
		{Outside: true, Credibility: 1},
	}
	for i, a := range order {
		for j, b := range order {
			if got, want := a.CompareValues(b) < 0, i < j; got != want {
				t.Errorf("%+v before %+v: %v", a, b, got)
			}
		}
	}
}

// TestOrdersAreTotal: of different claims one comes first, whichever is asked first, and
// sorting depends on nothing else.
func TestOrdersAreTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(most uint8) uint8 { return rapid.Uint8Range(0, most).Draw(t, "n") }
		list := make([]Naming, 6)
		for i := range list {
			list[i] = Naming{
				Outside: rapid.Bool().Draw(t, "outside"), Primary: rapid.Bool().Draw(t, "primary"),
				AsRecorded: rapid.Bool().Draw(t, "as recorded"), Form: number(uint8(len(NameForms) - 1)),
				Credibility: number(2), Reliability: number(2), Stamp: number(1), Commit: uint32(number(1)), Member: uint32(number(1)), Record: uint32(number(2)), At: uint32(i),
			}
		}
		for _, compare := range []func(a, b Naming) int{Naming.CompareNames, Naming.CompareValues} {
			one, other := slices.Clone(list), slices.Clone(list)
			slices.Reverse(other)
			slices.SortFunc(one, compare)
			slices.SortFunc(other, compare)
			diff(t, "sorted from the other end", one, other)
			for i, a := range one {
				for j, b := range one {
					if c := compare(a, b); (c < 0) != (i < j) || (c == 0) != (i == j) {
						t.Fatalf("%+v against %+v is %d", a, b, c)
					}
				}
			}
		}
	})
}
