package neo4j

import (
	"context"

	"github.com/rabta/rabta/graph"
)

// sealOlder gives the commits that are older than stamps what graph.Older works out for
// them. It can be run again, and writes of records only stamps that are not CLEAR.
func (s *Store) sealOlder(ctx context.Context) error {
	older := graph.NewOlder()
	err := s.eachOlderPage(ctx, func(changes []graph.Change) error {
		for i := range changes {
			older.Note(&changes[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.eachOlderPage(ctx, func(changes []graph.Change) error {
		for i := range changes {
			older.Seal(&changes[i])
		}
		return s.write(ctx, "stamps", func(t tx) error { return writeSeals(ctx, t, changes) })
	})
}

const cypherLastOlder = `MATCH (k:Commit) WHERE k.sealed IS NULL RETURN coalesce(max(k.seq), 0)`

// eachOlderPage calls f with the commits that are not sealed, in order, a page at a time.
func (s *Store) eachOlderPage(ctx context.Context, f func([]graph.Change) error) error {
	var last graph.Sequence
	err := s.read(ctx, "stamps", func(t tx) error {
		r, err := one(ctx, t, cypherLastOlder, nil)
		if err == nil {
			last = graph.Sequence(r.int(0))
		}
		return err
	})
	for at := graph.Sequence(0); err == nil && at < last; {
		var changes []graph.Change
		err = s.read(ctx, "stamps", func(t tx) (err error) {
			changes, err = readPage(ctx, t, at, last)
			return err
		})
		if err == nil {
			at = changes[len(changes)-1].Sequence
			err = f(changes)
		}
	}
	return err
}

const (
	cypherNumbers      = `UNWIND $rows AS r MATCH (k:Commit {seq: r[0]}) SET k.numbers = r[1], k.writer = r[2]`
	cypherStampClaims  = `UNWIND $rows AS r MATCH (c:Claim {seq: r[0], n: r[1]}) SET c.stamp = r[2]`
	cypherStampRecords = `UNWIND $rows AS r MATCH (c:Record {seq: r[0], n: r[1]}) SET c.stamp = r[2]`
)

// writeSeals writes the numbers, writers and stamps of commits.
func writeSeals(ctx context.Context, t tx, changes []graph.Change) error {
	var numbers, stamps [][]any
	for i := range changes {
		c := restoredCommit(&changes[i])
		numbers = append(numbers, []any{int64(c.Sequence), numberRow(c.Numbers), c.Writer.Level()})
		for n, s := range c.Seals() {
			if stamp, _ := sealRow(s); stamp != nil {
				stamps = append(stamps, []any{int64(c.Sequence), n, stamp})
			}
		}
	}
	if err := runRows(ctx, t, cypherStampClaims, stamps, nil); err != nil {
		return err
	}
	if err := runRows(ctx, t, cypherStampRecords, stamps, nil); err != nil {
		return err
	}
	return runRows(ctx, t, cypherNumbers, numbers, nil)
}
