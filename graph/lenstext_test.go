package graph

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func condition(t *testing.T, name string) *LensCondition {
	t.Helper()
	i := slices.IndexFunc(LensConditions, func(c LensCondition) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("there is no condition %s", name)
	}
	return &LensConditions[i]
}

// TestLensConditions: every field of a lens can be given as text, and no text sets
// another.
func TestLensConditions(t *testing.T) {
	yes, no, two, letter, mode, seven := true, false, 2, Reliability("B"), Certain, Sequence(7)
	asOf, published := DayOf(2003, 6, 1), DayOf(2015, 1, 1)
	moment := time.Date(2024, 1, 2, 3, 4, 5, 600_000_000, time.UTC)
	want := Lens{
		AsOf: &asOf, AsOfMode: &mode, KnownAt: &moment, KnownAtSequence: &seven, PublishedBy: &published, MinCredibility: &two, MinReliability: &letter,
		IncludeUnjudged: &yes, MinIndependentSources: &two, Hedges: []Hedge{Stated, Official}, Sources: []ID{"s_a", "s_b"}, WithoutSources: []ID{"s_c"},
		SourceKinds: []SourceKind{ListKind, CourtRecordKind}, Publishers: []string{"Dawn", "ANI, in Business Standard"}, Speakers: []ID{"police"}, Attributors: []ID{"a", "b"},
		OfficialVoices:  &yes,
		IncludeDisputed: &no, IncludeDenied: &yes, IncludeAssessments: &yes, IncludeInferred: &no,
	}
	texts := map[string][]string{
		"asOf": {"2003-06-01"}, "asOfMode": {"CERTAIN"}, "knownAt": {"2024-01-02T03:04:05.6Z"}, "knownAtSequence": {"7"}, "publishedBy": {"2015-01-01"},
		"minCredibility": {"2"}, "minReliability": {"B"}, "includeUnjudged": {"true"}, "minIndependentSources": {"2"}, "hedges": {"STATED,OFFICIAL"},
		"sources": {"s_a", "s_b"}, "withoutSources": {"s_c"}, "sourceKinds": {"LIST,COURT_RECORD"}, "publishers": {"Dawn", "ANI, in Business Standard"},
		"speakers": {"police"}, "attributors": {"a,b"}, "officialVoices": {"true"}, "includeDisputed": {"false"}, "includeDenied": {"true"}, "includeAssessments": {"true"}, "includeInferred": {"false"},
	}
	var whole Lens
	fields := reflect.TypeOf(whole)
	if len(LensConditions) != fields.NumField() {
		t.Errorf("%d conditions for %d fields", len(LensConditions), fields.NumField())
	}
	for i := range LensConditions {
		c := &LensConditions[i]
		if name := []rune(fields.Field(i).Name); c.Name != string(unicode.ToLower(name[0]))+string(name[1:]) || c.Doc == "" {
			t.Errorf("condition %d is %s, the field %s", i, c.Name, string(name))
		}
		var one Lens
		if err := errors.Join(c.Set(&whole, texts[c.Name]...), c.Set(&one, texts[c.Name]...)); err != nil {
			t.Error(err)
		}
		for j := range fields.NumField() {
			if set := !reflect.ValueOf(one).Field(j).IsZero(); set != (i == j) {
				t.Errorf("%s sets %s: %t", c.Name, fields.Field(j).Name, set)
			}
		}
		if field := fields.Field(i).Type; c.List != (field.Kind() == reflect.Slice) || c.Switch != (field == reflect.TypeFor[*bool]()) {
			t.Errorf("%s says that it takes something else than it does", c.Name)
		}
	}
	if d := cmp.Diff(want, whole); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestBadLensConditions(t *testing.T) {
	for _, c := range []struct {
		name, code string
		values     []string
	}{
		{"asOf", "BAD_DATE", []string{"soon"}},
		{"asOf", "NO_VALUE", []string{""}},
		{"asOf", "GIVEN_TWICE", []string{"2001-01-01", "2001-01-01"}},
		{"asOf", "GIVEN_TWICE", nil},
		{"asOfMode", "UNKNOWN_VALUE", []string{"certain"}},
		{"knownAt", "BAD_TIME", []string{"2024"}},
		{"knownAt", "BAD_TIME", []string{"2024-01-02T03:04:05+24:00"}},
		{"knownAt", "BAD_TIME", []string{"2024-01-02T03:04:05 01:00"}},
		{"knownAtSequence", "OUT_OF_RANGE", []string{"-1"}},
		{"knownAtSequence", "OUT_OF_RANGE", []string{"18446744073709551615"}},
		{"minCredibility", "BAD_NUMBER", []string{"two"}},
		{"minCredibility", "BAD_NUMBER", []string{"99999999999"}},
		{"minReliability", "UNKNOWN_VALUE", []string{"G"}},
		{"includeDenied", "BAD_SWITCH", []string{"yes"}},
		{"hedges", "UNKNOWN_VALUE", []string{"STATED,SURE"}},
		{"hedges", "NO_VALUE", []string{"STATED,"}},
		{"hedges", "NO_VALUE", []string{"STATED", ""}},
		{"sourceKinds", "UNKNOWN_VALUE", []string{"LEAFLET"}},
		{"publishers", "NO_VALUE", []string{"Dawn", ""}},
		{"publishers", "TOO_LONG", []string{strings.Repeat("x", MaxShort+1)}},
		{"sources", "TOO_LONG", []string{strings.Repeat("x", MaxID+1)}},
	} {
		err := condition(t, c.name).Set(new(Lens), c.values...)
		var invalid *InvalidError
		if !errors.As(err, &invalid) || invalid.Problems[0].Code != c.code || invalid.Problems[0].Path != c.name || invalid.Problems[0].Remedy == "" {
			t.Errorf("%s of %q: %v", c.name, c.values, err)
		}
	}
}

// TestEmptyListOfALens: a list that is given and empty keeps nothing, and is not one
// that is not given.
func TestEmptyListOfALens(t *testing.T) {
	for _, name := range []string{"hedges", "sources", "withoutSources", "sourceKinds", "publishers", "speakers", "attributors"} {
		var l Lens
		if err := condition(t, name).Set(&l, ""); err != nil {
			t.Error(err)
		}
		set := 0
		for i := range reflect.TypeOf(l).NumField() {
			if f := reflect.ValueOf(l).Field(i); !f.IsZero() && f.Len() == 0 {
				set++
			}
		}
		if set != 1 {
			t.Errorf("%s is %+v", name, l)
		}
	}
}

func TestRenamed(t *testing.T) {
	other := errors.New("other")
	rename := func(p string) string { return "new " + p }
	for _, c := range []struct {
		err  error
		want string
	}{
		{Invalid("X", "old", "it is bad", "mend it"), "new old: it is bad; mend it"},
		{NotFound("old", "s_a"), NotFound("new old", "s_a").Error()},
		{other, "other"},
	} {
		if got := Renamed(c.err, rename); got.Error() != c.want {
			t.Errorf("%v, want %s", got, c.want)
		}
	}
	if Renamed(nil, rename) != nil {
		t.Error("nothing is something")
	}
}

func TestDayAppend(t *testing.T) {
	for _, d := range []Day{OpenStart, OpenEnd, 0, DayOf(2024, 2, 29), DayOf(1, 1, 1), DayOf(-44, 3, 15), DayOf(9999, 12, 31), DayOf(12345, 1, 1)} {
		if got := string(d.Append([]byte("x"))); got != "x"+d.String() {
			t.Errorf("%s is appended as %s", d, got)
		}
	}
}
