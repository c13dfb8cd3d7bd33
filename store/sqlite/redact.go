package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
)

var _ graph.Sweeper = (*Store)(nil)

// Redact is graph.Redactor's. The pages of the file hold what was there until Sweep.
func (s *Store) Redact(ctx context.Context, r graph.Redaction) (graph.Commit, error) {
	if err := s.beginCall(ctx); err != nil {
		return graph.Commit{}, err
	}
	defer s.endCall()
	if err := s.writable(); err != nil {
		return graph.Commit{}, err
	}
	c, last, err := s.redact(ctx, &r)
	if err != nil {
		return graph.Commit{}, err
	}
	if err := s.acknowledge(ctx, last); err != nil {
		return graph.Commit{}, fmt.Errorf("commit: %w", err)
	}
	s.committed(ctx, c.Sequence)
	return c, nil
}

const beginSweepSQL = `INSERT INTO sweeping VALUES (0) ON CONFLICT DO NOTHING`

// redact commits a redaction. last is the last commit of the log after it.
func (s *Store) redact(ctx context.Context, r *graph.Redaction) (c graph.Commit, last chainHead, err error) {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return c, last, s.failed(ctx, "begin", err)
	}
	defer func() { _ = tx.Rollback() }()
	if last, err = s.last(ctx, tx); err != nil {
		return c, last, err
	}
	if err := s.checkRestored(ctx, tx, "redact"); err != nil {
		return c, last, err
	}
	to, err := r.Settle(graph.RedactionLog{
		Head:    graph.Commit{Sequence: last.sequence, Numbers: last.numbers, RecordedAt: last.time()},
		Records: func(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] { return s.naming(ctx, tx, ids) },
		Where:   func(place uint64) (graph.Sequence, int, error) { return s.where(ctx, tx, place) },
		Commit:  func(n graph.Sequence) (graph.Change, error) { return s.silenceable(ctx, tx, n) },
	}, fromMicros(s.now().UnixMicro()))
	if err != nil {
		return c, last, err
	}
	if err := s.buryMerged(ctx, tx, last.sequence, &to); err != nil {
		return c, last, err
	}
	return s.writeBurial(ctx, tx, last, &to)
}

// writeBurial commits what is to become of the log by a redaction.
func (s *Store) writeBurial(ctx context.Context, tx *sql.Tx, last chainHead, to *graph.Burial) (c graph.Commit, _ chainHead, err error) {
	s.merged = nil // it holds what is to go
	known, err := s.knownToo(ctx, tx, graph.Known{}, to.Held, true)
	if err != nil {
		return c, last, err
	}
	w := newWriter(last, to.Change, known, to.Held, nil)
	if err := errors.Join(w.write(ctx, tx), s.bury(ctx, tx, to)); err != nil {
		return c, last, s.failed(ctx, "write", err)
	}
	if len(to.Change.Redacts) > 0 {
		if _, err := tx.ExecContext(ctx, beginSweepSQL); err != nil {
			return c, last, s.failed(ctx, "write", err)
		}
	}
	if err := s.commit(tx); err != nil {
		return c, last, s.failed(ctx, "commit", err)
	}
	c = w.commit()
	c.Buried = len(to.Buried)
	return c, w.chainHead, nil
}

const whereSQL = `SELECT sequence, number - (SELECT min(number) FROM records f WHERE f.sequence = r.sequence)
FROM records r WHERE number = ?`

// where is where a record stands, by its number.
func (s *Store) where(ctx context.Context, tx *sql.Tx, number uint64) (commit graph.Sequence, n int, err error) {
	if err := tx.QueryRowContext(ctx, whereSQL, number).Scan(&commit, &n); err != nil {
		return 0, 0, s.failed(ctx, "look for a record", err)
	}
	return commit, n, nil
}

// silenceable reads a commit of which what it says of itself is to go.
func (s *Store) silenceable(ctx context.Context, tx *sql.Tx, n graph.Sequence) (graph.Change, error) {
	held, err := s.entries(ctx, tx, n-1, n, 1)
	switch {
	case err != nil:
		return graph.Change{}, s.failed(ctx, "read a commit", err)
	case len(held) != 1 || held[0].decode(nil) != "":
		return graph.Change{}, s.damaged(ctx, n)
	case held[0].said == nil:
		return graph.Change{}, graph.SealedWhole(n)
	}
	return held[0].Change, nil
}

