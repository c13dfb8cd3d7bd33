package neo4j

import (
	"context"

	"github.com/rabta/rabta/graph"
)

const (
	cypherLines     = `UNWIND $rows AS r MERGE (l:Line {id: r[0]}) SET l.held = r[1], l.retractedBy = r[2]`
	cypherDropLines = `UNWIND $rows AS r MATCH (l:Line {id: r[0]}) DELETE l`
	cypherAllLines  = `MATCH (n:Line) WHERE n.id STARTS WITH 'c_' RETURN n.id, properties(n)`
)

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
