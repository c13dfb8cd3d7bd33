package live_test

import (
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// textGraph holds descriptions and excerpts; hidden adds some that only readers of
// RED may see.
func textGraph(hidden int, clearance graph.Marking) *live.Graph {
	f := newFeed()
	described := func(id, text string, marking graph.Marking) graph.Entity {
		return entity(graph.Group, id, func(e *graph.Entity) { e.Description, e.Marking = text, marking })
	}
	b := graph.Batch{
		Sources: []graph.Source{source("a")},
		Entities: []graph.Entity{
			described("one", "A seminary in the old town.", ""),
			described("two", "The seminary near the river; a seminary since 1947.", ""),
			described("three", "Élite guards of the river town.", ""), described("four", "Nothing of note.", ""),
		},
	}
	c := graph.Claim{
		Subject: "one", Predicate: "SUPPORTS", Object: "two", Hedge: graph.Stated, Source: "s_a",
		Excerpt: "He said that the River seminary gave shelter.",
	}
	b.Claims = append(b.Claims, c)
	for i := range hidden {
		b.Entities = append(b.Entities, described("hidden-"+string(rune('a'+i)), "river river guards", graph.Red))
		c.Excerpt, c.Marking, c.Locator = "river shelter", graph.Red, string(rune('a'+i))
		b.Claims = append(b.Claims, c)
	}
	f.apply(b)
	return graphFor(f.changes, clearance)
}

// found is what a search gives, as ids of entities and "claim".
func found(t *testing.T, v *live.View, text string, kinds ...graph.EntityKind) (ids []string, scores []float64) {
	t.Helper()
	c, err := v.SearchText(live.TextQuery{Text: text, Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range c.Nodes() {
		id := "claim"
		if h.Entity != nil {
			id = string(h.Entity.Base().ID())
		}
		ids, scores = append(ids, id), append(scores, h.Score)
	}
	return ids, scores
}

func TestSearchText(t *testing.T) {
	v := open(t, textGraph(0, graph.Clear), nil)
	for text, want := range map[string]string{
		"seminary": "two, one, claim", "river seminary": "two, claim", `"old town"`: "one", `"town old"`: "",
		"seminary -river": "one", `seminary -"old town"`: "two, claim",
		"elite": "three", "ELI": "three", "eli river": "", "shel": "claim", "shel ": "", "1947": "two",
	} {
		if got, _ := found(t, v, text); strings.Join(got, ", ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
	if got, _ := found(t, v, "seminary", graph.Individual); len(got) != 0 {
		t.Errorf("of individuals: %v", got)
	}
	if got, _ := found(t, open(t, textGraph(0, graph.Clear), &graph.Lens{Hedges: []graph.Hedge{}}),
		"shelter"); len(got) != 0 {
		t.Errorf("where no claim counts: %v", got)
	}
	c, _ := v.SearchText(live.TextQuery{Text: "guards"})
	if h := c.Nodes()[0]; string([]rune(h.Excerpt)[h.Start:h.End]) != "guards" {
		t.Errorf("%+v", h)
	}
	if _, err := v.SearchText(live.TextQuery{Text: "-river"}); err == nil {
		t.Error("nothing to search for is found")
	}
}

func TestHiddenTextsRankNothing(t *testing.T) {
	plain, busy := open(t, textGraph(0, graph.Clear), nil), textGraph(5, graph.Clear)
	if got, _ := found(t, open(t, textGraph(5, graph.Red), nil), "river"); len(got) <= 5 {
		t.Fatalf("the cleared reader finds %v", got)
	}
	for _, text := range []string{"river", "seminary", "river seminary", "shelter", "guards river"} {
		ids, scores := found(t, plain, text)
		gotIDs, gotScores := found(t, open(t, busy, nil), text)
		same(t, text, ids, gotIDs)
		same(t, text+": scores", scores, gotScores)
	}
}
