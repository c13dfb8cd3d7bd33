// Package sqlite keeps the log of commits in one SQLite file. It needs no
// server and no C compiler, and is what rabta uses unless it is told otherwise.
//
// A commit is on disk before Apply returns: the file is in WAL mode with
// synchronous=FULL. With each commit goes a digest over the table that batches are
// checked against, and beside the file lies a record of the last commit, so that what
// was edited, cut off or exchanged is noticed (Verify, headRecord). What stops writing,
// and when it goes on, is said at trouble.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// Store is a graph.Store in a file. Several stores, in one process or in many,
// may have the same file open.
type Store struct {
	path    string
	id      string // which the file got when it was made
	logger  *slog.Logger
	writer  *sql.DB // one connection; nil when only read
	readers *sql.DB // cannot write
	keeper  *sql.DB // one connection, which is never closed before the others; nil when only read

	readOnly bool
	frozen   *frozenFile // set where the file is read without locks
	files    openedFiles
	head     headFile
	lostEnd  *graph.UnavailableError // what the log lacks; nil when it holds all
	trouble  trouble
	applied  atomic.Bool // something was committed through this handle
	compared atomic.Bool // the table that batches are checked against was compared with its digest
	idle     *time.Timer // folds the log when nothing has been written for a while

	elsewhere elsewhere  // within a transaction that writes
	merged    *merge.Log // within a transaction that writes: see catchUp

	lineIndex graph.LineIndex

	olderHead atomic.Uint64 // of a file of an older version when it was first read; 0 before

	mu     sync.RWMutex // held for reading during a call, for writing by Close
	closed bool

	now    func() time.Time
	commit func(*sql.Tx) error
}

var (
	_ graph.Verifier = (*Store)(nil)
	_ graph.Reporter = (*Store)(nil)
)

// Open opens the store in the file at path, and makes the file, and its folder,
// when there is none. It refuses a file that something else wrote, or a newer
// version of rabta, and to begin anew where a store is missing. A store that lacks
// commits that were acknowledged opens, and gives that as the error of every call but
// Verify. What the driver says of a failure goes to the logger.
func Open(ctx context.Context, path string, logger *slog.Logger) (*Store, error) {
	abs, err := create(path)
	if err != nil {
		return nil, err
	}
	s := newStore(abs, logger)
	if err := s.start(ctx); err != nil {
		_ = s.closePools()
		return nil, err
	}
	return s, nil
}

func newStore(path string, logger *slog.Logger) *Store {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	configureDriver()
	return &Store{
		path: path, logger: logger.With("store", path), head: headFile{path: path},
		now: time.Now, commit: (*sql.Tx).Commit,
	}
}

func (s *Store) start(ctx context.Context) error {
	end, known, err := s.readEnd(ctx)
	if err != nil {
		return err
	}
	if err := s.probe(ctx, end); err != nil {
		return err
	}
	s.writer = s.pool(1, "rw", "immediate", writerSettings)
	s.readers = s.pool(readerCount(), "rw", "deferred", readerSettings)
	s.keeper = s.pool(1, "rw", "deferred", keeperSettings)
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := s.keeper.QueryRowContext(ctx, identitySQL).Scan(&s.id); err != nil {
		return s.failed(ctx, "read which store it is", err)
	}
	if s.files, err = noteFiles(s.path, false); err != nil {
		return unwritable("look at the file of the store", err)
	}
	if known {
		s.compareEnd(ctx, end)
	}
	s.sweepAgain(ctx)
	s.idle = time.AfterFunc(idleAfter, s.whenIdle)
	return nil
}

const identitySQL = `SELECT id FROM identity`

// readEnd reads the head record. One that cannot be read says nothing of the log: it is
// logged, and written anew with the next commit.
func (s *Store) readEnd(ctx context.Context) (end headRecord, known bool, err error) {
	end, known, err = readHead(s.path)
	if err != nil {
		s.logger.WarnContext(ctx, "the record of the last commit beside the store cannot be read; "+
			"verify the store with rabta check --store", "error", err)
	}
	return end, known && err == nil, ctx.Err()
}

// compareEnd notes what the log lacks of what the head record names, or that it cannot
// be known.
func (s *Store) compareEnd(ctx context.Context, end headRecord) {
	why, err := s.lost(ctx, s.readers, end)
	if err != nil {
		why, _ = explain(err)
	}
	if why != nil {
		s.lostEnd = why
		s.logger.ErrorContext(ctx, "the store is not whole", "reason", why.What, "remedy", why.Remedy, "error", err)
	}
}

// Close folds the write-ahead log into the file, and releases it, once the calls under
// way have ended.
func (s *Store) Close() error {
	if s.idle != nil {
		s.idle.Stop()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	ctx := context.Background()
	s.settle(ctx)
	s.head.close()
	if err := s.closePools(); err != nil {
		return s.failed(ctx, "close", err)
	}
	return nil
}

func (s *Store) closePools() error {
	var errs []error
	for _, db := range []*sql.DB{s.readers, s.writer, s.keeper} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// beginCall holds the store open during a call; endCall ends that. A store that is not
// whole takes no calls.
func (s *Store) beginCall(ctx context.Context) error {
	if err := s.hold(ctx); err != nil {
		return err
	}
	if s.lostEnd != nil {
		s.endCall()
		return s.lostEnd
	}
	return nil
}

// hold is beginCall for what may look at a store that is not whole.
func (s *Store) hold(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.RLock()
	if s.closed {
		s.mu.RUnlock()
		return fmt.Errorf("the store is closed: %w", graph.ErrUnavailable)
	}
	return nil
}

func (s *Store) endCall() { s.mu.RUnlock() }
