package server

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// graphServer is a server of a graph, over real connections.
type graphServer struct {
	graph        *live.Graph
	older        *graph.Older
	sight        *graph.Sight
	server       *Server
	url          string
	smallBuffers bool
}

// smallBuffer is how little of a long answer the system holds between server and client.
const smallBuffer = 4 << 10

// newGraphServer serves so many links to readers of a clearance; change may alter the
// configuration.
func newGraphServer(t *testing.T, links int, clearance graph.Marking, change func(*Config)) *graphServer {
	t.Helper()
	e := &graphServer{older: graph.NewOlder(), sight: graph.NewSight(clearance), smallBuffers: links >= long}
	if links == long && clearance == graph.Clear {
		e.graph = longGraph()
	} else {
		e.graph = live.NewGraph(clearance)
		e.add(t, groups(links))
	}
	c := Assemble(Service{Follower: live.Following(e.graph), Store: "memory"})
	if change != nil {
		change(&c)
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	e.server = s
	h := httptest.NewUnstartedServer(s.Handler())
	h.Config.ConnState = func(c net.Conn, state http.ConnState) {
		if tcp, ok := c.(*net.TCPConn); ok && e.smallBuffers && state == http.StateNew {
			_ = tcp.SetWriteBuffer(smallBuffer)
		}
	}
	h.Start()
	t.Cleanup(h.Close)
	e.url = h.URL
	return e
}

// longGraph is read by all who serve so many links, and added to by nobody.
var longGraph = sync.OnceValue(func() *live.Graph {
	g, ch, older := live.NewGraph(graph.Clear), groups(long), graph.NewOlder()
	older.Note(&ch)
	older.Seal(&ch)
	seen, _ := graph.NewSight(graph.Clear).See(ch)
	if err := g.Add(seen); err != nil {
		panic(err)
	}
	return g
})

// groups is a change that records so many links between one group and each other.
func groups(links int) graph.Change {
	ch := newReport(1, 0, "s_a")
	for i := range links + 1 {
		id := graph.ID(fmt.Sprint("group-", i))
		name := fmt.Sprint("Group ", i, strings.Repeat(" of many", i%20))
		ch.Entities = append(ch.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: name}}})
		if i > 0 {
			ch.Claims = append(ch.Claims, newLink(id, graph.Supports, "group-0").Normalised())
		}
	}
	return ch
}

// newReport is a change that records a source, so many seconds after the first one.
func newReport(sequence graph.Sequence, seconds int64, source graph.ID) graph.Change {
	return graph.Change{
		Sequence: sequence, Recorded: time.Unix(1_700_000_000+seconds, 0),
		Sources: []graph.Source{{ID: source, Kind: "REPORT", Title: "A report"}},
	}
}

// newLink is what the first report states.
func newLink(from graph.ID, kind graph.Predicate, to graph.ID) graph.Claim {
	return graph.Claim{Subject: from, Predicate: kind, Object: to, Hedge: graph.Stated, Source: "s_a"}
}

// add adds what the server's clearance sees of a change.
func (e *graphServer) add(t *testing.T, ch graph.Change) {
	t.Helper()
	e.older.Note(&ch)
	e.older.Seal(&ch)
	if seen, ok := e.sight.See(ch); ok {
		if err := e.graph.Add(seen); err != nil {
			t.Fatal(err)
		}
	}
}

// ask sends a request; the body is the caller's to close.
func (e *graphServer) ask(t *testing.T, method, path string, headers ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, e.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: e.dial}}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

func (e *graphServer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := new(net.Dialer).DialContext(ctx, network, address)
	if tcp, ok := c.(*net.TCPConn); ok && e.smallBuffers {
		_ = tcp.SetReadBuffer(smallBuffer)
	}
	return c, err
}

