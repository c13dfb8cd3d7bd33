package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

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

func TestDurable(t *testing.T) {
	storetest.Durable(t, func(t *testing.T) storetest.DurableOpener { return newFile(t) })
}
