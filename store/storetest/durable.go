package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/rabta/rabta/graph"
)

// DurableOpener is a fresh store that outlives its processes.
type DurableOpener interface {
	Opener
	// Location is what the function given to Main opens the same store by.
	Location() string
	// OpenFaulty opens a handle whose commits can be made to fail, and closes
	// it when the test ends.
	OpenFaulty(t *testing.T) (graph.Store, Faults)
}

// Faults makes the commits of a handle fail.
type Faults interface {
	// FailNextCommit makes the next commit fail as when the line is cut:
	// before the commit is durable or, with afterDurable, when only the answer
	// is lost. The commits after it succeed.
	FailNextCommit(afterDurable bool)
}

type durableCase struct {
	name string
	run  func(t *testing.T, o DurableOpener)
}

// Durable runs what only stores that outlive their process promise: lost
// answers, processes that are killed, several processes at once. The test's
// TestMain must call Main.
func Durable(t *testing.T, open func(t *testing.T) DurableOpener) {
	for _, group := range []struct {
		name  string
		cases []durableCase
	}{
		{"unknown outcome", faultCases},
		{"processes", processCases},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, c := range group.cases {
				t.Run(c.name, func(t *testing.T) {
					o := open(t)
					c.run(t, o)
					whole(t, o)
				})
			}
		})
	}
}

// whole checks that a store that can verify itself finds no fault.
func whole(t *testing.T, o Opener) {
	t.Helper()
	s, ok := o.Open(t).(graph.Verifier)
	if !ok {
		return
	}
	v, err := s.Verify(t.Context())
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	for _, f := range v.Faults {
		t.Error(f)
	}
}

var faultCases = []durableCase{
	{"a commit that fails is unavailable, in our words", failedCommit},
	{"applied again, it has one effect", retried},
	{"applied again through another handle, it has one effect", retriedElsewhere},
	{"applied again without an id, it has one effect", retriedWithoutID},
	{"a retraction and a new assertion have one effect", retriedRetraction},
	{"the next batch may come first", retriedLater},
	{"readers go on", readAfterFault},
	{"writers that apply until they know commit once", faultyWriters},
}

// atBoth runs a case for each moment, the second on what the first left.
func atBoth(t *testing.T, o DurableOpener, run func(t *testing.T, s graph.Store, f Faults, afterDurable bool)) {
	t.Helper()
	s, f := o.OpenFaulty(t)
	apply(t, s, base())
	t.Run("before it is durable", func(t *testing.T) { run(t, s, f, false) })
	t.Run("after it is durable", func(t *testing.T) { run(t, s, f, true) })
}

// cut applies a batch whose commit fails.
func cut(t *testing.T, s graph.Store, f Faults, afterDurable bool, b graph.Batch) {
	t.Helper()
	f.FailNextCommit(afterDurable)
	c, err := s.Apply(t.Context(), b)
	if !errors.Is(err, graph.ErrUnavailable) {
		t.Fatalf("a commit that fails gives %+v, %v, want ErrUnavailable", c, err)
	}
	same(t, "the commit of a batch that failed", graph.Commit{}, c)
}

// settled applies a batch that was cut, and checks that it is in the feed once,
// right after the commit before.
func settled(t *testing.T, s graph.Store, b graph.Batch, before graph.Sequence, afterDurable bool) graph.Commit {
	t.Helper()
	c := apply(t, s, b)
	if c.Sequence != before+1 || c.Replayed != afterDurable {
		t.Errorf("applied again, it gives %+v, want number %d, replayed: %t", c, before+1, afterDurable)
	}
	same(t, "the feed after applying again", []graph.Change{expected(b, c)}, changes(t, s, before))
	return c
}

func failedCommit(t *testing.T, o DurableOpener) {
	atBoth(t, o, func(t *testing.T, s graph.Store, f Faults, afterDurable bool) {
		f.FailNextCommit(afterDurable)
		_, err := s.Apply(t.Context(), numbered(fmt.Sprint("cut ", afterDurable), 1))
		if !errors.Is(err, graph.ErrUnavailable) || errors.Is(err, graph.ErrInvalid) {
			t.Fatalf("the error is %v", err)
		}
		foreignWords(t, err)
	})
}

