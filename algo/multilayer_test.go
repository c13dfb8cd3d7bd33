package algo_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/algo"
)

// TestLayersAgainstDefinition follows the formulas over one matrix a layer.
func TestLayersAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 28))
	for range 100 {
		n, layers := 1+r.IntN(8), 1+r.IntN(4)
		a := make([][][]bool, layers)
		var ties []algo.LayerTie
		for k := range a {
			a[k] = make([][]bool, n)
			for i := range n {
				a[k][i] = make([]bool, n)
			}
			for i := range n {
				for j := range i {
					if r.Float64() < 0.4 {
						a[k][i][j], a[k][j][i] = true, true
						ties = append(ties, algo.LayerTie{A: algo.Node(j), B: algo.Node(i), Layer: k})
						if r.IntN(3) == 0 { // a second link of the kind
							ties = append(ties, algo.LayerTie{A: algo.Node(j), B: algo.Node(i), Layer: k})
						}
					}
				}
			}
		}
		got := algo.Layered(n, layers, ties)
		if d := cmp.Diff(defineLayers(a, n), got, cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("(-want +got):\n%s", d)
		}
	}
}

func defineLayers(a [][][]bool, n int) *algo.Multilayer {
	layers := len(a)
	want := &algo.Multilayer{
		Layers: make([]algo.Layer, layers), Nodes: make([]algo.LayeredNode, n), Overlap: make([]int, layers),
	}
	overlap := func(i, j int) (o int) {
		for k := range a {
			if a[k][i][j] {
				o++
			}
		}
		return o
	}
	for i := range n {
		node := algo.LayeredNode{Node: algo.Node(i), ByLayer: make([]int, layers)}
		for j := range n {
			o := overlap(i, j)
			node.Overlapping += o
			if o > 0 {
				node.Degree++
				if j < i {
					want.Overlap[o-1]++
				}
			}
			for k := range a {
				if a[k][i][j] {
					node.ByLayer[k]++
				}
			}
		}
		if layers > 1 && node.Overlapping > 0 {
			left := 1.0
			for _, d := range node.ByLayer {
				left -= float64(d*d) / float64(node.Overlapping*node.Overlapping)
			}
			node.Participation = left * float64(layers) / float64(layers-1)
		}
		want.Nodes[i] = node
	}
	for k := range a {
		l := algo.Layer{}
		for i := range n {
			if want.Nodes[i].ByLayer[k] > 0 {
				l.Nodes++
			}
			for j := range i {
				if a[k][i][j] {
					l.Ties++
				}
			}
		}
		want.Layers[k] = l
	}
	for x := range a {
		for y := x + 1; y < layers; y++ {
			var both, either, inX, inY float64
			for i := range n {
				for j := range i {
					p, q := a[x][i][j], a[y][i][j]
					both += b2f(p && q)
					either += b2f(p || q)
					inX += b2f(p)
					inY += b2f(q)
				}
			}
			want.Pairs = append(want.Pairs, algo.LayerPair{
				A: x, B: y, Shared: int(both), Jaccard: algo.Ratio(both, either), AGivenB: algo.Ratio(both, inY),
				BGivenA: algo.Ratio(both, inX),
			})
		}
	}
	return want
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
