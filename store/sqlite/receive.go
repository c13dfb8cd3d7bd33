package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

var _ graph.Receiver = (*Store)(nil)

// readOrigin reads where a commit comes from, and the id that its batch was given there.
func (e *entry) readOrigin() {
	if e.origin == "" {
		return
	}
	e.Origin, e.Batch = merge.OriginOf(e.origin), merge.BatchOf(e.Batch)
}

const (
	logIDSQL  = `SELECT id FROM log`
	adoptSQL  = `UPDATE log SET id = ?`
	mergedSQL = `SELECT EXISTS (SELECT 1 FROM commits WHERE origin <> '')`
)

// ID is graph.Receiver's.
func (s *Store) ID(ctx context.Context) (string, error) {
	if err := s.beginCall(ctx); err != nil {
		return "", err
	}
	defer s.endCall()
	return s.logID(ctx, s.readers)
}

func (s *Store) logID(ctx context.Context, q queryer) (id string, err error) {
	version, err := userVersion(ctx, q)
	if err == nil && version < originVersion {
		return s.id, nil // as it will be called
	}
	if err == nil {
		err = q.QueryRowContext(ctx, logIDSQL).Scan(&id)
	}
	if err != nil {
		return "", s.failed(ctx, "read which log it is", err)
	}
	return id, nil
}

// Adopt is graph.Receiver's.
func (s *Store) Adopt(ctx context.Context, id string) error {
	if err := s.beginCall(ctx); err != nil {
		return err
	}
	defer s.endCall()
	if err := s.writable(); err != nil {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(ctx, "begin", err)
	}
	defer func() { _ = tx.Rollback() }()
	last, err := s.last(ctx, tx)
	if err != nil {
		return err
	}
	was, err := s.logID(ctx, tx)
	switch {
	case err != nil || was == id:
		return err
	case last.sequence > 0:
		return graph.NotEmpty(last.sequence)
	}
	if _, err := tx.ExecContext(ctx, adoptSQL, id); err != nil {
		return s.failed(ctx, "adopt an id", err)
	}
	if err := s.commit(tx); err != nil {
		return s.failed(ctx, "commit", err)
	}
	return nil
}

// Receive is graph.Receiver's.
func (s *Store) Receive(ctx context.Context, c graph.Change) (graph.Commit, error) {
	if err := s.beginCall(ctx); err != nil {
		return graph.Commit{}, err
	}
	defer s.endCall()
	if err := s.writable(); err != nil {
		return graph.Commit{}, err
	}
	done, last, err := s.receive(ctx, c)
	if err != nil {
		return graph.Commit{}, err
	}
	if err := s.acknowledge(ctx, last); err != nil {
		return graph.Commit{}, fmt.Errorf("commit: %w", err)
	}
	if !done.Replayed {
		s.committed(ctx, last.sequence)
	}
	return done, nil
}

func (s *Store) receive(ctx context.Context, c graph.Change) (done graph.Commit, last chainHead, err error) {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return done, last, s.failed(ctx, "begin", err)
	}
	defer func() { _ = tx.Rollback() }()
	if last, err = s.last(ctx, tx); err != nil {
		return done, last, err
	}
	if err := s.checkRestored(ctx, tx, "receive"); err != nil {
		return done, last, err
	}
	m, err := s.catchUp(ctx, tx, last.sequence)
	if err != nil {
		return done, last, err
	}
	now := s.now()
	c.Recorded = fromMicros(max(now.UnixMicro(), last.micros))
	if len(c.Origin.Tombstones) > 0 {
		if to, ok := m.TakeOver(c); ok {
			return s.writeBurial(ctx, tx, last, &to)
		}
		return graph.Commit{
			Sequence: last.numbers.At(c.Writer), Numbers: last.numbers, RecordedAt: last.time(), Replayed: true,
		}, last, nil
	}
	to, ok, err := m.Receive(c, placesAfter(last.records))
	if err != nil || !ok {
		return graph.Commit{
			Sequence: last.numbers.At(c.Writer), Numbers: last.numbers, RecordedAt: last.time(), Replayed: true,
		}, last, err
	}
	s.merged = nil // until it is written
	known, err := s.heldOf(ctx, tx, to.Held)
	if err != nil {
		return done, last, err
	}
	w := newWriter(last, to.Change(last.sequence+1, now), known, to.Held, to.Marked)
	if err := w.write(ctx, tx); err != nil {
		return done, last, s.failed(ctx, "write", err)
	}
	if err := s.commit(tx); err != nil {
		return done, last, s.failed(ctx, "commit", err)
	}
	s.merged = m
	return w.commit(), w.chainHead, nil
}

