package live_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

func namedEntity(kind graph.EntityKind, id string, names ...string) graph.Entity {
	return entity(kind, id, func(e *graph.Entity) {
		e.Names = nil
		for _, n := range names {
			e.Names = append(e.Names, graph.Name{Value: n})
		}
	})
}

// duplicateGraph holds pairs that are one, and pairs that only look so.
func duplicateGraph() *feed {
	f := newFeed()
	secret := namedEntity(graph.Group, "hidden", "Lashkar-e-Jhangvi")
	secret.Marking = graph.Red
	spelt := namedEntity(graph.Group, "spelt", "Unlike Front")
	spelt.Names = append(spelt.Names, graph.Name{Value: "Lashkar e Jhangvi", Source: "s_red"})
	listed := func(e graph.Entity, ids ...string) graph.Entity { e.External = ids; return e }
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a"), source("red", func(s *graph.Source) { s.Marking = graph.Red })},
		Entities: []graph.Entity{
			namedEntity(graph.Group, "lej", "Lashkar-e-Jhangvi", "LeJ"),
			namedEntity(graph.Group, "lj", "Laskar Jhangvi"), secret, spelt,
			namedEntity(graph.Madressah, "school", "Lashkar-e-Jhangvi"),
			namedEntity(graph.Group, "ttp", "Tehrik-i-Taliban Pakistan", "TTP"),
			namedEntity(graph.Group, "afghan", "Taliban", "Afghan Taliban"),
			namedEntity(graph.Group, "apart-a", "Jaish-e-Mohammed"),
			namedEntity(graph.Group, "apart-b", "Jaish-i-Muhammad"),
			namedEntity(graph.Group, "islam-a", "Lashkar-e-Islam", "Army of Islam"),
			namedEntity(graph.Group, "islam-b", "Jaish-ul-Islam", "Army of Islam"),
			namedEntity(graph.Group, "ahrar", "Jamaat-ul-Ahrar", "JuA"),
			namedEntity(graph.Group, "ansar", "Jamiat-ul-Ansar"),
			namedEntity(graph.Individual, "ammar", "Ammar al-Baluchi"),
			namedEntity(graph.Individual, "mosaib", "Mosaib al-Baluchi"),
			namedEntity(graph.Individual, "son-a", "Abdul Rahman Badani"),
			namedEntity(graph.Individual, "son-b", "Abdur Rehman Badani"),
			listed(namedEntity(graph.Group, "list-a", "Tanzim Haqiqi"), "un:1"),
			listed(namedEntity(graph.Group, "list-b", "Tanzeem Haqiqi"), "un:2"),
			listed(namedEntity(graph.Group, "list-c", "Tanzim-e-Haqiqi"), "un:1"),
			namedEntity(graph.Individual, "parent", "Khalid Mehsud"),
			namedEntity(graph.Individual, "son", "Khaled Mehsud"),
		},
		Claims: []graph.Claim{
			claim(graph.Claim{Subject: "apart-a", Predicate: graph.NotSameAs, Object: "apart-b"}, nil),
			claim(graph.Claim{Subject: "son-a", Predicate: "FATHER_NAME", Value: &graph.Value{Text: "Ghulam Haider"}},
				nil),
			claim(graph.Claim{Subject: "son-b", Predicate: "FATHER_NAME", Value: &graph.Value{Text: "Sher Mohammad"}},
				nil),
			claim(graph.Claim{Subject: "parent", Predicate: graph.KinOf, Object: "son"}, nil),
		},
	})
	return f
}

func pairsOf(d *live.PossibleDuplicates, suggested bool) (out []string) {
	for _, p := range d.Pairs {
		if p.Suggested() == suggested {
			out = append(out, fmt.Sprintf("%s %s", p.A.Base().ID(), p.B.Base().ID()))
		}
	}
	slices.Sort(out)
	return out
}

