package analysis

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

func TestEveryHedgeButTheFlatOnesHasWords(t *testing.T) {
	for _, h := range graph.Hedges {
		if _, ok := hedgeWords[h]; ok == (h == graph.Confirmed || h == graph.Stated) {
			t.Errorf("%s: words %v", h, ok)
		}
	}
}

// A hedge of a clause of its own stands between commas, wherever a kind of link has its place.
func TestHedgesStandInSentences(t *testing.T) {
	for hedge, want := range map[graph.Hedge][2]string{
		graph.Stated:      {" was a party to", " leads or led"},
		graph.Reported:    {" was reportedly a party to", " reportedly leads or led"},
		graph.Believed:    {" was, as is believed, a party to", ", as is believed, leads or led"},
		graph.Conditional: {" was, if reports are correct, a party to", ", if reports are correct, leads or led"},
	} {
		got := [2]string{
			hedged(graph.PartyTo.Spec().Forward, hedgeWords[hedge]), hedged(graph.Leads.Spec().Forward, hedgeWords[hedge]),
		}
		if got != want {
			t.Errorf("%s: %q, want %q", hedge, got, want)
		}
	}
}

// A range says when an end lay; it is not told as if the link had held that long.
func TestEndsOfALinkAreToldAsMeant(t *testing.T) {
	for edtf, want := range map[string]string{
		"2023-10": "until 2023-10", "/2023-10": "until 2023-10 or before", "../2023-10": "until 2023-10 or before",
		"2013-01/..": "until 2013-01 or later", "2016/2018": "until some time between 2016 and 2018",
		"../..": "until an unknown date",
	} {
		d, err := graph.ParseDate(edtf)
		if err != nil {
			t.Fatal(err)
		}
		if got := oneEnd("until ", &d); got != want {
			t.Errorf("%s: %q, want %q", edtf, got, want)
		}
	}
}

// TestProseOfAPath: denials are told as denials, and claims that are not cited are
// counted.
func TestProseOfAPath(t *testing.T) {
	b := graph.Batch{
		Actor: "test", Reason: "test",
		Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "A report", Reliability: "C"}},
	}
	for _, id := range []graph.ID{"g0", "g1", "g2", "g3"} {
		b.Entities = append(b.Entities,
			graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: strings.ToUpper(string(id))}}})
	}
	add := func(
		from graph.ID, kind graph.Predicate, to graph.ID, hedge graph.Hedge, polarity graph.Polarity, locator string,
	) {
		b.Claims = append(b.Claims, graph.Claim{
			Subject: from, Predicate: kind, Object: to, Source: "s_a", Hedge: hedge, Polarity: polarity, Locator: locator,
		})
	}
	add("g1", "SUPPORTS", "g0", graph.Official, graph.Denied, "p1")
	for _, locator := range []string{"p2", "p3", "p4", "p5", "p6", "p7", "p8"} {
		add("g1", "FUNDED", "g2", graph.Reported, graph.Affirmed, locator)
	}
	add("g2", "TRAINED", "g3", graph.Stated, graph.Denied, "p9")
	n := must((&ViewInput{Lens: &graph.Lens{IncludeDenied: ptr(true)}}).Open(readerOf(t, b), nil, nil))
	o := PathOptions{Rank: ByLength, First: 1, MaxLength: 4}
	found := must(PathsBetween(n, PathRequest{From: "g0", To: "g3", Options: o}, nil))
	want := `By official account it is denied that G0 has or had the support of G1.[1] G1 reportedly funded G2.[2][3][4][5][6] It is denied that G2 trained G3.[7]

[1] A report, p1 (official, denied; C3)
[2] A report, p2 (reported; C3)
[3] A report, p3 (reported; C3)
[4] A report, p4 (reported; C3)
[5] A report, p5 (reported; C3)
[6] A report, p6 (reported; C3)
    and 2 more of the same link
[7] A report, p9 (stated, denied; C2)`
	if d := cmp.Diff(want, Prose(found.Paths[0])); d != "" {
		t.Error(d)
	}
}

