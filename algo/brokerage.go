package algo

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// BrokerRole is what a node is when it stands between two others that are not
// joined, by the groups of the three (Gould and Fernandez 1989).
type BrokerRole string

// The roles of b between a and c, where a → b → c and no edge leads from a to c.
const (
	// Coordinator: all three are of one group.
	Coordinator BrokerRole = "COORDINATOR"
	// Itinerant: a and c are of one group, b of another; also called consultant.
	Itinerant BrokerRole = "ITINERANT"
	// Gatekeeper: b and c are of one group, a of another.
	Gatekeeper BrokerRole = "GATEKEEPER"
	// Representative: a and b are of one group, c of another.
	Representative BrokerRole = "REPRESENTATIVE"
	// Liaison: all three are of different groups.
	Liaison BrokerRole = "LIAISON"
)

// BrokerRoles lists the roles in the order of Brokerage.Roles.
var BrokerRoles = [5]BrokerRole{Coordinator, Itinerant, Gatekeeper, Representative, Liaison}

// Brokerage is how often a node stands between others, by role.
type Brokerage struct {
	Node Node
	// Total is in how many ways in all. It depends on the edges alone.
	Total int
	Roles [5]BrokerRoleCount
}

// BrokerRoleCount is how often a node has a role, and how often it would if groups had
// nothing to do with edges.
type BrokerRoleCount struct {
	Role  BrokerRole
	Count int
	// Expected and Deviation are the mean and the standard deviation under
	// permutation: the edges and the node's own group stay, and the groups of all
	// other nodes are dealt out anew, every way alike. Both are computed in closed
	// form, not sampled. Z is (Count - Expected) / Deviation; 0 when nothing can
	// vary.
	Expected, Deviation, Z float64
}

// Brokers counts the roles of nodes, in their order; nil is all nodes. of[node] is
// the group of a node. An undirected edge counts as one each way, as in R's sna: a
// pair of unjoined neighbours counts twice, and what is once a gatekeeper is once a
// representative. With an error of the meter those that were counted are returned
// beside it.
func Brokers(g *Graph, of []Label, nodes []Node, m *work.Meter) ([]Brokerage, error) {
	if len(of) != g.Len() {
		return nil, graph.Invalid("MISSING", "groups", fmt.Sprintf("%d groups for %d nodes", len(of), g.Len()),
			"give a group for every node")
	}
	if nodes == nil {
		nodes = Identity[Node](g.Len())
	}
	b := newBroker(g, of)
	out := make([]Brokerage, 0, len(nodes))
	for _, v := range nodes {
		row, read := b.count(v)
		out = append(out, row)
		if err := m.Spend(read); err != nil {
			return out, err
		}
	}
	return out, nil
}

// broker counts the roles of one node after another. The lists by node and by group are
// all 0 but for the node at hand.
type broker struct {
	g              *Graph
	of             []Label // groups, numbered from 0
	sizes          []float64
	bySize         map[float64]float64 // how many groups have a size
	known          map[float64]*[5]probabilities
	leads, follows []int  // in how many open ways a node is the first, or the last
	ins, outs      []int  // by group: how many lead to the node, how many it leads to
	after          bitset // those that the node leads to
	before         bitset // those that lead to it
}

func newBroker(g *Graph, of []Label) *broker {
	n := g.Len()
	b := &broker{
		g: g, of: slices.Clone(of), leads: make([]int, n), follows: make([]int, n), after: newBitset(n), before: newBitset(n),
		bySize: map[float64]float64{}, known: map[float64]*[5]probabilities{},
	}
	b.sizes = make([]float64, Compact(b.of))
	b.ins, b.outs = make([]int, len(b.sizes)), make([]int, len(b.sizes))
	for _, k := range b.of {
		b.sizes[k]++
	}
	for _, size := range b.sizes {
		b.bySize[size]++
	}
	return b
}

