package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/server/internal/reply"
)

func badRequest(format string, args ...any) *reply.Problem {
	return &reply.Problem{Status: http.StatusBadRequest, Code: CodeBadRequest, Message: fmt.Sprintf(format, args...)}
}

func badQueryString() *reply.Problem {
	return badRequest("the query string is not properly URL-encoded; " +
		"encode each value, and put an ampersand between parameters")
}

func repeatedParameter(name string, times int) *reply.Problem {
	return badRequest("the parameter %s is given %d times; give it once", name, times)
}

// readPOST reads the parameters from a JSON body of at most limit bytes. It
// never repeats the body in what it says.
func readPOST(w http.ResponseWriter, r *http.Request, limit int64) (*graphql.RawParams, *reply.Problem) {
	if p := checkContentType(r); p != nil {
		return nil, p
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, bodyTooLarge(limit)
	case err != nil:
		return nil, badRequest("the body ended early; send the request again")
	}
	return decodeBody(body)
}

func bodyTooLarge(limit int64) *reply.Problem {
	return &reply.Problem{
		Status: http.StatusRequestEntityTooLarge, Code: CodeTooLarge,
		Message: fmt.Sprintf("the body is larger than the %d bytes this server accepts; send less at once", limit),
	}
}

// checkContentType accepts JSON in UTF-8 and nothing that a browser form can
// send, which keeps other sites from posting in a reader's name.
func checkContentType(r *http.Request) *reply.Problem {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	message := ""
	switch encoding := r.Header.Get("Content-Encoding"); {
	case err != nil || media != string(reply.JSON):
		message = "the Content-Type must be application/json: send {\"query\": \"...\"} as JSON"
	case !reply.IsUTF8(params["charset"]):
		message = "the body must be encoded in UTF-8"
	case encoding != "" && !strings.EqualFold(encoding, "identity"):
		message = "compressed bodies are not accepted: send the JSON as it is"
	default:
		return nil
	}
	return &reply.Problem{
		Status: http.StatusUnsupportedMediaType, Code: CodeMediaType, Message: message,
		Header: map[string]string{"Accept-Post": reply.JSON.ContentType()},
	}
}

func decodeBody(body []byte) (*graphql.RawParams, *reply.Problem) {
	if !utf8.Valid(body) {
		return nil, badRequest("the body is not valid UTF-8 (at byte %d); encode it in UTF-8", firstInvalid(body)+1)
	}
	trimmed := bytes.TrimLeft(body, " \t\r\n")
	switch {
	case len(trimmed) == 0:
		return nil, badRequest("the body is empty; send {\"query\": \"...\"} as JSON")
	case trimmed[0] == '[':
		return nil, badRequest("batches are not supported; " +
			"send one request an operation, or several fields in one operation")
	}
	fields, p := decodeObject("the body", body)
	if p != nil {
		return nil, p
	}
	if p := checkJSON("the body", body); p != nil {
		return nil, p
	}
	return paramsFrom(fields)
}

// checkJSON refuses what a decoder would drop or replace without a word.
func checkJSON(what string, text []byte) *reply.Problem {
	wrong, ok := errors.AsType[*graph.InvalidError](formats.CheckJSON(text))
	if !ok {
		return nil
	}
	p := wrong.Problems[0]
	return badRequest("%s, at %s: %s; %s", what, p.Path, p.Message, p.Remedy)
}

// firstInvalid is the offset of the first byte that is not UTF-8.
func firstInvalid(body []byte) int {
	at := 0
	for at < len(body) {
		r, size := utf8.DecodeRune(body[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// readGET reads the parameters from the address.
func readGET(r *http.Request) (*graphql.RawParams, *reply.Problem) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("the query string is not properly URL-encoded; " +
			"encode each parameter with encodeURIComponent or its like")
	}
	fields := map[string]json.RawMessage{}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		given, present := values[name]
		switch {
		case !present:
			continue
		case len(given) > 1:
			return nil, repeatedParameter(name, len(given))
		case !utf8.ValidString(given[0]):
			return nil, badRequest("the parameter %s is not valid UTF-8; URL-encode its UTF-8 bytes", name)
		case given[0] == "" && name != "query":
			continue
		case name == "query" || name == "operationName":
			fields[name], _ = json.Marshal(given[0]) // a valid string
		default:
			fields[name] = json.RawMessage(given[0])
			if p := checkJSON("the parameter "+name, fields[name]); p != nil {
				return nil, p
			}
		}
	}
	return paramsFrom(fields)
}

// paramsFrom checks the type of each parameter. Unknown parameters are ignored,
// as the specification asks.
func paramsFrom(fields map[string]json.RawMessage) (*graphql.RawParams, *reply.Problem) {
	query, p := stringParam(fields, "query")
	if p != nil {
		return nil, p
	}
	if query == "" {
		return nil, badRequest("the parameter query is missing; send the GraphQL document as a string")
	}
	params := &graphql.RawParams{Query: query}
	if params.OperationName, p = stringParam(fields, "operationName"); p != nil {
		return nil, p
	}
	if params.Variables, p = objectParam(fields, "variables"); p != nil {
		return nil, p
	}
	params.Extensions, p = objectParam(fields, "extensions")
	return params, p
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

func stringParam(fields map[string]json.RawMessage, name string) (string, *reply.Problem) {
	raw := fields[name]
	if isNull(raw) {
		return "", nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", badRequest("the parameter %s must be a string", name)
	}
	return s, nil
}

// objectParam keeps numbers as they are written, so that no digit is lost.
func objectParam(fields map[string]json.RawMessage, name string) (map[string]any, *reply.Problem) {
	raw := fields[name]
	if isNull(raw) {
		return nil, nil
	}
	members, p := decodeObject("the parameter "+name, raw)
	if p != nil {
		return nil, p
	}
	object := make(map[string]any, len(members))
	for key, member := range members {
		decoder := json.NewDecoder(bytes.NewReader(member))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			return nil, badRequest("the parameter %s is not valid JSON", name)
		}
		object[key] = value
	}
	return object, nil
}

// decodeObject splits one JSON object, with nothing after it, into its members.
func decodeObject(what string, raw []byte) (map[string]json.RawMessage, *reply.Problem) {
	var members map[string]json.RawMessage
	err := json.Unmarshal(raw, &members)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, badRequest("%s is not valid JSON (at byte %d)", what, syntax.Offset)
	case err != nil || members == nil:
		return nil, badRequest("%s must be a JSON object", what)
	}
	return members, nil
}
