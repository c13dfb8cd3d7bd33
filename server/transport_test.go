package server

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestRefusedBeforeGraphQL(t *testing.T) {
	h := newTestServer(t, func(c *Config) { c.BodyLimit = 200 })
	form, upload := contentType("application/x-www-form-urlencoded"), contentType("multipart/form-data; boundary=x")
	graphQLText, latin1 := contentType("application/graphql"), contentType("application/json; charset=iso-8859-1")
	zipped := map[string]string{"Content-Encoding": "gzip"}
	invalid := `{"query":"{ __typename } # ` + "\xff" + `"}`
	address := func(query string) call { return call{method: http.MethodGet, target: "/graphql?" + query} }
	big := `{"query":"{ __typename }","variables":{"x":"` + strings.Repeat("a", 200) + `"}}`
	for _, tt := range []struct {
		name   string
		call   call
		status int
		code   string
		text   string
	}{
		{"no such media type", call{body: typename, header: accept("text/html")}, 406, CodeNotAcceptable, "/playground"},
		{"a form", call{body: "query={__typename}", header: form}, 415, CodeMediaType, "application/json"},
		{"an upload", call{body: "--x", header: upload}, 415, CodeMediaType, "application/json"},
		{"plain text", call{body: typename, header: contentType("text/plain")}, 415, CodeMediaType, "application/json"},
		{"graphql text", call{body: "{__typename}", header: graphQLText}, 415, CodeMediaType, "application/json"},
		{"latin1", call{body: typename, header: latin1}, 415, CodeMediaType, "UTF-8"},
		{"gzip body", call{body: typename, header: zipped}, 415, CodeMediaType, "compressed"},
		{"too large", call{body: big}, 413, CodeTooLarge, "200 bytes"},
		{"PUT", call{method: http.MethodPut, body: typename}, 405, CodeMethodNotAllowed, "POST"},
		{"DELETE", call{method: http.MethodDelete}, 405, CodeMethodNotAllowed, "POST"},
		{"batch", call{body: "[" + typename + "," + typename + "]"}, 400, CodeBadRequest, "batches"},
		{"spaced batch", call{body: " \r\n\t[]"}, 400, CodeBadRequest, "batches"},
		{"string", call{body: `"x"`}, 400, CodeBadRequest, "must be a JSON object"},
		{"null", call{body: `null`}, 400, CodeBadRequest, "must be a JSON object"},
		{"only spaces", call{body: ` `}, 400, CodeBadRequest, "empty"},
		{"rubbish after", call{body: typename + "x"}, 400, CodeBadRequest, "not valid JSON (at byte 27)"},
		{"invalid UTF-8", call{body: invalid}, 400, CodeBadRequest, "not valid UTF-8 (at byte 28)"},
		{"cut UTF-8", call{body: `{"query":"` + "\xd9"}, 400, CodeBadRequest, "not valid UTF-8"},
		{"half a character", call{body: `{"query":"{a}","variables":{"n":["x","\ud800"]}}`}, 400, CodeBadRequest, `at variables.n[1]: it holds half a character (\ud800)`},
		{"a key twice", call{body: `{"query":"{a}","variables":{"n":1,"n":2}}`}, 400, CodeBadRequest, "at variables.n: it is there twice"},
		{"get a key twice", address(`query={a}&variables={"n":1,"n":2}`), 400, CodeBadRequest, "the parameter variables, at n: it is there twice"},
		{"empty query", call{body: `{"query":""}`}, 400, CodeBadRequest, "query is missing"},
		{"null query", call{body: `{"query":null}`}, 400, CodeBadRequest, "query is missing"},
		{"other case", call{body: `{"Query":"{ __typename }"}`}, 400, CodeBadRequest, "query is missing"},
		{"get without query", call{method: http.MethodGet}, 400, CodeBadRequest, "query is missing"},
		{"get twice", address("query=a&query=b"), 400, CodeBadRequest, "2 times"},
		{"get bad escape", address("query=%zz"), 400, CodeBadRequest, "URL-encoded"},
		{"get bad UTF-8", address("query=%ff"), 400, CodeBadRequest, "UTF-8"},
		{"get bad variables", address("query={a}&variables={"), 400, CodeBadRequest, "variables is not valid JSON"},
		{"get variables list", address("query={a}&variables=[1]"), 400, CodeBadRequest, "variables must be a JSON object"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := tt.call.do(h)
			r.wantError(t, tt.status, tt.code, tt.text)
			if _, has := r.members(t)["data"]; has {
				t.Errorf("data in %s", r.Body)
			}
			if got := r.Header().Get("Content-Type"); got != "application/json; charset=utf-8" {
				t.Errorf("Content-Type %q", got)
			}
		})
	}
}

