package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// readOlder is what seals the commits of a file of an older version, up to its head; nil
// where they have seals of their own. What the file was when it was first read holds as
// long as it is open: what an older release writes may change how all before is sealed.
func (s *Store) readOlder(ctx context.Context, head graph.Sequence) (*graph.Older, error) {
	if !s.readOnly {
		return nil, nil
	}
	old, at, err := s.sealedFrom(ctx, head)
	if err != nil {
		return nil, s.failed(ctx, "read the version", err)
	}
	if old {
		s.olderHead.CompareAndSwap(0, uint64(at))
	}
	if noted := s.olderHead.Load(); noted != 0 && noted != uint64(at) {
		return nil, &graph.UnavailableError{
			What:   "an older version of rabta wrote to the file while it was read",
			Remedy: "start again to read it as it is now",
		}
	}
	if !old {
		return nil, nil
	}
	older := graph.NewOlder()
	for at := (cursor{}); at.sequence < head; {
		page, err := s.page(ctx, &at, head)
		if err != nil {
			return nil, err
		}
		for i := range page {
			older.Note(&page[i])
		}
	}
	return older, nil
}

const lastOlderSQL = `SELECT sequence FROM identity`

// sealedFrom reports whether the commits of a file that is read have no seals, and which
// is the last of these: the head of an old file, or what was the head when it was
// brought up to date.
func (s *Store) sealedFrom(ctx context.Context, head graph.Sequence) (old bool, last graph.Sequence, err error) {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return false, 0, err
	}
	defer func() { _ = tx.Rollback() }()
	version, err := userVersion(ctx, tx)
	if err != nil || version < sealVersion {
		return true, head, err
	}
	err = tx.QueryRowContext(ctx, lastOlderSQL).Scan(&last)
	return false, last, err
}

const (
	sealRecordSQL  = `UPDATE records SET stamp = ?, marking = ? WHERE number = ?`
	sealCommitSQL  = `UPDATE commits SET clear = ?, green = ?, amber = ?, amber_strict = ? WHERE sequence = ?`
	markHeldSQL    = `UPDATE held SET marking = ? WHERE id = ?`
	retractHeldSQL = `UPDATE held SET retracted = ? WHERE id = ? AND retracted IS NOT NULL`
	setBaseSQL     = `UPDATE identity SET sequence = ?, state = ?`
)

// sealOlder gives the log of an older version its stamps and numbers, and what is held of
// it its markings, and notes the digest over that. All is CLEAR before. The log is read and not kept: twice, if anything in it is marked.
func (s *Store) sealOlder(ctx context.Context, tx *sql.Tx) error {
	o := olderLog{
		s: s, tx: tx, older: graph.NewOlder(),
		marked: map[graph.ID]graph.Marking{}, retracted: map[graph.ID]graph.Marking{},
	}
	if err := tx.QueryRowContext(ctx, headSQL).Scan(&o.head); err != nil {
		return s.failed(ctx, "read the head", err)
	}
	if err := o.check(ctx); err != nil {
		return err
	}
	if o.strict {
		if err := o.each(ctx, nil, o.seal); err != nil {
			return err
		}
	}
	if err := o.write(ctx); err != nil {
		return s.failed(ctx, "seal the log", err)
	}
	return nil
}

// olderLog is a log of an older version that is being sealed.
type olderLog struct {
	s      *Store
	tx     *sql.Tx
	head   graph.Sequence
	older  *graph.Older
	strict bool                       // something is marked
	marked map[graph.ID]graph.Marking // ids that are not CLEAR
	// retracted are the claims that count no more, with the least strict marking of what
	// retracts them.
	retracted map[graph.ID]graph.Marking
}