// count counts all pairs of one before and one after a node, by their groups, and takes
// away those that are joined.
func (b *broker) count(v Node) (row Brokerage, read int) {
	row = Brokerage{Node: v}
	p := openPairs{}
	in, out := b.g.In(v), b.g.Out(v)
	both := b.mark(v, &row)
	p.mutual = float64(both * (both - 1))
	for _, a := range in {
		b.leads[a] += len(out)
		if b.after.has(a) {
			b.leads[a]--
		}
		read += b.eachJoined(a, out, func(c Node) {
			row.Roles[b.role(a, v, c)].Count--
			b.leads[a]--
			b.follows[c]--
			if b.after.has(a) && b.before.has(c) {
				p.mutual--
				if !b.leadsTo(c, a) {
					p.mutual-- // the way back is open, but not both
				}
			}
		})
	}
	for _, c := range out {
		b.follows[c] += len(in)
		if b.before.has(c) {
			b.follows[c]--
		}
	}
	for i := range row.Roles {
		row.Total += row.Roles[i].Count
	}
	p.all = float64(row.Total)
	b.unmark(v, &p)
	b.expect(&row, &p)
	return row, brokerSlots * (1 + read + len(in) + len(out))
}

// brokerSlots is what a node costs, or an arc that is read, with its roles.
const brokerSlots = 8

// mark marks the neighbours of a node, counts all pairs of them by role, and gives how
// many neighbours are both before and after it.
func (b *broker) mark(v Node, row *Brokerage) (both int) {
	own, bothOwn := b.of[v], 0
	for _, c := range b.g.Out(v) {
		b.after.add(c)
		b.outs[b.of[c]]++
	}
	alike := 0 // pairs of one other group
	for _, a := range b.g.In(v) {
		b.before.add(a)
		b.ins[b.of[a]]++
		if b.of[a] != own {
			alike += b.outs[b.of[a]]
		}
		if b.after.has(a) {
			both++
			if b.of[a] == own {
				bothOwn++
			}
		}
	}
	ownIn, ownOut := b.ins[own], b.outs[own]
	in, out := len(b.g.In(v))-ownIn, len(b.g.Out(v))-ownOut
	counts := [5]int{ownIn*ownOut - bothOwn, alike - (both - bothOwn), in * ownOut, ownIn * out, in*out - alike}
	for i, count := range counts {
		row.Roles[i].Count = count
	}
	return both
}

// unmark sums up and takes off the marks of a node.
func (b *broker) unmark(v Node, p *openPairs) {
	for _, list := range [][]Node{b.g.In(v), b.g.Out(v)} {
		for _, u := range list {
			p.add(float64(b.leads[u]), float64(b.follows[u]))
			b.leads[u], b.follows[u] = 0, 0
			b.ins[b.of[u]], b.outs[b.of[u]] = 0, 0
			b.after.remove(u)
			b.before.remove(u)
		}
	}
}

// eachJoined calls f for each of out, those after the node at hand, that a leads to. It
// reads the shorter list, and says how many arcs.
func (b *broker) eachJoined(a Node, out []Node, f func(c Node)) (read int) {
	from := b.g.Out(a)
	if len(from) <= len(out) {
		for _, c := range from {
			if b.after.has(c) {
				f(c)
			}
		}
		return len(from)
	}
	for _, c := range out {
		if _, there := slices.BinarySearch(from, c); there {
			f(c)
		}
	}
	return len(out)
}

func (b *broker) leadsTo(a, c Node) bool {
	_, there := slices.BinarySearch(b.g.Out(a), c)
	return there
}

// role is the place in BrokerRoles of v between a and c.
func (b *broker) role(a, v, c Node) int {
	first, own, last := b.of[a], b.of[v], b.of[c]
	switch {
	case first == own && own == last:
		return 0
	case first == last:
		return 1
	case own == last:
		return 2
	case first == own:
		return 3
	}
	return 4
}

// openPairs counts, among the ordered pairs (a, c) that a node stands between, how
// many ordered pairs of pairs share what.
type openPairs struct {
	all, mutual         float64 // pairs; pairs whose reverse is there too
	sameFirst, sameLast float64 // (a, c) and (a, c'); (a, c) and (a', c)
	chained             float64 // (a, c) and (c, c'), with a = c' too
}

