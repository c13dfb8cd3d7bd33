package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/rabta/rabta/graph"
)

// The write-ahead log is folded into the file when nothing was written for a while, and
// at the end. A young store is folded with each commit: who copies the file alone, as
// one should not, gets a store that lacks the last commits, and never an empty one.
const (
	idleAfter = time.Second
	youngest  = 16 // commits
)

// acknowledge does what comes between a commit that is on disk and the answer that it
// is: it makes sure that the disk is where the file is, and writes the head record.
func (s *Store) acknowledge(ctx context.Context, last chainHead) error {
	if err := s.checkFiles(ctx); err != nil {
		return err
	}
	err := s.head.write(headRecord{store: s.id, sequence: last.sequence, digest: last.digest})
	if err != nil { // the commit is safe, and its loss would not be noticed
		s.logger.WarnContext(ctx, "the record of the last commit beside the store could not be written", "error", err)
	}
	return nil
}

// committed is what follows a commit that was written.
func (s *Store) committed(ctx context.Context, at graph.Sequence) {
	s.applied.Store(true)
	s.recovered(ctx)
	if at <= youngest {
		_, _ = s.fold(ctx)
	}
	s.idle.Reset(idleAfter)
}

// whenIdle folds the log, and has the disk keep the head record. What readers keep from
// being folded is tried again. The first time, it looks whether somebody edited the
// table while the store was closed.
func (s *Store) whenIdle() {
	ctx := context.Background()
	if s.beginCall(ctx) != nil {
		return
	}
	defer s.endCall()
	if s.compared.CompareAndSwap(false, true) {
		s.compareHeld(ctx)
	}
	if !s.settle(ctx) {
		s.idle.Reset(idleAfter)
	}
}

// compareHeld compares the table that batches are checked against with its digest: over
// one that was edited, what is new may pass for known, and be dropped.
func (s *Store) compareHeld(ctx context.Context) {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		_ = s.failed(ctx, "compare the table", err)
		return
	}
	defer func() { _ = tx.Rollback() }()
	last, err := s.last(ctx, tx)
	if err != nil {
		return // which it has said
	}
	sum, err := sumHeld(ctx, tx)
	switch {
	case err != nil:
		_ = s.failed(ctx, "compare the table", err)
	case !bytes.Equal(sum.bytes(), last.state):
		_ = s.edited(ctx)
	}
}

// settle brings what lies beside the file to where it should be while nothing is
// written, and reports whether that is done. A store in trouble is left alone.
func (s *Store) settle(ctx context.Context) bool {
	if why, _ := s.trouble.get(); why != nil || s.readOnly || s.lostEnd != nil || s.files.changed() != nil {
		return true
	}
	if s.applied.Load() {
		s.keepHead(ctx)
	}
	whole, err := s.fold(ctx)
	if err != nil || !whole {
		return err != nil
	}
	// Where a reader is still on the log it is not made short. Nothing depends on that,
	// and writers would wait meanwhile.
	var busy, pages, folded int
	_ = s.keeper.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &folded)
	return true
}

// fold copies the log into the file as far as no reader needs the old pages, and
// reports whether that was all.
func (s *Store) fold(ctx context.Context) (whole bool, err error) {
	var busy, pages, folded int
	err = s.keeper.QueryRowContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &pages, &folded)
	if err != nil {
		return false, s.failed(ctx, "fold the log into the file", err)
	}
	return busy == 0 && pages == folded, nil
}

// rescue folds a log whose name is gone into the file that is still there: once it is
// closed nothing else could.
func (s *Store) rescue(ctx context.Context) {
	if _, err := os.Stat(s.path + walSuffix); errors.Is(err, fs.ErrNotExist) && s.files.is(s.files.main, "") {
		_, _ = s.fold(ctx)
	}
}

// keepHead writes the head record for the last commit of all processes, and waits until
// it is on the disk.
func (s *Store) keepHead(ctx context.Context) {
	last, err := s.last(ctx, s.keeper)
	if err == nil && last.sequence > 0 {
		err = s.head.write(headRecord{store: s.id, sequence: last.sequence, digest: last.digest})
	}
	if err = errors.Join(err, s.head.keep()); err != nil && !errors.Is(err, sql.ErrNoRows) {
		s.logger.WarnContext(ctx, "the record of the last commit beside the store could not be kept", "error", err)
	}
}
