package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"

	"github.com/rabta/rabta/graph"
)

// The tables that new batches are checked against.
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

// rowsSQL reads the tables that batches are checked against.
var rowsSQL = [...]struct{ table, query string }{
	{tableSources, `SELECT id, digest FROM sources`},
	{tableEntities, `SELECT id, kind || ' ' || digest FROM entities`},
	{tableClaims, `SELECT id, CAST(counts AS TEXT) FROM claims`},
}

// sumTables is the digest over the tables as they are.
func sumTables(ctx context.Context, q queryer) (sum stateDigest, err error) {
	for i := range rowsSQL {
		err = eachRow(ctx, q, rowsSQL[i].table, rowsSQL[i].query, func(k rowKey, values string) {
			sum.add(rowHash(k, values))
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

// tables are rows of these tables, and the digest over all that the tables hold.
type tables struct {
	sum  stateDigest
	rows map[rowKey]tableRow
}

// knownTables are the rows that are known of tables with a digest: all that a batch
// may change.
func knownTables(sum stateDigest, k graph.Known) tables {
	t := tables{sum, make(map[rowKey]tableRow, len(k.Sources)+len(k.Entities)+len(k.Claims))}
	for id, s := range k.Sources {
		t.rows[rowKey{tableSources, id}] = tableRow{values: sourceValues(s.Digest)}
	}
	for id, e := range k.Entities {
		t.rows[rowKey{tableEntities, id}] = tableRow{values: entityValues(e.Kind, e.Digest)}
	}
	for id, counts := range k.Claims {
		t.rows[rowKey{tableClaims, id}] = tableRow{values: claimValues(counts)}
	}
	return t
}

// record brings the rows to what they are after a commit: the records of a batch, and
// the rows of the log that hold them.
func (t *tables) record(at graph.Sequence, b *graph.Batch, rows []row) {
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
func (t *tables) set(k rowKey, r tableRow) {
	if old, ok := t.rows[k]; ok {
		t.sum.remove(rowHash(k, old.values))
	}
	t.rows[k] = r
	t.sum.add(rowHash(k, r.values))
}

// rowHash is the hash of a row, with lengths, so that no two rows give one text.
func rowHash(k rowKey, values string) [sha256.Size]byte {
	text := make([]byte, 0, 256)
	for _, s := range [...]string{k.table, string(k.id), values} {
		text = binary.BigEndian.AppendUint64(text, uint64(len(s)))
		text = append(text, s...)
	}
	return sha256.Sum256(text)
}

// stateDigest is a digest over a set of rows: the sum of their hashes modulo 2^256,
// the least 64 bits first. So a row is added or taken out without reading the others.
type stateDigest [4]uint64

// parseState reads what bytes gave.
func parseState(b []byte) (d stateDigest, ok bool) {
	if len(b) != sha256.Size {
		return d, false
	}
	for i := range d {
		d[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return d, true
}

// bytes are the digest as it is kept.
func (d stateDigest) bytes() []byte {
	b := make([]byte, 0, sha256.Size)
	for _, word := range d {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	return b
}

func (d *stateDigest) add(hash [sha256.Size]byte) {
	h, _ := parseState(hash[:])
	var carry uint64
	for i := range d {
		d[i], carry = bits.Add64(d[i], h[i], carry)
	}
}

func (d *stateDigest) remove(hash [sha256.Size]byte) {
	h, _ := parseState(hash[:])
	var borrow uint64
	for i := range d {
		d[i], borrow = bits.Sub64(d[i], h[i], borrow)
	}
}
