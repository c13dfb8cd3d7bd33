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
