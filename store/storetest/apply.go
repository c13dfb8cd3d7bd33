package storetest

import (
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

var applyCases = []testCase{
	{"the first commit is number 1", firstCommit},
	{"the outcome counts what was written", outcomeCounts},
	{"the feed gives the batch back", batchComesBack},
	{"records keep the order of the batch", recordOrder},
	{"the time is of the commit and in UTC", commitTime},
	{"time never runs backwards", timeAscends},
	{"one bad record keeps all out", atomicity},
	{"the same batch again changes nothing", sameBatch},
	{"the same content under another id changes nothing", sameContent},
	{"content that is known is left out", knownContent},
	{"an empty batch changes nothing", emptyBatch},
	{"a batch of sources alone is kept", sourcesAlone},
	{"a batch of entities alone is kept", entitiesAlone},
	{"a record that stands in the batch twice is kept once", twiceInBatch},
	{"a source recorded anew comes as it was written", sourceAgain},
	{"an entity recorded anew comes as it was written", entityAgain},
	{"an earlier form of a source is new again", sourceBackAgain},
	{"references within the batch hold in any order", forwardReferences},
	{"what is passed in is not changed", inputUnchanged},
	{"changing what was passed in changes nothing", inputAliasing},
	{"claims that differ in words alone are one", wordsAlone},
}

func firstCommit(t *testing.T, o Opener) {
	s := o.Open(t)
	if h := head(t, s); h != 0 {
		t.Fatalf("the head of an empty store is %d", h)
	}
	if got := changes(t, s, 0); len(got) != 0 {
		t.Fatalf("an empty store has %d changes", len(got))
	}
	for want := graph.Sequence(1); want <= 3; want++ {
		b := base()
		if want > 1 {
			b = numbered("n", int(want))
		}
		if c := apply(t, s, b); c.Sequence != want || c.Replayed {
			t.Fatalf("commit is %+v, want number %d", c, want)
		}
		if h := head(t, s); h != want {
			t.Fatalf("head is %d, want %d", h, want)
		}
	}
}

func outcomeCounts(t *testing.T, o Opener) {
	s := o.Open(t)
	c := apply(t, s, base())
	want := graph.Commit{Sequence: 1, Numbers: alike(1), RecordedAt: c.RecordedAt, Sources: 2, Entities: 6, Claims: 1}
	same(t, "commit", want, c)
	b := base()
	b.ID = "more"
	b.Claims = append(b.Claims, member("i1", "g1"), member("i2", "g2"))
	b.Entities = append(b.Entities, entity(graph.Place, "quetta"))
	c = apply(t, s, b)
	same(t, "commit of a batch that is partly known", graph.Commit{Sequence: 2, Numbers: alike(2), RecordedAt: c.RecordedAt, Entities: 1, Claims: 2}, c)
}

func batchComesBack(t *testing.T, o Opener) {
	s := o.Open(t)
	holds(t, s, expected(base(), apply(t, s, base())))
}

func recordOrder(t *testing.T, o Opener) {
	s := opened(t, o)
	b := graph.Batch{ID: "order"}
	for _, n := range []string{"zulu", "alpha", "mike", "bravo"} {
		b.Sources = append(b.Sources, source(n))
		b.Entities = append(b.Entities, entity(graph.Group, n))
		b.Claims = append(b.Claims, status(n, "first"), status("g0", n), member("i2", n))
	}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
}

func commitTime(t *testing.T, o Opener) {
	s := o.Open(t)
	before := time.Now().Add(-time.Hour)
	c := apply(t, s, base())
	if c.RecordedAt.Before(before) || c.RecordedAt.After(time.Now().Add(time.Hour)) {
		t.Errorf("recorded at %v, which is not now", c.RecordedAt)
	}
	ch := changes(t, s, 0)[0]
	for what, at := range map[string]time.Time{"commit": c.RecordedAt, "change": ch.Recorded, "claim": ch.Claims[0].RecordedAt} {
		if at.Location() != time.UTC {
			t.Errorf("the time of the %s is in %v", what, at.Location())
		}
		if !at.Equal(c.RecordedAt) {
			t.Errorf("the time of the %s is %v, of the commit %v", what, at, c.RecordedAt)
		}
	}
	again := apply(t, s, base())
	if !again.RecordedAt.Equal(c.RecordedAt) || again.RecordedAt.Location() != time.UTC {
		t.Errorf("replayed, the commit is of %v, before of %v", again.RecordedAt, c.RecordedAt)
	}
}

func timeAscends(t *testing.T, o Opener) {
	a := opened(t, o)
	b := o.Open(t)
	for i := range 20 {
		apply(t, []graph.Store{a, b}[i%2], numbered("n", i))
	}
	gapless(t, changes(t, b, 0))
}

func atomicity(t *testing.T, o Opener) {
	s := opened(t, o)
	for at := range 3 {
		b := graph.Batch{ID: "half", Sources: []graph.Source{source("c"), source("d")}}
		b.Entities = []graph.Entity{entity(graph.Group, "n0"), entity(graph.Group, "n1")}
		b.Claims = []graph.Claim{status("n0", "one"), status("n1", "two"), status("g0", "three")}
		switch at {
		case 0:
			b.Sources[1].Title = ""
		case 1:
			b.Entities[1].Kind = "NATION"
		case 2:
			b.Claims[2].Source = ""
		}
		if _, err := s.Apply(t.Context(), b); err == nil {
			t.Fatal("a batch with a bad record was taken")
		}
		if got := changes(t, s, 1); len(got) != 0 {
			t.Fatalf("something was kept: %+v", got)
		}
	}
	good := graph.Batch{ID: "half", Entities: []graph.Entity{entity(graph.Group, "n0")}, Sources: []graph.Source{source("c")}}
	c := apply(t, s, good)
	same(t, "the corrected batch", []graph.Change{expected(good, c)}, changes(t, s, 1))
}

// replayed checks that applying b changes nothing and names the commit.
func replayed(t *testing.T, s graph.Store, b graph.Batch, want graph.Commit) {
	t.Helper()
	before := changes(t, s, 0)
	got := apply(t, s, b)
	same(t, "the outcome", graph.Commit{Sequence: want.Sequence, Numbers: want.Numbers, RecordedAt: want.RecordedAt, Replayed: true}, got)
	same(t, "the feed", before, changes(t, s, 0))
}

func sameBatch(t *testing.T, o Opener) {
	s := o.Open(t)
	c := apply(t, s, base())
	replayed(t, s, base(), c)
	replayed(t, o.Open(t), base(), c)
}

func sameContent(t *testing.T, o Opener) {
	s := opened(t, o)
	last := apply(t, s, numbered("n", 1))
	b := base()
	b.ID = "base once more"
	replayed(t, s, b, last)
	b.ID = ""
	replayed(t, s, b, last)
}

func knownContent(t *testing.T, o Opener) {
	s := opened(t, o)
	b := base()
	b.ID = "partly"
	b.Claims = append([]graph.Claim{member("i2", "g2")}, b.Claims...)
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{partly(b, claims(b.Claims[0]), c)}, changes(t, s, 1))
}

