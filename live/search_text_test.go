package live_test

import (
	"slices"
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

// said are the hits of a search: the part, what is shown with the hit in brackets, and
// whether it is an opinion.
func said(t *testing.T, v *live.View, text string) (out []string) {
	t.Helper()
	c, err := v.SearchText(live.TextQuery{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range c.Nodes() {
		all := []rune(h.Excerpt)
		shown := string(all[:h.Start]) + "[" + string(all[h.Start:h.End]) + "]" + string(all[h.End:])
		if h.Assessment() {
			shown += " (opinion)"
		}
		out = append(out, string(h.Part)+" "+shown)
	}
	slices.Sort(out)
	return out
}

// wordy is a graph of claims that say something in every part of theirs.
func wordy() *live.Graph {
	long := strings.Repeat("and so on ", 20)
	opinion := status("g", "faltering strategy", func(c *graph.Claim) {
		c.Hedge, c.Credibility = graph.Assessment, 6
		c.Text = "In the judgement of a writer, " + long + "the stratégie falters."
	})
	f := newFeed()
	f.apply(graph.Batch{
		Sources:  []graph.Source{source("a")},
		Entities: []graph.Entity{entity(graph.Group, "g"), entity(graph.Group, "h")},
		Claims: []graph.Claim{
			opinion,
			link("g", "COOPERATES_WITH", "h", func(c *graph.Claim) {
				c.Hedge, c.Nature, c.Excerpt = graph.Reported, "emerging nexus", "a nexus has emerged"
				c.Text = "The column reports «اتحاد» a nexus of one with the other."
			}),
			link("g", "ALLIED_WITH", "h", func(c *graph.Claim) { c.Nature = "tactical nexus" }),
			status("h", long+"outlawed "+long),
		},
	})
	return graphFor(f.changes, graph.Clear)
}

func TestSearchTextOfClaims(t *testing.T) {
	g := wordy()
	v := open(t, g, nil)
	same(t, "nexus", []string{
		"NATURE tactical [nexus]", "TEXT The column reports «اتحاد» a [nexus] of one with the other.",
	}, said(t, v, "nexus"))
	same(t, "words of two parts", []string{"TEXT The column [reports] «اتحاد» a nexus of one with the other."},
		said(t, v, "reports emerging"))
	same(t, "a phrase over two parts", []string(nil), said(t, v, `"other emerging"`))
	same(t, "left out", []string{"NATURE tactical [nexus]"}, said(t, v, "nexus -emerged"))
	if got := said(t, v, "outlawed"); len(got) != 1 || !strings.Contains(got[0], "[outlawed]") || len(got[0]) > 200 {
		t.Errorf("a value: %q", got)
	}
	for name, lens := range map[string]*graph.Lens{"no lens": nil, "with assessments": {IncludeAssessments: ptr(true)}} {
		got := said(t, open(t, g, lens), "strategie")
		if len(got) != 1 || !strings.HasPrefix(got[0], "TEXT In the judgement of") || !strings.HasSuffix(got[0], "the [stratégie] falters. (opinion)") {
			t.Errorf("%s: an opinion is %q", name, got)
		}
	}
	for name, lens := range map[string]*graph.Lens{
		"a floor": {MinCredibility: ptr(3)}, "hedges": {Hedges: []graph.Hedge{graph.Stated}},
		"sources": {WithoutSources: []graph.ID{"s_a"}},
	} {
		if got := said(t, open(t, g, lens), "strategie"); len(got) != 0 {
			t.Errorf("%s: an opinion that the lens leaves out otherwise is found: %q", name, got)
		}
	}
}
