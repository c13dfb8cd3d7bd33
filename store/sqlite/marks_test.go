package sqlite

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// remark is a batch that marks something.
func remark(subject graph.ID, m graph.Marking) graph.Batch {
	return graph.Batch{Claims: []graph.Claim{{
		Subject: subject, Predicate: graph.Marks, Source: "s_a", Hedge: graph.Stated,
		Value: &graph.Value{Marking: m, Text: "a reason"},
	}}}
}

// remarks are batches to follow the history: a group is raised with all that is said of
// it, lowered by itself, and raised again; a source that is recorded twice, and one that
// is not named.
func remarks() []graph.Batch {
	active := history()[0].Claims[0].ID
	return []graph.Batch{
		remark("g", graph.Amber), batch("e"), remark("g", graph.Green), remark(active, graph.Green),
		remark("g", graph.Red), remark("s_c", graph.Red), remark("s_a", graph.Green),
	}
}

// remarked is a file that holds the history and what follows it, and was closed.
func remarked(t *testing.T) file {
	t.Helper()
	f := newFile(t)
	s := f.open(t)
	for _, b := range append(history(), remarks()...) {
		apply(t, s, b)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

// wantHeld compares what is held with what the feed adds up to under the markings that
// are in force.
func wantHeld(t *testing.T, s *Store) graph.Known {
	t.Helper()
	list, err := changes(t, s)
	if err != nil {
		t.Fatal(err)
	}
	want, got := graph.Known{}, graph.Known{}
	for i := range list {
		b := batchOf(&list[i])
		want.Note(&b)
	}
	note := func(id graph.ID, _ int, h graph.Held) { got[id] = append(got[id], h) }
	err = eachHeld(t.Context(), s.readers, note, heldSQL)
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("what is held is not what the log adds up to, %v (-want +got):\n%s", err, d)
	}
	return got
}

// taken is a file into which the log of a store was taken over.
func taken(t *testing.T, from *Store) *Store {
	t.Helper()
	s := newFile(t).open(t)
	if err := s.Restore(t.Context(), from.Changes(t.Context(), 0)); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMarksAreVerified(t *testing.T) {
	raced.Alone(t)
	f := newFile(t)
	s := f.open(t)
	for _, b := range append(history(), remarks()...) {
		if c := apply(t, s, b); c.Replayed {
			t.Fatalf("%+v is known", b)
		}
		wantWhole(t, f)
		wantHeld(t, s)
	}
}

// A log that is taken over has the markings in force that it had, and goes on so.
func TestMarksAreTakenOver(t *testing.T) {
	raced.Alone(t)
	from := remarked(t).open(t)
	s := taken(t, from)
	want, _ := changes(t, from)
	got, err := changes(t, s)
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("the feed is another, %v (-want +got):\n%s", err, d)
	}
	if d := cmp.Diff(wantHeld(t, from), wantHeld(t, s)); d != "" {
		t.Errorf("what is held is another (-want +got):\n%s", d)
	}
	wantWhole(t, file(s.path))
	for _, b := range []graph.Batch{remark("g", graph.Clear), remark("s_c", graph.Amber), batch("f")} {
		if a, b := apply(t, from, b), apply(t, s, b); a.Numbers != b.Numbers || a.Replayed || b.Replayed {
			t.Errorf("it goes on with %+v, want %+v", b, a)
		}
		wantHeld(t, s)
	}
	wantWhole(t, file(s.path))
}

// A restore that was cut short goes on with the same markings in force alone.
func TestACutRestoreOfMarks(t *testing.T) {
	raced.Alone(t)
	list, err := changes(t, remarked(t).open(t))
	if err != nil {
		t.Fatal(err)
	}
	feed := func(n int, err error) iter.Seq2[graph.Change, error] {
		return func(yield func(graph.Change, error) bool) {
			for _, c := range list[:n] {
				if !yield(c, nil) {
					return
				}
			}
			if err != nil {
				yield(graph.Change{}, err)
			}
		}
	}
	s, cut := newFile(t).open(t), errors.New("cut")
	if err := s.Restore(t.Context(), feed(5, cut)); !errors.Is(err, cut) {
		t.Fatal(err)
	}
	seal := &list[1].Entities[0].Seal
	was := *seal
	seal.InForce = graph.Clear
	if err := s.Restore(t.Context(), feed(len(list), nil)); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("with another marking in force it gives %v", err)
	}
	seal.InForce = ""
	if err := newFile(t).open(t).Restore(t.Context(), feed(len(list), nil)); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("without a marking in force it gives %v", err)
	}
	*seal = was
	if err := s.Restore(t.Context(), feed(len(list), nil)); err != nil {
		t.Error(err)
	}
	wantWhole(t, file(s.path))
}

