package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
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
	head    chainHead // of the commit to write
	batch   graph.Batch
	content string
	rows    []row
}

// row is a record as it is written.
type row struct {
	kind   string
	id     graph.ID
	body   []byte
	digest []byte
}

// newWriter prepares the commit after last of a batch, of whose records it is known what
// the store holds. Its time is never before last's.
func newWriter(last chainHead, to graph.Settlement, known graph.Known, now time.Time) *writer {
	b := &to.Fresh
	w := &writer{batch: *b, content: to.Content, rows: rowsOf(b)}
	w.head = chainHead{sequence: last.sequence + 1, micros: max(now.UnixMicro(), last.micros)}
	chain := newChainDigest(last.digest, w.head, b.ID, b.Actor, b.Reason, w.content)
	for i := range w.rows {
		chain.add(w.rows[i].kind, w.rows[i].digest)
	}
	sum, _ := parseState(last.state)
	after := knownTables(sum, known)
	after.record(w.head.sequence, &w.batch, w.rows)
	w.head.state = after.sum.bytes()
	chain.add(chainState, w.head.state)
	w.head.digest = chain.sum()
	return w
}

// rowsOf are the records of a batch as they are written.
func rowsOf(b *graph.Batch) []row {
	rows := make([]row, 0, len(b.Sources)+len(b.Entities)+len(b.Claims))
	add := func(kind string, id graph.ID, body []byte) {
		rows = append(rows, row{kind: kind, id: id, body: body, digest: digest(body)})
	}
	for i := range b.Sources {
		add(kindSource, b.Sources[i].ID, graph.Encode(&b.Sources[i]))
	}
	for i := range b.Entities {
		add(kindEntity, b.Entities[i].ID, graph.Encode(&b.Entities[i]))
	}
	for i := range b.Claims {
		add(kindClaim, b.Claims[i].ID, graph.Encode(&b.Claims[i]))
	}
	return rows
}

func (w *writer) commit() graph.Commit {
	return graph.Commit{
		Sequence: w.head.sequence, RecordedAt: w.head.time(),
		Sources: len(w.batch.Sources), Entities: len(w.batch.Entities), Claims: len(w.batch.Claims),
	}
}

const (
	insertCommitSQL = `INSERT INTO commits (sequence, recorded, batch, content, actor, reason, sources, entities, claims,
  state, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertRecordSQL = `INSERT INTO records (sequence, kind, id, body, digest) VALUES (?, ?, ?, ?, ?)`
	setSourceSQL    = `INSERT INTO sources VALUES (?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest`
	setEntitySQL    = `INSERT INTO entities VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest`
	setClaimSQL     = `INSERT INTO claims VALUES (?, ?) ON CONFLICT DO UPDATE SET counts = excluded.counts`
)

func (w *writer) write(ctx context.Context, tx *sql.Tx) error {
	b, c := &w.batch, w.commit()
	_, err := tx.ExecContext(ctx, insertCommitSQL, c.Sequence, w.head.micros, b.ID, w.content, b.Actor, b.Reason,
		c.Sources, c.Entities, c.Claims, w.head.state, w.head.digest)
	if err != nil {
		return err
	}
	err = execEach(ctx, tx, insertRecordSQL, len(w.rows), func(i int) []any {
		r := &w.rows[i]
		return []any{c.Sequence, r.kind, string(r.id), string(r.body), r.digest}
	})
	if err != nil {
		return err
	}
	return w.updateKnown(ctx, tx)
}

// updateKnown brings up to date what later batches are checked against.
func (w *writer) updateKnown(ctx context.Context, tx *sql.Tx) error {
	b, entities := &w.batch, w.rows[len(w.batch.Sources):]
	err := execEach(ctx, tx, setSourceSQL, len(b.Sources), func(i int) []any {
		return []any{string(b.Sources[i].ID), hex.EncodeToString(w.rows[i].digest)}
	})
	if err != nil {
		return err
	}
	err = execEach(ctx, tx, setEntitySQL, len(b.Entities), func(i int) []any {
		return []any{string(b.Entities[i].ID), string(b.Entities[i].Kind), hex.EncodeToString(entities[i].digest)}
	})
	if err != nil {
		return err
	}
	counts := make([]claimCounts, 0, len(b.Claims))
	for i := range b.Claims {
		c := &b.Claims[i]
		counts = append(counts, claimCounts{c.ID, true})
		if c.Predicate == graph.Retracts {
			counts = append(counts, claimCounts{c.Subject, false})
		}
	}
	return execEach(ctx, tx, setClaimSQL, len(counts), func(i int) []any {
		return []any{string(counts[i].id), counts[i].counts}
	})
}

type claimCounts struct {
	id     graph.ID
	counts bool
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
