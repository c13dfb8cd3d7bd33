package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rabta/rabta/graph"
)

// The codes that the HTTP side itself puts into extensions.code. Codes of the
// domain come from the error table in Config.Errors; CodeInvalid, CodeTimeout
// and CodeCancelled are in both and mean the same.
const (
	CodeBadRequest       = "BAD_REQUEST"
	CodeInvalid          = "INVALID"
	CodeParse            = "GRAPHQL_PARSE_FAILED"
	CodeValidation       = "GRAPHQL_VALIDATION_FAILED"
	CodeCost             = "COST_LIMIT_EXCEEDED"
	CodeUnsupported      = "UNSUPPORTED_OPERATION"
	CodeInternal         = "INTERNAL"
	CodeTimeout          = "TIMEOUT"
	CodeCancelled        = "CANCELLED"
	CodeNotYetVisible    = "NOT_YET_VISIBLE"
	CodeNotFound         = "NOT_FOUND"
	CodeMethodNotAllowed = "METHOD_NOT_ALLOWED"
	CodeNotAcceptable    = "NOT_ACCEPTABLE"
	CodeMediaType        = "UNSUPPORTED_MEDIA_TYPE"
	CodeTooLarge         = "PAYLOAD_TOO_LARGE"
	CodeMisdirected      = "HOST_NOT_ALLOWED"
	CodeBusy             = "BUSY"
)

// problem is a request refused before GraphQL saw it.
type problem struct {
	status     int
	code       string
	message    string
	header     map[string]string
	extensions map[string]any
}

func (p *problem) Error() string { return p.message }

func (p *problem) graphQLError() *gqlerror.Error {
	return codedError(p.code, p.message, p.extensions)
}

// write answers with the problem, in the shape of a GraphQL request error.
func (p *problem) write(w http.ResponseWriter, media mediaType) {
	for name, value := range p.header {
		w.Header().Set(name, value)
	}
	writeGraphQL(w, media, p.status, graphQLResponse{errors: gqlerror.List{p.graphQLError()}})
}

// codedError is a GraphQL error that a client may read as it stands.
func codedError(code, message string, extensions map[string]any) *gqlerror.Error {
	all := map[string]any{"code": code}
	for key, value := range extensions {
		all[key] = value
	}
	return &gqlerror.Error{Message: message, Extensions: all}
}

// writeError answers an error from before GraphQL: a problem with its own status, and
// what else the hooks return as unavailable or, when it is not known, as internal.
func (p *presenter) writeError(ctx context.Context, w http.ResponseWriter, r *http.Request, err error) {
	media, _ := negotiate(r.Header)
	if refused, ok := errors.AsType[*problem](err); ok {
		refused.write(w, media)
		return
	}
	shown := p.present(ctx, err)
	status := http.StatusServiceUnavailable
	if shown.Extensions["code"] == CodeInternal {
		status = http.StatusInternalServerError
	}
	writeGraphQL(w, media, status, graphQLResponse{errors: gqlerror.List{shown}})
}

// writeRequestError answers what is wrong with a request as a bad one, and other errors
// as writeError does.
func (p *presenter) writeRequestError(ctx context.Context, w http.ResponseWriter, r *http.Request, err error) {
	if !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrNotFound) {
		p.writeError(ctx, w, r, err)
		return
	}
	media, _ := negotiate(r.Header)
	writeGraphQL(w, media, http.StatusBadRequest, graphQLResponse{errors: gqlerror.List{p.present(ctx, err)}})
}

// writeJSON answers with v, which must marshal.
func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic("server: an answer of ours does not marshal: " + err.Error())
	}
	w.Header().Set("Content-Type", mediaJSON.contentType())
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