// TestPossibleDuplicates: what is spelt in another way is suggested; what speaks
// against two being one keeps them below, and a judgement keeps them out.
func TestPossibleDuplicates(t *testing.T) {
	f := duplicateGraph()
	all := live.DuplicateQuery{Least: 0.5, Limit: 100}
	got := must(f.view(t, graph.Clear, nil).PossibleDuplicates(all, nil))
	same(t, "suggested", []string{"lej lj", "list-a list-c"}, pairsOf(got, true))
	below := pairsOf(got, false)
	for _, pair := range []string{"ahrar ansar", "islam-a islam-b", "list-a list-b", "parent son", "afghan ttp"} {
		if !slices.Contains(below, pair) {
			t.Errorf("%s is not listed below: %v", pair, below)
		}
	}
	for _, p := range append(below, pairsOf(got, true)...) {
		if strings.Contains(p, "hidden") || strings.Contains(p, "school") || strings.Contains(p, "spelt") ||
			p == "apart-a apart-b" {
			t.Errorf("%s is listed", p)
		}
	}
	if got.Examined != 21 || got.Left != 0 || got.Found != len(got.Pairs) {
		t.Errorf("%d examined, %d left, %d found of %d listed", got.Examined, got.Left, got.Found, len(got.Pairs))
	}
	seeing := pairsOf(must(f.view(t, graph.Red, nil).PossibleDuplicates(all, nil)), true)
	same(t, "suggested to those who see all",
		[]string{"hidden lej", "hidden lj", "hidden spelt", "lej lj", "lej spelt", "list-a list-c", "lj spelt"}, seeing)
}

// Reasons say what speaks against.
func TestDuplicateReasons(t *testing.T) {
	f := duplicateGraph()
	v := f.view(t, graph.Clear, nil)
	for of, want := range map[graph.ID]string{
		"son-a": "father-differs", "list-b": "ids-differ", "parent": "linked", "ahrar": "short-form-of-another",
		"islam-a": "main-names-differ",
	} {
		d := must(v.PossibleDuplicates(live.DuplicateQuery{Of: &of, Least: 0.5, Limit: 10}, nil))
		found := false
		for _, p := range d.Pairs {
			for _, r := range p.Reasons {
				found = found || r.Name == want && r.Weight < 0
			}
		}
		if d.Examined != 1 || !found && want != "father-differs" {
			t.Errorf("%s: %d examined, no %s", of, d.Examined, want)
		}
		if want == "father-differs" && len(d.Pairs) > 0 && d.Pairs[0].Suggested() {
			t.Errorf("sons of two fathers are suggested: %v", d.Pairs[0].Reasons)
		}
	}
	first := must(v.PossibleDuplicates(live.DuplicateQuery{Least: 0.5, Limit: 1}, nil))
	if len(first.Pairs) != 1 || first.Found < 5 {
		t.Errorf("%d of %d pairs", len(first.Pairs), first.Found)
	}
	if rest := must(v.PossibleDuplicates(live.DuplicateQuery{Least: 0.5, Limit: 9, Skip: 15}, nil)); rest.Examined != 6 {
		t.Errorf("behind 15 entities %d are examined", rest.Examined)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := v.PossibleDuplicates(live.DuplicateQuery{Least: 0.5, Limit: 9}, work.NewMeter(ended, 0)); !errors.Is(err, context.Canceled) {
		t.Errorf("what was cancelled is answered: %v", err)
	}
	some := must(v.PossibleDuplicates(live.DuplicateQuery{Least: 0.5, Limit: 9}, work.NewMeter(t.Context(), 700_000)))
	if some.Examined == 0 || some.Left == 0 || some.Examined+some.Left != 21 {
		t.Errorf("of 21 entities %d are examined and %d left when the budget is used up", some.Examined, some.Left)
	}
	for _, bad := range []live.DuplicateQuery{
		{Least: 0.5},
		{Least: 0.4, Limit: 1},
		{Least: 1.1, Limit: 1},
		{Least: 0.5, Limit: 1, Skip: -1},
	} {
		if _, err := v.PossibleDuplicates(bad, nil); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%+v is answered: %v", bad, err)
		}
	}
	hidden := live.DuplicateQuery{Least: 0.5, Limit: 1, Of: ptr(graph.ID("hidden"))}
	if _, err := v.PossibleDuplicates(hidden, nil); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("duplicates of what is hidden are answered: %v", err)
	}
}