func emptyBatch(t *testing.T, o Opener) {
	s := o.Open(t)
	got := apply(t, s, graph.Batch{})
	same(t, "on an empty store", graph.Commit{Replayed: true}, got)
	c := apply(t, s, base())
	replayed(t, s, graph.Batch{}, c)
	replayed(t, s, graph.Batch{ID: "nothing", Actor: "somebody", Reassert: true}, c)
}

func sourcesAlone(t *testing.T, o Opener) {
	s := o.Open(t)
	b := graph.Batch{ID: "sources", Sources: []graph.Source{source("a"), source("b")}}
	holds(t, s, expected(b, apply(t, s, b)))
}

func entitiesAlone(t *testing.T, o Opener) {
	s := o.Open(t)
	var b graph.Batch
	for i, kind := range graph.EntityKinds {
		b.Entities = append(b.Entities, entity(kind, string(rune('a'+i))))
	}
	holds(t, s, expected(b, apply(t, s, b)))
}

func twiceInBatch(t *testing.T, o Opener) {
	s := o.Open(t)
	b := base()
	want := expected(base(), graph.Commit{})
	b.Sources = append(b.Sources, b.Sources...)
	b.Entities = append(b.Entities, b.Entities...)
	b.Claims = append(b.Claims, b.Claims...)
	c := apply(t, s, b)
	same(t, "the commit", graph.Commit{Sequence: 1, Numbers: alike(1), RecordedAt: c.RecordedAt, Sources: 2, Entities: 6, Claims: 1}, c)
	got := changes(t, s, 0)[0]
	same(t, "sources", want.Sources, got.Sources)
	same(t, "entities", want.Entities, got.Entities)
}

func sourceAgain(t *testing.T, o Opener) {
	s := opened(t, o)
	b := graph.Batch{ID: "again", Sources: []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "Another title"}}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
	b.ID = "and again"
	replayed(t, s, b, c)
}

func entityAgain(t *testing.T, o Opener) {
	s := opened(t, o)
	e := entity(graph.Group, "g0")
	e.Names = []graph.Name{{Value: "Another name", Source: "s_b"}}
	b := graph.Batch{ID: "again", Entities: []graph.Entity{e}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
	b.ID = "and again"
	replayed(t, s, b, c)
}

func sourceBackAgain(t *testing.T, o Opener) {
	s := opened(t, o)
	other := source("a")
	other.Title = "Another title"
	apply(t, s, graph.Batch{Sources: []graph.Source{other}})
	b := graph.Batch{ID: "back", Sources: []graph.Source{source("a")}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 2))
}

func forwardReferences(t *testing.T, o Opener) {
	s := o.Open(t)
	first, second := status("g", "one"), status("g", "two")
	derived := source("a")
	derived.DerivedFrom = []graph.ID{"s_z"}
	b := graph.Batch{
		ID: "forward", Sources: []graph.Source{derived, source("z")}, Entities: []graph.Entity{entity(graph.Group, "g")},
		Claims: []graph.Claim{
			{Subject: first.Normalised().ID, Predicate: graph.Contradicts, Object: second.Normalised().ID, Source: "s_z", Hedge: graph.Assessment},
			first, second,
		},
	}
	holds(t, s, expected(b, apply(t, s, b)))
}

func inputUnchanged(t *testing.T, o Opener) {
	s := o.Open(t)
	in, want := full(), full()
	apply(t, s, in)
	same(t, "the batch that was passed in", want, in)
}

func inputAliasing(t *testing.T, o Opener) {
	s := o.Open(t)
	in := full()
	c := apply(t, s, in)
	scramble(&in)
	holds(t, s, expected(full(), c))
}

func wordsAlone(t *testing.T, o Opener) {
	s := opened(t, o)
	k := status("g0", "active")
	k.Label, k.Excerpt = "C1", "is said to be active"
	c := apply(t, s, claims(k))
	k.Label, k.Excerpt = "C2", "active, they say"
	replayed(t, s, claims(k), c)
}
