package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

// many is a store with so many commits that the last are in its log alone, and are not
// folded into the file by themselves.
func many(t *testing.T, f file, n int) *Store {
	t.Helper()
	s := f.open(t)
	s.idle.Stop()
	s.idle = time.NewTimer(time.Hour) // which does nothing
	for i := range n {
		apply(t, s, batch(fmt.Sprint("n", i)))
	}
	return s
}

// killed is what a store leaves when its process is killed.
func killed(t *testing.T, f file, suffixes ...string) file {
	t.Helper()
	to := newFile(t)
	for _, suffix := range suffixes {
		copyFile(t, string(f)+suffix, string(to)+suffix)
	}
	return to
}

// wantLost checks that every call says what is missing, and what to do.
func wantLost(t *testing.T, f file, words ...string) {
	t.Helper()
	wantFault(t, faultsOf(t, f), words...)
	s := f.open(t)
	defer func() { _ = s.Close() }()
	_, applied := s.Apply(t.Context(), batch("z"))
	_, head := s.Head(t.Context())
	_, feed := feed(t, s, 0)
	for _, err := range []error{applied, head, feed, s.Trouble(t.Context())} {
		for _, word := range words {
			if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), word) {
				t.Errorf("the error is %v, want %s", err, word)
			}
		}
	}
}

func TestALogDeletedAfterACrash(t *testing.T) {
	f := newFile(t)
	many(t, f, 120)
	whole := killed(t, f, "", walSuffix, headSuffix)
	if h, err := whole.open(t).Head(t.Context()); h != 120 || err != nil {
		t.Fatalf("with its log the head is %d, %v", h, err)
	}
	cut := killed(t, f, "", headSuffix)
	wantLost(t, cut, "commits that were acknowledged are missing", "from commit 17 on", "restore a newer backup", "-head")
	wantFault(t, faultsOf(t, cut), "104 commits")

	// Whoever knows that they are gone goes on without them.
	if err := os.Remove(string(cut) + headSuffix); err != nil {
		t.Fatal(err)
	}
	if c := apply(t, cut.open(t), batch("z")); c.Sequence != 17 {
		t.Errorf("without them it gives %+v", c)
	}
	wantWhole(t, cut)
}

// The log may be cut as well: SQLite reads up to the first frame that is not whole.
func TestALogCutAfterACrash(t *testing.T) {
	f := newFile(t)
	many(t, f, 40)
	cut := killed(t, f, "", walSuffix, headSuffix)
	info, err := os.Stat(string(cut) + walSuffix)
	if err == nil {
		err = os.Truncate(string(cut)+walSuffix, info.Size()-100)
	}
	if err != nil {
		t.Fatal(err)
	}
	wantLost(t, cut, "commit 40 was acknowledged and is missing")
}

func TestALogDeletedWhileOpen(t *testing.T) {
	for name, poll := range map[string]bool{"noticed by a commit": false, "noticed before": true} {
		t.Run(name, func(t *testing.T) {
			f := newFile(t)
			s := many(t, f, 40)
			if err := os.Remove(string(f) + walSuffix); err != nil {
				t.Fatal(err)
			}
			const want = "write-ahead log of the store (-wal) was removed"
			if poll {
				wantStopped(t, "looking", s.Trouble(t.Context()), want)
			}
			_, err := s.Apply(t.Context(), batch("z"))
			wantStopped(t, "the next commit", err, want)
			wantStopped(t, "looking", s.Trouble(t.Context()), want)
			_, err = s.Apply(t.Context(), batch("n0"))
			wantStopped(t, "one that is there", err, want)

			// What was acknowledged is in the file, as if the process were killed now.
			left := killed(t, f, "", headSuffix)
			wantWhole(t, left)
			if h, err := left.open(t).Head(t.Context()); h < 40 || err != nil {
				t.Errorf("opened again, the head is %d, %v", h, err)
			}
		})
	}
}

func wantStopped(t *testing.T, what string, err error, words string) {
	t.Helper()
	if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), words) {
		t.Errorf("%s gives %v, want %s", what, err, words)
	}
}

func TestAFileReplacedWhileOpen(t *testing.T) {
	for name, replace := range map[string]func(t *testing.T, f file){
		"by another":  func(t *testing.T, f file) { rename(t, string(written(t)), string(f)) },
		"by its copy": func(t *testing.T, f file) { rename(t, string(f.copied(t)), string(f)) },
		"by nothing":  func(t *testing.T, f file) { rename(t, string(f), string(f)+".gone") },
		"with its log": func(t *testing.T, f file) {
			rename(t, string(f), string(f)+".gone")
			_ = os.Remove(string(f) + walSuffix)
		},
		"by its folder": func(t *testing.T, f file) { rename(t, filepath.Dir(string(f)), t.TempDir()+"/gone") },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFile(t)
			s := five(t, f)
			replace(t, f)
			_, err := s.Apply(t.Context(), batch("z"))
			wantStopped(t, "the next commit", err, "was removed or replaced while it was open")
			wantStopped(t, "looking", s.Trouble(t.Context()), "was removed or replaced while it was open")
			_, err = s.Head(t.Context())
			wantStopped(t, "the head", err, "was removed or replaced while it was open")
			got, err := feed(t, s, 0) // which would be that of another file
			wantStopped(t, "the feed", err, "was removed or replaced while it was open")
			if len(got) > 0 {
				t.Errorf("the feed gives %v", got)
			}
		})
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func TestAFileReplacedWhileClosed(t *testing.T) {
	f := written(t)
	other := newFile(t)
	apply(t, other.open(t), batch("other"))
	copyFile(t, string(other.copied(t)), string(f))
	wantLost(t, f, "not the store that was here, whose last commit was 6")
}

