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
	case errors.Is(err, graph.ErrInvalid), errors.Is(err, graph.ErrConflict), errors.Is(err, graph.ErrNotFound),
		errors.Is(err, graph.ErrUnavailable):
		return err
	}
	if ended := contextEnded(ctx); ended != nil {
		return ended
	}
	if s.closed.Load() {
		return fmt.Errorf("%s: %w: it was closed", operation, graph.ErrUnavailable)
	}
	s.log.Log(ctx, failureLevel(err), "the store failed", "operation", operation, "error", err)
	return fmt.Errorf("%s: %w", operation, explain(err))
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
	if explain(err) == errLookAtLog {
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

// errLookAtLog is a failure that there are no words for.
var errLookAtLog = &graph.UnavailableError{
	What: "the server could not do it", Remedy: "look at the log, and try again",
}

// Codes of the server that are met in more than one place.
const (
	codeUnauthorized = "Neo.ClientError.Security.Unauthorized"
	codeLocked       = "Neo.ClientError.Security.AuthenticationRateLimit"
)

// explain says in our words what happened and what to do.
func explain(err error) *graph.UnavailableError {
	switch c := code(err); c {
	case "":
		return &graph.UnavailableError{
			What: "the server cannot be reached", Remedy: "check that it runs and what its address is; it is asked again",
		}
	case codeUnauthorized:
		return errRefused
	case codeLocked:
		return &graph.UnavailableError{
			What:   "the server has locked the account, because it was sent wrong passwords",
			Remedy: "correct the user or the password here and wherever else it is used, and wait; it is asked again after a minute",
		}
	case "Neo.ClientError.Security.CredentialsExpired":
		return &graph.UnavailableError{
			What: "the server wants the password changed first", Remedy: "change it with ALTER CURRENT USER SET PASSWORD, and set the new one here",
		}
	case "Neo.ClientError.Security.Forbidden":
		return &graph.UnavailableError{
			What: "the user may not do this on the server", Remedy: "give it the right to read and write the database and its schema",
		}
	case "Neo.ClientError.Database.DatabaseNotFound":
		return &graph.UnavailableError{What: "the server has no such database", Remedy: "correct its name"}
	case "Neo.TransientError.General.DatabaseUnavailable", "Neo.TransientError.Database.DatabaseUnavailable":
		return &graph.UnavailableError{
			What: "the server runs and its database does not yet", Remedy: "wait until it has started; it is asked again",
		}
	case "Neo.ClientError.Schema.ConstraintCreationFailed", "Neo.ClientError.Schema.ConstraintValidationFailed":
		return &graph.UnavailableError{
			What: "what is in the database does not allow it", Remedy: "use a database that holds nothing else",
		}
	default:
		if outOfMemory(c) {
			return &graph.UnavailableError{
				What: "the server has too little memory for it", Remedy: "split the batch, or give the server more",
			}
		}
	}
	return errLookAtLog
}

// outOfMemory reports whether a code says that the server has too little memory.
func outOfMemory(code string) bool {
	return code == "Neo.TransientError.General.MemoryPoolOutOfMemoryError" ||
		code == "Neo.TransientError.General.OutOfMemoryError"
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
	if e, ok := errors.AsType[*driver.Neo4jError](lastOf(err)); ok {
		return e.Code
	}
	return ""
}
