package analysis

import (
	"cmp"
	"container/heap"
	"fmt"
	"maps"
	"slices"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/work"
)

// PathRank says which of two paths comes first.
type PathRank string

// The ranks. Equal paths are in the order of the ids on them.
const (
	// ByEvidence puts the path first whose weakest hop is the most credible, and
	// of those the shorter.
	ByEvidence PathRank = "EVIDENCE"
	// ByLength puts the shorter path first, and of those the better credited.
	ByLength PathRank = "LENGTH"
	// ByCredibility puts the path first whose hops are the likeliest to hold
	// together: the product of their likelihoods.
	ByCredibility PathRank = "CREDIBILITY"
)

// PathOptions says which paths are wanted.
type PathOptions struct {
	Rank PathRank
	// First is how many paths, MaxLength how many hops at most.
	First, MaxLength int
	// Via must all lie on the path, in any order; Avoid must not.
	Via, Avoid []algo.Node
	// Passage says what a path may pass through; the rest may only be its ends.
	Passage graph.Passage
	// Direction Forward takes hops along links alone, Backward against them;
	// Undirected takes both. A symmetric link leads both ways.
	Direction algo.Direction
	// Concurrent takes paths alone of which all hops may have held at one time.
	Concurrent bool
}

// PathOptions are those of a search in the network, read as its input says.
func (n *Network) PathOptions(rank PathRank, first, maxLength int) PathOptions {
	return PathOptions{
		Rank: rank, First: first, MaxLength: maxLength,
		Passage: n.input.passage(), Direction: n.input.direction(),
	}
}

// The limits of paths.
const (
	MaxPaths      = 100
	MaxPathLength = 10
)

// route is a simple path.
type route struct {
	// nodes are from start to end; arcs the best link of each hop, as the node
	// before it sees it: the most credible by EVIDENCE, else the likeliest.
	nodes []algo.Node
	arcs  []Arc
	// weakest is the credibility of the least credible hop.
	weakest uint8
}

// likelihood is how likely a link of a credibility is taken to hold when links are
// weighed against each other: 0.9, 0.7, 0.5, 0.3, 0.1 for 1 to 5, and 0.2 for 6,
// which cannot be judged.
func likelihood(credibility uint8) float64 {
	return [...]float64{0, 0.9, 0.7, 0.5, 0.3, 0.1, 0.2}[credibility]
}

// findPaths finds the best simple paths between two nodes, best first. With an error
// of the meter the paths found so far are returned beside it; they are the best.
func findPaths(n PathGraph, from, to algo.Node, o PathOptions, m *work.Meter) (routes, error) {
	if o.First < 1 || o.First > MaxPaths {
		return routes{}, graph.Invalid("OUT_OF_RANGE", "first", fmt.Sprintf("%d is not 1 to %d", o.First, MaxPaths),
			"ask for fewer paths")
	}
	if o.MaxLength < 1 || o.MaxLength > MaxPathLength {
		return routes{}, graph.Invalid("OUT_OF_RANGE", "maxLength", fmt.Sprintf("%d is not 1 to %d", o.MaxLength, MaxPathLength),
			"ask for shorter paths")
	}
	s := newPathFinder(n, to, o, m)
	for _, v := range o.Avoid {
		s.avoid[v] = true
	}
	if from == to || s.avoid[from] || s.avoid[to] {
		return routes{}, nil
	}
	return s.find(func() []algo.Node { return []algo.Node{from} }, o.First)
}

