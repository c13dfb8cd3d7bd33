package seeds

import (
	"regexp"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// hedgeWords are the words by which a sentence keeps a hedge; one of them must be in it.
// What is stated, and what is confirmed, needs none.
var hedgeWords = map[graph.Hedge]*regexp.Regexp{
	graph.Official:       regexp.MustCompile(`(?i)\baccording to\b|\bthe police\b|\bRangers\b`),
	graph.ClaimedByActor: regexp.MustCompile(`\b(says|said|denied),?\b`),
	graph.Reported:       regexp.MustCompile(`\breport(s|ed|edly)?\b`),
	graph.Believed:       regexp.MustCompile(`\bbelieved\b`),
	graph.Possible:       regexp.MustCompile(`\b(possibly|may|might)\b`),
	graph.Suspected:      regexp.MustCompile(`\bsuspect(s|ed)\b`),
	graph.Alleged:        regexp.MustCompile(`\b(alleged|are said to|is said to)\b`),
	graph.Pattern:        regexp.MustCompile(`\b(hallmarks|manner) of\b`),
	graph.Rumoured:       regexp.MustCompile(`\brumou?r`),
	graph.Conditional:    regexp.MustCompile(`^If\b`),
	graph.Assessment:     regexp.MustCompile(`^In the judgement of\b`),
}

// called is what sentences call a source that they do not call by its publisher.
var called = map[graph.ID]string{
	"s_dawn-column-2023-10":         "column",
	"s_crss-q3-2023":                "CRSS",
	"s_rabta-judgement":             "rabta's editors",
	"s_911-commission-2004":         "9/11 Commission",
	"s_frontline-pakistan":          "Frontline Pakistan",
	"s_sayed-valle-2025-06":         "Sayed and Valle",
	"s_iskp-video-2025-05-25":       "IS-K",
	"s_un-lj-summary-2011":          "United Nations summary of 2011",
	"s_un-consolidated-2026-02-27":  "United Nations list",
	"s_eu-reg-881-2002":             "Regulation (EC) No 881/2002",
	"s_us-fto-mirror":               "American list of Foreign Terrorist Organizations",
	"s_ofac-sdn-2019-01-15":         "American list of Specially Designated Nationals",
	"s_interior-ministry-list-2015": "list of Pakistan's Ministry of Interior",
	"s_ani-2016-11-22":              "ANI",
	"s_ca-listed-entities":          "Canadian list",
	"s_ucdp-ged-22-1":               "UCDP",
	"s_ucdp-actor-22-1":             "UCDP",
}

// names reports whether a sentence names a source.
func names(text string, s *graph.Source) bool {
	if name, ok := called[s.ID]; ok {
		return strings.Contains(text, name)
	}
	return s.Publisher != "" && strings.Contains(text, s.Publisher)
}

// TestEveryClaimHasASentence holds of every claim of the seeds.
func TestEveryClaimHasASentence(t *testing.T) {
	inside := regexp.MustCompile(`[.!?]["”]? +\p{Lu}`)
	b, seen, sources := batch(t), map[string]graph.ID{}, map[graph.ID]*graph.Source{}
	for i := range b.Sources {
		sources[b.Sources[i].ID] = &b.Sources[i]
	}
	for _, c := range b.Claims {
		at := c.Label + " " + string(c.ID)
		switch {
		case c.Text == "":
			t.Errorf("%s says nothing: %s %s %s", at, c.Subject, c.Predicate, c.Object)
			continue
		case len(c.Text) > graph.MaxSentence:
			t.Errorf("%s has %d bytes", at, len(c.Text))
		case !strings.HasSuffix(c.Text, ".") || inside.MatchString(c.Text) || strings.TrimSpace(c.Text) != c.Text:
			t.Errorf("%s is not one sentence: %s", at, c.Text)
		}
		if words := hedgeWords[c.Hedge]; words != nil && !words.MatchString(c.Text) {
			t.Errorf("%s is %s and says so by none of %s: %s", at, c.Hedge, words, c.Text)
		}
		if !names(c.Text, sources[c.Source]) && (c.Origin == "" || !names(c.Text, sources[c.Origin])) {
			t.Errorf("%s does not say that %s says so: %s", at, c.Source, c.Text)
		}
		if other, ok := seen[c.Text]; ok {
			t.Errorf("%s and %s have one sentence: %s", at, other, c.Text)
		}
		seen[c.Text] = c.ID
	}
	for _, h := range graph.Hedges {
		if hedgeWords[h] == nil && h != graph.Stated && h != graph.Confirmed {
			t.Errorf("no words are known for %s", h)
		}
	}
}

// TestNoFlatSentence: the words are missed where they are not.
func TestNoFlatSentence(t *testing.T) {
	for hedge, flat := range map[graph.Hedge]string{
		graph.Reported:   "Lashkar-e-Jhangvi has adopted the banner of IS-K.",
		graph.Suspected:  "IS-K did it.",
		graph.Assessment: "Its strategy is faltering.",
		graph.Possible:   "It happened in Mastung.",
	} {
		if hedgeWords[hedge].MatchString(flat) {
			t.Errorf("%q passes for %s", flat, hedge)
		}
	}
}
