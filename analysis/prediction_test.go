package analysis

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestSimilarByKind has two groups that stand alike to a third and to an incident,
// and one that is joined to the same things in other ways.
func TestSimilarByKind(t *testing.T) {
	n := network(t, []said{
		{"g1", "ALLIED_WITH", "g9"},
		{"g2", "ALLIED_WITH", "g9"},
		{"g3", "RIVAL_OF", "g9"},
		{"g1", "CLAIMED", "x1"},
		{"g2", "CLAIMED", "x1"},
		{"g3", "DENIED", "x1"},
		{"g1", "SUPPORTS", "g8"},
		{"g8", "SUPPORTS", "g2"},
		{"g3", "SUPPORTS", "g8"},
		{"i1", "MEMBER_OF", "g1"},
		{"i1", "MEMBER_OF", "g1"},
		{"i2", "MEMBER_OF", "g1"},
	})
	type feature struct {
		Kind      graph.Predicate
		Direction live.Direction
		Node      graph.ID
	}
	type likeness struct {
		Node   graph.ID
		Score  float64
		Shared []feature
	}
	like := func(id graph.ID, by algo.Similarity) (out []likeness) {
		for _, s := range must(SimilarTo(n, id, by, 10, nil)) {
			l := likeness{Node: s.Node.Base().ID(), Score: s.Score}
			for _, f := range s.Shared {
				l.Shared = append(l.Shared, feature{f.Kind, f.Direction, f.Node.Base().ID()})
			}
			out = append(out, l)
		}
		return out
	}
	want := []likeness{
		{"g2", 2.0 / 6, []feature{{"ALLIED_WITH", live.Both, "g9"}, {"CLAIMED", live.Out, "x1"}}},
		{"g3", 1.0 / 7, []feature{{"SUPPORTS", live.Out, "g8"}}},
	}
	if d := cmp.Diff(want, like("g1", algo.SimilarByJaccard)); d != "" {
		t.Errorf("like g1 (-want +got):\n%s", d)
	}
	want = []likeness{{"i2", 1, []feature{{"MEMBER_OF", live.Out, "g1"}}}}
	if d := cmp.Diff(want, like("i1", algo.SimilarByCosine)); d != "" {
		t.Errorf("like i1, whose two roles in one group are one link (-want +got):\n%s", d)
	}
}