// pathFinder looks at partial paths by what the best of their continuations can
// be, which is known from a search backwards from the end.
type pathFinder struct {
	n     PathGraph
	to    algo.Node
	o     PathOptions
	meter *work.Meter // of arcs
	work  *work.Meter
	avoid map[algo.Node]bool
	// guarded says that sides of incidents are asked, camps who is in which, as far as known.
	guarded bool
	camps   map[algo.Node]map[algo.Node]graph.Camps
	// steps[c][v] is one more than the hops of credibility c or better that lead from
	// v to the end, 0 when none do; cost[v] the least cost of getting there.
	steps [7][]uint8
	cost  map[algo.Node]float64
	// via are the steps to each node that must be passed, as steps[6].
	via      [][]uint8
	partials *work.Meter // of partial paths
	queue    partialHeap
	void     func(Slot) bool // links that lives leave no day of; nil where there are none
	together *together       // nil while hops need not hold together
}

// maxPartials bounds the partial paths of one search: each takes memory, and in a dense
// network there is no end of them.
const maxPartials = 1_000_000

// maxPathSlots bounds the link slots of one search, which cost more than those of
// measures.
const maxPathArcs = 50_000_000

// pathArcSlots is what an arc costs beside the reading of it, partialSlots what a partial
// path does.
const (
	pathArcSlots = 7
	partialSlots = 200
)

func newPathFinder(n PathGraph, to algo.Node, o PathOptions, m *work.Meter) *pathFinder {
	s := &pathFinder{n: n, to: to, o: o, meter: m.Within(work.WorkBudget, maxPathArcs), work: m, avoid: map[algo.Node]bool{}}
	s.guarded, s.camps = o.Passage.Guarded(n.hasParties()), map[algo.Node]map[algo.Node]graph.Camps{}
	s.empty()
	s.queue.id = func(node algo.Node) graph.ID { return n.Entity(node).Base().ID() }
	s.queue.rather = s.better
	if void, count := n.onNoDay(); count > 0 {
		s.void = void
	}
	return s
}

// partial is a path from a start that may go on.
type partial struct {
	last    *partial // nil at the start
	start   algo.Node
	node    algo.Node
	arc     Arc
	length  int
	weakest uint8
	cost    float64
	days    interval.Days // on which its hops hold together, if they must
	// What the best continuation gives, for the order.
	best bound
}

// bound orders by first, second, third, in this order.
type bound [3]float64

func (p *partial) nodes() []algo.Node {
	out := make([]algo.Node, p.length+1)
	for q := p; q != nil; q = q.last {
		out[q.length] = q.node
	}
	return out
}

func (p *partial) arcs() []Arc {
	out := make([]Arc, p.length)
	for q := p; q.last != nil; q = q.last {
		out[q.length-1] = q.arc
	}
	return out
}

func (p *partial) has(v algo.Node) bool {
	for q := p; q != nil; q = q.last {
		if q.node == v {
			return true
		}
	}
	return false
}

// partialHeap is a heap. Numbers of nodes depend on how the network came about; ids
// do not.
type partialHeap struct {
	list   []*partial
	id     func(node algo.Node) graph.ID
	rather func(link, than Slot) bool
}

func (q *partialHeap) Len() int { return len(q.list) }

func (q *partialHeap) Less(i, j int) bool {
	a, b := q.list[i], q.list[j]
	for k := range a.best {
		if a.best[k] != b.best[k] {
			return a.best[k] < b.best[k]
		}
	}
	if c := slices.CompareFunc(a.nodes(), b.nodes(), func(v, w algo.Node) int { return cmp.Compare(q.id(v), q.id(w)) }); c != 0 {
		return c < 0
	}
	return slices.CompareFunc(a.arcs(), b.arcs(), q.compare) < 0
}

// compare orders the links of two hops between the same, the better first.
func (q *partialHeap) compare(a, b Arc) int {
	switch {
	case a.Link == b.Link:
		return 0
	case q.rather(a.Link, b.Link):
		return -1
	}
	return 1
}

func (q *partialHeap) Swap(i, j int) { q.list[i], q.list[j] = q.list[j], q.list[i] }

func (q *partialHeap) Push(x any) { q.list = append(q.list, x.(*partial)) }

