package live

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/work"
)

// ShortestPath finds a shortest path along the links that the lens shows, in
// either direction; nil when there is none. Among paths of one length it takes
// the one whose hops are better credited, step by step from the start, then the
// one recorded earlier. Links of other bearings than are asked for, those that lives leave
// no day of, and what graph.Passage lets nobody through, are passed over.
func (v *View) ShortestPath(q PathQuery) (*Path, error) {
	if q.MaxLength == 0 {
		q.MaxLength = MaxPath
	}
	if q.MaxLength < 1 || q.MaxLength > MaxPath {
		return nil, graph.Invalid("OUT_OF_RANGE", "maxLength",
			fmt.Sprintf("%d is not 1 to %d", q.MaxLength, MaxPath), "ask for a shorter path")
	}
	from, err := v.start("from", q.From)
	if err != nil {
		return nil, err
	}
	to, err := v.start("to", q.To)
	if err != nil {
		return nil, err
	}
	if from == to {
		return &Path{Hops: []*Hop{}, Excluded: []graph.Exclusion{}}, nil
	}
	s := newPathSearch(v.Within(nil), q, from, to)
	defer s.release()
	meets, err := s.search(v.meter)
	if err != nil || meets == nil {
		return nil, err
	}
	p := s.path(meets)
	if !s.lets(p) {
		if p, err = s.strict(v.meter); err != nil || p == nil {
			return nil, err
		}
	}
	if !q.Concurrent || p.holdsTogether() {
		return p, nil // no rule makes another shorter, or better
	}
	s.concurrent, s.exclusions.paths = true, 1
	return s.strict(v.meter)
}

// pathSearch walks from both ends at once, always on the side that has fewer links
// to read, until the two meet.
//
//	from --- front --->  meets  <--- front --- to
//	depth 0  1  2                1  0
//
// Then it goes along the nodes that lie on a shortest path from the start, at each step
// by the best link.
type pathSearch struct {
	v                   *View
	q                   PathQuery
	wanted              kindSet
	bearings            graph.BearingSet
	passage             graph.Passage
	exclusions          *exclusions
	single              *singleClaimFilter
	links               *visibleLinks // nil until many links are met
	met                 int
	plain               bool                                    // postings are as they were recorded
	decided             map[LinkRow]bool                        // whether a link is visible
	passedOver          map[LinkRow]bool                        // links of other bearings
	excluded            bitset[LinkRow]                         // links of a single claim that does not count; nil until there is one
	concurrent, guarded bool                                    // hops must hold together; sides of incidents are asked
	joins               map[LinkRow]interval.Days               // see days
	lapsed              map[LinkRow]bool                        // see lasts
	camps               map[EntityRow]map[EntityRow]graph.Camps // by incident, see campsOf
	sides               [2]pathSide
}

type pathSide struct {
	end   EntityRow
	depth int
	front []EntityRow
	read  [][]EntityRow // the fronts whose links were read, by depth
	*distances
}

func (s *pathSearch) release() {
	for i := range s.sides {
		d := s.sides[i].distances
		if len(d.touched) > fewRows {
			clear(d.at)
		} else {
			for _, row := range d.touched {
				d.at[row] = 0
			}
		}
		d.touched = d.touched[:0]
		distancePool.Put(d)
	}
}

func newPathSearch(v *View, q PathQuery, from, to EntityRow) *pathSearch {
	s := &pathSearch{
		v: v, q: q, wanted: kindSetOf(q.Kinds), bearings: graph.BearingsAsked(q.Bearings), exclusions: newExclusions(),
		single: v.singleClaims(), links: v.g.visibility.cached(v), plain: v.resolution == nil,
		decided: map[LinkRow]bool{}, passedOver: map[LinkRow]bool{}, joins: map[LinkRow]interval.Days{},
		lapsed: map[LinkRow]bool{},
	}
	s.passage = graph.NewPassage(q.Through, s.bearings, q.Kinds)
	s.guarded, s.camps = s.passage.Guarded(v.HasParties()), map[EntityRow]map[EntityRow]graph.Camps{}
	for i, end := range []EntityRow{from, to} {
		s.sides[i] = pathSide{end: end, front: []EntityRow{end}, distances: newDistances(v.sizes.entities)}
		s.sides[i].set(end, 0)
	}
	return s
}

