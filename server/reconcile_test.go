package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/reconcile"
	"github.com/rabta/rabta/server/internal/toy"
)

// newReconcileServer serves a few people and groups, some of them hidden from readers of
// a lower clearance.
func newReconcileServer(t *testing.T, clearance graph.Marking, change func(*Config)) *graphServer {
	t.Helper()
	e := newGraphServer(t, 0, clearance, change)
	names := func(list ...string) (out []graph.Name) {
		for _, n := range list {
			out = append(out, graph.Name{Value: n})
		}
		return out
	}
	claim := func(of graph.ID, p graph.Predicate, v graph.Value, h graph.Hedge) graph.Claim {
		return graph.Claim{Subject: of, Predicate: p, Value: &v, Hedge: h, Source: "s_a"}.Normalised()
	}
	secret := claim("zafar-qureshi", graph.FatherName, graph.Value{Text: "Hidden Father"}, graph.Stated)
	secret.Marking = graph.Red
	born, err := graph.ParseDate("1964")
	if err != nil {
		t.Fatal(err)
	}
	e.add(t, graph.Change{
		Sequence: 2, Recorded: time.Unix(1_700_000_100, 0),
		Entities: []graph.Entity{
			{
				ID: "zafar-qureshi", Kind: graph.Individual, Description: "A <i>person</i>.",
				Names: names("Zafar Qureshi", "Zafar <b>Abu Nidal</b>"),
			},
			{ID: "zafar-qureshi-group", Kind: graph.Group, Names: names("Zafar Qureshi Group")},
			{ID: "marked-one", Kind: graph.Individual, Names: names("Wolfram Xanthippe"), Marking: graph.Red},
		},
		Claims: []graph.Claim{
			claim("zafar-qureshi", graph.FatherName, graph.Value{Text: "Aslam Qureshi"}, graph.Reported),
			claim("zafar-qureshi", graph.Birth, graph.Value{Date: born}, graph.Stated),
			secret,
		},
	})
	return e
}

// read asks for a path and gives the status and the body.
func (e *graphServer) read(t *testing.T, path string, headers ...string) (int, string, http.Header) {
	t.Helper()
	resp := e.ask(t, http.MethodGet, path, headers...)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body), resp.Header
}

func TestReconcileHidesWhatIsMarked(t *testing.T) {
	asks := []string{
		"/reconcile?queries=" + url.QueryEscape(`{"q": {"query": "Wolfram Xanthippe"}}`),
		"/reconcile/suggest/entity?prefix=Wolfram", "/reconcile/preview?id=marked-one",
		"/reconcile?extend=" + url.QueryEscape(`{"ids": ["marked-one"], "properties": [{"id": "name"}]}`),
		"/reconcile?extend=" + url.QueryEscape(`{"ids": ["zafar-qureshi"], "properties": [{"id": "father"}]}`),
		"/reconcile/preview?id=zafar-qureshi",
	}
	for _, clearance := range []graph.Marking{graph.Clear, graph.Red} {
		e := newReconcileServer(t, clearance, nil)
		for _, path := range asks {
			_, body, _ := e.read(t, path)
			shown := strings.Contains(body, "Xanthippe") || strings.Contains(body, "Hidden Father")
			if shown != (clearance == graph.Red) {
				t.Errorf("%s to %s: %s", path, clearance, body)
			}
		}
	}
	e := newReconcileServer(t, graph.Clear, nil)
	hidden, hiddenBody, _ := e.read(t, "/reconcile/preview?id=marked-one")
	missing, missingBody, _ := e.read(t, "/reconcile/preview?id=no-such-one")
	if hidden != 404 || missing != 404 || hiddenBody != missingBody {
		t.Errorf("hidden: %d %s; missing: %d %s", hidden, hiddenBody, missing, missingBody)
	}
}

