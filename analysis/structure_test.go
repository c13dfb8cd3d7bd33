package analysis

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rabta/rabta/algo"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

// tiesByID are the ties of a network without direction, by id.
func tiesByID(n *Network) map[graph.ID]map[graph.ID]bool {
	near := map[graph.ID]map[graph.ID]bool{}
	for v := range algo.Node(n.Len()) {
		near[n.ID(v)] = map[graph.ID]bool{}
	}
	for slot := range Slot(n.Links()) {
		l := n.Link(slot)
		if a, b := l.SourceID(), l.TargetID(); a != b {
			near[a][b], near[b][a] = true, true
		}
	}
	return near
}

// partsOf are the parts that are left without some entities and one tie, each by id,
// the largest first.
func partsOf(near map[graph.ID]map[graph.ID]bool, gone graph.ID, tie [2]graph.ID) (parts [][]graph.ID) {
	seen := map[graph.ID]bool{gone: true}
	for start := range near {
		if seen[start] {
			continue
		}
		seen[start] = true
		part := []graph.ID{start}
		for i := 0; i < len(part); i++ {
			for other := range near[part[i]] {
				cut := part[i] == tie[0] && other == tie[1] || part[i] == tie[1] && other == tie[0]
				if !seen[other] && !cut {
					seen[other] = true
					part = append(part, other)
				}
			}
		}
		slices.Sort(part)
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(a, b []graph.ID) int { return cmp.Or(len(b)-len(a), slices.Compare(a, b)) })
	return parts
}

// TestShapeByRemoval: cutpoints, bridges and blocks are found by taking entities and
// ties away, one after another.
func TestShapeByRemoval(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(151, 152))
	points, bridges, blocks := 0, 0, 0
	for range 200 {
		n := must((&ViewInput{}).Open(readerOf(t, sparse(society(r), r)), nil, nil))
		near := tiesByID(n)
		all := len(partsOf(near, "", [2]graph.ID{}))
		shape := must(StructureOf(n, 1, nil))
		got, want := map[graph.ID]float64{}, map[graph.ID]float64{}
		for _, c := range shape.Cutpoints {
			got[c.Node.Base().ID()] = c.Fragmentation
		}
		for id := range near {
			left := partsOf(near, id, [2]graph.ID{})
			if len(left) <= all {
				continue
			}
			apart := float64((n.Len() - 1) * (n.Len() - 2))
			for _, p := range left {
				apart -= float64(len(p) * (len(p) - 1))
			}
			want[id] = apart / float64((n.Len()-1)*(n.Len()-2))
		}
		if d := gocmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-12)); d != "" {
			t.Fatalf("cutpoints: %s", d)
		}
		var gotBridges, wantBridges []string
		for _, b := range shape.Bridges {
			pair := []graph.ID{b.A.Base().ID(), b.B.Base().ID()}
			slices.Sort(pair)
			gotBridges = append(gotBridges, fmt.Sprint(pair))
		}
		for a, others := range near {
			for b := range others {
				if a < b && len(partsOf(near, "", [2]graph.ID{a, b})) > all {
					wantBridges = append(wantBridges, fmt.Sprint([]graph.ID{a, b}))
				}
			}
		}
		slices.Sort(gotBridges)
		slices.Sort(wantBridges)
		if d := gocmp.Diff(wantBridges, gotBridges); d != "" {
			t.Fatalf("bridges: %s", d)
		}
		checkBlocks(t, near, shape)
		points, bridges, blocks = points+len(got), bridges+len(gotBridges), blocks+len(shape.Blocks)
	}
	if min(points, bridges, blocks) < 50 {
		t.Errorf("%d cutpoints, %d bridges, %d blocks: the test says little", points, bridges, blocks)
	}
}

// sparse keeps some of the claims.
func sparse(b graph.Batch, r *rand.Rand) graph.Batch {
	b.Claims = b.Claims[:min(len(b.Claims), 4+r.IntN(12))]
	return b
}

// checkBlocks: two ties of three entities are in one block when no single entity parts
// their ends, and each block is told by its members, the largest first.
func checkBlocks(t *testing.T, near map[graph.ID]map[graph.ID]bool, shape *Structure) {
	t.Helper()
	// Two neighbours of a third are in one block with it when they are in one part without it.
	together := map[[3]graph.ID]bool{}
	for v, others := range near {
		for _, part := range partsOf(near, v, [2]graph.ID{}) {
			for a := range others {
				for b := range others {
					if a < b && slices.Contains(part, a) && slices.Contains(part, b) {
						together[[3]graph.ID{v, a, b}] = true
					}
				}
			}
		}
	}
	told := map[[3]graph.ID]bool{}
	var lists [][]graph.ID
	for _, b := range shape.Blocks {
		ids := []graph.ID{}
		for _, m := range b.Members {
			ids = append(ids, m.Base().ID())
		}
		if !slices.IsSorted(ids) || b.Size != len(ids) || b.Size < 3 {
			t.Fatalf("a block of %d: %v", b.Size, ids)
		}
		lists = append(lists, ids)
		for _, v := range ids {
			for a := range near[v] {
				for b := range near[v] {
					if a < b && slices.Contains(ids, a) && slices.Contains(ids, b) {
						told[[3]graph.ID{v, a, b}] = true
					}
				}
			}
		}
	}
	if d := gocmp.Diff(together, told); d != "" {
		t.Fatalf("blocks: %s", d)
	}
	if shape.BlockCount != len(lists) ||
		!slices.IsSortedFunc(lists, func(a, b []graph.ID) int { return cmp.Or(len(b)-len(a), slices.Compare(a, b)) }) {
		t.Fatalf("%d blocks: %v", shape.BlockCount, lists)
	}
}
