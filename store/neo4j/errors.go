package neo4j

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/rabta/rabta/graph"
)

// failed turns an error of the driver into one of graph's, without the driver's
// text, which goes to the log. Errors that are graph's already, and those of the
// context, stay what they are.
func (s *Store) failed(ctx context.Context, operation string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, graph.ErrInvalid), errors.Is(err, graph.ErrConflict), errors.Is(err, graph.ErrUnavailable):
		return err
	}
	if ended := contextEnded(ctx); ended != nil {
		return ended
	}
	if s.closed.Load() {
		return fmt.Errorf("%s: %w: it was closed", operation, graph.ErrUnavailable)
	}
	s.log.Log(ctx, failureLevel(err), "the store failed", "operation", operation, "error", err)
	return fmt.Errorf("%s: %w: %s", operation, graph.ErrUnavailable, explain(err))
}

// contextEnded is the error of a context that has ended. The driver gives up at the
// deadline itself, which may be a little before the context says that it has passed.
func contextEnded(ctx context.Context) error {
	if deadline, ok := ctx.Deadline(); ok && ctx.Err() == nil && !time.Now().Before(deadline) {
		return context.DeadlineExceeded
	}
	return ctx.Err()
}

// failureLevel is the level at which a failure is logged: what explain has words for is
// logged by those who ask, once for each outage, however often they ask.
func failureLevel(err error) slog.Level {
	if explain(err) == lookAtLog {
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

const lookAtLog = "the server could not do it; look at the log"

// explain says in our words what happened and what to do.
func explain(err error) string {
	switch code(err) {
	case "":
		return "the server cannot be reached; check that it runs and what its address is"
	case "Neo.ClientError.Security.Unauthorized":
		return "the server refuses the user or the password; correct them"
	case "Neo.ClientError.Database.DatabaseNotFound":
		return "the server has no such database; correct its name"
	case "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "Neo.TransientError.General.OutOfMemoryError":
		return "the server has too little memory for it; split the batch, or give the server more"
	case "Neo.ClientError.Schema.ConstraintCreationFailed", "Neo.ClientError.Schema.ConstraintValidationFailed":
		return "what is in the database does not allow it; use a database that holds nothing else"
	}
	return lookAtLog
}

// outcomeUnknown reports whether the connection was lost while a commit was under way, so
// that nobody knows whether it was done.
func outcomeUnknown(err error) bool {
	return driver.IsConnectivityError(err) && !driver.IsRetryable(err)
}

// incompatible is the error of a database that this release must not touch.
func incompatible(code, message, remedy string) error {
	return graph.Invalid(code, "store", message, remedy)
}

// code is the server's code for an error, or "".
func code(err error) string {
	if limit, ok := errors.AsType[*driver.TransactionExecutionLimit](err); ok && len(limit.Errors) > 0 {
		err = limit.Errors[len(limit.Errors)-1]
	}
	if e, ok := errors.AsType[*driver.Neo4jError](err); ok {
		return e.Code
	}
	return ""
}
