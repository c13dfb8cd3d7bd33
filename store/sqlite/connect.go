package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"modernc.org/sqlite"

	"github.com/rabta/rabta/graph"
)

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
	"secure_delete(ON)",
}, settings...)

// The keeper waits for nobody long: it folds the log when it can.
var keeperSettings = append(append([]string{}, writerSettings...), "busy_timeout(100)")

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

// readerCount is how many connections read at once.
func readerCount() int { return max(4, runtime.NumCPU()) }

// modeFrozen is for a file that nobody writes to: it is read without locks.
const modeFrozen = "frozen"

// pool opens at most n connections and keeps them: a new one would have to fill
// its cache again.
func (s *Store) pool(n int, mode, lock string, pragmas []string) *sql.DB {
	path := filepath.ToSlash(s.path)
	if path[0] != '/' {
		path = "/" + path // a drive's letter
	}
	query := url.Values{"_txlock": {lock}, "mode": {mode}, "_pragma": pragmas}
	if mode == modeFrozen {
		query["mode"], query["immutable"] = []string{"ro"}, []string{"1"}
	}
	name := url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		panic("sqlite: the driver does not take its own settings: " + err.Error())
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

// fullPath is the path of a file from the root.
func fullPath(path string) (string, error) {
	if path == "" || path == ":memory:" {
		return "", graph.Invalid("BAD_STORE", "store", fmt.Sprintf("%q is not the path of a file", path),
			"write sqlite: and the path of a file, for instance sqlite:rabta.db")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find the folder of %s: %w", path, err)
	}
	return abs, nil
}

// create makes the file, readable by its owner alone, and returns its full path.
func create(path string) (string, error) {
	abs, err := fullPath(path)
	if err != nil {
		return "", err
	}
	if err := checkRemains(abs); err != nil {
		return "", err
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

// checkRemains refuses to begin anew where a store was: its file is missing, and what
// lay beside it says that it held something.
func checkRemains(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if end, known, _ := readHead(path); known && end.sequence > 0 {
		return goneError(end)
	}
	if wal, err := os.Stat(path + walSuffix); err == nil && wal.Size() > 0 {
		return &graph.UnavailableError{
			What:   "the file of the store is missing, and its write-ahead log (-wal) is there",
			Remedy: "put back the file, or, to begin anew, remove the log",
		}
	}
	return nil
}

// goneError is the error for a store of which only the head record is left.
func goneError(end headRecord) error {
	return &graph.UnavailableError{
		What: fmt.Sprintf("the file of the store is missing or empty, and its last commit was %d", end.sequence),
		Remedy: "put it back; to restore a backup here, or to begin anew, first remove the file named like the " +
			"store with -head behind it",
	}
}
