package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

var _ graph.Restorer = (*Store)(nil)

// Restore is graph.Restorer's. Commits go in many to a transaction.
func (s *Store) Restore(ctx context.Context, feed iter.Seq2[graph.Change, error]) error {
	if err := s.beginCall(ctx); err != nil {
		return err
	}
	defer s.endCall()
	if err := s.writable(); err != nil {
		return err
	}
	r := &restorer{s: s}
	defer r.rollback()
	for c, err := range feed {
		if err != nil {
			_ = r.commit(ctx) // what was read need not be read again
			return err
		}
		if err := r.add(ctx, &c); err != nil {
			return err
		}
	}
	if err := r.end(ctx); err != nil || r.at == 0 {
		return err
	}
	if err := s.acknowledge(ctx, r.last); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	s.committed(ctx, r.at)
	return nil
}

// restorer takes over the log of another store.
type restorer struct {
	s       *Store
	tx      *sql.Tx // nil between two transactions
	last    chainHead
	at      graph.Sequence // the last change that came
	records int            // of the transaction
	merged  *merge.Log     // nil as long as nobody else recorded any of it
}

const (
	restoringSQL      = `SELECT count(*) FROM restoring`
	beginRestoringSQL = `INSERT INTO restoring VALUES (0)`
	endRestoringSQL   = `DELETE FROM restoring`
)

// restoring reports whether a Restore has not ended.
func (s *Store) restoring(ctx context.Context, q queryer) (restoring bool, err error) {
	if s.readOnly { // another process may bring it up to date at any time
		version, err := userVersion(ctx, q)
		if err != nil {
			return false, s.failed(ctx, "look for a restore", err)
		}
		if version < restoreVersion {
			return false, nil
		}
	}
	if err := q.QueryRowContext(ctx, restoringSQL).Scan(&restoring); err != nil {
		return false, s.failed(ctx, "look for a restore", err)
	}
	return restoring, nil
}

// checkRestored is an error while a Restore has not ended.
func (s *Store) checkRestored(ctx context.Context, q queryer, operation string) error {
	restoring, err := s.restoring(ctx, q)
	if err == nil && restoring {
		err = graph.Incomplete(operation)
	}
	return err
}

// add writes a change as the next commit, or checks that it is the one that is there.
func (r *restorer) add(ctx context.Context, c *graph.Change) error {
	if r.at == 0 {
		if err := r.mark(ctx); err != nil {
			return err
		}
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	r.at = c.Sequence
	switch {
	case c.Sequence == 0 || c.Sequence > r.last.sequence+1:
		return graph.OtherLog(c.Sequence)
	case c.Sequence <= r.last.sequence:
		return r.compare(ctx, c)
	}
	return r.write(ctx, c)
}

// mark makes a store that holds nothing one that is incomplete.
func (r *restorer) mark(ctx context.Context) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	restoring, err := r.s.restoring(ctx, r.tx)
	switch {
	case err != nil || restoring:
		return err
	case r.last.sequence > 0:
		return graph.NotEmpty(r.last.sequence)
	}
	if _, err := r.tx.ExecContext(ctx, beginRestoringSQL); err != nil {
		return r.s.failed(ctx, "restore", err)
	}
	return r.commit(ctx)
}

func (r *restorer) write(ctx context.Context, c *graph.Change) error {
	if err := checkSealed(c); err != nil {
		return err
	}
	if err := r.checkBuried(ctx, c); err != nil {
		return err
	}
	b := batchOf(c)
	known, err := r.s.known(ctx, r.tx, b.Needs())
	if err != nil {
		return err
	}
	after := maps.Clone(known)
	after.Note(&b)
	if err := r.merge(ctx, c, &known, &after); err != nil {
		return err
	}
	w := newWriter(r.last, *c, known, after, nil)
	if err := w.write(ctx, r.tx); err != nil {
		return r.s.failed(ctx, "restore", err)
	}
	r.last = w.chainHead
	if r.records += len(w.rows) + 1; r.records < pageRecords {
		return nil
	}
	return r.commit(ctx)
}