func TestReconcileManifest(t *testing.T) {
	e := newReconcileServer(t, graph.Clear, nil)
	_, body, _ := e.read(t, "/reconcile?minCredibility=2")
	var m reconcile.Manifest
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.DefaultTypes) != len(graph.EntityKinds) || m.Versions[0] != "0.2" {
		t.Errorf("%+v", m)
	}
	for what, p := range m.Suggest {
		status, answer, _ := e.read(t, strings.TrimPrefix(p.URL+p.Path, e.url)+"&prefix=z")
		if status != 200 || !strings.HasPrefix(answer, `{"result":[`) {
			t.Errorf("%s at %v: %d %s", what, p, status, answer)
		}
	}
	propose := strings.TrimPrefix(m.Extend.Propose.URL+m.Extend.Propose.Path, e.url) + "&type=GROUP"
	if status, answer, _ := e.read(t, propose); status != 200 || !strings.Contains(answer, `"father"`) {
		t.Errorf("proposed: %d %s", status, answer)
	}
	status, page, _ := e.read(t, strings.TrimPrefix(strings.ReplaceAll(m.Preview.URL, "{{id}}", "zafar-qureshi"), e.url))
	if status != 200 || strings.Contains(page, "Aslam") || !strings.Contains(page, "1964") {
		t.Errorf("the lens does not hold in the preview: %d %s", status, page)
	}
}

func TestReconcilePreview(t *testing.T) {
	_, page, header := newReconcileServer(t, graph.Clear, nil).read(t, "/reconcile/preview?id=zafar-qureshi")
	for _, want := range []string{"reportedly Aslam Qureshi", "&lt;b&gt;Abu Nidal", "&lt;i&gt;person", "A report"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in %s", want, page)
		}
	}
	csp := header.Get("Content-Security-Policy")
	if strings.Contains(page, "<script") || !strings.Contains(csp, "default-src 'none'") ||
		!strings.HasSuffix(csp, "frame-ancestors 'none'") {
		t.Errorf("%s\n%s", csp, page)
	}
}

func TestReconcileAnswersForms(t *testing.T) {
	e := newReconcileServer(t, graph.Clear, nil)
	for field, want := range map[string]struct{ sent, answer string }{
		"queries": {
			`{"a": {"query": "Zafar Qureshi", "type": "GROUP"}, "b": {"query": "Nobody Whatever"}}`,
			`{"a":{"result":[{"id":"zafar-qureshi-group","name":"Zafar Qureshi Group",`,
		},
		"extend": {
			`{"ids": ["zafar-qureshi", "nobody"], "properties": [{"id": "father"}]}`,
			`{"meta":[{"id":"father","name":"Father's name"}],` +
				`"rows":{"nobody":{"father":[]},"zafar-qureshi":{"father":[{"str":"Aslam Qureshi"}]}}}`,
		},
	} {
		resp, err := http.PostForm(e.url+"/reconcile", url.Values{field: {want.sent}})
		if err != nil {
			t.Fatal(err)
		}
		if body := all(t, resp.Body); resp.StatusCode != http.StatusOK || !strings.HasPrefix(body, want.answer) {
			t.Errorf("%s: %d %s", field, resp.StatusCode, body)
		}
		_ = resp.Body.Close()
	}
}

func TestReconcileSuggestions(t *testing.T) {
	e := newReconcileServer(t, graph.Clear, nil)
	for path, want := range map[string]string{
		"entity?prefix=zaf&type=GROUP":            `"id":"zafar-qureshi-group"`,
		"entity?prefix=":                          `{"result":[]}`,
		"type?prefix=gro":                         `{"result":[{"id":"GROUP","name":"Group"}]}`,
		"property?prefix=FAT&type=&callless=":     "callless: there is no such parameter",
		"property?prefix=FAT&spell=always":        `"id":"father"`,
		"property?prefix=&limit=1&cursor=1":       `{"result":[{"id":"aliases"`,
		"entity?prefix=zaf&limit=0":               "limit: ",
		"entity?prefix=zaf&type=NOTHING":          "type: ",
		"nothing?prefix=zaf":                      "NOT_FOUND",
		"entity?prefix=zaf&callback=x":            "JSONP is not supported",
		"entity?prefix=zaf&minCredibility=eleven": "minCredibility: ",
	} {
		if _, body, _ := e.read(t, "/reconcile/suggest/"+path); !strings.Contains(body, want) {
			t.Errorf("%s: no %s in %s", path, want, body)
		}
	}
}