func all(t *testing.T, r io.Reader) string {
	t.Helper()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestExportHeaders(t *testing.T) {
	e := newGraphServer(t, 3, graph.Clear, nil)
	for path, want := range map[string]struct{ media, rows, file string }{
		"/export/links.csv":     {"text/csv; charset=utf-8; header=present", "3", "rabta-links-1.csv"},
		"/export/entities.csv":  {"text/csv; charset=utf-8; header=present", "4", "rabta-entities-1.csv"},
		"/export/claims.ndjson": {"application/x-ndjson; charset=utf-8", "8", "rabta-claims-1.ndjson"},
	} {
		got, head := e.ask(t, http.MethodGet, path), e.ask(t, http.MethodHead, path)
		body := all(t, got.Body)
		if n := strings.Count(body, "\n"); fmt.Sprint(n) != want.rows && fmt.Sprint(n-1) != want.rows {
			t.Errorf("%s: %s rows are announced, %d lines came", path, want.rows, n)
		}
		if left := all(t, head.Body); left != "" {
			t.Errorf("HEAD %s: %s", path, left)
		}
		for _, resp := range []*http.Response{got, head} {
			for name, value := range map[string]string{
				"Content-Type": want.media, "Rabta-Rows": want.rows, "Rabta-Sequence": "1",
				"Content-Disposition": `attachment; filename="` + want.file + `"`, "Cache-Control": "private, no-cache",
				"Etag": got.Header.Get("Etag"), "X-Content-Type-Options": "nosniff",
			} {
				if got := resp.Header.Get(name); resp.StatusCode != 200 || got != value || got == "" {
					t.Errorf("%s %s: %s, %s is %q, want %q", resp.Request.Method, path, resp.Status, name, got, value)
				}
			}
		}
	}
}

// TestExportTags: the same bytes have the same tag, and the client is told when it
// has them; whatever may change them changes the tag.
func TestExportTags(t *testing.T) {
	e, red := newGraphServer(t, 3, graph.Clear, nil), newGraphServer(t, 3, graph.Red, nil)
	tag := e.ask(t, http.MethodGet, "/export/links.csv").Header.Get("Etag")
	if again := e.ask(t, http.MethodGet, "/export/links.csv").Header.Get("Etag"); again != tag || tag == "" {
		t.Errorf("the tags are %q and %q", tag, again)
	}
	for _, known := range []string{tag, `"x", ` + tag, strings.TrimPrefix(tag, "W/"), "*"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			resp := e.ask(t, method, "/export/links.csv", "If-None-Match", known)
			body := all(t, resp.Body)
			if resp.StatusCode != http.StatusNotModified || body != "" ||
				resp.Header.Get("Etag") != tag || resp.Header.Get("Rabta-Sequence") != "1" {
				t.Errorf("%s with %s: %s, %v, %q", method, known, resp.Status, resp.Header, body)
			}
		}
	}
	seen := map[string]string{tag: "/export/links.csv"}
	other := func(what string, resp *http.Response) {
		t.Helper()
		got := resp.Header.Get("Etag")
		if before, ok := seen[got]; ok || resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s with the tag of %s", what, resp.Status, before)
		}
		seen[got] = what
	}
	for _, path := range []string{
		"/export/entities.csv", "/export/links.csv?kinds=LEADS",
		"/export/links.csv?minCredibility=2", "/export/links.csv?guard=false",
	} {
		other(path, e.ask(t, http.MethodGet, path, "If-None-Match", tag))
	}
	other("another clearance", red.ask(t, http.MethodGet, "/export/links.csv", "If-None-Match", tag))
	e.add(t, newReport(2, 1, "s_b"))
	other("another snapshot", e.ask(t, http.MethodGet, "/export/links.csv", "If-None-Match", tag))
	elsewhere := newGraphServer(t, 3, graph.Clear, nil)
	elsewhere.add(t, newReport(2, 2, "s_b"))
	other("another graph at the same sequence",
		elsewhere.ask(t, http.MethodGet, "/export/links.csv", "If-None-Match", tag))
}

