package neo4j

import (
	"context"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
)

// recordsOf yields, in order, the records of the log up to a commit that have one of some
// ids or name one.
func recordsOf(ctx context.Context, t tx, head graph.Sequence, ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
	return placed(ctx, t, head, func(p *graph.Placed) bool {
		return slices.ContainsFunc(p.Mentions(), func(id graph.ID) bool { return ids[id] })
	})
}

// placed yields, in order, the records up to a commit that are to be kept. It reads all of
// the log.
func placed(
	ctx context.Context, t tx, head graph.Sequence, keep func(*graph.Placed) bool,
) iter.Seq2[graph.Placed, error] {
	return func(yield func(graph.Placed, error) bool) {
		for c, err := range changesIn(ctx, t, 0, head) {
			if err != nil {
				yield(graph.Placed{}, err)
				return
			}
			for _, r := range c.Records() {
				r.Place = uint64(positionOf(c.Sequence, int(r.Place)))
				if keep(&r) && !yield(r, nil) {
					return
				}
			}
		}
	}
}

// changesIn yields the commits after one, up to another, in a transaction.
func changesIn(ctx context.Context, t tx, since, head graph.Sequence) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		for at := since; at < head; {
			changes, err := readPage(ctx, t, at, head)
			if err != nil {
				yield(graph.Change{}, err)
				return
			}
			for _, c := range changes {
				if !yield(c, nil) {
					return
				}
				at = c.Sequence
			}
		}
	}
}

const (
	cypherMarkClaims  = `UNWIND $rows AS r MATCH (c:Claim {seq: r[0], n: r[1]}) SET c.inForce = r[2]`
	cypherMarkRecords = `UNWIND $rows AS r MATCH (c:Record {seq: r[0], n: r[1]}) SET c.inForce = r[2]`
)

// mark gives records of the log the markings that a commit sets, and makes the native
// graph anew.
func (a *application) mark(ctx context.Context, c *commit) error {
	rows := make([][]any, len(c.marked))
	for i, m := range c.marked {
		at := position(m.Place)
		rows[i] = []any{int64(at.commit()), at.place(), m.InForce.Level()}
	}
	for _, cypher := range []string{cypherMarkClaims, cypherMarkRecords} {
		if err := runRows(ctx, a.tx, cypher, rows, nil); err != nil {
			return err
		}
	}
	return a.remake(ctx, c.Sequence, entitiesOf(c)...)
}

// remake makes the native graph, and the nodes beside it, what the log up to a commit adds
// up to. touched are the ids of which nodes may be there that are not to be.
func (a *application) remake(ctx context.Context, head graph.Sequence, touched ...graph.ID) error {
	st := newState(a.head.marking)
	if err := st.replay(a.head.log, a.head.merged, changesIn(ctx, a.tx, 0, head)); err != nil {
		return err
	}
	if err := st.dropNodes(ctx, a.tx, touched); err != nil {
		return err
	}
	now, err := audited(ctx, a.tx, st)
	if err != nil {
		return err
	}
	if err := now.mend(ctx, func(work func(*writer) error) error { return work(&writer{tx: a.tx, state: st}) }); err != nil {
		return err
	}
	return st.noteGone(ctx, a.tx)
}
