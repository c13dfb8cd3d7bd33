package analysis

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
)

// TestLayersOfNetwork has two kinds of link that meet in one pair.
func TestLayersOfNetwork(t *testing.T) {
	n := network(t, []said{
		{"g1", "RIVAL_OF", "g2"}, {"g1", "ALLIED_WITH", "g3"}, {"g3", "SUPPORTS", "g1"}, {"g1", "SUPPORTS", "g3"},
	})
	l, kinds := n.layers()
	if d := cmp.Diff([]graph.Predicate{"ALLIED_WITH", "RIVAL_OF", "SUPPORTS"}, kinds); d != "" {
		t.Fatalf("layers (-want +got):\n%s", d)
	}
	want := algo.LayeredNode{Node: n.at(t, "g1"), Degree: 2, Overlapping: 3, ByLayer: []int{1, 1, 1}, Participation: 1}
	if d := cmp.Diff(want, l.Nodes[n.at(t, "g1")], cmpopts.EquateApprox(0, 1e-12)); d != "" {
		t.Errorf("g1 (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]int{1, 1, 0}, l.Overlap); d != "" {
		t.Errorf("overlap (-want +got):\n%s", d)
	}
}