func TestFaultsOfMarksNameTheCommit(t *testing.T) {
	raced.Alone(t)
	f := remarked(t)
	for statement, words := range map[string][]string{
		// What is in force.
		`UPDATE records SET marking = 0 WHERE id = 'g' AND sequence = 2`: {"the log", "commit 2", "CLEAR is in force", "CLEAR and RED"},
		`UPDATE records SET marking = 2 WHERE id = 's_c'`:                {"the log", "commit 4", "AMBER is in force", "CLEAR and RED"},
		`UPDATE records SET marking = 2 WHERE id = 's_d'`:                {"the log", "commit 6", "AMBER is in force", "CLEAR and CLEAR"},
		`UPDATE records SET marking = stamp`:                             {"the log", "commit 1", "CLEAR is in force"},
		`UPDATE records SET number = 99 WHERE number = 6; UPDATE records SET number = 6 WHERE number = 7;
			UPDATE records SET number = 7 WHERE number = 99`: {"the log", "commit 3", "not numbered"},
		`UPDATE records SET number = -number`:                                                  {"the log", "commit 1", "cannot be read"},
		`UPDATE commits SET marked = '' WHERE sequence = 12`:                                   {"the log", "commit 12", "does not match its digest"},
		`UPDATE commits SET marked = '[4,3]' WHERE sequence = 12`:                              {"the log", "commit 12", "does not match its digest"},
		`UPDATE commits SET marked = '[4,3]' WHERE sequence = 6`:                               {"the log", "commit 6", "does not match its digest"},
		`UPDATE held SET marking = 0 WHERE id = 'g'`:                                           {"the table held", "commit 11", `"GROUP CLEAR`, `"GROUP RED`},
		`UPDATE held SET marking = 0 WHERE id = 's_c'`:                                         {"the table held", "commit 12", "CLEAR", "RED"},
		`UPDATE held SET retracted = 0 WHERE id = 's_c'`:                                       {"the table held", "commit 12", "retracted CLEAR"},
		`DELETE FROM held WHERE id = 'g'`:                                                      {"the table held", "commit 11", "it lacks g"},
		`INSERT INTO held SELECT id, 1, kind, 0, digest, retracted FROM held WHERE id = 's_c'`: {"the table held", "commit 12", "s_c"},
	} {
		t.Run(statement, func(t *testing.T) {
			edited := f.copied(t)
			_ = raw(t, string(edited), statement).Close()
			wantFault(t, faultsOf(t, edited), words...)
		})
	}
}

// rewritten replaces what the last commit marks, with a digest that fits.
func rewritten(t *testing.T, f file, marked string) file {
	t.Helper()
	f = f.copied(t)
	s := f.readOnly(t)
	page, err := s.entries(t.Context(), s.readers, 11, 13, 2)
	if err != nil || len(page) != 2 {
		t.Fatal(len(page), err)
	}
	e := &page[1]
	c := e.chained()
	c.marked = marked
	_ = raw(t, string(f), fmt.Sprintf("UPDATE commits SET marked = '%s', digest = x'%x' WHERE sequence = 13",
		marked, c.sum(page[0].chainHead.digest))).Close()
	return f
}

// Also where its digest fits, what a commit marks is what is held.
func TestMarksThatCannotBe(t *testing.T) {
	raced.Alone(t)
	f := remarked(t)
	for marked, words := range map[string]string{
		"[1,1":      "cannot be read",
		"[1,1,2]":   "cannot be read",
		"[1,5]":     "cannot be read",
		"[1000,1]":  "marks the record 1000, which comes after it",
		"":          "digest over what batches are checked against",
		"[1,1,2,3]": "digest over what batches are checked against",
	} {
		wantFault(t, faultsOf(t, rewritten(t, f, marked)), "the log", "commit 13", words)
	}
	old := older(t, raised()...)
	_ = old.open(t).Close()
	_ = raw(t, string(old), `UPDATE commits SET marked = '[1,1]' WHERE sequence = 3`).Close()
	wantFault(t, faultsOf(t, old), "the log", "commit 3", "does not match its digest")
}

// The log of an older version is marked as any.
func TestMarksOfAnOldLog(t *testing.T) {
	raced.Alone(t)
	f := older(t, raised()...)
	s := f.open(t)
	for _, b := range []graph.Batch{remark("up", graph.Red), remark("s_dark", graph.Clear), remark("up", graph.Clear)} {
		if c := apply(t, s, b); c.Replayed {
			t.Errorf("%+v is known", b)
		}
		wantWhole(t, f)
		wantHeld(t, s)
	}
	wantWhole(t, file(taken(t, s).path))
}

