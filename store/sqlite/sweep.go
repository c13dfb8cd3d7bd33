package sqlite

import (
	"context"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
)

const (
	sweepingSQL = `SELECT count(*) FROM sweeping`
	endSweepSQL = `DELETE FROM sweeping`
)

// Sweep is graph.Sweeper's. It writes the file anew without free pages, and folds the
// write-ahead log into it, which is then empty. Others may read and write meanwhile, but for
// moments in which they wait.
func (s *Store) Sweep(ctx context.Context) error {
	if err := s.beginCall(ctx); err != nil {
		return err
	}
	defer s.endCall()
	if err := s.writable(); err != nil {
		return err
	}
	return s.sweep(ctx)
}

// sweep is Sweep of an open store. What it leaves undone is done by the next one.
func (s *Store) sweep(ctx context.Context) error {
	var due bool
	if err := s.writer.QueryRowContext(ctx, sweepingSQL).Scan(&due); err != nil {
		return s.failed(ctx, "sweep", err)
	}
	if !due {
		return nil
	}
	if _, err := s.writer.ExecContext(ctx, `VACUUM`); err != nil {
		return s.failed(ctx, "write the file anew", err)
	}
	if err := s.foldAll(ctx); err != nil {
		return err
	}
	if _, err := s.writer.ExecContext(ctx, endSweepSQL); err != nil {
		return s.failed(ctx, "sweep", err)
	}
	return s.foldAll(ctx)
}

// sweepTries is how often a log that others are reading is folded, with waits between.
const sweepTries = 20

// foldAll folds all of the log into the file, and empties it.
func (s *Store) foldAll(ctx context.Context) error {
	for range sweepTries {
		var busy, pages, folded int
		err := s.writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &folded)
		if err != nil {
			return s.failed(ctx, "fold the log into the file", err)
		}
		if busy == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return &graph.UnavailableError{
		What:   "somebody reads the file all the time, so that pages with what was redacted cannot be cleared",
		Remedy: "stop what reads the file, and open it to write: rabta serve and rabta redact then clear them",
	}
}

// sweepAgain does what an earlier sweep left undone. The store is of use without it.
func (s *Store) sweepAgain(ctx context.Context) {
	if why, _ := s.trouble.get(); why != nil || s.lostEnd != nil {
		return
	}
	if err := s.sweep(ctx); err != nil {
		s.logger.WarnContext(ctx, "pages of the store may still hold what was redacted; "+
			"they are cleared when it is next opened", "error", err)
	}
}

// redactions are the parts of a log of which it is not known any more what it added up to:
// from the first commit that lost a record up to before the one that took it out.
type redactions []struct{ from, before graph.Sequence }

func (l redactions) within(n graph.Sequence) bool {
	for _, r := range l {
		if r.from <= n && n < r.before {
			return true
		}
	}
	return false
}

// noteRedactions reads what all commits redact. What cannot be read is found afterwards.
func (v *verifier) noteRedactions(ctx context.Context) {
	_ = eachRedacts(ctx, v.q, func(by graph.Sequence, list []graph.Redacted) {
		from := by
		for _, r := range list {
			if r.Place != graph.WhatItSaid {
				from = min(from, r.Commit)
			}
		}
		if from < by {
			v.redactions = append(v.redactions, struct{ from, before graph.Sequence }{from, by})
		}
	})
}

// checkBurials compares what is gone from the log with what commits took out.
func (v *verifier) checkBurials() {
	if v.damaged {
		return
	}
	for _, f := range v.burials.Faults() {
		v.fault(f.Commit, whereLog, f.What, restoreFile)
	}
}

// checkSwept notes that pages of the file may hold what was redacted.
func (v *verifier) checkSwept(ctx context.Context) {
	if v.version < redactVersion {
		return
	}
	var due bool
	if err := v.q.QueryRowContext(ctx, sweepingSQL).Scan(&due); err != nil {
		v.unreadable(ctx, 0, whereTable("sweeping"), err)
	} else if due {
		v.fault(0, whereFile, "its free pages or its write-ahead log may still hold what was redacted",
			"open it to write, with rabta serve, while nothing else reads it: that clears them")
	}
}

// checkBuried is an error for a change that redacts what the log that is taken over holds.
func (r *restorer) checkBuried(ctx context.Context, c *graph.Change) error {
	for _, gone := range c.Redacts {
		held, err := r.s.entries(ctx, r.tx, gone.Commit-1, gone.Commit, 1)
		if err != nil {
			return r.s.failed(ctx, "read a commit", err)
		}
		there := gone.Commit < c.Sequence && len(held) == 1 && held[0].decode(nil) == ""
		if !there || !slices.Contains(held[0].Gone(), gone) {
			return graph.Unburied(c.Sequence, gone)
		}
	}
	return nil
}
