package sqlite

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/rabta/rabta/graph"
)

const codeNotADatabase = codes.SQLITE_NOTADB

// code is SQLite's primary result code of an error, 0 when it has none.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// failed turns what the driver says into an error for callers: the context's own
// when it has ended, else an ErrUnavailable whose words are ours. The driver's
// words go to the log. An error of the disk stops all writes: what has been
// kept since is no longer sure, so nothing more is written.
func (s *Store) failed(ctx context.Context, operation string, err error) error {
	what, disk := explain(err)
	if disk {
		s.writesStopped.Store(true)
	}
	if ended := ctx.Err(); ended != nil && !disk {
		return ended
	}
	s.logger.ErrorContext(ctx, "the store failed", "operation", operation, "error", err)
	return fmt.Errorf("%s: %w: %s", operation, graph.ErrUnavailable, what)
}

// explain says in our words what went wrong and what to do, and whether it was
// the disk.
func explain(err error) (what string, disk bool) {
	switch code(err) {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED, codes.SQLITE_PROTOCOL:
		return "another process is writing to it; try again", false
	case codes.SQLITE_FULL:
		return "the disk is full; make room, then open the store again", true
	case codes.SQLITE_IOERR:
		return "the disk does not answer as it should; look at the log, then open the store again", true
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return "the file is damaged; restore it from a backup", true
	case codes.SQLITE_READONLY, codes.SQLITE_PERM, codes.SQLITE_CANTOPEN, codes.SQLITE_AUTH:
		return "the file cannot be opened or written; look at its permissions and its folder's", false
	}
	return "try again, and look at the log if that does not help", false
}

// damaged is the error for a log that does not match its own digests.
func (s *Store) damaged(ctx context.Context, at graph.Sequence) error {
	s.writesStopped.Store(true)
	s.logger.ErrorContext(ctx, "the log does not match its digests", "sequence", at)
	return fmt.Errorf("read commit %d: %w: the file is damaged there; restore it from a backup", at, graph.ErrUnavailable)
}
