package signed

import (
	"math/rand/v2"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/work"
)

// Factions divides a signed graph in two so that as few edges as can be found
// speak against it: hostile ones within a faction, friendly ones between. That
// number is the frustration index, or line index of balance (Harary 1959); 0 says
// that the graph is balanced.
type Factions struct {
	// Frustration is how many edges speak against this division, LowerBound how
	// many speak against any. They are the same when Exact is set.
	Frustration, LowerBound int
	// Exact is set when no division does better: all were ruled out by branch and
	// bound. Else Frustration is an upper bound, the best of a local search from
	// several random divisions.
	Exact bool
	// Of is the faction of each node, 1 or 2, and 0 for a node without signed
	// edges. In every part of the graph that hangs together the first node is in
	// faction 1; factions of different parts have nothing to do with each other.
	Of []uint8
	// Against are the edges that speak against the division, smaller node first,
	// ascending.
	Against [][2]algo.Node
}

// The bounds of the search: how many random divisions are improved; up to how many
// nodes a part is divided exactly, and how many branches are followed for that
// before the upper bound has to do.
const (
	factionStarts   = 20
	factionNodes    = 1000
	factionBranches = 500_000
)

// FindFactions divides a signed graph. The same seed gives the same answer. With
// an error of the meter the best division so far is returned beside it.
func FindFactions(s *Graph, seed uint64, m *work.Meter) (*Factions, error) {
	f := newFactionSearch(s, seed, m)
	err := f.divideAll()
	return f.out, err
}

// factionSearch divides the parts of a graph one after another.
type factionSearch struct {
	s      *Graph
	m      *work.Meter
	random *rand.Rand
	side   []int8 // 1 or -1, 0 for none yet
	// toSide is, for a node not yet placed, how many edges to nodes that are placed
	// speak against side 1 and side -1.
	toSide   [][2]int
	branches int // how many to follow in each part
	out      *Factions
}

func newFactionSearch(s *Graph, seed uint64, m *work.Meter) *factionSearch {
	return &factionSearch{
		s: s, m: m, branches: factionBranches, random: rand.New(rand.NewPCG(seed, 0x66616374)),
		side: make([]int8, s.Len()), toSide: make([][2]int, s.Len()),
		out: &Factions{Exact: true, Of: make([]uint8, s.Len()), Against: [][2]algo.Node{}},
	}
}

func (f *factionSearch) divideAll() error {
	of, sizes, err := algo.Components(f.s.g, f.m)
	parts := make([][]algo.Node, len(sizes))
	for v, k := range of {
		parts[k] = append(parts[k], algo.Node(v))
	}
	for _, part := range parts {
		if len(part) < 2 {
			break // from here on nodes stand alone
		}
		if e := f.divide(part, err); err == nil {
			err = e
		}
	}
	f.finish()
	return err
}

// divide finds the best division of one part; stopped is why to take the first
// that comes along, nil if nothing is.
func (f *factionSearch) divide(part []algo.Node, stopped error) error {
	best := make([]int8, len(part))
	least, err := f.localSearch(part, best, stopped)
	low := 0
	exact := least == 0
	if err == nil && !exact {
		low, err = f.disjointTriads(part)
		exact = err == nil && low == least
	}
	if err == nil && !exact && len(part) <= factionNodes {
		exact, least, err = f.branchAndBound(part, best, least)
	}
	if exact {
		low = least
	}
	f.out.Exact = f.out.Exact && exact
	f.out.LowerBound += low
	for i, v := range part {
		f.side[v] = best[i] * best[0] // part[0] is the first node
	}
	return err
}

// localSearch improves random divisions until no node wants to change sides; best
// takes the best of them.
func (f *factionSearch) localSearch(part []algo.Node, best []int8, stopped error) (least int, err error) {
	least = -1
	for start := range factionStarts {
		for _, v := range part {
			f.side[v] = 1
			if start > 0 && f.random.IntN(2) == 0 {
				f.side[v] = -1
			}
		}
		if stopped == nil {
			stopped = f.improve(part)
		}
		if against := f.against(part); least < 0 || against < least {
			least = against
			for i, v := range part {
				best[i] = f.side[v]
			}
		}
		if least == 0 || stopped != nil {
			break
		}
	}
	return least, stopped
}

// improve lets nodes change sides, in their order, while that helps.
func (f *factionSearch) improve(part []algo.Node) error {
	for moved := true; moved; {
		moved = false
		read := 0
		for _, v := range part {
			read += len(f.s.g.Out(v))
			if f.support(v) < 0 {
				f.side[v] = -f.side[v]
				moved = true
			}
		}
		if err := f.m.Spend(read); err != nil {
			return err
		}
	}
	return nil
}

