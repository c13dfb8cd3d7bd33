package storetest

import (
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

var restoreCases = []testCase{
	{"a log is taken over as it is, and goes on", restoreWhole},
	{"a log is not taken over into another", restoreOver},
	{"a log that cannot be read leaves the store empty", restoreNothing},
	{"a restore that is cut short leaves a store that says so, and goes on", restoreCut},
	{"a restore does not go on with another log", restoreAnother},
	{"a log with a gap is not taken over", restoreGap},
	{"a log is taken over with its stamps, numbers and writers", restoreMarked},
}

// history is the log of another store: ids that were given and made, a commit without a
// digest of its content, two at one moment, a retraction and its end.
func history() []graph.Change {
	at := time.Date(2024, 2, 29, 23, 59, 59, 123456000, time.UTC)
	link := member("i0", "g0")
	other := source("a")
	other.Title = "Another title"
	retitled := graph.Batch{ID: "retitled", Sources: []graph.Source{other}}
	batches := []graph.Batch{base(), claims(retraction(link, "a")), again(link), retitled, full(), numbered("n", 1)}
	var out []graph.Change
	for i, b := range batches {
		c := expected(b, graph.Commit{Sequence: graph.Sequence(i + 1), Numbers: alike(graph.Sequence(i + 1)), RecordedAt: at})
		if at = at.Add(time.Duration(i) * time.Hour); i == 3 {
			c.Content = ""
		}
		out = append(out, c)
	}
	return out
}

// feedOf yields changes, and then an error if there is one.
func feedOf(list []graph.Change, err error) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		for _, c := range list {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(graph.Change{}, err)
		}
	}
}

func restore(t *testing.T, s graph.Store, list []graph.Change, err error) error {
	t.Helper()
	r, ok := s.(graph.Restorer)
	if !ok {
		t.Fatal("the store cannot take over a log")
	}
	return r.Restore(t.Context(), feedOf(list, err))
}

// restored takes over a whole log.
func restored(t *testing.T, s graph.Store, list []graph.Change) {
	t.Helper()
	if err := restore(t, s, list, nil); err != nil {
		t.Fatalf("restore: %v", err)
	}
	holds(t, s, list...)
}

// incomplete checks that a store says that a restore has not ended.
func incomplete(t *testing.T, s graph.Store) {
	t.Helper()
	_, err := s.Apply(t.Context(), numbered("x", 1))
	_, other := s.Head(t.Context())
	_, third := collect(t.Context(), s, 0)
	for what, err := range map[string]error{"apply": err, "head": other, "changes": third} {
		if !isUnavailable(err) {
			t.Errorf("%s of a store that is not whole gives %v", what, err)
		}
	}
}

func restoreWhole(t *testing.T, o Opener) {
	s := o.Open(t)
	log := history()
	n := graph.Sequence(len(log))
	restored(t, s, log)
	replayed(t, s, base(), graph.Commit{Sequence: 1, Numbers: alike(1), RecordedAt: log[0].Recorded})
	conflicting(t, s, numberedAs("base", 7), base(), 1)
	replayed(t, s, claims(member("i0", "g0")), graph.Commit{Sequence: n, Numbers: alike(n), RecordedAt: log[n-1].Recorded})
	refused(t, s, numberedAs("retitled", 8), "CONFLICT", "id")
	other := o.Open(t)
	b := again(member("i0", "g0"), member("i1", "g1"))
	c := apply(t, other, b)
	holds(t, s, append(log, partly(b, claims(b.Claims[1]), c))...)
	fresh(t, s, n+2, claims(retraction(member("i0", "g0"), "a")), claims(retraction(member("i0", "g0"), "a")))
}

func numberedAs(id string, n int) graph.Batch {
	b := numbered("n", n)
	b.ID = id
	return b
}

func restoreOver(t *testing.T, o Opener) {
	s := opened(t, o)
	before := changes(t, s, 0)
	if err := restore(t, s, history(), nil); !isConflict(err) {
		t.Errorf("into a store that holds something it gives %v", err)
	}
	if err := restore(t, s, before, nil); !isConflict(err) {
		t.Errorf("into a store that holds the same it gives %v", err)
	}
	holds(t, s, before...)
	apply(t, s, numbered("n", 1))
}

func restoreNothing(t *testing.T, o Opener) {
	s := o.Open(t)
	broken := errors.New("broken")
	if err := restore(t, s, nil, broken); !errors.Is(err, broken) {
		t.Errorf("a log that cannot be read gives %v", err)
	}
	if err := restore(t, s, nil, nil); err != nil {
		t.Errorf("a log of no commits gives %v", err)
	}
	holds(t, s)
	apply(t, s, base())
}

