package analysis

import (
	"slices"
	"sync"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// scope says which part of a view a network takes. The zero scope takes every
// entity and no link.
type scope struct {
	// entityKinds and kinds are the kinds of entities and links; nil is all.
	entityKinds []graph.EntityKind
	kinds       []graph.Predicate
	// where keeps entities; nil keeps all.
	where func(live.Entity) bool
	// around and depth keep what lies within some steps of these entities, which are
	// kept themselves whatever entityKinds and where say.
	around []graph.ID
	depth  int
	// bearings are those of the links.
	bearings graph.BearingSet
	// every has links of other bearings gathered too.
	every bool
}

// build makes the network of a part of a view. What it reads is counted aside of the meter.
func build(v *live.View, s scope, m *work.Meter) (*Network, error) {
	b, err := gather(v, s, m.Aside())
	if err != nil {
		return nil, err
	}
	n := &Network{view: v, excluded: b.excluded, void: new(onNoDay)}
	n.fill(b.parts, n.number(b.keep, b.parts))
	for _, part := range b.parts {
		rowPool.put(part)
	}
	return n, nil
}

// gather finds what a scope takes of a view.
func gather(v *live.View, s scope, m *work.Meter) (*builder, error) {
	b := &builder{v: v.Within(m), meter: m, scope: s, wanted: wantedKinds(s), keep: make([]bool, v.EntityRows())}
	if len(s.around) > 0 {
		if err := b.walk(); err != nil {
			return nil, err
		}
	} else {
		b.all()
	}
	return b, m.Err()
}

// edge is a link that a network takes; its ends are rows, or nodes once there are any.
type edge[End live.EntityRow | algo.Node] struct {
	source, target End
	row            live.LinkRow
	kind           uint8
	bearing        uint8
	credibility    uint8
}

func edgeOf(f live.LinkSummary) edge[live.EntityRow] {
	return edge[live.EntityRow]{f.Source, f.Target, f.Row, uint8(f.Kind), f.Bearing, f.Credibility}
}

// The pools keep lists of links for the next network.
var (
	rowPool  pool[live.EntityRow]
	nodePool pool[algo.Node]
)

type pool[End live.EntityRow | algo.Node] struct{ lists sync.Pool }

// get is an empty list with room for size links.
func (p *pool[End]) get(size int) []edge[End] {
	if list, ok := p.lists.Get().(*[]edge[End]); ok && cap(*list) >= size {
		return (*list)[:0]
	}
	return make([]edge[End], 0, size)
}

func (p *pool[End]) put(list []edge[End]) { p.lists.Put(&list) }

// builder gathers what a scope takes.
type builder struct {
	v     *live.View
	meter *work.Meter
	scope
	wanted   []bool // by kind of link
	keep     []bool // by row of entity
	parts    [][]edge[live.EntityRow]
	excluded live.BearingCounts // links, see scope.excludes
}

func wantedKinds(s scope) []bool {
	vocabulary := graph.Predicates()
	wanted := make([]bool, len(vocabulary))
	for i, p := range vocabulary {
		wanted[i] = p.IsLink() && (s.kinds == nil || slices.Contains(s.kinds, p.Name))
	}
	return wanted
}

// excludes reports whether a link has a bearing that is not wanted.
func (s *scope) excludes(f *live.LinkSummary) bool { return !s.bearings.HasCode(f.Bearing) }

// all reads the whole view, the links in ranges on all processors, in the order in which
// the reader saw them recorded.
func (b *builder) all() {
	for row := range b.v.EntityRowsOf(b.entityKinds...) {
		b.keep[row] = b.where == nil || b.where(b.v.EntityAt(row))
	}
	workers := work.Processors()
	excluded := make([]live.BearingCounts, workers)
	b.parts = make([][]edge[live.EntityRow], workers)
	size := b.v.LinkRows()/live.LinkRow(workers) + 1
	parallel(workers, func(i int) {
		from := live.LinkRow(i) * size
		b.parts[i], excluded[i] = b.read(from, from+size)
	})
	for i := range excluded {
		b.excluded.Add(&excluded[i])
	}
}

// readAtOnce is how many links of a network are read at once.
const readAtOnce = 1 << 12

// read reads the links of a range of rows.
func (b *builder) read(from, to live.LinkRow) (part []edge[live.EntityRow], excluded live.BearingCounts) {
	part = rowPool.get(int(to - from))
	slots := b.v.SummarySlots()
	for ; from < to && b.meter.Continue(min(readAtOnce, int(to-from))*slots); from += readAtOnce {
		b.v.LinkSummaries(from, min(from+readAtOnce, to), func(f live.LinkSummary) {
			switch {
			case !b.wanted[f.Kind] || !b.keep[f.Source] || !b.keep[f.Target]:
			case b.excludes(&f) && !b.every:
				excluded[f.Bearing]++
			default:
				part = append(part, edgeOf(f))
			}
		})
	}
	return part, excluded
}

// parallel runs f for 0 to n-1, all at once.
func parallel(n int, f func(i int)) {
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { f(i) })
	}
	wait.Wait()
}

