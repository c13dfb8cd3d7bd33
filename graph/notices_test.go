package graph

import (
	"fmt"
	"strings"
	"testing"
)

func TestUnclear(t *testing.T) {
	nothing, err := ParseDate("../..")
	if err != nil {
		t.Fatal(err)
	}
	unknown, _ := ParseDate("XXXX")
	before, _ := ParseDate("/2004")
	b := Batch{
		Sources: []Source{{Published: nothing}, {Published: before}},
		Entities: []Entity{
			{Names: []Name{{Value: "\u200b \u2060"}, {Value: "A"}, {Value: ""}}},
			{Names: []Name{{Value: "A", Primary: true}, {Value: "B"}, {Value: "C", Primary: true}}},
			{Names: []Name{{Value: "A\u200b", Primary: true}, {Value: "\u0627"}, {Value: "\u3164"}}},
		},
		Claims: []Claim{{ValidFrom: unknown, ValidTo: nothing}, {Value: &Value{Date: nothing}}, {}},
	}
	var got []string
	for _, p := range b.Unclear() {
		got = append(got, fmt.Sprintf("%d %s %s", p.Record, p.Path, p.Code))
	}
	want := `0 sources[0].published BAD_DATE
2 entities[0].names[0].value MISSING
3 entities[1].names[2].primary TWO_PRIMARY_NAMES
4 entities[2].names[2].value MISSING
5 claims[0].validTo BAD_DATE
6 claims[1].value.date BAD_DATE`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("%s\nwant\n%s", text, want)
	}
}

// What the reader of a batch found is told where it stands, and nothing more of the same
// field is.
func TestFaultsOfABatch(t *testing.T) {
	b := Batch{
		Sources:  []Source{{ID: "s_a", Kind: "REPORT", Title: "A"}},
		Entities: []Entity{{ID: "a", Kind: Group, Names: []Name{{Value: "A"}}}},
		Claims: []Claim{
			{Subject: "a", Predicate: "STATUS", Value: &Value{Text: "x"}, Hedge: "SURE", Source: "s_a"},
			{Subject: "a", Predicate: "STATUS", Hedge: Stated, Source: "s_a"},
		},
		Faults: []Problem{
			{Code: "ODD", Path: "claims[1].value"}, {Code: "ODD", Path: "nothing"}, {Code: "ODD", Path: "entities[0].colour"},
		},
	}
	for _, err := range []error{b.Check(), func() error { _, err := Plan(b.Normalised(), Log{Known: Known{}}); return err }()} {
		invalid, ok := err.(*InvalidError)
		if !ok {
			t.Fatalf("taken: %v", err)
		}
		var got []string
		for _, p := range invalid.Problems {
			got = append(got, fmt.Sprintf("%d %s %s", p.Record, p.Code, p.Path))
		}
		want := "0 ODD nothing; 1 ODD entities[0].colour; 2 UNKNOWN_VALUE claims[0].hedge; 3 ODD claims[1].value"
		if text := strings.Join(got, "; "); text != want {
			t.Errorf("%s, want %s", text, want)
		}
	}
}

func TestWhatToWriteForADate(t *testing.T) {
	for s, want := range map[string]string{
		"2014-02-00":       `write "2014-02"`,
		"2005-00-00":       `write "2005"`,
		"2/18/10":          `write "2010-02-18"`,
		"18.2.2010":        `write "2010-02-18"`,
		"2010/2/18":        `write "2010-02-18"`,
		"3/4/2010":         `write "2010-04-03" or "2010-03-04"`,
		"1/1/99":           `write "1999-01-01"`,
		"18 February 2010": `write "2010-02-18"`,
		"Feb 18, 2010":     `write "2010-02-18"`,
		" February 2010 ":  `write "2010-02"`,
		"soon":             dateForms,
		"40/50/2010":       dateForms,
		"2010-13-01":       dateForms,
		"-00":              dateForms,
	} {
		if got := dateRemedy(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

func TestNamesThatLookAlike(t *testing.T) {
	e := Entity{Names: []Name{{Value: "X Group ", Source: "s_a"}}}
	for _, later := range []Name{{Value: "X\u200b  Group"}, {Value: "X Group", Primary: true}, {Value: " X Group"}, {Value: "X Group", Lang: "ur"}} {
		e = e.Merge(Entity{Names: []Name{later}})
	}
	if got, want := fmt.Sprint(e.Names), "[{ true s_a X Group} {ur false  X Group}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
