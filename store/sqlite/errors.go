package sqlite

import (
	"context"
	"database/sql"
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
// words go to the log. An error of the disk latches the store: what has been
// kept since is no longer sure, so nothing more is written.
func (s *Store) failed(ctx context.Context, doing string, err error) error {
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	s.logger.ErrorContext(ctx, "the store failed", "doing", doing, "err", err)
	var what string
	switch code(err) {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED, codes.SQLITE_PROTOCOL:
		what = "another process is writing to it; try again"
	case codes.SQLITE_FULL:
		s.latched.Store(true)
		what = "the disk is full; make room, then open the store again"
	case codes.SQLITE_IOERR, codes.SQLITE_NOMEM:
		s.latched.Store(true)
		what = "the disk does not answer as it should; look at the log, then open the store again"
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		s.latched.Store(true)
		what = "the file is damaged; restore it from a backup"
	case codes.SQLITE_READONLY, codes.SQLITE_PERM, codes.SQLITE_CANTOPEN, codes.SQLITE_AUTH:
		what = "the file cannot be opened or written; look at its permissions and its folder's"
	default:
		what = "look at the log"
		if errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) {
			what = "the connection was lost; try again"
		}
	}
	return fmt.Errorf("%s: %w: %s", doing, graph.ErrUnavailable, what)
}

// damaged is the error for a log that does not match its own digests.
func (s *Store) damaged(ctx context.Context, at graph.Sequence) error {
	s.latched.Store(true)
	s.logger.ErrorContext(ctx, "the log does not match its digests", "sequence", at)
	return fmt.Errorf("read commit %d: %w: the file is damaged there; restore it from a backup", at, graph.ErrUnavailable)
}
