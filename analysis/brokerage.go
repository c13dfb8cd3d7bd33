package analysis

import (
	"fmt"
	"math"
	"slices"

	"github.com/rabta/rabta/graph"
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
	Node uint32
	// Total is in how many ways in all. It depends on the edges alone.
	Total int
	Roles [5]RoleCount
}

// RoleCount is how often a node has a role, and how often it would if groups had
// nothing to do with edges.
type RoleCount struct {
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
func Brokers(g *Graph, of, nodes []uint32, m *Meter) ([]Brokerage, error) {
	if len(of) != g.Len() {
		return nil, graph.Invalid("MISSING", "groups", fmt.Sprintf("%d groups for %d nodes", len(of), g.Len()), "give a group for every node")
	}
	if nodes == nil {
		nodes = identityOf(g.Len())
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

// broker counts the roles of one node after another. leads and follows are, for
// the node at hand, in how many of its open ways another node is the first or the
// last; both 0 elsewhere.
type broker struct {
	g              *Graph
	of             []uint32 // groups, numbered from 0
	sizes          []float64
	leads, follows []int
}

func newBroker(g *Graph, of []uint32) *broker {
	b := &broker{g: g, of: slices.Clone(of), leads: make([]int, g.Len()), follows: make([]int, g.Len())}
	b.sizes = make([]float64, compact(b.of))
	for _, k := range b.of {
		b.sizes[k]++
	}
	return b
}

func (b *broker) count(v uint32) (row Brokerage, read int) {
	row = Brokerage{Node: v}
	p := openPairs{}
	out := b.g.Out(v)
	for _, a := range b.g.In(v) {
		read += len(out) + len(b.g.Out(a))
		eachMissing(out, b.g.Out(a), func(c uint32) {
			if c == a {
				return
			}
			row.Roles[b.role(a, v, c)].Count++
			b.leads[a]++
			b.follows[c]++
			p.all++
			if _, back := slices.BinarySearch(b.g.In(v), c); back && b.open(c, v, a) {
				p.mutual++
			}
		})
	}
	for _, list := range [][]uint32{b.g.In(v), out} {
		for _, u := range list {
			p.add(float64(b.leads[u]), float64(b.follows[u]))
			b.leads[u], b.follows[u] = 0, 0
		}
	}
	row.Total = int(p.all)
	b.expect(&row, &p)
	return row, read
}

// open reports whether a → v → c is a way without an edge from a to c, given that
// a → v.
func (b *broker) open(a, v, c uint32) bool {
	_, there := slices.BinarySearch(b.g.Out(v), c)
	_, direct := slices.BinarySearch(b.g.Out(a), c)
	return there && !direct
}

// eachMissing calls f for what the first ascending list has and the second lacks.
func eachMissing(a, b []uint32, f func(uint32)) {
	j := 0
	for _, x := range a {
		for j < len(b) && b[j] < x {
			j++
		}
		if j == len(b) || b[j] != x {
			f(x)
		}
	}
}

// role is the place in BrokerRoles of v between a and c.
func (b *broker) role(a, v, c uint32) int {
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
	chances := b.chances(row.Node)
	chain := 2 * (p.chained - p.mutual) // in either order
	apart := p.all*p.all - p.all - p.mutual - p.sameFirst - p.sameLast - chain
	for i := range row.Roles {
		r, c := &row.Roles[i], &chances[i]
		r.Role = BrokerRoles[i]
		r.Expected = p.all * c.one
		square := p.all*c.one + p.mutual*c.mutual + p.sameFirst*c.sameFirst + p.sameLast*c.sameLast + chain*c.chained + apart*c.apart
		if variance := square - r.Expected*r.Expected; variance > 1e-9*max(square, 1) {
			r.Deviation = math.Sqrt(variance)
			r.Z = (float64(r.Count) - r.Expected) / r.Deviation
		}
	}
}

// chances are how likely pairs of a node are to give it a role: one pair, and two
// that share what openPairs counts.
type chances struct {
	one, mutual, sameFirst, sameLast, chained, apart float64
}

// chances gives those of all roles, for groups dealt out to all nodes but v.
func (b *broker) chances(v uint32) (out [5]chances) {
	n := float64(b.g.Len() - 1)
	own := b.sizes[b.of[v]] - 1
	rest := n - own
	two, three, four := down(n, 2), down(n, 3), down(n, 4)
	var alike2, alike3, alike4, mixed float64 // 2, 3, 4 nodes of one other group; one and two of others
	squares := 0.0
	for k, size := range b.sizes {
		if k == int(b.of[v]) {
			continue
		}
		alike2 += down(size, 2)
		alike3 += down(size, 3)
		alike4 += down(size, 4)
		squares += down(size, 2) * down(size, 2)
		mixed += size * down(rest-size, 2)
	}
	pairs := alike4 + alike2*alike2 - squares // two nodes alike, and two more alike
	of := func(one, mutual, sameFirst, sameLast, chained, apart float64) chances {
		return chances{ratio(one, two), ratio(mutual, two), ratio(sameFirst, three), ratio(sameLast, three), ratio(chained, three), ratio(apart, four)}
	}
	coordinated, crossing := down(own, 2), rest*own
	out[0] = of(coordinated, coordinated, down(own, 3), down(own, 3), down(own, 3), down(own, 4))
	out[1] = of(alike2, alike2, alike3, alike3, alike3, pairs)
	out[2] = of(crossing, 0, rest*down(own, 2), down(rest, 2)*own, 0, down(rest, 2)*down(own, 2))
	out[3] = of(crossing, 0, down(rest, 2)*own, rest*down(own, 2), 0, down(rest, 2)*down(own, 2))
	out[4] = of(down(rest, 2)-alike2, down(rest, 2)-alike2, mixed, mixed, mixed, down(rest, 4)-2*alike2*down(rest-2, 2)+pairs)
	return out
}

// down is the falling factorial n(n-1)... of k factors, 0 when n is less than k.
func down(n float64, k int) float64 {
	product := 1.0
	for range k {
		product *= max(n, 0)
		n--
	}
	return product
}
