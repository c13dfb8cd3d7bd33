package live

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
)

// Subgraph is a part of the graph, flat: nodes in the order in which they were
// reached, links between them in the order in which they were recorded.
type Subgraph struct {
	Nodes     []Entity
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