func (q *partialHeap) Pop() any {
	old := q.list
	p := old[len(old)-1]
	q.list = old[:len(old)-1]
	return p
}

// prepare searches backwards from the end, within the greatest length, and from what
// must be passed.
func (s *pathFinder) prepare() error {
	for c := uint8(1); c <= 6; c++ {
		steps, err := s.stepsBack(s.to, c)
		if err != nil {
			return err
		}
		s.steps[c] = steps
	}
	for _, v := range s.o.Via {
		steps, err := s.stepsBack(v, 6)
		if err != nil {
			return err
		}
		s.via = append(s.via, steps)
	}
	if s.o.Rank == ByCredibility {
		return s.costBack()
	}
	return nil
}

func (s *pathFinder) stepsBack(to algo.Node, weakest uint8) ([]uint8, error) {
	steps := make([]uint8, s.n.Len())
	steps[to] = 1
	front := []algo.Node{to}
	for d := 2; d <= s.o.MaxLength+1 && len(front) > 0; d++ {
		var next []algo.Node
		for _, v := range front {
			if v != to && !s.passes(v) {
				continue
			}
			if err := s.read(v); err != nil {
				return nil, err
			}
			s.arcs(v, func(arc Arc) bool {
				if steps[arc.Other] == 0 && s.n.Credibility(arc.Link) <= weakest && !s.avoid[arc.Other] &&
					s.leads(arc, !arc.Out) {
					steps[arc.Other] = uint8(d)
					next = append(next, arc.Other)
				}
				return true
			})
		}
		front = next
	}
	return steps, nil
}

// read counts the arcs of a node, and what they cost.
func (s *pathFinder) read(v algo.Node) error {
	arcs := s.n.Degree(v)
	if err := s.meter.Spend(arcs); err != nil {
		return err
	}
	return s.work.Spend(pathArcSlots * arcs)
}

// costBack relaxes costs round by round: a path has at most MaxLength hops.
func (s *pathFinder) costBack() error {
	s.cost = map[algo.Node]float64{s.to: 0}
	front := map[algo.Node]float64{s.to: 0}
	for range s.o.MaxLength {
		next := map[algo.Node]float64{} // kept apart, so that the order of the round does not count
		for v, cost := range front {
			if v != s.to && !s.passes(v) {
				continue
			}
			if err := s.read(v); err != nil {
				return err
			}
			s.arcs(v, func(arc Arc) bool {
				c := cost + hopCost(s.n.Credibility(arc.Link))
				if s.avoid[arc.Other] || !s.leads(arc, !arc.Out) || !less(c, s.cost, arc.Other) || !less(c, next, arc.Other) {
					return true
				}
				next[arc.Other] = c
				return true
			})
		}
		maps.Copy(s.cost, next)
		front = next
	}
	return nil
}

// less reports whether a cost is below what is known of a node, if anything is.
func less(c float64, known map[algo.Node]float64, v algo.Node) bool {
	old, seen := known[v]
	return !seen || c < old
}

// hopCost is -ln of the likelihood in parts of costUnit, a whole number: paths of equal
// likelihood cost the same in whatever order, so that ids decide between them.
func hopCost(credibility uint8) float64 {
	return [...]float64{0, ln10 - 2*ln3, ln10 - ln7, ln10 - ln5, ln10 - ln3, ln10, ln10 - ln2}[credibility]
}

const (
	costUnit = 1e12
	ln2      = 693147180560
	ln3      = 1098612288668
	ln5      = 1609437912434
	ln7      = 1945910149055
	ln10     = ln2 + ln5
)

// costOf is hopCost; by evidence what cannot be judged is the worst.
func (s *pathFinder) costOf(credibility uint8) float64 {
	if s.o.Rank == ByEvidence && credibility == 6 {
		return hopCost(5) + 1
	}
	return hopCost(credibility)
}

func (s *pathFinder) passes(v algo.Node) bool { return s.o.Passage.Passes(s.n.kindOf(v)) }

