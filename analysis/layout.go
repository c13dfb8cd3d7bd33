package analysis

import (
	"runtime"
	"slices"
)

// ends counts the links that start from an entity and those that lead to it.
type ends struct{ out, in uint32 }

// number gives the entities that are kept their nodes, by falling degree and then
// by row, and each node its slots.
func (n *Network) number(keep []bool, parts [][]tied) {
	degrees := make([][]ends, len(parts))
	sideBySide(len(parts), func(i int) {
		degree := make([]ends, len(keep))
		for j := range parts[i] {
			degree[parts[i][j].source].out++
			degree[parts[i][j].target].in++
		}
		degrees[i] = degree
	})
	degree := make([]ends, len(keep))
	for _, d := range degrees {
		for row := range d {
			degree[row].out += d[row].out
			degree[row].in += d[row].in
		}
	}
	n.rows = byFalling(degree, keep)
	n.outStart, n.inStart = make([]uint32, len(n.rows)+1), make([]uint32, len(n.rows)+1)
	for node, row := range n.rows {
		n.outStart[node+1] = n.outStart[node] + degree[row].out
		n.inStart[node+1] = n.inStart[node] + degree[row].in
	}
	n.node = make([]uint32, len(keep))
	for row := range n.node {
		n.node[row] = absent
	}
	for node, row := range n.rows {
		n.node[row] = uint32(node)
	}
}

// byFalling lists the rows that are kept by falling degree, ties by row.
func byFalling(degree []ends, keep []bool) []uint32 {
	most, kept := uint32(0), 0
	for row, k := range keep {
		if k {
			most = max(most, degree[row].out+degree[row].in)
			kept++
		}
	}
	start := make([]uint32, most+2)
	for row, k := range keep {
		if k {
			start[most-degree[row].out-degree[row].in+1]++
		}
	}
	accumulate(start)
	out := make([]uint32, kept)
	for row, k := range keep {
		if k {
			at := &start[most-degree[row].out-degree[row].in]
			out[*at] = uint32(row)
			*at++
		}
	}
	return out
}

// fill lays the links out by source and by target. Two counting sorts leave both
// sides ordered by neighbour, and links between the same two in the order of the
// parts. Processors share the nodes out among them: each reads all, and writes what
// is of its own nodes.
func (n *Network) fill(parts [][]tied) {
	m := int(n.outStart[len(n.rows)])
	n.outTo, n.link = make([]uint32, m), make([]uint32, m)
	n.kind, n.credibility = make([]uint8, m), make([]uint8, m)
	n.from, n.to = make([]uint16, m), make([]uint16, m)
	sorted := n.byTarget(parts, m)
	n.bySource(sorted)
	giveBack(sorted)
	n.reverse()
}

// byTarget is the links in the order of the nodes of their targets, both ends as
// nodes.
func (n *Network) byTarget(parts [][]tied, m int) []tied {
	sorted := borrow(m)[:m]
	next := slices.Clone(n.inStart)
	n.shareOut(n.inStart, func(low, high uint32) {
		for _, part := range parts {
			for i := range part {
				t := &part[i]
				target := n.node[t.target]
				if target < low || target >= high {
					continue
				}
				at := &sorted[next[target]]
				next[target]++
				*at = *t
				at.source, at.target = n.node[t.source], target
			}
		}
	})
	return sorted
}

func (n *Network) bySource(sorted []tied) {
	next := slices.Clone(n.outStart)
	n.shareOut(n.outStart, func(low, high uint32) {
		for i := range sorted {
			t := &sorted[i]
			if t.source < low || t.source >= high {
				continue
			}
			slot := next[t.source]
			next[t.source]++
			n.outTo[slot], n.link[slot] = t.target, t.row
			n.kind[slot], n.credibility[slot] = t.kind, t.credibility
			n.from[slot], n.to[slot] = t.from, t.to
		}
	})
}

// reverse lays the same links out by target.
func (n *Network) reverse() {
	n.inFrom, n.inSlot = make([]uint32, len(n.outTo)), make([]uint32, len(n.outTo))
	next := slices.Clone(n.inStart)
	n.shareOut(n.inStart, func(low, high uint32) {
		for node := range n.rows {
			for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
				if to := n.outTo[slot]; to >= low && to < high {
					n.inFrom[next[to]], n.inSlot[next[to]] = uint32(node), slot
					next[to]++
				}
			}
		}
	})
}

// shareOut runs f side by side on ranges of nodes that have about as many links
// each, as start tells.
func (n *Network) shareOut(start []uint32, f func(low, high uint32)) {
	workers := runtime.GOMAXPROCS(0)
	links := start[len(start)-1]
	bound := func(i int) uint32 {
		if i == workers {
			return uint32(len(n.rows))
		}
		at, _ := slices.BinarySearch(start, uint32(uint64(links)*uint64(i)/uint64(workers)))
		return min(uint32(at), uint32(len(n.rows)))
	}
	sideBySide(workers, func(i int) { f(bound(i), bound(i+1)) })
}

func accumulate(start []uint32) {
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
}