const (
	buryRecordSQL = `UPDATE records SET id = ?, body = ?, redacted = 1 WHERE number = ? AND digest = ? AND redacted = 0`
	silenceSQL    = `UPDATE commits SET actor = '', reason = '', batch = ? WHERE sequence = ?`
	// A reason stands in the tombstones that it made, too.
	unreasonSQL = `UPDATE records SET body = json_remove(body, '$.reason')
WHERE redacted = 1 AND json_extract(body, '$.by') = ?`
)

// bury puts tombstones in the places of records, and takes out what commits say of
// themselves.
func (s *Store) bury(ctx context.Context, tx *sql.Tx, to *graph.Burial) error {
	for i := range to.Buried {
		b := &to.Buried[i]
		r := buried(&b.Tombstone)
		done, err := tx.ExecContext(ctx, buryRecordSQL, string(buriedID(b.Record)), string(r.body), b.Record, r.digest)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, s.damaged(ctx, b.Commit))
		}
	}
	for _, r := range to.Change.Redacts {
		if r.Place != graph.WhatItSaid {
			continue
		}
		if _, err := tx.ExecContext(ctx, silenceSQL, graph.Silenced(r.Commit), r.Commit); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, unreasonSQL, r.Commit); err != nil {
			return err
		}
	}
	return nil
}

// buriedID is what a record that was redacted has in the place of its id.
func buriedID(number uint64) graph.ID { return graph.ID(fmt.Sprintf("redacted-%d", number)) }

// grave is the body of a record that was redacted.
type grave struct {
	By     graph.Sequence `json:"by"`
	At     time.Time      `json:"at"`
	Reason string         `json:"reason,omitempty"`
	Counts graph.Marking  `json:"counts,omitempty"`
	Key    string         `json:"key,omitempty"`
	Name   string         `json:"name,omitempty"`
	Told   graph.Marking  `json:"told,omitempty"`
	Whole  graph.Marking  `json:"whole,omitempty"`
}

// buried is a tombstone as it is written; it has no number yet.
func buried(t *graph.Tombstone) row {
	body, _ := json.Marshal(grave{t.By, t.At.UTC(), t.Reason, t.Counts, t.Key, t.Name, t.Told, t.Whole}) // which never fails
	digest, _ := hex.DecodeString(t.Digest)
	return row{kind: string(t.Type), body: body, digest: digest, seal: t.Seal, redacted: true}
}

// tombstone reads what buried gave.
func (r *row) tombstone() (t graph.Tombstone, ok bool) {
	g, err := graph.Decode[grave](r.body)
	return graph.Tombstone{
		Type: graph.RecordType(r.kind), Digest: hex.EncodeToString(r.digest), Seal: r.seal,
		By: g.By, At: g.At, Reason: g.Reason, Counts: g.Counts, Key: g.Key,
		Name: g.Name, Told: g.Told, Whole: g.Whole,
	}, err == nil && r.id == buriedID(r.number)
}

// saidOf is the digest of what a change says of itself.
func saidOf(c *graph.Change) []byte {
	sum, _ := hex.DecodeString(c.SaidDigest())
	return sum
}

// readSaid reads what the columns of a commit say of redactions.
func (e *entry) readSaid() {
	if e.said != nil && e.Actor == "" && e.Reason == "" && e.Batch == graph.Silenced(e.Sequence) &&
		!bytes.Equal(e.said, saidOf(&e.Change)) {
		e.Unsaid = hex.EncodeToString(e.said)
	}
	list, _ := redactsOf(e.redacted)
	for _, r := range list {
		if r.Commit < e.Sequence {
			e.Redacts = append(e.Redacts, r)
		}
	}
}

// own is what was gone of the commit when it was written.
func (e *entry) own() []graph.Redacted {
	list, _ := redactsOf(e.redacted)
	return slices.DeleteFunc(list, func(r graph.Redacted) bool { return r.Commit != e.Sequence })
}

// saidFault says that what a commit says of itself is not what it said.
func (e *entry) saidFault() string {
	if _, ok := redactsOf(e.redacted); !ok {
		return "what it redacts cannot be read"
	}
	if e.said != nil && !bytes.Equal(e.said, saidOf(&e.Change)) {
		return "what it says of itself does not match its digest"
	}
	return ""
}

// redactsText is what a commit redacts, as it keeps it: a JSON list of commit, place, stamp
// and marking in force in turn; empty when it redacts nothing.
func redactsText(list []graph.Redacted) string {
	if len(list) == 0 {
		return ""
	}
	numbers := make([]int64, 0, 4*len(list))
	for _, r := range list {
		numbers = append(numbers, int64(r.Commit), int64(r.Place), int64(level(r.Stamp)), int64(level(r.InForce)))
	}
	text, _ := json.Marshal(numbers) // of numbers alone
	return string(text)
}