// check notes what every commit marks. One that is damaged is an error: how what is
// before it is marked may stand in it.
func (o *olderLog) check(ctx context.Context) error {
	at := cursor{}
	keep := func(r *row) bool {
		o.strict = o.strict || r.strict()
		return r.declares()
	}
	return o.each(ctx, keep, func(_ context.Context, e *entry) error {
		if e.Sequence != at.sequence+1 || e.digestFault(at.digest) != "" {
			return o.s.damaged(ctx, at.sequence+1)
		}
		at = cursor{e.Sequence, e.chainHead.digest}
		o.older.Note(&e.Change)
		return nil
	})
}

// declares reports whether a record can give a marking to others: it is no claim.
func (r *row) declares() bool { return r.kind != kindClaim }

// strict reports whether a record has a marking that is not CLEAR.
func (r *row) strict() bool {
	return bytes.Contains(r.body, anyMarking) && !bytes.Contains(r.body, clearMarking)
}

// What is marked has this in its canonical form; a text has its quotes escaped there.
var (
	anyMarking   = []byte(`"marking":"`)
	clearMarking = []byte(`"marking":"CLEAR"`)
)

// each calls f with every commit, and of its records those to keep.
func (o *olderLog) each(
	ctx context.Context, keep func(r *row) bool, f func(ctx context.Context, e *entry) error,
) error {
	for at := graph.Sequence(0); at < o.head; {
		page, err := o.s.entries(ctx, o.tx, at, o.head, pageCommits)
		if err != nil {
			return o.s.failed(ctx, "read commits", err)
		}
		if len(page) == 0 {
			return o.s.damaged(ctx, at+1)
		}
		for i := range page {
			if page[i].decode(keep) != "" {
				return o.s.damaged(ctx, page[i].Sequence)
			}
			if err := f(ctx, &page[i]); err != nil {
				return err
			}
		}
		at = page[len(page)-1].Sequence
	}
	return nil
}

// seal writes what of a commit is not CLEAR.
func (o *olderLog) seal(ctx context.Context, e *entry) error {
	was := e.Numbers
	o.older.Seal(&e.Change)
	o.retract(e)
	seals := e.seals()
	var strict []int
	for i, seal := range seals {
		if seal.Stamp != graph.Clear {
			strict = append(strict, i)
			o.marked[e.rows[i].id] = seal.InForce
		}
	}
	err := execEach(ctx, o.tx, sealRecordSQL, len(strict), func(i int) []any {
		seal := seals[strict[i]]
		return []any{level(seal.Stamp), level(seal.InForce), e.rows[strict[i]].number}
	})
	if n := e.Numbers; err == nil && n != was {
		_, err = o.tx.ExecContext(ctx, sealCommitSQL, n[0], n[1], n[2], n[3], e.Sequence)
	}
	if err != nil {
		return o.s.failed(ctx, "seal the log", err)
	}
	return nil
}

// retract notes what the claims of a commit that was sealed take back and assert anew.
func (o *olderLog) retract(e *entry) {
	for i := range e.Claims {
		c := &e.Claims[i]
		delete(o.retracted, c.ID)
		if c.Predicate != graph.Retracts {
			continue
		}
		if m, ok := o.retracted[c.Subject]; !ok || c.InForce.Level() < m.Level() {
			o.retracted[c.Subject] = c.InForce
		}
	}
}

// write brings held up to date: all records of an id have one marking, and it has the row
// that the tables before had.
func (o *olderLog) write(ctx context.Context) error {
	ids := slices.Sorted(maps.Keys(o.marked))
	err := execEach(ctx, o.tx, markHeldSQL, len(ids), func(i int) []any {
		return []any{level(o.marked[ids[i]]), string(ids[i])}
	})
	if err != nil {
		return err
	}
	ids = slices.Sorted(maps.Keys(o.retracted))
	err = execEach(ctx, o.tx, retractHeldSQL, len(ids), func(i int) []any {
		return []any{level(o.retracted[ids[i]]), string(ids[i])}
	})
	if err != nil {
		return err
	}
	sum, err := sumHeld(ctx, o.tx)
	if err != nil {
		return err
	}
	_, err = o.tx.ExecContext(ctx, setBaseSQL, o.head, sum.bytes())
	return err
}