// joins reports whether a partial path may go on by an arc: not from one body to another
// by an incident that they did not both claim.
func (s *pathFinder) joins(p *partial, next Arc) bool {
	if !s.guarded || p.last == nil || s.n.kindOf(p.node) != graph.Incident {
		return true
	}
	return s.side(p.last.node, p.node, p.arc).Joins(s.side(next.Other, p.node, next))
}

// side is how a node stands to an incident to which an arc joins it.
func (s *pathFinder) side(of, incident algo.Node, arc Arc) graph.Side {
	camps, known := s.camps[incident]
	if !known {
		camps = s.n.campsOf(incident)
		s.camps[incident] = camps
	}
	return graph.SideOf(s.n.kindOf(of), s.n.Kind(arc.Link), s.n.Bearing(arc.Link), camps[of])
}

// claims reports whether an arc of a node is a body's claim to an incident: paths that it
// lets through are told by it, whatever else joins the two.
func (s *pathFinder) claims(of algo.Node, arc Arc) bool {
	if !s.guarded {
		return false
	}
	claims := func(by, incident algo.Node) bool {
		return s.n.kindOf(incident) == graph.Incident && s.side(by, incident, arc).Standing() == graph.Claimant
	}
	return claims(of, arc.Other) || claims(arc.Other, of)
}

// run finds the best paths from any of the starts, each as many as asked for in all, and
// at most each from one start.
func (s *pathFinder) run(starts []algo.Node, each int) ([]route, error) {
	for _, from := range starts {
		p := &partial{start: from, node: from, weakest: 1, days: interval.Always}
		ok, err := s.admit(p)
		if err != nil {
			return nil, err
		}
		if ok {
			s.queue.Push(p)
		}
	}
	heap.Init(&s.queue)
	var found []route
	perStart := map[algo.Node]int{}
	for s.queue.Len() > 0 && len(found) < s.o.First {
		p := heap.Pop(&s.queue).(*partial)
		switch {
		case perStart[p.start] == each:
			continue
		case p.node == s.to:
			if s.hasVia(p) && !s.told(found, p) {
				found = append(found, s.route(p))
				perStart[p.start]++
			}
			continue
		}
		if err := s.read(p.node); err != nil {
			return found, err
		}
		if err := s.extend(p); err != nil {
			return found, err
		}
	}
	return found, nil
}

// admit reports whether a partial path can reach the end, and counts it.
func (s *pathFinder) admit(p *partial) (bool, error) {
	if !s.bound(p) {
		return false, nil
	}
	if err := s.partials.Spend(1); err != nil {
		return true, err
	}
	return true, s.work.Spend(partialSlots)
}

// extend goes on from a partial path by one hop, in all ways that can still reach
// the end.
func (s *pathFinder) extend(p *partial) error {
	if p.last != nil && !s.passes(p.node) {
		return nil
	}
	if s.together != nil {
		for _, next := range s.arcsTogether(p) {
			if err := s.goOn(p, next.Arc, next.days); err != nil {
				return err
			}
		}
		return nil
	}
	for _, arc := range s.bestArcs(p.node) {
		if err := s.goOn(p, arc, nil); err != nil {
			return err
		}
	}
	return nil
}

// bestArcs lists each neighbour once, by the best of the links to it.
func (s *pathFinder) bestArcs(v algo.Node) []Arc {
	best := map[algo.Node]Arc{}
	var order []algo.Node
	s.arcs(v, func(arc Arc) bool {
		if !s.leads(arc, arc.Out) {
			return true
		}
		old, seen := best[arc.Other]
		if !seen {
			order = append(order, arc.Other)
		}
		if !seen || s.rather(v, arc, old) {
			best[arc.Other] = arc
		}
		return true
	})
	slices.Sort(order)
	out := make([]Arc, len(order))
	for i, w := range order {
		out[i] = best[w]
	}
	return out
}