// redactsOf reads what redactsText gave.
func redactsOf(text string) (list []graph.Redacted, ok bool) {
	if text == "" {
		return nil, true
	}
	var numbers []int64
	if json.Unmarshal([]byte(text), &numbers) != nil || len(numbers)%4 != 0 {
		return nil, false
	}
	for n := range slices.Chunk(numbers, 4) {
		seal := graph.Seal{Stamp: markingOf(int(n[2])), InForce: markingOf(int(n[3]))}
		if n[0] < 1 || n[1] < graph.WhatItSaid || seal.Stamp == "" || seal.InForce == "" {
			return nil, false
		}
		list = append(list, graph.Redacted{Commit: graph.Sequence(n[0]), Place: int(n[1]), Seal: seal})
	}
	return list, true
}

const redactedSQL = `SELECT number, sequence, kind, id, body, digest, marking FROM records WHERE redacted = 1`

// redacted are the digests of the tombstones.
func (s *Store) redacted(ctx context.Context, tx *sql.Tx) (map[string]graph.Marking, error) {
	out := map[string]graph.Marking{}
	rows, err := tx.QueryContext(ctx, redactedSQL)
	if err != nil {
		return nil, s.failed(ctx, "look for tombstones", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r row
		var at graph.Sequence
		var marking int
		if err := rows.Scan(&r.number, &at, &r.kind, &r.id, &r.body, &r.digest, &marking); err != nil {
			return nil, s.failed(ctx, "look for tombstones", err)
		}
		r.seal.InForce = markingOf(marking)
		t, ok := r.tombstone()
		if !ok {
			return nil, s.damaged(ctx, at)
		}
		t.AddTo(out)
	}
	if err := rows.Err(); err != nil {
		return nil, s.failed(ctx, "look for tombstones", err)
	}
	if err := s.readElsewhere(ctx, tx); err != nil {
		return nil, err
	}
	for _, t := range s.elsewhere.tombstones {
		t.AddTo(out)
	}
	return out, nil
}

// elsewhere are the tombstones that came from other stores, up to a commit.
type elsewhere struct {
	upTo       graph.Sequence
	tombstones []graph.Remains
}

const elsewhereSQL = `SELECT sequence, CASE WHEN instr(origin, '"tombstones"') > 0 THEN origin ELSE '' END
FROM commits WHERE sequence > ? ORDER BY sequence`

// readElsewhere reads on, in a transaction that writes, what came from other stores.
func (s *Store) readElsewhere(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, elsewhereSQL, s.elsewhere.upTo)
	if err != nil {
		return s.failed(ctx, "look for tombstones", err)
	}
	defer func() { _ = rows.Close() }()
	read := s.elsewhere
	for rows.Next() {
		var text string
		if err := rows.Scan(&read.upTo, &text); err != nil {
			return s.failed(ctx, "look for tombstones", err)
		}
		var o graph.Origin
		if text != "" && json.Unmarshal([]byte(text), &o) != nil {
			return s.damaged(ctx, read.upTo)
		}
		read.tombstones = append(read.tombstones, o.Tombstones...)
	}
	if err := rows.Err(); err != nil {
		return s.failed(ctx, "look for tombstones", err)
	}
	s.elsewhere = read
	return nil
}

// gone is what commits took out of a log.
type gone map[graph.Redacted]bool

// all reports whether all that is gone of a change was taken out by a commit.
func (g gone) all(c *graph.Change) bool {
	return !slices.ContainsFunc(c.Gone(), func(r graph.Redacted) bool { return !g[r] })
}

const allRedactsSQL = `SELECT sequence, redacted FROM commits WHERE redacted <> '' ORDER BY sequence`

// eachRedacts calls f with what each commit redacts, as it keeps it.
func eachRedacts(ctx context.Context, q queryer, f func(by graph.Sequence, list []graph.Redacted)) error {
	if version, err := userVersion(ctx, q); err != nil || version < redactVersion {
		return err
	}
	rows, err := q.QueryContext(ctx, allRedactsSQL)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var by graph.Sequence
		var text string
		if err := rows.Scan(&by, &text); err != nil {
			return err
		}
		list, _ := redactsOf(text)
		f(by, list)
	}
	return rows.Err()
}

// madeGone is what all commits of a file took out of it.
func (s *Store) madeGone(ctx context.Context, q queryer) (gone, error) {
	out := gone{}
	err := eachRedacts(ctx, q, func(_ graph.Sequence, list []graph.Redacted) {
		for _, r := range list {
			out[r] = true
		}
	})
	return out, err
}