func TestReconcileRefuses(t *testing.T) {
	e := newReconcileServer(t, graph.Clear, func(c *Config) { c.BodyLimit = 5000 })
	many := map[string]any{}
	for i := range 51 {
		many[fmt.Sprint("q", i)] = map[string]string{"query": "x"}
	}
	tooMany, _ := json.Marshal(many)
	for queries, want := range map[string]string{
		`{`: "not valid JSON", `[]`: "must be a JSON object", string(tooMany): "51 queries, at most 50",
		`{"q": null}`: "queries.q: ", `{"q": {}}`: "queries.q.query: ",
		`{"q": {"query": "x", "type": "PERSON"}}`: "queries.q.type: ", `{"q": {"query": "x", "type": 5}}`: "queries.q.type: ",
		`{"q": {"query": "x", "limit": 0}}`:                                         "queries.q.limit: ",
		`{"q": {"query": "x", "type_strict": "no"}}`:                                "queries.q.type_strict: ",
		`{"q": {"query": "x", "properties": [{"pid": "colour", "v": "red"}]}}`:      "use kind, father, birth, nationality",
		`{"q": {"query": "x", "properties": [{"pid": "birth", "v": "when"}]}}`:      "queries.q.properties[0].v: ",
		`{"q": {"query": "x", "properties": [{"pid": "kind", "v": "when"}]}}`:       "queries.q.properties[0].v: ",
		`{"q": {"query": "x", "properties": [{"pid": "father", "v": ["a", "b"]}]}}`: "there are 2 values",
		`{"q": {"query": "x", "properties": [{"pid": "father", "v": true}]}}`:       "queries.q.properties[0].v: ",
		"\xff": "not valid UTF-8", `{"q": {"query": "` + strings.Repeat("x", 5000) + `"}}`: "5000 bytes",
	} {
		resp, err := http.PostForm(e.url+"/reconcile", url.Values{"queries": {queries}})
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		message := strings.ReplaceAll(string(body), `\"`, `"`)
		if !strings.Contains(message, want) || resp.StatusCode/100 != 4 {
			t.Errorf("%.80s: %d, no %s in %s", queries, resp.StatusCode, want, message)
		}
	}
	for path, want := range map[string]string{
		"?extend={}&queries={}": "send one of them", "?extend={": "extend: ", "?querys={}": "no such parameter",
		"?extend=" + url.QueryEscape(`{"ids":[],"properties":[{"id":"x"}]}`): "use name, aliases",
	} {
		if status, body, _ := e.read(t, "/reconcile"+path); status != 400 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	resp := e.ask(t, http.MethodPost, "/reconcile", "Content-Type", "application/json")
	_ = resp.Body.Close()
	if resp.StatusCode != 415 {
		t.Errorf("JSON is posted: %d", resp.StatusCode)
	}
}

func TestReconcileOrigins(t *testing.T) {
	const refine = "http://127.0.0.1:3333"
	e := newReconcileServer(t, graph.Clear, func(c *Config) { c.ReconcileOrigins = []string{refine} })
	closed := newReconcileServer(t, graph.Clear, nil)
	allowed := func(e *graphServer, path, origin string) string {
		_, _, header := e.read(t, path, "Origin", origin)
		return header.Get("Access-Control-Allow-Origin")
	}
	if got := allowed(e, "/reconcile", refine); got != refine {
		t.Errorf("OpenRefine is told %q", got)
	}
	for _, got := range []string{
		allowed(e, "/reconcile", "http://example.org"), allowed(closed, "/reconcile", refine),
		allowed(e, "/export/links.csv", refine), allowed(e, "/graphql?query={__typename}", refine),
	} {
		if got != "" {
			t.Errorf("allows %q", got)
		}
	}
	_, _, header := e.read(t, "/reconcile/preview?id=zafar-qureshi")
	csp := header.Get("Content-Security-Policy")
	if !strings.HasSuffix(csp, "frame-ancestors "+refine) || header.Get("X-Frame-Options") != "" {
		t.Errorf("OpenRefine may not frame the preview: %v", header)
	}
	if _, err := New(Config{Schema: toy.New(), ReconcileOrigins: []string{"*"}}); err == nil {
		t.Error("every origin is allowed")
	}
}
