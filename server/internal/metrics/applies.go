package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Applies measures the batches that are given to a store.
type Applies struct{ durations *prometheus.HistogramVec }

// What became of a batch.
const (
	Recorded = "recorded"
	Replayed = "replayed" // nothing of it was new
	Refused  = "refused"  // something was wrong with it
	Failed   = "failed"   // the store did not take it
)

// NewApplies returns figures of no batch yet.
func NewApplies() *Applies {
	a := &Applies{prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "rabta_store_apply_duration_seconds", Buckets: seconds,
		Help: "Time until a batch was durable and visible, by outcome: recorded, replayed, refused or failed.",
	}, []string{"outcome"})}
	for _, outcome := range []string{Recorded, Replayed, Refused, Failed} {
		a.durations.WithLabelValues(outcome)
	}
	return a
}

// Observe counts a batch.
func (a *Applies) Observe(outcome string, took time.Duration) {
	a.durations.WithLabelValues(outcome).Observe(took.Seconds())
}

// AddApplies adds the figures of batches to those of a server.
func (m *Metrics) AddApplies(a *Applies) { m.registry.MustRegister(a.durations) }
