package live_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestMatch: names in another spelling find their entity; another father, another
// birth or another kind speak against; what is hidden is no candidate.
func TestMatch(t *testing.T) {
	f := newFeed()
	person := func(id, name string, change ...func(*graph.Entity)) graph.Entity {
		return entity(graph.Individual, id,
			append([]func(*graph.Entity){func(e *graph.Entity) { e.Names = []graph.Name{{Value: name}} }},
				change...)...)
	}
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a")},
		Entities: []graph.Entity{
			person("one", "Abdul Rahman Badani"), person("two", "Abdur Rehman Badani"),
			entity(graph.Group, "three", func(e *graph.Entity) {
				e.Names = []graph.Name{{Value: "Rahman Badani group"}}
			}),
			person("hidden", "Abdul Rahman Badani", func(e *graph.Entity) { e.Marking = graph.Red }),
		},
		Claims: []graph.Claim{
			claim(graph.Claim{Subject: "one", Predicate: "FATHER_NAME", Value: &graph.Value{Text: "Ghulam Haider"}},
				nil),
			claim(graph.Claim{Subject: "two", Predicate: "FATHER_NAME", Value: &graph.Value{Text: "Sher Mohammad"}},
				nil),
			claim(graph.Claim{Subject: "two", Predicate: "BIRTH", Value: &graph.Value{Date: date("1980")}}, nil),
		},
	})
	v := f.view(t, graph.Clear, nil)
	found := func(d live.MatchQuery) (out []string) {
		for _, c := range must(v.Match("query[0]", d, 5)) {
			mark := "?"
			if c.Suggested() {
				mark = "!"
			}
			out = append(out, string(c.Entity.Base().ID())+mark)
		}
		return out
	}
	names := []string{"Abdurrahman Badani"}
	persons := []graph.EntityKind{graph.Individual}
	same(t, "by name", []string{"one!", "two!"}, found(live.MatchQuery{Names: names, Kinds: persons}))
	same(t, "by father", []string{"two!"},
		found(live.MatchQuery{Names: names, Kinds: persons, Father: ptr("Sher Muhammad")})[:1])
	same(t, "by another birth", []string{"one!", "two?"},
		found(live.MatchQuery{Names: []string{"Abdul Rehman Badani"}, Kinds: persons, Birth: ptr(date("1950/1960"))}))
	same(t, "of no kind", nil, found(live.MatchQuery{Names: names, Kinds: []graph.EntityKind{}}))
	same(t, "to those who see all", 3,
		len(must(f.view(t, graph.Red, nil).Match("query[0]", live.MatchQuery{Names: names, Kinds: persons}, 5))))
	if _, err := v.Match("query[0]", live.MatchQuery{}, 5); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a description without a name: %v", err)
	}
	if _, err := v.Match("query[0]", live.MatchQuery{Names: names}, 21); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("too many candidates: %v", err)
	}
}

// TestBirthAboutAYear: an approximate year of birth contradicts none within three years of it.
func TestBirthAboutAYear(t *testing.T) {
	f := newFeed()
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a")},
		Entities: []graph.Entity{entity(graph.Individual, "kk", func(e *graph.Entity) {
			e.Names = []graph.Name{{Value: "Karim Khan Jan"}}
		})},
		Claims: []graph.Claim{
			claim(graph.Claim{Subject: "kk", Predicate: graph.Birth, Value: &graph.Value{Date: date("1965~")}}, nil),
		},
	})
	v := f.view(t, graph.Clear, nil)
	for born, want := range map[string]string{
		"": "1 true", "1964": "1 true same-birth", "1966": "1 true same-birth", "1964-12-31": "1 true same-birth",
		"1962": "1 true near-birth", "1968-12-31": "1 true near-birth", "1961": "0.6 false birth-differs", "1950": "0.6 false birth-differs",
		"1972~": "0.6 false birth-differs", "1970~": "1 true near-birth",
	} {
		q := live.MatchQuery{Names: []string{"Karim Khan Jan"}}
		if born != "" {
			q.Birth = ptr(date(born))
		}
		list := must(v.Match("query[0]", q, 5))
		got := fmt.Sprint(list[0].Score, " ", list[0].Suggested())
		for _, r := range list[0].Reasons {
			if strings.HasSuffix(r.Name, "birth") || strings.HasPrefix(r.Name, "birth") {
				got += " " + r.Name
			}
		}
		if got != want {
			t.Errorf("born %s: %s, want %s", born, got, want)
		}
	}
}
