package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestUsualAttacks asks what scanners for GraphQL services ask first. What
// passes here passes on purpose: GET for queries, introspection, suggestions.
func TestUsualAttacks(t *testing.T) {
	h := newTestServer(t, func(c *Config) { c.HideSuggestions = true })
	form := contentType("application/x-www-form-urlencoded")
	const circular = `{ __schema { types { fields { type { fields { type { fields {
		type { fields { name } } } } } } } } } }`
	for _, tt := range []struct {
		name   string
		answer *answer
		status int
		code   string // empty: answered
	}{
		{"alias overloading", query(h, "{ "+numbered("a%d: __typename", 101)+"}", nil), 200, CodeCost},
		{"array batching", call{body: "[" + strings.Repeat(typename+",", 9) + typename + "]"}.do(h), 400, CodeBadRequest},
		{"circular introspection", query(h, circular, nil), 200, CodeCost},
		{"directive overloading", query(h, "{ __typename "+strings.Repeat("@aa ", 10)+"}", nil), 200, CodeValidation},
		{"more directives", query(h, "{ __typename "+strings.Repeat("@aa ", 100)+"}", nil), 200, CodeCost},
		{"field duplication", query(h, "{ "+strings.Repeat("__typename ", 500)+"}", nil), 200, CodeCost},
		{"field suggestion", query(h, "{ __schema { directive } }", nil), 200, CodeValidation},
		{"mutation by GET", get(h, "mutation { __typename }", nil), 405, CodeMethodNotAllowed},
		{"query by GET", get(h, "{ __typename }", nil), 200, ""},
		{"form", call{body: "query=%7B__typename%7D", header: form}.do(h), 415, CodeMediaType},
		{"form in the address", call{target: "/graphql?query={__typename}", header: form}.do(h), 415, CodeMediaType},
		{"trace mode", query(h, "{ __typename }", nil), 200, ""},
		{"unhandled error", query(h, "qwerty { abc }", nil), 200, CodeParse},
		{"introspection", query(h, "{ __schema { queryType { name } } }", nil), 200, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := tt.answer.Body.String()
			for _, leak := range []string{"Did you mean", "tracing", "stack", "goroutine", ".go:"} {
				if strings.Contains(body, leak) {
					t.Errorf("the answer tells %q: %s", leak, body)
				}
			}
			if tt.code != "" {
				tt.answer.wantError(t, tt.status, tt.code, "")
				return
			}
			if out := tt.answer.graphQL(t); tt.answer.Code != tt.status || len(out.Errors) > 0 || out.Extensions != nil {
				t.Errorf("%d %s", tt.answer.Code, body)
			}
		})
	}
}

// TestAttacksAreAnsweredShortly sends what takes stock servers seconds through
// the whole server.
func TestAttacksAreAnsweredShortly(t *testing.T) {
	h := newTestServer(t, nil)
	for name, document := range map[string]string{
		"bomb":                 bomb(24),
		"aliased bomb":         strings.ReplaceAll(bomb(40), "...B40 }", "...B40 a: sequence }"),
		"120 KB of __typename": "{ " + strings.Repeat("__typename ", 120_000/11) + "}",
		"3,000 unknown":        inGroup(numbered("nope%d", 3000)),
		"1,600 directives":     "{ __typename " + strings.Repeat("@aa ", 1600) + "}",
		"990 identical":        inGroup(strings.Repeat("id ", 990)),
		"800 conflicting":      inGroup(numbered("allies(first: %d)", 700)),
		"3 MB of braces":       strings.Repeat("{a", 1<<19),
		"values in values": "{ groups(where: " + strings.Repeat("{and:[", 480) + strings.Repeat("]}", 480) +
			") { totalCount } }",
		"a long name": "{ " + strings.Repeat("a", 100_000) + " }",
	} {
		t.Run(name, func(t *testing.T) {
			r := query(h, document, nil)
			if r.Code >= http.StatusInternalServerError || r.Body.Len() > 64<<10 {
				t.Errorf("status %d, %d bytes", r.Code, r.Body.Len())
			}
			if name != "990 identical" && !strings.Contains(fmt.Sprint(r.graphQL(t).Errors), "code") {
				t.Errorf("not refused: %.200s", r.Body)
			}
		})
	}
}
