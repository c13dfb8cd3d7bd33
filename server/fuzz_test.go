package server

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rabta/rabta/server/internal/toy"
)

// seeds are documents worth mutating: one of each feature and each attack.
func seeds() []string {
	return []string{
		"", "{", "{ sequence }", "query A { sequence } mutation B { rename(id: 1, name: \"x\") { id } }",
		bomb(3), introspection(), nested(5), inGroup("id name kind aliases"),
		"{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
		"query($n: Int = 3, $on: Boolean = true) " +
			"{ groups(first: $n) @include(if: $on) { nodes { allies(last: 2) { totalCount } } } }",
		"{ groups(where: {and: [{name: {eq: \"x\"}}, {kind: ARMED}]}) { totalCount } }",
		"subscription { ticks }", "{ ... @defer { sequence } }", "{ day(of: 99999999999999999999) }",
		"{ node(id: 1) { id ... on Group { name } ... on Person { name } __typename } }",
		"\"\"\"about\"\"\" query { a: ratio(of: -1.5e3) fail(how: PANIC) failures(count: 3) }",
		"# \u0000\n{ nodes(ids: [\"\\u00e9\", 1, $x]) { id } }",
	}
}

// FuzzGuard: whatever the text, the guard neither panics nor takes more steps
// than a document of the allowed length has tokens, twice over.
func FuzzGuard(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	g := newTestGuard(nil)
	f.Fuzz(func(t *testing.T, text string) {
		steps, err := g.check(text)
		if steps > 2*g.limits.Tokens+1 {
			t.Errorf("%d steps", steps)
		}
		if err != nil && (err.Message == "" || err.Extensions["code"] == nil) {
			t.Errorf("refused without a reason: %+v", err)
		}
	})
}

// fuzzServer serves the toy and tells what it logged for the last request.
func fuzzServer(f *testing.F) (ask func(*testing.T, []byte, string)) {
	var log bytes.Buffer
	h := newTestServer(f, func(c *Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	return func(t *testing.T, body []byte, media string) {
		log.Reset()
		checkAnswer(t, call{body: string(body), header: accept(media)}.do(h), media)
		for line := range strings.Lines(log.String()) {
			if !strings.Contains(line, toy.Secret) { // the toy's own failures, where it is asked to fail
				t.Errorf("the client's mistake is an internal error: %s", line)
			}
		}
	}
}

// FuzzBody: whatever the body, the answer is one that a GraphQL client can read
// and never blames the server.
func FuzzBody(f *testing.F) {
	for _, s := range seeds() {
		body, _ := json.Marshal(map[string]any{"query": s, "variables": map[string]any{"n": 1, "on": nil}})
		f.Add(body, false)
	}
	for _, s := range []string{
		"", "[]", "null", "{", `{"query":1}`, `{"query":"{ sequence }","variables":[]}`, "\xff", `{"query":"\ud800"}`,
	} {
		f.Add([]byte(s), true)
	}
	ask := fuzzServer(f)
	f.Fuzz(func(t *testing.T, body []byte, graphQLMedia bool) {
		media := acceptJSON
		if graphQLMedia {
			media = acceptGraphQL
		}
		ask(t, body, media)
	})
}

// FuzzDocument is FuzzBody with a body that holds what it should.
func FuzzDocument(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s, `{"n":1,"on":null}`)
	}
	f.Add(`query($w: GroupWhere) { groups(where: $w) { totalCount } }`,
		`{"w":{"and":[{"name":{"eq":"x"}},null],"foundedBefore":3}}`)
	f.Add(`query($i: ID, $f: Float) { group(id: $i) { id } ratio(of: $f) }`, `{"i":1e3,"f":1e999}`)
	f.Add(`query($d: Date!, $k: GroupKind) { day(of: $d) groups(where: {kind: $k}) { totalCount } }`,
		`{"d":[[{}]],"k":{}}`)
	ask := fuzzServer(f)
	f.Fuzz(func(t *testing.T, document, variables string) {
		if !json.Valid([]byte(variables)) {
			t.Skip()
		}
		body, err := json.Marshal(map[string]any{"query": document, "variables": json.RawMessage(variables)})
		if err != nil {
			t.Skip()
		}
		ask(t, body, acceptGraphQL)
	})
}

func checkAnswer(t tester, r *answer, media string) {
	if r.Code >= http.StatusInternalServerError {
		t.Fatalf("status %d: %s", r.Code, r.Body)
	}
	if got := r.Header().Get("Content-Type"); got != media+"; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	if !utf8.Valid(r.Body.Bytes()) || !json.Valid(r.Body.Bytes()) || bytes.HasPrefix(r.Body.Bytes(), []byte(" ")) {
		t.Fatalf("not JSON in UTF-8: %q", r.Body)
	}
	members := r.members(t)
	for name := range members {
		if name != "data" && name != "errors" && name != "extensions" {
			t.Errorf("unexpected member %q", name)
		}
	}
	data, hasData := members["data"]
	errs := r.graphQL(t).Errors
	_, hasErrors := members["errors"]
	switch {
	case hasErrors && len(errs) == 0, !hasErrors && !hasData:
		t.Errorf("neither data nor errors: %s", r.Body)
	case hasData && r.Code != http.StatusOK:
		t.Errorf("data with status %d", r.Code)
	case !hasData && r.Code == http.StatusOK && media == acceptGraphQL:
		t.Errorf("a refusal with status 200: %s", r.Body)
	case hasData && !hasErrors && (bytes.Equal(data, []byte("null")) || data[0] != '{'):
		t.Errorf("data %s without errors", data)
	}
	for _, e := range errs {
		code, _ := e.Extensions["code"].(string)
		if e.Message == "" || code == "" {
			t.Errorf("an error without message or code: %+v", e)
		}
	}
}
