package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"hash"
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
	head  link // of the commit to write
	batch graph.Batch
	rows  []row
}

// row is a record as it is written.
type row struct {
	kind   string
	id     graph.ID
	body   []byte
	digest []byte
}

// newWriter prepares the commit after last. Its time is never before last's.
func newWriter(last link, b graph.Batch, now time.Time) *writer {
	w := &writer{batch: b, rows: make([]row, 0, len(b.Sources)+len(b.Entities)+len(b.Claims))}
	for i := range b.Sources {
		w.add(kindSource, b.Sources[i].ID, graph.Encode(&b.Sources[i]))
	}
	for i := range b.Entities {
		w.add(kindEntity, b.Entities[i].ID, graph.Encode(&b.Entities[i]))
	}
	for i := range b.Claims {
		w.add(kindClaim, b.Claims[i].ID, graph.Encode(&b.Claims[i]))
	}
	w.head = link{sequence: last.sequence + 1, micros: max(now.UnixMicro(), last.micros)}
	seal := newSeal(last.digest, w.head, b.ID, b.Actor, b.Reason)
	for i := range w.rows {
		seal.add(w.rows[i].kind, w.rows[i].digest)
	}
	w.head.digest = seal.sum()
	return w
}

func (w *writer) add(kind string, id graph.ID, body []byte) {
	w.rows = append(w.rows, row{kind: kind, id: id, body: body, digest: digest(body)})
}

func (w *writer) outcome() graph.Commit {
	return graph.Commit{
		Sequence: w.head.sequence, RecordedAt: w.head.time(),
		Sources: len(w.batch.Sources), Entities: len(w.batch.Entities), Claims: len(w.batch.Claims),
	}
}

const (
	insertCommitSQL = `INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertRecordSQL = `INSERT INTO records (sequence, kind, id, body, digest) VALUES (?, ?, ?, ?, ?)`
	setSourceSQL    = `INSERT INTO sources VALUES (?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest`
	setEntitySQL    = `INSERT INTO entities VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest`
	setClaimSQL     = `INSERT INTO claims VALUES (?, ?) ON CONFLICT DO UPDATE SET counts = excluded.counts`
)

func (w *writer) write(ctx context.Context, tx *sql.Tx) error {
	b, o := &w.batch, w.outcome()
	_, err := tx.ExecContext(ctx, insertCommitSQL, o.Sequence, w.head.micros, b.ID, b.Actor, b.Reason, o.Sources, o.Entities, o.Claims, w.head.digest)
	if err != nil {
		return err
	}
	err = prepared(ctx, tx, insertRecordSQL, len(w.rows), func(i int) []any {
		r := &w.rows[i]
		return []any{o.Sequence, r.kind, string(r.id), string(r.body), r.digest}
	})
	if err != nil {
		return err
	}
	return w.state(ctx, tx)
}

// state brings up to date what later batches are checked against.
func (w *writer) state(ctx context.Context, tx *sql.Tx) error {
	b, entities := &w.batch, w.rows[len(w.batch.Sources):]
	err := prepared(ctx, tx, setSourceSQL, len(b.Sources), func(i int) []any {
		return []any{string(b.Sources[i].ID), hex.EncodeToString(w.rows[i].digest)}
	})
	if err != nil {
		return err
	}
	err = prepared(ctx, tx, setEntitySQL, len(b.Entities), func(i int) []any {
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
	return prepared(ctx, tx, setClaimSQL, len(counts), func(i int) []any {
		return []any{string(counts[i].id), counts[i].counts}
	})
}

type claimCounts struct {
	id     graph.ID
	counts bool
}

// prepared runs one statement n times.
func prepared(ctx context.Context, tx *sql.Tx, query string, n int, args func(i int) []any) error {
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

// seal is the digest of a commit: a chain over all that was ever recorded.
type seal struct{ h hash.Hash }

func newSeal(previous []byte, l link, texts ...string) seal {
	s := seal{sha256.New()}
	s.bytes(previous)
	s.number(uint64(l.sequence))
	s.number(uint64(l.micros))
	for _, t := range texts {
		s.bytes([]byte(t))
	}
	return s
}

func (s seal) number(n uint64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	s.h.Write(b[:])
}

// bytes adds a length in front, so that no two lists of texts give one digest.
func (s seal) bytes(b []byte) {
	s.number(uint64(len(b)))
	s.h.Write(b)
}

func (s seal) add(kind string, digest []byte) {
	s.bytes([]byte(kind))
	s.bytes(digest)
}

func (s seal) sum() []byte { return s.h.Sum(nil) }
