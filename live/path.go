package live

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
)

// Path is a way from one entity to another.
type Path struct {
	Hops []*Hop
	// Excluded counts what was left out while the path was looked for.
	Excluded []Exclusion
}

// Hop is one step of a path.
type Hop struct {
	From, To AnyEntity
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
		return nil, graph.Invalid("OUT_OF_RANGE", "maxLength", fmt.Sprintf("%d is not 1 to %d", q.MaxLength, MaxPath), "ask for a shorter path")
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
	s := newPathSearch(v, q, from, to)
	defer s.release()
	meets := s.search()
	if meets == nil {
		return nil, nil
	}
	return s.path(meets), nil
}

// pathSearch walks from both ends at once, always on the side that has fewer links
// to read, until the two meet.
type pathSearch struct {
	v       *View
	q       PathQuery
	want    map[uint16]bool
	count   *tally
	judged  map[uint32]*Link // nil: not shown
	skipped map[uint32]bool
	sides   [2]pathSide
}

type pathSide struct {
	end   uint32
	depth int
	front []uint32
	*distances
}

// distances keeps a number for each entity row; touched lists those that are set.
type distances struct {
	at      []uint8 // steps and 1; 0 is not reached
	touched []uint32
}

func (d *distances) get(row uint32) (steps int, reached bool) {
	return int(d.at[row]) - 1, d.at[row] > 0
}

func (d *distances) set(row uint32, steps int) {
	d.at[row] = uint8(steps + 1)
	d.touched = append(d.touched, row)
}

// scratch keeps distances that are all unset, for the next search.
var scratch = sync.Pool{New: func() any { return new(distances) }}

func newDistances(rows uint32) *distances {
	d := scratch.Get().(*distances)
	if len(d.at) < int(rows) {
		d.at = make([]uint8, rows)
	}
	return d
}

func (s *pathSearch) release() {
	for i := range s.sides {
		d := s.sides[i].distances
		for _, row := range d.touched {
			d.at[row] = 0
		}
		d.touched = d.touched[:0]
		scratch.Put(d)
	}
}

func newPathSearch(v *View, q PathQuery, from, to uint32) *pathSearch {
	s := &pathSearch{v: v, q: q, want: kindSet(q.Kinds), count: newTally(), judged: map[uint32]*Link{}, skipped: map[uint32]bool{}}
	for i, end := range []uint32{from, to} {
		s.sides[i] = pathSide{end: end, front: []uint32{end}, distances: newDistances(v.at.entities)}
		s.sides[i].set(end, 0)
	}
	return s
}

// search returns the nodes in which the two sides meet; every shortest path runs
// through exactly one of them. Nil when there is no path of the length allowed.
func (s *pathSearch) search() []uint32 {
	for s.sides[0].depth+s.sides[1].depth < s.q.MaxLength {
		i := 0
		if s.slots(1) < s.slots(0) {
			i = 1
		}
		if len(s.sides[i].front) == 0 {
			return nil
		}
		if meets := s.expand(i); len(meets) > 0 {
			return meets
		}
	}
	return nil
}

// slots is how many links the side would read next.
func (s *pathSearch) slots(i int) int {
	n := 0
	for _, row := range s.sides[i].front {
		for _, m := range s.v.same.cluster(row) {
			n += s.v.degree(m)
		}
	}
	return n
}

// expand takes one side a step further and returns the new nodes that the other
// side had reached. Most links need not be judged: those that lead to the other
// side are tried first, and only when none of them is shown are the rest.
func (s *pathSearch) expand(i int) (meets []uint32) {
	side, other := &s.sides[i], &s.sides[1-i]
	side.depth++
	s.each(side, func(h hop) {
		if _, met := other.get(h.other); met && (h.other == other.end || s.passes(h.other)) && s.usable(h) {
			side.set(h.other, side.depth)
			meets = append(meets, h.other)
		}
	})
	if len(meets) > 0 {
		return meets
	}
	var next []uint32
	s.each(side, func(h hop) {
		if s.usable(h) {
			side.set(h.other, side.depth)
			next = append(next, h.other)
		}
	})
	side.front = next
	return nil
}