// leads reports whether a hop may take a link that it would go along, or against.
func (s *pathFinder) leads(arc Arc, along bool) bool {
	return s.o.Direction == algo.Undirected || along == (s.o.Direction == algo.Forward) || s.n.Symmetric(arc.Link)
}

// rather reports whether a hop from a node goes by one arc rather than by another.
func (s *pathFinder) rather(from algo.Node, arc, than Arc) bool {
	if is, was := s.claims(from, arc), s.claims(from, than); is != was {
		return is
	}
	return s.better(arc.Link, than.Link)
}

// better reports whether a link is better than another.
func (s *pathFinder) better(link, than Slot) bool {
	c, was := s.n.Credibility(link), s.n.Credibility(than)
	if s.o.Rank != ByEvidence && hopCost(c) != hopCost(was) {
		return hopCost(c) < hopCost(was)
	}
	return c < was || c == was && s.n.order(link) < s.n.order(than)
}

// bound works out the best that a partial path can become; false when it cannot
// reach the end.
func (s *pathFinder) bound(p *partial) bool {
	round, ok := s.hopsByVia(p)
	if !ok {
		return false
	}
	if s.together != nil {
		return s.boundTogether(p, round)
	}
	for c := p.weakest; c <= 6; c++ {
		left := max(int(s.steps[c][p.node])-1, round)
		if s.steps[c][p.node] == 0 || p.length+left > s.o.MaxLength {
			continue
		}
		s.rank(p, c, p.length+left, p.length+max(int(s.steps[6][p.node])-1, round))
		return true
	}
	return false
}

// rank gives a partial path its place by the best that it can become: the weakest hop and the
// length with that, and the length whatever the hops.
func (s *pathFinder) rank(p *partial, weakest uint8, length, least int) {
	switch s.o.Rank {
	case ByLength:
		p.best = bound{float64(least), p.cost, 0}
	case ByCredibility:
		p.best = bound{p.cost + s.cost[p.node], float64(least), 0}
	default:
		p.best = bound{float64(weakest), float64(length), p.cost}
	}
}

// hopsByVia is how many hops lead at least from a partial path to the end by way of all
// nodes that are still to be passed; false when none do.
func (s *pathFinder) hopsByVia(p *partial) (hops int, ok bool) {
	if len(s.o.Via) == 0 {
		return 0, true
	}
	var left []int
	for i, v := range s.o.Via {
		if !p.has(v) {
			left = append(left, i)
		}
	}
	hops = s.tour(p.node, left)
	return hops, hops < unreachable
}

const unreachable = 1 << 16

// tour is the least number of hops from a node by way of some of Via to the end. More
// than a few are not tried in all orders: then it is that by way of the furthest of them.
func (s *pathFinder) tour(at algo.Node, left []int) int {
	if len(left) == 0 {
		return hopsBy(s.steps[6], at)
	}
	all := len(left) <= maxTour
	best := 0
	if all {
		best = unreachable
	}
	for i, via := range left {
		there := hopsBy(s.via[via], at)
		if all {
			rest := append(slices.Clone(left[:i]), left[i+1:]...)
			best = min(best, there+s.tour(s.o.Via[via], rest))
		} else {
			best = max(best, there+hopsBy(s.steps[6], s.o.Via[via]))
		}
	}
	return best
}

// maxTour bounds the nodes that are tried in all orders.
const maxTour = 4

func hopsBy(steps []uint8, from algo.Node) int {
	if steps[from] == 0 {
		return unreachable
	}
	return int(steps[from]) - 1
}

func (s *pathFinder) hasVia(p *partial) bool {
	for _, v := range s.o.Via {
		if !p.has(v) {
			return false
		}
	}
	return true
}

func (s *pathFinder) route(p *partial) route {
	return route{nodes: p.nodes(), arcs: p.arcs(), weakest: p.weakest}
}
