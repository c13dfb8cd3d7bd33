package analysis

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Scope says which part of a view a network takes. The zero Scope takes every
// entity and all links that may be evidence of conduct.
type Scope struct {
	// EntityKinds and Kinds are the kinds of entities and links; nil is all.
	EntityKinds []graph.EntityKind
	Kinds       []graph.Predicate
	// Where keeps entities; nil keeps all.
	Where func(live.Entity) bool
	// Around and Depth keep what lies within some steps of these entities, which are
	// kept themselves whatever EntityKinds and Where say.
	Around []graph.ID
	Depth  int
	// IncludeNonImplicative takes kinship, attendance and the like too.
	IncludeNonImplicative bool
}

// Project makes the network of a part of a view. Around with an id that is not
// there is a graph.ErrNotFound.
func Project(v *live.View, s Scope) (*Network, error) {
	p := projection{v: v, scope: s, wanted: wantedKinds(s), keep: make([]bool, v.EntityRows())}
	if len(s.Around) > 0 {
		if err := p.walk(); err != nil {
			return nil, err
		}
	} else {
		p.all()
	}
	n := &Network{view: v, guarded: p.guarded}
	n.fill(p.parts, n.number(p.keep, p.parts))
	for _, part := range p.parts {
		giveBack(part)
	}
	return n, nil
}

// tied is a link that a projection takes.
type tied struct {
	source, target    uint32 // entity rows, or nodes once there are any
	row               live.LinkRow
	from, to          uint16
	kind, credibility uint8
}

func tiedBy(f live.LinkSummary) tied {
	return tied{uint32(f.Source), uint32(f.Target), f.Row, shortDay(f.Times.Earliest), shortDay(f.Times.Latest), uint8(f.Kind), f.Credibility}
}

// spare keeps lists of links for the next projection.
var spare = sync.Pool{New: func() any { return new([]tied) }}

// borrow is an empty list with room for size links.
func borrow(size int) []tied {
	list := *spare.Get().(*[]tied)
	if cap(list) < size {
		list = make([]tied, 0, size)
	}
	return list[:0]
}

func giveBack(list []tied) { spare.Put(&list) }

// projection gathers what a scope takes.
type projection struct {
	v       *live.View
	scope   Scope
	wanted  []bool // by kind of link
	keep    []bool // by row of entity
	parts   [][]tied
	guarded int
}

func wantedKinds(s Scope) []bool {
	vocabulary := graph.Predicates()
	wanted := make([]bool, len(vocabulary))
	for i, p := range vocabulary {
		wanted[i] = p.IsLink() && (s.Kinds == nil || slices.Contains(s.Kinds, p.Name))
	}
	return wanted
}

// bars reports whether a link is no evidence of conduct, and such are not asked
// for.
func (s *Scope) bars(f *live.LinkSummary) bool {
	return !s.IncludeNonImplicative && !predicates[f.Kind].Bearing.Implicative()
}

// all reads the whole view, the links in ranges side by side, in the order in which
// the reader saw them recorded.
func (p *projection) all() {
	for row := range p.v.EntityRowsOf(p.scope.EntityKinds...) {
		p.keep[row] = p.scope.Where == nil || p.scope.Where(p.v.EntityAt(row))
	}
	workers := runtime.GOMAXPROCS(0)
	guarded := make([]int, workers)
	p.parts = make([][]tied, workers)
	size := p.v.LinkRows()/live.LinkRow(workers) + 1
	sideBySide(workers, func(i int) {
		from := live.LinkRow(i) * size
		part, barred := borrow(int(size)), 0
		p.v.LinkSummaries(from, from+size, func(f live.LinkSummary) {
			switch {
			case !p.wanted[f.Kind] || !p.keep[f.Source] || !p.keep[f.Target]:
			case p.scope.bars(&f):
				barred++
			default:
				part = append(part, tiedBy(f))
			}
		})
		p.parts[i], guarded[i] = part, barred
	})
	for _, g := range guarded {
		p.guarded += g
	}
	p.order()
}

// order puts links in the order of recording that the reader may know of; for most
// readers they are in it already.
func (p *projection) order() {
	if p.v.SeesAll() {
		return
	}
	list := slices.Concat(p.parts...)
	slices.SortFunc(list, func(a, b tied) int { return cmp.Compare(p.v.LinkOrderOf(a.row), p.v.LinkOrderOf(b.row)) })
	p.parts = [][]tied{list}
}

// sideBySide runs f for 0 to n-1 side by side.
func sideBySide(n int, f func(i int)) {
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { f(i) })
	}
	wait.Wait()
}

// walk reads only what lies around the entities that the scope names.
func (p *projection) walk() error {
	var front []live.EntityRow
	for _, id := range p.scope.Around {
		row, ok := p.v.EntityRow(id)
		if !ok {
			return graph.NotFound("view.around", id)
		}
		if !p.keep[row] {
			p.keep[row] = true
			front = append(front, row)
		}
	}
	e := ego{projection: p, judged: map[live.EntityRow]bool{}, seen: map[live.LinkRow]bool{}}
	for range p.scope.Depth {
		front = e.step(front)
	}
	e.rim(front)
	p.order()
	return nil
}

// ego is a walk outwards from entities. Each link and each entity is judged once.
type ego struct {
	*projection
	judged map[live.EntityRow]bool // whether it passes
	seen   map[live.LinkRow]bool
}

// step takes all links of a front to entities that pass, and gives those of them
// that are new.
func (e *ego) step(front []live.EntityRow) (next []live.EntityRow) {
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

// rim takes the links between the entities of the last front.
func (e *ego) rim(front []live.EntityRow) {
	for _, row := range front {
		e.v.LinkSummariesOf(row, func(f live.LinkSummary) {
			if e.wanted[f.Kind] && e.keep[f.Source] && e.keep[f.Target] {
				e.take(f)
			}
		})
	}
}

// take adds a link, if it is not barred.
func (e *ego) take(f live.LinkSummary) bool {
	if e.scope.bars(&f) {
		if !e.seen[f.Row] {
			e.guarded++
		}
		e.seen[f.Row] = true
		return false
	}
	if !e.seen[f.Row] {
		e.seen[f.Row] = true
		if len(e.parts) == 0 {
			e.parts = make([][]tied, 1)
		}
		e.parts[0] = append(e.parts[0], tiedBy(f))
	}
	return true
}

func (e *ego) passes(row live.EntityRow) bool {
	ok, known := e.judged[row]
	if !known {
		any := e.v.EntityAt(row)
		ok = (e.scope.EntityKinds == nil || slices.Contains(e.scope.EntityKinds, any.Base().Kind())) && (e.scope.Where == nil || e.scope.Where(any))
		e.judged[row] = ok
	}
	return ok
}
