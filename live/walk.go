package live

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/work"
)

// Subgraph is a part of the graph, flat: nodes in the order in which they were
// reached, links between them in the order in which they were recorded.
type Subgraph struct {
	Nodes     []Entity
	Links     []*Link
	Truncated *Truncation
	Excluded  []graph.Exclusion
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
		return nil, graph.Invalid("OUT_OF_RANGE", "depth",
			fmt.Sprintf("%d is not 0 to %d", q.Depth, MaxDepth), "ask for fewer steps")
	}
	if q.MaxNodes < 1 || q.MaxNodes > MaxNodes {
		return nil, graph.Invalid("OUT_OF_RANGE", "maxNodes",
			fmt.Sprintf("%d is not 1 to %d", q.MaxNodes, MaxNodes), "ask for a smaller part of the graph")
	}
	w := walk{
		v: v, q: q, wanted: kindSetOf(q.Kinds), exclusions: newExclusions(),
		reached: map[EntityRow]bool{}, links: map[LinkRow]*Link{},
	}
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
func (v *View) start(path string, id graph.ID) (EntityRow, error) {
	e, err := v.Living(path, id)
	if err != nil {
		return 0, err
	}
	return e.Base().row, nil
}

// walk goes outwards from entities step by step.
type walk struct {
	v          *View
	q          Neighbourhood
	wanted     kindSet
	exclusions *exclusions
	reached    map[EntityRow]bool
	nodes      []EntityRow // in the order in which they were reached
	from       int         // where the last step's nodes start
	depth      int
	links      map[LinkRow]*Link // nil for one that is not visible
	truncated  *Truncation
}

// reach adds a node; false when there is no room.
func (w *walk) reach(row EntityRow) bool {
	if w.reached[row] {
		return true
	}
	if len(w.nodes) >= w.q.MaxNodes {
		w.truncated = &Truncation{Reason: "MAX_NODES", Limit: w.q.MaxNodes, Depth: w.depth}
		return false
	}
	w.reached[row] = true
	w.nodes = append(w.nodes, row)
	return true
}

// step takes the links of the last step's nodes.
func (w *walk) step() {
	frontier := w.nodes[w.from:]
	w.from = len(w.nodes)
	for _, row := range frontier {
		for p := range w.v.postings(row) {
			if w.takes(p) && w.visibleLink(p.link) != nil && !w.reach(p.other) {
				return
			}
		}
	}
}

func (w *walk) takes(p posting) bool {
	return p.other != none && w.wanted.has(p.kind) && w.q.Direction.takes(p)
}

// visibleLink folds each link once, so that what is left out is counted once.
func (w *walk) visibleLink(row LinkRow) *Link {
	l, ok := w.links[row]
	if !ok && w.v.meter.Continue(2*LinkSlots) { // with its place in the answer
		l, _ = w.v.visibleLink(row, w.exclusions)
		w.links[row] = l
	}
	return l
}

// result is the nodes that were reached, and all links between them.
func (w *walk) result() *Subgraph {
	s := &Subgraph{Nodes: make([]Entity, len(w.nodes)), Links: []*Link{}, Truncated: w.truncated}
	for i, row := range w.nodes {
		s.Nodes[i] = w.v.entity(row)
		if w.q.Depth == 0 {
			continue
		}
		for p := range w.v.postings(row) {
			if p.other == none || !w.wanted.has(p.kind) || !w.reached[p.other] || !p.out && p.other != row {
				continue
			}
			if l := w.visibleLink(p.link); l != nil {
				s.Links = append(s.Links, l)
			}
		}
	}
	slices.SortFunc(s.Links, func(a, b *Link) int { return cmp.Compare(a.order, b.order) })
	s.Excluded = w.exclusions.list()
	return s
}

// PathQuery asks for a shortest path.
type PathQuery struct {
	From, To  graph.ID
	Kinds     []graph.Predicate // nil is all kinds
	MaxLength int               // 0 is MaxPath
	// Bearings are those of the links that the path may take; nil is the usual ones.
	Bearings []graph.Bearing
	// Through are kinds of entities that the path may pass through though it commonly
	// does not: see graph.NewPassage.
	Through []graph.EntityKind
	// Concurrent asks for a path of which all hops may have held at one time.
	Concurrent bool
}

// MaxPath is the greatest length of a path.
const MaxPath = 12

