package live

import (
	"cmp"
	"fmt"
	"math"
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
	out, asked := []*Source{}, map[graph.ID]bool{}
	for _, h := range p.Hops {
		for id := range h.Link.AffirmedBy() {
			if asked[id] {
				continue
			}
			asked[id] = true
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
	v          *View
	q          PathQuery
	want       map[KindCode]bool
	exclusions *exclusions
	single     *singleClaimFilter
	links      *visibleLinks // nil until many links are met
	met        int
	plain      bool             // hops are the postings as they are
	decided    map[LinkRow]bool // link -> whether it is shown
	skipped    map[LinkRow]bool
	excluded   bitset[LinkRow] // links of a single claim that the lens refuses; nil until there is one
	sides      [2]pathSide
}

type pathSide struct {
	end   EntityRow
	depth int
	front []EntityRow
	read  [][]EntityRow // the fronts whose links were read, by depth
	*distances
}

// distances keeps a number for each entity row; touched lists those that are set, if they are few.
// It is used again, with all its room.
type distances struct {
	at      []uint8 // steps and 1; 0 is not reached
	touched []EntityRow
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

// fewRows is how many rows are unset one by one; when more were set, all are.
const fewRows = 1 << 12

// scratch keeps distances that are all unset, for the next search.
var scratch = sync.Pool{New: func() any { return new(distances) }}

func newDistances(rows EntityRow) *distances {
	d := scratch.Get().(*distances)
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
		scratch.Put(d)
	}
}

func newPathSearch(v *View, q PathQuery, from, to EntityRow) *pathSearch {
	s := &pathSearch{v: v, q: q, want: kindSet(q.Kinds), exclusions: newExclusions(), single: v.singleClaims(), links: v.g.visibility.cached(v), plain: v.seesAll && v.resolution == nil, decided: map[LinkRow]bool{}, skipped: map[LinkRow]bool{}}
	for i, end := range []EntityRow{from, to} {
		s.sides[i] = pathSide{end: end, front: []EntityRow{end}, distances: newDistances(v.sizes.entities)}
		s.sides[i].set(end, 0)
	}
	return s
}

// search returns the nodes in which the two sides meet; every shortest path runs
// through exactly one of them. Nil when there is no path of the length allowed.
func (s *pathSearch) search() []EntityRow {
	for s.sides[0].depth+s.sides[1].depth < s.q.MaxLength {
		if len(s.sides[0].front) == 0 || len(s.sides[1].front) == 0 {
			return nil
		}
		if meets := s.expand(s.smaller()); len(meets) > 0 {
			return meets
		}
	}
	return nil
}

// smaller is the side that would read fewer links next. The links of a large front
// are not all counted: each node of it was reached by one.
func (s *pathSearch) smaller() int {
	a := 0
	if len(s.sides[1].front) < len(s.sides[0].front) {
		a = 1
	}
	least := s.slots(a, math.MaxInt)
	if len(s.sides[1-a].front) < least && s.slots(1-a, least) < least {
		return 1 - a
	}
	return a
}

// slots is how many links the side would read next, or most when there are as many.
func (s *pathSearch) slots(i, most int) int {
	n := 0
	for _, row := range s.sides[i].front {
		if n += s.degree(row); n >= most {
			return most
		}
	}
	return n
}

// expand takes one side a step further and returns the new nodes that the other
// side had reached. Most links need not be judged: those that lead to the other
// side are tried first, and only when none of them is shown are the rest.
func (s *pathSearch) expand(i int) (meets []EntityRow) {
	side, other := &s.sides[i], &s.sides[1-i]
	side.depth++
	side.read = append(side.read, side.front)
	s.each(side, func(h posting) {
		if _, met := other.get(h.other); met && (h.other == other.end || s.passes(h.other)) && s.usable(h) {
			side.set(h.other, side.depth)
			meets = append(meets, h.other)
		}
	})
	if len(meets) > 0 {
		return meets
	}
	next := side.fronts[side.depth][:0]
	s.each(side, func(h posting) {
		if s.usable(h) {
			side.set(h.other, side.depth)
			next = append(next, h.other)
		}
	})
	side.front, side.fronts[side.depth] = next, next
	return nil
}

// each calls f for the hops from a side's front to nodes that it had not reached.
func (s *pathSearch) each(side *pathSide, f func(posting)) {
	for _, row := range side.front {
		if row != side.end && !s.passes(row) {
			continue
		}
		if s.plain {
			for _, p := range s.v.ownPostings(row) {
				if p.other != none && side.at[p.other] == 0 {
					f(posting{p.link, p.other, p.kind, p.out})
				}
			}
			continue
		}
		for h := range s.v.postings(row) {
			if h.other != none && side.at[h.other] == 0 {
				f(h)
			}
		}
	}
}

// usable reports whether the path may take the hop.
func (s *pathSearch) usable(h posting) bool {
	return (s.want == nil || s.want[h.kind]) && s.allowed(h) && s.visible(h.link)
}

// manyLinks is how many links a search meets before it asks which of all are shown.
const manyLinks = 1 << 13

// visible judges a link. What takes long, and what is left out and counted, is judged
// once.
func (s *pathSearch) visible(first LinkRow) bool {
	if s.met++; s.met == manyLinks && s.links == nil {
		s.links = s.v.g.visibility.build(s.v)
	}
	if s.links != nil {
		if how := s.links.of(first); how != undecided {
			if how != isVisible {
				s.exclude(first, graph.ExclusionReasons[how-excludedFor])
			}
			return how == isVisible
		}
	} else if s.single != nil {
		l := s.v.g.links.at(first)
		if _, shown, known := s.single.ofOne(s.v, first, l); known {
			if !shown {
				s.exclude(first, s.single.exclusion(s.v, l))
			}
			return shown
		}
	}
	shown, known := s.decided[first]
	if !known {
		_, shown = s.v.visibleLink(first, s.exclusions)
		s.decided[first] = shown
	}
	return shown
}

// exclude counts a link of a single claim that the lens refuses, once.
func (s *pathSearch) exclude(first LinkRow, why graph.ExclusionReason) {
	if s.excluded == nil {
		s.excluded = newBitset(s.v.sizes.links)
	}
	if !s.excluded.has(first) {
		s.excluded.set(first)
		s.exclusions.claims[why]++
	}
}

// allowed keeps associations that are no evidence of conduct out of the path, and
// counts those that the lens would show.
func (s *pathSearch) allowed(h posting) bool {
	if s.q.IncludeNonImplicative || h.kind.spec().Bearing.Implicative() {
		return true
	}
	if !s.skipped[h.link] {
		s.skipped[h.link] = true
		if s.visible(h.link) {
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
	steps := s.steps(meets)
	p := &Path{Hops: []*Hop{}}
	at := s.sides[0].end
	for _, next := range steps {
		h, link := s.best(at, next)
		from := s.v.entity(at)
		p.Hops = append(p.Hops, &Hop{From: from, To: s.v.entity(h.other), Link: link.SeenFrom(from), Forward: h.out})
		at = h.other
	}
	p.Excluded = s.exclusions.list()
	return p
}

// steps lists the nodes on shortest paths by how many hops they are from the start,
// from 1 on.
func (s *pathSearch) steps(meets []EntityRow) []map[EntityRow]bool {
	out := make([]map[EntityRow]bool, s.sides[0].depth+s.sides[1].depth+1)
	middle := s.sides[0].depth
	out[middle] = map[EntityRow]bool{}
	for _, m := range meets {
		out[middle][m] = true
	}
	for k := middle - 1; k > 0; k-- {
		out[k] = s.leading(s.sides[0].read[k], out[k+1])
	}
	for k := middle + 1; k < len(out); k++ {
		out[k] = s.leading(s.sides[1].read[len(out)-1-k], out[k-1])
	}
	return out[1:]
}

// leading are the nodes of a front from which a hop leads to one of some nodes. The
// links of the front have been read before; those of the nodes that were met may be
// far more.
func (s *pathSearch) leading(front []EntityRow, to map[EntityRow]bool) map[EntityRow]bool {
	out := map[EntityRow]bool{}
	for _, row := range front {
		if row != s.sides[0].end && row != s.sides[1].end && !s.passes(row) {
			continue
		}
		for h := range s.v.postings(row) {
			if h.other != none && to[h.other] && s.usable(h) {
				out[row] = true
				break
			}
		}
	}
	return out
}

// best is the hop from a node to one of the next: by credibility, then by what was
// recorded first. It is looked for from the side that has fewer links.
func (s *pathSearch) best(at EntityRow, next map[EntityRow]bool) (best posting, link *Link) {
	take := func(h posting) {
		if !s.usable(h) {
			return
		}
		l, _ := s.v.visibleLink(h.link, nil)
		if link == nil || cmp.Or(cmp.Compare(l.Credibility(), link.Credibility()), cmp.Compare(l.order, link.order)) < 0 {
			best, link = h, l
		}
	}
	slots := 0
	for row := range next {
		slots += s.degree(row)
	}
	if s.degree(at) <= slots {
		for h := range s.v.postings(at) {
			if h.other != none && next[h.other] {
				take(h)
			}
		}
		return best, link
	}
	for row := range next {
		for h := range s.v.postings(row) {
			if h.other == at && row != at {
				h.other, h.out = row, !h.out
				take(h)
			}
		}
	}
	return best, link
}

// degree is how many links a node has, of all that are the same.
func (s *pathSearch) degree(row EntityRow) int {
	n := 0
	for _, m := range s.v.resolution.cluster(row) {
		n += s.v.degree(m)
	}
	return n
}
