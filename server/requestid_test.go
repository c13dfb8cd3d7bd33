package server

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

// TestRequestID: an answer has the client's own id where that is short and plain, else
// one that the server makes, also where the request is refused.
func TestRequestID(t *testing.T) {
	h := newTestServer(t, nil)
	for _, tt := range []struct {
		target, given string
		kept          bool
	}{
		{"/healthz", "abc-123_X.9", true},
		{"/healthz", strings.Repeat("a", 64), true},
		{"/nope", "f47ac10b-58cc-4372-a567-0e02b2c3d479", true},
		{"/healthz", strings.Repeat("a", 65), false},
		{"/healthz", "two words", false},
		{"/healthz", `x"y`, false},
		{"/healthz", "a\tb", false},
		{"/healthz", "", false},
	} {
		r := call{method: http.MethodGet, target: tt.target}.request()
		r.Header.Set("X-Request-Id", tt.given)
		got := serve(h, r).Header().Get("X-Request-Id")
		if tt.kept && got != tt.given || !tt.kept && (len(got) != 16 || got == tt.given) {
			t.Errorf("%q becomes %q", tt.given, got)
		}
	}
	refused := call{method: http.MethodGet, target: "/"}.request()
	refused.Host = "evil.example"
	if id := serve(h, refused).Header().Get("X-Request-Id"); len(id) != 16 {
		t.Errorf("a refused request has the id %q", id)
	}
}

// TestOneIDForARequest: the answer's header, the masked error and every line of the log
// have the same id.
func TestOneIDForARequest(t *testing.T) {
	var log bytes.Buffer
	h := newTestServer(t, func(c *Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	r := call{body: `{"query":"{ fail(how: UNKNOWN) }"}`, header: map[string]string{"X-Request-Id": "mine.1"}}.do(h)
	e := r.wantError(t, 200, CodeInternal, "internal error")
	if e.Extensions["requestId"] != "mine.1" || r.Header().Get("X-Request-Id") != "mine.1" {
		t.Errorf("the error says %v, the header %q", e.Extensions, r.Header().Get("X-Request-Id"))
	}
	lines := 0
	for line := range strings.Lines(log.String()) {
		lines++
		if strings.Count(line, "requestId=mine.1") != 1 {
			t.Errorf("a line does not name the request once: %s", line)
		}
	}
	if lines != 2 {
		t.Errorf("%d lines, want the error and the request:\n%s", lines, &log)
	}
}

// TestLogRequests: a line outside of requests has no id, one within names it once, however
// the logger was made.
func TestLogRequests(t *testing.T) {
	var log bytes.Buffer
	l := slog.New(LogRequests(LogRequests(slog.NewTextHandler(&log, nil)))).With("store", "s")
	l.Info("outside")
	ctx := context.WithValue(t.Context(), requestKey{}, &requestInfo{id: "one"})
	l.InfoContext(ctx, "inside")
	got := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(got) != 2 || strings.Contains(got[0], "requestId") || strings.Count(got[1], "requestId=one") != 1 {
		t.Errorf("got %q", got)
	}
}