// TestDenialsBesideAccusations: who is accused and denies what happened is told beside the accusation, whichever
// way it is read.
func TestDenialsBesideAccusations(t *testing.T) {
	accused := graph.Claim{Subject: "mastung-bombing-2023-09-29", Predicate: graph.AttributedTo, Object: "ttp", Attributor: "dawn", Hedge: graph.Alleged, Credibility: 4}
	bomber := graph.Claim{Subject: "hafeez-nawaz", Predicate: graph.ParticipatedIn, Object: "mastung-bombing-2023-09-29", Role: "bomber", Hedge: graph.Alleged, Credibility: 4}
	own := graph.Claim{Subject: "hafeez-nawaz", Predicate: graph.DeniedResponsibility, Object: "mastung-bombing-2023-09-29", Credibility: 1}
	v := must(seedsAnd(t, accused, bomber, own).View(nil))
	for _, c := range []struct {
		from, to graph.ID
		bearing  graph.Bearing
		want     string
	}{
		{accused.Subject, "ttp", graph.BearingAttribution, "Mastung bombing of 29 September 2023 is attributed to Tehrik-i-Taliban Pakistan by Dawn, as an allegation (contested; denied by Tehrik-i-Taliban Pakistan).[1]"},
		{"ttp", accused.Subject, graph.BearingAttribution, "Tehrik-i-Taliban Pakistan is accused of Mastung bombing of 29 September 2023 by Dawn, as an allegation (contested; denied by Tehrik-i-Taliban Pakistan).[1]"},
		{bomber.Subject, bomber.Object, graph.BearingResponsibility, "Hafeez Nawaz allegedly figures in Mastung bombing of 29 September 2023, in the role of bomber (contested; denied by Hafeez Nawaz).[1]"},
	} {
		p := must(v.ShortestPath(live.PathQuery{From: c.from, To: c.to, Bearings: []graph.Bearing{c.bearing}, MaxLength: 1}))
		if got, _, _ := strings.Cut(Prose(p), "\n"); got != c.want {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
}

// TestNotesSayWhoSpeaks: the note of a claim names whom it quotes, or who makes the attribution,
// and what its source relies on.
func TestNotesSayWhoSpeaks(t *testing.T) {
	b := graph.Batch{
		Actor: "test", Reason: "test",
		Sources: []graph.Source{
			{ID: "s_a", Kind: "ARTICLE", Title: "A report", Reliability: "B"}, {ID: "s_wire", Kind: "ARTICLE", Title: "The wire"},
		},
		Entities: []graph.Entity{
			{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "The Group"}}},
			{ID: "x", Kind: graph.Incident, Names: []graph.Name{{Value: "An attack"}}},
			{ID: "police", Kind: graph.Organisation, Names: []graph.Name{{Value: "The Police"}}},
		},
	}
	for _, c := range []graph.Claim{
		{Hedge: graph.Official, Speaker: "police", Locator: "p1", Origin: "s_wire", Attributor: "police"},
		{Hedge: graph.Suspected, Locator: "p2", Attributor: "police"},
		{Hedge: graph.Official, SpeakerText: "a retired officer", Locator: "p3", Attributor: "police", Polarity: graph.Denied},
	} {
		c.Subject, c.Predicate, c.Object, c.Source = "x", graph.AttributedTo, "g", "s_a"
		b.Claims = append(b.Claims, c)
	}
	n := must((&ViewInput{Bearings: graph.Bearings}).Open(readerOf(t, b), nil, nil))
	found := must(PathsBetween(n, PathRequest{From: "x", To: "g", Options: PathOptions{Rank: ByLength, First: 1, MaxLength: 1}}, nil))
	want := `An attack is attributed to The Group by The Police (disputed; denied by a retired officer).[1][2][3]

[1] A report, p1, relying on The wire (official, said by The Police; B3)
[2] A report, p2 (suspected, attributed by The Police; B4)
[3] A report, p3 (official, said by a retired officer, denied; B3)`
	if d := cmp.Diff(want, Prose(found.Paths[0])); d != "" {
		t.Error(d)
	}
}