// search returns the nodes in which the two sides meet; every shortest path runs
// through exactly one of them. Nil when there is no path of the length allowed. Each step
// is paid for before it is taken.
func (s *pathSearch) search(m *work.Meter) ([]EntityRow, error) {
	for s.sides[0].depth+s.sides[1].depth < s.q.MaxLength {
		if len(s.sides[0].front) == 0 || len(s.sides[1].front) == 0 {
			return nil, nil
		}
		side := s.smaller()
		if err := m.Spend(s.postings(side, math.MaxInt) * LinkSlots); err != nil {
			return nil, err
		}
		if meets := s.expand(side); len(meets) > 0 {
			return meets, nil
		}
	}
	return nil, nil
}

// smaller is the side that would read fewer links next. The links of a large front
// are not all counted: each node of it was reached by one.
func (s *pathSearch) smaller() int {
	a := 0
	if len(s.sides[1].front) < len(s.sides[0].front) {
		a = 1
	}
	least := s.postings(a, math.MaxInt)
	if len(s.sides[1-a].front) < least && s.postings(1-a, least) < least {
		return 1 - a
	}
	return a
}

// postings is how many links the side would read next, or most when there are as many.
func (s *pathSearch) postings(side, most int) int {
	n := 0
	for _, row := range s.sides[side].front {
		if n += s.degree(row); n >= most {
			return most
		}
	}
	return n
}

// expand takes one side a step further and returns the new nodes that the other
// side had reached. Most links need not be folded: those that lead to the other
// side are tried first, and only when none of them is visible are the rest.
func (s *pathSearch) expand(i int) (meets []EntityRow) {
	side, other := &s.sides[i], &s.sides[1-i]
	side.depth++
	side.read = append(side.read, side.front)
	s.each(side, func(p posting) {
		if _, met := other.get(p.other); met && (p.other == other.end || s.passes(p.other)) && s.usable(p) {
			side.set(p.other, side.depth)
			meets = append(meets, p.other)
		}
	})
	if len(meets) > 0 {
		return meets
	}
	next := side.fronts[side.depth][:0]
	s.each(side, func(p posting) {
		if s.usable(p) {
			side.set(p.other, side.depth)
			next = append(next, p.other)
		}
	})
	side.front, side.fronts[side.depth] = next, next
	return nil
}

// each calls f for the links from a side's front to nodes that it had not reached.
func (s *pathSearch) each(side *pathSide, f func(posting)) {
	for _, row := range side.front {
		if row != side.end && !s.passes(row) {
			continue
		}
		if s.plain {
			for _, p := range s.v.ownPostings(row) {
				if p.other != none && side.at[p.other] == 0 {
					f(p)
				}
			}
			continue
		}
		for p := range s.v.postings(row) {
			if p.other != none && side.at[p.other] == 0 {
				f(p)
			}
		}
	}
}

// usable reports whether the path may take the link.
func (s *pathSearch) usable(p posting) bool {
	return s.wanted.has(p.kind) && s.allowed(p) && s.visible(p.link) && s.lasts(p)
}

// lasts keeps links out of the path that lives leave no day of, and counts them.
func (s *pathSearch) lasts(p posting) bool {
	if !endsWithLife[p.kind] || !s.v.mayLapse(p.link) {
		return true
	}
	lapsed, known := s.lapsed[p.link]
	if !known {
		if lapsed = s.v.OnNoDay(p.link); lapsed {
			s.exclusions.addLink(graph.OutsideLife)
		}
		s.lapsed[p.link] = lapsed
	}
	return !lapsed
}

// days are those on which the path may go by a link, if it must hold together.
func (s *pathSearch) days(p posting) interval.Days {
	if !s.concurrent {
		return interval.Always
	}
	days, known := s.joins[p.link]
	if !known {
		l, _ := s.v.visibleLink(p.link, nil)
		days = l.JoinsOn()
		s.joins[p.link] = days
	}
	return days
}

