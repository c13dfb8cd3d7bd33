package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// entry is a commit as the log holds it.
type entry struct {
	chainHead
	graph.Change
	counts [3]int64 // sources, entities, claims
	rows   []row
}

func (e *entry) size() int64 { return e.counts[0] + e.counts[1] + e.counts[2] }

// entries reads at most n commits after a sequence, and up to another, with their
// records.
func (s *Store) entries(ctx context.Context, q queryer, after, to graph.Sequence, n int) ([]entry, error) {
	out, err := s.commits(ctx, q, after, to, n)
	if err != nil {
		return nil, err
	}
	return out, readRecords(ctx, q, out)
}

// commitsSQL has a %s for each column that old files lack.
const commitsSQL = `SELECT sequence, recorded, batch, %s, actor, reason, sources, entities, claims, %s, digest
FROM commits WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?`

// commits reads commits, without their records.
func (s *Store) commits(ctx context.Context, q queryer, after, to graph.Sequence, n int) ([]entry, error) {
	query, err := s.commitsQuery(ctx, q)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, query, after, to, n)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []entry
	total := int64(0)
	for rows.Next() {
		var e entry
		err := rows.Scan(&e.chainHead.sequence, &e.micros, &e.Batch, &e.Content, &e.Actor, &e.Reason,
			&e.counts[0], &e.counts[1], &e.counts[2], &e.state, &e.digest)
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

// commitsQuery is commitsSQL for the version of the file, which may be older where it
// is only read; another process may bring it up to date at any time.
func (s *Store) commitsQuery(ctx context.Context, q queryer) (string, error) {
	content, state := "content", "state"
	if s.readOnly {
		version, err := userVersion(ctx, q)
		if err != nil {
			return "", err
		}
		if version < contentVersion {
			content = "''"
		}
		if version < stateVersion {
			state = "NULL"
		}
	}
	return fmt.Sprintf(commitsSQL, content, state), nil
}

// userVersion is how many migrations the file has had.
func userVersion(ctx context.Context, q queryer) (version int, err error) {
	err = q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return version, err
}

const recordsSQL = `SELECT sequence, kind, id, body, digest
FROM records WHERE sequence BETWEEN ? AND ? ORDER BY sequence, number`

// readRecords reads the records of a run of commits.
func readRecords(ctx context.Context, q queryer, commits []entry) error {
	if len(commits) == 0 {
		return nil
	}
	last := commits[len(commits)-1].chainHead.sequence
	rows, err := q.QueryContext(ctx, recordsSQL, commits[0].chainHead.sequence, last)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for i := 0; rows.Next(); {
		var at graph.Sequence
		var r row
		if err := rows.Scan(&at, &r.kind, &r.id, &r.body, &r.digest); err != nil {
			return err
		}
		for commits[i].chainHead.sequence < at {
			i++
		}
		if commits[i].chainHead.sequence == at { // else it is a record of no commit
			commits[i].rows = append(commits[i].rows, r)
		}
	}
	return rows.Err()
}

// fault says how the commit and its records are not what was written, and reads the
// records into the change; "" when all is well. previous is the digest of the commit
// before.
func (e *entry) fault(previous []byte) string {
	if what := e.recordFault(); what != "" {
		return what
	}
	chain := newChainDigest(previous, e.chainHead, e.Batch, e.Actor, e.Reason, e.Content)
	for i := range e.rows {
		chain.add(e.rows[i].kind, e.rows[i].digest)
	}
	if e.state != nil {
		chain.add(chainState, e.state)
	}
	if !bytes.Equal(chain.sum(), e.chainHead.digest) {
		return "it does not match its digest, which is over all that it holds and the digest of the commit before"
	}
	return ""
}

// recordFault is fault for the records alone.
func (e *entry) recordFault() string {
	if n := int64(len(e.rows)); n != e.size() {
		return fmt.Sprintf("it has %d records and says that it has %d", n, e.size())
	}
	for i := range e.rows {
		if r := &e.rows[i]; !bytes.Equal(digest(r.body), r.digest) {
			return fmt.Sprintf("the record %s does not match its digest", r.id)
		}
	}
	return e.decode()
}

// decode reads the records into the change, and says which could not be.
func (e *entry) decode() string {
	e.Sources, e.Entities, e.Claims = []graph.Source{}, []graph.Entity{}, []graph.Claim{}
	for i := range e.rows {
		var err error
		var id graph.ID
		switch body := e.rows[i].body; e.rows[i].kind {
		case kindSource:
			e.Sources, err = read(e.Sources, body)
			id = e.Sources[len(e.Sources)-1].ID
		case kindEntity:
			e.Entities, err = read(e.Entities, body)
			id = e.Entities[len(e.Entities)-1].ID
		case kindClaim:
			e.Claims, err = read(e.Claims, body)
			id = e.Claims[len(e.Claims)-1].ID
		}
		if err != nil || id != e.rows[i].id {
			return fmt.Sprintf("the record %s cannot be read, or is one of another id", e.rows[i].id)
		}
	}
	if counts := [3]int64{int64(len(e.Sources)), int64(len(e.Entities)), int64(len(e.Claims))}; counts != e.counts {
		return fmt.Sprintf("it has %d sources, entities and claims and says that it has %d", counts, e.counts)
	}
	for i := range e.Claims {
		e.Claims[i].Sequence, e.Claims[i].RecordedAt = e.Sequence, e.Recorded
	}
	return ""
}

func read[R any](list []R, body []byte) ([]R, error) {
	r, err := graph.Decode[R](body)
	return append(list, r), err
}

// queryer is a pool, a connection or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
