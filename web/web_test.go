package web

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ask sends one request to a handler; fields are header names and values in turn.
func ask(h http.Handler, method, target string, fields ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// body reads an answer, unpacked where it is packed.
func body(t *testing.T, answer *http.Response) string {
	t.Helper()
	var r io.Reader = answer.Body
	if answer.Header.Get("Content-Encoding") == "gzip" {
		var err error
		if r, err = gzip.NewReader(answer.Body); err != nil {
			t.Fatal(err)
		}
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// builtScript finds the address of the page's script, whose name has a hash.
func builtScript(t *testing.T, page string) string {
	t.Helper()
	found := regexp.MustCompile(`src="\./(assets/[^"]+\.js)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("the page has no script:\n%s", page)
	}
	return "/playground/" + found[1]
}

func TestPlaygroundPage(t *testing.T) {
	answer := ask(Playground(nil), "GET", "/playground/")
	if answer.StatusCode != 200 {
		t.Fatalf("status %d, want 200", answer.StatusCode)
	}
	page := body(t, answer)
	for _, want := range []string{"<title>rabta playground</title>", "implies no wrongdoing", `href="./favicon.svg"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not contain %q", want)
		}
	}
	want := map[string]string{
		"Content-Type":           "text/html; charset=utf-8",
		"Cache-Control":          "no-cache",
		"X-Content-Type-Options": "nosniff",
		"Referrer-Policy":        "no-referrer",
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
			"font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	}
	for name, value := range want {
		if got := answer.Header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
}

// A worker is governed by the policy that its own file is sent with, and a
// refusal must not be a way round it.
func TestPolicyIsEverywhere(t *testing.T) {
	h := Playground(nil)
	script := builtScript(t, body(t, ask(h, "GET", "/playground/")))
	for _, target := range []string{"/playground", script, "/playground/examples.json", "/playground/nothing", "/elsewhere"} {
		answer := ask(h, "GET", target)
		if got := answer.Header.Get("Content-Security-Policy"); got != playgroundPolicy {
			t.Errorf("%s: policy %q, want that of the page", target, got)
		}
		if got := answer.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q, want nosniff", target, got)
		}
	}
}

func TestPlaygroundStatus(t *testing.T) {
	h := Playground(nil)
	tests := []struct {
		method, target string
		status         int
		header, value  string
	}{
		{"GET", "/playground", 308, "Location", "./playground/"},
		{"HEAD", "/playground/", 200, "Content-Type", "text/html; charset=utf-8"},
		{"GET", "/playground/favicon.svg", 200, "Content-Type", "image/svg+xml"},
		{"GET", "/playground/NOTICES.txt", 200, "Content-Type", "text/plain; charset=utf-8"},
		{"GET", "/playground/nothing.js", 404, "Cache-Control", ""},
		{"GET", "/playground/assets/", 404, "Cache-Control", ""},
		{"GET", "/playground/../web.go", 404, "Cache-Control", ""},
		{"GET", "/playgrounds", 404, "Location", ""},
		{"POST", "/playground/", 405, "Allow", "GET, HEAD"},
	}
	for _, tt := range tests {
		answer := ask(h, tt.method, tt.target)
		if answer.StatusCode != tt.status {
			t.Errorf("%s %s: status %d, want %d", tt.method, tt.target, answer.StatusCode, tt.status)
		}
		if got := answer.Header.Get(tt.header); got != tt.value {
			t.Errorf("%s %s: %s is %q, want %q", tt.method, tt.target, tt.header, got, tt.value)
		}
	}
}

func TestHashedFilesAreKept(t *testing.T) {
	h := Playground(nil)
	script := builtScript(t, body(t, ask(h, "GET", "/playground/")))
	answer := ask(h, "GET", script)
	if got, want := answer.Header.Get("Cache-Control"), "public, max-age=31536000, immutable"; got != want {
		t.Errorf("%s: Cache-Control %q, want %q", script, got, want)
	}
	if got, want := answer.Header.Get("Content-Type"), "text/javascript; charset=utf-8"; got != want {
		t.Errorf("%s: Content-Type %q, want %q", script, got, want)
	}
}

func TestSameContentsPackedOrNot(t *testing.T) {
	h := Playground(nil)
	script := builtScript(t, body(t, ask(h, "GET", "/playground/")))
	for _, target := range []string{"/playground/", script, "/playground/examples.json"} {
		packed := ask(h, "GET", target, "Accept-Encoding", "br, gzip")
		plain := ask(h, "GET", target)
		if got := packed.Header.Get("Content-Encoding"); got != "gzip" {
			t.Errorf("%s: Content-Encoding %q, want gzip", target, got)
		}
		if got := plain.Header.Get("Content-Encoding"); got != "" {
			t.Errorf("%s: Content-Encoding %q for a reader without gzip", target, got)
		}
		if packed.Header.Get("Vary") != "Accept-Encoding" || plain.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: a shared cache is not told that the encoding varies", target)
		}
		if packed.Header.Get("Etag") == plain.Header.Get("Etag") {
			t.Errorf("%s: the packed and the plain body have one version tag", target)
		}
		if body(t, packed) != body(t, plain) {
			t.Errorf("%s: the packed and the plain body differ", target)
		}
	}
}

func TestUnchangedPageIsNotSentAgain(t *testing.T) {
	h := Playground(nil)
	tag := ask(h, "GET", "/playground/", "Accept-Encoding", "gzip").Header.Get("Etag")
	again := ask(h, "GET", "/playground/", "Accept-Encoding", "gzip", "If-None-Match", tag)
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("status %d for the version the reader has, want 304", again.StatusCode)
	}
	other := ask(h, "GET", "/playground/", "Accept-Encoding", "gzip", "If-None-Match", `"old"`)
	if other.StatusCode != http.StatusOK {
		t.Errorf("status %d for an old version, want 200", other.StatusCode)
	}
}

func TestAcceptsGzip(t *testing.T) {
	tests := []struct {
		fields []string
		want   bool
	}{
		{nil, false},
		{[]string{"gzip"}, true},
		{[]string{"GZIP"}, true},
		{[]string{"br;q=1.0, gzip;q=0.8"}, true},
		{[]string{"br", "gzip"}, true},
		{[]string{"gzip;q=0"}, false},
		{[]string{"gzip; q=0.0"}, false},
		{[]string{"*"}, true},
		{[]string{"*;q=0"}, false},
		{[]string{"*, gzip;q=0"}, false},
		{[]string{"gzip;q=0, *"}, false},
		{[]string{"identity"}, false},
		{[]string{"gzipped"}, false},
	}
	for _, tt := range tests {
		if got := acceptsGzip(tt.fields); got != tt.want {
			t.Errorf("acceptsGzip(%q) = %t, want %t", tt.fields, got, tt.want)
		}
	}
}

func TestExamples(t *testing.T) {
	given := []Example{
		{"b", "Second first", "The order is kept.", "One", "{ a }", json.RawMessage(`{"ids":["ttp"]}`)},
		{"a", "تحریک طالبان پاکستان", "</script>", "Two", "{ b }", nil},
	}
	answer := ask(Playground(given), "GET", "/playground/examples.json")
	if got, want := answer.Header.Get("Content-Type"), "application/json; charset=utf-8"; got != want {
		t.Errorf("Content-Type %q, want %q", got, want)
	}
	if got, want := answer.Header.Get("Cache-Control"), "no-cache"; got != want {
		t.Errorf("Cache-Control %q, want %q", got, want)
	}
	var got []map[string]any
	if err := json.Unmarshal([]byte(body(t, answer)), &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{
		{
			"name": "b", "title": "Second first", "description": "The order is kept.", "group": "One", "query": "{ a }",
			"variables": map[string]any{"ids": []any{"ttp"}},
		},
		{"name": "a", "title": "تحریک طالبان پاکستان", "description": "</script>", "group": "Two", "query": "{ b }", "variables": nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if none := body(t, ask(Playground(nil), "GET", "/playground/examples.json")); none != "[]" {
		t.Errorf("no examples are sent as %q, want an empty list", none)
	}
}

func TestFavicon(t *testing.T) {
	answer := ask(Favicon(), "GET", "/favicon.ico")
	if got, want := answer.Header.Get("Content-Type"), "image/svg+xml"; got != want {
		t.Errorf("Content-Type %q, want %q", got, want)
	}
	if got, want := body(t, answer), body(t, ask(Playground(nil), "GET", "/playground/favicon.svg")); got != want {
		t.Errorf("the icon is %q, want that of the page, %q", got, want)
	}
}

func TestBrokenVariablesPanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Playground took variables that are not JSON")
		}
	}()
	Playground([]Example{{Name: "broken", Variables: json.RawMessage(`{`)}})
}
