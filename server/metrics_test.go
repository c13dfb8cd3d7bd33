package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	dto "github.com/prometheus/client_model/go"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server/internal/metrics"
)

// figures are the metrics that a handler serves, by name.
func figures(t *testing.T, h http.Handler) map[string]*dto.MetricFamily {
	t.Helper()
	r := call{method: http.MethodGet, target: "/metrics"}.do(h)
	if r.Code != http.StatusOK || !strings.HasPrefix(r.Header().Get("Content-Type"), "text/plain") {
		t.Fatalf("/metrics: %d %s %.300s", r.Code, r.Header().Get("Content-Type"), r.Body)
	}
	return parseFigures(t, r.Body)
}

func parseFigures(t *testing.T, in io.Reader) map[string]*dto.MetricFamily {
	t.Helper()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(in)
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// value is a figure with these labels: what it counts, or of a histogram how often. It is
// -1 where there is none.
func value(family *dto.MetricFamily, labels ...string) float64 {
	for _, m := range family.GetMetric() {
		var have []string
		for _, l := range m.GetLabel() {
			have = append(have, l.GetName()+"="+l.GetValue())
		}
		if strings.Join(have, " ") != strings.Join(labels, " ") {
			continue
		}
		if m.Histogram != nil {
			return float64(m.Histogram.GetSampleCount())
		}
		return m.GetCounter().GetValue() + m.GetGauge().GetValue()
	}
	return -1
}

func withMetrics(c *Config) { c.Metrics = true }

// TestRequestsAreCounted: by route, method and status, those that are refused too.
func TestRequestsAreCounted(t *testing.T) {
	h := newTestServer(t, withMetrics)
	for range 3 {
		call{method: http.MethodGet, target: "/healthz"}.do(h)
	}
	call{target: "/healthz"}.do(h)
	call{method: http.MethodGet, target: "/some/page?q=somebody"}.do(h)
	call{method: "BREW", target: "/graphql"}.do(h)
	strange := call{method: http.MethodGet, target: "/"}.request()
	strange.Host = "evil.example"
	serve(h, strange)
	got := figures(t, h)["rabta_http_requests_total"]
	for _, tt := range []struct {
		labels string
		want   float64
	}{
		{"code=200 method=GET route=/healthz", 3},
		{"code=405 method=POST route=/healthz", 1},
		{"code=404 method=GET route=unknown", 1},
		{"code=405 method=other route=/graphql", 1},
		{"code=421 method=GET route=none", 1},
	} {
		if n := value(got, strings.Split(tt.labels, " ")...); n != tt.want {
			t.Errorf("%s: %v, want %v", tt.labels, n, tt.want)
		}
	}
	families := figures(t, h)
	if n := value(families["rabta_http_request_duration_seconds"], "method=GET", "route=/healthz"); n != 3 {
		t.Errorf("%v durations of /healthz", n)
	}
	if n := value(families["rabta_http_requests_in_flight"]); n != 1 {
		t.Errorf("%v requests in flight, want the one that asks", n)
	}
}

// TestOperationsAreCounted: by type and by the code of the first error.
func TestOperationsAreCounted(t *testing.T) {
	h := newTestServer(t, withMetrics)
	for _, q := range []string{
		"{ __typename }", "query Somebody { __typename }", "{ fail(how: KNOWN) }", "{ nope }", "{", "subscription { x }",
	} {
		query(h, q, nil)
	}
	got := figures(t, h)["rabta_graphql_operations_total"]
	for _, tt := range []struct {
		labels string
		want   float64
	}{
		{"outcome=ok type=query", 2},
		{"outcome=NOT_FOUND type=query", 1},
		{"outcome=GRAPHQL_PARSE_FAILED type=none", 1},
	} {
		if n := value(got, strings.Split(tt.labels, " ")...); n != tt.want {
			t.Errorf("%s: %v, want %v: %v", tt.labels, n, tt.want, got)
		}
	}
	if n := value(got, "outcome=GRAPHQL_VALIDATION_FAILED", "type=none"); n < 1 {
		t.Errorf("validation errors are counted %v times: %v", n, got)
	}
}

// TestClientsMakeNoLabels: whatever clients send, there are no more time series than
// routes, methods and codes make, and nothing of what they sent is told.
func TestClientsMakeNoLabels(t *testing.T) {
	h := newTestServer(t, withMetrics)
	ask := func(i int) {
		word := fmt.Sprintf("Masood%d", i)
		call{method: word, target: "/" + word}.do(h)
		call{
			method: http.MethodGet, target: "/export/" + word + "?" + word, header: map[string]string{"X-Request-Id": word},
		}.do(h)
		query(h, fmt.Sprintf("query %s { %s: __typename }", word, word), map[string]any{word: word})
		query(h, fmt.Sprintf("{ %s }", word), nil)
	}
	series := func() int {
		n := 0
		for _, family := range figures(t, h) {
			n += len(family.GetMetric())
		}
		return n
	}
	ask(0)
	series() // asking counts itself
	before := series()
	for i := range 50 {
		ask(i)
	}
	if after := series(); after != before {
		t.Errorf("%d time series became %d", before, after)
	}
	if body := (call{method: http.MethodGet, target: "/metrics"}).do(h).Body.String(); strings.Contains(body, "Masood") {
		t.Errorf("the metrics tell what was asked:\n%s", body)
	}
}

// TestMetricsAreNotForAll: they are served where that is set, and never through a proxy.
func TestMetricsAreNotForAll(t *testing.T) {
	call{method: http.MethodGet, target: "/metrics"}.do(newTestServer(t, nil)).wantError(t, 404, CodeNotFound, "nothing")
	h := newTestServer(t, withMetrics)
	for _, name := range []string{
		"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP",
	} {
		r := call{method: http.MethodGet, target: "/metrics", header: map[string]string{name: "203.0.113.7"}}.do(h)
		r.wantError(t, 404, CodeNotFound, "nothing")
	}
	call{target: "/metrics"}.do(h).wantError(t, 405, CodeMethodNotAllowed, "GET, HEAD")
	cached := call{method: http.MethodGet, target: "/metrics"}.do(h).Header().Get("Cache-Control")
	if cached != "no-store" {
		t.Errorf("Cache-Control %q", cached)
	}
}

// TestMetricsAtAnAddressOfTheirOwn: nothing else is served there, and its host is guarded.
func TestMetricsAtAnAddressOfTheirOwn(t *testing.T) {
	s := newServer(t, nil)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.RunMetrics(ctx, ln) }()
	get := func(path, host string) (int, string) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+ln.Addr().String()+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(body)
	}
	code, body := get("/metrics", "")
	if code != 200 || parseFigures(t, strings.NewReader(body))["rabta_build_info"] == nil {
		t.Errorf("%d %.300s", code, body)
	}
	if code, body := get("/graphql", ""); code != 404 || !strings.Contains(body, "/metrics and nothing else") {
		t.Errorf("%d %.300s", code, body)
	}
	if code, _ := get("/metrics", "evil.example"); code != http.StatusMisdirectedRequest {
		t.Errorf("another host's page gets %d", code)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestStoreIsTold: whether it answers, its newest commit, and how old the view may be.
func TestStoreIsTold(t *testing.T) {
	var health live.Health
	h := newTestServer(t, func(c *Config) {
		c.Metrics, c.Health = true, func() live.Health { return health }
		c.Sequence = func() uint64 { return 7 }
	})
	check := func(up, head float64, young bool) {
		t.Helper()
		f := figures(t, h)
		age := value(f["rabta_view_age_seconds"])
		if value(f["rabta_store_up"]) != up || value(f["rabta_store_head_sequence"]) != head || (age < 3600) != young {
			t.Errorf("up %v, head %v, age %v", f["rabta_store_up"], f["rabta_store_head_sequence"], age)
		}
		if n := value(f["rabta_view_sequence"]); n != 7 {
			t.Errorf("view_sequence %v", n)
		}
	}
	check(0, 0, false)
	if age := value(figures(t, h)["rabta_view_age_seconds"]); !math.IsInf(age, 1) {
		t.Errorf("a view that was never loaded has the age %v", age)
	}
	health = live.Health{Reached: time.Now(), Loaded: true, Answers: true, Head: 9}
	check(1, 9, true)
	stopped := func(want float64) {
		t.Helper()
		if got := value(figures(t, h)["rabta_store_writes_stopped"]); got != want {
			t.Errorf("%+v: writes_stopped %v", health, got)
		}
	}
	stopped(0)
	health.Err = errors.New("the disk is full") // and it answers
	check(1, 9, true)
	stopped(1)
	health.Answers, health.Reached = false, time.Now().Add(-2*time.Hour)
	check(0, 9, false)
	stopped(1)
}

// TestBatchesAreCounted: by what became of them.
func TestBatchesAreCounted(t *testing.T) {
	a := metrics.NewApplies()
	outcomes := []struct {
		commit graph.Commit
		err    error
	}{
		{graph.Commit{Sequence: 1}, nil},
		{graph.Commit{Sequence: 1, Replayed: true}, nil},
		{graph.Commit{}, graph.Invalid("X", "x", "x", "x")},
		{graph.Commit{}, graph.ErrUnavailable},
		{graph.Commit{}, context.Canceled},
	}
	for _, o := range outcomes {
		next := func(context.Context, graph.Batch) (graph.Commit, error) { return o.commit, o.err }
		if commit, err := measured(a, next)(t.Context(), graph.Batch{}); !reflect.DeepEqual(commit, o.commit) || err != o.err {
			t.Errorf("%v, %v", commit, err)
		}
	}
	h := newTestServer(t, func(c *Config) { c.Metrics, c.applies = true, a })
	got := figures(t, h)["rabta_store_apply_duration_seconds"]
	for outcome, want := range map[string]float64{"recorded": 1, "replayed": 1, "refused": 1, "failed": 2} {
		if n := value(got, "outcome="+outcome); n != want {
			t.Errorf("%s: %v, want %v", outcome, n, want)
		}
	}
}

// TestQueryCacheIsCounted: a document is parsed once, and found each further time; one
// that is refused before that is neither.
func TestQueryCacheIsCounted(t *testing.T) {
	h := newTestServer(t, withMetrics)
	for _, q := range []string{"{ __typename }", "{ __typename }", "{ __typename }", "{ a: __typename }", "{"} {
		query(h, q, nil)
	}
	f := figures(t, h)
	for name, want := range map[string]float64{
		"rabta_query_cache_entries": 2, "rabta_query_cache_hits_total": 2, "rabta_query_cache_misses_total": 2,
	} {
		if got := value(f[name]); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if bytes := value(f["rabta_query_cache_bytes"]); bytes < 1000 {
		t.Errorf("two documents take %v bytes", bytes)
	}
}
