package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/storetest"
)

func TestMain(m *testing.M) {
	os.Exit(storetest.Main(m, func(ctx context.Context, path string) (graph.Store, error) { return Open(ctx, path, nil) }))
}

// file opens stores in one file.
type file string

func newFile(t *testing.T) file { return file(filepath.Join(t.TempDir(), "rabta.db")) }

func (f file) Open(t *testing.T) graph.Store { return f.open(t) }

func (f file) Location() string { return string(f) }

func (f file) open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), string(f), nil)
	if err != nil {
		t.Fatalf("open %s: %v", f, err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close %s: %v", f, err)
		}
	})
	return s
}

// faults loses the connection around a commit.
type faults struct{ next atomic.Int32 }

const (
	beforeDurable int32 = iota + 1
	afterDurable
)

func (f *faults) FailNextCommit(after bool) {
	f.next.Store(beforeDurable)
	if after {
		f.next.Store(afterDurable)
	}
}

func (f *faults) commit(tx *sql.Tx) error {
	switch f.next.Swap(0) {
	case beforeDurable:
		return errors.Join(driver.ErrBadConn, tx.Rollback())
	case afterDurable:
		return errors.Join(driver.ErrBadConn, tx.Commit())
	}
	return tx.Commit()
}

func (f file) OpenFaulty(t *testing.T) (graph.Store, storetest.Faults) {
	s, faults := f.open(t), &faults{}
	s.commit = faults.commit
	return s, faults
}

// naming is what of the log has one of some ids or names one.
func naming(t *testing.T, s *Store, ids map[graph.ID]bool) (list []graph.Placed) {
	t.Helper()
	tx, err := s.writer.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for p, err := range s.naming(t.Context(), tx, ids) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

func TestNaming(t *testing.T) {
	s := older(t, raised()...).open(t)
	for ids, want := range map[string][]int{
		"up": {2, 5, 9, 13}, "same": {4, 7, 10, 12, 16}, "s_dark": {11, 12}, "active": {}, "s_none": {}, "s_a": {1, 5, 6, 7, 8, 9, 10, 15, 16, 17},
	} {
		got := []int{}
		for _, p := range naming(t, s, map[graph.ID]bool{graph.ID(ids): true}) {
			got = append(got, int(p.Place))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is named by the records %d, want %d", ids, got, want)
		}
	}
}

// Marked records are read under the marking that is in force, and what is held is what it
// was settled to be.
func TestMarkedRecords(t *testing.T) {
	f := newFile(t)
	s := f.open(t)
	for _, b := range history() {
		apply(t, s, b)
	}
	tx, err := s.writer.Begin()
	if err != nil {
		t.Fatal(err)
	}
	last, err := s.last(t.Context(), tx)
	if err != nil {
		t.Fatal(err)
	}
	to := graph.Settlement{Fresh: batch("marks").Normalised(), Numbers: graph.Numbers{7, 7, 7, 7, 7}, Held: graph.Known{}}
	to.Fresh.Sources[0].Seal = graph.Seal{Stamp: graph.Clear, InForce: graph.Clear}
	before := graph.Known{}
	for p, err := range s.naming(t.Context(), tx, map[graph.ID]bool{"g": true, "s_c": true}) {
		if err != nil {
			t.Fatal(err)
		}
		to.Marked = append(to.Marked, graph.Marked{Place: p.Place, InForce: graph.Amber})
	}
	to.Held["g"] = []graph.Held{{Kind: graph.Group, Marking: graph.Amber, Digest: "22"}}
	to.Held["s_c"] = nil
	to.Held["s_marks"] = []graph.Held{{Marking: graph.Clear, Digest: "33"}, {Marking: graph.Red, Digest: "44"}}
	if before, err = s.knownToo(t.Context(), tx, before, to.Held, true); err != nil {
		t.Fatal(err)
	}
	w := newWriter(last, to.Change(last.sequence+1, s.now()), before, to.Held, to.Marked)
	if err := errors.Join(w.write(t.Context(), tx), tx.Commit()); err != nil {
		t.Fatal(err)
	}
	after, err := s.known(t.Context(), s.readers, []graph.ID{"g", "s_c", "s_marks"})
	if d := cmp.Diff(graph.Known{"g": to.Held["g"], "s_marks": to.Held["s_marks"]}, after); d != "" || err != nil {
		t.Errorf("what is held is %s, %v", d, err)
	}
	if sum, err := sumHeld(t.Context(), s.readers); !bytes.Equal(sum.bytes(), w.state) || err != nil {
		t.Errorf("the digest over it is not that of the commit, %v", err)
	}
	list, err := changes(t, s)
	if err != nil || len(list) != 7 {
		t.Fatal(len(list), err)
	}
	for _, seal := range []graph.Seal{list[0].Entities[0].Seal, list[1].Entities[0].Seal, list[0].Claims[0].Seal, list[3].Sources[0].Seal} {
		if want := (graph.Seal{Stamp: graph.Clear, InForce: graph.Amber}); seal != want {
			t.Errorf("a record that was marked has the seal %v", seal)
		}
	}
	if got := list[5].Sources[0].Seal; got.InForce != graph.Clear {
		t.Errorf("a record that was not marked has the seal %v", got)
	}
}

// A log that does not say who may see it is not taken over.
func TestALogWithoutSeals(t *testing.T) {
	from := newFile(t).open(t)
	for _, b := range history() {
		apply(t, from, b)
	}
	for name, spoil := range map[string]func(c *graph.Change){
		"no stamp":      func(c *graph.Change) { c.Entities[0].Seal = graph.Seal{} },
		"no writer":     func(c *graph.Change) { c.Writer = "" },
		"other numbers": func(c *graph.Change) { c.Numbers = graph.Numbers{} },
	} {
		s := newFile(t).open(t)
		err := s.Restore(t.Context(), func(yield func(graph.Change, error) bool) {
			for c, err := range from.Changes(t.Context(), 0) {
				if c.Sequence == 2 {
					spoil(&c)
				}
				if !yield(c, err) {
					return
				}
			}
		})
		if !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrConflict) {
			t.Errorf("%s gives %v", name, err)
		}
		if _, err := s.Head(t.Context()); !errors.Is(err, graph.ErrUnavailable) {
			t.Errorf("%s: after that, the head gives %v", name, err)
		}
	}
}

func TestDurable(t *testing.T) {
	storetest.Durable(t, func(t *testing.T) storetest.DurableOpener { return newFile(t) })
}
