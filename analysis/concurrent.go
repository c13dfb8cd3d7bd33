package analysis

import (
	"container/heap"
	"slices"
	"sync"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// routes are paths, best first, and how many others would have been among them if hops need
// not hold together.
type routes struct {
	list    []route
	leftOut int
}

// find finds the best paths from any of some starts, as run does. Where hops must hold together
// and the best paths without that do, they are the answer.
func (s *pathFinder) find(starts func() []algo.Node, each int) (routes, error) {
	if err := s.prepare(); err != nil {
		return routes{}, err
	}
	found, err := s.run(starts(), each)
	if !s.o.Concurrent {
		return routes{found, 0}, err
	}
	s.together = newTogether(s)
	apart := s.firstApart(found)
	if apart < 0 {
		return routes{found, 0}, err
	}
	if err == nil {
		err = s.waysBack(starts())
	}
	if err != nil {
		return routes{found[:apart], s.apart(found, nil)}, err
	}
	s.empty()
	list, err := s.run(starts(), each)
	return routes{list, s.apart(found, list)}, err
}

// firstApart is the place of the first route that does not hold together, below 0 when there is
// none. All are looked at.
func (s *pathFinder) firstApart(found []route) int {
	first := -1
	for i, r := range found {
		if !s.together.holds(r) && first < 0 {
			first = i
		}
	}
	return first
}

// empty forgets the partial paths.
func (s *pathFinder) empty() {
	s.partials, s.queue.list = (*work.Meter)(nil).Within(pathsBudget, maxPartials), nil
}

// apart counts the routes that do not hold together, and whose stations no other tells.
func (s *pathFinder) apart(list, others []route) (n int) {
	for _, r := range list {
		if s.together.knows(r) && !s.together.holds(r) && !slices.ContainsFunc(others, r.sameStations) {
			n++
		}
	}
	return n
}

func (r route) sameStations(other route) bool { return slices.Equal(r.nodes, other.nodes) }

// told reports whether a path by the same stations was found before, by better links.
func (s *pathFinder) told(found []route, p *partial) bool {
	return s.together != nil && slices.ContainsFunc(found, route{nodes: p.nodes()}.sameStations)
}

// together is what a search knows of when hops hold together.
type together struct {
	n     PathGraph
	meter *work.Meter
	err   error // of the meter
	days  map[Slot]interval.Days
	ways  [][]wayBack // by node, to the end
}

// wayBack says how many hops lead to the end, how credible the weakest of them is, and on which
// days they hold together.
type wayBack struct {
	hops, weakest uint8
	days          interval.Days
}

func newTogether(s *pathFinder) *together {
	return &together{n: s.n, meter: s.work, days: map[Slot]interval.Days{}}
}

// on are the days on which a path may go by a link together with others.
func (t *together) on(slot Slot) interval.Days {
	days, known := t.days[slot]
	if !known && t.spend(live.LinkSlots) {
		days = t.n.joinsOn(slot)
		t.days[slot] = days
	}
	return days
}

// spend counts slots until there are no more.
func (t *together) spend(slots int) bool {
	if t.err == nil {
		t.err = t.meter.Spend(slots)
	}
	return t.err == nil
}

func (t *together) holds(r route) bool {
	days := interval.Always
	for _, arc := range r.arcs {
		days = days.And(t.on(arc.Link))
	}
	return len(days) > 0
}

// knows reports whether the budget sufficed to look at all links of a route.
func (t *together) knows(r route) bool {
	return !slices.ContainsFunc(r.arcs, func(arc Arc) bool {
		_, known := t.days[arc.Link]
		return !known
	})
}

// waysBack searches backwards from the end for all ways of which no other is as short, as
// credible, and holds on all their days, and that are near enough to a start.
func (s *pathFinder) waysBack(starts []algo.Node) error {
	t := s.together
	there, err := s.stepsFrom(starts)
	if err != nil {
		return err
	}
	t.ways = make([][]wayBack, s.n.Len())
	t.ways[s.to] = []wayBack{{0, 1, interval.Always}}
	front := []nodeWay{{s.to, t.ways[s.to][0]}}
	for d := 1; d <= s.o.MaxLength && len(front) > 0; d++ {
		var next []nodeWay
		for _, at := range front {
			if at.node != s.to && !s.passes(at.node) {
				continue
			}
			if err := s.read(at.node); err != nil {
				return err
			}
			s.arcs(at.node, func(arc Arc) bool {
				if n := int(there[arc.Other]); n > 0 && n-1+d <= s.o.MaxLength && !s.avoid[arc.Other] && s.leads(arc, !arc.Out) {
					next = t.extend(at, arc, next)
				}
				return true
			})
			if t.err != nil {
				return t.err
			}
		}
		front = next
	}
	return nil
}

// stepsFrom is one more than the least hops that lead from some starts to each node, 0 where
// none do.
func (s *pathFinder) stepsFrom(starts []algo.Node) ([]uint8, error) {
	steps := make([]uint8, s.n.Len())
	for _, v := range starts {
		steps[v] = 1
	}
	front := starts
	for d := uint8(2); int(d) <= s.o.MaxLength && len(front) > 0; d++ {
		var next []algo.Node
		for _, v := range front {
			if d > 2 && !s.passes(v) {
				continue
			}
			if err := s.read(v); err != nil {
				return nil, err
			}
			s.arcs(v, func(arc Arc) bool {
				if steps[arc.Other] == 0 && s.leads(arc, arc.Out) {
					steps[arc.Other] = d
					next = append(next, arc.Other)
				}
				return true
			})
		}
		front = next
	}
	return steps, nil
}

// nodeWay is a way to the end from a node.
type nodeWay struct {
	node algo.Node
	wayBack
}

// extend adds the way by one hop more.
func (t *together) extend(at nodeWay, arc Arc, next []nodeWay) []nodeWay {
	way := wayBack{at.hops + 1, max(at.weakest, t.n.Credibility(arc.Link)), at.days}
	known := t.ways[arc.Other]
	if slices.ContainsFunc(known, way.isIn) {
		return next // whatever the days of the link
	}
	days := t.on(arc.Link)
	if !days.Meet(way.days) {
		return next
	}
	if way.days = days; slices.ContainsFunc(known, way.isIn) {
		return next
	}
	way.days = days.And(at.days)
	if slices.ContainsFunc(known, way.isIn) || !t.spend(partialSlots) {
		return next
	}
	t.ways[arc.Other] = append(known, way)
	return append(next, nodeWay{arc.Other, way})
}

func (w wayBack) isIn(o wayBack) bool {
	return o.hops <= w.hops && o.weakest <= w.weakest && o.days.Cover(w.days)
}

// boundTogether is bound where hops must hold together, and some must be passed on a round of
// so many hops.
func (s *pathFinder) boundTogether(p *partial, round int) bool {
	weakest, length, least := uint8(7), 0, unreachable
	for _, w := range s.together.ways[p.node] {
		n := p.length + max(int(w.hops), round)
		if n > s.o.MaxLength || !w.days.Meet(p.days) {
			continue
		}
		least = min(least, n)
		if c := max(p.weakest, w.weakest); c < weakest || c == weakest && n < length {
			weakest, length = c, n
		}
	}
	if weakest <= 6 {
		s.rank(p, weakest, length, least)
	}
	return weakest <= 6
}

// goOn extends a partial path by one arc, if that can still reach the end. Its hops hold
// together on some days, if they must.
func (s *pathFinder) goOn(p *partial, arc Arc, days interval.Days) error {
	if s.avoid[arc.Other] || p.has(arc.Other) || !s.joins(p, arc) {
		return nil
	}
	c := s.n.Credibility(arc.Link)
	q := &partial{
		last: p, start: p.start, node: arc.Other, arc: arc, length: p.length + 1, weakest: max(p.weakest, c),
		cost: p.cost + s.costOf(c), days: days,
	}
	ok, err := s.admit(q)
	if ok && err == nil {
		heap.Push(&s.queue, q)
	}
	return err
}

// datedArc is an arc, and the days on which a partial path that goes on by it holds together.
type datedArc struct {
	Arc
	days interval.Days
}

// arcsTogether are those by which a partial path may go on and hold together: the best to each
// neighbour, and others that hold on days on which no better one does.
func (s *pathFinder) arcsTogether(p *partial) (out []datedArc) {
	var arcs []Arc
	s.arcs(p.node, func(arc Arc) bool {
		if s.leads(arc, arc.Out) {
			arcs = append(arcs, arc)
		}
		return true
	})
	slices.SortFunc(arcs, func(a, b Arc) int { return s.compare(p.node, a, b) })
	first := 0 // of the arcs to a neighbour, among those kept
	var best Arc
	for i, arc := range arcs {
		if i == 0 || arc.Other != best.Other {
			best, first = arc, len(out)
		} else if s.claims(p.node, best) && !s.claims(p.node, arc) {
			continue // told by the claim, whatever else joins the two
		}
		days := p.days.And(s.together.on(arc.Link))
		if len(days) > 0 && !slices.ContainsFunc(out[first:], func(o datedArc) bool { return o.days.Cover(days) }) {
			out = append(out, datedArc{arc, days})
		}
	}
	return out
}

// compare orders the arcs of a node by neighbour, and of one neighbour the better first.
func (s *pathFinder) compare(from algo.Node, a, b Arc) int {
	switch {
	case a.Other != b.Other:
		return int(a.Other) - int(b.Other)
	case a.Link == b.Link:
		return 0
	case s.rather(from, a, b):
		return -1
	}
	return 1
}

// arcs calls f for the arcs of a node, but for links that lives leave no day of.
func (s *pathFinder) arcs(v algo.Node, f func(Arc) bool) {
	if s.void == nil {
		s.n.Arcs(v, f)
		return
	}
	s.n.Arcs(v, func(arc Arc) bool { return s.void(arc.Link) || f(arc) })
}

// joinsOn are the days on which a path may go by the link of a slot together with others.
func (n *Network) joinsOn(slot Slot) interval.Days { return n.view.JoinsOn(n.link[slot]) }

func (p *overlay) joinsOn(slot Slot) interval.Days { return p.view.JoinsOn(p.row(slot)) }

// onNoDay are the links of a network that lives leave no day of, found when they are first
// asked for.
type onNoDay struct {
	once  sync.Once
	slots map[Slot]bool
}

// onNoDay tells which links lives leave no day of, and how many there are.
func (n *Network) onNoDay() (is func(Slot) bool, count int) {
	n.void.once.Do(func() {
		n.void.slots = map[Slot]bool{}
		for node := range algo.Node(n.Len()) {
			if !n.view.IsVital(n.rows[node]) {
				continue
			}
			n.Arcs(node, func(arc Arc) bool {
				if !arc.Out && n.view.IsVital(n.rows[arc.Other]) {
					return true // it is asked of from there
				}
				if n.view.OnNoDay(n.link[arc.Link]) {
					n.void.slots[arc.Link] = true
				}
				return true
			})
		}
	})
	return func(slot Slot) bool { return n.void.slots[slot] }, len(n.void.slots)
}

// onNoDay is that of the network, and of what is laid over it: when anything lived is the same.
func (p *overlay) onNoDay() (is func(Slot) bool, count int) {
	was, count := p.Network.onNoDay()
	if p.voided == nil {
		p.voided = map[Slot]bool{}
		for i, f := range p.summaries {
			if p.view.OnNoDay(f.Row) {
				p.voided[Slot(len(p.outTo)+i)] = true
			}
		}
		for slot := range p.void.slots {
			if p.changed[p.link[slot]] {
				p.voidGone++
			}
		}
	}
	return func(slot Slot) bool { return was(slot) || p.voided[slot] }, count - p.voidGone + len(p.voided)
}
