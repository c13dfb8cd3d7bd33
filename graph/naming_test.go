package graph

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormOf(t *testing.T) {
	for name, want := range map[string]NameForm{
		"TTP": FormAcronym, "IS-K": FormAcronym, "T.T.P.": FormAcronym, " JUI ": FormAcronym, "ТТП": FormAcronym,
		"ABCDEFGH": FormAcronym, "ABCDEFGHI": FormFull, "A": FormFull, "A.": FormFull, "Isis": FormFull,
		"IS K": FormFull, "F16": FormFull, "": FormFull, "..": FormFull, "تحریک": FormFull,
	} {
		if got := FormOf(name); got != want {
			t.Errorf("%q is %s, want %s", name, got, want)
		}
	}
}

func TestPlainName(t *testing.T) {
	for name, want := range map[string]string{
		"X Group": "X Group", " X  Group ": "X Group", "Ansar\u200b Group": "Ansar Group", "Cafe\u0301": "Café",
		"\u200b": "\u200b", "": "",
	} {
		if got := PlainName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// TestExpand: the short form is this list of claims, and what it does not say is in none.
func TestExpand(t *testing.T) {
	e := Entity{
		ID: "ttp", Kind: Group, Subtype: "UMBRELLA", Description: "A group.", Marking: Amber,
		Names: []Name{
			{Value: " Tehrik-i-Taliban  Pakistan", Primary: true, Source: "s_a"},
			{Value: "TTP"},
			{Value: "TTP"},
			{Value: "تحریک", Lang: "ur"},
		},
		External: []string{"x:1", "x:2"},
	}
	want := []Claim{
		{Predicate: NameOf, Source: "s_a", Value: &Value{Text: "Tehrik-i-Taliban Pakistan", Form: FormFull, Primary: true}},
		{Predicate: NameOf, Source: AsRecorded, Value: &Value{Text: "TTP", Form: FormAcronym}},
		{Predicate: NameOf, Source: AsRecorded, Value: &Value{Text: "تحریک", Lang: "ur", Form: FormFull}},
		{Predicate: Description, Source: AsRecorded, Value: &Value{Text: "A group."}},
		{Predicate: SubtypeOf, Source: AsRecorded, Value: &Value{Text: "UMBRELLA"}},
		{Predicate: ExternalID, Source: AsRecorded, Value: &Value{Text: "x:1"}},
		{Predicate: ExternalID, Source: AsRecorded, Value: &Value{Text: "x:2"}},
	}
	for i := range want {
		want[i].Subject, want[i].Hedge, want[i].Credibility = "ttp", Stated, 2
		want[i].Polarity, want[i].Marking = Affirmed, Clear
		want[i] = want[i].Normalised()
	}
	same(t, "the claims", want, Expand(&e))
	same(t, "those of a bare entity", nil, Expand(&Entity{ID: "x", Kind: Group}))
	if got := want[1].ID; got != "c_cvbew5l43ddrl25zu2ugkdmrlu" {
		t.Errorf("the id of the name TTP is %s: ids of claims never change", got)
	}
}

// TestExpandedIDs: expansion gives each claim once and changes nothing; a claim has the id
// that it has when it is recorded as such, and the same in every line that gives it.
func TestExpandedIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntity(t, "entity")
		for i := range e.Names {
			e.Names[i].Value = rapid.SampledFrom([]string{"", " ", "\u200b"}).Draw(t, "before") + e.Names[i].Value
			e.Names[i].Source = rapid.SampledFrom([]ID{"", "s_a", "s_b"}).Draw(t, "source")
		}
		e.Description = rapid.SampledFrom([]string{"", "A.", "B."}).Draw(t, "description")
		before := string(Encode(&e))
		claims := Expand(&e)
		diff(t, "expanded again", claims, Expand(&e))
		if string(Encode(&e)) != before {
			t.Fatal("expansion changed the line")
		}
		ids := map[ID]bool{}
		for _, c := range claims {
			if ids[c.ID] || c.ID != c.Normalised().ID || !c.ID.validClaim() {
				t.Fatalf("%s is there twice, or is not the id of what it says", c.ID)
			}
			ids[c.ID] = true
		}
		stricter := e
		stricter.Marking, stricter.Representation = Red, Class
		diff(t, "of a stricter line", claims, Expand(&stricter))
		slices.Reverse(stricter.Names)
		stricter.External = append(stricter.External, "more")
		for _, c := range Expand(&stricter) {
			delete(ids, c.ID)
		}
		if len(ids) > 0 {
			t.Fatalf("a line that says more lacks %v", ids)
		}
	})
}

// TestNamesDiffer: what is part of a name is part of its id.
func TestNamesDiffer(t *testing.T) {
	seen := map[ID]bool{}
	for _, n := range []Name{
		{Value: "A b"},
		{Value: "A b", Lang: "ur"},
		{Value: "A b", Primary: true},
		{Value: "A b", Source: "s_a"},
		{Value: "a b"},
	} {
		c := Expand(&Entity{ID: "x", Kind: Group, Names: []Name{n}})[0]
		if seen[c.ID] {
			t.Errorf("%+v has the id of another name", n)
		}
		seen[c.ID] = true
	}
}

// TestAsRecordedIsBuiltIn: nobody records, withdraws or names the source of what has none.
func TestAsRecordedIsBuiltIn(t *testing.T) {
	said := func(c Claim) Claim {
		c.Hedge = Stated
		return c
	}
	name := Entity{ID: "x", Kind: Group, Names: []Name{{Value: "X"}}}
	own := AsRecordedSource()
	own.Kind = "REPORT"
	known := Source{ID: "s_b", Kind: "REPORT", Title: "B"}
	derived := known
	derived.DerivedFrom = []ID{AsRecorded}
	named := name
	named.Names = []Name{{Value: "X", Source: AsRecorded}}
	for field, b := range map[string]Batch{
		"sources[0].id":               {Sources: []Source{own}},
		"sources[0].derivedFrom[0]":   {Sources: []Source{derived}},
		"entities[0].names[0].source": {Entities: []Entity{named}},
		"claims[0].source": {Entities: []Entity{name}, Claims: []Claim{said(Claim{
			Subject: "x", Predicate: StatusOf, Value: &Value{Text: "active"}, Source: AsRecorded,
		})}},
		"claims[0].origin": {Sources: []Source{known}, Entities: []Entity{name}, Claims: []Claim{said(Claim{
			Subject: "x", Predicate: StatusOf, Value: &Value{Text: "active"}, Source: "s_b", Origin: AsRecorded,
		})}},
		"claims[0].subject": {Sources: []Source{known}, Claims: []Claim{said(Claim{
			Subject: AsRecorded, Predicate: Withdraws, Source: "s_b",
		})}},
	} {
		for _, known := range []*Known{nil, {AsRecorded: {{Marking: Clear}}}} {
			_, _, err := plan(b.Normalised(), known, nil, nil)
			if err == nil || !strings.Contains(err.Error(), field+": "+string(AsRecorded)) {
				t.Errorf("%s: the error is %v", field, err)
			}
		}
	}
}