// add takes in a node that is first in some pairs and last in others.
func (p *openPairs) add(leads, follows float64) {
	p.sameFirst += leads * (leads - 1)
	p.sameLast += follows * (follows - 1)
	p.chained += leads * follows
}

// expect fills in the mean and deviation of each role.
func (b *broker) expect(row *Brokerage, p *openPairs) {
	likely := b.probabilities(row.Node)
	chain := 2 * (p.chained - p.mutual) // in either order
	apart := p.all*p.all - p.all - p.mutual - p.sameFirst - p.sameLast - chain
	for i := range row.Roles {
		r, c := &row.Roles[i], &likely[i]
		r.Role = BrokerRoles[i]
		r.Expected = p.all * c.one
		square := p.all*c.one + p.mutual*c.mutual + p.sameFirst*c.sameFirst + p.sameLast*c.sameLast +
			chain*c.chained + apart*c.apart
		if variance := square - r.Expected*r.Expected; variance > 1e-9*max(square, 1) {
			r.Deviation = math.Sqrt(variance)
			r.Z = (float64(r.Count) - r.Expected) / r.Deviation
		}
	}
}

// probabilities are how likely pairs of a node are to give it a role: one pair, and two
// that share what openPairs counts.
type probabilities struct {
	one, mutual, sameFirst, sameLast, chained, apart float64
}

// probabilities gives those of all roles, for groups dealt out to all nodes but v. They are
// the same for all nodes whose groups are of one size.
func (b *broker) probabilities(v Node) *[5]probabilities {
	size := b.sizes[b.of[v]]
	if b.known[size] == nil {
		b.known[size] = b.probabilitiesIn(size)
	}
	return b.known[size]
}

func (b *broker) probabilitiesIn(ownSize float64) *[5]probabilities {
	out := &[5]probabilities{}
	n := float64(b.g.Len() - 1)
	own := ownSize - 1
	rest := n - own
	two, three, four := falling(n, 2), falling(n, 3), falling(n, 4)
	var alike2, alike3, alike4, mixed float64 // 2, 3, 4 nodes of one other group; one and two of others
	squares := 0.0
	for _, size := range slices.Sorted(maps.Keys(b.bySize)) {
		groups := b.bySize[size]
		if size == ownSize {
			groups--
		}
		alike2 += groups * falling(size, 2)
		alike3 += groups * falling(size, 3)
		alike4 += groups * falling(size, 4)
		squares += groups * falling(size, 2) * falling(size, 2)
		mixed += groups * size * falling(rest-size, 2)
	}
	pairs := alike4 + alike2*alike2 - squares // two nodes alike, and two more alike
	of := func(one, mutual, sameFirst, sameLast, chained, apart float64) probabilities {
		return probabilities{
			ratio(one, two), ratio(mutual, two), ratio(sameFirst, three), ratio(sameLast, three), ratio(chained, three),
			ratio(apart, four),
		}
	}
	own2, rest2 := falling(own, 2), falling(rest, 2)
	crossing := rest * own
	out[0] = of(own2, own2, falling(own, 3), falling(own, 3), falling(own, 3), falling(own, 4))
	out[1] = of(alike2, alike2, alike3, alike3, alike3, pairs)
	out[2] = of(crossing, 0, rest*own2, rest2*own, 0, rest2*own2)
	out[3] = of(crossing, 0, rest2*own, rest*own2, 0, rest2*own2)
	out[4] = of(rest2-alike2, rest2-alike2, mixed, mixed, mixed, falling(rest, 4)-2*alike2*falling(rest-2, 2)+pairs)
	return out
}

// falling is the falling factorial n(n-1)... of k factors, 0 when n is less than k.
func falling(n float64, k int) float64 {
	product := 1.0
	for range k {
		product *= max(n, 0)
		n--
	}
	return product
}
