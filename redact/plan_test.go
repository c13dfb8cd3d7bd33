package redact

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
)

func claim(subject, object graph.ID, by string) graph.Claim {
	return graph.Claim{Subject: subject, Predicate: "MEMBER_OF", Object: object, Source: graph.ID("s_" + by), Hedge: graph.Stated}.Normalised()
}

func about(of graph.ID, p graph.Predicate, by string) graph.Claim {
	return graph.Claim{Subject: of, Predicate: p, Source: graph.ID("s_" + by), Hedge: graph.Stated}.Normalised()
}

// log is a store of three commits.
type log struct {
	*memory.Store
	own, others, origin, back, again, rename, status, withdrawal, retired graph.Claim
}

func newLog(t *testing.T) *log {
	t.Helper()
	l := &log{Store: memory.New()}
	l.own, l.others = claim("zahir", "g", "a"), claim("y", "g", "a")
	l.origin = claim("y", "h", "a")
	l.origin.Origin = "s_b"
	l.origin = l.origin.Normalised()
	l.back, l.again = about(l.own.ID, graph.Retracts, "a"), about(l.others.ID, graph.Retracts, "b")
	l.status = graph.Claim{
		Subject: "g", Predicate: graph.StatusOf, Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "active"},
		Excerpt: "as ZAHIR \"the quiet\"  told",
	}.Normalised()
	l.rename = graph.Claim{
		Subject: "zahir", Predicate: graph.NameOf, Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Text: "Ostad"},
	}.Normalised()
	l.withdrawal = about("s_c", graph.Withdraws, "b")
	l.retired = graph.Claim{
		Subject: "h", Predicate: graph.Retires, Source: "s_b", Hedge: graph.Stated, Value: &graph.Value{Text: "by mistake"},
	}.Normalised()
	derived := graph.Source{ID: "s_d", Kind: "BOOK", Title: "A digest of talks", DerivedFrom: []graph.ID{"s_b"}}
	for _, b := range []graph.Batch{
		{
			Actor: "ana", Reason: "what Ostad said to us",
			Sources: []graph.Source{
				{ID: "s_a", Kind: "BOOK", Title: "A book"}, {ID: "s_b", Kind: "BOOK", Title: "Talks"}, {ID: "s_c", Kind: "BOOK", Title: "Ostadi's letters"}, derived,
			},
			Entities: []graph.Entity{
				{ID: "zahir", Kind: graph.Individual, Names: []graph.Name{{Value: `Zahir "the quiet"`}}, External: []string{"nic:35202"}},
				{ID: "y", Kind: graph.Individual, Names: []graph.Name{{Value: "Y"}}},
				{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G"}, {Value: "Gee", Source: "s_b"}}, Description: "Nic:35202 led it."},
				{ID: "h", Kind: graph.Group, Names: []graph.Name{{Value: "H"}}},
			},
			Claims: []graph.Claim{l.own, l.others, l.origin, l.status, l.rename},
		},
		{ID: "second", Claims: []graph.Claim{l.back, l.again, l.withdrawal, l.retired}},
		{ID: "third", Entities: []graph.Entity{{ID: "zahir", Kind: graph.Individual, Names: []graph.Name{{Value: "Z. Q."}}}}},
	} {
		if _, err := l.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func (l *log) plan(t *testing.T, target string) *Plan {
	t.Helper()
	p, err := New(t.Context(), l, target)
	if err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	p.Reason = "by order"
	if _, err := l.Redact(t.Context(), p.Redaction); err != nil {
		t.Fatalf("%s: the plan is refused: %v", target, err)
	}
	return p
}

// want checks the ids of lines, in any order.
func want(t *testing.T, what string, lines []Line, ids ...string) {
	t.Helper()
	var got []string
	for _, l := range lines {
		got = append(got, l.ID)
		if l.Commit == 0 || l.Text == "" || l.Type != "" && l.Marking != graph.Clear {
			t.Errorf("%s: the line %+v does not say what it is", what, l)
		}
	}
	slices.Sort(got)
	slices.Sort(ids)
	if !slices.Equal(got, ids) {
		t.Errorf("%s: %q, want %q", what, got, ids)
	}
}

func TestEntity(t *testing.T) {
	l := newLog(t)
	p := l.plan(t, "zahir")
	want(t, "what goes", p.Gone, "zahir", "zahir", string(l.own.ID), string(l.back.ID), string(l.rename.ID))
	want(t, "what holds a name of it", p.Named, string(l.status.ID), "g", "commit:1")
	want(t, "what names a source that goes", p.Unsourced)
	if len(p.Again) > 0 || p.Head != 3 {
		t.Errorf("%+v", p)
	}
	for _, text := range []string{"on behalf of Z. Q.", "NIC:35202", "zahir  \"The\u200b Quiet\""} {
		if p.Holds(text) == "" {
			t.Errorf("%q holds none of what it was called", text)
		}
	}
	for _, text := range []string{"", "by order", "Zahiruddin", "nic:352020"} {
		if held := p.Holds(text); held != "" {
			t.Errorf("%q holds %q", text, held)
		}
	}
}

func TestSource(t *testing.T) {
	l := newLog(t)
	p := l.plan(t, "s_b")
	want(t, "what goes", p.Gone, "s_b", string(l.origin.ID), string(l.again.ID), string(l.withdrawal.ID), string(l.retired.ID))
	want(t, "what names it", p.Unsourced, "s_d", "g")
	want(t, "what holds its title", p.Named)
	if !slices.Equal(p.Again, []graph.ID{l.others.ID, "h", "s_c"}) {
		t.Errorf("these stand again: %q", p.Again)
	}
}

func TestClaim(t *testing.T) {
	l := newLog(t)
	p := l.plan(t, string(l.own.ID))
	want(t, "what goes", p.Gone, string(l.own.ID), string(l.back.ID))
	other := l.plan(t, string(l.again.ID))
	want(t, "what goes", other.Gone, string(l.again.ID))
	if !slices.Equal(other.Again, []graph.ID{l.others.ID}) || p.Same(other) || !p.Same(p) {
		t.Errorf("%+v", other)
	}
}

func TestCommit(t *testing.T) {
	l := newLog(t)
	p := l.plan(t, "commit:1")
	want(t, "what goes", p.Gone)
	want(t, "what is said no more", p.Said, "commit:1")
	if !strings.Contains(p.Said[0].Text, `actor "ana", reason "what Ostad said to us"`) {
		t.Errorf("%+v", p.Said)
	}
}

func TestWhatCannotBePlanned(t *testing.T) {
	l := newLog(t)
	line := graph.Expand(&graph.Entity{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "G"}}})[0].ID
	for target, kind := range map[string]error{
		"nobody": graph.ErrNotFound, "commit:4": graph.ErrNotFound, "commit:0": graph.ErrInvalid, "commit:-1": graph.ErrInvalid,
		"commit:": graph.ErrInvalid, "l_abc": graph.ErrInvalid, string(line): graph.ErrInvalid, "": graph.ErrNotFound,
	} {
		if p, err := New(t.Context(), l, target); !errors.Is(err, kind) {
			t.Errorf("%q gives %+v, %v, want %v", target, p, err, kind)
		}
	}
}
