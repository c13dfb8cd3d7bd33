package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/server/internal/reply"
)

// ErrorTable says how a client reads an error: its code, its message and what
// else it should know. It reports false for an error that no client may read.
type ErrorTable func(error) (code, message string, extensions map[string]any, ok bool)

// errorPresenter turns errors into what a client may read. An error that the table
// does not know is written to the log in full and goes out as "internal error"
// with the id to look for there.
type errorPresenter struct {
	table   ErrorTable
	log     *slog.Logger
	timeout time.Duration
	maxLogs int
}

// maxMessage bounds messages that quote the client's own document.
const maxMessage = 1000

// internalError is an error that was logged already, under id.
type internalError struct{ id string }

func (e *internalError) Error() string { return "internal error " + e.id }

// argumentError is an argument's value that does not fit its type.
type argumentError struct {
	path ast.Path // of the field
	name string   // of the argument, down to the input field; empty when not known
	err  error
}

func (e *argumentError) Error() string { return e.err.Error() }
func (e *argumentError) Unwrap() error { return e.err }

// Argument is the argument's name, down to the input field: "lens.asOf".
func (e *argumentError) Argument() string { return e.name }

// present turns an error into what the client may read: the error presenter of the
// executor.
func (p *errorPresenter) present(ctx context.Context, err error) *gqlerror.Error {
	out := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	wrapped, isGraphQL := errors.AsType[*gqlerror.Error](err)
	if isGraphQL {
		out.Path, out.Locations = wrapped.Path, wrapped.Locations
	}
	if bad := badArgument(ctx, err, wrapped); bad != nil {
		err, out.Path = bad, bad.path
	}
	if isGraphQL && isProtocolError(wrapped) {
		return protocolError(wrapped)
	}
	code, message, extensions := p.classify(ctx, err, out.Path)
	if named, ok := errors.AsType[*argumentError](err); ok {
		message = named.prefix(message)
	}
	refused := codedError(code, message, extensions)
	out.Message, out.Extensions = refused.Message, refused.Extensions
	return out
}

// classify asks the table first, then knows the errors of the HTTP side itself.
func (p *errorPresenter) classify(ctx context.Context, err error, path ast.Path) (
	code, message string, extensions map[string]any,
) {
	if internal, ok := errors.AsType[*internalError](err); ok {
		return maskedError(internal.id)
	}
	if p.table != nil {
		if code, message, extensions, ok := p.table(err); ok {
			return code, message, extensions
		}
	}
	if _, ok := errors.AsType[*argumentError](err); ok {
		return CodeInvalid, truncate(plainMessage(err)), nil
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return CodeTimeout, fmt.Sprintf("the request took longer than the %s it may take; "+
			"ask for less at once: fewer levels, smaller pages, a narrower filter", p.timeout), nil
	case errors.Is(err, context.Canceled):
		return CodeCancelled, "the request was cancelled before it was answered", nil
	}
	id := p.logError(ctx, "internal error",
		slog.String("error", err.Error()), slog.String("path", path.String()))
	return maskedError(id)
}

// maskedError is all that a client learns of an error that was logged under the id.
func maskedError(id string) (code, message string, extensions map[string]any) {
	return CodeInternal, "internal error", map[string]any{"requestId": id}
}

// panicError logs the value of a panic: the recover function of the executor.
func (p *errorPresenter) panicError(ctx context.Context, value any) error {
	return &internalError{p.logError(ctx, "panic",
		slog.String("panic", fmt.Sprint(value)), slog.String("stack", string(debug.Stack())))}
}

// logError logs under the request's id, and returns that. One request writes at most
// maxLogs lines.
func (p *errorPresenter) logError(ctx context.Context, message string, attrs ...slog.Attr) string {
	ctx, request := withRequestInfo(ctx)
	if n := request.logged.Add(1); p.maxLogs < 0 || int(n) <= p.maxLogs {
		p.log.LogAttrs(ctx, slog.LevelError, message, attrs...)
	}
	return request.id
}

// isProtocolError reports whether the error was made for the client: by the parser,
// the validator, the guard or the transport.
func isProtocolError(err *gqlerror.Error) bool {
	if err.Err != nil {
		return false
	}
	switch err.Extensions["code"] {
	case CodeParse, CodeValidation, CodeCost, CodeUnsupported, CodeInvalid:
		return true
	}
	return false
}

// protocolError shows such an error without the file and path that the parser
// and the validator put in: a request error has no path in the answer. The name
// of a variable moves from the path into the message.
func protocolError(err *gqlerror.Error) *gqlerror.Error {
	message := err.Message
	if variable, ok := strings.CutPrefix(err.Path.String(), "variable."); ok {
		message = fmt.Sprintf("variable $%s %s", variable, message)
	}
	return &gqlerror.Error{Message: truncate(message), Locations: err.Locations, Extensions: err.Extensions}
}

// badArgument recognises an error from reading a field's arguments: generated
// code reports it with the field in the context and no arguments set.
func badArgument(ctx context.Context, err error, wrapped *gqlerror.Error) *argumentError {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || fc.Args != nil || fc.Field.Field == nil || len(fc.Field.Arguments) == 0 {
		return nil
	}
	bad := &argumentError{path: fc.Path(), err: err}
	if wrapped != nil && len(wrapped.Path) > len(bad.path) {
		bad.name = wrapped.Path[len(bad.path):].String()
	}
	return bad
}

// prefix puts the argument's name in front of a message that does not have it.
func (e *argumentError) prefix(message string) string {
	if e.name == "" {
		return message
	}
	return "argument " + e.name + ": " + strings.TrimPrefix(message, e.name+": ")
}

// plainMessage is the innermost error's text, without paths and positions.
func plainMessage(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			break
		}
		err = inner
	}
	if graphqlError, ok := err.(*gqlerror.Error); ok {
		return graphqlError.Message
	}
	return err.Error()
}

// truncate shortens a message that quotes much of the client's document.
func truncate(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	cut := maxMessage
	for cut > 0 && !utf8.RuneStart(message[cut]) {
		cut--
	}
	return message[:cut] + "…"
}

// writeError answers an error from before GraphQL: a problem with its own status, and
// what else the hooks return as unavailable or, when it is not known, as internal.
func (p *errorPresenter) writeError(ctx context.Context, w http.ResponseWriter, r *http.Request, err error) {
	media, _ := reply.Negotiate(r.Header)
	if refused, ok := errors.AsType[*reply.Problem](err); ok {
		refused.Write(w, media)
		return
	}
	presented := p.present(ctx, err)
	status := http.StatusServiceUnavailable
	tellBusy(ctx, w)
	if presented.Extensions["code"] == CodeInternal {
		status = http.StatusInternalServerError
	}
	writeGraphQL(w, media, status, graphQLResponse{errors: gqlerror.List{presented}})
}

// writeRequestError answers what is wrong with a request as a bad one, and other errors
// as writeError does.
func (p *errorPresenter) writeRequestError(ctx context.Context, w http.ResponseWriter, r *http.Request, err error) {
	if !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrNotFound) && !errors.Is(err, graph.ErrAmbiguous) {
		p.writeError(ctx, w, r, err)
		return
	}
	media, _ := reply.Negotiate(r.Header)
	writeGraphQL(w, media, http.StatusBadRequest, graphQLResponse{errors: gqlerror.List{p.present(ctx, err)}})
}
