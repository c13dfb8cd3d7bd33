package server

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
)

// TestCrossSite: a page of another site has a browser ask for nothing; this server's own
// pages and other programs do.
func TestCrossSite(t *testing.T) {
	h := newTestServer(t, func(c *Config) { c.AllowedHosts = []string{"rabta.example"} })
	for _, tt := range []struct {
		site, origin string
		ok           bool
	}{
		{"", "", true},
		{"none", "", true},
		{"same-origin", "", true},
		{"same-origin", "http://localhost:8420", true},
		{"", "http://localhost:8420", true},
		{"", "https://rabta.example", true},
		{"cross-site", "", false},
		{"same-site", "", false},
		{"cross-site", "http://localhost:8420", false},
		{"", "http://evil.example", false},
		{"", "http://localhost:3000", false},
		{"", "null", false},
	} {
		header := map[string]string{}
		if tt.site != "" {
			header["Sec-Fetch-Site"] = tt.site
		}
		if tt.origin != "" {
			header["Origin"] = tt.origin
		}
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodHead} {
			r := call{method: method, target: "/graphql?query={sequence}", body: `{"query":"{sequence}"}`, header: header}.do(h)
			switch {
			case tt.ok && r.Code != http.StatusOK:
				t.Errorf("%s %+v: %d %s", method, tt, r.Code, r.Body)
			case !tt.ok && method == http.MethodHead && r.Code != http.StatusForbidden:
				t.Errorf("%s %+v: %d", method, tt, r.Code)
			case !tt.ok && method != http.MethodHead:
				r.wantError(t, http.StatusForbidden, CodeCrossSite, "another site")
			}
		}
		if r := (call{method: http.MethodGet, target: "/healthz", header: header}).do(h); r.Code != http.StatusOK {
			t.Errorf("health, %+v: %d", tt, r.Code)
		}
	}
}

func TestWebSocketIsRefused(t *testing.T) {
	h := newTestServer(t, nil)
	r := call{method: http.MethodGet, header: map[string]string{
		"Connection": "Upgrade", "Upgrade": "WebSocket", "Sec-WebSocket-Protocol": "graphql-transport-ws",
	}}.do(h)
	r.wantError(t, http.StatusNotImplemented, CodeUnsupported, "WebSocket")
}

// TestSubscriptionsOfASchemaWithout: a schema without subscriptions says what it does to
// one that has them.
func TestSubscriptionsOfASchemaWithout(t *testing.T) {
	h := newService(t)
	query(h, `subscription { claims { id } }`, nil).wantError(t, 200, CodeUnsupported, "subscriptions")
	query(h, `subscription S { claims { id } } query Q { revision { sequence } }`, nil).
		wantError(t, 200, CodeUnsupported, "subscriptions")
}

// TestSequenceOfAMutation: the header names the commit that the request made, as its
// answer does, and not what the graph had come to before.
func TestSequenceOfAMutation(t *testing.T) {
	h := newService(t)
	for want, title := range []string{"A", "B", "C"} {
		r := query(h, fmt.Sprintf(`mutation { record(input: {sources: [{id: "s_a", kind: REPORT, title: %q}]}) `+
			`{ commit { sequence } userErrors { message } } }`, title), nil)
		r.wantData(t, fmt.Sprintf(`{"record":{"commit":{"sequence":%d},"userErrors":[]}}`, want+1))
		if got := r.Header().Get(sequenceHeader); got != strconv.Itoa(want+1) {
			t.Errorf("the header says %q, the answer %d", got, want+1)
		}
	}
	if r := query(h, `{ revision { sequence } }`, nil); r.Header().Get(sequenceHeader) != "3" {
		t.Errorf("a query sees %s", r.Header().Get(sequenceHeader))
	}
}

// newService serves an empty graph of the real schema, in memory.
func newService(t *testing.T) http.Handler {
	t.Helper()
	f := live.NewFollower(memory.New(), graph.Clear, nil)
	t.Cleanup(func() { _ = f.Close() })
	if err := f.Catch(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := New(Assemble(Service{Follower: f, Store: "memory", Writes: true}))
	if err != nil {
		t.Fatal(err)
	}
	return s.Handler()
}
