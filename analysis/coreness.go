package analysis

import "math"

// ContinuousCore says how near to the core each node is: the continuous model of
// Borgatti and Everett (1999), in which the edge of two nodes is as strong as the
// product of their coreness.
type ContinuousCore struct {
	// Coreness is 0 or more; the squares add up to 1 unless there are no edges.
	Coreness []float64
	// Correlation is Pearson's, over all pairs of nodes, between the weight of
	// their edge, 0 without one, and the product of their coreness. 0 when either
	// does not vary.
	Correlation float64
}

// corenessRounds is how many rounds are run at most; corenessChange is how little
// a round may change the coreness to be the last, as a share of it.
const (
	corenessRounds = 2000
	corenessChange = 1e-10
)

// Coreness fits the products to the weights by least squares over all pairs of
// different nodes, without the diagonal (MINRES; Boyd, Fitzgerald, Mahutga and
// Smith 2010): it begins with each node's strength and gives one node after another
// the value that fits best with all others, until nothing changes. The squares are
// fitted rather than the correlation, for a coreness that is the same everywhere
// but for a trace would win that. Where the best fit lies at infinity, as in a
// star, the rounds end when little changes. Directed graphs are read as undirected.
// With an error of the meter the values so far are returned beside it.
func Coreness(g *Graph, m *Meter) (*ContinuousCore, error) {
	c := corenessFit{g: g.undirected()}
	c.begin()
	err := c.run(m)
	out := &ContinuousCore{Coreness: c.value, Correlation: c.correlation()}
	if length := norm(c.value); length > 0 {
		scale(c.value, 1/length)
	}
	return out, err
}

// corenessFit is the values of the nodes and the sum of their squares.
type corenessFit struct {
	g       *Graph
	value   []float64
	squares float64
}

// begin gives the nodes values in proportion to their strength, as great as fits
// best.
func (c *corenessFit) begin() {
	c.value = strengths(c.g)
	sums := c.sums()
	if sums.squares > 0 {
		scale(c.value, math.Sqrt(sums.products/sums.squares))
	}
}

func (c *corenessFit) run(m *Meter) error {
	for range corenessRounds {
		c.squares = 0
		for _, x := range c.value {
			c.squares += x * x
		}
		change, all := 0.0, 0.0
		for v := range uint32(len(c.value)) {
			old := c.value[v]
			others := c.squares - old*old
			if others <= 0 {
				continue
			}
			x := gather(c.g, v, c.value) / others
			c.value[v] = x
			c.squares = others + x*x
			change += math.Abs(x - old)
			all += x
		}
		if err := m.Spend(len(c.g.out.to)); err != nil {
			return err
		}
		if change <= corenessChange*all {
			break
		}
	}
	return nil
}

// corenessSums are sums over all pairs of nodes: of weights and their squares, of
// the products of two values and their squares, and of weight times product.
type corenessSums struct {
	weights, power, values, squares, products float64
}

func (c *corenessFit) sums() (s corenessSums) {
	var one, two, four float64
	for v, x := range c.value {
		one += x
		two += x * x
		four += x * x * x * x
		s.products += x * gather(c.g, uint32(v), c.value) / 2
		weights := c.g.OutWeights(uint32(v))
		for i := range c.g.Out(uint32(v)) {
			w := weightAt(weights, i)
			s.weights += w / 2
			s.power += w * w / 2
		}
	}
	s.values, s.squares = (one*one-two)/2, (two*two-four)/2
	return s
}

func (c *corenessFit) correlation() float64 {
	s := c.sums()
	n := float64(len(c.value))
	return pearson(n*(n-1)/2, s.weights, s.power, s.values, s.squares, s.products)
}