func restoreCut(t *testing.T, o Opener) {
	s := o.Open(t)
	other := o.Open(t)
	log := history()
	broken := errors.New("broken")
	for _, n := range []int{1, 3, 3, 2, len(log)} {
		if err := restore(t, s, log[:n], broken); !errors.Is(err, broken) {
			t.Fatalf("cut after %d, it gives %v", n, err)
		}
		incomplete(t, s)
		incomplete(t, other)
		s, other = other, s
	}
	restored(t, s, log)
	holds(t, other, log...)
	apply(t, other, numbered("n", 2))
}

func restoreAnother(t *testing.T, o Opener) {
	s := o.Open(t)
	log := history()
	if err := restore(t, s, log[:3], errors.New("broken")); err == nil {
		t.Fatal("a feed that breaks is taken for whole")
	}
	for what, change := range map[string]func(list []graph.Change) []graph.Change{
		"another actor":  func(list []graph.Change) []graph.Change { list[1].Actor = "x"; return list },
		"another time":   func(list []graph.Change) []graph.Change { list[0].Recorded = list[0].Recorded.Add(-1000); return list },
		"another writer": func(list []graph.Change) []graph.Change { list[1].Writer = graph.Clear; return list },
		"other numbers":  func(list []graph.Change) []graph.Change { list[1].Numbers[0]--; return list },
		"another stamp": func(list []graph.Change) []graph.Change {
			list[1].Claims[0].Seal = sealed(graph.Green)
			return list
		},
		"another digest": func(list []graph.Change) []graph.Change { list[2].Content = ""; return list },
		"another record": func(list []graph.Change) []graph.Change { list[0].Sources[1].Note = "x"; return list },
		"one less":       func(list []graph.Change) []graph.Change { list[0].Sources = list[0].Sources[:1]; return list },
		"a shorter one":  func(list []graph.Change) []graph.Change { return list[:2] },
	} {
		if err := restore(t, s, change(history()), nil); !isConflict(err) {
			t.Errorf("%s: it gives %v", what, err)
		}
		incomplete(t, s)
	}
	restored(t, s, log)
}

func restoreGap(t *testing.T, o Opener) {
	s := o.Open(t)
	log := history()
	if err := restore(t, s, slices.Delete(history(), 1, 2), nil); !isConflict(err) {
		t.Errorf("it gives %v", err)
	}
	restored(t, s, log)
}

// markedHistory is the log of a store in which something is hidden, and recorded anew and
// taken back by a writer from whom it is hidden, under ids that were used.
func markedHistory() []graph.Change {
	red := source("red")
	red.Marking = graph.Red
	hides := graph.Batch{ID: "n", Sources: []graph.Source{red}, Entities: []graph.Entity{entity(graph.Group, "red")}, Claims: []graph.Claim{member("i1", "red")}}
	hides.Entities[0].Marking = graph.Amber
	open := as(graph.Green, graph.Batch{ID: "n", Entities: []graph.Entity{entity(graph.Group, "red")}, Claims: []graph.Claim{member("i1", "red")}})
	back := as(graph.Clear, claims(retraction(member("i1", "red"), "a")))
	batches := []graph.Batch{base(), hides, open, back}
	numbers := []graph.Numbers{alike(1), {1, 1, 2, 2, 2}, {2, 2, 3, 3, 3}, {3, 3, 4, 4, 4}}
	var out []graph.Change
	for i, b := range batches {
		b = b.Normalised()
		if i == 1 {
			b.Claims[0].Seal = sealed(graph.Amber)
		}
		out = append(out, expected(b, graph.Commit{
			Sequence: graph.Sequence(i + 1), Numbers: numbers[i], RecordedAt: time.Date(2024, 2, 29, 23, 59, i, 0, time.UTC),
		}))
	}
	return out
}

func restoreMarked(t *testing.T, o Opener) {
	s := o.Open(t)
	log := markedHistory()
	broken := errors.New("broken")
	if err := restore(t, s, log[:2], broken); !errors.Is(err, broken) {
		t.Fatalf("cut, it gives %v", err)
	}
	restored(t, s, log)
	replayed(t, s, as(graph.Clear, claims(retraction(member("i1", "red"), "a"))), graph.Commit{
		Sequence: 3, Numbers: log[3].Numbers, RecordedAt: log[3].Recorded,
	})
	for i, clearance := range []graph.Marking{graph.Red, graph.Green} {
		c := log[1+i]
		again := as(clearance, graph.Batch{ID: "n", Sources: c.Sources, Entities: c.Entities, Claims: c.Claims})
		replayed(t, s, again, graph.Commit{Sequence: 2, Numbers: c.Numbers, RecordedAt: c.Recorded})
	}
	apply(t, s, claims(status("red", "active")))
	wantSeal(t, "what those say of it who saw it first", graph.Amber, last(t, s).Claims[0].Seal)
}
