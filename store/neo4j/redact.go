package neo4j

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/rabta/rabta/graph"
)

var _ graph.Redactor = (*Store)(nil)

// Redact is graph.Redactor's. It takes the records out of the log, and their nodes with all
// relationships of these out of the native graph.
func (s *Store) Redact(ctx context.Context, r graph.Redaction) (graph.Commit, error) {
	var a *application
	err := s.write(ctx, "redact", func(t tx) error {
		a = &application{tx: t, store: s}
		return a.redact(ctx, &r)
	})
	if err = s.failed(ctx, "redact", err); err != nil {
		return graph.Commit{}, err
	}
	s.acknowledge(a.commit.Numbers.At(graph.Red))
	return a.commit, nil
}

func (a *application) redact(ctx context.Context, r *graph.Redaction) error {
	_, err := a.lock(ctx)
	if err == nil && a.head.restoring {
		err = graph.Incomplete("redact")
	}
	if err != nil {
		return err
	}
	to, err := r.Settle(graph.RedactionLog{
		Head: graph.Commit{Sequence: a.head.seq, Numbers: a.head.numbers, RecordedAt: a.head.recorded},
		Records: func(ids map[graph.ID]bool) iter.Seq2[graph.Placed, error] {
			return recordsOf(ctx, a.tx, a.head.seq, ids)
		},
		Where: func(place uint64) (graph.Sequence, int, error) {
			return position(place).commit(), int(position(place).place()), nil
		},
		Commit: func(n graph.Sequence) (graph.Change, error) { return a.readCommit(ctx, n) },
	}, time.Now().UTC().Truncate(time.Microsecond))
	if err != nil {
		return err
	}
	m, err := a.catchUp(ctx)
	if err != nil {
		return err
	}
	m.Bury(&to)
	return a.writeBurial(ctx, &to)
}

// writeBurial writes what is to become of the log by a redaction.
func (a *application) writeBurial(ctx context.Context, to *graph.Burial) error {
	if err := a.checkSealed(ctx, to); err != nil {
		return err
	}
	if err := a.bury(ctx, to); err != nil {
		return err
	}
	c := newCommit(to.Change, nil)
	a.commit = c.outcome()
	a.commit.Buried = len(to.Buried)
	if _, err := a.append(ctx, c, graph.Known{}); err != nil {
		return err
	}
	if len(to.Change.Redacts) == 0 {
		return nil
	}
	return a.remake(ctx, c.Sequence, slices.Collect(maps.Keys(to.Held))...)
}

func (a *application) readCommit(ctx context.Context, n graph.Sequence) (graph.Change, error) {
	changes, err := readPage(ctx, a.tx, n-1, n)
	if err != nil {
		return graph.Change{}, err
	}
	return changes[0], nil
}

const cypherSealedWhole = `MATCH (k:Commit) WHERE k.seq IN $seqs AND k.said IS NULL RETURN coalesce(min(k.seq), 0)`

// checkSealed is an error where something is to go from a commit whose digest is over it:
// those of older versions.
func (a *application) checkSealed(ctx context.Context, to *graph.Burial) error {
	var seqs []int64
	for _, r := range to.Change.Redacts {
		seqs = append(seqs, int64(r.Commit))
	}
	r, err := one(ctx, a.tx, cypherSealedWhole, params{"seqs": slices.Compact(slices.Sorted(slices.Values(seqs)))})
	if err == nil && r.int(0) > 0 {
		err = graph.SealedWhole(graph.Sequence(r.int(0)))
	}
	return err
}

