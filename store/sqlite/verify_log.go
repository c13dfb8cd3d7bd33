package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// mostUnreadable is after how many commits that cannot be read the rest is not tried.
const mostUnreadable = 20

// checkLog reads all commits, and goes on behind one that is damaged.
func (v *verifier) checkLog(ctx context.Context) {
	var head graph.Sequence
	if err := v.q.QueryRowContext(ctx, headSQL).Scan(&head); err != nil {
		v.unreadable(ctx, 0, whereLog, err)
		v.damaged = true
		return
	}
	if v.version >= sealVersion {
		v.noteOlder(ctx)
		v.noteMarks(ctx)
	}
	v.noteRedactions(ctx)
	size := pageCommits
	for failed := 0; v.last.sequence < head && failed < mostUnreadable && ctx.Err() == nil; {
		page, err := v.store.entries(ctx, v.q, v.last.sequence, head, size)
		switch {
		case err != nil && size > 1:
			size = 1 // to learn which one it is
		case err != nil:
			v.unreadable(ctx, v.last.sequence+1, whereLog, err)
			v.last, v.damaged = chainHead{sequence: v.last.sequence + 1}, true
			failed++
		case len(page) == 0:
			v.gap(head + 1)
			v.last.sequence = head
		}
		for i := range page {
			if page[i].chainHead.sequence <= v.last.sequence {
				v.disorder(head)
				break
			}
			v.checkEntry(ctx, &page[i])
		}
	}
	v.listSeals()
	v.checkBurials()
	v.checkNumbers(ctx)
}

// disorder notes that a commit is read again behind a later one, as from a page of the
// file that lies in the place of another: whoever read on would never come to the end.
func (v *verifier) disorder(head graph.Sequence) {
	v.damaged = true
	v.fault(v.last.sequence+1, whereLog, "commits before it are read in its place: a page of the file is that of another place", restoreFile)
	v.last = chainHead{sequence: head}
}

// gap notes that the commits before one are missing.
func (v *verifier) gap(before graph.Sequence) {
	v.damaged = true
	v.fault(v.last.sequence+1, whereLog, fmt.Sprintf("commits %d to %d are missing", v.last.sequence+1, before-1), restoreFile)
}

// checkEntry verifies one commit, and adds it to what the log adds up to.
func (v *verifier) checkEntry(ctx context.Context, e *entry) {
	at := e.chainHead.sequence
	if at != v.last.sequence+1 {
		v.gap(at)
		v.last.digest = nil
	}
	before := v.last
	e.records = before.records + uint64(len(e.rows))
	v.last = e.chainHead
	what := ""
	if before.digest == nil && at > 1 { // what it is chained to is not there
		if what = e.recordFault(); what == "" {
			what = e.decode(nil)
		}
	} else {
		what = e.fault(before.digest)
	}
	if what != "" {
		v.damaged = true
		v.fault(at, whereLog, what, restoreFile)
		return
	}
	if e.micros < before.micros {
		v.fault(at, whereLog, "it was recorded before the one before it", restoreFile)
	}
	v.burials.Note(&e.Change, e.own())
	if !e.sealed {
		v.olderTables.record(at, &e.Change, e.rows)
	}
	if v.version >= sealVersion {
		v.beginMerged(ctx, e)
		v.checkSeals(e, before.numbers)
		v.checkMerged(e)
		if b := e.batch(); v.merged == nil {
			v.held.record(at, &b)
		}
		v.checkMarks(ctx, e)
	}
	v.checkState(e)
	if at == v.base.sequence {
		v.baseSum = v.olderTables.sum
		if v.version >= sealVersion {
			v.baseSum = v.held.sum
		}
	}
}

const numbersSQL = `SELECT count(*), ifnull(min(number), 1), ifnull(max(number), 0),
  (SELECT count(*) FROM records WHERE sequence NOT IN (SELECT sequence FROM commits)),
  (SELECT count(*) FROM migrations)
FROM records`