func TestRefusalsCarryTheirHeaders(t *testing.T) {
	h := newTestServer(t, nil)
	origin := map[string]string{"Origin": "http://evil.example"}
	for _, tt := range []struct {
		call         call
		header, want string
	}{
		{call{method: http.MethodPut}, "Allow", "GET, HEAD, OPTIONS, POST"},
		{getCall(url.Values{"query": {`mutation { rename(id: "1", name: "x") { id } }`}}, acceptJSON), "Allow", "POST"},
		{call{body: "x", header: contentType("text/plain")}, "Accept-Post", "application/json; charset=utf-8"},
		{call{method: http.MethodOptions}, "Allow", "GET, HEAD, OPTIONS, POST"},
		{call{method: http.MethodOptions}, "Access-Control-Allow-Origin", ""},
		{call{body: typename, header: origin}, "Access-Control-Allow-Origin", ""},
		{call{body: typename}, "Cache-Control", "no-store"},
	} {
		if got := tt.call.do(h).Header().Get(tt.header); got != tt.want {
			t.Errorf("%s %s: %s is %q, want %q", tt.call.method, tt.call.target, tt.header, got, tt.want)
		}
	}
	if vary := strings.Join(call{body: typename}.do(h).Header().Values("Vary"), ", "); vary != "Accept-Encoding, Accept" {
		t.Errorf("Vary: %s", vary)
	}
}

func TestTheBodyIsNeverRepeated(t *testing.T) {
	h := newTestServer(t, nil)
	const secret = "s3cret-body"
	for _, body := range []string{
		`{"query": ` + secret,
		`{"query":"{ __typename }","variables":"` + secret + `"}`,
		secret,
		`{"query":["` + secret + `"]}`,
		`{"query":"{ __typename }"} ` + secret,
	} {
		if r := (call{body: body}).do(h); strings.Contains(r.Body.String(), secret) {
			t.Errorf("the answer repeats the body: %s", r.Body)
		}
	}
}

