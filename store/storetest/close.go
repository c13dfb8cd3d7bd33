package storetest

import (
	"errors"
	"testing"

	"github.com/rabta/rabta/graph"
)

var closeCases = []testCase{
	{"a closed store is unavailable", closedStore},
	{"a feed that was begun ends when the store is closed", closedDuringFeed},
	{"closing twice does no harm", closedTwice},
	{"closing one handle leaves the others open", closedOther},
	{"a store that was closed opens as it was", reopened},
	{"numbers go on after reopening", reopenedNumbers},
	{"ids and retractions are known after reopening", reopenedState},
}

// unavailable checks that every call says so.
func unavailable(t *testing.T, s graph.Store) {
	t.Helper()
	got, applied := s.Apply(t.Context(), numbered("n", 1))
	_, asked := s.Head(t.Context())
	_, read := collect(t.Context(), s, 0)
	for call, err := range map[string]error{"Apply": applied, "Head": asked, "Changes": read} {
		if !errors.Is(err, graph.ErrUnavailable) {
			t.Errorf("the error of %s is %v, want ErrUnavailable", call, err)
		}
	}
	same(t, "the commit", graph.Commit{}, got)
}

func closing(t *testing.T, s graph.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

func closedStore(t *testing.T, o Opener) {
	s := opened(t, o)
	feed := s.Changes(t.Context(), 0)
	closing(t, s)
	unavailable(t, s)
	var last error
	for _, last = range feed {
	}
	if !errors.Is(last, graph.ErrUnavailable) {
		t.Errorf("a feed asked for before ends with %v", last)
	}
}

func closedDuringFeed(t *testing.T, o Opener) {
	s := opened(t, o)
	for i := range 3 { // more than a store reads at once
		apply(t, s, bulk(i, 4_000))
	}
	var last error
	for _, err := range s.Changes(t.Context(), 0) {
		if last = err; err == nil {
			closing(t, s)
		}
	}
	if !errors.Is(last, graph.ErrUnavailable) {
		t.Errorf("the feed ends with %v", last)
	}
}

func closedTwice(t *testing.T, o Opener) {
	s := opened(t, o)
	closing(t, s)
	if err := s.Close(); err != nil && !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("closing again gives %v", err)
	}
	unavailable(t, s)
}

func closedOther(t *testing.T, o Opener) {
	s := opened(t, o)
	other := o.Open(t)
	closing(t, s)
	apply(t, other, numbered("n", 1))
	if got := changes(t, other, 0); len(got) != 2 {
		t.Errorf("the other handle gives %d changes", len(got))
	}
}

func reopened(t *testing.T, o Opener) {
	s := o.Open(t)
	first := expected(base(), apply(t, s, base()))
	second := expected(numbered("n", 1), apply(t, s, numbered("n", 1)))
	closing(t, s)
	s = o.Open(t)
	holds(t, s, first, second)
}

func reopenedNumbers(t *testing.T, o Opener) {
	for want := graph.Sequence(1); want <= 5; want++ {
		s := o.Open(t)
		b := base()
		if want > 1 {
			b = numbered("n", int(want))
		}
		if c := apply(t, s, b); c.Sequence != want {
			t.Fatalf("the number is %d, want %d", c.Sequence, want)
		}
		closing(t, s)
	}
	gapless(t, changes(t, o.Open(t), 0))
}

func reopenedState(t *testing.T, o Opener) {
	s, last := retracted(t, o)
	closing(t, s)
	s = o.Open(t)
	replayed(t, s, claims(member("i0", "g0")), last)
	b := base()
	b.ID = "other"
	replayed(t, s, b, last)
	invalid := refused(t, s, graph.Batch{Entities: []graph.Entity{entity(graph.Place, "g0")}}, "KIND_CONFLICT", "entities[0].kind")
	if !errors.Is(invalid, graph.ErrConflict) {
		t.Errorf("%v is not ErrConflict", invalid)
	}
	if c := apply(t, s, again(member("i0", "g0"))); c.Sequence != last.Sequence+1 {
		t.Errorf("the outcome is %+v", c)
	}
}
