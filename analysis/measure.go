package analysis

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/signed"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Measure is what nodes are ranked by.
type Measure string

// SignedDegree is the measure that reads whether links are friendly or hostile.
const SignedDegree Measure = "SIGNED_DEGREE"

// measurement is what a measure gives: a value a node, and how exact they are.
type measurement struct {
	values []float64
	exact  bool
	err    float64 // with exact false: no value is further off than this, see SampleBetweenness
}

// exactSearches is the greatest number of nodes times edges for which betweenness and
// harmonic centrality are computed from every node; above they are estimated.
const exactSearches = 400_000_000

// betweennessSamples is of how many random paths an estimate is made, harmonicSamples from
// how many random nodes it looks for all others.
const (
	betweennessSamples = 50_000
	harmonicSamples    = 3000
)

// measureFunc measures a network as the graph that it is read as; only
// measures of what its links mean look at the network itself.
type measureFunc func(*Network, *algo.Graph, uint64, *work.Meter) (measurement, error)

// of measures a network and ranks it: the error is the meter's.
func (f measureFunc) of(n *Network, seed uint64, m *work.Meter) (measurement, error) {
	g, err := n.Graph(m)
	if err == nil {
		err = m.Spend(rankSlots * n.Len())
	}
	if err != nil {
		return measurement{}, err
	}
	return f(n, g, seed, m)
}

func exact(f func(*algo.Graph, *work.Meter) ([]float64, error)) measureFunc {
	return func(_ *Network, g *algo.Graph, _ uint64, m *work.Meter) (measurement, error) {
		values, err := f(g, m)
		return measurement{values: values, exact: true}, err
	}
}

func exactCounts(f func(*algo.Graph, *work.Meter) ([]int, error)) measureFunc {
	return exact(func(g *algo.Graph, m *work.Meter) ([]float64, error) {
		counts, err := f(g, m)
		values := make([]float64, len(counts))
		for i, c := range counts {
			values[i] = float64(c)
		}
		return values, err
	})
}

func unmetered(f func(*algo.Graph) []float64) measureFunc {
	return exact(func(g *algo.Graph, m *work.Meter) ([]float64, error) { return f(g), m.Spend(g.Len()) })
}

// countingMeasures count the ties of a node, and follow none from node to node.
var countingMeasures = []Measure{"DEGREE", "IN_DEGREE", "OUT_DEGREE", SignedDegree}

// measures is every measure by name.
var measures = map[Measure]measureFunc{
	"DEGREE":      unmetered(algo.Degree),
	"IN_DEGREE":   unmetered(algo.InDegree),
	"OUT_DEGREE":  unmetered(algo.OutDegree),
	SignedDegree:  signedMeasure,
	"CLOSENESS":   exact(algo.Closeness),
	"HARMONIC":    harmonicMeasure,
	"BETWEENNESS": betweennessMeasure,
	"EIGENVECTOR": exact(algo.Eigenvector),
	"PAGERANK": exact(func(g *algo.Graph, m *work.Meter) ([]float64, error) {
		return algo.PageRank(g, algo.PageRankOptions{}, m)
	}),
	"KATZ": exact(func(g *algo.Graph, m *work.Meter) ([]float64, error) {
		values, _, err := algo.Katz(g, 0, m)
		return values, err
	}),
	"BONACICH":          bonacich(0.75),
	"BONACICH_NEGATIVE": bonacich(-0.75),
	"CORE":              exactCounts(algo.Cores),
	"TRIANGLES":         exactCounts(algo.Triangles),
	"CLUSTERING":        exact(algo.Clustering),
	"CONSTRAINT":        holesMeasure(func(h algo.Holes) float64 { return h.Constraint }),
	"EFFECTIVE_SIZE":    holesMeasure(func(h algo.Holes) float64 { return h.EffectiveSize }),
	"FRAGMENTATION": exact(func(g *algo.Graph, m *work.Meter) ([]float64, error) {
		c, err := algo.Cutpoints(g, m)
		if err != nil {
			return make([]float64, g.Len()), err
		}
		return c.Fragmentation, nil
	}),
}

func bonacich(beta float64) measureFunc {
	return exact(func(g *algo.Graph, m *work.Meter) ([]float64, error) { return algo.Bonacich(g, beta, m) })
}

// holesMeasure takes one of Burt's values; 0 where a node has no contacts.
func holesMeasure(pick func(algo.Holes) float64) measureFunc {
	return exact(func(g *algo.Graph, m *work.Meter) ([]float64, error) {
		values := make([]float64, g.Len())
		list, err := algo.StructuralHoles(g, nil, m)
		for _, h := range list {
			if h.Contacts > 0 {
				values[h.Node] = pick(h)
			}
		}
		return values, err
	})
}

