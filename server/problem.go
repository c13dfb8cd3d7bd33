package server

import (
	"encoding/json"
	"net/http"

	"github.com/vektah/gqlparser/v2/gqlerror"
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
