package storetest

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/rabta/rabta/graph"
)

var batchIDCases = []testCase{
	{"an id with other content is a conflict that names the first", sameID},
	{"an id with content that is refused is both", sameIDBadContent},
	{"an id with other words or another order is a conflict", sameIDOtherWords},
	{"an id is replayed from later commits too", replayLater},
	{"an id settles its content, whatever came since", settledForGood},
	{"who records and why are not content", otherActor},
	{"an id under which nothing was recorded is free", freeID},
	{"without an id the store gives it one", noID},
	{"without an id what is new again is recorded again", recordedAgain},
	{"without an id retracting and asserting go on for ever", backAndForth},
	{"without an id two forms of a source settle", twoForms},
	{"without an id it never takes one that was given", givenFirst},
	{"one id for many contents: one is kept", oneIDManyContents},
	{"one content without an id, many times at once: one commit", oneContentNoID},
}

// conflicting checks that an id is refused because the commit holds it for other
// content, and nothing is recorded.
func conflicting(t *testing.T, s graph.Store, b graph.Batch, first graph.Batch, by graph.Sequence) *graph.InvalidError {
	t.Helper()
	err := refused(t, s, b, "CONFLICT", "id")
	if !isConflict(err) {
		t.Errorf("the error is %v, want a conflict", err)
	}
	first = first.Normalised()
	for _, word := range []string{first.Content(), fmt.Sprintf("commit %d ", by)} {
		if !strings.Contains(err.Problems[0].Message, word) {
			t.Errorf("%q is not in %q", word, err.Problems[0].Message)
		}
	}
	return err
}

func sameID(t *testing.T, o Opener) {
	s := o.Open(t)
	c := apply(t, s, base())
	b := numbered("other", 1)
	b.ID = "base"
	conflicting(t, s, b, base(), 1)
	conflicting(t, o.Open(t), b, base(), 1)
	more := base()
	more.Claims = append(more.Claims, member("i1", "g1"))
	conflicting(t, s, more, base(), 1)
	more = base()
	more.Reassert = true
	conflicting(t, s, more, base(), 1)
	conflicting(t, s, graph.Batch{ID: "base"}, base(), 1)
	replayed(t, s, base(), c)
}

func sameIDBadContent(t *testing.T, o Opener) {
	s := o.Open(t)
	apply(t, s, base())
	b := numbered("other", 1)
	b.ID, b.Claims[0].Source, b.Claims[0].Subject = "base", "", "nobody"
	err := conflicting(t, s, b, base(), 1)
	if len(err.Problems) != 3 {
		t.Errorf("not all that is wrong is named: %v", err)
	}
	b = numbered("n", 1)
	apply(t, s, b)
	figure := graph.Claim{Subject: "g0", Predicate: "STRENGTH", Source: "s_a", Hedge: graph.Stated}
	figure.Value = &graph.Value{Best: number(math.NaN())}
	b.Claims = append(b.Claims, figure)
	if _, err := s.Apply(t.Context(), b); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a figure that is no number, under an id that was used, gives %v", err)
	}
}

func sameIDOtherWords(t *testing.T, o Opener) {
	s := opened(t, o)
	b := claims(status("g0", "one"), status("g1", "two"))
	b.ID = "words"
	c := apply(t, s, b)
	other := claims(status("g0", "one"), status("g1", "two"))
	other.ID, other.Claims[0].Excerpt = "words", "is said to be one"
	conflicting(t, s, other, b, 2)
	other = claims(b.Claims[1], b.Claims[0])
	other.ID = "words"
	conflicting(t, s, other, b, 2)
	replayed(t, s, b, c)
}

func replayLater(t *testing.T, o Opener) {
	s := opened(t, o)
	c := apply(t, s, numbered("n", 1))
	apply(t, s, numbered("n", 2))
	apply(t, s, numbered("n", 3))
	replayed(t, s, numbered("n", 1), c)
}

func settledForGood(t *testing.T, o Opener) {
	s := opened(t, o)
	b := graph.Batch{ID: "titles", Sources: []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "One"}}, Claims: []graph.Claim{member("i0", "g0"), member("i1", "g1")}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{partly(b, graph.Batch{Sources: b.Sources, Claims: b.Claims[1:]}, c)}, changes(t, s, 1))
	apply(t, s, graph.Batch{Sources: []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "Two"}}})
	apply(t, s, claims(retraction(member("i1", "g1"), "a")))
	replayed(t, s, b, c)
}

func otherActor(t *testing.T, o Opener) {
	s := opened(t, o)
	b := numbered("n", 1)
	c := apply(t, s, b)
	b.Actor, b.Reason = "somebody else", "sent again"
	replayed(t, s, b, c)
}

func freeID(t *testing.T, o Opener) {
	s := opened(t, o)
	apply(t, s, graph.Batch{ID: "n-1"})
	apply(t, s, graph.Batch{ID: "n-1", Claims: base().Claims})
	c := apply(t, s, numbered("n", 1))
	same(t, "the commit", graph.Commit{Sequence: 2, Numbers: alike(2), RecordedAt: c.RecordedAt, Claims: 1}, c)
}