// Whatever is recorded, retracted and marked in whatever order, by whom it may be: what is
// held is what the log adds up to, and so it is where the log is taken over.
func TestAnyMarks(t *testing.T) {
	raced.Alone(t)
	for seed := range uint64(3) {
		f := newFile(t)
		s := f.open(t)
		random := rand.New(rand.NewPCG(seed, 1))
		for _, b := range history() {
			apply(t, s, b)
		}
		marked := 0
		for range 60 {
			b := anyBatch(t, s, random)
			c, err := s.Apply(t.Context(), b)
			if err != nil && !errors.Is(err, graph.ErrInvalid) {
				t.Fatal(err)
			}
			if err == nil && !c.Replayed && b.Claims[0].Predicate == graph.Marks {
				marked++
				wantHeld(t, s)
			}
		}
		if marked < 5 {
			t.Errorf("seed %d: only %d batches marked", seed, marked)
		}
		wantWhole(t, f)
		over := taken(t, s)
		wantWhole(t, file(over.path))
		if d := cmp.Diff(wantHeld(t, s), wantHeld(t, over)); d != "" {
			t.Errorf("seed %d: what is held where it is taken over is another (-want +got):\n%s", seed, d)
		}
	}
}

// anyBatch says, takes back or marks something that is there, as a writer of any clearance.
func anyBatch(t *testing.T, s *Store, random *rand.Rand) graph.Batch {
	t.Helper()
	ids := slices.Sorted(func(yield func(graph.ID) bool) {
		for id := range wantHeld(t, s) {
			if !yield(id) {
				return
			}
		}
	})
	any := func() graph.Marking { return graph.Markings[random.IntN(5)] }
	id, claims := ids[random.IntN(len(ids))], slices.DeleteFunc(ids, func(id graph.ID) bool { return !id.IsClaim() })
	b := remark(id, any())
	switch random.IntN(4) {
	case 0:
		b.Claims[0] = graph.Claim{
			Subject: claims[random.IntN(len(claims))], Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated,
			Marking: any(),
		}
	case 1:
		b.Claims[0] = history()[4].Claims[random.IntN(2)]
		b.Claims[0].Marking, b.Reassert = any(), true
		b.Sources = []graph.Source{{ID: "s_a", Kind: "BOOK", Title: fmt.Sprint("Title ", random.IntN(3)), Marking: any()}}
	}
	if b.Clearance = graph.Red; random.IntN(2) == 0 {
		b.Clearance = any()
	}
	return b
}

// What a writer took back who saw less stays as it is above, also when it is marked.
func TestMarksOfWhatOthersTookBack(t *testing.T) {
	raced.Alone(t)
	f := newFile(t)
	s := f.open(t)
	apply(t, s, history()[0])
	said := history()[4].Claims[1:]
	red := graph.Batch{Claims: slices.Clone(said)}
	red.Marking = graph.Red
	back := graph.Batch{Clearance: graph.Clear, Claims: []graph.Claim{{
		Subject: said[0].ID, Predicate: graph.Retracts, Source: "s_a", Hedge: graph.Stated,
	}}}
	for _, b := range []graph.Batch{red, {Clearance: graph.Clear, Claims: said}, back} {
		apply(t, s, b)
	}
	mark := remark(said[0].ID, graph.Green)
	mark.Clearance = graph.Green
	apply(t, s, mark)
	want := []graph.Held{{Marking: graph.Red}, {Marking: graph.Green, Retracted: graph.Green}}
	if d := cmp.Diff(want, wantHeld(t, s)[said[0].ID]); d != "" {
		t.Errorf("what is held of the claim (-want +got):\n%s", d)
	}
	wantWhole(t, f)
}

// TestFeedTellsEditedMarkings: a marking in force that no commit marked is not read, neither
// by those to whom it would show more nor by others.
func TestFeedTellsEditedMarkings(t *testing.T) {
	raced.Alone(t)
	for name, statement := range map[string]string{
		"raised and lowered by hand": `UPDATE records SET marking = 0 WHERE marking > 0`,
		"raised by hand":             `UPDATE records SET marking = 4 WHERE marking = 0`,
	} {
		t.Run(name, func(t *testing.T) {
			f := remarked(t)
			_ = raw(t, string(f), statement).Close()
			s := f.Open(t)
			for _, err := range s.Changes(t.Context(), 0) {
				if err != nil {
					return
				}
			}
			t.Error("the log is read as if nothing had been edited")
		})
	}
}
