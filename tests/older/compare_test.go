package older

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
)

// keeping is a version that keeps one answer at CLEAR and another at RED.
func keeping(clear, red string) *Version {
	return &Version{Name: "v", texts: map[graph.Marking]texts{}, answers: map[asked]json.RawMessage{
		{WorldStore, "q", graph.Clear}: json.RawMessage(clear), {WorldStore, "q", graph.Red}: json.RawMessage(red),
	}}
}

// told are the places of the differences between what is kept at CLEAR and an answer,
// each with what it shows more.
func (v *Version) told(t *testing.T, now string) []string {
	t.Helper()
	var out []string
	for _, d := range v.compared(t, now) {
		out = append(out, strings.Join(append([]string{d.Path, d.Kept, d.Now}, d.More...), " | "))
	}
	return out
}

func (v *Version) compared(t *testing.T, now string) []Difference {
	t.Helper()
	value, err := decode([]byte(now))
	if err != nil {
		t.Fatal(err)
	}
	a := asked{WorldStore, "q", graph.Clear}
	list, err := v.differences(a, nil, nil, v.answers[a], value)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const (
	azm         = `{"id":"a","name":"Azm"}`
	blue        = `{"id":"b","name":"Blue"}`
	clearAnswer = `{"body":{"data":{"groups":{"nodes":[` + azm + `,` + blue + `],"totalCount":2}}}}`
	north       = `{"id":"north","name":"North Circle"}`
	redAnswer   = `{"body":{"data":{"groups":{"nodes":[` + azm + `,` + north + `],"totalCount":2}}}}`
)

// Every way in which an answer can be another is told, with its place and with what it
// shows more.
func TestDifferences(t *testing.T) {
	v := keeping(clearAnswer, redAnswer)
	for now, want := range map[string][]string{
		clearAnswer: nil,
		strings.Replace(clearAnswer, `"Blue"`, `"Azm"`, 1): {
			`body.data.groups.nodes[b].name | "Blue" | "Azm"`,
		},
		strings.Replace(clearAnswer, `"Blue"`, `"North Circle"`, 1): {
			`body.data.groups.nodes[b].name | "Blue" | "North Circle" | North Circle`,
		},
		strings.Replace(clearAnswer, `:2}`, `:3}`, 1): {
			`body.data.groups.totalCount | 2 | 3`,
		},
		strings.Replace(clearAnswer, `{"id":"b","name":"Blue"}`, `{"id":"north","name":"Azm"}`, 1): {
			`body.data.groups.nodes[b] | {"id":"b","name":"Blue"} | nothing`,
			`body.data.groups.nodes[north] | nothing | {"id":"north","name":"Azm"} | north`,
		},
		strings.Replace(clearAnswer, azm+","+blue, blue+","+azm, 1): {
			`body.data.groups.nodes (order) | ["a","b"] | ["b","a"]`,
		},
		strings.Replace(clearAnswer, `"name":"Blue"`, `"name":null,"kind":"GROUP"`, 1): {
			`body.data.groups.nodes[b].kind | nothing | "GROUP"`,
			`body.data.groups.nodes[b].name | "Blue" | null`,
		},
		`{"body":{"data":null,"errors":[{"message":"not so"}]}}`: {
			`body.data | {"groups":{"nodes":[` + azm + `,` + blue + `],"totalCount":2}} | null`,
			`body.errors | nothing | [{"message":"not so"}] | not so`,
		},
	} {
		if d := cmp.Diff(want, v.told(t, now)); d != "" {
			t.Errorf("%s (-want +got):\n%s", now, d)
		}
	}
}

// What is asked for and comes back in an error is not shown by that; a cursor shows what
// it carries.
func TestMoreInErrorsAndCursors(t *testing.T) {
	const hidden = `{"id":"hidden"}`
	answer := func(errors, x, end string) string {
		return `{"body":{"errors":[` + errors + `],"data":{"x":"` + x + `","end":"` + end + `"}}}`
	}
	v := keeping(answer(hidden, "", ""), `{}`)
	for now, want := range map[string][]string{
		answer(hidden, "hidden", ""): {`body.data.x | "" | "hidden" | hidden`},
		answer(`{"id":""},`+hidden, "", ""): {
			`body.errors[0].id | "hidden" | "" | `, `body.errors[1] | nothing | {"id":"hidden"}`,
		},
		answer(hidden, "", "eyJpIjoiaGlkZGVuIn0"): {`body.data.end | "" | "eyJpIjoiaGlkZGVuIn0" | hidden`},
	} {
		got := v.told(t, now)
		for i, line := range want {
			want[i] = strings.TrimSuffix(line, " | ")
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", now, d)
		}
	}
}

// A change admits what it names and nothing beside it; what shows more it never admits,
// and a wording only if nothing hidden is in it.
func TestAdmissions(t *testing.T) {
	v := keeping(clearAnswer, redAnswer)
	name := strings.Replace(clearAnswer, `"Blue"`, `"Azm"`, 1)
	leak := strings.Replace(clearAnswer, `"Blue"`, `"North Circle"`, 1)
	worded := strings.Replace(clearAnswer, `"Blue"`, `"by its own account"`, 1)
	change := Change{"v", "q", "body.data.groups.nodes[*].name", "a reason"}
	for _, c := range []struct {
		now      string
		changes  []Change
		wordings []Wording
		failures int
		idle     int
	}{
		{name, nil, nil, 1, 0},
		{name, []Change{change}, nil, 0, 0},
		{name, []Change{{"v", "q", "body.data.groups.nodes[*].id", "a reason"}}, nil, 1, 1},
		{name, []Change{{"w", "q", "*", "a reason"}}, nil, 1, 1},
		{name, []Change{{"v", "q", "*", ""}}, nil, 0, 1},
		{clearAnswer, []Change{change}, []Wording{{"*", "a reason"}}, 0, 2},
		{leak, []Change{change}, nil, 1, 0},
		{leak, []Change{change}, []Wording{{"North*", "a reason"}}, 1, 1},
		{worded, []Change{change}, nil, 1, 0},
		{worded, []Change{change}, []Wording{{"by its own *", "a reason"}}, 0, 0},
	} {
		j := judgement(c.changes, c.wordings)
		failures := j.Failures(v, v.compared(t, c.now))
		if idle := j.Idle(); len(failures) != c.failures || len(idle) != c.idle {
			t.Errorf("%s by %v and %v: failures %v, idle %v", c.now, c.changes, c.wordings, failures, idle)
		}
	}
}

// The kept answers notice what is hidden: one altered name, one more row at a clearance.
func TestKeptAnswersNotice(t *testing.T) {
	v := versions(t)[0]
	i := slices.IndexFunc(v.Questions, func(q Question) bool { return q.Name == "entities" })
	a := asked{WorldStore, v.Questions[i].Name, graph.Clear}
	red, err := decode(v.answers[asked{WorldStore, a.question, graph.Red}])
	if err != nil {
		t.Fatal(err)
	}
	list, err := v.differences(a, nil, nil, v.answers[a], red)
	if err != nil {
		t.Fatal(err)
	}
	var more []string
	for _, d := range list {
		more = append(more, d.More...)
	}
	if !slices.Contains(more, "north-circle") || !slices.Contains(more, "Selvi Arcane") ||
		slices.Contains(more, "azm-front") {
		t.Errorf("told to readers of CLEAR, what RED is answered shows more: %q", more)
	}
}

// Of merged entities another id is what was kept only where it is that of one recorded before,
// and never where an id is told as it was recorded.
func TestIdentities(t *testing.T) {
	s := &identities{
		order:   map[graph.ID]int{"zeta": 0, "beta": 1, "other": 2},
		cluster: map[graph.ID]graph.ID{"zeta": "beta", "beta": "beta"},
		links:   map[graph.ID]string{"l_a": "one", "l_b": "one", "l_c": "another"},
	}
	for _, c := range []struct {
		path, kept, now string
		want            bool
	}{
		{"id", "beta", "zeta", true},
		{"id", "zeta", "beta", false},
		{"id", "beta", "other", false},
		{"claim.subjectId", "beta", "zeta", false},
		{"id", "l_a", "l_b", true},
		{"id", "l_a", "l_c", false},
		{"same_ids", "beta;zeta", "zeta;beta", true},
		{"same_ids", "beta;zeta", "zeta;other", false},
	} {
		if got := s.alike(c.path, c.kept, c.now); got != c.want {
			t.Errorf("%s: %s for %s: %t", c.path, c.now, c.kept, got)
		}
	}
	row := func(id string, value int) any { return map[string]any{"nodeId": id, "value": value} }
	kept, keys := []any{row("beta", 1), row("other", 1), row("x", 0)}, []string{"zeta", "other", "x"}
	for _, c := range []struct {
		now  []any
		keys []string
		want bool
	}{
		{[]any{row("other", 1), row("zeta", 1), row("x", 0)}, []string{"other", "zeta", "x"}, true},
		{[]any{row("other", 1), row("zeta", 0), row("x", 0)}, []string{"other", "zeta", "x"}, false},
		{[]any{row("zeta", 1), row("x", 1), row("other", 0)}, []string{"zeta", "x", "other"}, false},
	} {
		if got := s.tied(kept, c.now, keys, c.keys); got != c.want {
			t.Errorf("%v for %v: %t", c.now, kept, got)
		}
	}
}
