// Package sqlite keeps the log of commits in one SQLite file. It needs no
// server and no C compiler, and is what rabta uses unless it is told otherwise.
//
// A commit is on disk before Apply returns: the file is in WAL mode with
// synchronous=FULL. After a disk error the store takes no more writes until it
// is opened again, because what the system call lost is then unknown.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"

	"github.com/rabta/rabta/graph"
)

// Store is a graph.Store in a file. Several stores, in one process or in many,
// may have the same file open.
type Store struct {
	path          string
	logger        *slog.Logger
	writer        *sql.DB // one connection
	readers       *sql.DB // cannot write
	writesStopped atomic.Bool

	mu     sync.RWMutex // held for reading during a call, for writing by Close
	closed bool

	now    func() time.Time
	commit func(*sql.Tx) error
}

var _ graph.Store = (*Store)(nil)

// busyMillis is how long a connection waits for another process's write.
const busyMillis = "10000"

// settings are what both kinds of connection run when they are opened.
var settings = []string{
	"busy_timeout(" + busyMillis + ")",
	"trusted_schema(OFF)",
	"cell_size_check(ON)",
	"temp_store(MEMORY)",
}

var writerSettings = append([]string{
	"journal_mode(WAL)",
	"synchronous(FULL)",
	"foreign_keys(ON)",
	"cache_size(-65536)",
	"journal_size_limit(67108864)",
}, settings...)

var readerSettings = append([]string{
	"query_only(ON)",
	"mmap_size(268435456)",
}, settings...)

// configureDriver sets what is set once for the driver, before the first file is opened.
var configureDriver = sync.OnceFunc(func() {
	// Neither exists on every platform; without them the driver is slower
	// (fdatasync) or relies on nobody else opening the file in this process
	// (locks), and just as durable.
	_, _ = sqlite.OFDLocking(true)
	_, _ = sqlite.Fdatasync(true)
})

// Open opens the store in the file at path, and makes the file, and its folder,
// when there is none. It refuses a file that something else wrote, or a newer
// version of rabta. What the driver says of a failure goes to the logger.
func Open(ctx context.Context, path string, logger *slog.Logger) (*Store, error) {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	configureDriver()
	abs, err := create(path)
	if err != nil {
		return nil, err
	}
	s := &Store{
		path: abs, logger: logger.With("store", abs),
		now: time.Now, commit: (*sql.Tx).Commit,
	}
	if err := s.start(ctx); err != nil {
		s.closePools()
		return nil, err
	}
	return s, nil
}

// create makes the file, readable by its owner alone, and returns its full path.
func create(path string) (string, error) {
	if path == "" || path == ":memory:" {
		return "", graph.Invalid("BAD_STORE", "store", fmt.Sprintf("%q is not the path of a file", path),
			"write sqlite: and the path of a file, for instance sqlite:rabta.db")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find the folder of %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o700); err != nil {
		return "", unwritable("make the folder of the store", err)
	}
	// An existing file is never opened here: closing it could drop locks that
	// another connection of this process holds.
	f, err := os.OpenFile(abs, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	switch {
	case err == nil:
		return abs, f.Close()
	case errors.Is(err, os.ErrExist):
		return abs, nil
	}
	return "", unwritable("make the file of the store", err)
}

func unwritable(operation string, err error) error {
	return fmt.Errorf("%s: %w: %w; choose a folder that can be written", operation, err, graph.ErrUnavailable)
}

func (s *Store) start(ctx context.Context) error {
	if err := s.probe(ctx); err != nil {
		return err
	}
	s.writer = s.pool(1, "immediate", writerSettings)
	s.readers = s.pool(max(4, runtime.NumCPU()), "deferred", readerSettings)
	return s.migrate(ctx)
}

// pool opens at most n connections and keeps them: a new one would have to fill
// its cache again.
func (s *Store) pool(n int, lock string, pragmas []string) *sql.DB {
	path := filepath.ToSlash(s.path)
	if path[0] != '/' {
		path = "/" + path // a drive's letter
	}
	query := url.Values{"_txlock": {lock}, "mode": {"rw"}, "_pragma": pragmas}
	name := url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		panic("sqlite: the driver does not take its own settings: " + err.Error())
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

// Close releases the file once the calls under way have ended.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if err := s.closePools(); err != nil {
		return s.failed(context.Background(), "close", err)
	}
	return nil
}

func (s *Store) closePools() error {
	var errs []error
	for _, db := range []*sql.DB{s.readers, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// beginCall holds the store open during a call; endCall ends that.
func (s *Store) beginCall(ctx context.Context) error {
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
