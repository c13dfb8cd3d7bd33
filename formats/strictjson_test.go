package formats_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

func TestCheckJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"a": 1, "b": [{"a": 1}, {"a": 2}]}`:               "",
		`{"names": [{"value": "😀 \ud83d\ude00 \u0627"}]}`:   "",
		`{"names": [{"value": "C \ud800 x"}]}`:              `HALF_CHARACTER names[0].value`,
		`{"names": [{"value": "C \udc00"}]}`:                `HALF_CHARACTER names[0].value`,
		`{"\ud800": 1}`:                                     `HALF_CHARACTER `,
		`{"a": 1, "a": 1}`:                                  `KEY_TWICE a`,
		`{"x": {"list": [0, {"a": 1, "b": 2, "a": null}]}}`: `KEY_TWICE x.list[1].a`,
		`{"a": NaN}`: "", // no JSON: the decoder says so
		`{"a": `:     "",
	} {
		got := ""
		if wrong, ok := errors.AsType[*graph.InvalidError](formats.CheckJSON([]byte(text))); ok {
			got = wrong.Problems[0].Code + " " + wrong.Problems[0].Path
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// What would be dropped or replaced without a word is a finding with its line and field.
func TestLinesThatDoNotSayOneThing(t *testing.T) {
	half := strings.Replace(aGroup, "A Group", `A \ud800 Group`, 1)
	twice := strings.Replace(bGroup, `"kind":"GROUP"`, `"kind":"GROUP","kind":"PLACE"`, 1)
	_, err := read(lines(aSource, half, twice))
	got := strings.Join(findings(t, err), "; ")
	if want := "in.ndjson:2 names[0].value HALF_CHARACTER; in.ndjson:3 kind KEY_TWICE"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What older editions took is taken, with a notice.
func TestNotices(t *testing.T) {
	unseen := strings.Replace(bGroup, "B Group", `\u200b`, 1)
	lost := strings.Replace(aGroup, "A Group", "A \uFFFD Group", 1)
	in, err := read(lines(aSource, unseen, strings.Replace(status, `"label"`, `"validFrom":"/","label"`, 1), lost))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range in.Notices {
		got = append(got, n.String())
	}
	want := []string{
		"in.ndjson:2: names[0].value: it shows nothing", `in.ndjson:3: validFrom: "/" is a date of nothing`,
		"in.ndjson:4: names[0].value: it holds U+FFFD",
	}
	if !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("%q, want %q", got, want)
	}
	if len(in.Batch.Entities) != 2 || len(in.Batch.Claims) != 1 {
		t.Errorf("it was not taken: %+v", in.Batch)
	}
}
