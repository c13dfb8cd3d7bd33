package sqlite

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/rabta/rabta/graph"
)

// codeEmpty is the code of an error for a file that holds no store yet.
const codeEmpty = "EMPTY_STORE"

// OpenReadOnly opens the store in the file at path for reading alone: nothing of it is
// changed, not even the version of its tables, and Apply is an ErrDenied. The file and
// its folder need not be writable. Where no lock can be taken, the file is read as long
// as nobody writes to it.
func OpenReadOnly(ctx context.Context, path string, logger *slog.Logger) (*Store, error) {
	abs, err := fullPath(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(abs); err != nil {
		return nil, &graph.UnavailableError{
			What: "there is no such file, or it cannot be looked at", Remedy: "correct the path or its permissions",
		}
	}
	s := newStore(abs, logger)
	s.readOnly = true
	if err := s.startReading(ctx); err != nil {
		_ = s.closePools()
		return nil, err
	}
	return s, nil
}

func (s *Store) startReading(ctx context.Context) error {
	end, known, err := s.readEnd(ctx)
	if err != nil {
		return err
	}
	version, err := s.openReaders(ctx)
	if err != nil {
		return err
	}
	if s.files, err = noteFiles(s.path, true); err != nil {
		return unwritable("look at the file of the store", err)
	}
	switch {
	case version == 0 && end.sequence > 0:
		return goneError(end)
	case version == 0:
		return graph.Invalid(codeEmpty, "store", fmt.Sprintf("%s holds no store yet", s.path),
			"make it with rabta import or rabta serve, without --read-only")
	}
	if version >= stateVersion { // else it has no id to compare
		if err := s.readers.QueryRowContext(ctx, identitySQL).Scan(&s.id); err != nil {
			s.lostEnd, _ = explain(err) // Verify says more
			return ctx.Err()
		}
		if known {
			s.compareEnd(ctx, end)
		}
	}
	err = s.checkChecksums(ctx, s.readers, version)
	if errors.Is(err, graph.ErrUnavailable) {
		return ctx.Err() // it cannot be read: Verify says more
	}
	return err
}

// openReaders opens the connections that read, and gives the version of the file.
func (s *Store) openReaders(ctx context.Context) (version int, err error) {
	mode := "ro"
	if _, alone := freeze(s.path); alone {
		mode = "rw" // so that SQLite removes the empty files that it makes beside it
	}
	s.readers = s.pool(readerCount(), mode, "deferred", readerSettings)
	_, err = s.readVersion(ctx, s.readers)
	if c := code(err); c != codeCannotOpen && c != codeReadOnly {
		return s.version(ctx, s.readers)
	}
	frozen, found := freeze(s.path)
	if !found {
		s.logger.ErrorContext(ctx, "the file cannot be read", "error", err)
		return 0, &graph.UnavailableError{
			What:   "its write-ahead log (-wal) holds commits that are not in the file, and the folder cannot be written",
			Remedy: "copy the file with its -wal and its -head to a folder that can be written, and read the copy",
		}
	}
	_ = s.readers.Close()
	s.frozen, s.readers = frozen, s.pool(readerCount(), modeFrozen, "deferred", readerSettings)
	return s.version(ctx, s.readers)
}

// frozenFile is a file that is read without locks, as it was when it was opened.
type frozenFile struct {
	path string
	info os.FileInfo
}

// freeze is the file as it is now. It reports false where a log beside it holds commits
// that are not in it.
func freeze(path string) (*frozenFile, bool) {
	info, err := os.Stat(path)
	if wal, e := os.Stat(path + walSuffix); err != nil || e == nil && wal.Size() > 0 {
		return nil, false
	}
	return &frozenFile{path, info}, true
}

// checkFrozen is an error when somebody has begun to write to a file that is read
// without locks.
func (s *Store) checkFrozen() error {
	if s.frozen == nil {
		return nil
	}
	now, alone := freeze(s.path)
	was := s.frozen.info
	if alone && os.SameFile(was, now.info) && was.Size() == now.info.Size() && was.ModTime().Equal(now.info.ModTime()) {
		return nil
	}
	return &graph.UnavailableError{
		What:   "the file was changed while it was read from a folder that cannot be written",
		Remedy: "start again to read it as it is now",
	}
}