func noID(t *testing.T, o Opener) {
	s := opened(t, o)
	b := numbered("n", 1)
	b.ID = ""
	c := apply(t, s, b)
	got := changes(t, s, 1)
	same(t, "the change", []graph.Change{expected(b, c)}, got)
	if got[0].Batch == "" || got[0].Content == "" {
		t.Error("the batch has no id, or no digest")
	}
	replayed(t, s, b, c)
	last := apply(t, s, numbered("n", 2))
	replayed(t, s, b, last)
}

// fresh checks that a batch without an id becomes the commit of a number, under an id of
// its own, and that some of it is new.
func fresh(t *testing.T, s graph.Store, n graph.Sequence, b, some graph.Batch) graph.Commit {
	t.Helper()
	c := apply(t, s, b)
	if c.Sequence != n || c.Replayed {
		t.Fatalf("commit %d is %+v", n, c)
	}
	all := changes(t, s, 0)
	got := all[n-1]
	for _, other := range all[:n-1] {
		if other.Batch == got.Batch {
			t.Errorf("commits %d and %d have the id %q", other.Sequence, n, got.Batch)
		}
	}
	want := partly(b, some, c)
	want.Batch = got.Batch
	same(t, "the change", want, got)
	replayed(t, s, b, c)
	return c
}

func recordedAgain(t *testing.T, o Opener) {
	s := opened(t, o)
	other := o.Open(t)
	titled := func(title string) graph.Batch {
		return graph.Batch{Sources: []graph.Source{{ID: "s_a", Kind: "BOOK", Title: title}}}
	}
	described := func(text string) graph.Batch {
		e := entity(graph.Group, "g0")
		e.Description = text
		return graph.Batch{Entities: []graph.Entity{e}}
	}
	n := graph.Sequence(2)
	for range 3 {
		for _, b := range []graph.Batch{titled("A"), described("C"), titled("B"), described("D")} {
			fresh(t, [...]graph.Store{s, other}[n%2], n, b, b)
			n++
		}
	}
}

func backAndForth(t *testing.T, o Opener) {
	s := opened(t, o)
	back, forth := claims(retraction(member("i0", "g0"), "a")), again(member("i0", "g0"))
	for n := graph.Sequence(2); n < 10; n += 2 {
		fresh(t, s, n, back, back)
		fresh(t, s, n+1, forth, forth)
	}
}

func twoForms(t *testing.T, o Opener) {
	s := opened(t, o)
	forms := []graph.Source{{ID: "s_a", Kind: "BOOK", Title: "A"}, {ID: "s_a", Kind: "BOOK", Title: "B"}}
	k := member("i0", "g0")
	back := claims(retraction(k, "a"))
	both := graph.Batch{Sources: forms, Claims: []graph.Claim{back.Claims[0], k}}
	first, second := graph.Batch{Sources: forms[:1]}, graph.Batch{Sources: forms[1:]}
	fresh(t, s, 2, both, both)
	fresh(t, s, 3, first, first)
	fresh(t, s, 4, both, graph.Batch{Sources: second.Sources, Claims: both.Claims})
	replayed(t, s, both, fresh(t, s, 5, back, back))
}

func givenFirst(t *testing.T, o Opener) {
	s := opened(t, o)
	b := claims(status("g0", "one")).Normalised()
	taken := numbered("n", 1)
	taken.ID = b.Content()
	apply(t, s, taken)
	next := numbered("n", 2)
	next.ID = fmt.Sprintf("%s-%d", b.Content(), 4)
	apply(t, s, next)
	fresh(t, s, 4, b, b)
	b.ID = b.Content()
	conflicting(t, s, b, taken, 2)
}

func oneIDManyContents(t *testing.T, o Opener) {
	a := opened(t, o)
	b := o.Open(t)
	var mu sync.Mutex
	lost := 0
	parallel(t, 6, func(w int) error {
		for i := range 5 {
			batch := numbered(fmt.Sprintf("w%d", w), i)
			batch.ID = fmt.Sprint("id ", i)
			c, err := [...]graph.Store{a, b}[w%2].Apply(t.Context(), batch)
			switch {
			case isConflict(err):
				mu.Lock()
				lost++
				mu.Unlock()
			case err != nil:
				return err
			case c.Replayed:
				return errors.New("another's batch was told as recorded")
			}
		}
		return nil
	})
	all := changes(t, b, 0)
	gapless(t, all)
	if len(all) != 1+5 || lost != 5*5 {
		t.Errorf("there are %d commits, and %d were refused", len(all), lost)
	}
}

func oneContentNoID(t *testing.T, o Opener) {
	a := opened(t, o)
	b := o.Open(t)
	batch := func(i int) graph.Batch {
		return graph.Batch{Sources: []graph.Source{{ID: "s_b", Kind: "BOOK", Title: fmt.Sprint("Title ", i)}}}
	}
	for i := range 4 {
		parallel(t, 4, func(w int) error {
			_, err := [...]graph.Store{a, b}[w%2].Apply(t.Context(), batch(i%2))
			return err
		})
	}
	all := changes(t, b, 0)
	gapless(t, all)
	if len(all) != 1+4 {
		t.Errorf("there are %d commits, want 5", len(all))
	}
}
