package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
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
	to   graph.Settlement
	held []heldRow // what becomes of the table that batches are checked against
}

// row is a record as it is written.
type row struct {
	number uint64 // its place in the log, from 1 on
	kind   string
	id     graph.ID
	body   []byte
	digest []byte
	seal   graph.Seal
}

// newWriter prepares the commit after last of what was settled; known is what the store
// holds of all ids of which the settlement says what is held then. Its time is never
// before last's.
func newWriter(last chainHead, to graph.Settlement, known graph.Known, now time.Time) *writer {
	b := &to.Fresh
	w := &writer{
		chained: chained{
			batch: b.ID, actor: b.Actor, reason: b.Reason, content: to.Content, rows: rowsOf(b),
		},
		to: to, held: heldRows(known, to.Held),
	}
	w.chainHead = chainHead{
		sequence: last.sequence + 1, numbers: to.Numbers, writer: b.Clearance, micros: max(now.UnixMicro(), last.micros),
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
	marked := slices.Clone(w.to.Marked)
	for i := range w.rows {
		r := &w.rows[i]
		r.number = after + uint64(i) + 1
		if r.seal.InForce != r.seal.Stamp {
			marked = append(marked, graph.Marked{Place: r.number, InForce: r.seal.InForce})
		}
	}
	w.marked = marksText(marked)
}

// rowsOf are the records of a batch as they are written.
func rowsOf(b *graph.Batch) []row {
	rows := make([]row, 0, len(b.Sources)+len(b.Entities)+len(b.Claims))
	add := func(kind string, id graph.ID, body []byte, seal graph.Seal) {
		rows = append(rows, row{kind: kind, id: id, body: body, digest: digest(body), seal: seal})
	}
	for i := range b.Sources {
		add(kindSource, b.Sources[i].ID, graph.Encode(&b.Sources[i]), b.Sources[i].Seal)
	}
	for i := range b.Entities {
		add(kindEntity, b.Entities[i].ID, graph.Encode(&b.Entities[i]), b.Entities[i].Seal)
	}
	for i := range b.Claims {
		add(kindClaim, b.Claims[i].ID, graph.Encode(&b.Claims[i]), b.Claims[i].Seal)
	}
	return rows
}

func (w *writer) commit() graph.Commit {
	b := &w.to.Fresh
	return graph.Commit{
		Sequence: w.numbers.At(b.Clearance), Numbers: w.numbers, RecordedAt: w.time(),
		Sources: len(b.Sources), Entities: len(b.Entities), Claims: len(b.Claims), Notices: w.to.Notices,
	}
}

const (
	insertCommitSQL = `INSERT INTO commits (sequence, recorded, batch, content, writer, actor, reason,
  sources, entities, claims, clear, green, amber, amber_strict, marked, sealed, state, digest)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`
	insertRecordSQL = `INSERT INTO records (number, sequence, kind, id, body, digest, stamp, marking)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	markRecordSQL = `UPDATE records SET marking = ? WHERE number = ?`
)

func (w *writer) write(ctx context.Context, tx *sql.Tx) error {
	c, n := w.commit(), w.numbers
	_, err := tx.ExecContext(ctx, insertCommitSQL,
		w.sequence, w.micros, w.batch, w.content, level(w.writer), w.actor, w.reason, c.Sources, c.Entities, c.Claims,
		n[0], n[1], n[2], n[3], w.marked, w.state, w.digest)
	if err != nil {
		return err
	}
	err = execEach(ctx, tx, insertRecordSQL, len(w.rows), func(i int) []any {
		r := &w.rows[i]
		return []any{
			r.number, w.sequence, r.kind, string(r.id), string(r.body), r.digest, level(r.seal.Stamp), level(r.seal.InForce),
		}
	})
	if err != nil {
		return err
	}
	marked := w.to.Marked
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