// walk reads only what lies around the entities that the scope names.
func (b *builder) walk() error {
	var front []live.EntityRow
	for _, id := range b.around {
		e, err := b.v.Living("view.around", id)
		if err != nil {
			return err
		}
		row, _ := b.v.EntityRow(e.Base().ID())
		if !b.keep[row] {
			b.keep[row] = true
			front = append(front, row)
		}
	}
	e := egoWalk{builder: b, passed: map[live.EntityRow]bool{}, seen: map[live.LinkRow]bool{}}
	for range b.depth {
		front = e.step(front)
	}
	e.boundary(front)
	return nil
}

// egoWalk is a walk outwards from entities. Each link and each entity is judged once.
type egoWalk struct {
	*builder
	passed map[live.EntityRow]bool // whether it passes
	seen   map[live.LinkRow]bool
}

// step takes all links of a front to entities that pass, and gives those of them
// that are new.
func (e *egoWalk) step(front []live.EntityRow) (next []live.EntityRow) {
	for _, row := range front {
		e.v.LinkSummariesOf(row, func(f live.LinkSummary) {
			other := f.Source + f.Target - row
			if !e.wanted[f.Kind] || !e.keep[other] && !e.passes(other) {
				return
			}
			if e.take(f) && !e.keep[other] {
				e.keep[other] = true
				next = append(next, other)
			}
		})
	}
	return next
}

// boundary takes the links between the entities of the last front.
func (e *egoWalk) boundary(front []live.EntityRow) {
	for _, row := range front {
		e.v.LinkSummariesOf(row, func(f live.LinkSummary) {
			if e.wanted[f.Kind] && e.keep[f.Source] && e.keep[f.Target] {
				e.take(f)
			}
		})
	}
}

// take adds a link, if it is not excluded.
func (e *egoWalk) take(f live.LinkSummary) bool {
	if e.excludes(&f) {
		if !e.seen[f.Row] {
			e.excluded[f.Bearing]++
		}
		if e.every {
			e.add(f)
		}
		e.seen[f.Row] = true
		return false
	}
	e.add(f)
	return true
}

func (e *egoWalk) add(f live.LinkSummary) {
	if e.seen[f.Row] {
		return
	}
	e.seen[f.Row] = true
	if len(e.parts) == 0 {
		e.parts = make([][]edge[live.EntityRow], 1)
	}
	e.parts[0] = append(e.parts[0], edgeOf(f))
}

func (e *egoWalk) passes(row live.EntityRow) bool {
	ok, known := e.passed[row]
	if !known {
		any := e.v.EntityAt(row)
		ok = (e.entityKinds == nil || slices.Contains(e.entityKinds, any.Base().Kind())) && (e.where == nil || e.where(any))
		e.passed[row] = ok
	}
	return ok
}