// checkNumbers looks for records that no commit has, and numbers that are left out.
func (v *verifier) checkNumbers(ctx context.Context) {
	var count, first, last, stray int64
	var done int
	err := v.q.QueryRowContext(ctx, numbersSQL).Scan(&count, &first, &last, &stray, &done)
	if err != nil {
		v.unreadable(ctx, 0, whereLog, err)
		return
	}
	if stray > 0 {
		v.fault(0, whereLog, fmt.Sprintf("%d records are of no commit", stray), restoreFile)
	}
	if first != 1 || last != count {
		v.fault(0, whereLog, fmt.Sprintf("%d records are numbered %d to %d", count, first, last), restoreFile)
	}
	if done != v.version {
		v.fault(0, whereFile, fmt.Sprintf("it lists %d migrations and has had %d", done, v.version), makeAnew)
	}
}

// checkTables compares the table that batches are checked against with what the log adds
// up to, or, in a file of an older version, its tables.
func (v *verifier) checkTables(ctx context.Context) {
	switch {
	case v.damaged:
		v.Notes = append(v.Notes, "the table that batches are checked against was not compared, because the log is damaged")
		return
	case v.version < sealVersion:
		v.checkOlderTables(ctx)
	default:
		v.checkHeld(ctx)
	}
	v.checkBase()
}

func (v *verifier) checkOlderTables(ctx context.Context) {
	left := v.olderTables.rows
	for i := range olderRowsSQL {
		t := &olderRowsSQL[i]
		err := eachRow(ctx, v.q, t.table, t.query, func(k rowKey, values string) {
			want, ok := left[k]
			delete(left, k)
			switch {
			case !ok:
				v.fault(0, whereTable(k.table), fmt.Sprintf("it holds %s, which no commit records", k.id), makeAnew)
			case want.values != values:
				v.fault(want.commit, whereTable(k.table),
					fmt.Sprintf("%s is %q, the commit says %q", k.id, values, want.values), makeAnew)
			}
		})
		if err != nil {
			v.unreadable(ctx, 0, whereTable(t.table), err)
		}
	}
	v.listMissing(left)
}

// listMissing notes the rows that are not in their tables.
func (v *verifier) listMissing(left map[rowKey]tableRow) {
	for _, k := range slices.SortedFunc(maps.Keys(left), func(a, b rowKey) int {
		return int(left[a].commit) - int(left[b].commit)
	}) {
		v.fault(left[k].commit, whereTable(k.table), fmt.Sprintf("it lacks %s, which the commit records", k.id), makeAnew)
	}
}

const (
	identityRowSQL = `SELECT count(*), ifnull(min(length(id)), 0), ifnull(min(sequence), 0), ifnull(min(state), '')
FROM identity`
	logRowSQL = `SELECT count(*), ifnull(min(length(id)), 0) FROM log`
)

// checkIdentity reads the one row that says which store it is, and since when.
func (v *verifier) checkIdentity(ctx context.Context) {
	if v.version < stateVersion {
		return
	}
	var rows, length int
	err := v.q.QueryRowContext(ctx, identityRowSQL).Scan(&rows, &length, &v.base.sequence, &v.base.state)
	if err != nil {
		v.unreadable(ctx, 0, whereTable("identity"), err)
	} else if rows != 1 || length != 32 {
		v.fault(0, whereTable("identity"), "it does not hold one id", makeAnew)
	}
	if v.version < originVersion {
		return
	}
	if err := v.q.QueryRowContext(ctx, logRowSQL).Scan(&rows, &length); err != nil {
		v.unreadable(ctx, 0, whereTable("log"), err)
	} else if rows != 1 || length != 32 {
		v.fault(0, whereTable("log"), "it does not hold one id", makeAnew)
	}
}

// schemaOf is what a database declares, by name.
func schemaOf(ctx context.Context, q queryer) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, schemaSQL)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		out[name] = text
	}
	return out, rows.Err()
}

// migrated is what the migrations up to a version declare.
func migrated(ctx context.Context, version int) (map[string]string, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	for _, text := range migrations[:version] {
		if _, err := db.ExecContext(ctx, text); err != nil {
			return nil, err
		}
	}
	return schemaOf(ctx, db)
}
