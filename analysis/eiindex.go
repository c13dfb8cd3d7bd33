package analysis

import (
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
)

// EIIndex compares ties between groups with ties within (Krackhardt and Stern
// 1988).
type EIIndex struct {
	// External and Internal count the edges between groups and within.
	External, Internal int
	// Index is (External - Internal) / (External + Internal), from -1 to 1; 0
	// without edges.
	Index float64
	// Expected is the mean of Index when the groups are dealt out to the nodes
	// anew, every way alike: 2p - 1 with p the share of pairs of nodes that are of
	// different groups.
	Expected float64
	// Groups has the same for the edges of each group alone.
	Groups []GroupEI
}

// GroupEI is the E-I index of one group: of the edges that have an end in it.
type GroupEI struct {
	Group, Nodes       int
	External, Internal int
	Index              float64
}

// EI is the E-I index of a division of a graph; of[node] is the group of a node.
// Edges count, not weights; those of a directed graph each.
func EI(g *Graph, of []uint32) (*EIIndex, error) {
	if len(of) != g.Len() {
		return nil, graph.Invalid("MISSING", "groups", fmt.Sprintf("%d groups for %d nodes", len(of), g.Len()), "give a group for every node")
	}
	out := &EIIndex{Groups: []GroupEI{}}
	place := map[uint32]int{}
	groups := slices.Compact(slices.Sorted(slices.Values(of)))
	for i, k := range groups {
		place[k] = i
		out.Groups = append(out.Groups, GroupEI{Group: int(k)})
	}
	for v := range uint32(g.Len()) {
		own := &out.Groups[place[of[v]]]
		own.Nodes++
		for _, w := range g.Out(v) {
			other := &out.Groups[place[of[w]]]
			switch {
			case !g.directed && w < v: // counted from the other end
			case own == other:
				out.Internal++
				own.Internal++
			default:
				out.External++
				own.External++
				other.External++
			}
		}
	}
	out.finish(g.Len())
	return out, nil
}

func (e *EIIndex) finish(n int) {
	e.Index = share(e.External-e.Internal, e.External+e.Internal)
	alike := 0.0
	for i := range e.Groups {
		k := &e.Groups[i]
		k.Index = share(k.External-k.Internal, k.External+k.Internal)
		alike += float64(k.Nodes) * float64(k.Nodes-1)
	}
	e.Expected = 2*shareLacking(alike, n) - 1
}
