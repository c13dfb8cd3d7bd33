package server

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rabta/rabta/server/internal/reply"
	"github.com/rabta/rabta/work"
)

// transport serves GraphQL over HTTP: GET for queries, POST with a JSON body
// for queries and mutations, one operation a request. It follows the profile
// that the graphql-http audits check.
type transport struct {
	bodyLimit int64
	maxErrors int
	errors    *errorPresenter
}

var _ graphql.Transport = transport{}

const allowedMethods = "GET, HEAD, OPTIONS, POST"

// Supports reports true for every request: what is not GraphQL over HTTP is
// answered with the reason.
func (t transport) Supports(*http.Request) bool { return true }

// Do answers one request.
func (t transport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	w.Header().Add("Vary", "Accept")
	media, ok := reply.Negotiate(r.Header)
	defer func() {
		if value := recover(); value != nil {
			err := t.errors.present(r.Context(), t.errors.panicError(r.Context(), value))
			writeGraphQL(w, media, http.StatusInternalServerError, graphQLResponse{errors: gqlerror.List{err}})
		}
	}()
	switch {
	case r.Method == http.MethodOptions:
		w.Header().Set("Allow", allowedMethods)
		w.WriteHeader(http.StatusNoContent)
		return
	case !ok:
		notAcceptable().Write(w, media)
		return
	}
	if isUpgrade(r) {
		noUpgrade().Write(w, media)
		return
	}
	params, p := t.read(w, r)
	if p != nil {
		p.Write(w, media)
		return
	}
	params.Headers = r.Header
	t.run(w, r, media, params, exec)
}

func noSubscriptions() *gqlerror.Error { return codedError(CodeUnsupported, noSubscriptionsText, nil) }

const noSubscriptionsText = "subscriptions are not served here; ask again with a query and the header " + atLeastHeader

// isUpgrade reports whether a client wants to speak WebSocket.
func isUpgrade(r *http.Request) bool {
	return strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

func noUpgrade() *reply.Problem {
	return &reply.Problem{
		Status: http.StatusNotImplemented, Code: CodeUnsupported,
		Message: "subscriptions over WebSocket are not served here; ask again with a query and the header " + atLeastHeader,
	}
}

func notAcceptable() *reply.Problem {
	return &reply.Problem{
		Status: http.StatusNotAcceptable, Code: CodeNotAcceptable,
		Message: "this address answers application/json or application/graphql-response+json; " +
			"put one of them into the Accept header, or open /playground in a browser",
	}
}

func (t transport) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *reply.Problem) {
	switch r.Method {
	case http.MethodPost:
		return readPOST(w, r, t.bodyLimit)
	case http.MethodGet, http.MethodHead:
		return readGET(r)
	default:
		return nil, methodNotAllowed(allowedMethods)
	}
}

func methodNotAllowed(allowed string) *reply.Problem {
	return &reply.Problem{
		Status: http.StatusMethodNotAllowed, Code: CodeMethodNotAllowed,
		Message: "this address does not serve this method; use one of " + allowed,
		Header:  map[string]string{"Allow": allowed},
	}
}

func (t transport) run(
	w http.ResponseWriter, r *http.Request, media reply.Media, params *graphql.RawParams, exec graphql.GraphExecutor,
) {
	ctx := r.Context()
	params.ReadTime = graphql.TraceTiming{Start: graphql.GetStartTime(ctx), End: graphql.Now()}
	op, errs := exec.CreateOperationContext(ctx, params)
	ctx = graphql.WithOperationContext(ctx, op)
	switch {
	case len(errs) > 0:
		t.writeRequestErrors(ctx, w, media, exec, errs)
	case op.Operation.Operation == ast.Subscription:
		t.writeRequestErrors(ctx, w, media, exec, gqlerror.List{noSubscriptions()})
	case op.Operation.Operation == ast.Mutation && r.Method != http.MethodPost:
		p := methodNotAllowed(http.MethodPost)
		p.Message = "a mutation changes data and is accepted by POST only"
		p.Write(w, media)
	default:
		t.execute(ctx, w, media, op, exec)
	}
}

func (t transport) execute(
	ctx context.Context, w http.ResponseWriter, media reply.Media,
	op *graphql.OperationContext, exec graphql.GraphExecutor,
) {
	responses, ctx := exec.DispatchOperation(ctx, op)
	response := responses(ctx)
	work.RequestOf(ctx).Close() // it is sent without a place at the gate
	if _, info := withRequestInfo(ctx); info.committed.Load() > 0 {
		own := info.committed.Load()
		w.Header().Set(sequenceHeader, strconv.FormatUint(own, 10))
	}
	switch {
	case response == nil: // the time was up before anything was resolved
		err := context.Cause(ctx)
		if err == nil {
			err = context.Canceled
		}
		t.writeRequestErrors(ctx, w, media, exec, gqlerror.List{gqlerror.Wrap(err)})
	case response.Data == nil:
		status := requestErrorStatus(media)
		if tellBusy(ctx, w) {
			status = http.StatusServiceUnavailable
		}
		t.write(w, media, status, response)
	default:
		t.write(w, media, http.StatusOK, response)
	}
}

// writeRequestErrors answers a request error: no data key.
func (t transport) writeRequestErrors(
	ctx context.Context, w http.ResponseWriter, media reply.Media, exec graphql.GraphExecutor, errs gqlerror.List,
) {
	t.write(w, media, requestErrorStatus(media), exec.DispatchError(ctx, errs))
}

func (t transport) write(w http.ResponseWriter, media reply.Media, status int, response *graphql.Response) {
	a := graphQLResponse{errors: response.Errors, data: response.Data, extensions: response.Extensions}
	a.sortErrors()
	a.limitErrors(t.maxErrors)
	writeGraphQL(w, media, status, a)
}

// requestErrorStatus is the status of an answer without data: legacy clients
// that ask for application/json read the errors only from a 200.
func requestErrorStatus(media reply.Media) int {
	if media == reply.GraphQL {
		return http.StatusBadRequest
	}
	return http.StatusOK
}
