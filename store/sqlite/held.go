package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/rabta/rabta/graph"
)

// tableHeld is the table that new batches are checked against: graph.Known, a row for
// each place in the list of an id.
const tableHeld = "held"

// heldRow is what becomes of one of its rows: what is there before and after a commit,
// nil for nothing.
type heldRow struct {
	id        graph.ID
	place     int
	was, then *graph.Held
}

// heldRows are the rows that differ between what is known before a commit and after it,
// in the order of their ids and places.
func heldRows(before, after graph.Known) []heldRow {
	out := make([]heldRow, 0, len(after))
	for _, id := range slices.Sorted(maps.Keys(after)) {
		was, then := before[id], after[id]
		for i := range max(len(was), len(then)) {
			r := heldRow{id: id, place: i}
			if i < len(was) {
				r.was = &was[i]
			}
			if i < len(then) {
				r.then = &then[i]
			}
			if r.was == nil || r.then == nil || *r.was != *r.then {
				out = append(out, r)
			}
		}
	}
	return out
}

// apply brings the digest over the table up to date with a row.
func (d *stateDigest) apply(r *heldRow) {
	if r.was != nil {
		d.remove(heldHash(r.id, r.place, r.was))
	}
	if r.then != nil {
		d.add(heldHash(r.id, r.place, r.then))
	}
}

func heldHash(id graph.ID, place int, h *graph.Held) [32]byte {
	text := strconv.AppendInt(make([]byte, 0, 96), int64(place), 10)
	return rowHash(tableHeld, string(id), appendHeld(append(text, ' '), h))
}

// appendHeld appends what a row holds.
func appendHeld(text []byte, h *graph.Held) []byte {
	text = append(append(text, h.Kind...), ' ')
	text = append(append(text, h.Marking...), ' ')
	text = append(text, h.Digest...)
	if h.Retracted != "" {
		text = append(append(text, " retracted "...), h.Retracted...)
	}
	return text
}

const (
	addHeldSQL    = `INSERT INTO held (kind, marking, digest, retracted, id, place) VALUES (?, ?, ?, ?, ?, ?)`
	changeHeldSQL = `UPDATE held SET kind = ?, marking = ?, digest = ?, retracted = ? WHERE id = ? AND place = ?`
	removeHeldSQL = `DELETE FROM held WHERE id = ? AND place = ?`
)

// writeHeld brings the table up to date.
func writeHeld(ctx context.Context, tx *sql.Tx, rows []heldRow) error {
	var added, changed, removed []*heldRow
	for i := range rows {
		switch r := &rows[i]; {
		case r.was == nil:
			added = append(added, r)
		case r.then == nil:
			removed = append(removed, r)
		default:
			changed = append(changed, r)
		}
	}
	err := execEach(ctx, tx, addHeldSQL, len(added), func(i int) []any { return added[i].values() })
	if err == nil {
		err = execEach(ctx, tx, changeHeldSQL, len(changed), func(i int) []any { return changed[i].values() })
	}
	if err != nil {
		return err
	}
	return execEach(ctx, tx, removeHeldSQL, len(removed), func(i int) []any {
		return []any{string(removed[i].id), removed[i].place}
	})
}

// values are those of the columns, the key last.
func (r *heldRow) values() []any {
	digest, _ := hex.DecodeString(r.then.Digest)
	var retracted any
	if m := r.then.Retracted; m != "" {
		retracted = level(m)
	}
	return []any{string(r.then.Kind), level(r.then.Marking), digest, retracted, string(r.id), r.place}
}

const (
	heldSQL = `SELECT id, place, kind, marking, digest, retracted FROM held ORDER BY id, place`
	// CROSS JOIN keeps the planner from walking the table: one seek an id.
	knownSQL = `SELECT t.id, t.place, t.kind, t.marking, t.digest, t.retracted
FROM json_each(?) j CROSS JOIN held t ON t.id = j.value ORDER BY j.key, t.place`
)

// eachHeld calls f with every row that a query gives.
func eachHeld(
	ctx context.Context, q queryer, f func(id graph.ID, place int, h graph.Held), query string, args ...any,
) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id graph.ID
		var h graph.Held
		var place, marking int
		var digest sql.RawBytes
		var retracted *int
		if err := rows.Scan(&id, &place, &h.Kind, &marking, &digest, &retracted); err != nil {
			return err
		}
		h.Marking, h.Digest = markingOf(marking), hex.EncodeToString(digest)
		if retracted != nil {
			h.Retracted = markingOf(*retracted)
		}
		f(id, place, h)
	}
	return rows.Err()
}

// sumHeld is the digest over the table as it is.
func sumHeld(ctx context.Context, q queryer) (sum stateDigest, err error) {
	err = eachHeld(ctx, q, func(id graph.ID, place int, h graph.Held) { sum.add(heldHash(id, place, &h)) }, heldSQL)
	return sum, err
}

// known is what the store holds of ids.
func (s *Store) known(ctx context.Context, q queryer, ids []graph.ID) (graph.Known, error) {
	k := make(graph.Known, len(ids))
	if len(ids) == 0 {
		return k, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	inOrder := true
	err = eachHeld(ctx, q, func(id graph.ID, place int, h graph.Held) {
		inOrder = inOrder && place == len(k[id])
		k[id] = append(k[id], h)
	}, knownSQL, string(list))
	if err != nil {
		return nil, s.failed(ctx, "read what is known", err)
	}
	if !inOrder {
		return nil, s.edited(ctx)
	}
	return k, nil
}

// edited is the error for a table that is not what the log adds up to.
func (s *Store) edited(ctx context.Context) error {
	why := &graph.UnavailableError{
		What:   "the table that new batches are checked against was edited",
		Remedy: "see where with rabta check --store, and make a new store of the log with rabta backup and rabta restore",
	}
	s.stop(ctx, why)
	return why
}

// level is a marking as it is kept: its place in graph.Markings.
func level(m graph.Marking) int { return int(m.Level()) }

// markingOf is the marking of a level; empty where there is none.
func markingOf(level int) graph.Marking {
	if level < 0 || level >= len(graph.Markings) {
		return ""
	}
	return graph.Markings[level]
}
