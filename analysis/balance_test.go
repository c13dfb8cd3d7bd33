package analysis

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/signed"
	"github.com/rabta/rabta/graph"
)

func TestSigned(t *testing.T) {
	n := network(t, []said{
		{"g1", "ALLIED_WITH", "g2"},
		{"g1", "SUPPORTS", "g2"},
		{"g2", "RIVAL_OF", "g3"},
		{"g3", "SHELTERS", "g1"},
		{"g1", "RIVAL_OF", "g4"},
		{"g4", "TRAINED", "g1"},
		{"g1", "SPLINTERED_FROM", "g5"},
	})
	s := must(n.signedGraph(nil))
	at := func(id graph.ID) algo.Node { return n.at(t, id) }
	pair := [2]algo.Node{min(at("g1"), at("g4")), max(at("g1"), at("g4"))}
	if d := cmp.Diff([][2]algo.Node{pair}, s.Frenemies()); d != "" || s.Edges() != 3 {
		t.Errorf("%d edges; frenemies (-want +got):\n%s", s.Edges(), d)
	}
	b, err := signed.BalanceOf(s, 10, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	f := b.Factions
	if b.Census != (signed.TriadCensus{PPM: 1}) || f.Frustration != 1 || f.Of[at("g4")] != 0 || f.Of[at("g5")] != 0 ||
		f.Of[at("g1")] == 0 {
		t.Errorf("%+v, %+v", b, f)
	}
	for kind, sign := range linkSigns() {
		if !kind.Known() || sign != signed.Plus && sign != signed.Minus {
			t.Errorf("%s has sign %d", kind, sign)
		}
	}
}
