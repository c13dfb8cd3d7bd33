package analysis

import (
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

func TestEveryLinkHasPhrases(t *testing.T) {
	for _, p := range graph.Predicates() {
		ph, ok := phrases[p.Name]
		if ok != p.IsLink() {
			t.Errorf("%s: phrases %v, want %v", p.Name, ok, p.IsLink())
			continue
		}
		if ok && (strings.Count(ph.forward, "%s") != 1 || strings.Count(ph.backward, "%s") != 1) {
			t.Errorf("%s: each phrase has one place for the hedge", p.Name)
		}
	}
}

func TestEveryHedgeButTheFlatOnesHasWords(t *testing.T) {
	for _, h := range graph.Hedges {
		if _, ok := hedgeWords[h]; ok == (h == graph.Confirmed || h == graph.Stated) {
			t.Errorf("%s: words %v", h, ok)
		}
	}
}

// A victim is never said to have taken part.
func TestParticipationIsToldByRole(t *testing.T) {
	for _, words := range []string{phrases["PARTICIPATED_IN"].forward, phrases["PARTICIPATED_IN"].backward} {
		if strings.Contains(words, "part") || strings.Contains(words, "involved") {
			t.Errorf("%q says more than that somebody is named with the incident", words)
		}
	}
}

// A range says when an end lay; it is not told as if the link had held that long.
func TestEndsOfALinkAreToldAsMeant(t *testing.T) {
	for edtf, want := range map[string]string{
		"2023-10": "until 2023-10", "/2023-10": "until 2023-10 or before", "../2023-10": "until 2023-10 or before",
		"2013-01/..": "until 2013-01 or later", "2016/2018": "until some time between 2016 and 2018", "../..": "until an unknown date",
	} {
		d, err := graph.ParseDate(edtf)
		if err != nil {
			t.Fatal(err)
		}
		if got := edge("until ", &d); got != want {
			t.Errorf("%s: %q, want %q", edtf, got, want)
		}
	}
}
