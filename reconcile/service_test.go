package reconcile

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// add commits a change to a graph.
func add(t *testing.T, g *live.Graph, ch graph.Change) {
	t.Helper()
	if err := g.Add(ch); err != nil {
		t.Fatal(err)
	}
}

func named(values ...string) (out []graph.Name) {
	for _, v := range values {
		out = append(out, graph.Name{Value: v})
	}
	return out
}

// newGraph holds a person of whom a few things are said, and a group of his name.
func newGraph(t *testing.T) *live.Graph {
	t.Helper()
	born, err := graph.ParseDate("1964")
	if err != nil {
		t.Fatal(err)
	}
	g := live.NewGraph(graph.Clear)
	add(t, g, graph.Change{
		Sequence: 1, Recorded: time.Unix(1_700_000_000, 0),
		Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "A report"}},
		Entities: []graph.Entity{
			{ID: "zafar-qureshi", Kind: graph.Individual, Names: named("Zafar Qureshi", "Zafar <b>Abu Nidal</b>")},
			{ID: "zafar-qureshi-group", Kind: graph.Group, Names: named("Zafar Qureshi Group")},
		},
		Claims: []graph.Claim{
			claim(graph.FatherName, graph.Value{Text: "Aslam Qureshi"}, graph.Reported),
			claim(graph.Birth, graph.Value{Date: born}, graph.Stated),
		},
	})
	return g
}

// claim is what the report says of the person.
func claim(p graph.Predicate, v graph.Value, h graph.Hedge) graph.Claim {
	return graph.Claim{Subject: "zafar-qureshi", Predicate: p, Value: &v, Hedge: h, Source: "s_a"}.Normalised()
}

func newService(t *testing.T, g *live.Graph) Service {
	t.Helper()
	v, err := g.Reader().View(nil)
	if err != nil {
		t.Fatal(err)
	}
	return Service{View: v, MaxIDs: 500}
}

func match(t *testing.T, s Service, queries string) map[string]Results[Candidate] {
	t.Helper()
	var batch map[string]json.RawMessage
	if err := json.Unmarshal([]byte(queries), &batch); err != nil {
		t.Fatal(err)
	}
	out, err := s.Match(t.Context(), batch)
	if err != nil {
		t.Fatalf("%s: %v", queries, err)
	}
	return out
}

func TestMatch(t *testing.T) {
	out := match(t, newService(t, newGraph(t)), `{
		"a": {"query": "Zafar Qureshi", "type": "INDIVIDUAL", "properties": [{"pid": "birth", "v": 1964}]},
		"b": {"query": "Zafar Qureshi", "type": ["GROUP"]},
		"c": {"query": "Nobody Whatever"},
		"d": {"query": "Zafar Qureshi", "type": ["GROUP", "INDIVIDUAL"], "type_strict": "all"},
		"e": {"query": "Zafar Qureshi", "type": "INDIVIDUAL",
			"properties": [{"pid": "father", "v": "Muhammad Bashir Khattak"}]},
		"f": {"query": "zafar qureshi", "type": "INDIVIDUAL", "limit": 1,
			"properties": [{"pid": "father", "v": {"id": "x", "name": "Aslam Qureshi"}}]}}`)
	if len(out) != 6 {
		t.Fatalf("answers to %d queries", len(out))
	}
	a := out["a"].Result
	if len(a) != 1 || a[0].ID != "zafar-qureshi" || !a[0].Match || a[0].Score < 80 || a[0].Score > 100 ||
		len(a[0].Features) == 0 || a[0].Type[0] != (Named{"INDIVIDUAL", "Individual"}) {
		t.Errorf("by name, type and birth: %+v", a)
	}
	if b := out["b"].Result; len(b) != 1 || b[0].ID != "zafar-qureshi-group" {
		t.Errorf("groups: %+v", b)
	}
	for _, key := range []string{"c", "d"} {
		if r := out[key].Result; r == nil || len(r) != 0 {
			t.Errorf("%s: %+v", key, r)
		}
	}
	if r := out["e"].Result; len(r) != 1 || r[0].Match || r[0].Score >= a[0].Score {
		t.Errorf("another father: %+v", r)
	}
	if r := out["f"].Result; len(r) != 1 || !r[0].Match {
		t.Errorf("the same father: %+v", r)
	}
}

func TestOneOfTwoIsNoMatch(t *testing.T) {
	g := newGraph(t)
	add(t, g, graph.Change{
		Sequence: 2, Recorded: time.Unix(1_700_000_200, 0),
		Entities: []graph.Entity{{ID: "other-zafar", Kind: graph.Individual, Names: named("Zafar Qureshi")}},
	})
	r := match(t, newService(t, g), `{"q": {"query": "Zafar Qureshi", "type": "INDIVIDUAL", "limit": 1}}`)["q"].Result
	if len(r) != 1 || r[0].Match || r[0].Score < 90 {
		t.Errorf("two of one name: %+v", r)
	}
}

func TestExtend(t *testing.T) {
	out, err := newService(t, newGraph(t)).Extend(t.Context(), `{"ids": ["zafar-qureshi", "nobody"], "properties": [
		{"id": "name"}, {"id": "aliases", "settings": {"limit": "1"}}, {"id": "kind"}, {"id": "father"},
		{"id": "birth"}, {"id": "nationality"}, {"id": "grade"}, {"id": "sources"}]}`)
	if err != nil || len(out.Meta) != 8 || len(out.Rows) != 2 {
		t.Fatalf("%v: %v", err, out)
	}
	for id, want := range map[string]string{
		"name": "Zafar Qureshi", "aliases": "Zafar <b>Abu Nidal</b>", "kind": "INDIVIDUAL",
		"father": "Aslam Qureshi", "birth": "1964", "sources": "A report",
	} {
		if got := out.Rows["zafar-qureshi"][id]; len(got) != 1 || got[0].Str != want {
			t.Errorf("%s: %v", id, got)
		}
	}
	got := out.Rows["zafar-qureshi"]["grade"]
	if len(got) != 2 || !strings.HasSuffix(got[0].Str, "2") || !strings.HasSuffix(got[1].Str, "3") {
		t.Errorf("grades: %v", got)
	}
	for id, cells := range out.Rows["nobody"] {
		if cells == nil || len(cells) != 0 {
			t.Errorf("nobody's %s: %v", id, cells)
		}
	}
}

// TestRetired: what was recorded by mistake matches nothing and extends nothing, and its page
// says why and where to look.
func TestRetired(t *testing.T) {
	g := newGraph(t)
	remark := graph.Claim{
		Subject: "zafar-qureshi", Predicate: graph.Retires, Object: "zafar-qureshi-group", Source: "s_a", Hedge: graph.Stated,
		Value: &graph.Value{Text: "a group <of that name>"},
	}
	add(t, g, graph.Change{Sequence: 2, Recorded: time.Unix(1_700_000_001, 0), Claims: []graph.Claim{remark.Normalised()}})
	s := newService(t, g)
	out, err := s.Extend(t.Context(), `{"ids": ["zafar-qureshi"], "properties": [{"id": "birth"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := json.Marshal(out.Rows); strings.Contains(string(text), "1964") {
		t.Errorf("it is extended by %s", text)
	}
	page, err := s.Preview("zafar-qureshi")
	if err != nil || !strings.Contains(string(page), "Retired: <bdi>a group &lt;of that name&gt;</bdi>. See Zafar Qureshi Group, <code>zafar-qureshi-group</code>") {
		t.Errorf("its page is %s, %v", page, err)
	}
}