// signedMeasure reads the signs of links, which no sampled and no projected network
// has.
func signedMeasure(n *Network, _ *algo.Graph, _ uint64, m *work.Meter) (measurement, error) {
	g, err := n.signedGraph(m)
	if err != nil {
		return measurement{}, err
	}
	return measurement{values: signed.Degrees(g), exact: true}, nil
}

func betweennessMeasure(_ *Network, g *algo.Graph, seed uint64, m *work.Meter) (measurement, error) {
	if isSmall(g) {
		return exact(algo.Betweenness)(nil, g, seed, m)
	}
	return estimated(algo.SampleBetweenness(g, betweennessSamples, seed, m))
}

func harmonicMeasure(_ *Network, g *algo.Graph, seed uint64, m *work.Meter) (measurement, error) {
	if isSmall(g) {
		return exact(algo.Harmonic)(nil, g, seed, m)
	}
	return estimated(algo.SampleHarmonic(g, harmonicSamples, seed, m))
}

// isSmall reports whether a search from every node is no great work.
func isSmall(g *algo.Graph) bool { return g.Len()*g.Edges() <= exactSearches }

func estimated(s *algo.Sample, err error) (measurement, error) {
	if s == nil {
		return measurement{}, err
	}
	return measurement{values: s.Values, err: s.Error}, err
}

// RankingOptions say what of a ranking is wanted.
type RankingOptions struct {
	// Of are the entities whose ranks are wanted; nil is the first ones.
	Of []graph.ID
	// First is how many.
	First int
	Seed  uint64
	// Samples is how many networks are sampled for rank intervals; 0 is none.
	Samples int
	// BySource is how many sources to list for each row, 0 to MaxShares.
	BySource int
}

// check finds fault with the options for a measure of a network.
func (o *RankingOptions) check(n *Network, what Measure) error {
	switch {
	case measures[what] == nil:
		return graph.Invalid("UNKNOWN_VALUE", "measure", fmt.Sprintf("%q is not known", string(what)),
			"use a measure that the schema lists")
	case o.Samples < 0 || o.Samples > MaxSamples:
		return graph.Invalid("OUT_OF_RANGE", "samples", fmt.Sprintf("%d is not 0 to %d", o.Samples, MaxSamples),
			"ask for fewer networks")
	case o.BySource < 0 || o.BySource > MaxShares:
		return graph.Invalid("OUT_OF_RANGE", "bySource", fmt.Sprintf("%d is not 0 to %d", o.BySource, MaxShares),
			"ask for fewer sources")
	case n.base != nil && what == SignedDegree:
		return graph.Invalid("NOT_TAKEN", "measure", "what two share is neither friendly nor hostile",
			"leave view.project out, or take another measure")
	case o.Samples > 0 && (n.base != nil || what == SignedDegree):
		return graph.Invalid("NOT_TAKEN", "samples", "links are not drawn for a projected view or a signed measure",
			"leave samples out")
	}
	return nil
}

// MaxSamples is the greatest number of networks sampled for rank intervals.
const MaxSamples = 1000

// Ranking ranks the nodes of a network by a measure.
type Ranking struct {
	Answer
	Measure Measure
	Rows    []*Rank
	Exact   bool
	// Error is how far off a value may be, with nine chances in ten; nil when the
	// values are exact.
	Error *float64
	// Revision is the commit that the ranking sees.
	Revision graph.Sequence

	network *Network
	seed    uint64
}

// View is that of the ranking.
func (r *Ranking) View() *live.View { return r.network.View() }

// FirstIn is who ranks first, alone or with others, by id, where another view of the same snapshot is read as that of
// the ranking was.
func (r *Ranking) FirstIn(v *live.View, m *work.Meter) (first []graph.ID, err error) {
	input := r.network.asRead()
	if input.Combine != nil {
		return nil, graph.Invalid("NOT_TAKEN", "view.combine", "what would change a ranking is not asked of views that are combined",
			"ask each view by itself")
	}
	n, err := NewNetwork(v, input, m)
	if err != nil {
		return nil, err
	}
	if slices.Contains(countingMeasures, r.Measure) {
		n = n.whole()
	}
	got, err := measures[r.Measure].of(n, r.seed, m)
	if err != nil {
		return nil, err
	}
	for node, rank := range algo.Ranks(got.values) {
		if rank == 1 {
			first = append(first, n.ID(algo.Node(node)))
		}
	}
	slices.Sort(first)
	return first, nil
}

// Rank is one node of a ranking.
type Rank struct {
	// Rank is 1 for the highest value; values that are equal but for rounding share the
	// best rank.
	Rank     int
	Node     live.Entity
	Value    float64
	Interval *algo.RankInterval
	// BySource are the sources that the value rests on, most first; nil unless wanted.
	BySource []*SourceShare
}

// NodeID is the id of the node.
func (r *Rank) NodeID() graph.ID { return r.Node.Base().ID() }

