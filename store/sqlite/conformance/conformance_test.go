// Package conformance holds the SQLite store against what every store promises. It
// stands apart from the store's own tests, so that neither package takes long.
package conformance

import (
	"path/filepath"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/store/sqlite"
	"github.com/rabta/rabta/store/storetest"
)

// file opens stores in one file.
type file string

func newFile(t *testing.T) storetest.Opener { return file(filepath.Join(t.TempDir(), "rabta.db")) }

func (f file) Open(t *testing.T) graph.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), string(f), nil)
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

func TestStore(t *testing.T) { storetest.Run(t, newFile) }

func TestExchange(t *testing.T) { storetest.Exchange(t, newFile) }

// inMemory is a store to compare with.
type inMemory struct{}

func (inMemory) Open(*testing.T) graph.Store { return memory.New() }

func TestSameAsMemory(t *testing.T) {
	storetest.Differential(t, newFile, func(*testing.T) storetest.Opener { return inMemory{} })
}

func TestExchanged(t *testing.T) {
	storetest.Exchanged(t, newFile, func(*testing.T) storetest.Opener { return inMemory{} })
}