// heldOf is what is held of the ids of which something else is to be.
func (s *Store) heldOf(ctx context.Context, tx *sql.Tx, then graph.Known) (graph.Known, error) {
	ids := make([]graph.ID, 0, len(then))
	for id := range then {
		ids = append(ids, id)
	}
	return s.known(ctx, tx, ids)
}

// catchUp is the log up to its last commit, to be merged with others. It is kept while the
// store is open.
func (s *Store) catchUp(ctx context.Context, tx *sql.Tx, last graph.Sequence) (*merge.Log, error) {
	m := s.merged
	s.merged = nil
	begins := m == nil || m.Head() > last
	if begins {
		id, err := s.logID(ctx, tx)
		if err != nil {
			return nil, err
		}
		m = merge.NewLog(id)
	}
	for m.Head() < last {
		page, err := s.entries(ctx, tx, m.Head(), last, pageCommits)
		if err != nil {
			return nil, s.failed(ctx, "read commits", err)
		}
		if len(page) == 0 {
			return nil, s.damaged(ctx, m.Head()+1)
		}
		for i := range page {
			if page[i].Sequence != m.Head()+1 || page[i].decode(nil) != "" {
				return nil, s.damaged(ctx, m.Head()+1)
			}
			if !begins && len(page[i].Redacts) > 0 { // by another process: what was kept holds what is gone
				return s.catchUp(ctx, tx, last)
			}
			m.Add(page[i].Change, page[i].places)
		}
	}
	if begins {
		m.Agree(merge.InForce)
	}
	s.merged = m
	return m, nil
}

// places are the numbers of the records of a commit.
func (e *entry) places(i int) uint64 { return e.rows[i].number }

// placesAfter are the numbers of the records of the commit after one.
func placesAfter(records uint64) func(i int) uint64 {
	return func(i int) uint64 { return records + uint64(i) + 1 }
}

// inOrder has a settlement that marks what was recorded before hold what comes of the order
// of all logs, where others recorded any of this one.
func (s *Store) inOrder(ctx context.Context, tx *sql.Tx, last chainHead, to *graph.Settlement, now time.Time) error {
	if len(to.Marked) == 0 {
		return nil
	}
	if merged, err := s.isMerged(ctx, tx); err != nil || !merged {
		return err
	}
	m, err := s.catchUp(ctx, tx, last.sequence)
	if err != nil {
		return err
	}
	s.merged = nil // until it is written
	m.Add(to.Change(last.sequence+1, fromMicros(max(now.UnixMicro(), last.micros))), placesAfter(last.records))
	maps.Copy(to.Held, m.Held(m.Touched()))
	return nil
}

// isMerged reports whether the log holds what others recorded.
func (s *Store) isMerged(ctx context.Context, tx *sql.Tx) (merged bool, err error) {
	if err := tx.QueryRowContext(ctx, mergedSQL).Scan(&merged); err != nil {
		return false, s.failed(ctx, "look for other logs", err)
	}
	return merged, nil
}

// buryMerged has the tombstones of a redaction name what they are of, and it hold what comes
// of the order of all logs.
func (s *Store) buryMerged(ctx context.Context, tx *sql.Tx, last graph.Sequence, to *graph.Burial) error {
	m, err := s.catchUp(ctx, tx, last)
	if err == nil {
		m.Bury(to)
	}
	return err
}
