package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/rabta/rabta/server/internal/toy"
)

// newTestServer serves the toy schema; change may alter its configuration.
func newTestServer(t testing.TB, change func(*Config)) http.Handler {
	t.Helper()
	return newServer(t, change).Handler()
}

func newServer(t testing.TB, change func(*Config)) *Server {
	t.Helper()
	c := Config{Schema: toy.New(), SDL: toy.SDL, Errors: toyErrors}
	if change != nil {
		change(&c)
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// toyErrors knows one error.
func toyErrors(err error) (code, message string, extensions map[string]any, ok bool) {
	if errors.Is(err, toy.ErrKnown) {
		return "NOT_FOUND", "there is no such group", map[string]any{"id": "g1"}, true
	}
	return "", "", nil, false
}

// call describes one request; POST of a JSON body to /graphql unless it says
// otherwise.
type call struct {
	method string
	target string
	body   string
	header map[string]string
}

func (c call) request() *http.Request {
	method, target := c.method, c.target
	if method == "" {
		method = http.MethodPost
	}
	if target == "" {
		target = "/graphql"
	}
	r := httptest.NewRequest(method, target, strings.NewReader(c.body))
	r.Host = "localhost:8420"
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range c.header {
		if value == "" {
			r.Header.Del(name)
			continue
		}
		r.Header.Set(name, value)
	}
	return r
}

func (c call) do(h http.Handler) *answer { return serve(h, c.request()) }

func serve(h http.Handler, r *http.Request) *answer {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return &answer{w}
}

// query posts a document with variables.
func query(h http.Handler, document string, variables map[string]any) *answer {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		panic(err)
	}
	return call{body: string(body)}.do(h)
}

// get asks for a document by GET.
func get(h http.Handler, document string, header map[string]string) *answer {
	return call{method: http.MethodGet, target: "/graphql?query=" + url.QueryEscape(document), header: header}.do(h)
}

type answer struct{ *httptest.ResponseRecorder }

type answerError struct {
	Message    string         `json:"message"`
	Path       []any          `json:"path"`
	Locations  []any          `json:"locations"`
	Extensions map[string]any `json:"extensions"`
}

// graphQL is the answer as a client reads it.
func (r *answer) graphQL(t tester) (out struct {
	Data       json.RawMessage `json:"data"`
	Errors     []answerError   `json:"errors"`
	Extensions map[string]any  `json:"extensions"`
},
) {
	t.Helper()
	if err := json.Unmarshal(r.Body.Bytes(), &out); err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, r.Body)
	}
	return out
}

// members are the names in the answer's object.
func (r *answer) members(t tester) map[string]json.RawMessage {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(r.Body.Bytes(), &members); err != nil {
		t.Fatalf("the answer is not a JSON object: %v\n%s", err, r.Body)
	}
	return members
}

// wantError fails unless the answer's first error has the code and holds text.
func (r *answer) wantError(t tester, status int, code, text string) answerError {
	t.Helper()
	if r.Code != status {
		t.Errorf("status %d, want %d: %.300s", r.Code, status, r.Body)
	}
	errs := r.graphQL(t).Errors
	if len(errs) == 0 {
		t.Fatalf("no errors, want %s: %.300s", code, r.Body)
	}
	if errs[0].Extensions["code"] != code {
		t.Errorf("code %v, want %s: %.300s", errs[0].Extensions["code"], code, r.Body)
	}
	if !strings.Contains(errs[0].Message, text) {
		t.Errorf("message %q does not hold %q", errs[0].Message, text)
	}
	return errs[0]
}

// wantData fails unless the answer is this data and nothing else.
func (r *answer) wantData(t tester, want string) {
	t.Helper()
	if got := strings.TrimSpace(r.Body.String()); r.Code != http.StatusOK || got != `{"data":`+want+`}` {
		t.Errorf("status %d, answer %s, want data %s", r.Code, got, want)
	}
}

// tester is what *testing.T and *rapid.T have in common.
type tester interface {
	Helper()
	Errorf(string, ...any)
	Fatalf(string, ...any)
}
