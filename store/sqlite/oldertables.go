package sqlite

import (
	"context"
	"encoding/hex"
	"slices"

	"github.com/rabta/rabta/graph"
)

// The tables that batches were checked against before there was held. Old commits have a
// digest over them.
const (
	tableSources  = "sources"
	tableEntities = "entities"
	tableClaims   = "claims"
)

// rowKey is a row of one of these tables.
type rowKey struct {
	table string
	id    graph.ID
}

func (k rowKey) hash(values string) [32]byte { return rowHash(k.table, string(k.id), []byte(values)) }

// tableRow is what the row holds beside its id, and the commit that says so.
type tableRow struct {
	values string
	commit graph.Sequence
}

// Each table's values beside the id, in one text.
func sourceValues(digest string) string { return digest }

func entityValues(kind graph.EntityKind, digest string) string { return string(kind) + " " + digest }

func claimValues(counts bool) string {
	if counts {
		return "1"
	}
	return "0"
}

// olderRowsSQL reads these tables.
var olderRowsSQL = [...]struct{ table, query string }{
	{tableSources, `SELECT id, digest FROM sources`},
	{tableEntities, `SELECT id, kind || ' ' || digest FROM entities`},
	{tableClaims, `SELECT id, CAST(counts AS TEXT) FROM claims`},
}

// sumOlderTables is the digest over the tables as they are.
func sumOlderTables(ctx context.Context, q queryer) (sum stateDigest, err error) {
	for i := range olderRowsSQL {
		err = eachRow(ctx, q, olderRowsSQL[i].table, olderRowsSQL[i].query, func(k rowKey, values string) {
			sum.add(k.hash(values))
		})
		if err != nil {
			break
		}
	}
	return sum, err
}

// eachRow calls f with every row of a table.
func eachRow(ctx context.Context, q queryer, table, query string, f func(k rowKey, values string)) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		k := rowKey{table: table}
		var values string
		if err := rows.Scan(&k.id, &values); err != nil {
			return err
		}
		f(k, values)
	}
	return rows.Err()
}

// olderTables are rows of these tables, and the digest over all that the tables hold.
type olderTables struct {
	sum  stateDigest
	rows map[rowKey]tableRow
}

// record brings the rows to what they are after a commit: its records, and the rows of
// the log that hold them.
func (t *olderTables) record(at graph.Sequence, b *graph.Change, rows []row) {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.redacted })
	for i := range b.Sources {
		t.set(rowKey{tableSources, b.Sources[i].ID}, tableRow{sourceValues(hex.EncodeToString(rows[i].digest)), at})
	}
	rows = rows[len(b.Sources):]
	for i := range b.Entities {
		e := &b.Entities[i]
		t.set(rowKey{tableEntities, e.ID}, tableRow{entityValues(e.Kind, hex.EncodeToString(rows[i].digest)), at})
	}
	for i := range b.Claims {
		c := &b.Claims[i]
		t.set(rowKey{tableClaims, c.ID}, tableRow{claimValues(true), at})
		if c.Predicate == graph.Retracts {
			t.set(rowKey{tableClaims, c.Subject}, tableRow{claimValues(false), at})
		}
	}
}

// set puts a row in, in the place of one with its key.
func (t *olderTables) set(k rowKey, r tableRow) {
	if old, ok := t.rows[k]; ok {
		t.sum.remove(k.hash(old.values))
	}
	t.rows[k] = r
	t.sum.add(k.hash(r.values))
}