// TestExportTellsNothingOfHidden: two graphs that differ in what the reader may not
// see give the same answers, down to the header.
func TestExportTellsNothingOfHidden(t *testing.T) {
	for _, clearance := range []graph.Marking{graph.Clear, graph.Green, graph.Amber, graph.AmberStrict} {
		bare, full := newGraphServer(t, 5, clearance, nil), newGraphServer(t, 5, clearance, nil)
		shown := graph.Change{
			Sequence: 2, Recorded: time.Unix(1_700_000_001, 0),
			Claims: []graph.Claim{newLink("group-1", graph.AlliedWith, "group-2")},
		}
		hidden := shown
		hidden.Sources = []graph.Source{{ID: "s_red", Kind: "REPORT", Title: "Red", Marking: graph.Red}}
		hidden.Entities = []graph.Entity{
			{ID: "red-group", Kind: graph.Group, Names: []graph.Name{{Value: "Red"}}, Marking: graph.Red},
			{ID: "group-1", Kind: graph.Group, Names: []graph.Name{{Value: "A red name", Source: "s_red"}}},
		}
		hidden.Claims = append([]graph.Claim{
			{Subject: "group-1", Predicate: graph.RivalOf, Object: "group-2", Source: "s_a", Marking: graph.Red},
			{Subject: "group-1", Predicate: graph.AlliedWith, Object: "group-2", Source: "s_red"},
			{Subject: "group-1", Predicate: graph.StatusOf, Value: &graph.Value{Text: "red"}, Source: "s_red"},
			{Subject: "red-group", Predicate: graph.Supports, Object: "group-1", Source: "s_a"},
			{Subject: "group-3", Predicate: graph.SameAs, Object: "group-4", Source: "s_red"},
		}, shown.Claims...)
		for i := range len(hidden.Claims) - len(shown.Claims) {
			hidden.Claims[i].Hedge = graph.Confirmed
		}
		for _, ch := range []*graph.Change{&shown, &hidden} {
			for i := range ch.Claims {
				ch.Claims[i] = ch.Claims[i].Normalised()
			}
		}
		bare.add(t, shown)
		full.add(t, hidden)
		for _, file := range []string{"links.csv", "entities.csv", "claims.ndjson"} {
			for _, query := range []string{
				"", "?includeDenied=true&minIndependentSources=1", "?kinds=ALLIED_WITH,RIVAL_OF,SUPPORTS",
				"?entityKinds=GROUP", "?withoutSources=s_red", "?sources=s_red",
			} {
				for _, method := range []string{http.MethodGet, http.MethodHead} {
					want, got := bare.ask(t, method, "/export/"+file+query), full.ask(t, method, "/export/"+file+query)
					for _, ofItsOwn := range []string{"Date", "X-Request-Id"} {
						want.Header.Del(ofItsOwn)
						got.Header.Del(ofItsOwn)
					}
					a, b := all(t, want.Body), all(t, got.Body)
					if a != b || want.Status != got.Status || fmt.Sprint(want.Header) != fmt.Sprint(got.Header) {
						t.Errorf("%s %s%s for %s tells of what is hidden:\n%v\n%s\n%v\n%s",
							method, file, query, clearance, want.Header, a, got.Header, b)
					}
				}
			}
		}
		header := full.ask(t, http.MethodGet, "/export/links.csv").Header
		uncached := header.Get("Cache-Control") == "no-store"
		if uncached != (clearance != graph.Clear) || header.Get("Etag") == "" {
			t.Errorf("for %s: %v", clearance, header)
		}
	}
}

func TestExportCompressed(t *testing.T) {
	e := newGraphServer(t, 500, graph.Clear, nil)
	for _, path := range []string{"/export/links.csv", "/export/entities.csv", "/export/claims.ndjson"} {
		want := all(t, e.ask(t, http.MethodGet, path).Body)
		resp := e.ask(t, http.MethodGet, path, "Accept-Encoding", "gzip")
		z, err := gzip.NewReader(resp.Body)
		if err != nil {
			t.Fatalf("%s: %v, %v", path, resp.Header, err)
		}
		if got := all(t, z); got != want || resp.Header.Get("Content-Encoding") != "gzip" ||
			!strings.Contains(fmt.Sprint(resp.Header["Vary"]), "Accept-Encoding") {
			t.Errorf("%s: other bytes, or %v", path, resp.Header)
		}
	}
}

func TestExportRefused(t *testing.T) {
	e := newGraphServer(t, 3, graph.Clear, nil)
	files := []string{"/export/links.csv", "/export/entities.csv", "/export/claims.ndjson"}
	malformed := []string{`"INVALID"`, "asOf: ", "write it as YYYY-MM-DD"}
	unknown := []string{`"INVALID"`, "colour: there is no such parameter", "minCredibility"}
	for path, want := range map[string]struct {
		method string
		status int
		says   []string
	}{
		"/export/links.csv":                              {http.MethodPost, 405, []string{"GET, HEAD"}},
		"/export/nodes.csv":                              {http.MethodGet, 404, files},
		"/export/":                                       {http.MethodGet, 404, []string{"/export/links.csv"}},
		"/export/links.csv/x":                            {http.MethodGet, 404, []string{"/export/links.csv"}},
		"/export/links.csv?asOf=soon":                    {http.MethodGet, 400, malformed},
		"/export/links.csv?x=%zz":                        {http.MethodGet, 400, []string{`"BAD_REQUEST"`, "URL-encoded"}},
		"/export/links.csv?a=1;b=2":                      {http.MethodGet, 400, []string{`"BAD_REQUEST"`, "an ampersand"}},
		"/export/links.csv?colour=red":                   {http.MethodGet, 400, unknown},
		"/export/links.csv?sources=s_nothing":            {http.MethodGet, 400, []string{`"NOT_FOUND"`, "sources[0]"}},
		"/export/claims.ndjson?knownAtSequence=99":       {http.MethodGet, 400, []string{`"INVALID"`, "knownAtSequence"}},
		"/export/claims.ndjson?asOf=2001-01-01&asOf=now": {http.MethodGet, 400, []string{"asOf: it is given 2 times"}},
	} {
		resp := e.ask(t, want.method, path)
		body := all(t, resp.Body)
		if resp.StatusCode != want.status {
			t.Errorf("%s: %s", path, resp.Status)
		}
		for _, name := range []string{"Etag", "Rabta-Rows", "Content-Disposition"} {
			if resp.Header.Get(name) != "" {
				t.Errorf("%s: %v", path, resp.Header)
			}
		}
		for _, says := range want.says {
			if !strings.Contains(body, says) {
				t.Errorf("%s does not say %q: %s", path, says, body)
			}
		}
	}
}

