package neo4j

import (
	"context"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Limits of one transaction on the server; the context may set a lower one.
const (
	readLimit  = time.Minute
	writeLimit = 10 * time.Minute
	holdLimit  = time.Hour
)

type params = map[string]any

// tx is what runs statements: a managed transaction or an explicit one.
type tx interface {
	Run(ctx context.Context, cypher string, params map[string]any) (driver.ResultWithContext, error)
}

func (s *Store) session(ctx context.Context, mode driver.AccessMode) driver.SessionWithContext {
	return s.driver.NewSession(ctx, driver.SessionConfig{
		DatabaseName: s.database, AccessMode: mode, BookmarkManager: s.bookmarks, FetchSize: driver.FetchAll,
	})
}

func limits(op string, limit time.Duration) []func(*driver.TransactionConfig) {
	return []func(*driver.TransactionConfig){
		driver.WithTxTimeout(limit), driver.WithTxMetadata(map[string]any{"app": "rabta", "op": op}),
	}
}

// read runs work in a managed read transaction. It may run more than once. The
// error is the driver's.
func (s *Store) read(ctx context.Context, op string, work func(tx) error) error {
	if err := s.beginCall(); err != nil {
		return err
	}
	defer s.endCall()
	return s.retry(ctx, 0, func() error {
		session := s.session(ctx, driver.AccessModeRead)
		defer session.Close(context.WithoutCancel(ctx))
		_, err := session.ExecuteRead(ctx, withoutResult(work), limits(op, readLimit)...)
		return err
	})
}

// write runs work in a managed write transaction. It may run more than once. The
// error is the driver's.
func (s *Store) write(ctx context.Context, op string, work func(tx) error) error {
	if err := s.beginCall(); err != nil {
		return err
	}
	defer s.endCall()
	return s.retry(ctx, retryTime, func() error {
		session := s.session(ctx, driver.AccessModeWrite)
		defer session.Close(context.WithoutCancel(ctx))
		_, err := session.ExecuteWrite(ctx, withoutResult(work), limits(op, writeLimit)...)
		return err
	})
}

// withoutResult is work as the driver runs it.
func withoutResult(work func(tx) error) driver.ManagedTransactionWork {
	return func(t driver.ManagedTransaction) (any, error) { return nil, work(t) }
}

// explicit runs work in an explicit transaction, which it commits or leaves to be
// rolled back. It runs once: nothing is retried. The error is the driver's.
func (s *Store) explicit(
	ctx context.Context, op string, limit time.Duration, work func(driver.ExplicitTransaction) error,
) error {
	if err := s.beginCall(); err != nil {
		return err
	}
	defer s.endCall()
	session := s.session(ctx, driver.AccessModeWrite)
	defer session.Close(context.WithoutCancel(ctx))
	t, err := session.BeginTransaction(ctx, limits(op, limit)...)
	if err != nil {
		return err
	}
	defer t.Close(context.WithoutCancel(ctx))
	return work(t)
}

// one runs a statement that returns one row, and returns its values in order.
func one(ctx context.Context, t tx, cypher string, p params) (row, error) {
	result, err := t.Run(ctx, cypher, p)
	if err != nil {
		return nil, err
	}
	record, err := result.Single(ctx)
	if err != nil {
		return nil, err
	}
	return record.Values, nil
}

// run runs a statement for its effect.
func run(ctx context.Context, t tx, cypher string, p params) error {
	result, err := t.Run(ctx, cypher, p)
	if err != nil {
		return err
	}
	_, err = result.Consume(ctx)
	return err
}

// chunk is how many rows one statement returns or asks for, writeChunk how many
// it writes: what a statement is given counts as its memory.
const (
	chunk      = 10_000
	writeChunk = 2_000
)

// runRows runs a statement over rows, a chunk at a time. Without rows it runs
// nothing.
func runRows[R any](ctx context.Context, t tx, cypher string, rows []R, more params) error {
	for len(rows) > 0 {
		n := min(len(rows), writeChunk)
		p := params{"rows": rows[:n]}
		for k, v := range more {
			p[k] = v
		}
		if err := run(ctx, t, cypher, p); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// row holds the values of one row of an answer, by the place of the column. A
// null reads as the zero value.
type row []any

func (r row) int(i int) int64 { v, _ := r[i].(int64); return v }

func (r row) text(i int) string { v, _ := r[i].(string); return v }

func (r row) truth(i int) bool { v, _ := r[i].(bool); return v }

func (r row) null(i int) bool { return r[i] == nil }

// list is a column of collected values. A null in it reads as the zero value.
func list[T any](v any) []T {
	values, _ := v.([]any)
	out := make([]T, len(values))
	for i, v := range values {
		out[i], _ = v.(T)
	}
	return out
}

// time is a moment; zero for null.
func (r row) time(i int) time.Time {
	t, _ := r[i].(time.Time)
	if !t.IsZero() {
		t = t.UTC()
	}
	return t
}
