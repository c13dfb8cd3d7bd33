package algo

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/rabta/rabta/work"
)

// CorePeriphery divides a graph into a core whose members are joined to all and a
// periphery whose members are not joined among themselves, as far as it goes: the
// discrete model of Borgatti and Everett, Models of core/periphery structures
// (1999).
type CorePeriphery struct {
	// Core marks the members of the core.
	Core []bool
	// Size is how many they are.
	Size int
	// Correlation is Pearson's, over all pairs of nodes, between the weight of
	// their edge, 0 without one, and the ideal: 1 where either is in the core, 0
	// where both are in the periphery. 0 when no division has any.
	Correlation float64
}

// coreStarts is how many random divisions are improved, beside those by degree.
const coreStarts = 10

// CoreAndPeriphery looks for the division of highest correlation: among those that
// take the nodes of greatest strength, and from the best of them and some random
// ones by moving single nodes and exchanging two while that helps. It is a local
// search: another division may fit better. The same seed gives the same answer.
// Directed graphs are read as undirected. With an error of the meter the best so
// far is returned beside it.
func CoreAndPeriphery(g *Graph, seed uint64, m *work.Meter) (*CorePeriphery, error) {
	c := newCoreSearch(g.Undirected())
	err := c.search(seed, m)
	c.start(func(v Node) bool { return c.best[v] })
	out := &CorePeriphery{Core: c.best, Correlation: c.fit(c.inCore, c.outside)}
	for _, in := range c.best {
		if in {
			out.Size++
		}
	}
	return out, err
}

// coreSearch keeps what the correlation is made of while nodes move.
type coreSearch struct {
	g            *Graph
	order        []Node // by falling strength
	strength     []float64
	total, power float64 // sums of weights and of their squares, over edges
	core         []bool
	inCore       int
	outside      float64   // weight of the edges within the periphery
	toPeriphery  []float64 // of each node
	best         []bool
	most         float64
}

func newCoreSearch(g *Graph) *coreSearch {
	n := g.Len()
	c := &coreSearch{
		g: g, strength: Strengths(g), core: make([]bool, n), best: make([]bool, n), toPeriphery: make([]float64, n),
	}
	c.order = top[Node](c.strength, n)
	for v := range Node(n) {
		weights := g.OutWeights(v)
		for i, w := range g.Out(v) {
			if v < w {
				x := weightAt(weights, i)
				c.total += x
				c.power += x * x
			}
		}
	}
	return c
}

func (c *coreSearch) search(seed uint64, m *work.Meter) error {
	if err := m.Spend(len(c.g.out.To)); err != nil {
		return err
	}
	c.start(func(Node) bool { return false })
	for _, v := range c.order {
		c.move(v)
		c.keep()
	}
	random := rand.New(rand.NewPCG(seed, 0x636f7265))
	first := slices.Clone(c.best)
	c.start(func(v Node) bool { return first[v] })
	for range coreStarts {
		if err := c.climb(m); err != nil {
			return err
		}
		share := random.Float64()
		c.start(func(Node) bool { return random.Float64() < share })
	}
	return c.climb(m)
}

// start puts nodes where in says.
func (c *coreSearch) start(in func(Node) bool) {
	copy(c.toPeriphery, c.strength)
	clear(c.core)
	c.inCore, c.outside = 0, c.total
	for v := range Node(len(c.core)) {
		if in(v) {
			c.move(v)
		}
	}
}

// move takes a node to the other side.
func (c *coreSearch) move(v Node) {
	sign := 1.0 // v comes to the periphery
	if !c.core[v] {
		sign = -1
	}
	c.outside += sign * c.toPeriphery[v]
	c.core[v] = !c.core[v]
	c.inCore -= int(sign)
	weights := c.g.OutWeights(v)
	for i, w := range c.g.Out(v) {
		c.toPeriphery[w] += sign * weightAt(weights, i)
	}
}

// fit is the correlation with some nodes in the core and some weight within the
// periphery.
func (c *coreSearch) fit(inCore int, outside float64) float64 {
	n := float64(len(c.core))
	p := n - float64(inCore)
	pairs := n * (n - 1) / 2
	ideal := pairs - p*(p-1)/2
	return pearson(pairs, c.total, c.power, ideal, ideal, c.total-outside)
}

// pearson is the correlation of two lists of n values from the sums of each, of
// their squares and of the products; 0 when either does not vary.
func pearson(n, sumA, squaresA, sumB, squaresB, products float64) float64 {
	a, b := n*squaresA-sumA*sumA, n*squaresB-sumB*sumB
	if a <= 1e-12*n*squaresA || b <= 1e-12*n*squaresB {
		return 0
	}
	return (n*products - sumA*sumB) / math.Sqrt(a) / math.Sqrt(b)
}

// keep notes the division if it fits better than the best.
func (c *coreSearch) keep() {
	if fit := c.fit(c.inCore, c.outside); fit > c.most+valueTolerance {
		c.most = fit
		copy(c.best, c.core)
	}
}

// climb makes the move or exchange that fits best until none fits better.
func (c *coreSearch) climb(m *work.Meter) error {
	defer c.keep()
	now := c.fit(c.inCore, c.outside)
	for {
		v, w, fit := c.bestMove()
		if fit <= now+valueTolerance {
			return nil
		}
		c.move(v)
		if w != None {
			c.move(w)
		}
		now = fit
		if err := m.Spend(len(c.core) + len(c.g.out.To)); err != nil {
			return err
		}
	}
}

// bestMove is the single node whose move fits best, or the exchange of the core's
// node of least weight to the periphery with the periphery's of most, if that fits
// better.
func (c *coreSearch) bestMove() (v, w Node, fit float64) {
	v, w, fit = None, None, math.Inf(-1)
	least, greatest := None, None
	for u := range Node(len(c.core)) {
		if c.core[u] {
			if least == None || c.toPeriphery[u] < c.toPeriphery[least] {
				least = u
			}
		} else if greatest == None || c.toPeriphery[u] > c.toPeriphery[greatest] {
			greatest = u
		}
		if f := c.fit(c.moved(u)); f > fit {
			v, fit = u, f
		}
	}
	if least != None && greatest != None {
		c.move(least)
		if f := c.fit(c.moved(greatest)); f > fit {
			v, w, fit = least, greatest, f
		}
		c.move(least)
	}
	return v, w, fit
}

// moved is the size of the core and the weight within the periphery after a move.
func (c *coreSearch) moved(v Node) (inCore int, outside float64) {
	if c.core[v] {
		return c.inCore - 1, c.outside + c.toPeriphery[v]
	}
	return c.inCore + 1, c.outside - c.toPeriphery[v]
}
