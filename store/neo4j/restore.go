package neo4j

import (
	"context"
	"iter"

	"github.com/rabta/rabta/graph"
)

var _ graph.Restorer = (*Store)(nil)

const (
	cypherRestoring = `MATCH (h:Head {id: 1}) SET h.restoring = true`
	cypherDigest    = `MATCH (k:Commit {seq: $seq}) RETURN k.digest`
	cypherRestored  = `MATCH (h:Head {id: 1}) SET h.lock = true
WITH h, h.seq AS seq SET h.restoring = CASE seq WHEN $seq THEN null ELSE h.restoring END RETURN seq`
)

// Restore is graph.Restorer's. Each commit is a transaction; the first one marks the head.
func (s *Store) Restore(ctx context.Context, feed iter.Seq2[graph.Change, error]) error {
	var last graph.Sequence
	var digest string
	for c, err := range feed {
		if err == nil {
			digest, err = s.restore(ctx, &c, digest)
		}
		if err != nil {
			return err
		}
		last = c.Sequence
	}
	if last == 0 {
		return nil
	}
	return s.failed(ctx, "restore", s.endRestore(ctx, last))
}

// restore writes or compares one change, and returns its digest, given that of the one
// before it.
func (s *Store) restore(ctx context.Context, c *graph.Change, before string) (digest string, err error) {
	restored := restoredCommit(c)
	err = s.write(ctx, "restore", func(t tx) (err error) {
		digest, err = (&application{tx: t, store: s, batch: *restored.batch()}).restore(ctx, restored, before)
		return err
	})
	return digest, s.failed(ctx, "restore", err)
}

// endRestore makes the store a whole one, if the commit is its last.
func (s *Store) endRestore(ctx context.Context, last graph.Sequence) error {
	return s.write(ctx, "restore", func(t tx) error {
		r, err := one(ctx, t, cypherRestored, params{"seq": int64(last)})
		if err == nil && r.int(0) != int64(last) {
			err = graph.OtherLog(graph.Sequence(r.int(0)))
		}
		if err != nil {
			return err
		}
		return (&application{tx: t, store: s}).remakeRestored(ctx, last)
	})
}

// restore writes a change of another log as the next commit, or checks that it is the one
// that is there. It returns its digest, given that of the commit before it.
func (a *application) restore(ctx context.Context, c *commit, before string) (digest string, err error) {
	known, err := a.lock(ctx)
	switch {
	case err != nil:
		return "", err
	case a.head.seq > 0 && !a.head.restoring:
		return "", graph.NotEmpty(a.head.seq)
	case c.Sequence == 0 || c.Sequence > a.head.seq+1 || unnumbered(c.Change) || !c.Fits():
		return "", graph.OtherLog(c.Sequence)
	case c.Sequence <= a.head.seq:
		return a.compare(ctx, c, before)
	}
	if err := a.checkBuried(ctx, c); err != nil {
		return "", err
	}
	if err := run(ctx, a.tx, cypherRestoring, nil); err != nil {
		return "", err
	}
	return a.append(ctx, c, known)
}

// compare checks that the change is the commit that is there.
func (a *application) compare(ctx context.Context, c *commit, before string) (digest string, err error) {
	r, err := one(ctx, a.tx, cypherDigest, params{"seq": int64(c.Sequence)})
	if err != nil {
		return "", err
	}
	if digest = c.chain(before); r.text(0) != digest {
		return "", graph.OtherLog(c.Sequence)
	}
	return digest, nil
}
