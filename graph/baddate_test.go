package graph

import "testing"

// A date that was put together by hand, and says one thing and means another, is
// refused: kept, it could not be read again.
func TestDatesMadeByHand(t *testing.T) {
	good, err := ParseDate("2023-09")
	if err != nil {
		t.Fatal(err)
	}
	off := good
	off.Latest++
	for name, d := range map[string]PartialDate{"rubbish": {EDTF: "rubbish"}, "bounds": off} {
		b := Batch{
			Sources:  []Source{{ID: "s_a", Kind: "ARTICLE", Title: "A", Published: d}},
			Entities: []Entity{{ID: "a", Kind: Incident, Names: []Name{{Value: "A"}}}},
			Claims: []Claim{
				{Subject: "a", Predicate: "STATUS", Value: &Value{Text: "x"}, Hedge: Stated, Source: "s_a", ValidFrom: d},
				{Subject: "a", Predicate: "STATUS", Value: &Value{Text: "y"}, Hedge: Stated, Source: "s_a", ValidTo: d},
				{Subject: "a", Predicate: DateOf, Value: &Value{Date: d}, Hedge: Stated, Source: "s_a"},
			},
		}
		err, ok := b.Check().(*InvalidError)
		if !ok {
			t.Fatalf("%s: taken", name)
		}
		bad := map[string]bool{}
		for _, p := range err.Problems {
			if p.Code == "BAD_DATE" {
				bad[p.Path] = true
			}
		}
		for _, path := range []string{"sources[0].published", "claims[0].validFrom", "claims[1].validTo", "claims[2].value.date"} {
			if !bad[path] {
				t.Errorf("%s: %s is taken: %v", name, path, err)
			}
		}
	}
}
