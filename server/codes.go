package server

import (
	"maps"

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
	CodeCrossSite        = "CROSS_SITE"
)

// codedError is a GraphQL error that a client may read as it stands.
func codedError(code, message string, extensions map[string]any) *gqlerror.Error {
	all := map[string]any{"code": code}
	maps.Copy(all, extensions)
	return &gqlerror.Error{Message: message, Extensions: all}
}
