package live_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/tests/raced"
)

// TestFindIsNaive: what a text finds is what one gets by going through all entities.
func TestFindIsNaive(t *testing.T) {
	raced.Alone(t)
	worlds := drawWorld(dense)
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		lens := w.asSeen(drawLens(t, w), graph.Red)
		v, err := graphFor(w.changes, graph.Red).Reader().View(&lens)
		if err != nil {
			return
		}
		kinds := rapid.SampledFrom([][]graph.EntityKind{nil, {graph.Group}, {graph.Place, graph.Individual}}).Draw(t, "kinds")
		texts := []string{"Alpha", "alpha  beta", "x:1", "x:2"}
		for e := range v.Entities() {
			texts = append(texts, e.Base().Name())
			for _, n := range e.Base().Names() {
				texts = append(texts, strings.ToUpper(n.Value))
			}
		}
		for _, text := range texts {
			for _, by := range []graph.LookupKey{graph.ByName, graph.ByExternal} {
				want := naivelyFound(v, by, text, kinds)
				e, err := v.Find("by", live.Ref{By: by, Text: text}, kinds...)
				same(t, fmt.Sprintf("what %q finds as %s", text, by), want, idsFound(t, e, err))
			}
		}
	})
}

// idsFound are the ids that a lookup found, one or several.
func idsFound(t tb, e live.Entity, err error) (ids []graph.ID) {
	t.Helper()
	var several *graph.AmbiguousError
	switch {
	case err == nil:
		return []graph.ID{e.Base().ID()}
	case errors.As(err, &several):
		for _, c := range several.Candidates {
			ids = append(ids, c.ID)
		}
	case !errors.Is(err, graph.ErrNotFound):
		t.Fatal(err)
	}
	return ids
}

func naivelyFound(v *live.View, by graph.LookupKey, text string, kinds []graph.EntityKind) []graph.ID {
	var counting, shown []graph.ID
	for e := range v.Entities(kinds...) {
		b := e.Base()
		if by == graph.ByExternal {
			if slices.Contains(valuesOf(b.External()), text) {
				counting = append(counting, b.ID())
			}
			continue
		}
		is := slices.ContainsFunc(b.Names(), func(n *live.Name) bool {
			return n.Form() != graph.FormWeak && slices.Equal(wordsOf(n.Value), wordsOf(text))
		})
		switch {
		case is && b.NameOutsideLens():
			shown = append(shown, b.ID())
		case is:
			counting = append(counting, b.ID())
		}
	}
	if len(counting) == 0 {
		counting = shown
	}
	slices.Sort(counting)
	return counting
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(names.Folded(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// TestFind: what is said of what is not there, and of what is there more than once.
func TestFind(t *testing.T) {
	named := func(id graph.ID, kind graph.EntityKind, names ...string) graph.Entity {
		e := graph.Entity{ID: id, Kind: kind}
		for _, n := range names {
			e.Names = append(e.Names, graph.Name{Value: n})
		}
		return e
	}
	long := strings.TrimSpace(strings.Repeat("Very ", 20)) + " Long Name"
	f := newFeed()
	f.apply(graph.Batch{
		Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "A"}},
		Entities: []graph.Entity{
			named("hill-front", graph.Group, "Hill Front", "Front of the Hills"),
			named("hill-front-old", graph.Group, "Hill Front"),
			named("hill", graph.Place, "Hill"),
			named("valley-army", graph.Group, "Valley Army", long),
		},
		Claims: []graph.Claim{{
			Subject: "valley-army", Predicate: graph.NameOf, Value: &graph.Value{Text: "The Boys", Form: graph.FormWeak},
			Source: "s_a", Hedge: graph.Stated,
		}},
	})
	v := open(t, graphOf(f.changes), nil)
	for id, want := range map[graph.ID]string{
		"hill-front":              "hill-front is hill-front",
		"name:front of THE hills": "name:front of THE hills is hill-front",
		"name:valley-army":        "name:valley-army is valley-army",
		graph.ID("name:" + long):  "name:" + long + " is valley-army",
		"name:Hill Front": `by: 2 are known by the name "Hill Front": hill-front (GROUP, "Hill Front"), ` +
			`hill-front-old (GROUP, "Hill Front"); give the id of one`,
		"hil-front": `by: nothing is known by the id "hil-front"; near it hill-front (GROUP, "Hill Front"), ` +
			`hill-front-old (GROUP, "Hill Front"); look it up with search or in a list`,
		"name:the boys": `by: nothing is known by the name "the boys"; near it valley-army (GROUP, "Valley Army"); ` +
			`look it up with search or in a list`,
		"name:zzzz":     `by: nothing is known by the name "zzzz"; look it up with search or in a list`,
		"name: ":        "by: there is nothing to look up; give a name or an id",
		"external:un:1": `by: nothing is known by the external id "un:1"; look it up with search or in a list`,
	} {
		e, err := v.Find("by", live.RefOf(id))
		got, _, _ := strings.Cut(foundAs(id, e, err), "[{")
		same(t, string(id), want, strings.TrimSpace(strings.TrimSuffix(got, "[]")))
	}
	_, err := v.Find("by", live.RefOf("name:hill"), graph.Group)
	if got := fmt.Sprint(err); !strings.HasPrefix(got, `by: no GROUP is known by the name "hill"; near it hill (PLACE, "Hill")`) {
		t.Error(got)
	}
}

// TestRefsEverywhere: what takes the id of an entity takes its name as well.
func TestRefsEverywhere(t *testing.T) {
	f := newFeed()
	f.apply(graph.Batch{
		Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "A"}},
		Entities: []graph.Entity{
			{ID: "a", Kind: graph.Group, Names: []graph.Name{{Value: "Alpha"}}},
			{ID: "b", Kind: graph.Group, Names: []graph.Name{{Value: "Beta"}}},
		},
		Claims: []graph.Claim{{Subject: "a", Predicate: graph.AlliedWith, Object: "b", Source: "s_a", Hedge: graph.Stated, Speaker: "b"}},
	})
	g := graphOf(f.changes)
	v := open(t, g, nil)
	p, err := v.ShortestPath(live.PathQuery{From: "name:alpha", To: "name:Beta"})
	if err != nil || p == nil || p.Length() != 1 {
		t.Errorf("a path by names: %v, %v", p, err)
	}
	heard := open(t, g, &graph.Lens{Speakers: []graph.ID{"name:beta"}})
	same(t, "the lens", []graph.ID{"b"}, heard.Lens().Speakers)
	same(t, "what Beta says", 1, len(slices.Collect(heard.Links())))
	_, err = g.Reader().View(&graph.Lens{Attributors: []graph.ID{"b", "name:gamma"}})
	same(t, "who is not there", `lens.attributors[1]: nothing is known by the name "gamma"; look it up with search or in a list`, fmt.Sprint(err))
	h, err := v.HistoryPage("name:alpha", page.Args{})
	if err != nil || h.TotalCount() != 1 {
		t.Errorf("a history by name: %v", err)
	}
	many := slices.Repeat([]graph.ID{"name:beta"}, 51)
	_, err = g.Reader().View(&graph.Lens{Speakers: many})
	same(t, "too many", "lens.speakers[50]: more than 50 are not given by id; look them up first, and give their ids", fmt.Sprint(err))
}
