package analysis

import (
	"sort"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// ends counts the links that start from an entity and those that lead to it, in slots.
type ends struct{ out, in Slot }

// number gives the entities that are kept their nodes, by falling degree and then
// by row, and each node its slots. It answers for each part and row the place that
// the part's first link to it has among all links by target.
func (n *Network) number(keep []bool, parts [][]edge[live.EntityRow]) (places [][]ends) {
	places = countEnds(len(keep), parts)
	degree := make([]ends, len(keep))
	for _, p := range places {
		for row := range p {
			degree[row].out += p[row].out
			degree[row].in, p[row].in = degree[row].in+p[row].in, degree[row].in
		}
	}
	n.rows = byFalling(degree, keep)
	n.outStart, n.inStart = make([]Slot, len(n.rows)+1), make([]Slot, len(n.rows)+1)
	n.node = make([]algo.Node, len(keep))
	for row := range n.node {
		n.node[row] = algo.None
	}
	for node, row := range n.rows {
		n.node[row] = algo.Node(node)
		n.outStart[node+1] = n.outStart[node] + degree[row].out
		n.inStart[node+1] = n.inStart[node] + degree[row].in
		for _, p := range places {
			p[row].in += n.inStart[node]
		}
	}
	return places
}

// countEnds counts the links of each part.
func countEnds(rows int, parts [][]edge[live.EntityRow]) [][]ends {
	counts := make([][]ends, len(parts))
	parallel(len(parts), func(i int) {
		counts[i] = make([]ends, rows)
		for j := range parts[i] {
			counts[i][parts[i][j].source].out++
			counts[i][parts[i][j].target].in++
		}
	})
	return counts
}

// byFalling lists the rows that are kept by falling degree, ties by row.
func byFalling(degree []ends, keep []bool) []live.EntityRow {
	most, kept := Slot(0), 0
	for row, k := range keep {
		if k {
			most = max(most, degree[row].out+degree[row].in)
			kept++
		}
	}
	start := make([]Slot, most+2)
	for row, k := range keep {
		if k {
			start[most-degree[row].out-degree[row].in+1]++
		}
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	out := make([]live.EntityRow, kept)
	for row, k := range keep {
		if k {
			at := &start[most-degree[row].out-degree[row].in]
			out[*at] = live.EntityRow(row)
			*at++
		}
	}
	return out
}

// fill lays the links out by source and by target. Two counting sorts leave both
// sides ordered by neighbour, and links between the same two in the order of the
// parts. Processors share the links out among them: each knows for every node where
// the first of its own goes.
func (n *Network) fill(parts [][]edge[live.EntityRow], places [][]ends) {
	m := int(n.outStart[len(n.rows)])
	n.outTo, n.link = make([]algo.Node, m), make([]live.LinkRow, m)
	n.kind, n.bearing, n.credibility = make([]uint8, m), make([]uint8, m), make([]uint8, m)
	sorted := n.byTarget(parts, places, m)
	n.bySource(sorted)
	nodePool.put(sorted)
	n.reverse()
}

// byTarget is the links in the order of the nodes of their targets, both ends as
// nodes.
func (n *Network) byTarget(parts [][]edge[live.EntityRow], places [][]ends, m int) []edge[algo.Node] {
	sorted := nodePool.get(m)[:m]
	parallel(len(parts), func(i int) {
		part, place := parts[i], places[i]
		for j := range part {
			t := &part[j]
			next := &place[t.target].in
			at := &sorted[*next]
			*next++
			*at = edge[algo.Node]{n.node[t.source], n.node[t.target], t.row, t.kind, t.bearing, t.credibility}
		}
	})
	return sorted
}

func (n *Network) bySource(sorted []edge[algo.Node]) {
	places := n.places(n.outStart, len(sorted), func(from, to int, count []Slot) {
		for i := range sorted[from:to] {
			count[sorted[from+i].source]++
		}
	})
	inChunks(len(sorted), func(i, from, to int) {
		next := places[i]
		for j := range sorted[from:to] {
			t := &sorted[from+j]
			slot := next[t.source]
			next[t.source]++
			n.outTo[slot], n.link[slot] = t.target, t.row
			n.kind[slot], n.bearing[slot], n.credibility[slot] = t.kind, t.bearing, t.credibility
		}
	})
}

// reverse lays the same links out by target.
func (n *Network) reverse() {
	m := len(n.outTo)
	n.inFrom, n.inSlot = make([]algo.Node, m), make([]Slot, m)
	places := n.places(n.inStart, m, func(from, to int, count []Slot) {
		for _, target := range n.outTo[from:to] {
			count[target]++
		}
	})
	inChunks(m, func(i, from, to int) {
		next := places[i]
		node := algo.Node(sort.Search(len(n.rows), func(v int) bool { return n.outStart[v+1] > Slot(from) }))
		for slot := Slot(from); slot < Slot(to); slot++ {
			for slot >= n.outStart[node+1] {
				node++
			}
			at := &next[n.outTo[slot]]
			n.inFrom[*at], n.inSlot[*at] = node, slot
			*at++
		}
	})
}

// places is, for each chunk of m links and each node, where the chunk's first link of the
// node goes, when start is where the node's first goes and count counts those of a
// chunk by node.
func (n *Network) places(start []Slot, m int, count func(from, to int, count []Slot)) [][]Slot {
	out := make([][]Slot, work.Processors())
	inChunks(m, func(i, from, to int) {
		out[i] = make([]Slot, len(n.rows))
		count(from, to, out[i])
	})
	for node := range n.rows {
		at := start[node]
		for _, chunk := range out {
			chunk[node], at = at, at+chunk[node]
		}
	}
	return out
}

// inChunks runs f at once on as many ranges below m as there are processors.
func inChunks(m int, f func(i, from, to int)) {
	workers := work.Processors()
	parallel(workers, func(i int) { f(i, m*i/workers, m*(i+1)/workers) })
}
