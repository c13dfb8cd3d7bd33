package analysis

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

func TestEveryHedgeButTheFlatOnesHasWords(t *testing.T) {
	for _, h := range graph.Hedges {
		if _, ok := hedgeWords[h]; ok == (h == graph.Confirmed || h == graph.Stated) {
			t.Errorf("%s: words %v", h, ok)
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
