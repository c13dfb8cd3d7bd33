package sqlite

import (
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
	sealRecordSQL = `UPDATE records SET stamp = ?, marking = ? WHERE number = ?`
	sealCommitSQL = `UPDATE commits SET writer = ?, clear = ?, green = ?, amber = ?, amber_strict = ? WHERE sequence = ?`
	markHeldSQL   = `UPDATE held SET marking = ? WHERE id = ?`
	setBaseSQL    = `UPDATE identity SET sequence = ?, state = ?`
)

// sealOlder gives the log of an older version its stamps, numbers and writers, and what
// is held of it its markings, and notes the digest over that. All is CLEAR before. The
// log is read, never held: several times, if anything in it is marked.
func (s *Store) sealOlder(ctx context.Context, tx *sql.Tx) error {
	o := olderLog{s: s, tx: tx, older: graph.NewOlder(), marked: graph.Known{}}
	if err := tx.QueryRowContext(ctx, headSQL).Scan(&o.head); err != nil {
		return s.failed(ctx, "read the head", err)
	}
	if err := o.each(ctx, o.note); err != nil {
		return err
	}
	if o.strict {
		if err := o.each(ctx, o.seal); err != nil {
			return err
		}
		if err := o.each(ctx, o.hold); err != nil {
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
	strict bool        // something is marked
	marked graph.Known // what is held of ids that are not CLEAR throughout
}

// each calls f with every commit. One that is damaged is an error: how what is before it
// is marked may stand in it.
func (o *olderLog) each(ctx context.Context, f func(ctx context.Context, e *entry) error) error {
	for at := (cursor{}); at.sequence < o.head; {
		page, err := o.s.entries(ctx, o.tx, at.sequence, o.head, pageCommits)
		if err != nil {
			return o.s.failed(ctx, "read commits", err)
		}
		if len(page) == 0 {
			return o.s.damaged(ctx, at.sequence+1)
		}
		for i := range page {
			e := &page[i]
			if e.Sequence != at.sequence+1 || e.fault(at.digest) != "" {
				return o.s.damaged(ctx, at.sequence+1)
			}
			if err := f(ctx, e); err != nil {
				return o.s.failed(ctx, "seal the log", err)
			}
			at = cursor{e.Sequence, e.chainHead.digest}
		}
	}
	return nil
}

func (o *olderLog) note(_ context.Context, e *entry) error {
	o.older.Note(&e.Change)
	for i := range e.Sources {
		o.strict = o.strict || e.Sources[i].Marking != ""
	}
	for i := range e.Entities {
		o.strict = o.strict || e.Entities[i].Marking != ""
	}
	for i := range e.Claims {
		o.strict = o.strict || e.Claims[i].Marking != graph.Clear
	}
	return nil
}

// seal writes what of a commit is not CLEAR.
func (o *olderLog) seal(ctx context.Context, e *entry) error {
	was := e.Numbers
	o.older.Seal(&e.Change)
	seals := e.seals()
	var strict []int
	for i, seal := range seals {
		if seal.Stamp != graph.Clear {
			strict = append(strict, i)
			o.marked[e.rows[i].id] = nil
		}
	}
	err := execEach(ctx, o.tx, sealRecordSQL, len(strict), func(i int) []any {
		seal := seals[strict[i]]
		return []any{level(seal.Stamp), level(seal.InForce), e.rows[strict[i]].number}
	})
	if n := e.Numbers; err == nil && (n != was || e.Writer != graph.Clear) {
		_, err = o.tx.ExecContext(ctx, sealCommitSQL, level(e.Writer), n[0], n[1], n[2], n[3], e.Sequence)
	}
	return err
}

// seals are the seals of the records of a commit, in the order of its rows.
func (e *entry) seals() []graph.Seal {
	out := make([]graph.Seal, 0, len(e.rows))
	for i := range e.Sources {
		out = append(out, e.Sources[i].Seal)
	}
	for i := range e.Entities {
		out = append(out, e.Entities[i].Seal)
	}
	for i := range e.Claims {
		out = append(out, e.Claims[i].Seal)
	}
	return out
}

// hold notes what a commit that was sealed says of the ids that are not CLEAR throughout.
func (o *olderLog) hold(_ context.Context, e *entry) error {
	var b graph.Batch
	is := func(id graph.ID) bool { _, ok := o.marked[id]; return ok }
	for i := range e.Sources {
		if is(e.Sources[i].ID) {
			b.Sources = append(b.Sources, e.Sources[i])
		}
	}
	for i := range e.Entities {
		if is(e.Entities[i].ID) {
			b.Entities = append(b.Entities, e.Entities[i])
		}
	}
	for i := range e.Claims {
		if c := &e.Claims[i]; is(c.ID) || c.Predicate == graph.Retracts && is(c.Subject) {
			b.Claims = append(b.Claims, *c)
		}
	}
	o.marked.Note(&b)
	return nil
}

// write brings held up to date: an id of one marking has its one row already, as the
// tables before it had it.
func (o *olderLog) write(ctx context.Context) error {
	var one []graph.ID
	before, after := graph.Known{}, graph.Known{}
	for _, id := range slices.Sorted(maps.Keys(o.marked)) {
		if list := o.marked[id]; len(list) == 1 {
			one = append(one, id)
		} else {
			after[id] = list
		}
	}
	err := execEach(ctx, o.tx, markHeldSQL, len(one), func(i int) []any {
		return []any{level(o.marked[one[i]][0].Marking), string(one[i])}
	})
	if err == nil {
		err = writeHeld(ctx, o.tx, heldRows(before, after))
	}
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
