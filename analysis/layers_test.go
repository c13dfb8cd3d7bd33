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
	wanted := []LayerOf{{Kind: "ALLIED_WITH"}, {Kind: "RIVAL_OF"}, {Kind: "SUPPORTS"}}
	if d := cmp.Diff(wanted, kinds, cmpopts.EquateComparable(LayerOf{})); d != "" {
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

// TestLayersOfAssociates: ties between associates have a layer for each role, however it is written,
// and one for those of which none is said.
func TestLayersOfAssociates(t *testing.T) {
	b := graph.Batch{Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "A report"}}}
	for _, id := range []graph.ID{"i1", "i2", "i3"} {
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Individual, Names: []graph.Name{{Value: string(id)}}})
	}
	for _, tie := range [][3]string{{"i1", "i2", "Trust"}, {"i2", "i3", " trust"}, {"i2", "i1", "Logistics"}, {"i1", "i3", ""}} {
		b.Claims = append(b.Claims, graph.Claim{
			Subject: graph.ID(tie[0]), Predicate: graph.AssociateOf, Object: graph.ID(tie[1]), Role: tie[2], Hedge: graph.Stated, Source: "s_test",
		})
	}
	l := must(LayersOf(must(NewNetwork(must(readerOf(t, b).View(nil)), &ViewInput{}, nil)), 9, nil))
	got := map[string]int{}
	for _, layer := range l.Layers {
		got[string(layer.Kind)+" "+*layer.Role()] = layer.Ties
	}
	if d := cmp.Diff(map[string]int{"ASSOCIATE_OF (none)": 1, "ASSOCIATE_OF logistics": 1, "ASSOCIATE_OF trust": 2}, got); d != "" {
		t.Errorf("layers (-want +got):\n%s", d)
	}
}