// Path is a way from one entity to another.
type Path struct {
	Hops []*Hop
	// Excluded counts what was left out while the path was looked for.
	Excluded []graph.Exclusion
	// Asked is what the path answers; nil where nothing but the path itself can be asked again.
	Asked *PathAsked
}

// PathAsked is a question for a path that can be asked of other views of the same snapshot.
type PathAsked struct {
	// Named are the entities that the question names, its ends first.
	Named []graph.ID
	// MaxLength is how many hops are asked for at most; Concurrent whether all must have held at one time.
	MaxLength  int
	Concurrent bool
	// Of finds a path of at most so many hops in a view; nil where there is none. It is nil itself where what
	// is asked of cannot be told link by link.
	Of func(v *View, atMost int, m *work.Meter) (*Path, error)
}

// PathFor is ShortestPath, with what it answers.
func (v *View) PathFor(q PathQuery) (*Path, error) {
	p, err := v.ShortestPath(q)
	if p != nil {
		p.Asked = &PathAsked{
			Named: []graph.ID{q.From, q.To}, MaxLength: cmp.Or(q.MaxLength, MaxPath), Concurrent: q.Concurrent,
		}
		p.Asked.Of = func(v *View, atMost int, m *work.Meter) (*Path, error) {
			again := q
			again.MaxLength = atMost
			return v.Within(m.Aside()).ShortestPath(again)
		}
	}
	return p, err
}

// StandsIn reports whether another view shows every hop of the path, and has each held on some day;
// together, if that is asked.
func (p *Path) StandsIn(v *View, together bool) bool {
	days := interval.Always
	for _, h := range p.Hops {
		l := h.Link.In(v)
		if l == nil || len(l.JoinsOn()) == 0 {
			return false
		}
		days = days.And(l.JoinsOn())
	}
	return !together || len(days) > 0
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

// When are the times in which all hops that are dated may have held together, each from its
// first day on where it is of what was done or came about; ascending. It is nil where no hop
// is dated, and empty where they certainly have no day in common.
func (p *Path) When() []*Overlap {
	var together interval.Together
	var held []*Interval
	for _, h := range p.Hops {
		dated, list := h.Link.datedIntervals()
		switch lasting := h.Link.Bearing().Lasts(); {
		case !dated || lasting == graph.AtAllTimes:
			continue
		case lasting == graph.FromThenOn:
			together = together.Since(list)
		default:
			together = together.While(list)
		}
		for _, i := range list {
			held = append(held, &Interval{h.Link.v, i})
		}
	}
	overlaps := together.Overlaps()
	if overlaps == nil {
		return nil
	}
	out := make([]*Overlap, len(overlaps))
	for k, is := range overlaps {
		out[k] = &Overlap{is, held}
	}
	return out
}

// UndatedHops is how many hops have no claim that says when they held, of those that hold at
// some time: kinship and identity have none.
func (p *Path) UndatedHops() int {
	n := 0
	for _, h := range p.Hops {
		if dated, _ := h.Link.datedIntervals(); !dated && h.Link.Bearing().Lasts() != graph.AtAllTimes {
			n++
		}
	}
	return n
}

// holdsTogether reports whether all hops may have held at one time.
func (p *Path) holdsTogether() bool {
	days := interval.Always
	for _, h := range p.Hops {
		days = days.And(h.Link.JoinsOn())
	}
	return len(days) > 0
}

// Overlap is some time in which all dated hops of a path may have held together.
type Overlap struct {
	is   interval.Overlap
	held []*Interval
}

// From is when it began, as a claim gives it, or as far as the claims of all hops leave it
// open; nil where none says.
func (o *Overlap) From() *graph.PartialDate {
	switch e := o.is.From; {
	case !e.Given:
		return nil
	case e.Open:
		return date(graph.DateWithin(graph.Span{Earliest: e.Date.Earliest, Latest: graph.OpenEnd}))
	default:
		for _, i := range o.held {
			if i.is.From == e.Date {
				return i.From()
			}
		}
		return date(graph.DateWithin(e.Date))
	}
}

// To is when it ended, as From tells when it began; nil where none says, which is not for ever.
func (o *Overlap) To() *graph.PartialDate {
	switch e := o.is.To; {
	case !e.Given:
		return nil
	case e.Open:
		return date(graph.DateWithin(graph.Span{Earliest: graph.OpenStart, Latest: e.Date.Latest}))
	default:
		for _, i := range o.held {
			if i.is.To == e.Date {
				return i.To()
			}
		}
		return date(graph.DateWithin(e.Date))
	}
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
