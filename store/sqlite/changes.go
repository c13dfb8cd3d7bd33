package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/rabta/rabta/graph"
)

const headSQL = `SELECT ifnull(max(sequence), 0) FROM commits`

// Head is graph.Store's.
func (s *Store) Head(ctx context.Context) (head graph.Sequence, err error) {
	if err := s.beginCall(ctx); err != nil {
		return 0, err
	}
	defer s.endCall()
	if err := s.readers.QueryRowContext(ctx, headSQL).Scan(&head); err != nil {
		return 0, s.failed(ctx, "read the head", err)
	}
	return head, nil
}

// Changes is graph.Store's. It reads a page at a time and holds no connection
// while the caller works, so a slow caller keeps nothing from being tidied up.
func (s *Store) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	head, err := s.Head(ctx)
	return func(yield func(graph.Change, error) bool) {
		if err != nil {
			yield(graph.Change{}, err)
			return
		}
		for at := (cursor{sequence: since}); at.sequence < head; {
			page, err := s.page(ctx, &at, head)
			for i := range page {
				if !yield(page[i], nil) {
					return
				}
			}
			if err != nil {
				yield(graph.Change{}, err)
				return
			}
		}
	}
}

// cursor is where a reader of the log stands.
type cursor struct {
	sequence graph.Sequence
	digest   []byte // of that commit; nil when it was not read
}

// A page is this many records at most, or one commit.
const (
	pageRecords = 4_000
	pageCommits = 1_000
)

// page reads the commits after a cursor and moves it. With an error it returns
// the commits before the one that could not be read.
func (s *Store) page(ctx context.Context, at *cursor, head graph.Sequence) ([]graph.Change, error) {
	if err := s.beginCall(ctx); err != nil {
		return nil, err
	}
	defer s.endCall()
	if err := s.loadDigest(ctx, at); err != nil {
		return nil, err
	}
	commits, err := s.commits(ctx, *at, head)
	if err != nil {
		return nil, s.failed(ctx, "read commits", err)
	}
	if err := s.records(ctx, commits); err != nil {
		return nil, s.failed(ctx, "read records", err)
	}
	out := make([]graph.Change, 0, len(commits))
	for i := range commits {
		c := &commits[i]
		if c.sequence != at.sequence+1 || !c.intact(at.digest) || !c.decode() {
			return out, s.damaged(ctx, at.sequence+1)
		}
		out = append(out, c.Change)
		*at = cursor{c.sequence, c.digest}
	}
	if len(out) == 0 {
		return nil, s.damaged(ctx, at.sequence+1)
	}
	return out, nil
}

const digestSQL = `SELECT digest FROM commits WHERE sequence = ?`

// loadDigest fills in the digest of the commit at the cursor.
func (s *Store) loadDigest(ctx context.Context, at *cursor) error {
	if at.sequence == 0 || at.digest != nil {
		return nil
	}
	err := s.readers.QueryRowContext(ctx, digestSQL, at.sequence).Scan(&at.digest)
	if errors.Is(err, sql.ErrNoRows) {
		return s.damaged(ctx, at.sequence)
	}
	if err != nil {
		return s.failed(ctx, "read a commit", err)
	}
	return nil
}

// entry is a commit as the log holds it.
type entry struct {
	chainHead
	graph.Change
	counts [3]int // sources, entities, claims
	rows   []row
}

const commitsSQL = `SELECT sequence, recorded, batch, content, actor, reason, sources, entities, claims, digest
FROM commits WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?`

// commits reads the commits of the next page, without their records.
func (s *Store) commits(ctx context.Context, at cursor, head graph.Sequence) ([]entry, error) {
	rows, err := s.readers.QueryContext(ctx, commitsSQL, at.sequence, head, pageCommits)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []entry
	total := 0
	for rows.Next() {
		var e entry
		err := rows.Scan(&e.chainHead.sequence, &e.micros, &e.Batch, &e.Content, &e.Actor, &e.Reason,
			&e.counts[0], &e.counts[1], &e.counts[2], &e.digest)
		if err != nil {
			return nil, err
		}
		total += e.size()
		if len(out) > 0 && total > pageRecords {
			break
		}
		e.Sequence, e.Recorded = e.chainHead.sequence, e.time()
		out = append(out, e)
	}
	return out, rows.Err()
}

func (e *entry) size() int { return e.counts[0] + e.counts[1] + e.counts[2] }

const recordsSQL = `SELECT sequence, kind, id, body, digest
FROM records WHERE sequence BETWEEN ? AND ? ORDER BY sequence, number`

// records reads the records of a run of commits.
func (s *Store) records(ctx context.Context, commits []entry) error {
	if len(commits) == 0 {
		return nil
	}
	first := commits[0].chainHead.sequence
	rows, err := s.readers.QueryContext(ctx, recordsSQL, first, commits[len(commits)-1].chainHead.sequence)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var at graph.Sequence
		var r row
		if err := rows.Scan(&at, &r.kind, &r.id, &r.body, &r.digest); err != nil {
			return err
		}
		if i := int(at - first); i < len(commits) {
			commits[i].rows = append(commits[i].rows, r)
		}
	}
	return rows.Err()
}

// intact reports whether the commit and its records are what was written.
func (e *entry) intact(previous []byte) bool {
	if len(e.rows) != e.size() {
		return false
	}
	chain := newChainDigest(previous, e.chainHead, e.Batch, e.Actor, e.Reason, e.Content)
	for i := range e.rows {
		if r := &e.rows[i]; !bytes.Equal(digest(r.body), r.digest) {
			return false
		}
		chain.add(e.rows[i].kind, e.rows[i].digest)
	}
	return bytes.Equal(chain.sum(), e.chainHead.digest)
}

// decode reads the records into the change, and reports whether they could be.
func (e *entry) decode() bool {
	e.Sources = make([]graph.Source, 0, e.counts[0])
	e.Entities = make([]graph.Entity, 0, e.counts[1])
	e.Claims = make([]graph.Claim, 0, e.counts[2])
	for i := range e.rows {
		var err error
		switch body := e.rows[i].body; e.rows[i].kind {
		case kindSource:
			e.Sources, err = read(e.Sources, body)
		case kindEntity:
			e.Entities, err = read(e.Entities, body)
		case kindClaim:
			e.Claims, err = read(e.Claims, body)
		}
		if err != nil {
			return false
		}
	}
	for i := range e.Claims {
		e.Claims[i].Sequence, e.Claims[i].RecordedAt = e.Sequence, e.Recorded
	}
	return true
}

func read[R any](list []R, body []byte) ([]R, error) {
	r, err := graph.Decode[R](body)
	return append(list, r), err
}