func TestExportWaits(t *testing.T) {
	e := newGraphServer(t, 3, graph.Clear, func(c *Config) {
		c.QueryTimeout = time.Millisecond
		c.WaitFor = func(ctx context.Context, _ uint64) error { <-ctx.Done(); return ctx.Err() }
	})
	resp := e.ask(t, http.MethodGet, "/export/links.csv", "Rabta-At-Least", "9")
	if resp.StatusCode != 503 || !strings.Contains(all(t, resp.Body), CodeNotYetVisible) {
		t.Errorf("what is not there yet: %s", resp.Status)
	}
	if resp := e.ask(t, http.MethodGet, "/export/links.csv", "Rabta-At-Least", "x"); resp.StatusCode != 400 {
		t.Errorf("what is no sequence: %s", resp.Status)
	}
	e = newGraphServer(t, 3, graph.Clear, func(c *Config) { c.ExportTimeout = time.Nanosecond })
	resp = e.ask(t, http.MethodGet, "/export/links.csv")
	if resp.StatusCode != 503 || !strings.Contains(all(t, resp.Body), "TIMEOUT") {
		t.Errorf("what takes too long: %s", resp.Status)
	}
}

// long is more links than fit between server and client.
const long = 20_000

// waitForFreeExport asks until an export may run again.
func (e *graphServer) waitForFreeExport(t *testing.T) {
	t.Helper()
	for range 3000 {
		if resp := e.ask(t, http.MethodHead, "/export/links.csv?kinds="); resp.StatusCode == http.StatusOK {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("an export does not end")
}

// TestExportsAtOnce: further exports are refused while one runs, and not when its
// client has gone away.
func TestExportsAtOnce(t *testing.T) {
	e := newGraphServer(t, long, graph.Clear, func(c *Config) { c.ExportsAtOnce, c.Metrics = 1, true })
	e.waitForFigure(t, "rabta_exports_running 0")
	running := e.ask(t, http.MethodGet, "/export/links.csv")
	if running.StatusCode != http.StatusOK {
		t.Fatal(running.Status)
	}
	e.waitForFigure(t, "rabta_exports_running 1")
	resp := e.ask(t, http.MethodGet, "/export/entities.csv")
	body := all(t, resp.Body)
	if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, CodeBusy) ||
		resp.Header.Get("Retry-After") == "" || resp.Header.Get("Etag") != "" {
		t.Errorf("beside another: %s, %v, %s", resp.Status, resp.Header, body)
	}
	_ = running.Body.Close()
	e.waitForFreeExport(t)
	e.waitForFigure(t, "rabta_exports_running 0")
	e.waitForFigure(t, `rabta_http_requests_total{code="aborted",method="GET",route="/export/{file}"} 1`)
}

// waitForFigure asks until the metrics have a line.
func (e *graphServer) waitForFigure(t *testing.T, line string) {
	t.Helper()
	text := ""
	for range 1000 {
		text = all(t, e.ask(t, http.MethodGet, "/metrics").Body)
		if strings.Contains(text, "\n"+line+"\n") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("the metrics have no %s:\n%s", line, text)
}

// TestExportBrokenOff: a client that takes nothing loses the connection, and learns
// that what it has is not whole.
func TestExportBrokenOff(t *testing.T) {
	for _, encoding := range []string{"identity", "gzip"} {
		e := newGraphServer(t, long, graph.Clear, func(c *Config) {
			c.ExportsAtOnce, c.ExportStall = 1, 50*time.Millisecond
		})
		resp := e.ask(t, http.MethodGet, "/export/claims.ndjson", "Accept-Encoding", encoding)
		if resp.StatusCode != http.StatusOK {
			t.Fatal(resp.Status)
		}
		e.waitForFreeExport(t) // the server has given up
		n, err := io.Copy(io.Discard, resp.Body)
		if err == nil {
			t.Errorf("%s: %d bytes end as if they were all", encoding, n)
		}
	}
}
