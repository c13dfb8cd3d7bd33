package analysis

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// TestJoinedAreMeasuredAlone: a projected view has the entities of one mode only,
// and the ties of the projection.
func TestJoinedAreMeasuredAlone(t *testing.T) {
	n := network(t, []said{
		{"i1", "STUDIED_AT", "m1"},
		{"i2", "STUDIED_AT", "m1"},
		{"i3", "STUDIED_AT", "m2"},
		{"i2", "TAUGHT_AT", "m2"},
		{"i4", "MEMBER_OF", "g1"},
	})
	j := &ProjectionInput{Join: []graph.EntityKind{graph.Individual}, By: []graph.EntityKind{graph.Madressah}}
	q := &ViewInput{Bearings: []graph.Bearing{graph.EveryBearing}, Project: j}
	joined, err := NewNetwork(n.View(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := RankBy(joined, "DEGREE", RankingOptions{First: 10}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[graph.ID]float64{"i2": 2. / 3, "i1": 1. / 3, "i3": 1. / 3, "i4": 0}
	if got.NodeCount != 4 || got.LinkCount != 5 || len(got.Rows) != 4 {
		t.Fatalf("%+v", got)
	}
	for _, row := range got.Rows {
		if w := want[row.NodeID()]; row.Value != w {
			t.Errorf("%s: %v, want %v", row.NodeID(), row.Value, w)
		}
	}
	_, err = NewNetwork(n.View(), q, work.NewMeter(t.Context(), 1))
	if err == nil || err.Error() == work.ErrBudget.Error() {
		t.Errorf("a projection that takes too long gives %v", err)
	}
}
