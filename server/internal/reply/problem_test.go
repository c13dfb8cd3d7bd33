package reply

import (
	"net/http/httptest"
	"strconv"
	"testing"
)

func TestProblem(t *testing.T) {
	p := &Problem{
		Status: 503, Code: "BUSY", Message: "ask <again>",
		Header: map[string]string{"Retry-After": "5"}, Extensions: map[string]any{"atLeast": 7},
	}
	w := httptest.NewRecorder()
	p.Write(w, GraphQL)
	const want = `{"errors":[{"message":"ask \u003cagain\u003e","extensions":{"atLeast":7,"code":"BUSY"}}]}`
	if w.Code != p.Status || w.Body.String() != want {
		t.Errorf("%d %s, want %s", w.Code, w.Body, want)
	}
	for name, want := range map[string]string{
		"Content-Type":   "application/graphql-response+json; charset=utf-8",
		"Content-Length": strconv.Itoa(len(want)),
		"Retry-After":    "5",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s %q, want %q", name, got, want)
		}
	}
	if len(p.Extensions) != 1 {
		t.Errorf("writing changed the problem: %v", p.Extensions)
	}
}
