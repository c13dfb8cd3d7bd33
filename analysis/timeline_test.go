package analysis

import (
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestEndsLieWhereTheyLastMay: a link ends in the period of its latest end, and in
// none when that end is open.
func TestEndsLieWhereTheyLastMay(t *testing.T) {
	n := networkOf(t, graph.Batch{
		Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}},
		Entities: []graph.Entity{{ID: "g1", Kind: graph.Group, Names: []graph.Name{{Value: "g1"}}}, {ID: "g2", Kind: graph.Group, Names: []graph.Name{{Value: "g2"}}}, {ID: "g3", Kind: graph.Group, Names: []graph.Name{{Value: "g3"}}}, {ID: "g4", Kind: graph.Group, Names: []graph.Name{{Value: "g4"}}}},
		Claims: []graph.Claim{
			dated("g1", "g2", "2004/2006", "2013-01/.."), dated("g1", "g3", "/2003", "2013/2015"), dated("g1", "g4", "", "../.."),
		},
	})
	got, err := TimelineOf(n.View(), []graph.ID{"g1"}, ByYear)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != 2 || got.Rows[0].Label != "2004" || len(got.Rows[0].Started) != 1 || got.Rows[1].Label != "2015" || len(got.Rows[1].Ended) != 1 || got.UndatedLinks != 1 {
		t.Errorf("%+v", got)
		for _, r := range got.Rows {
			t.Errorf("%+v", r)
		}
	}
}

func dated(subject, object graph.ID, from, to string) graph.Claim {
	c := graph.Claim{Subject: subject, Predicate: "SUPPORTS", Object: object, Source: "s_test", Hedge: graph.Stated}
	for text, into := range map[string]*graph.Date{from: &c.ValidFrom, to: &c.ValidTo} {
		if text != "" {
			*into, _ = graph.ParseDate(text)
		}
	}
	return c
}