func TestBrokenBody(t *testing.T) {
	r := call{}.request()
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"query":`), brokenReader{}))
	serve(newTestServer(t, nil), r).wantError(t, 400, CodeBadRequest, "ended early")
}

// brokenReader fails in the middle of a body.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestOperations(t *testing.T) {
	h := newTestServer(t, nil)
	const rename = `mutation { rename(id: "1", name: "x") { name } }`
	query(h, rename, nil).wantData(t, `{"rename":{"name":"x"}}`)
	get(h, rename, nil).wantError(t, 405, CodeMethodNotAllowed, "POST only")
	get(h, `{ group(id: "1") { name } }`, nil).wantData(t, `{"group":{"name":"Group 1"}}`)
	query(h, `subscription { ticks }`, nil).wantError(t, 200, CodeUnsupported, "subscriptions")
	get(h, `subscription { ticks }`, accept(acceptGraphQL)).wantError(t, 400, CodeUnsupported, "subscriptions")
	query(h, `{ ... @defer { sequence } }`, nil).wantError(t, 200, CodeUnsupported, "@defer")
	query(h, `{ ...F @defer(if: false) } fragment F on Query { sequence }`, nil).
		wantError(t, 200, CodeUnsupported, "@defer")
	query(h, `{ nodes(ids: [1]) @stream { id } }`, nil).wantError(t, 200, CodeUnsupported, "@stream")
	query(h, `{ sequence } fragment F on Query { ... @defer { sequence } }`, nil).
		wantError(t, 200, CodeUnsupported, "@defer")
	query(h, `query A { sequence } query B { __typename }`, nil).wantError(t, 200, CodeValidation, "operation")
	call{body: `{"query":"query A { sequence } query B { __typename }","operationName":"B"}`}.do(h).
		wantData(t, `{"__typename":"Query"}`)
	query(h, `{ __type(name: "Group") { name } }`, nil).wantData(t, `{"__type":{"name":"Group"}}`)
}

// refusingSchema executes nothing.
type refusingSchema struct{ graphql.ExecutableSchema }

func (refusingSchema) Exec(context.Context) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{codedError("CLOSED", "closed", nil)}})
}

func TestAnswerWithoutData(t *testing.T) {
	h := newTestServer(t, func(c *Config) { c.Schema = refusingSchema{c.Schema} })
	for media, status := range map[string]int{acceptJSON: 200, acceptGraphQL: 400} {
		r := call{body: typename, header: accept(media)}.do(h)
		r.wantError(t, status, "CLOSED", "closed")
		if _, has := r.members(t)["data"]; has {
			t.Errorf("data in %s", r.Body)
		}
	}
}

func TestHEADHasNoBody(t *testing.T) {
	srv := httptest.NewServer(newTestServer(t, nil))
	defer srv.Close()
	res, err := http.Head(srv.URL + "/graphql?query=" + url.QueryEscape("{ __typename }"))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != 200 || len(body) != 0 || res.ContentLength != int64(len(`{"data":{"__typename":"Query"}}`)) {
		t.Errorf("status %d, %d bytes, length %d", res.StatusCode, len(body), res.ContentLength)
	}
}

func TestNumbersKeepTheirDigits(t *testing.T) {
	h := newTestServer(t, nil)
	query(h, `query($id: ID!) { group(id: $id) { id } }`, map[string]any{"id": 9007199254740993}).
		wantData(t, `{"group":{"id":"9007199254740993"}}`)
}

func TestErrorsAreCapped(t *testing.T) {
	h := newTestServer(t, nil)
	for name, r := range map[string]*answer{
		"validation": query(h, "{ group(id: 1) { "+strings.Repeat("nope ", 900)+"} }", nil),
		"execution":  query(h, "{ failures(count: 100) }", nil),
		"names":      query(h, "{ group(id: 1) { "+strings.Repeat(strings.Repeat("x", 199)+" ", 500)+"} }", nil),
	} {
		out := r.graphQL(t)
		if len(out.Errors) != 20 || out.Extensions["moreErrors"] != true {
			t.Errorf("%s: %d errors, extensions %v", name, len(out.Errors), out.Extensions)
		}
		if r.Body.Len() > 64<<10 {
			t.Errorf("%s: the answer has %d bytes", name, r.Body.Len())
		}
	}
	exact := query(h, "{ failures(count: 20) }", nil).graphQL(t)
	if len(exact.Errors) != 20 || exact.Extensions != nil {
		t.Errorf("%d errors, extensions %v", len(exact.Errors), exact.Extensions)
	}
}

func TestLongMessagesAreCut(t *testing.T) {
	h := newTestServer(t, nil)
	r := query(h, `{ groups(where: {kind: "`+strings.Repeat("é", 40000)+`"}) { totalCount } }`, nil)
	if e := r.wantError(t, 200, CodeValidation, "GroupKind"); len(e.Message) > maxMessage+10 {
		t.Errorf("a message of %d bytes", len(e.Message))
	}
}
