package metrics

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
)

// TestNamesAreAsPrometheusWantsThem: the linter of Prometheus finds nothing to say of the
// names, the units and the help of our figures.
func TestNamesAreAsPrometheusWantsThem(t *testing.T) {
	m := New()
	m.AddApplies(NewApplies())
	m.Request("/", "GET", "200", time.Second)
	m.Operation("query", "ok", time.Second)
	m.Info("rabta_build_info", "Always 1.", map[string]string{"version": "1"})
	problems, err := testutil.GatherAndLint(m.registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "rabta_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
	m.Gauge("rabtaBadName_total", "x", func() float64 { return 0 })
	if problems, _ = testutil.GatherAndLint(m.registry); len(problems) == 0 {
		t.Error("a bad name is not found: the test is blind")
	}
}
