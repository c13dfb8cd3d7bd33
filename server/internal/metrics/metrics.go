package metrics

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the figures of one server. Its methods may be called at the same time.
type Metrics struct {
	registry *prometheus.Registry

	requests   *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	inFlight   prometheus.Gauge
	operations *prometheus.CounterVec
	operating  *prometheus.HistogramVec
	costs      prometheus.Histogram
}

// seconds bound what is measured: answers take milliseconds, exports minutes.
var seconds = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 15, 30, 60, 300, 900}

// slots bound what a request may cost: a lookup some thousand, the default budget two
// thousand million.
var slots = prometheus.ExponentialBuckets(1000, 10, 7)

// New returns figures that are all zero, with those of the process and of Go.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rabta_http_requests_total",
			Help: "Requests answered, by route, method and status; the code is aborted where the answer was broken off.",
		}, []string{"route", "method", "code"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "rabta_http_request_duration_seconds", Buckets: seconds,
			Help: "Time from a request's header to the end of its answer, by route and method.",
		}, []string{"route", "method"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "rabta_http_requests_in_flight", Help: "Requests that are being answered now.",
		}),
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rabta_graphql_operations_total",
			Help: "GraphQL operations answered, by type and outcome: ok, or the code of the first error. " +
				"The type is none where the document was refused before it had one.",
		}, []string{"type", "outcome"}),
		operating: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "rabta_graphql_operation_duration_seconds", Buckets: seconds,
			Help: "Time that GraphQL operations took, by type.",
		}, []string{"type"}),
		costs: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "rabta_request_cost_slots", Buckets: slots,
			Help: "What requests cost in slots of work, as --work-budget counts them.",
		}),
	}
	for _, kind := range []string{"query", "mutation"} {
		for _, outcome := range []string{"ok", "INTERNAL"} { // so that the first is seen to come
			m.operations.WithLabelValues(kind, outcome)
		}
	}
	m.registry.MustRegister(m.requests, m.durations, m.inFlight, m.operations, m.operating, m.costs,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Request counts a request that was answered.
func (m *Metrics) Request(route, method, code string, took time.Duration) {
	m.requests.WithLabelValues(route, method, code).Inc()
	m.durations.WithLabelValues(route, method).Observe(took.Seconds())
}

// Begin counts a request that is being answered until the function that it returns is
// called.
func (m *Metrics) Begin() (end func()) {
	m.inFlight.Inc()
	return m.inFlight.Dec
}

// Operation counts a GraphQL operation that was answered.
func (m *Metrics) Operation(kind, outcome string, took time.Duration) {
	m.operations.WithLabelValues(kind, outcome).Inc()
	m.operating.WithLabelValues(kind).Observe(took.Seconds())
}

// Cost counts what a request has cost, in slots of work.
func (m *Metrics) Cost(slots int64) { m.costs.Observe(float64(slots)) }

// Gauge adds a figure that is read whenever the metrics are.
func (m *Metrics) Gauge(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}

// Counter adds a figure that never falls, and is read whenever the metrics are.
func (m *Metrics) Counter(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, value))
}

// Info adds a figure that is always 1, and whose labels say something.
func (m *Metrics) Info(name, help string, labels map[string]string) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(
		prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels}, func() float64 { return 1 }))
}

// Handler answers with all figures, in the format that the client asks for.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