func retried(t *testing.T, o DurableOpener) {
	atBoth(t, o, func(t *testing.T, s graph.Store, f Faults, afterDurable bool) {
		before, b := head(t, s), numbered(fmt.Sprint("cut ", afterDurable), 1)
		cut(t, s, f, afterDurable, b)
		settled(t, s, b, before, afterDurable)
		apply(t, s, numbered(fmt.Sprint("cut ", afterDurable), 2))
		gapless(t, changes(t, s, 0))
	})
}

func retriedElsewhere(t *testing.T, o DurableOpener) {
	other := o.Open(t)
	atBoth(t, o, func(t *testing.T, s graph.Store, f Faults, afterDurable bool) {
		before, b := head(t, s), numbered(fmt.Sprint("cut ", afterDurable), 1)
		cut(t, s, f, afterDurable, b)
		c := settled(t, other, b, before, afterDurable)
		replayed(t, s, b, c)
	})
}

func retriedWithoutID(t *testing.T, o DurableOpener) {
	atBoth(t, o, func(t *testing.T, s graph.Store, f Faults, afterDurable bool) {
		before, b := head(t, s), numbered(fmt.Sprint("cut ", afterDurable), 1)
		b.ID = ""
		cut(t, s, f, afterDurable, b)
		settled(t, s, b, before, afterDurable)
	})
}

func retriedRetraction(t *testing.T, o DurableOpener) {
	atBoth(t, o, func(t *testing.T, s graph.Store, f Faults, afterDurable bool) {
		back, forth := claims(retraction(member("i0", "g0"), "a")), again(member("i0", "g0"))
		back.ID, forth.ID = fmt.Sprint("back ", afterDurable), fmt.Sprint("forth ", afterDurable)
		for _, b := range []graph.Batch{back, forth} {
			before := head(t, s)
			cut(t, s, f, afterDurable, b)
			settled(t, s, b, before, afterDurable)
		}
	})
}

func retriedLater(t *testing.T, o DurableOpener) {
	atBoth(t, o, func(t *testing.T, s graph.Store, f Faults, afterDurable bool) {
		before, b := head(t, s), numbered(fmt.Sprint("cut ", afterDurable), 1)
		cut(t, s, f, afterDurable, b)
		next := apply(t, s, numbered(fmt.Sprint("next ", afterDurable), 1))
		c := apply(t, s, b)
		first, second := c.Sequence, next.Sequence
		if !afterDurable {
			first, second = second, first
		}
		if first != before+1 || second != before+2 || c.Replayed != afterDurable {
			t.Errorf("from head %d, the next batch gives %+v and the one before it %+v", before, next, c)
		}
		gapless(t, changes(t, s, 0))
	})
}

func readAfterFault(t *testing.T, o DurableOpener) {
	atBoth(t, o, func(t *testing.T, s graph.Store, f Faults, afterDurable bool) {
		before := int(head(t, s))
		cut(t, s, f, afterDurable, bulk(before, 100))
		if afterDurable {
			before++
		}
		all := changes(t, s, 0)
		gapless(t, all)
		if h := head(t, s); len(all) != before || int(h) != before {
			t.Errorf("the feed gives %d commits and the head is %d, want %d", len(all), h, before)
		}
	})
}

func faultyWriters(t *testing.T, o DurableOpener) {
	s, f := o.OpenFaulty(t)
	apply(t, s, base())
	plain := o.Open(t)
	var mu sync.Mutex
	faults := 0
	parallel(t, 4, func(w int) error {
		for i := range commitsEach {
			h := s
			if w%2 == 1 {
				h = plain
			} else {
				f.FailNextCommit(i%2 == 0)
			}
			for {
				_, err := h.Apply(t.Context(), byWorker(w, i))
				if err == nil {
					break
				}
				if !isUnavailable(err) {
					return err
				}
				mu.Lock()
				faults++
				mu.Unlock()
			}
		}
		return nil
	})
	all := changes(t, plain, 0)
	gapless(t, all)
	if len(all) != 1+4*commitsEach || faults == 0 {
		t.Errorf("after %d faults there are %d commits, want %d", faults, len(all), 1+4*commitsEach)
	}
}
