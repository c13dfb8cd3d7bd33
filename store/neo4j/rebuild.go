package neo4j

import (
	"context"
	"fmt"

	"github.com/rabta/rabta/graph"
)

// foldVersion is the version of the native graph: a release that folds or names
// things differently raises it, and has those of older databases rebuilt.
const foldVersion = 9

// Rebuild makes the native graph and the nodes beside it what the log adds up
// to. Writers wait meanwhile. If it ends early it can be run again.
func (s *Store) Rebuild(ctx context.Context) error {
	err := s.withHeadLocked(ctx, "rebuild", func(lock tx, h head) error { return s.rebuild(ctx, lock, h) })
	return s.failed(ctx, "rebuild", err)
}

const (
	cypherClaimProperties = `UNWIND $rows AS r MATCH (c:Claim {id: r[0]}) SET c += r[1]`
	cypherBuilt           = `MATCH (h:Head {id: 1}) SET h.marking = $marking, h.fold = $fold`
)

// rebuild writes the differences in transactions of their own, so that a big
// graph needs no big transaction. The head, which the lock holds, is marked when
// all is done.
func (s *Store) rebuild(ctx context.Context, lock tx, h head) error {
	a, err := s.audit(ctx, h, s.marking)
	if err != nil {
		return err
	}
	s.log.InfoContext(ctx, "rebuilding the native graph", "marking", s.marking, "differences", len(a.differences))
	if err := a.mend(ctx, func(work func(*writer) error) error { return s.rewrite(ctx, a, work) }); err != nil {
		return err
	}
	if err := run(ctx, lock, cypherBuilt, params{"marking": s.marking, "fold": foldVersion}); err != nil {
		return err
	}
	return a.state.noteGone(ctx, lock)
}

// mend writes the differences, a chunk at a time through write.
func (a *audit) mend(ctx context.Context, write func(func(*writer) error) error) error {
	claims := make([][]any, len(a.claims))
	for i, id := range a.claims {
		claims[i] = []any{id, a.state.claimProperties(a.state.claims[id])}
	}
	steps := []func() error{
		inChunks(a.sources, func(ids []graph.ID) error {
			return write(func(w *writer) error { return w.sources(ctx, ids) })
		}),
		inChunks(a.entities, func(ids []graph.ID) error {
			return write(func(w *writer) error { return w.entities(ctx, ids) })
		}),
		inChunks(claims, func(rows [][]any) error {
			return write(func(w *writer) error { return runRows(ctx, w.tx, cypherClaimProperties, rows, nil) })
		}),
		inChunks(a.extraLines, func(rows [][]any) error {
			return write(func(w *writer) error { return runRows(ctx, w.tx, cypherDropLines, rows, nil) })
		}),
		inChunks(a.lines, func(ids []graph.ID) error {
			return write(func(w *writer) error { return w.lines(ctx, ids) })
		}),
		inChunks(a.extra, func(rows [][]any) error {
			return write(func(w *writer) error { return runRows(ctx, w.tx, cypherUnlink, rows, nil) })
		}),
		inChunks(a.links, func(ids []graph.ID) error {
			return write(func(w *writer) error { return w.writeLinks(ctx, nil, ids) })
		}),
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// rewrite runs one part of a rebuild in a transaction of its own.
func (s *Store) rewrite(ctx context.Context, a *audit, work func(*writer) error) error {
	return s.write(ctx, "rebuild", func(t tx) error { return work(&writer{tx: t, state: a.state}) })
}

// inChunks is a step that gives f a chunk of the list at a time.
func inChunks[T any](list []T, f func([]T) error) func() error {
	return func() error {
		for len(list) > 0 {
			n := min(len(list), chunk)
			if err := f(list[:n]); err != nil {
				return err
			}
			list = list[n:]
		}
		return nil
	}
}

const cypherBuiltAs = `MATCH (h:Head {id: 1}) RETURN h.marking, h.fold`

// refreshNative rebuilds the native graph if it was made for another marking or by an
// older release.
func (s *Store) refreshNative(ctx context.Context) error {
	var r row
	err := s.read(ctx, "open", func(t tx) (err error) {
		r, err = one(ctx, t, cypherBuiltAs, nil)
		return err
	})
	if err != nil {
		return s.failed(ctx, "open", err)
	}
	if r.int(1) > foldVersion {
		return incompatible("NEWER_STORE",
			fmt.Sprintf("the database was written by a newer version of rabta: its native graph is of version %d, "+
				"and this one knows %d", r.int(1), foldVersion), "use the newer rabta, or another database")
	}
	if s.isCurrent(graph.Marking(r.text(0)), r.int(1)) {
		return nil
	}
	err = s.withHeadLocked(ctx, "rebuild", func(lock tx, h head) error {
		if s.isCurrent(h.marking, h.fold) { // another process did it meanwhile
			return nil
		}
		return s.rebuild(ctx, lock, h)
	})
	return s.failed(ctx, "open", err)
}

func (s *Store) isCurrent(marking graph.Marking, fold int64) bool {
	return marking == s.marking && fold == foldVersion
}