// each calls f for the hops from a side's front to nodes that it has not reached.
func (s *pathSearch) each(side *pathSide, f func(hop)) {
	for _, row := range side.front {
		if row != side.end && !s.passes(row) {
			continue
		}
		for h := range s.v.hops(row) {
			if h.other == none {
				continue
			}
			if _, reached := side.get(h.other); !reached {
				f(h)
			}
		}
	}
}

// usable reports whether the path may take the hop.
func (s *pathSearch) usable(h hop) bool {
	return (s.want == nil || s.want[h.kind]) && s.allowed(h) && s.shown(h.first) != nil
}

// shown judges each link once, so that what is left out is counted once.
func (s *pathSearch) shown(first uint32) *Link {
	l, ok := s.judged[first]
	if !ok {
		l, _ = s.v.shown(first, s.count)
		s.judged[first] = l
	}
	return l
}

// allowed keeps associations that are no evidence of conduct out of the path, and
// counts those that the lens would show.
func (s *pathSearch) allowed(h hop) bool {
	if s.q.IncludeNonImplicative || !vocabulary[h.kind].NonImplicative {
		return true
	}
	if !s.skipped[h.first] {
		s.skipped[h.first] = true
		if s.shown(h.first) != nil {
			s.count.link(graph.NotImplicative)
		}
	}
	return false
}

// passes reports whether a path may run through the node. That two entities share
// a place or a listing joins them no more than kinship does.
func (s *pathSearch) passes(row uint32) bool {
	kind := s.v.g.entities.at(row).kind
	return s.q.IncludeNonImplicative || kind != graph.Place && kind != graph.Designation
}

// path walks from the start along nodes that lie on a shortest path, at each step
// by the best link.
func (s *pathSearch) path(meets []uint32) *Path {
	left := s.left(meets) // steps to the end, for nodes on a shortest path
	p := &Path{Hops: []*Hop{}}
	for at := s.sides[0].end; at != s.sides[1].end; {
		h, link := s.best(at, left)
		from := s.v.entity(at)
		p.Hops = append(p.Hops, &Hop{From: from, To: s.v.entity(h.other), Link: link.SeenFrom(from), Forward: h.out})
		at = h.other
	}
	p.Excluded = s.count.list()
	return p
}

// best is the hop from a node that comes a step nearer to the end: by credibility,
// then by what was recorded first.
func (s *pathSearch) best(at uint32, left map[uint32]int) (best hop, link *Link) {
	for h := range s.v.hops(at) {
		n, on := left[h.other]
		if h.other == none || !on || n != left[at]-1 || !s.usable(h) {
			continue
		}
		l := s.shown(h.first)
		if link == nil || cmp.Or(cmp.Compare(l.Credibility(), link.Credibility()), cmp.Compare(l.place, link.place)) < 0 {
			best, link = h, l
		}
	}
	return best, link
}

// left gives, for the nodes on shortest paths, how many steps are left.
func (s *pathSearch) left(meets []uint32) map[uint32]int {
	left := map[uint32]int{}
	for _, m := range meets {
		left[m], _ = s.sides[1].get(m)
	}
	for i, grow := range []int{1, -1} { // back to the start, then on to the end
		side := &s.sides[i]
		front := slices.Clone(meets)
		for len(front) > 0 {
			at := front[0]
			front = front[1:]
			here, _ := side.get(at)
			for h := range s.v.hops(at) {
				if h.other == none {
					continue
				}
				d, reached := side.get(h.other)
				if !reached || d != here-1 || h.other != side.end && !s.passes(h.other) {
					continue
				}
				if _, known := left[h.other]; known || !s.usable(h) {
					continue
				}
				left[h.other] = left[at] + grow
				front = append(front, h.other)
			}
		}
	}
	return left
}