// manyLinks is how many links a search meets before it asks which of all are visible.
const manyLinks = 1 << 13

// visible reports whether a link is visible. What takes long, and what is left out and
// counted, is asked once.
func (s *pathSearch) visible(row LinkRow) bool {
	if s.met++; s.met == manyLinks && s.links == nil {
		s.links = s.v.g.visibility.build(s.v)
	}
	if s.links != nil {
		if is := s.links.of(row); is != undecided {
			if is != isVisible {
				s.exclude(row, graph.ExclusionReasons[is-excludedFor])
			}
			return is == isVisible
		}
	} else if s.single != nil {
		l := s.v.g.links.at(row)
		if _, visible, ok := s.single.ofOne(s.v, row, l); ok {
			if !visible {
				s.exclude(row, s.single.exclusion(s.v, l))
			}
			return visible
		}
	}
	visible, known := s.decided[row]
	if !known {
		_, visible = s.v.visibleLink(row, s.exclusions)
		s.decided[row] = visible
	}
	return visible
}

// exclude counts, once, a link of a single claim that does not count.
func (s *pathSearch) exclude(row LinkRow, reason graph.ExclusionReason) {
	if s.excluded == nil {
		s.excluded = newBitset(s.v.LinkRows())
	}
	if !s.excluded.has(row) {
		s.excluded.set(row)
		s.exclusions.claims[reason]++
	}
}

// allowed keeps links of other bearings than were asked for out of the path, and counts
// those that are visible.
func (s *pathSearch) allowed(p posting) bool {
	bearing := s.v.linkRecord(p.link).bearing
	if s.bearings.HasCode(bearing) {
		return true
	}
	if !s.passedOver[p.link] {
		s.passedOver[p.link] = true
		if s.visible(p.link) {
			s.exclusions.bearings[bearing]++
		}
	}
	return false
}

// passes reports whether a path may pass through the node.
func (s *pathSearch) passes(row EntityRow) bool { return s.passage.Passes(s.v.g.kindOf(row)) }

// path walks from the start along nodes that lie on a shortest path, at each step
// by the best link.
func (s *pathSearch) path(meets []EntityRow) *Path {
	found := &Path{Hops: []*Hop{}}
	at := s.sides[0].end
	for _, next := range s.steps(meets) {
		p, link := s.best(at, next)
		from := s.v.entity(at)
		hop := &Hop{From: from, To: s.v.entity(p.other), Link: link.SeenFrom(from), Forward: p.out}
		found.Hops = append(found.Hops, hop)
		at = p.other
	}
	found.Excluded = s.exclusions.list()
	return found
}

// steps lists the nodes on shortest paths by how many links they are from the start,
// from 1 on.
func (s *pathSearch) steps(meets []EntityRow) []map[EntityRow]bool {
	out := make([]map[EntityRow]bool, s.sides[0].depth+s.sides[1].depth+1)
	middle := s.sides[0].depth
	out[middle] = map[EntityRow]bool{}
	for _, row := range meets {
		out[middle][row] = true
	}
	for k := middle - 1; k > 0; k-- {
		out[k] = s.leading(s.sides[0].read[k], out[k+1])
	}
	for k := middle + 1; k < len(out); k++ {
		out[k] = s.leading(s.sides[1].read[len(out)-1-k], out[k-1])
	}
	return out[1:]
}

// leading are the nodes of a front from which a link leads to one of some nodes. The
// links of the front have been read before; those of the nodes that were met may be
// far more.
func (s *pathSearch) leading(front []EntityRow, to map[EntityRow]bool) map[EntityRow]bool {
	out := map[EntityRow]bool{}
	for _, row := range front {
		if row != s.sides[0].end && row != s.sides[1].end && !s.passes(row) {
			continue
		}
		for p := range s.v.postings(row) {
			if p.other != none && to[p.other] && s.usable(p) {
				out[row] = true
				break
			}
		}
	}
	return out
}

