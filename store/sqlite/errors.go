package sqlite

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/rabta/rabta/graph"
)

// The codes that decide how a file is opened.
const (
	codeNotADatabase = codes.SQLITE_NOTADB
	codeCannotOpen   = codes.SQLITE_CANTOPEN
	codeReadOnly     = codes.SQLITE_READONLY
	codeCorrupt      = codes.SQLITE_CORRUPT
)

// code is SQLite's primary result code of an error, 0 when it has none.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// severity is what an error means for the writes after it.
type severity int

const (
	once  severity = iota // nothing: try again
	full                  // they fail until there is room
	fatal                 // none is safe until the store is opened again
)

// failed turns what the driver says into an error for callers: the context's own
// when it has ended, else an ErrUnavailable whose words are ours. The driver's
// words go to the log. An error of the disk stops writes, as trouble says.
func (s *Store) failed(ctx context.Context, operation string, err error) error {
	why, how := explain(err)
	if ended := ctx.Err(); ended != nil && how == once {
		return ended
	}
	if news := how == once || s.trouble.set(why, how == full); news {
		s.logger.ErrorContext(ctx, "the store failed", "operation", operation, "error", err,
			"reason", why.What, "remedy", why.Remedy)
	}
	return fmt.Errorf("%s: %w", operation, why)
}

// explain says in our words what went wrong and what to do, and what it means for the
// writes after it.
func explain(err error) (*graph.UnavailableError, severity) {
	switch code(err) {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED, codes.SQLITE_PROTOCOL:
		return &graph.UnavailableError{What: "another process is writing to it", Remedy: "try again"}, once
	case codes.SQLITE_FULL:
		return &graph.UnavailableError{
			What: "the disk is full", Remedy: "make room; then writing goes on by itself",
		}, full
	case codes.SQLITE_IOERR:
		return &graph.UnavailableError{
			What:   "the disk does not answer as it should",
			Remedy: "look at the log and at the disk, verify the store with rabta check --store, and start again",
		}, fatal
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return &graph.UnavailableError{
			What:   "the file is damaged",
			Remedy: "see where with rabta check --store, and restore it from a backup",
		}, fatal
	case codes.SQLITE_READONLY, codes.SQLITE_PERM, codes.SQLITE_CANTOPEN, codes.SQLITE_AUTH:
		return &graph.UnavailableError{
			What:   "the file cannot be opened or written",
			Remedy: "look at its permissions and its folder's, or read it with --read-only",
		}, once
	}
	return &graph.UnavailableError{
		What: "it could not be done", Remedy: "try again, and look at the log if that does not help",
	}, once
}

// damaged is the error for a log that does not match its own digests.
func (s *Store) damaged(ctx context.Context, at graph.Sequence) error {
	why := &graph.UnavailableError{
		What:   fmt.Sprintf("the log is damaged at commit %d", at),
		Remedy: "see what is wrong with rabta check --store, and restore the file from a backup",
	}
	s.stop(ctx, why)
	return fmt.Errorf("read the log: %w", why)
}
