package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
)

// Apply is graph.Store's.
func (s *Store) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	if err := s.beginCall(ctx); err != nil {
		return graph.Commit{}, err
	}
	defer s.endCall()
	if err := s.writable(); err != nil {
		return graph.Commit{}, err
	}
	c, last, err := s.apply(ctx, b.Normalised())
	if err != nil {
		return graph.Commit{}, err
	}
	if err := s.acknowledge(ctx, last); err != nil {
		return graph.Commit{}, fmt.Errorf("commit: %w", err)
	}
	if !c.Replayed {
		s.committed(ctx, c.Sequence)
	}
	return c, nil
}

// apply commits what is new of a batch. last is the last commit of the log after it.
func (s *Store) apply(ctx context.Context, b graph.Batch) (c graph.Commit, last chainHead, err error) {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return c, last, s.failed(ctx, "begin", err)
	}
	defer func() { _ = tx.Rollback() }()
	if last, err = s.last(ctx, tx); err != nil {
		return c, last, err
	}
	if err := s.checkRestored(ctx, tx, "apply"); err != nil {
		return c, last, err
	}
	known, err := s.known(ctx, tx, b.Needs())
	if err != nil {
		return c, last, err
	}
	to, err := graph.Settle(b, graph.Log{
		Known: known, Head: graph.Commit{Sequence: last.sequence, Numbers: last.numbers, RecordedAt: last.time()},
		Holder:   func(id string, writer graph.Marking) (*graph.Holder, error) { return s.holder(ctx, tx, id, writer) },
		Records:  func(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] { return s.naming(ctx, tx, ids) },
		Redacted: func() (map[string]graph.Marking, error) { return s.redacted(ctx, tx) },
		Lines:    func(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] { return s.lines(ctx, tx, last.records, ids) },
	})
	if err != nil {
		return c, last, err
	}
	if to.Replay != nil {
		return *to.Replay, last, nil
	}
	now := s.now()
	if err := s.inOrder(ctx, tx, last, &to, now); err != nil {
		return c, last, err
	}
	if known, err = s.knownToo(ctx, tx, known, to.Held, len(to.Marked) > 0); err != nil {
		return c, last, err
	}
	w := newWriter(last, to.Change(last.sequence+1, now), known, to.Held, to.Marked)
	w.notices = to.Notices
	if err := w.write(ctx, tx); err != nil {
		return c, last, s.failed(ctx, "write", err)
	}
	if err := s.commit(tx); err != nil {
		return c, last, s.failed(ctx, "commit", err)
	}
	return w.commit(), w.chainHead, nil
}

// knownToo adds what is known of ids of which it is said what is held then, where some are
// not among those that are known: what a batch marks concerns others than it names.
func (s *Store) knownToo(ctx context.Context, tx *sql.Tx, known, held graph.Known, more bool) (graph.Known, error) {
	if !more {
		return known, nil
	}
	var ids []graph.ID
	for id := range held {
		if _, ok := known[id]; !ok {
			ids = append(ids, id)
		}
	}
	all, err := s.known(ctx, tx, ids)
	if err == nil {
		maps.Copy(all, known)
	}
	return all, err
}

const holderSQL = `SELECT sequence, clear, green, amber, amber_strict, recorded, content
FROM commits WHERE batch = ? AND writer = ?`

// holder is the commit that holds the id of a batch for writers of a clearance; nil when
// none does.
func (s *Store) holder(ctx context.Context, tx *sql.Tx, id string, writer graph.Marking) (*graph.Holder, error) {
	var h graph.Holder
	var micros int64
	n := &h.Numbers
	err := tx.QueryRowContext(ctx, holderSQL, id, level(writer)).
		Scan(&n[4], &n[0], &n[1], &n[2], &n[3], &micros, &h.Content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, s.failed(ctx, "look for the batch", err)
	}
	h.RecordedAt = fromMicros(micros)
	return &h, nil
}

const placedSQL = `SELECT r.number, r.kind, r.id, r.body, r.stamp, r.marking, c.writer
FROM records r JOIN commits c USING (sequence) WHERE r.redacted = 0 AND `

// namingSQL reads all of the log: what is asked so seldom has no index, and a search in
// the statement would look for every id in every record.
const namingSQL = placedSQL + `true ORDER BY r.number`

// naming yields the records that have one of some ids or name one, in order.
func (s *Store) naming(ctx context.Context, tx *sql.Tx, ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
	if len(ids) == 0 {
		return func(func(graph.Placed, error) bool) {}
	}
	found := s.placed(ctx, tx, func(r *row) bool { return r.quotes(ids) }, namingSQL)
	return func(yield func(graph.Placed, error) bool) {
		for p, err := range found {
			if (err != nil || slices.ContainsFunc(p.Mentions(), func(id graph.ID) bool { return ids[id] })) && !yield(p, err) {
				return
			}
		}
	}
}