// best is the link from a node to one of the next: by credibility, then by what was
// recorded first. It is looked for from the side that has fewer links.
func (s *pathSearch) best(at EntityRow, next map[EntityRow]bool) (best posting, link *Link) {
	take := func(p posting) {
		if !s.usable(p) {
			return
		}
		l, _ := s.v.visibleLink(p.link, nil)
		if link == nil || l.leads(link) < 0 {
			best, link = p, l
		}
	}
	ofNext := 0
	for row := range next {
		ofNext += s.degree(row)
	}
	if s.degree(at) <= ofNext {
		for p := range s.v.postings(at) {
			if p.other != none && next[p.other] {
				take(p)
			}
		}
		return best, link
	}
	for row := range next {
		for p := range s.v.postings(row) {
			if p.other == at && row != at {
				p.other, p.out = row, !p.out
				take(p)
			}
		}
	}
	return best, link
}

// leads is below 0 when a hop goes rather by the link than by another: by credibility, then
// by what was recorded first.
func (l *Link) leads(other *Link) int {
	return cmp.Or(cmp.Compare(l.Credibility(), other.Credibility()), cmp.Compare(l.order, other.order))
}

// degree is how many links a node has, of all that it stands for.
func (s *pathSearch) degree(row EntityRow) int {
	n := 0
	for _, member := range s.v.resolution.cluster(row) {
		n += s.v.degree(member)
	}
	return n
}

// lets reports whether a path gets nowhere by an incident that does not join whom it would.
func (s *pathSearch) lets(p *Path) bool {
	for i := 1; s.guarded && i < len(p.Hops); i++ {
		in, out := p.Hops[i-1], p.Hops[i]
		if incident := out.From.Base(); incident.Kind() == graph.Incident &&
			!s.sideBy(in.From.Base(), incident, in.Link).Joins(s.sideBy(out.To.Base(), incident, out.Link)) {
			return false
		}
	}
	return true
}

// strict looks for the path where links may join bodies by incidents that they did not
// both claim, or may not hold together: backwards, so that it is known from which side each
// must be reached, and on which days the rest of the way holds.
//
//	from ... body --- incident, by a Claimant --- body, claims ... to
func (s *pathSearch) strict(m *work.Meter) (*Path, error) {
	from, to := s.sides[0].end, s.sides[1].end
	end := station{to, wayOn{by: graph.AnySide, days: interval.Always}}
	left, front := map[EntityRow][]wayOn{to: {end.wayOn}}, []station{end}
	for hops := 1; hops <= s.q.MaxLength; hops++ {
		var next []station
		for _, at := range front {
			if at.row != to && !s.passes(at.row) {
				continue
			}
			if err := m.Spend(s.degree(at.row) * LinkSlots); err != nil {
				return nil, err
			}
			next = s.back(at, hops, left, next)
		}
		front = next
		if _, ok := hopsLeft(left[from], graph.Outsider, interval.Always); !ok {
			continue
		}
		walked := walked{rows: []EntityRow{from}, side: graph.Outsider, days: interval.Always}
		found, err := s.along(left, walked, hops, m)
		if err != nil {
			return nil, err
		}
		if found != nil {
			return &Path{Hops: found, Excluded: s.exclusions.list()}, nil
		}
	}
	return nil, nil
}

// station is an entity on the way, and a way on from it.
type station struct {
	row EntityRow
	wayOn
}

// wayOn says how many hops are left to the end; the sides from which the entity may have been
// reached for the path to go on, any unless it is an incident; and on which days the hops left
// hold together.
type wayOn struct {
	hops int
	by   graph.SideSet
	days interval.Days
}

// back adds the stations from which a hop leads to one, but for those from which another way
// on does all that this does, in no more hops.
func (s *pathSearch) back(at station, hops int, left map[EntityRow][]wayOn, next []station) []station {
	for p := range s.v.postings(at.row) {
		if p.other == none || !at.by.Has(s.side(p, p.other, at.row)) || !s.usable(p) {
			continue
		}
		way := wayOn{hops, s.joined(p, p.other, at.row), at.days.And(s.days(p))}
		if len(way.days) > 0 && !slices.ContainsFunc(left[p.other], way.isIn) {
			left[p.other] = append(left[p.other], way)
			next = append(next, station{p.other, way})
		}
	}
	return next
}

