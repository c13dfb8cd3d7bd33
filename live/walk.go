package live

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Subgraph is a part of the graph, flat: nodes in the order in which they were
// reached, links between them in the order in which they were recorded.
type Subgraph struct {
	Nodes     []AnyEntity
	Links     []*Link
	Truncated *Truncation
	Excluded  []Exclusion
}

// Truncation says that an answer is not complete, and why.
type Truncation struct {
	Reason string
	// Limit is the limit that was reached.
	Limit int
	// Depth is the last depth that is complete.
	Depth int
}

// Neighbourhood asks for everything within some steps of some entities.
type Neighbourhood struct {
	Of        []graph.ID
	Depth     int
	Kinds     []graph.Predicate // nil is all kinds
	Direction Direction
	MaxNodes  int
}

// The limits of a neighbourhood.
const (
	MaxDepth = 6
	MaxNodes = 5000
)

// Neighbourhood walks outwards from entities along the links that the lens
// shows, and answers with all of them between the nodes reached.
func (v *View) Neighbourhood(q Neighbourhood) (*Subgraph, error) {
	if q.Depth < 0 || q.Depth > MaxDepth {
		return nil, graph.Invalid("OUT_OF_RANGE", "depth", fmt.Sprintf("%d is not 0 to %d", q.Depth, MaxDepth), "ask for fewer steps")
	}
	if q.MaxNodes < 1 || q.MaxNodes > MaxNodes {
		return nil, graph.Invalid("OUT_OF_RANGE", "maxNodes", fmt.Sprintf("%d is not 1 to %d", q.MaxNodes, MaxNodes), "ask for a smaller part of the graph")
	}
	w := walk{v: v, q: q, want: kindSet(q.Kinds), count: newTally(), reached: map[uint32]bool{}, judged: map[uint32]*Link{}}
	for i, id := range q.Of {
		row, err := v.start(fmt.Sprintf("of[%d]", i), id)
		if err != nil {
			return nil, err
		}
		w.reach(row)
	}
	for w.depth = 0; w.depth < q.Depth && w.truncated == nil; w.depth++ {
		w.step()
	}
	return w.result(), nil
}

// start is the representative of an entity that a walk starts from.
func (v *View) start(path string, id graph.ID) (uint32, error) {
	e, ok := v.Entity(id)
	if !ok {
		return 0, graph.NotFound(path, id)
	}
	return e.Base().row, nil
}

type walk struct {
	v         *View
	q         Neighbourhood
	want      map[uint16]bool
	count     *tally
	reached   map[uint32]bool
	order     []uint32
	from      int // where the last step's nodes start
	depth     int
	judged    map[uint32]*Link // nil: not shown
	truncated *Truncation
}

// reach adds a node; false when there is no room.
func (w *walk) reach(row uint32) bool {
	if w.reached[row] {
		return true
	}
	if len(w.order) >= w.q.MaxNodes {
		w.truncated = &Truncation{Reason: "MAX_NODES", Limit: w.q.MaxNodes, Depth: w.depth}
		return false
	}
	w.reached[row] = true
	w.order = append(w.order, row)
	return true
}

func (w *walk) step() {
	frontier := w.order[w.from:]
	w.from = len(w.order)
	for _, row := range frontier {
		for h := range w.v.hops(row) {
			if w.takes(h) && w.shown(h.first) != nil && !w.reach(h.other) {
				return
			}
		}
	}
}

func (w *walk) takes(h hop) bool {
	return h.other != none && (w.want == nil || w.want[h.kind]) && w.q.Direction.takes(h)
}

// shown judges each link once, so that what is left out is counted once.
func (w *walk) shown(first uint32) *Link {
	l, ok := w.judged[first]
	if !ok {
		l, _ = w.v.shown(first, w.count)
		w.judged[first] = l
	}
	return l
}

func (w *walk) result() *Subgraph {
	s := &Subgraph{Nodes: make([]AnyEntity, len(w.order)), Links: []*Link{}, Truncated: w.truncated}
	for i, row := range w.order {
		s.Nodes[i] = w.v.entity(row)
		if w.q.Depth == 0 {
			continue
		}
		for h := range w.v.hops(row) {
			if h.other == none || w.want != nil && !w.want[h.kind] || !w.reached[h.other] || !h.out && h.other != row {
				continue
			}
			if l := w.shown(h.first); l != nil {
				s.Links = append(s.Links, l)
			}
		}
	}
	slices.SortFunc(s.Links, func(a, b *Link) int { return cmp.Compare(a.rows[0], b.rows[0]) })
	s.Excluded = w.count.list()
	return s
}

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
	s := pathSearch{walk: walk{v: v, want: kindSet(q.Kinds), count: newTally(), judged: map[uint32]*Link{}}, q: q, to: to, came: map[uint32]step{from: {prev: none}}, skipped: map[uint32]bool{}}
	return s.run(from), nil
}

type step struct {
	prev    uint32
	link    *Link
	forward bool
}

type pathSearch struct {
	walk
	q       PathQuery
	to      uint32
	came    map[uint32]step
	skipped map[uint32]bool
}

func (s *pathSearch) run(from uint32) *Path {
	frontier := []uint32{from}
	for range s.q.MaxLength {
		if _, ok := s.came[s.to]; ok {
			break
		}
		var next []uint32
		for _, row := range frontier {
			next = append(next, s.expand(row, from)...)
		}
		frontier = next
	}
	if _, ok := s.came[s.to]; !ok {
		return nil
	}
	return s.path()
}

// expand reaches the neighbours of a node that are new, best links first.
func (s *pathSearch) expand(row, from uint32) []uint32 {
	if row != from && !s.passes(row) {
		return nil
	}
	type option struct {
		hop
		link *Link
	}
	var options []option
	for h := range s.v.hops(row) {
		if h.other == none || s.want != nil && !s.want[h.kind] {
			continue
		}
		if _, seen := s.came[h.other]; seen {
			continue
		}
		if l := s.shown(h.first); l != nil && s.allowed(h) {
			options = append(options, option{h, l})
		}
	}
	slices.SortStableFunc(options, func(a, b option) int {
		return cmp.Or(cmp.Compare(a.link.Credibility(), b.link.Credibility()), cmp.Compare(a.first, b.first))
	})
	var reached []uint32
	for _, o := range options {
		if _, seen := s.came[o.other]; seen {
			continue
		}
		s.came[o.other] = step{row, o.link, o.out}
		reached = append(reached, o.other)
	}
	return reached
}

// allowed keeps associations that are no evidence of conduct out of the path.
func (s *pathSearch) allowed(h hop) bool {
	if s.q.IncludeNonImplicative || !vocabulary[h.kind].NonImplicative {
		return true
	}
	if !s.skipped[h.first] {
		s.skipped[h.first] = true
		s.count.link(graph.NotImplicative)
	}
	return false
}

// passes reports whether a path may run through the node. That two entities share
// a place or a listing joins them no more than kinship does.
func (s *pathSearch) passes(row uint32) bool {
	kind := s.v.g.entities.at(row).kind
	return s.q.IncludeNonImplicative || kind != graph.Place && kind != graph.Designation
}

func (s *pathSearch) path() *Path {
	p := &Path{Hops: []*Hop{}, Excluded: s.count.list()}
	for at := s.to; s.came[at].prev != none; at = s.came[at].prev {
		c := s.came[at]
		link := *c.link
		link.from = c.prev
		p.Hops = append(p.Hops, &Hop{From: s.v.entity(c.prev), To: s.v.entity(at), Link: &link, Forward: c.forward})
	}
	slices.Reverse(p.Hops)
	return p
}