// merge has a change hold what comes of the order of all logs, once others recorded any of
// this one.
func (r *restorer) merge(ctx context.Context, c *graph.Change, before, after *graph.Known) error {
	if r.merged == nil && c.Origin == nil {
		if merged, err := r.s.isMerged(ctx, r.tx); err != nil || !merged {
			return err
		}
	}
	m, err := r.s.catchUp(ctx, r.tx, r.last.sequence)
	if err != nil {
		return err
	}
	r.merged = m
	m.Add(*c, placesAfter(r.last.records))
	*after = m.Held(m.Touched())
	*before, err = r.s.heldOf(ctx, r.tx, *after)
	return err
}

// batchOf is the batch of a change. What was marked later in the log that it is of is under
// its marking in force from the first.
func batchOf(c *graph.Change) graph.Batch {
	e := entry{Change: *c}
	b := e.batch()
	b.ID, b.Actor, b.Reason = c.Batch, c.Actor, c.Reason
	return b
}

// checkSealed is an error for a change that lacks what a store keeps of who may see it.
func checkSealed(c *graph.Change) error {
	e := entry{Change: *c}
	markings := []graph.Marking{c.Writer}
	for _, s := range e.seals() {
		markings = append(markings, s.Stamp, s.InForce)
	}
	for _, m := range markings {
		if markingOf(level(m)) == "" {
			return graph.Invalid("NOT_SEALED", "store",
				fmt.Sprintf("commit %d of the log does not say who may see it", c.Sequence),
				"make the backup again of the store that it is of, with this version of rabta")
		}
	}
	if c.Numbers.At(graph.Red) != c.Sequence || !c.Fits() {
		return graph.OtherLog(c.Sequence)
	}
	return nil
}

// compare checks that a change is the commit that is there.
func (r *restorer) compare(ctx context.Context, c *graph.Change) error {
	held, err := r.s.entries(ctx, r.s.readers, c.Sequence-1, c.Sequence, 1)
	if err != nil {
		return r.s.failed(ctx, "read a commit", err)
	}
	if len(held) != 1 || !held[0].holds(c) {
		return graph.OtherLog(c.Sequence)
	}
	return nil
}

// holds reports whether an entry is a change.
func (e *entry) holds(c *graph.Change) bool {
	rows := rowsOf(c)
	if e.Sequence != c.Sequence || !e.Recorded.Equal(c.Recorded) || len(e.rows) != len(rows) || e.Numbers != c.Numbers ||
		e.Writer != c.Writer || e.Batch != c.Batch || e.Content != c.Content || e.Actor != c.Actor || e.Reason != c.Reason || e.Unsaid != c.Unsaid ||
		e.origin != merge.OriginText(c.Origin) || e.redacted != redactsText(slices.Concat(c.Redacts, c.Gone())) {
		return false
	}
	for i := range e.rows {
		was, r := &e.rows[i], &rows[i]
		if was.kind != r.kind || was.seal != r.seal || !bytes.Equal(was.body, r.body) {
			return false
		}
	}
	return true
}

// end makes the store a whole one, if the last change that came is its last commit.
func (r *restorer) end(ctx context.Context) error {
	if r.at == 0 {
		return nil
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	if r.last.sequence != r.at {
		return graph.OtherLog(r.last.sequence)
	}
	if _, err := r.tx.ExecContext(ctx, endRestoringSQL); err != nil {
		return r.s.failed(ctx, "restore", err)
	}
	return r.commit(ctx)
}

// begin begins a transaction if there is none, and looks where the log stands.
func (r *restorer) begin(ctx context.Context) (err error) {
	if r.tx != nil {
		return nil
	}
	if r.tx, err = r.s.writer.BeginTx(ctx, nil); err != nil {
		return r.s.failed(ctx, "restore", err)
	}
	r.records = 0
	r.last, err = r.s.last(ctx, r.tx)
	return err
}

func (r *restorer) commit(ctx context.Context) error {
	if r.tx == nil {
		return nil
	}
	err := r.s.commit(r.tx)
	r.tx = nil
	if err != nil {
		return r.s.failed(ctx, "restore", err)
	}
	return nil
}

func (r *restorer) rollback() {
	if r.tx != nil {
		_ = r.tx.Rollback()
		r.s.merged = nil
	}
}
