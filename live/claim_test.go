package live

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// TestEncodedClaim: what is read from a claim's text by key is what decoding it gives,
// whatever its texts hold.
func TestEncodedClaim(t *testing.T) {
	raced.Alone(t)
	date := func(s string) graph.PartialDate {
		d, err := graph.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	rapid.Check(t, func(t *rapid.T) {
		odd := []string{"", `"`, `\`, `","role":"x"`, `{"a":[`, `]}`, "\x00", " ", "اردو", `\"`, `\\`}
		words := rapid.OneOf(rapid.String(), rapid.SampledFrom(odd))
		c := graph.Claim{
			Channel: words.Draw(t, "channel"), Excerpt: words.Draw(t, "excerpt"), Locator: words.Draw(t, "locator"),
			Nature: words.Draw(t, "nature"), Text: words.Draw(t, "sentence"),
			Role: words.Draw(t, "role"), Stage: words.Draw(t, "stage"),
			Credibility: rapid.IntRange(0, 6).Draw(t, "credibility"), Subject: "g",
		}
		for range rapid.IntRange(0, 3).Draw(t, "modes") {
			c.Modes = append(c.Modes, graph.Mode(words.Draw(t, "mode")))
		}
		if rapid.Bool().Draw(t, "dated") {
			c.ValidFrom, c.ValidTo = date("2004-03~"), date("2016/..")
		}
		if rapid.Bool().Draw(t, "valued") {
			half := 0.5
			c.Value = &graph.Value{Text: words.Draw(t, "text"), Role: "CIVILIAN", Low: &half, Circa: true}
		}
		text := encodedClaim(graph.Encode(&c))
		want, err := graph.Decode[graph.Claim](text)
		if err != nil {
			t.Fatal(err)
		}
		for key, word := range map[string]string{
			"channel": want.Channel, "excerpt": want.Excerpt, "locator": want.Locator, "nature": want.Nature,
			"role":  want.Role,
			"stage": want.Stage, "text": want.Text, "subject": string(want.Subject), "type": "claim", "aaa": "", "zzz": "", "rol": "",
			"roles": "",
		} {
			if got := text.text(key); got != word {
				t.Fatalf("%s is %q, want %q: %s", key, got, word, text)
			}
		}
		var modes []graph.Mode
		for m := range text.texts("modes") {
			modes = append(modes, graph.Mode(m))
		}
		if len(modes) != len(want.Modes) {
			t.Fatalf("modes are %q, want %q: %s", modes, want.Modes, text)
		}
		for i := range modes {
			if modes[i] != want.Modes[i] {
				t.Fatalf("modes are %q, want %q: %s", modes, want.Modes, text)
			}
		}
		if text.date("validFrom") != want.ValidFrom || text.date("validTo") != want.ValidTo {
			t.Fatalf("dates are %v and %v: %s", text.date("validFrom"), text.date("validTo"), text)
		}
		var value *graph.Value
		if raw := text.field("value"); raw != nil {
			value = new(graph.Value)
			if err := json.Unmarshal(raw, value); err != nil {
				t.Fatalf("%v: %s", err, raw)
			}
		}
		if (value == nil) != (want.Value == nil) || value != nil && value.Text != want.Value.Text {
			t.Fatalf("the value is %v, want %v", value, want.Value)
		}
	})
}
