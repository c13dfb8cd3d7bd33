package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/server/internal/toy"
)

func text(s string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, s+" "+r.URL.Path)
	})
}

func pages(c *Config) {
	c.Playground, c.Home, c.Favicon = text("playground"), text("home"), text("icon")
}

func TestRoutes(t *testing.T) {
	h := newTestServer(t, pages)
	for _, tt := range []struct {
		method, target string
		status         int
		body           string
	}{
		{http.MethodGet, "/", 200, "home /"},
		{http.MethodGet, "/playground", 200, "playground /playground"},
		{http.MethodGet, "/playground/a/b.js", 200, "playground /playground/a/b.js"},
		{http.MethodGet, "/favicon.ico", 200, "icon /favicon.ico"},
		{http.MethodGet, "/healthz", 200, `{"status":"ok"}`},
		{http.MethodHead, "/healthz", 200, `{"status":"ok"}`},
		{http.MethodGet, "/readyz", 200, `{"status":"ready"}`},
		{http.MethodGet, "/schema.graphql", 200, toy.SDL},
	} {
		r := call{method: tt.method, target: tt.target}.do(h)
		if r.Code != tt.status || r.Body.String() != tt.body {
			t.Errorf("%s %s: %d %s", tt.method, tt.target, r.Code, r.Body)
		}
	}
	for _, target := range []string{"/nope", "/graphql/", "/graphql/x", "/healthz/", "/debug/pprof/"} {
		call{method: http.MethodGet, target: target}.do(h).wantError(t, 404, CodeNotFound, "/playground")
	}
	for _, target := range []string{"/healthz", "/readyz", "/schema.graphql"} {
		r := call{target: target}.do(h)
		r.wantError(t, 405, CodeMethodNotAllowed, "GET, HEAD")
		if r.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: Allow %q", target, r.Header().Get("Allow"))
		}
	}
}

func TestPagesThatAreNotGiven(t *testing.T) {
	h := newTestServer(t, func(c *Config) { c.SDL = "" })
	for _, target := range []string{"/", "/playground", "/favicon.ico", "/schema.graphql"} {
		call{method: http.MethodGet, target: target}.do(h).wantError(t, 404, CodeNotFound, "nothing")
	}
}

func TestSchemaTag(t *testing.T) {
	h := newTestServer(t, nil)
	first := call{method: http.MethodGet, target: "/schema.graphql"}.do(h)
	tag := first.Header().Get("ETag")
	for _, tt := range []struct {
		match  string
		status int
	}{
		{tag, 304},
		{strings.TrimPrefix(tag, "W/"), 304},
		{`"a", ` + tag, 304},
		{"*", 304},
		{`"a"`, 200},
	} {
		match := map[string]string{"If-None-Match": tt.match}
		r := call{method: http.MethodGet, target: "/schema.graphql", header: match}.do(h)
		if r.Code != tt.status || r.Code == 304 && r.Body.Len() > 0 || r.Header().Get("ETag") != tag {
			t.Errorf("If-None-Match %s: %d, %d bytes", tt.match, r.Code, r.Body.Len())
		}
	}
	other := newTestServer(t, func(c *Config) { c.SDL += " " })
	otherTag := call{method: http.MethodGet, target: "/schema.graphql"}.do(other).Header().Get("ETag")
	if otherTag == tag || otherTag == "" {
		t.Errorf("another text has the tag %s", otherTag)
	}
}

func TestReady(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string // start of the reason
	}{
		{toy.ErrKnown, "there is no such group"},
		{errors.New("cannot reach " + toy.Secret), "internal error; the log has the details under "},
	} {
		var log bytes.Buffer
		h := newTestServer(t, func(c *Config) {
			c.Log = slog.New(slog.NewTextHandler(&log, nil))
			c.Ready = func(ctx context.Context) error {
				if _, limited := ctx.Deadline(); !limited {
					t.Error("the check has no deadline")
				}
				return tt.err
			}
		})
		r := call{method: http.MethodGet, target: "/readyz"}.do(h)
		var got healthStatus
		if err := json.Unmarshal(r.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if r.Code != 503 || got.Status != "unavailable" ||
			!strings.HasPrefix(got.Reason, tt.want) || strings.Contains(got.Reason, "hunter2") {
			t.Errorf("%d %+v", r.Code, got)
		}
		if live := (call{method: http.MethodGet, target: "/healthz"}).do(h); live.Code != 200 {
			t.Errorf("not alive: %d", live.Code)
		}
	}
}

