package live

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// Path is a way from one entity to another.
type Path struct {
	Hops []*Hop
	// Excluded counts what was left out while the path was looked for.
	Excluded []Exclusion
}

// Hop is one step of a path.
type Hop struct {
	From, To Entity
	Link     *Link
	// Forward is false when the link is walked from its target to its source.
	Forward bool
}

// Length is the number of hops.
func (p *Path) Length() int { return len(p.Hops) }

// WeakestCredibility is the credibility of the least credible hop; 6, cannot be
// judged, is the weakest. It is 1 for a path without hops.
func (p *Path) WeakestCredibility() int {
	weakest := 1
	for _, h := range p.Hops {
		weakest = max(weakest, h.Link.Credibility())
	}
	return weakest
}

// CriticalSources lists the sources that the path rests on, in the order of the hops:
// without any one of them the lens would no longer show one of its links.
func (p *Path) CriticalSources() ([]*Source, error) {
	out, tried := []*Source{}, map[graph.ID]bool{}
	for _, h := range p.Hops {
		for id := range h.Link.AffirmedBy() {
			if tried[id] {
				continue
			}
			tried[id] = true
			less, err := h.Link.v.Without(id)
			if err != nil {
				return nil, err
			}
			if s, ok := h.Link.v.Source(id); ok && !less.shows(p) {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// Without is the view under its lens less a source.
func (v *View) Without(id graph.ID) (*View, error) {
	lens := v.Lens()
	lens.WithoutSources = append(slices.Clone(lens.WithoutSources), id)
	return v.With(&lens)
}

// shows reports whether the view shows every link of a path.
func (v *View) shows(p *Path) bool {
	return !slices.ContainsFunc(p.Hops, func(h *Hop) bool {
		_, ok := v.Link(h.Link.ID())
		return !ok
	})
}

// PathQuery asks for a shortest path.
type PathQuery struct {
	From, To  graph.ID
	Kinds     []graph.Predicate // nil is all kinds
	MaxLength int               // 0 is MaxPath
	// IncludeNonImplicative lets the path run through kinship and attendance,
	// and through places and designations that two entities merely share.
	IncludeNonImplicative bool
}

// MaxPath is the greatest length of a path.
const MaxPath = 12

// ShortestPath finds a shortest path along the links that the lens shows, in
// either direction; nil when there is none. Among paths of one length it takes
// the one whose hops are better credited, step by step from the start, then the
// one recorded earlier. Associations that are no evidence of conduct, and shared
// places and designations, are passed over unless asked for.
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
		return &Path{Hops: []*Hop{}, Excluded: []Exclusion{}}, nil
	}
	s := newPathSearch(v.Within(nil), q, from, to)
	defer s.release()
	meets, err := s.search(v.meter)
	if err != nil || meets == nil {
		return nil, err
	}
	return s.path(meets), nil
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
	v          *View
	q          PathQuery
	wanted     kindSet
	exclusions *exclusions
	single     *singleClaimFilter
	links      *visibleLinks // nil until many links are met
	met        int
	plain      bool             // postings are as they were recorded
	decided    map[LinkRow]bool // whether a link is visible
	passedOver map[LinkRow]bool // links that are no evidence of conduct
	excluded   bitset[LinkRow]  // links of a single claim that does not count; nil until there is one
	sides      [2]pathSide
}

type pathSide struct {
	end   EntityRow
	depth int
	front []EntityRow
	read  [][]EntityRow // the fronts whose links were read, by depth
	*distances
}

// distances are how many steps entities are from an end. They are used again, with all
// their room.
type distances struct {
	at      []uint8                  // by entity: steps and 1; 0 is not reached
	touched []EntityRow              // those that are reached, if they are few
	fronts  [MaxPath + 1][]EntityRow // by steps: room
}

func (d *distances) get(row EntityRow) (steps int, reached bool) {
	return int(d.at[row]) - 1, d.at[row] > 0
}

func (d *distances) set(row EntityRow, steps int) {
	d.at[row] = uint8(steps + 1)
	if len(d.touched) <= fewRows {
		d.touched = append(d.touched, row)
	}
}

// fewRows is how many distances are cleared one by one; when more were set, all are.
const fewRows = 1 << 12

// distancePool keeps distances that are all clear, for the next search.
var distancePool = sync.Pool{New: func() any { return new(distances) }}

func newDistances(rows EntityRow) *distances {
	d := distancePool.Get().(*distances)
	if len(d.at) < int(rows) {
		d.at = make([]uint8, rows)
	}
	return d
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
		v: v, q: q, wanted: kindSetOf(q.Kinds), exclusions: newExclusions(),
		single: v.singleClaims(), links: v.g.visibility.cached(v), plain: v.resolution == nil,
		decided: map[LinkRow]bool{}, passedOver: map[LinkRow]bool{},
	}
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
	return s.wanted.has(p.kind) && s.allowed(p) && s.visible(p.link)
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

// allowed keeps links that are no evidence of conduct out of the path, and counts those
// that are visible.
func (s *pathSearch) allowed(p posting) bool {
	if s.q.IncludeNonImplicative || p.kind.spec().Bearing.Implicative() {
		return true
	}
	if !s.passedOver[p.link] {
		s.passedOver[p.link] = true
		if s.visible(p.link) {
			s.exclusions.addLink(graph.NotImplicative)
		}
	}
	return false
}

// passes reports whether a path may run through the node. That two entities share
// a place or a listing joins them no more than kinship does.
func (s *pathSearch) passes(row EntityRow) bool {
	kind := s.v.g.entities.at(row).kind
	return s.q.IncludeNonImplicative || kind != graph.Place && kind != graph.Designation
}

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
		if link == nil ||
			cmp.Or(cmp.Compare(l.Credibility(), link.Credibility()), cmp.Compare(l.order, link.order)) < 0 {
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

// degree is how many links a node has, of all that it stands for.
func (s *pathSearch) degree(row EntityRow) int {
	n := 0
	for _, member := range s.v.resolution.cluster(row) {
		n += s.v.degree(member)
	}
	return n
}
