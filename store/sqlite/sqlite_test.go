package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/storetest"
)

// file opens stores in one file.
type file string

func newFile(t *testing.T) file { return file(filepath.Join(t.TempDir(), "rabta.db")) }

func (f file) Open(t *testing.T) graph.Store { return f.open(t) }

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

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Opener { return newFile(t) })
}
