package neo4j

import (
	"context"
	"iter"

	"github.com/rabta/rabta/graph"
)

const (
	cypherLines     = `UNWIND $rows AS r MERGE (l:Line {id: r[0]}) SET l.held = r[1], l.retractedBy = r[2]`
	cypherDropLines = `UNWIND $rows AS r MATCH (l:Line {id: r[0]}) DELETE l`
	cypherAllLines  = `MATCH (n:Line) WHERE n.id STARTS WITH 'c_' RETURN n.id, properties(n)`
)

const (
	entityRecord = ` AND r.kind = 'entity' MATCH (k:Commit {seq: r.seq})
RETURN r.seq, r.n, r.json, coalesce(r.stamp, 0), coalesce(r.inForce, r.stamp, 0), k.writer ORDER BY r.seq, r.n`
	cypherEntitiesSince = `MATCH (r:Record) WHERE r.seq > $after AND r.seq <= $head AND r.n >= 0` + entityRecord
	cypherEntitiesAt    = `UNWIND $rows AS at MATCH (r:Record) WHERE r.seq = at[0] AND r.n = at[1]` + entityRecord
)

// linesOf yields, in order, the records of entities up to the head that may say what one of some
// claims says. Where these are is kept in memory, and read on.
func (a *application) linesOf(ctx context.Context, ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
	last := uint64(positionOf(a.head.seq+1, 0)) - 1
	places, err := a.store.lines.Places(ids, last, func(place uint64) iter.Seq2[graph.Placed, error] {
		after := int64(position(place).commit())
		return a.entityRecords(ctx, cypherEntitiesSince, params{"after": after, "head": int64(a.head.seq)})
	})
	if err != nil {
		return func(yield func(graph.Placed, error) bool) { yield(graph.Placed{}, err) }
	}
	rows := make([][]any, len(places))
	for i, place := range places {
		rows[i] = []any{int64(position(place).commit()), position(place).place()}
	}
	return a.entityRecords(ctx, cypherEntitiesAt, params{"rows": rows})
}

func (a *application) entityRecords(ctx context.Context, cypher string, p params) iter.Seq2[graph.Placed, error] {
	return func(yield func(graph.Placed, error) bool) {
		result, err := a.tx.Run(ctx, cypher, p)
		for err == nil && result.Next(ctx) {
			v := row(result.Record().Values)
			var e graph.Entity
			if e, err = graph.Decode[graph.Entity]([]byte(v.text(2))); err != nil {
				break
			}
			e.Seal = graph.Seal{Stamp: markingAt(v.int(3)), InForce: markingAt(v.int(4))}
			at := positionOf(graph.Sequence(v.int(0)), int(v.int(1)))
			if !yield(graph.Placed{Place: uint64(at), Writer: markingAt(v.int(5)), Entity: &e}, nil) {
				return
			}
		}
		if err == nil {
			err = result.Err()
		}
		if err != nil {
			yield(graph.Placed{}, err)
		}
	}
}

// lines writes what is held of claims that lines of entities alone say.
func (w *writer) lines(ctx context.Context, ids []graph.ID) error {
	rows := make([][]any, len(ids))
	for i, id := range ids {
		p := w.state.lineProperties(id)
		rows[i] = []any{id, p["held"], p["retractedBy"]}
	}
	return runRows(ctx, w.tx, cypherLines, rows, nil)
}

func (st *state) lineProperties(id graph.ID) params {
	return params{"held": heldRow(st.known[id], graph.Held{}), "retractedBy": optionals(st.lines[id].retractedBy)}
}

// dropLines deletes the lines of claims that are recorded now, given what was known before.
func (w *writer) dropLines(ctx context.Context, fresh []graph.ID, known graph.Known) error {
	var rows [][]any
	for _, id := range fresh {
		if len(known[id]) > 0 {
			rows = append(rows, []any{id})
		}
	}
	return runRows(ctx, w.tx, cypherDropLines, rows, nil)
}

// compareLines compares the nodes of lines with what the log adds up to.
func (a *audit) compareLines(ctx context.Context, t tx) error {
	found := map[graph.ID]string{}
	err := each(ctx, t, cypherAllLines, func(id graph.ID, got map[string]any, _ row) {
		if a.state.lines[id] == nil {
			a.differs(id, "", formatProperties(got, got))
			a.extraLines = append(a.extraLines, []any{id})
			return
		}
		found[id] = formatProperties(got, a.state.lineProperties(id))
	})
	for id := range a.state.lines {
		want := a.state.lineProperties(id)
		if a.differs(id, formatProperties(want, want), found[id]) {
			a.lines = append(a.lines, id)
		}
	}
	return err
}