// Where a store was, none is begun.
func TestAFileThatIsGone(t *testing.T) {
	for name, remove := range map[string]func(f file) error{
		"removed": func(f file) error { return os.Remove(string(f)) },
		"emptied": func(f file) error { return os.Truncate(string(f), 0) },
	} {
		t.Run(name, func(t *testing.T) {
			f := written(t)
			if err := remove(f); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				s, err := Open(t.Context(), string(f), nil)
				if s != nil {
					t.Fatal("it is opened")
				}
				wantStopped(t, "opening", err, "its last commit was 6")
			}
			if len(faultsOf(t, f)) == 0 {
				t.Error("nothing is said of it")
			}
			if err := os.Remove(string(f) + headSuffix); err != nil {
				t.Fatal(err)
			}
			apply(t, f.open(t), batch("a"))
			wantWhole(t, f)
		})
	}
	f := newFile(t)
	many(t, f, 3)
	_, err := Open(t.Context(), string(killed(t, f, walSuffix)), nil)
	wantStopped(t, "a log alone", err, "its write-ahead log (-wal) is there")
}

// The head record is behind when another process wrote, and never ahead.
func TestTheHeadRecordMayLag(t *testing.T) {
	f := newFile(t)
	a, b := f.open(t), f.open(t)
	for i := range 10 {
		apply(t, a, batch(fmt.Sprint("a", i)))
		old, err := os.ReadFile(string(f) + headSuffix)
		if err != nil {
			t.Fatal(err)
		}
		apply(t, b, batch(fmt.Sprint("b", i)))
		if err := os.WriteFile(string(f)+headSuffix, old, 0o600); err != nil {
			t.Fatal(err)
		}
		wantWhole(t, f)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if end, known, err := readHead(string(f)); end.sequence != 20 || !known || err != nil {
		t.Errorf("at the end the record is %+v, %t, %v", end, known, err)
	}
}

// A copy of the file alone lacks the last commits at most.
func TestACopyOfAYoungStoreIsNoEmptyStore(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	for i, b := range history() {
		apply(t, s, b)
		alone := killed(t, f, "")
		if h, err := alone.open(t).Head(t.Context()); int(h) != i+1 || err != nil {
			t.Errorf("after %d commits the copy has the head %d, %v", i+1, h, err)
		}
	}
}

// The log is folded when nothing is written for a while.
func TestTheLogIsFoldedWhenIdle(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	for i := range 60 {
		apply(t, s, batch(fmt.Sprint("n", i)))
	}
	eventually(t, "the log is empty", func() bool {
		info, err := os.Stat(string(f) + walSuffix)
		return err == nil && info.Size() == 0
	})
	alone := killed(t, f, "", headSuffix)
	wantWhole(t, alone)
	if h, err := alone.open(t).Head(t.Context()); h != 60 || err != nil {
		t.Errorf("the file alone has the head %d, %v", h, err)
	}
	apply(t, s, batch("after"))
	wantWhole(t, f)
}

// A table that was edited while the store was closed is noticed soon after it is opened:
// what is new could pass for known.
func TestAnEditedTableStopsWriting(t *testing.T) {
	f := written(t)
	_ = raw(t, string(f), `INSERT INTO held SELECT 's_e', place, kind, marking, digest, retracted FROM held WHERE id = 's_d'`).Close()
	s := f.open(t)
	eventually(t, "it is noticed", func() bool { return s.Trouble(t.Context()) != nil })
	_, err := s.Apply(t.Context(), batch("e"))
	wantStopped(t, "a commit", err, "was edited; see where with rabta check --store")
	wantFault(t, faultsOf(t, f), "the table held", "s_e", "make a new store of it with rabta backup and rabta restore")

	anew := newFile(t)
	if err := anew.open(t).Restore(t.Context(), s.Changes(t.Context(), 0)); err != nil {
		t.Fatal(err)
	}
	wantWhole(t, anew)
	apply(t, anew.open(t), batch("e"))
}

// A row of that table that is not where it was is noticed by the batch that needs it.
func TestAnEditedRowStopsWriting(t *testing.T) {
	f := written(t)
	_ = raw(t, string(f), `UPDATE held SET place = 1 WHERE id = 's_a'`).Close()
	s := f.open(t)
	_, err := s.Apply(t.Context(), batch("a"))
	wantStopped(t, "a commit", err, "was edited; see where with rabta check --store")
}

// Others that open and close the file take nothing away from a store that stays.
func TestOthersComeAndGo(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	for i := range 5 {
		apply(t, s, batch(fmt.Sprint("a", i)))
		other := f.open(t)
		apply(t, other, batch(fmt.Sprint("b", i)))
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
		wantWhole(t, f)
		_ = raw(t, string(f), "PRAGMA wal_checkpoint(TRUNCATE)").Close()
	}
	if c := apply(t, s, batch("end")); c.Sequence != 11 {
		t.Errorf("at the end it gives %+v", c)
	}
}

// eventually waits for what must come.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(time.Minute); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("it never comes that %s", what)
		}
	}
}