func TestSecurityHeaders(t *testing.T) {
	h := newTestServer(t, pages)
	want := map[string]string{
		"Content-Security-Policy":      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Referrer-Policy":              "no-referrer",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Access-Control-Allow-Origin":  "",
	}
	for _, target := range []string{"/", "/graphql", "/nope", "/healthz", "/schema.graphql"} {
		header := call{method: http.MethodGet, target: target}.do(h).Header()
		got := map[string]string{}
		for name := range want {
			got[name] = header.Get(name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
}

func TestHosts(t *testing.T) {
	for _, tt := range []struct {
		name    string
		listen  string
		allowed []string
		host    string
		ok      bool
	}{
		{"no host given", "", nil, "localhost:8420", true},
		{"v4", "127.0.0.1:8420", nil, "127.0.0.1:8420", true},
		{"another loopback", "127.0.0.1:8420", nil, "127.8.8.8", true},
		{"v6", "[::1]:8420", nil, "[::1]:8420", true},
		{"v6 without port", "127.0.0.1:8420", nil, "[::1]", true},
		{"mapped v6", "127.0.0.1:8420", nil, "[::ffff:127.0.0.1]:1", true},
		{"upper case", "127.0.0.1:8420", nil, "LOCALHOST.", true},
		{"below localhost", "127.0.0.1:8420", nil, "rabta.localhost:8420", true},
		{"rebound name", "127.0.0.1:8420", nil, "evil.example:8420", false},
		{"name that holds localhost", "127.0.0.1:8420", nil, "localhost.evil.example", false},
		{"name that ends like it", "127.0.0.1:8420", nil, "evillocalhost", false},
		{"name like an address", "127.0.0.1:8420", nil, "127.0.0.1.evil.example", false},
		{"other address", "127.0.0.1:8420", nil, "10.0.0.1", false},
		{"any address", "127.0.0.1:8420", nil, "0.0.0.0:8420", false},
		{"no host", "127.0.0.1:8420", nil, "", false},
		{"allowed name", "127.0.0.1:8420", []string{"rabta.example"}, "RABTA.example:443", true},
		{"allowed with port", "127.0.0.1:8420", []string{"rabta.example:443"}, "rabta.example", true},
		{"name beside it", "127.0.0.1:8420", []string{"rabta.example"}, "x.rabta.example", false},
		{"not on loopback, without names", "0.0.0.0:8420", nil, "evil.example", false},
		{"any name, as was asked for", "0.0.0.0:8420", []string{"*"}, "evil.example", true},
		{"any name, on loopback", "127.0.0.1:8420", []string{"*"}, "evil.example", true},
		{"not on loopback, with names", "0.0.0.0:8420", []string{"rabta.example"}, "evil.example", false},
		{"not on loopback, its own name", "rabta.internal:8420", []string{"rabta.example"}, "rabta.internal:8420", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newTestServer(t, func(c *Config) { c.Listen, c.AllowedHosts = tt.listen, tt.allowed })
			c := call{method: http.MethodGet, target: "/healthz"}
			request := c.request()
			request.Host = tt.host
			r := serve(h, request)
			switch {
			case tt.ok && r.Code != 200:
				t.Errorf("refused: %d %s", r.Code, r.Body)
			case !tt.ok:
				r.wantError(t, 421, CodeMisdirected, "allowed hosts")
			}
		})
	}
}

func TestGzip(t *testing.T) {
	h := newTestServer(t, func(c *Config) {
		c.Home = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, strings.Repeat("x", 4000))
		})
		c.Favicon = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = io.WriteString(w, strings.Repeat("x", 4000))
		})
	})
	long := `{"query":"{ nodes(ids: [` + strings.Repeat(`1 `, 300) + `]) { id __typename } }"}`
	for _, tt := range []struct {
		name, encodings string
		call            call
		want            string // Content-Encoding
	}{
		{"long answer", "gzip", call{body: long}, "gzip"},
		{"as browsers ask", "gzip, deflate, br", call{body: long}, "gzip"},
		{"any encoding", "br;q=1, *;q=0.1", call{body: long}, "gzip"},
		{"not wanted", "gzip;q=0, *", call{body: long}, ""},
		{"not named", "br", call{body: long}, ""},
		{"short answer", "gzip", call{body: typename}, ""},
		{"schema", "gzip", call{method: http.MethodGet, target: "/schema.graphql"}, "gzip"},
		{"encoded already", "gzip", call{method: http.MethodGet, target: "/"}, "br"},
		{"image", "gzip", call{method: http.MethodGet, target: "/favicon.ico"}, ""},
		{"head", "gzip", call{method: http.MethodHead, target: "/schema.graphql"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plain := tt.call.do(h)
			tt.call.header = map[string]string{"Accept-Encoding": tt.encodings}
			r := tt.call.do(h)
			if got := r.Header().Get("Content-Encoding"); got != tt.want {
				t.Errorf("Content-Encoding %q, want %q", got, tt.want)
			}
			if tt.want == "gzip" {
				if r.Header().Get("Content-Length") != "" || r.Body.Len() >= plain.Body.Len() {
					t.Errorf("length %q, %d bytes of %d", r.Header().Get("Content-Length"), r.Body.Len(), plain.Body.Len())
				}
				reader, err := gzip.NewReader(r.Body)
				if err != nil {
					t.Fatal(err)
				}
				unzipped, err := io.ReadAll(reader)
				if err != nil || !bytes.Equal(unzipped, plain.Body.Bytes()) {
					t.Errorf("unzipped to something else: %v", err)
				}
			} else if !bytes.Equal(r.Body.Bytes(), plain.Body.Bytes()) {
				t.Error("another body")
			}
			if !strings.Contains(strings.Join(r.Header().Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("Vary %v", r.Header().Values("Vary"))
			}
		})
	}
}

func debugLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func TestAccessLog(t *testing.T) {
	var log bytes.Buffer
	h := newTestServer(t, func(c *Config) { c.Log = debugLog(&log) })
	get(h, `{ group(id: "someone") { name } }`, nil)
	line := log.String()
	if !strings.Contains(line, "method=GET path=/graphql status=200 bytes=43 took=") ||
		strings.Contains(line, "someone") {
		t.Errorf("logged %s", line)
	}
	log.Reset()
	call{method: http.MethodGet, target: "/nope"}.do(h)
	if !strings.Contains(log.String(), "path=/nope status=404") {
		t.Errorf("logged %s", log.String())
	}
}

func TestNewChecksItsConfig(t *testing.T) {
	for want, c := range map[string]Config{
		"Config.Schema is nil":    {},
		`Config.Listen "8420" is`: {Schema: toy.New(), Listen: "8420"},
	} {
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
