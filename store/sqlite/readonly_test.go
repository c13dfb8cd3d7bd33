package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
)

func TestOpenReadOnly(t *testing.T) {
	f := written(t)
	s, err := OpenReadOnly(t.Context(), string(f), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context(), batch("z")); !errors.Is(err, graph.ErrDenied) {
		t.Errorf("a write gives %v", err)
	}
	if err := s.Trouble(t.Context()); err != nil {
		t.Errorf("it is in trouble: %v", err)
	}
	apply(t, f.open(t), batch("e")) // others may write meanwhile
	if got, err := feed(t, s, 0); err != nil || len(got) != 7 {
		t.Errorf("the feed gives %v, %v", got, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Head(t.Context()); !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("closed, it gives %v", err)
	}
}

// Reading changes no byte, and leaves nothing beside the file.
func TestReadingLeavesTheFileAsItIs(t *testing.T) {
	f := written(t).copied(t)
	before, err := os.Stat(string(f))
	if err != nil {
		t.Fatal(err)
	}
	wantWhole(t, f)
	after, err := os.Stat(string(f))
	if err != nil || !after.ModTime().Equal(before.ModTime()) || after.Size() != before.Size() {
		t.Errorf("the file was written: %v", err)
	}
	if list, _ := filepath.Glob(string(f) + "*"); len(list) != 2 {
		t.Errorf("there are %q", list)
	}
}

func TestOpenReadOnlyMakesNothing(t *testing.T) {
	f := newFile(t)
	if s, err := OpenReadOnly(t.Context(), string(f), nil); s != nil || !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("where there is no file it gives %v", err)
	}
	if err := os.WriteFile(string(f), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := OpenReadOnly(t.Context(), string(f), nil)
	refused(t, err, "EMPTY_STORE", string(f))
	if info, err := os.Stat(string(f)); err != nil || info.Size() > 0 {
		t.Errorf("it wrote to an empty file, %v", err)
	}
	if list, _ := os.ReadDir(filepath.Dir(string(f))); len(list) != 1 {
		t.Errorf("there are files beside it: %v", list)
	}
}

// What is read without locks is read as long as nobody writes.
func TestAFrozenFileThatIsWritten(t *testing.T) {
	f := written(t)
	s := newStore(string(f), nil)
	s.readOnly = true
	s.frozen, _ = freeze(string(f))
	s.readers = s.pool(1, modeFrozen, "deferred", readerSettings)
	defer func() { _ = s.Close() }()
	if got, err := feed(t, s, 0); err != nil || len(got) != 6 {
		t.Errorf("the feed gives %v, %v", got, err)
	}
	other := f.open(t)
	apply(t, other, batch("e"))
	_, err := s.Head(t.Context())
	wantStopped(t, "while another writes", err, "the file was changed while it was read")
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	if err := os.Chtimes(string(f), time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	_, err = s.Head(t.Context())
	wantStopped(t, "after another wrote", err, "the file was changed while it was read")
}
