package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"testing"
)

func held(s Summary, err error) func(context.Context) (Summary, error) {
	return func(context.Context) (Summary, error) { return s, err }
}

func TestHome(t *testing.T) {
	h := Home(held(Summary{Entities: 1284, Links: 3, Claims: 20415, Sources: 0, Sequence: 70, Store: "<sqlite>"}, nil))
	answer := ask(h, "GET", "/")
	if answer.StatusCode != 200 {
		t.Fatalf("status %d, want 200", answer.StatusCode)
	}
	page := body(t, answer)
	for _, want := range []string{
		"<dd>1\u2009284</dd>", "<dd>3</dd>", "<dd>20\u2009415</dd>", "<dd>0</dd>",
		"Store: &lt;sqlite&gt;.", "Sequence: 70,", "implies no wrongdoing",
		`href="playground/"`, `href="graphql?query=`, `href="schema.graphql"`, `href="healthz"`, `href="readyz"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not contain %q:\n%s", want, page)
		}
	}
	if strings.Contains(page, "<script") || strings.Contains(page, " on") && regexp.MustCompile(`\son\w+=`).MatchString(page) {
		t.Error("the page has a script")
	}
}

// The policy names the style sheet by the hash of what stands in the page: a
// character more or less and browsers show the page bare.
func TestHomePolicy(t *testing.T) {
	answer := ask(Home(held(Summary{}, nil)), "GET", "/")
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(body(t, answer))
	if style == nil {
		t.Fatal("the page has no style sheet")
	}
	sum := sha256.Sum256([]byte(style[1]))
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if got := answer.Header.Get("Content-Security-Policy"); got != want {
		t.Errorf("policy %q, want %q", got, want)
	}
}

func TestHomeWithoutCounts(t *testing.T) {
	answer := ask(Home(held(Summary{}, errors.New("secret of the store"))), "GET", "/")
	page := body(t, answer)
	if answer.StatusCode != 200 || !strings.Contains(page, "The counts are not available") {
		t.Errorf("status %d, want a page that says the counts are missing:\n%s", answer.StatusCode, page)
	}
	if strings.Contains(page, "<dd>") || strings.Contains(page, "secret") {
		t.Errorf("the page shows counts it does not know, or an error's text:\n%s", page)
	}
}

func TestHomeAnswersTheRootAlone(t *testing.T) {
	h := Home(held(Summary{}, nil))
	if got := ask(h, "GET", "/else").StatusCode; got != 404 {
		t.Errorf("GET /else: status %d, want 404", got)
	}
	if got := ask(h, "POST", "/").StatusCode; got != 405 {
		t.Errorf("POST /: status %d, want 405", got)
	}
}

func TestCount(t *testing.T) {
	tests := map[int]string{
		0: "0", 7: "7", 999: "999", 1000: "1\u2009000", 1234567: "1\u2009234\u2009567", -999: "-999", -1000: "-1\u2009000",
	}
	for n, want := range tests {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}