// TestMatchByMore: ids, places and countries find, and speak for and against.
func TestMatchByMore(t *testing.T) {
	f := newFeed()
	place := func(id, name, subtype string) graph.Entity {
		e := namedEntity(graph.Place, id, name)
		e.Subtype = subtype
		return e
	}
	known := namedEntity(graph.Group, "one", "Tehrik Test", "TeT")
	known.External = []string{"ucdp-actor:7"}
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a")},
		Entities: []graph.Entity{
			known, namedEntity(graph.Group, "two", "Tehrik-e-Test"), place("p", "Pakistan", "COUNTRY"),
			place("i", "Iran", "COUNTRY"), place("m", "Mastung", ""), place("z", "Zahedan", ""),
		},
		Claims: []graph.Claim{
			claim(graph.Claim{Subject: "m", Predicate: "LOCATED_IN", Object: "p"}, nil),
			claim(graph.Claim{Subject: "z", Predicate: "LOCATED_IN", Object: "i"}, nil),
			claim(graph.Claim{Subject: "one", Predicate: "BASED_IN", Object: "m"}, nil),
			claim(graph.Claim{Subject: "two", Predicate: "BASED_IN", Object: "z"}, nil),
		},
	})
	v := f.view(t, graph.Clear, nil)
	best := func(d live.MatchQuery) string {
		c := must(v.Match("query[0]", d, 5))
		if len(c) == 0 {
			return ""
		}
		return string(c[0].Entity.Base().ID()) + " " + c[0].Reasons[len(c[0].Reasons)-1].Name
	}
	named := []string{"Tahrik Test"}
	for _, c := range []struct {
		d    live.MatchQuery
		want string
	}{
		{live.MatchQuery{IDs: []string{"ucdp-actor:7"}}, "one same-id"},
		{live.MatchQuery{IDs: []string{"two"}}, "two same-id"},
		{live.MatchQuery{IDs: []string{"ucdp-actor:8"}}, ""},
		{live.MatchQuery{Names: named, Place: ptr("Mastoong")}, "one same-place"},
		{live.MatchQuery{Names: named, Place: ptr("Zahedan District")}, "two same-place"},
		{live.MatchQuery{Names: named, Place: ptr("Iran")}, "two same-place"},
		{live.MatchQuery{Names: named, Country: ptr("Islamic Republic of Iran")}, "two same-country"},
		{live.MatchQuery{Names: named, Country: ptr("پاکستان")}, "one same-country"},
	} {
		same(t, fmt.Sprintf("%+v", c.d), c.want, best(c.d))
	}
	if _, err := v.Match("query[0]", live.MatchQuery{Names: make([]string, 21)}, 5); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("21 names are taken: %v", err)
	}
}

// TestComplete: what is being typed is looked for at the beginning of words alone.
func TestComplete(t *testing.T) {
	f := newFeed()
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a")},
		Entities: []graph.Entity{
			namedEntity(graph.Group, "lej", "Lashkar-e-Jhangvi"), namedEntity(graph.Group, "let", "Lashkar-e-Taiba"),
			namedEntity(graph.Group, "old", "Al-Lashkar"),
		},
	})
	v := f.view(t, graph.Clear, nil)
	for text, want := range map[string]string{
		"lashkar-e-j": "lej PREFIX, old ALIKE", "laskar jh": "lej ALIKE", "la": "let PREFIX, lej PREFIX, old WORD",
		"kar": "", "tai": "let WORD",
	} {
		var got []string
		for _, h := range must(v.Search(live.SearchQuery{Text: text, Mode: live.SearchComplete})).Nodes() {
			got = append(got, fmt.Sprintf("%s %s", h.Entity.Base().ID(), h.Match))
		}
		same(t, text, want, strings.Join(got, ", "))
	}
}
