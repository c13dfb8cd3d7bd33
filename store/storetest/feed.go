package storetest

import (
	"testing"

	"github.com/rabta/rabta/graph"
)

var feedCases = []testCase{
	{"it resumes from every number", feedResumes},
	{"it is empty from the head and beyond", feedBeyondHead},
	{"it ends at the head of the moment of the call", feedEnds},
	{"it ends though the reader writes", feedReaderWrites},
	{"it may be read twice", feedTwice},
	{"stopping early releases everything", feedEarlyStop},
	{"two readers may be woven into each other", feedNested},
	{"changing what it gave changes nothing", feedAliasing},
	{"the head is the last number it gives", feedHead},
	{"another handle gives the same", feedOtherHandle},
	{"a reader that polls misses and repeats nothing", feedPolled},
}

// written is a store with n commits, and its whole feed.
func written(t *testing.T, o Opener, n int) (graph.Store, []graph.Change) {
	t.Helper()
	s := opened(t, o)
	for i := 2; i <= n; i++ {
		apply(t, s, numbered("n", i))
	}
	all := changes(t, s, 0)
	if len(all) != n {
		t.Fatalf("the feed has %d commits, want %d", len(all), n)
	}
	gapless(t, all)
	return s, all
}

func feedResumes(t *testing.T, o Opener) {
	s, all := written(t, o, 25)
	for since := range all {
		same(t, "the rest of the feed", all[since:], changes(t, s, graph.Sequence(since)))
	}
}

func feedBeyondHead(t *testing.T, o Opener) {
	s, all := written(t, o, 3)
	for _, since := range []graph.Sequence{3, 4, 1_000_000, 1 << 62} {
		if got := changes(t, s, since); len(got) != 0 {
			t.Errorf("since %d the feed of %d commits gives %d", since, len(all), len(got))
		}
	}
}

func feedEnds(t *testing.T, o Opener) {
	s, all := written(t, o, 3)
	feed := s.Changes(t.Context(), 0)
	apply(t, s, numbered("late", 1))
	var got []graph.Change
	for c, err := range feed {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, c)
	}
	same(t, "the feed of before", all, got)
}

func feedReaderWrites(t *testing.T, o Opener) {
	s, all := written(t, o, 5)
	n := 0
	for c, err := range s.Changes(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n > len(all) {
			t.Fatal("the feed follows its own reader")
		}
		apply(t, s, numbered("inside", int(c.Sequence)))
	}
	if h := head(t, s); n != len(all) || int(h) != 2*len(all) {
		t.Errorf("read %d commits, and the head is %d", n, h)
	}
}

func feedTwice(t *testing.T, o Opener) {
	s, all := written(t, o, 4)
	feed := s.Changes(t.Context(), 1)
	for range 2 {
		var got []graph.Change
		for c, err := range feed {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, c)
		}
		same(t, "the feed", all[1:], got)
	}
}

// A store has fewer connections than this has readers: one that kept what an
// abandoned reader held would stop answering.
func feedEarlyStop(t *testing.T, o Opener) {
	s, all := written(t, o, 5)
	for range 300 {
		for c, err := range s.Changes(t.Context(), 1) {
			if err != nil {
				t.Fatal(err)
			}
			same(t, "the first change", all[1], c)
			break
		}
	}
	apply(t, s, numbered("after", 1))
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func feedNested(t *testing.T, o Opener) {
	s, all := written(t, o, 4)
	for outer, err := range s.Changes(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		same(t, "the inner feed", all[outer.Sequence:], changes(t, s, outer.Sequence))
	}
}

func feedAliasing(t *testing.T, o Opener) {
	s := o.Open(t)
	c := apply(t, s, full())
	for got, err := range s.Changes(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		b := graph.Batch{Sources: got.Sources, Entities: got.Entities, Claims: got.Claims}
		scramble(&b)
	}
	holds(t, s, expected(full(), c))
	b := full()
	b.ID = "full once more"
	replayed(t, s, b, c)
}

func feedHead(t *testing.T, o Opener) {
	s := o.Open(t)
	for i := range 10 {
		b := base()
		if i > 0 {
			b = numbered("n", i)
		}
		apply(t, s, b)
		all := changes(t, s, 0)
		if last := all[len(all)-1].Sequence; last != head(t, s) {
			t.Fatalf("the feed ends at %d, the head is %d", last, head(t, s))
		}
	}
}

func feedOtherHandle(t *testing.T, o Opener) {
	_, all := written(t, o, 5)
	other := o.Open(t)
	same(t, "the feed of another handle", all, changes(t, other, 0))
	if h := head(t, other); h != 5 {
		t.Errorf("the head of another handle is %d", h)
	}
}