const (
	linesSQL    = placedSQL + `r.number > ? AND r.kind = 'entity' ORDER BY r.number`
	atPlacesSQL = placedSQL + `r.number IN (SELECT value FROM json_each(?)) AND r.kind = 'entity' ORDER BY r.number`
)

// lines yields the records of entities, up to the last of the log, that may say what one of
// some claims says, in order.
func (s *Store) lines(ctx context.Context, tx *sql.Tx, last uint64, ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
	all := func(*row) bool { return true }
	return func(yield func(graph.Placed, error) bool) {
		places, err := s.lineIndex.Places(ids, last, func(place uint64) iter.Seq2[graph.Placed, error] {
			return s.placed(ctx, tx, all, linesSQL, place)
		})
		if err != nil {
			yield(graph.Placed{}, err)
			return
		}
		list, _ := json.Marshal(places) // of numbers alone
		for p, err := range s.placed(ctx, tx, all, atPlacesSQL, string(list)) {
			if !yield(p, err) || err != nil {
				return
			}
		}
	}
}

// placed is eachPlaced with an error of the store, which ends it.
func (s *Store) placed(
	ctx context.Context, tx *sql.Tx, keep func(*row) bool, query string, args ...any,
) iter.Seq2[graph.Placed, error] {
	return func(yield func(graph.Placed, error) bool) {
		for p, err := range eachPlaced(ctx, tx, keep, query, args...) {
			if err != nil {
				yield(graph.Placed{}, s.failed(ctx, "look for records", err))
				return
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// quotes reports whether one of some ids stands in a record between two quotes, as every
// id does that it has or names.
func (r *row) quotes(ids map[graph.ID]bool) bool {
	for text := r.body; ; {
		_, rest, _ := bytes.Cut(text, quote)
		end := bytes.IndexByte(rest, '"')
		if end < 0 {
			return false
		}
		if ids[graph.ID(rest[:end])] {
			return true
		}
		text = rest[end:]
	}
}

var quote = []byte(`"`)

// jsonOf is a JSON list of ids.
func jsonOf(ids map[graph.ID]bool) string {
	list, _ := json.Marshal(slices.Sorted(maps.Keys(ids))) // of texts alone
	return string(list)
}

// eachPlaced yields those to keep of the records that a query gives, which begins with
// placedSQL.
func eachPlaced(
	ctx context.Context, q queryer, keep func(r *row) bool, query string, args ...any,
) iter.Seq2[graph.Placed, error] {
	return func(yield func(graph.Placed, error) bool) {
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			yield(graph.Placed{}, err)
			return
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			r, writer, err := placedRow(rows)
			if err == nil && !keep(&r) {
				continue
			}
			var p graph.Placed
			if err == nil {
				p, err = r.decode()
			}
			if p.Writer = writer; !yield(p, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(graph.Placed{}, err)
		}
	}
}

// placedRow reads a record and the clearance of its writer.
func placedRow(rows *sql.Rows) (r row, writer graph.Marking, err error) {
	var stamp, marking, by int
	err = rows.Scan(&r.number, &r.kind, &r.id, &r.body, &stamp, &marking, &by)
	r.seal = graph.Seal{Stamp: markingOf(stamp), InForce: markingOf(marking)}
	return r, markingOf(by), err
}

// alone is a batch of one record.
func alone(p *graph.Placed) graph.Batch {
	b := graph.Batch{Clearance: p.Writer}
	switch {
	case p.Source != nil:
		b.Sources = []graph.Source{*p.Source}
	case p.Entity != nil:
		b.Entities = []graph.Entity{*p.Entity}
	case p.Claim != nil:
		b.Claims = []graph.Claim{*p.Claim}
	}
	return b
}

// fromMicros is a time as the store keeps it.
func fromMicros(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

const (
	lastSQL = `SELECT sequence, clear, green, amber, amber_strict, recorded, digest, state, sealed,
  (SELECT ifnull(max(number), 0) FROM records)
FROM commits ORDER BY sequence DESC LIMIT 1`
	// baseSQL is for a log whose last commit has no digest over the table, or that is empty.
	baseSQL = `SELECT sequence, state FROM identity`
)

func (h chainHead) time() time.Time {
	if h.sequence == 0 {
		return time.Time{}
	}
	return fromMicros(h.micros)
}

// last is the last commit; its state is that of the table now.
func (s *Store) last(ctx context.Context, q queryer) (h chainHead, err error) {
	n := &h.numbers
	err = q.QueryRowContext(ctx, lastSQL).
		Scan(&h.sequence, &n[0], &n[1], &n[2], &n[3], &h.micros, &h.digest, &h.state, &h.sealed, &h.records)
	n[4] = h.sequence
	noted := h.sequence
	if errors.Is(err, sql.ErrNoRows) || err == nil && !h.sealed {
		err = q.QueryRowContext(ctx, baseSQL).Scan(&noted, &h.state)
	}
	if err != nil {
		return h, s.failed(ctx, "read the head", err)
	}
	if _, ok := parseState(h.state); !ok || noted != h.sequence {
		return h, s.damaged(ctx, h.sequence)
	}
	return h, nil
}
