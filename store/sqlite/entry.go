package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/rabta/rabta/graph"
)

// entry is a commit as the log holds it.
type entry struct {
	chainHead
	graph.Change
	counts   [3]int64 // sources, entities, claims
	marked   string   // see marksText
	redacted string   // see redactsText
	said     []byte   // nil in commits that are older than it
	origin   string   // see merge.OriginText
	rows     []row
}

func (e *entry) size() int64 { return e.counts[0] + e.counts[1] + e.counts[2] }

// entries reads at most n commits after a sequence, and up to another, with their
// records. Those of a file of an older version have no seals. Where the file is only
// read, q is one snapshot.
func (s *Store) entries(ctx context.Context, q queryer, after, to graph.Sequence, n int) ([]entry, error) {
	version, err := userVersion(ctx, q)
	if err != nil {
		return nil, err
	}
	out, err := s.commits(ctx, q, after, to, n, version)
	if err != nil {
		return nil, err
	}
	if err := readRecords(ctx, q, out, version); err != nil {
		return nil, err
	}
	return out, nil
}

// commitsSQL reads commits; files of older versions lack some of the columns.
const (
	commitsSQL = `SELECT sequence, recorded, batch, %s, actor, reason, sources, entities, claims, %s, digest, %s, %s
FROM commits WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?`
	sealColumns   = `writer, clear, green, amber, amber_strict, marked, sealed, origin`
	noSealColumns = `0, 0, 0, 0, 0, '', 0, ''`
)

// commits reads commits, without their records.
func (s *Store) commits(ctx context.Context, q queryer, after, to graph.Sequence, n, version int) ([]entry, error) {
	rows, err := q.QueryContext(ctx, commitsQuery(version), after, to, n)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []entry
	total := int64(0)
	for rows.Next() {
		var e entry
		var writer int
		err := rows.Scan(&e.chainHead.sequence, &e.micros, &e.Batch, &e.Content, &e.Actor, &e.Reason,
			&e.counts[0], &e.counts[1], &e.counts[2], &e.state, &e.digest,
			&writer, &e.numbers[0], &e.numbers[1], &e.numbers[2], &e.numbers[3], &e.marked, &e.sealed, &e.origin, &e.said, &e.redacted)
		if err != nil {
			return nil, err
		}
		e.readOrigin()
		total += e.size()
		if len(out) > 0 && total > pageRecords {
			break
		}
		e.Sequence, e.Recorded = e.chainHead.sequence, e.time()
		if version >= sealVersion {
			e.numbers[4], e.writer = e.chainHead.sequence, markingOf(writer)
			e.Numbers, e.Writer = e.numbers, e.writer
		}
		e.readSaid()
		out = append(out, e)
	}
	return out, rows.Err()
}

// commitsQuery is commitsSQL for a version of the file.
func commitsQuery(version int) string {
	content, state, seal, redacted := "content", "state", sealColumns, "said, redacted"
	if version < contentVersion {
		content = "''"
	}
	if version < stateVersion {
		state = "NULL"
	}
	switch {
	case version < sealVersion:
		seal = noSealColumns
	case version < originVersion:
		seal = strings.Replace(sealColumns, "origin", "''", 1)
	}
	if version < redactVersion {
		redacted = "NULL, ''"
	}
	return fmt.Sprintf(commitsSQL, content, state, seal, redacted)
}

// userVersion is how many migrations the file has had: fewer than there are where it is
// only read, or being brought up to date. Another process may do that at any time.
func userVersion(ctx context.Context, q queryer) (version int, err error) {
	err = q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return version, err
}

const recordsSQL = `SELECT sequence, number, kind, id, body, digest, %s, %s
FROM records WHERE sequence BETWEEN ? AND ? ORDER BY sequence, number`