const (
	cypherTombstones = `UNWIND $rows AS r CREATE (:Tombstone {seq: r[0], n: r[1], kind: r[2], digest: r[3], stamp: r[4],
  inForce: r[5], by: r[6], at: r[7], reason: r[8], counts: r[9], key: r[10], name: r[11], told: r[12], whole: r[13]})`
	cypherBuryClaims   = `UNWIND $rows AS r MATCH (c:Claim {seq: r[0], n: r[1]}) DETACH DELETE c`
	cypherBuryRecords  = `UNWIND $rows AS r MATCH (c:Record {seq: r[0], n: r[1]}) DETACH DELETE c`
	cypherFirstRecords = `UNWIND $rows AS id MATCH (r:Record {id: id}) WHERE r.kind = 'claim'
AND NOT EXISTS { MATCH (:Claim {id: id}) }
WITH id, r ORDER BY r.seq, r.n WITH id, collect(r)[0] AS r
CREATE (:Claim {id: id, seq: r.seq, n: r.n, json: r.json, stamp: r.stamp, inForce: r.inForce}) DELETE r`
	cypherBuryEntities = `UNWIND $rows AS id MATCH (e:Entity {id: id}) DETACH DELETE e`
	cypherBurySources  = `UNWIND $rows AS id MATCH (s:Source {id: id}) DETACH DELETE s`
	cypherSilence      = `UNWIND $rows AS r MATCH (k:Commit {seq: r[0]}) SET k.actor = '', k.reason = '', k.batch = r[1]`
	cypherUnreason     = `UNWIND $rows AS r MATCH (t:Tombstone) WHERE t.by = r[0] SET t.reason = null`
)

const (
	cypherAnyTombstones = `MATCH (h:Head {id: 1}) SET h.tombstones = true`
	cypherRedacted      = `CALL () { MATCH (t:Tombstone) RETURN collect([t.digest, t.key, t.inForce]) AS here }
CALL () { MATCH (k:Burial) RETURN collect([k.seq, k.origin]) AS elsewhere }
RETURN here, elsewhere`
)

// redacted is what Log.Redacted asks for. The database is asked where the head says that
// there is something.
func (a *application) redacted(ctx context.Context) (map[string]graph.Marking, error) {
	if !a.tombstones {
		return nil, nil
	}
	r, err := one(ctx, a.tx, cypherRedacted, nil)
	if err != nil {
		return nil, err
	}
	out := map[string]graph.Marking{}
	for _, values := range list[[]any](r[0]) {
		v := row(values)
		t := graph.Tombstone{Digest: v.text(0), Key: v.text(1), Seal: graph.Seal{InForce: markingAt(v.int(2))}}
		t.AddTo(out)
	}
	for _, values := range list[[]any](r[1]) {
		c := commit{origin: row(values).text(1)}
		if c.readOrigin(); c.Origin == nil {
			return nil, incomplete(graph.Sequence(row(values).int(0)))
		}
		for _, t := range c.Origin.Tombstones {
			t.AddTo(out)
		}
	}
	return out, nil
}

// writeTombstones writes tombstones, and has the head say that there are some.
func writeTombstones(ctx context.Context, t tx, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	if err := runRows(ctx, t, cypherTombstones, rows, nil); err != nil {
		return err
	}
	return run(ctx, t, cypherAnyTombstones, nil)
}

// bury puts tombstones in the places of records, and takes out what commits say of themselves.
// Of a claim that is recorded elsewhere too, that is its first record now.
func (a *application) bury(ctx context.Context, to *graph.Burial) error {
	var tombstones, silenced [][]any
	for i := range to.Buried {
		tombstones = append(tombstones, tombstoneRow(to.Buried[i].Commit, &to.Buried[i].Tombstone))
	}
	for _, gone := range to.Change.Redacts {
		if gone.Place == graph.WhatItSaid {
			silenced = append(silenced, []any{int64(gone.Commit), graph.Silenced(gone.Commit)})
		}
	}
	for _, step := range []struct {
		cypher string
		rows   [][]any
	}{
		{cypherBuryClaims, tombstones},
		{cypherBuryRecords, tombstones},
		{cypherSilence, silenced},
		{cypherUnreason, silenced},
	} {
		if err := runRows(ctx, a.tx, step.cypher, step.rows, nil); err != nil {
			return err
		}
	}
	if err := writeTombstones(ctx, a.tx, tombstones); err != nil {
		return err
	}
	claims := slices.DeleteFunc(slices.Sorted(maps.Keys(to.Held)), func(id graph.ID) bool { return !id.IsClaim() })
	return runRows(ctx, a.tx, cypherFirstRecords, claims, nil)
}

// dropNodes deletes the nodes of entities and sources of some ids that the log does not add up
// to.
func (st *state) dropNodes(ctx context.Context, t tx, touched []graph.ID) error {
	entities, sources := nativeIDs(touched)
	entities = slices.DeleteFunc(entities, func(id graph.ID) bool { return st.entities[id] != nil })
	sources = slices.DeleteFunc(sources, func(id graph.ID) bool { return st.sources[id] != nil })
	if err := runRows(ctx, t, cypherBuryEntities, entities, nil); err != nil {
		return err
	}
	return runRows(ctx, t, cypherBurySources, sources, nil)
}

