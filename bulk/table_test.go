package bulk_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// told are claims of when a link held, who says so and how sure that is.
func told() *log {
	date := func(s string) graph.PartialDate {
		d, err := graph.ParseDate(s)
		if err != nil {
			panic(err)
		}
		return d
	}
	number := func(n float64) *float64 { return &n }
	node := func(kind graph.EntityKind, id graph.ID) graph.Entity {
		return graph.Entity{ID: id, Kind: kind, Names: []graph.Name{{Value: "The " + string(id)}}}
	}
	said := func(c graph.Claim) graph.Claim {
		if c.Source == "" {
			c.Source = "s_paper"
		}
		return c
	}
	return logOf(graph.Change{
		Sources: []graph.Source{
			{ID: "s_paper", Kind: "ARTICLE", Title: "A paper", Publisher: "The Paper"},
			{ID: "s_other", Kind: "ARTICLE", Title: "Another paper"},
		},
		Entities: []graph.Entity{
			node(graph.Group, "g"), node(graph.Individual, "i"), node(graph.Organisation, "police"), node(graph.Place, "town"), node(graph.Incident, "x"),
		},
		Claims: []graph.Claim{
			said(graph.Claim{Subject: "i", Predicate: graph.MemberOf, Object: "g", Hedge: graph.Stated, ValidFrom: date("2001"), ValidTo: date("2004")}),
			said(graph.Claim{Subject: "i", Predicate: graph.MemberOf, Object: "g", Hedge: graph.Stated, ValidFrom: date("2008-03~")}),
			said(graph.Claim{Subject: "i", Predicate: graph.Leads, Object: "g", Hedge: graph.Reported, ValidFrom: date("2015"), Speaker: "police"}),
			said(graph.Claim{Subject: "i", Predicate: graph.Death, Value: &graph.Value{Date: date("2012")}, Hedge: graph.Official, Credibility: 2, Speaker: "police"}),
			said(graph.Claim{
				Subject: "i", Predicate: graph.Death, Value: &graph.Value{Date: date("2012")}, Hedge: graph.Rumoured, Polarity: graph.Denied,
				SpeakerText: "a brother", Source: "s_other",
			}),
			said(graph.Claim{
				Subject: "i", Predicate: graph.Post, Value: &graph.Value{Text: "mayor; acting"}, Hedge: graph.Alleged, SpeakerText: "a clerk",
				ValidFrom: date("1999"), ValidTo: date("2000"),
			}),
			said(graph.Claim{Subject: "g", Predicate: graph.Strength, Value: &graph.Value{Low: number(50), Unit: "fighters"}, Hedge: graph.Believed, ValidFrom: date("2003")}),
			said(graph.Claim{Subject: "g", Predicate: graph.BasedIn, Object: "town", Hedge: graph.Rumoured, Speaker: "police", ValidFrom: date("2002")}),
			said(graph.Claim{Subject: "g", Predicate: graph.NameOf, Value: &graph.Value{Text: "The Few", Form: graph.FormShort}, Hedge: graph.ClaimedByActor, Speaker: "g"}),
			said(graph.Claim{
				Subject: "x", Predicate: graph.Casualties, Value: &graph.Value{Role: graph.RoleAll, Effect: graph.EffectKilled, Low: number(3)},
				Hedge: graph.Official, Speaker: "police",
			}),
			said(graph.Claim{Subject: "g", Predicate: graph.Claimed, Object: "x", Hedge: graph.Reported, Credibility: graph.Improbable, SpeakerText: "a caller"}),
		},
	})
}

// cells are the lines of a table by the id, or by another column.
func cells(t *testing.T, file, by string) map[string]map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(written(t, told(), graph.Clear, file, ""))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]string{}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out[row[by]] = row
	}
	return out
}

// TestWhenALinkHeld: a link's line has the intervals in which it held, and says of one that
// holds after a death that it does.
func TestWhenALinkHeld(t *testing.T) {
	links := cells(t, "links.csv", "kind")
	for _, c := range []struct{ kind, column, want string }{
		{"MEMBER_OF", "held", "2001:2004;2008-03~:../2012"},
		{"MEMBER_OF", "interrupted", "true"},
		{"MEMBER_OF", "outside_life", "false"},
		{"MEMBER_OF", "speakers", ""},
		{"LEADS", "held", ""},
		{"LEADS", "interrupted", "false"},
		{"LEADS", "outside_life", "true"},
		{"LEADS", "speakers", "AFFIRMED:1:police"},
		{"BASED_IN", "held", "2002:"},
		{"CLAIMED", "speakers", "AFFIRMED:1:a caller"},
	} {
		if got := links[c.kind][c.column]; got != c.want {
			t.Errorf("%s of %s is %q, not %q", c.column, c.kind, got, c.want)
		}
	}
}

// TestValuesWithTheirGrades: a value in the line of an entity has its hedge, who says so, where
// and of when.
func TestValuesWithTheirGrades(t *testing.T) {
	entities := cells(t, "entities.csv", "id")
	for _, c := range []struct{ id, column, want string }{
		{"i", "death", "2012"},
		{"i", "death_grade", "OFFICIAL:2:CONTESTED"},
		{"i", "posts", `mayor\; acting`},
		{"i", "posts_grade", "ALLEGED:4"},
		{"i", "speakers", "death:1:AFFIRMED:1:police;death:1:DENIED:1:a brother;posts:1:AFFIRMED:1:a clerk"},
		{"i", "sources", "death:1:s_paper;death:1:s_other;posts:1:s_paper"},
		{"i", "times", "posts:1:1999:2000"},
		{"i", "names_grade", "STATED:2"},
		{"g", "names", "The g;The Few"},
		{"g", "names_grade", "STATED:2;CLAIMED_BY_ACTOR:3"},
		{"g", "places", "town"},
		{"g", "places_grade", "RUMOURED:5"},
		{"g", "strength", "50:::fighters"},
		{"g", "strength_grade", "BELIEVED:3"},
		{"g", "speakers", "names:2:AFFIRMED:1:g;places:1:AFFIRMED:1:police"},
		{"g", "times", "places:1:2002:;strength:1:2003:"},
		{"x", "casualties", "ALL:KILLED:3::"},
		{"x", "casualties_grade", "OFFICIAL:3"},
		{"x", "claimed", "SOMEBODY"},
		{"x", "claimed_grade", "REPORTED:5"},
		{"x", "speakers", "claimed:1:AFFIRMED:1:a caller;casualties:1:AFFIRMED:1:police"},
		{"police", "speakers", ""},
		{"police", "sources", ""},
	} {
		if got := entities[c.id][c.column]; got != c.want {
			t.Errorf("%s of %s is %q, not %q", c.column, c.id, got, c.want)
		}
	}
}
