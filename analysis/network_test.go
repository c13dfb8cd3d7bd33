package analysis

import (
	"errors"
	"testing"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/work"
)

// TestNetworkStopsWhenTold runs what reads a network with less and less work allowed.
func TestNetworkStopsWhenTold(t *testing.T) {
	n := network(t, []said{
		{"i1", "STUDIED_AT", "m1"},
		{"i2", "STUDIED_AT", "m1"},
		{"i3", "STUDIED_AT", "m2"},
		{"i1", "STUDIED_AT", "m2"},
		{"i4", "TAUGHT_AT", "m2"},
		{"i4", "ASSOCIATE_OF", "i1"},
		{"i2", "ASSOCIATE_OF", "i1"},
	})
	for name, run := range map[string]func(*work.Meter) error{
		"layers": func(m *work.Meter) error {
			l, err := LayersOf(n, 9, m)
			if l.Partial != nil {
				return work.ErrBudget
			}
			return err
		},
		"two-mode": func(m *work.Meter) error {
			_, err := n.projectTwoMode(studies(), m)
			return err
		},
		"similar": func(m *work.Meter) error {
			_, err := SimilarTo(n, "i1", algo.SimilarByJaccard, 9, m)
			return err
		},
	} {
		m := work.NewMeter(t.Context(), 0)
		if err := run(m); err != nil {
			t.Fatal(err)
		}
		for limit := int64(1); limit < m.Used(); limit++ {
			if err := run(work.NewMeter(t.Context(), limit)); !errors.Is(err, work.ErrBudget) {
				t.Errorf("%s with %d of %d slots: %v", name, limit, m.Used(), err)
			}
		}
		if err := run(work.NewMeter(t.Context(), m.Used())); err != nil || m.Used() < int64(n.Links()) && name != "similar" {
			t.Errorf("%s with %d slots: %v", name, m.Used(), err)
		}
	}
}
