package neo4j

import (
	"context"
	"errors"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Pauses between tries, and how many lost connections are met without one: those that
// lie in the pool since before the server was restarted.
const (
	firstPause = 50 * time.Millisecond
	lastPause  = 500 * time.Millisecond
	staleTries = 2
	staleTime  = time.Second
)

// retry tries a transaction again while it fails with what passes: for retryTime, or for
// as long as is said where the server cannot be reached. A server that is back is so
// noticed within half a second.
func (s *Store) retry(ctx context.Context, unreachable time.Duration, try func() error) error {
	start, pause := time.Now(), firstPause
	for n := 0; ; n++ {
		err := try()
		if err == nil {
			s.answered(ctx)
		}
		if !passes(err) {
			return err
		}
		since, lost := time.Since(start), code(err) == ""
		if lost {
			s.lost.Store(true)
		}
		switch {
		case lost && n < staleTries && since < staleTime:
			continue
		case lost && since+pause > unreachable, since+pause > retryTime:
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		pause = min(2*pause, lastPause)
	}
}

// answered notes that the server did what it was asked. One that was lost may have been
// started again since, and plans its statements anew: beside those that the next write
// has it plan, it is given the others.
func (s *Store) answered(ctx context.Context) {
	s.auth.accepted()
	if s.lost.Swap(false) {
		go func() { _ = s.warmPlanCache(context.WithoutCancel(ctx)) }()
	}
}

// passes reports whether the same may succeed when it is tried again: the driver would
// have done so, had it been given the time. What takes more memory than the server has
// does not, though the server says so.
func passes(err error) bool {
	_, limited := errors.AsType[*driver.TransactionExecutionLimit](err)
	return limited && !outOfMemory(code(err))
}

// lastOf is the error of the last try, where the driver says that there were too many.
func lastOf(err error) error {
	if limit, ok := errors.AsType[*driver.TransactionExecutionLimit](err); ok && len(limit.Errors) > 0 {
		return limit.Errors[len(limit.Errors)-1]
	}
	return err
}
