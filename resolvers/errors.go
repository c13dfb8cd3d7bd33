package resolvers

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// ErrReadOnly is returned for a write to a server that takes none.
var ErrReadOnly = fmt.Errorf("%w: this server takes no writes", graph.ErrDenied)

// codes is the one table from kinds of error to codes of answers.
var codes = []struct {
	kind error
	code string
}{
	{graph.ErrNotFound, "NOT_FOUND"},
	{graph.ErrAmbiguous, "AMBIGUOUS"},
	{graph.ErrInvalid, "INVALID"},
	{graph.ErrConflict, "CONFLICT"},
	{graph.ErrDenied, "DENIED"},
	{graph.ErrUnavailable, "UNAVAILABLE"},
	{work.ErrBusy, "BUSY"},
	{work.ErrBudget, "PARTIAL"},
	{context.DeadlineExceeded, "TIMEOUT"},
	{context.Canceled, "CANCELLED"},
}

// Describe says how an error is told to a client: a code, a message and, for an
// input that is wrong, what is wrong where. ok is false for an error that is not
// in the table, of which a client learns nothing.
func Describe(err error) (code, message string, extensions map[string]any, ok bool) {
	for _, c := range codes {
		if errors.Is(err, c.kind) {
			code, ok = c.code, true
			break
		}
	}
	if !ok {
		return "", "", nil, false
	}
	var invalid *graph.InvalidError
	if errors.As(err, &invalid) {
		invalid = underArgument(err, invalid)
		return code, invalid.Error(), map[string]any{"problems": invalid.Problems}, true
	}
	var missing *graph.NotFoundError
	if errors.As(err, &missing) {
		return code, missing.Error(), tellMissing(missing), true
	}
	var several *graph.AmbiguousError
	if errors.As(err, &several) {
		all := map[string]any{
			lookupKeys[several.By]: several.Text, "argument": several.Path, "candidates": several.Candidates, "more": several.More,
		}
		return code, several.Error(), all, true
	}
	var over *work.BudgetError
	if errors.As(err, &over) && over.Untold() {
		return "COST_LIMIT_EXCEEDED", over.Error(), map[string]any{"limit": over.Code, "allowed": over.Limit}, true
	}
	return code, plain(code, err), nil, true
}

// lookupKeys name what was looked up in extensions, as the keys of EntityBy do.
var lookupKeys = map[graph.LookupKey]string{graph.ByID: "id", graph.ByName: "name", graph.ByExternal: "external"}

// tellMissing is what a client is told of what is not there.
func tellMissing(e *graph.NotFoundError) map[string]any {
	told := map[string]any{lookupKeys[e.By]: e.ID, "argument": e.Path}
	if len(e.Near) > 0 {
		told["near"] = e.Near
	}
	return told
}

// trouble is what a client may read of why a store does not answer or takes no writes.
func trouble(err error) string {
	if why, ok := errors.AsType[*graph.UnavailableError](err); ok {
		return why.Reason() + ". Reads go on from memory, writes are refused until then"
	}
	return "the store does not answer; reads go on from memory, writes are refused until it does"
}

// underArgument names the argument, when it is known which one holds the value.
func underArgument(err error, invalid *graph.InvalidError) *graph.InvalidError {
	var of interface{ Argument() string }
	if !errors.As(err, &of) || of.Argument() == "" {
		return invalid
	}
	named := &graph.InvalidError{Problems: slices.Clone(invalid.Problems)}
	for i := range named.Problems {
		named.Problems[i].Path = of.Argument()
	}
	return named
}

// plain is the message for a code: a store's and a context's own words stay
// inside.
func plain(code string, err error) string {
	switch code {
	case "UNAVAILABLE":
		return trouble(err)
	case "TIMEOUT":
		if _, write := errors.AsType[*recordError](err); write {
			return "the time is up before it was known whether the batch is recorded; " +
				"send it again under the same id: nothing is recorded twice"
		}
		return "the query took too long; ask for less"
	case "CANCELLED":
		return "the request was cancelled"
	}
	return err.Error()
}
