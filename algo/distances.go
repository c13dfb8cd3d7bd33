package algo

import (
	"math"
	"math/rand/v2"

	"github.com/rabta/rabta/work"
)

// Distances says how far apart the nodes of a graph are, over all ordered pairs
// that a way joins.
type Distances struct {
	// Diameter is the greatest distance; AtMost is a bound that it does not
	// exceed, the same when Exact is set. What no way joins does not count.
	Diameter, AtMost int
	// Mean is the mean distance, 0 when nothing is joined. When it is sampled, it
	// lies between Low and High but for errorProbability; else both are the mean.
	Mean, Low, High float64
	// Exact is set when distances from all nodes were measured; Sources is from
	// how many.
	Exact   bool
	Sources int
	// Joined is the share of ordered pairs that a way joins: estimated, when
	// sampled.
	Joined float64
}

// The bounds of measuring distances: up to how many nodes times edges from all,
// and above that from how many nodes.
const (
	exactDistances  = 1_000_000_000
	distanceSources = 1000
)

// MeasureDistances measures distances from all nodes, or in a large graph from
// nodes drawn with the seed. Low and High then are Hoeffding's bounds for the sum
// of distances and for the number of nodes reached, with AtMost as the greatest
// distance that there can be: twice the eccentricity of any node of an undirected
// component, and in a directed graph one less than the nodes. With an error of the
// meter distances from nodes measured so far are left out: nil.
func MeasureDistances(g *Graph, seed uint64, m *work.Meter) (*Distances, error) {
	sources := Identity[Node](g.Len())
	exact := g.Len()*len(g.out.To) <= exactDistances
	if !exact {
		sources = randomSources(g.Len(), seed)
	}
	return distancesFrom(g, sources, exact, m)
}

// randomSources draws nodes, each draw from all: one may come twice.
func randomSources(n int, seed uint64) []Node {
	random := rand.New(rand.NewPCG(seed, 0x64697374))
	sources := make([]Node, distanceSources)
	for i := range sources {
		sources[i] = Node(random.IntN(n))
	}
	return sources
}

// distanceSum adds up the distances from one node.
type distanceSum struct{ farthest, sum, reached int }

func distancesFrom(g *Graph, sources []Node, exact bool, m *work.Meter) (*Distances, error) {
	sums := make([]distanceSum, len(sources))
	err := inParallel(len(sources), func(i int) error {
		dist, err := BFS(g, sources[i], m)
		for _, d := range dist {
			if d > 0 {
				sums[i].farthest = max(sums[i].farthest, int(d))
				sums[i].sum += int(d)
				sums[i].reached++
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	d := &Distances{Exact: exact, Sources: len(sources)}
	sum, reached := 0, 0
	for _, s := range sums {
		d.Diameter = max(d.Diameter, s.farthest)
		sum += s.sum
		reached += s.reached
	}
	d.Mean = share(sum, reached)
	d.Joined = share(reached, len(sources)*(g.Len()-1))
	d.AtMost, d.Low, d.High = d.Diameter, d.Mean, d.Mean
	if !exact {
		d.AtMost, err = diameterBound(g, m)
		d.bound(float64(sum), float64(reached), g.Len())
	}
	return d, err
}

// bound is Hoeffding's for two means, each with half of errorProbability.
func (d *Distances) bound(sum, reached float64, n int) {
	k, others := float64(d.Sources), float64(n-1)
	e := math.Sqrt(math.Log(4/errorProbability) / (2 * k))
	most := others * float64(d.AtMost)
	sumLow, sumHigh := max(sum/k-e*most, 0), sum/k+e*most
	reachedLow, reachedHigh := max(reached/k-e*others, 0), min(reached/k+e*others, others)
	d.Low = max(ratio(sumLow, reachedHigh), min(1, d.Mean))
	d.High = float64(d.AtMost)
	if reachedLow > 0 {
		d.High = min(d.High, sumHigh/reachedLow)
	}
}

// diameterBound bounds the diameter from above: in an undirected component no
// two nodes are further apart than twice the way from the first node to the
// farthest. The bound of the components is the greatest.
func diameterBound(g *Graph, m *work.Meter) (int, error) {
	if g.directed {
		return max(g.Len()-1, 0), nil
	}
	of, sizes, err := Components(g, m)
	if err != nil {
		return max(g.Len()-1, 0), err
	}
	first := make([]Node, len(sizes))
	for v := len(of) - 1; v >= 0; v-- {
		first[of[v]] = Node(v)
	}
	most := 0
	w := newReach(g)
	for k, size := range sizes {
		if size-1 <= most {
			break // from here on no component can be wider
		}
		_, read := w.walk(first[k:k+1], g.Len())
		most = max(most, min(size-1, 2*w.depth()))
		if err := m.Spend(read); err != nil {
			return max(g.Len()-1, 0), err
		}
	}
	return most, nil
}

// depth is how many steps the last walk took to its farthest node.
func (w *reach) depth() int {
	for d := len(w.at) - 1; d > 0; d-- {
		if w.at[d] > 0 {
			return d
		}
	}
	return 0
}