// readRecords reads the records of a run of commits.
func readRecords(ctx context.Context, q queryer, commits []entry, version int) error {
	if len(commits) == 0 {
		return nil
	}
	last := commits[len(commits)-1].chainHead.sequence
	seal, redacted := "stamp, marking", "redacted"
	if version < sealVersion {
		seal = "-1, -1"
	}
	if version < redactVersion {
		redacted = "0"
	}
	rows, err := q.QueryContext(ctx, fmt.Sprintf(recordsSQL, seal, redacted), commits[0].chainHead.sequence, last)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for i := 0; rows.Next(); {
		var at graph.Sequence
		var r row
		var stamp, marking int
		if err := rows.Scan(&at, &r.number, &r.kind, &r.id, &r.body, &r.digest, &stamp, &marking, &r.redacted); err != nil {
			return err
		}
		r.seal = graph.Seal{Stamp: markingOf(stamp), InForce: markingOf(marking)}
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
	if what := e.digestFault(previous); what != "" {
		return what
	}
	return e.decode(nil)
}

// digestFault is fault without reading the records.
func (e *entry) digestFault(previous []byte) string {
	if what := e.recordFault(); what != "" {
		return what
	}
	if what := e.saidFault(); what != "" {
		return what
	}
	c := e.chained()
	if !bytes.Equal(c.sum(previous), e.chainHead.digest) {
		return "it does not match its digest, which is over all that it holds and the digest of the commit before"
	}
	return ""
}

// chained is what the digest of the commit is over.
func (e *entry) chained() chained {
	return chained{e.chainHead, e.Batch, e.Actor, e.Reason, e.Content, e.marked, e.redacted, e.said, e.origin, e.rows}
}

// recordFault is digestFault for the records alone.
func (e *entry) recordFault() string {
	if n := int64(len(e.rows)); n != e.size() {
		return fmt.Sprintf("it has %d records and says that it has %d", n, e.size())
	}
	kinds := map[string]int64{}
	for i := range e.rows {
		r := &e.rows[i]
		if !r.redacted && !bytes.Equal(digest(r.body), r.digest) {
			return fmt.Sprintf("the record %s does not match its digest", r.id)
		}
		kinds[r.kind]++
	}
	if counts := [3]int64{kinds[kindSource], kinds[kindEntity], kinds[kindClaim]}; counts != e.counts {
		return fmt.Sprintf("it has %d sources, entities and claims and says that it has %d", counts, e.counts)
	}
	return ""
}

// decode reads the records into the change, all or those of some rows, and says which
// could not be read.
func (e *entry) decode(keep func(r *row) bool) string {
	kinds := map[string]int{}
	for i := range e.rows {
		kinds[e.rows[i].kind]++
	}
	e.Sources = make([]graph.Source, 0, kinds[kindSource])
	e.Entities = make([]graph.Entity, 0, kinds[kindEntity])
	e.Claims = make([]graph.Claim, 0, kinds[kindClaim])
	e.Tombstones = nil
	for i := range e.rows {
		r := &e.rows[i]
		if keep != nil && !keep(r) {
			continue
		}
		if r.redacted {
			t, ok := r.tombstone()
			if !ok {
				return fmt.Sprintf("the tombstone of record %d cannot be read", r.number)
			}
			t.Place = i
			e.Tombstones = append(e.Tombstones, t)
			continue
		}
		p, err := r.decode()
		if err != nil {
			return fmt.Sprintf("the record %s cannot be read, or is one of another id", r.id)
		}
		switch {
		case p.Source != nil:
			e.Sources = append(e.Sources, *p.Source)
		case p.Entity != nil:
			e.Entities = append(e.Entities, *p.Entity)
		case p.Claim != nil:
			p.Claim.Sequence, p.Claim.RecordedAt = e.Sequence, e.Recorded
			e.Claims = append(e.Claims, *p.Claim)
		}
	}
	return ""
}

// decode reads the record of a row, with its seal. Its place is its number.
func (r *row) decode() (p graph.Placed, err error) {
	p.Place = r.number
	id := r.id
	switch r.kind {
	case kindSource:
		var s graph.Source
		s, err = graph.Decode[graph.Source](r.body)
		s.Seal, id, p.Source = r.seal, s.ID, &s
	case kindEntity:
		var e graph.Entity
		e, err = graph.Decode[graph.Entity](r.body)
		e.Seal, id, p.Entity = r.seal, e.ID, &e
	case kindClaim:
		var c graph.Claim
		c, err = graph.Decode[graph.Claim](r.body)
		c.Seal, id, p.Claim = r.seal, c.ID, &c
	}
	if err == nil && id != r.id {
		err = errOtherID
	}
	return p, err
}

var errOtherID = errors.New("the record is one of another id")

// queryer is a pool, a connection or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