// support is how many edges speak for a node's side, less those against.
func (f *factionSearch) support(v algo.Node) int {
	sum := 0
	for arc := f.s.g.Adjacency().Start[v]; arc < f.s.g.Adjacency().Start[v+1]; arc++ {
		sum += int(f.s.sign(arc)) * int(f.side[v]) * int(f.side[f.s.g.Adjacency().To[arc]])
	}
	return sum
}

func (f *factionSearch) against(part []algo.Node) int {
	count := 0
	for _, v := range part {
		count += (len(f.s.g.Out(v)) - f.support(v)) / 2
	}
	return count / 2
}

// disjointTriads counts unbalanced triads of a part that share no edge: each
// needs an edge of its own that speaks against any division.
func (f *factionSearch) disjointTriads(part []algo.Node) (int, error) {
	used := map[[2]algo.Node]bool{}
	count := 0
	g := f.s.g
	for _, a := range part {
		for ab := g.Adjacency().Start[a]; ab < g.Adjacency().Start[a+1]; ab++ {
			b := g.Adjacency().To[ab]
			if b < a {
				continue
			}
			f.s.eachCommonAbove(a, b, func(c algo.Node, ac, bc algo.Arc) {
				edges := [3][2]algo.Node{{a, b}, {a, c}, {b, c}}
				t := Triad{a, b, c, f.s.sign(ab), f.s.sign(ac), f.s.sign(bc)}
				if t.Balanced() || used[edges[0]] || used[edges[1]] || used[edges[2]] {
					return
				}
				count++
				for _, e := range edges {
					used[e] = true
				}
			})
			if err := f.m.Spend(len(g.Out(a)) + len(g.Out(b))); err != nil {
				return count, err
			}
		}
	}
	return count, nil
}

// finish fills in the sides and what speaks against them.
func (f *factionSearch) finish() {
	g := f.s.g
	for v := range algo.Node(g.Len()) {
		switch f.side[v] {
		case 1:
			f.out.Of[v] = 1
		case -1:
			f.out.Of[v] = 2
		}
		for arc := g.Adjacency().Start[v]; arc < g.Adjacency().Start[v+1]; arc++ {
			w := g.Adjacency().To[arc]
			if v < w && int8(f.s.sign(arc))*f.side[v]*f.side[w] < 0 {
				f.out.Against = append(f.out.Against, [2]algo.Node{v, w})
			}
		}
	}
	f.out.Frustration = len(f.out.Against)
}

// branchAndBound looks for a division of a part with fewer edges against it than
// least. It is exact unless it gives up after so many branches.
func (f *factionSearch) branchAndBound(part []algo.Node, best []int8, least int) (exact bool, now int, err error) {
	b := &factionBound{f: f, part: part, order: f.searchOrder(part), best: best, least: least, left: f.branches}
	b.place = make(map[algo.Node]int, len(part))
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
	part, order []algo.Node
	place       map[algo.Node]int // node -> place in part
	best        []int8
	least, left int
	unavoidable int // edges that speak against any side of nodes not yet placed
	err         error
}

// searchOrder is the nodes in the order in which they are placed: always the one
// with most edges to those before it, of these the one with most edges.
func (f *factionSearch) searchOrder(part []algo.Node) []algo.Node {
	waiting := slices.Clone(part)
	ties := map[algo.Node]int{}
	degree := func(v algo.Node) int { return len(f.s.g.Out(v)) }
	order := make([]algo.Node, 0, len(part))
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
	if against+b.unavoidable >= b.least || b.left <= 0 || b.err != nil {
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
		b.unavoidable -= min(cost[0], cost[1])
		b.put(v, side)
		b.branch(depth+1, against+c)
		b.take(v, side)
		b.unavoidable += min(cost[0], cost[1])
	}
}

// put places a node and notes what that means for its neighbours.
func (b *factionBound) put(v algo.Node, side int8) {
	b.f.side[v] = side
	b.change(v, side, 1)
}

// take undoes put.
func (b *factionBound) take(v algo.Node, side int8) {
	b.f.side[v] = 0
	b.change(v, side, -1)
}

func (b *factionBound) change(v algo.Node, side int8, by int) {
	g := b.f.s.g
	for arc := g.Adjacency().Start[v]; arc < g.Adjacency().Start[v+1]; arc++ {
		w := g.Adjacency().To[arc]
		if b.f.side[w] != 0 {
			continue
		}
		c := &b.f.toSide[w]
		b.unavoidable -= min(c[0], c[1])
		against := 0 // the edge asks for side 1
		if int8(b.f.s.sign(arc))*side > 0 {
			against = 1
		}
		c[against] += by
		b.unavoidable += min(c[0], c[1])
	}
}