// RankBy ranks a network. When the meter stops the work the ranking says so in
// Partial.
func RankBy(n *Network, what Measure, o RankingOptions, m *work.Meter) (*Ranking, error) {
	if err := o.check(n, what); err != nil {
		return nil, err
	}
	if slices.Contains(countingMeasures, what) {
		n = n.whole()
	}
	nodes, err := n.NodesOf("of", o.Of)
	if err != nil {
		return nil, err
	}
	f := measures[what]
	out := &Ranking{Measure: what, Rows: []*Rank{}, Revision: n.view.Sequence(), network: n, seed: o.Seed}
	got, err := f.of(n, o.Seed, m)
	if err == nil || errors.Is(err, work.ErrBudget) && got.values != nil && !got.exact {
		out.fill(n, got, nodes, o)
	}
	if err == nil && o.Samples > 0 {
		err = out.sample(n, f, o, m)
	}
	if err == nil && o.BySource > 0 {
		err = out.share(n, f, o, m)
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

func (out *Ranking) fill(n *Network, got measurement, nodes []algo.Node, o RankingOptions) {
	out.Exact = got.exact
	if !got.exact {
		out.Error = &got.err
	}
	ranks := algo.Ranks(got.values)
	if o.Of == nil {
		nodes = n.byValueAndName(got.values, o.First)
	}
	for _, node := range nodes {
		out.Rows = append(out.Rows, &Rank{Rank: int(ranks[node]), Node: n.Entity(node), Value: got.values[node]})
	}
}

// byValueAndName is the first nodes by falling value; equal values in the order
// of their ids, which do not depend on how nodes are numbered.
func (n *Network) byValueAndName(values []float64, first int) []algo.Node {
	order, ends := algo.Standings[algo.Node](values)
	start := 0
	for _, end := range ends {
		if start >= first {
			break
		}
		slices.SortFunc(order[start:end], func(a, b algo.Node) int { return cmp.Compare(n.ID(a), n.ID(b)) })
		start = end
	}
	return order[:min(first, len(order))]
}

// sample adds rank intervals to the rows.
func (out *Ranking) sample(n *Network, f measureFunc, o RankingOptions, m *work.Meter) error {
	list, done, err := n.rankIntervals(o.Samples, o.Seed, func(g *algo.Graph) ([]float64, error) {
		got, err := f(n, g, o.Seed, m)
		return got.values, err
	}, m)
	if done == 0 {
		return err
	}
	for _, row := range out.Rows {
		node, _ := n.Node(row.NodeID())
		row.Interval = &list[node]
	}
	return err
}

// rankIntervals measures some networks that are sampled by the links' grades, and says how
// many; it gives an interval a node. The same seed gives the same answer. When the meter
// stops the work, the networks measured so far count; there may be none.
func (n *Network) rankIntervals(
	samples int, seed uint64, measure func(*algo.Graph) ([]float64, error), m *work.Meter,
) ([]algo.RankInterval, int, error) {
	weigh, err := n.weigher(m)
	if err != nil {
		return nil, 0, err
	}
	random := rand.New(rand.NewPCG(seed, 0x696e7465727661))
	ranks := make([][]int32, n.Len())
	done := 0
	for ; done < samples; done++ {
		if err := m.Spend(rankSlots*n.Len() + drawSlots*n.Links()); err != nil {
			return algo.Intervals(ranks), done, err
		}
		values, err := measure(n.sampled(weigh, random))
		if err != nil {
			return algo.Intervals(ranks), done, err
		}
		for node, rank := range algo.Ranks(values) {
			ranks[node] = append(ranks[node], rank)
		}
	}
	return algo.Intervals(ranks), done, nil
}

// rankSlots is what ranking a node costs, drawSlots what drawing a link for a graph does.
const (
	rankSlots = 16
	drawSlots = 16
)

// sampled is the network with each link kept by its Likelihood.
func (n *Network) sampled(weigh func(Slot) float64, random *rand.Rand) *algo.Graph {
	dir := n.input.direction()
	edges := make([]algo.Edge, 0, n.Links())
	for node := range algo.Node(n.Len()) {
		for slot := n.outStart[node]; slot < n.outStart[node+1]; slot++ {
			if n.cut != nil && n.cut[slot] || random.Float64() >= likelihood(n.credibility[slot]) {
				continue
			}
			e := algo.Edge{From: node, To: n.outTo[slot], Weight: 1}
			if weigh != nil {
				e.Weight = weigh(slot)
			}
			if dir == algo.Backward {
				e.From, e.To = e.To, e.From
			}
			edges = append(edges, e)
			if dir != algo.Undirected && n.Symmetric(slot) {
				edges = append(edges, algo.Edge{From: e.To, To: e.From, Weight: e.Weight})
			}
		}
	}
	return algo.FromEdges(n.Len(), edges, dir != algo.Undirected, weigh != nil)
}
