package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
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
		Known: known, Head: graph.Commit{Sequence: last.sequence, RecordedAt: last.time()},
		Holder: func(id string) (*graph.Holder, error) { return s.holder(ctx, tx, id) },
	})
	if err != nil {
		return c, last, err
	}
	if to.Replay != nil {
		return *to.Replay, last, nil
	}
	w := newWriter(last, to, known, s.now())
	if err := w.write(ctx, tx); err != nil {
		return c, last, s.failed(ctx, "write", err)
	}
	if err := s.commit(tx); err != nil {
		return c, last, s.failed(ctx, "commit", err)
	}
	return w.commit(), w.head, nil
}

const holderSQL = `SELECT sequence, recorded, content FROM commits WHERE batch = ?`

// holder is the commit that holds the id of a batch; nil when none does.
func (s *Store) holder(ctx context.Context, tx *sql.Tx, id string) (*graph.Holder, error) {
	var h graph.Holder
	var micros int64
	err := tx.QueryRowContext(ctx, holderSQL, id).Scan(&h.Sequence, &micros, &h.Content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, s.failed(ctx, "look for the batch", err)
	}
	h.RecordedAt = fromMicros(micros)
	return &h, nil
}

// fromMicros is a time as the store keeps it.
func fromMicros(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

const (
	lastSQL = `SELECT sequence, recorded, digest, state FROM commits ORDER BY sequence DESC LIMIT 1`
	// baseSQL is for a log whose last commit has no state, or that is empty.
	baseSQL = `SELECT sequence, state FROM identity`
)

// chainHead is the last commit, which the next one is chained to.
type chainHead struct {
	sequence graph.Sequence
	micros   int64
	digest   []byte
	state    []byte // after the commit; nil where an older release wrote it
}

func (h chainHead) time() time.Time {
	if h.sequence == 0 {
		return time.Time{}
	}
	return fromMicros(h.micros)
}

// last is the last commit; its state is that of the tables now.
func (s *Store) last(ctx context.Context, q queryer) (h chainHead, err error) {
	err = q.QueryRowContext(ctx, lastSQL).Scan(&h.sequence, &h.micros, &h.digest, &h.state)
	if errors.Is(err, sql.ErrNoRows) || err == nil && h.state == nil {
		h.state, err = base(ctx, q, h.sequence)
	}
	if err != nil {
		return h, s.failed(ctx, "read the head", err)
	}
	if _, ok := parseState(h.state); !ok {
		return h, s.damaged(ctx, h.sequence)
	}
	return h, nil
}

// base is the digest over the tables after a commit that has none: what was noted when
// the file got its id, or, when an older release wrote after that, what they hold.
func base(ctx context.Context, q queryer, at graph.Sequence) (state []byte, err error) {
	var noted graph.Sequence
	if err := q.QueryRowContext(ctx, baseSQL).Scan(&noted, &state); err != nil || noted == at {
		return state, err
	}
	sum, err := sumTables(ctx, q)
	return sum.bytes(), err
}

// CROSS JOIN keeps the planner from walking the table: one seek an id.
const (
	knownEntitiesSQL = `SELECT t.id, t.kind, t.digest FROM json_each(?) j CROSS JOIN entities t ON t.id = j.value`
	knownSourcesSQL  = `SELECT t.id, t.digest FROM json_each(?) j CROSS JOIN sources t ON t.id = j.value`
	knownClaimsSQL   = `SELECT t.id, t.counts FROM json_each(?) j CROSS JOIN claims t ON t.id = j.value`
)

// known is what the store holds of what a batch needs.
func (s *Store) known(ctx context.Context, tx *sql.Tx, n graph.Needs) (graph.Known, error) {
	k := graph.Known{
		Entities: make(map[graph.ID]graph.EntityState, len(n.Entities)),
		Sources:  make(map[graph.ID]graph.RecordState, len(n.Sources)),
		Claims:   make(map[graph.ID]bool, len(n.Claims)),
	}
	var id graph.ID
	var e graph.EntityState
	var r graph.RecordState
	var counts bool
	err := errors.Join(
		queryEach(ctx, tx, knownEntitiesSQL, n.Entities, func() { k.Entities[id] = e }, &id, &e.Kind, &e.Digest),
		queryEach(ctx, tx, knownSourcesSQL, n.Sources, func() { k.Sources[id] = r }, &id, &r.Digest),
		queryEach(ctx, tx, knownClaimsSQL, n.Claims, func() { k.Claims[id] = counts }, &id, &counts),
	)
	if err != nil {
		return k, s.failed(ctx, "read what is known", err)
	}
	return k, nil
}

// queryEach runs a query about ids, and f with every row scanned into dest.
func queryEach(ctx context.Context, tx *sql.Tx, query string, ids []graph.ID, f func(), dest ...any) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, query, string(list))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		f()
	}
	return rows.Err()
}