// nativeIDs are the ids that nodes of entities and of sources may have.
func nativeIDs(ids []graph.ID) (entities, sources []graph.ID) {
	for _, id := range ids {
		switch {
		case id.IsClaim():
		case id.IsSource():
			sources = append(sources, id)
		default:
			entities = append(entities, id)
			for _, kind := range graph.EntityKinds {
				entities = append(entities, id+"~"+graph.ID(strings.ToLower(string(kind))))
			}
		}
	}
	return entities, sources
}

// tombstoneRow is a tombstone as the database keeps it.
func tombstoneRow(seq graph.Sequence, t *graph.Tombstone) []any {
	counts := any(nil)
	if t.Counts != "" {
		counts = t.Counts.Level()
	}
	return []any{
		int64(seq), t.Place, string(t.Type), t.Digest, t.Stamp.Level(), t.InForce.Level(), int64(t.By), t.At.UTC(),
		optional(t.Reason), counts, optional(t.Key), optional(t.Name), optional(t.Told), optional(t.Whole),
	}
}

const tombstoneColumns = `[t.seq, t.n, t.kind, t.digest, t.stamp, t.inForce, t.by, t.at, t.reason, t.counts, t.key,
  t.name, t.told, t.whole]`

// tombstoneItem reads tombstoneColumns.
func tombstoneItem(v row) item {
	seal := graph.Seal{Stamp: markingAt(v.int(4)), InForce: markingAt(v.int(5))}
	t := &graph.Tombstone{
		Place: int(v.int(1)), Type: graph.RecordType(v.text(2)), Digest: v.text(3), Seal: seal,
		By: graph.Sequence(v.int(6)), At: v.time(7), Reason: v.text(8), Key: v.text(10),
		Name: v.text(11), Told: graph.Marking(v.text(12)), Whole: graph.Marking(v.text(13)),
	}
	if !v.null(9) {
		t.Counts = markingAt(v.int(9))
	}
	return item{graph.Sequence(v.int(0)), v.int(1), v.text(2), "", seal, t}
}

// redactsRow is what a commit redacts, as the database keeps it: commit, place, stamp and
// marking in force in turn.
func redactsRow(list []graph.Redacted) []int64 {
	out := make([]int64, 0, 4*len(list))
	for _, r := range list {
		out = append(out, int64(r.Commit), int64(r.Place), int64(r.Stamp.Level()), int64(r.InForce.Level()))
	}
	return out
}

// redactsOrNone is redactsRow, and null for none.
func redactsOrNone(list []graph.Redacted) any {
	if len(list) == 0 {
		return nil
	}
	return redactsRow(list)
}

// readRedacts reads what a commit redacts, and whether it says something of itself.
func (c *commit) readRedacts(v any) {
	for n := range slices.Chunk(list[int64](v), 4) {
		if len(n) < 4 {
			continue
		}
		r := graph.Redacted{
			Commit: graph.Sequence(n[0]), Place: int(n[1]),
			Seal: graph.Seal{Stamp: markingAt(n[2]), InForce: markingAt(n[3])},
		}
		if r.Commit == c.Sequence {
			c.own = append(c.own, r)
		} else {
			c.Redacts = append(c.Redacts, r)
		}
	}
	silent := c.Actor == "" && c.Reason == "" && c.Batch == graph.Silenced(c.Sequence)
	if c.said != "" && silent && c.SaidDigest() != c.said {
		c.Unsaid = c.said
	}
}

// saidAsSealed reports whether the commit says of itself what its digest is over.
func (c *commit) saidAsSealed() bool { return c.said == "" || c.SaidDigest() == c.said }

// checkBuried is an error for a change that redacts what the log that is taken over holds.
func (a *application) checkBuried(ctx context.Context, c *commit) error {
	for _, gone := range c.Redacts {
		if gone.Commit == 0 || gone.Commit >= c.Sequence {
			return graph.Unburied(c.Sequence, gone)
		}
		was, err := a.readCommit(ctx, gone.Commit)
		if err != nil {
			return err
		}
		if !slices.Contains(was.Gone(), gone) {
			return graph.Unburied(c.Sequence, gone)
		}
	}
	return nil
}