func (w wayOn) isIn(other wayOn) bool {
	return other.hops <= w.hops && other.by.Covers(w.by) && other.days.Cover(w.days)
}

// hopsLeft is how many hops an entity that is reached from a side is from the end, by ways on
// that hold on some days.
func hopsLeft(ways []wayOn, from graph.Side, on interval.Days) (hops int, ok bool) {
	for _, w := range ways {
		if w.by.Has(from) && (!ok || w.hops < hops) && w.days.Meet(on) {
			hops, ok = w.hops, true
		}
	}
	return hops, ok
}

// side is the side from which a hop reaches an entity: an Outsider's, unless that is an
// incident.
func (s *pathSearch) side(p posting, from, to EntityRow) graph.Side {
	if s.v.g.kindOf(to) != graph.Incident {
		return graph.Outsider
	}
	return s.sideOf(p, from, to)
}

// joined are the sides from which an entity may have been reached for a hop to go on from it.
func (s *pathSearch) joined(p posting, from, to EntityRow) graph.SideSet {
	if !s.guarded || s.v.g.kindOf(from) != graph.Incident {
		return graph.AnySide
	}
	return s.sideOf(p, to, from).Joined()
}

// sideOf is how an entity stands to an incident.
func (s *pathSearch) sideOf(p posting, of, incident EntityRow) graph.Side {
	var camps graph.Camps
	if s.guarded {
		camps = s.campsOf(incident)[of]
	}
	return graph.SideOf(s.v.g.kindOf(of), p.kind.predicate(), s.bearing(p), camps)
}

func (s *pathSearch) bearing(p posting) graph.Bearing {
	return graph.Bearings[s.v.linkRecord(p.link).bearing]
}

// walked is a way from the start: its entities, the side from which the last was reached, and
// the days on which its hops hold together.
type walked struct {
	rows []EntityRow
	side graph.Side
	days interval.Days
}

func (w *walked) last() EntityRow { return w.rows[len(w.rows)-1] }

// along walks on, by stations from which the end can be reached in time, better links first;
// nil when no way gets there without passing twice through the same.
func (s *pathSearch) along(left map[EntityRow][]wayOn, w walked, hops int, m *work.Meter) ([]*Hop, error) {
	if hops == 0 {
		return []*Hop{}, nil
	}
	at := w.last()
	if err := m.Spend(s.degree(at) * LinkSlots); err != nil {
		return nil, err
	}
	from := s.v.entity(at)
	for _, next := range s.nearer(left, w, hops-1) {
		p := next.posting
		on := walked{append(w.rows, p.other), s.side(p, at, p.other), w.days.And(s.days(p))}
		rest, err := s.along(left, on, hops-1, m)
		if err != nil {
			return nil, err
		}
		if rest != nil {
			hop := &Hop{From: from, To: s.v.entity(p.other), Link: next.link.SeenFrom(from), Forward: p.out}
			return slices.Insert(rest, 0, hop), nil
		}
	}
	return nil, nil
}

// pathStep is a link that a path may take next.
type pathStep struct {
	posting posting
	link    *Link
}

// nearer are the links on to others that are no more than some hops from the end, and to the
// end itself by the last hop alone; the best first.
func (s *pathSearch) nearer(left map[EntityRow][]wayOn, w walked, hops int) (out []pathStep) {
	at := w.last()
	for p := range s.v.postings(at) {
		if p.other == none || !s.joined(p, at, p.other).Has(w.side) || slices.Contains(w.rows, p.other) || !s.usable(p) {
			continue
		}
		n, ok := hopsLeft(left[p.other], s.side(p, at, p.other), w.days.And(s.days(p)))
		if ok && n <= hops && (n == 0) == (hops == 0) && (n == 0 || s.passes(p.other)) {
			l, _ := s.v.visibleLink(p.link, nil)
			out = append(out, pathStep{p, l})
		}
	}
	slices.SortFunc(out, func(a, b pathStep) int { return a.link.leads(b.link) })
	return out
}
