package rabta_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/rabta/rabta/server"
)

// served are the metrics of a server that has answered a query.
func served(t *testing.T) map[string]*dto.MetricFamily {
	t.Helper()
	h := seededServer(t, func(c *server.Config) { c.Metrics = true })
	answer(t, h, "{ __typename }")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/metrics", nil))
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(w.Body)
	if err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d, %v", w.Code, err)
	}
	return families
}

// TestMetricsInDocument: the table of metrics is what a server serves.
func TestMetricsInDocument(t *testing.T) {
	var names []string
	families := served(t)
	for name := range families {
		if strings.HasPrefix(name, "rabta_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var b strings.Builder
	b.WriteString("| Metric | Type | What it tells |\n| --- | --- | --- |\n")
	for _, name := range names {
		f := families[name]
		fmt.Fprintf(&b, "| `%s`%s | %s | %s |\n", name, labels(f), strings.ToLower(f.GetType().String()), f.GetHelp())
	}
	if len(names) < 8 {
		t.Errorf("only %d metrics are served: %q", len(names), names)
	}
	between(t, "docs/operations.md", "metrics", b.String())
}

// labels are the names of a metric's labels, as Prometheus writes them.
func labels(f *dto.MetricFamily) string {
	var names []string
	for _, l := range f.GetMetric()[0].GetLabel() {
		names = append(names, l.GetName())
	}
	if len(names) == 0 {
		return ""
	}
	return " {" + strings.Join(names, ", ") + "}"
}
