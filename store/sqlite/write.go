package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/merge"
)

// The kinds of record, as the log names them.
const (
	kindSource = "source"
	kindEntity = "entity"
	kindClaim  = "claim"
)

// writer writes one commit.
type writer struct {
	chained
	change  graph.Change
	held    []heldRow      // what becomes of the table that batches are checked against
	marks   []graph.Marked // of the log before it
	notices []graph.Problem
}

// row is a record as it is written.
type row struct {
	number uint64 // its place in the log, from 1 on
	kind   string
	id     graph.ID
	body   []byte
	digest []byte
	seal   graph.Seal
	// redacted is set where the body is that of a tombstone, see graveText.
	redacted bool
}

// newWriter prepares the commit of a change after last. before and after are what the store
// holds of all ids of which that changes, marked what it marks of the log. Its time is never
// before last's.
func newWriter(last chainHead, c graph.Change, before, after graph.Known, marked []graph.Marked) *writer {
	w := &writer{
		chained: chained{
			batch: c.Batch, actor: c.Actor, reason: c.Reason, content: c.Content, rows: rowsOf(&c), said: saidOf(&c),
			redacted: redactsText(slices.Concat(c.Redacts, c.Gone())), origin: merge.OriginText(c.Origin),
		},
		change: c, held: heldRows(before, after), marks: marked,
	}
	w.chainHead = chainHead{
		sequence: last.sequence + 1, numbers: c.Numbers, writer: c.Writer, micros: max(c.Recorded.UnixMicro(), last.micros),
		records: last.records + uint64(len(w.rows)), sealed: true,
	}
	w.number(last.records)
	sum, _ := parseState(last.state)
	for i := range w.held {
		sum.apply(&w.held[i])
	}
	w.state = sum.bytes()
	w.digest = w.sum(last.digest)
	return w
}

// number numbers the records, which come after others, and notes what is marked: of the
// log, and of these what is under another marking than its stamp.
func (w *writer) number(after uint64) {
	marked := slices.Clone(w.marks)
	for i := range w.rows {
		r := &w.rows[i]
		r.number = after + uint64(i) + 1
		if r.redacted {
			r.id = buriedID(r.number)
		}
		if r.seal.InForce != r.seal.Stamp {
			marked = append(marked, graph.Marked{Place: r.number, InForce: r.seal.InForce})
		}
	}
	w.marked = marksText(marked)
}

// rowsOf are the records of a change as they are written.
func rowsOf(c *graph.Change) []row {
	rows := make([]row, c.Size())
	for _, p := range c.Records() {
		r := row{kind: string(p.Type()), id: p.ID(), body: p.Encode(), seal: p.Seal()}
		r.digest = digest(r.body)
		rows[p.Place] = r
	}
	for i := range c.Tombstones {
		rows[c.Tombstones[i].Place] = buried(&c.Tombstones[i])
	}
	return rows
}

// counts are how many records of each kind the commit has or had.
func (w *writer) counts() (sources, entities, claims int) {
	for i := range w.rows {
		switch w.rows[i].kind {
		case kindSource:
			sources++
		case kindEntity:
			entities++
		case kindClaim:
			claims++
		}
	}
	return sources, entities, claims
}

func (w *writer) commit() graph.Commit {
	sources, entities, claims := w.counts()
	return graph.Commit{
		Sequence: w.numbers.At(w.writer), Numbers: w.numbers, RecordedAt: w.time(),
		Sources: sources, Entities: entities, Claims: claims, Notices: w.notices,
	}
}

const (
	insertCommitSQL = `INSERT INTO commits (sequence, recorded, batch, content, writer, actor, reason,
  sources, entities, claims, clear, green, amber, amber_strict, marked, sealed, state, digest, said, redacted, origin)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)`
	insertRecordSQL = `INSERT INTO records (number, sequence, kind, id, body, digest, stamp, marking, redacted)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	markRecordSQL = `UPDATE records SET marking = ? WHERE number = ?`
)

func (w *writer) write(ctx context.Context, tx *sql.Tx) error {
	c, n := w.commit(), w.numbers
	_, err := tx.ExecContext(ctx, insertCommitSQL,
		w.sequence, w.micros, merge.BatchText(w.batch, w.origin, w.sequence), w.content, level(w.writer), w.actor, w.reason, c.Sources, c.Entities, c.Claims,
		n[0], n[1], n[2], n[3], w.marked, w.state, w.digest, w.said, w.redacted, w.origin)
	if err != nil {
		return err
	}
	err = execEach(ctx, tx, insertRecordSQL, len(w.rows), func(i int) []any {
		r := &w.rows[i]
		return []any{
			r.number, w.sequence, r.kind, string(r.id), string(r.body), r.digest, level(r.seal.Stamp), level(r.seal.InForce),
			r.redacted,
		}
	})
	if err != nil {
		return err
	}
	marked := w.marks
	err = execEach(ctx, tx, markRecordSQL, len(marked), func(i int) []any {
		return []any{level(marked[i].InForce), marked[i].Place}
	})
	if err != nil {
		return err
	}
	return writeHeld(ctx, tx, w.held)
}

// execEach runs one statement n times.
func execEach(ctx context.Context, tx *sql.Tx, query string, n int, args func(i int) []any) error {
	if n == 0 {
		return nil
	}
	stmt, err := tx.PrepareContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = stmt.Close() }()
	for i := range n {
		if _, err := stmt.ExecContext(ctx, args(i)...); err != nil {
			return err
		}
	}
	return nil
}

// digest is the hash of a record's canonical form, as graph.Digest makes it.
func digest(body []byte) []byte {
	sum := sha256.Sum256(body)
	return sum[:16]
}
