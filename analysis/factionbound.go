package analysis

import "slices"

// branchAndBound looks for a division of a part with fewer edges against it than
// least. It is exact unless it gives up after so many branches.
func (f *factionSearch) branchAndBound(part []uint32, best []int8, least int) (exact bool, now int, err error) {
	b := &factionBound{f: f, part: part, order: f.searchOrder(part), best: best, least: least, left: f.branches}
	b.place = make(map[uint32]int, len(part))
	for i, v := range part {
		b.place[v] = i
		f.side[v] = 0
		f.toSide[v] = [2]int{}
	}
	b.put(b.order[0], 1)
	b.branch(1, 0)
	b.take(b.order[0], 1)
	return b.left > 0 && b.err == nil, b.least, b.err
}

// factionBound places nodes one by one and goes back when what is placed already
// speaks against itself as much as the best division.
type factionBound struct {
	f           *factionSearch
	part, order []uint32
	place       map[uint32]int // node -> place in part
	best        []int8
	least, left int
	sure        int // edges that speak against any side of nodes not yet placed
	err         error
}

// searchOrder is the nodes in the order in which they are placed: always the one
// with most edges to those before it, of these the one with most edges.
func (f *factionSearch) searchOrder(part []uint32) []uint32 {
	waiting := slices.Clone(part)
	ties := map[uint32]int{}
	degree := func(v uint32) int { return len(f.s.g.Out(v)) }
	order := make([]uint32, 0, len(part))
	for len(waiting) > 0 {
		next := 0
		for i, v := range waiting {
			w := waiting[next]
			if ties[v] > ties[w] || ties[v] == ties[w] && degree(v) > degree(w) {
				next = i
			}
		}
		v := waiting[next]
		waiting = slices.Delete(waiting, next, next+1)
		order = append(order, v)
		for _, w := range f.s.g.Out(v) {
			ties[w]++
		}
	}
	return order
}

// branch places the node at a depth on either side; against is how many edges
// between placed nodes speak against their sides.
func (b *factionBound) branch(depth, against int) {
	if against+b.sure >= b.least || b.left <= 0 || b.err != nil {
		return
	}
	if depth == len(b.order) {
		b.least = against
		for i, v := range b.part {
			b.best[i] = b.f.side[v]
		}
		return
	}
	b.left--
	v := b.order[depth]
	if b.err = b.f.m.Spend(len(b.f.s.g.Out(v))); b.err != nil {
		return
	}
	cost := b.f.toSide[v]
	first, second := int8(1), int8(-1)
	if cost[1] < cost[0] {
		first, second = second, first
	}
	for _, side := range []int8{first, second} {
		c := cost[0]
		if side < 0 {
			c = cost[1]
		}
		b.sure -= min(cost[0], cost[1])
		b.put(v, side)
		b.branch(depth+1, against+c)
		b.take(v, side)
		b.sure += min(cost[0], cost[1])
	}
}

// put places a node and notes what that means for its neighbours.
func (b *factionBound) put(v uint32, side int8) {
	b.f.side[v] = side
	b.change(v, side, 1)
}

// take undoes put.
func (b *factionBound) take(v uint32, side int8) {
	b.f.side[v] = 0
	b.change(v, side, -1)
}

func (b *factionBound) change(v uint32, side int8, by int) {
	g := b.f.s.g
	for slot := g.out.start[v]; slot < g.out.start[v+1]; slot++ {
		w := g.out.to[slot]
		if b.f.side[w] != 0 {
			continue
		}
		c := &b.f.toSide[w]
		b.sure -= min(c[0], c[1])
		against := 0 // the edge asks for side 1
		if int8(b.f.s.sign(slot))*side > 0 {
			against = 1
		}
		c[against] += by
		b.sure += min(c[0], c[1])
	}
}
