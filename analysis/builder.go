package analysis

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/rabta/rabta/algo"
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

// NewNetwork makes the network of a part of a view. Around with an id that is not
// there is a graph.ErrNotFound.
func NewNetwork(v *live.View, s Scope) (*Network, error) {
	b := builder{v: v, scope: s, wanted: wantedKinds(s), keep: make([]bool, v.EntityRows())}
	if len(s.Around) > 0 {
		if err := b.walk(); err != nil {
			return nil, err
		}
	} else {
		b.all()
	}
	n := &Network{view: v, excluded: b.excluded}
	n.fill(b.parts, n.number(b.keep, b.parts))
	for _, part := range b.parts {
		rowPool.put(part)
	}
	return n, nil
}

// edge is a link that a network takes; its ends are rows, or nodes once there are any.
type edge[End live.EntityRow | algo.Node] struct {
	source, target    End
	row               live.LinkRow
	kind, credibility uint8
}

func edgeOf(f live.LinkSummary) edge[live.EntityRow] {
	return edge[live.EntityRow]{f.Source, f.Target, f.Row, uint8(f.Kind), f.Credibility}
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
	v        *live.View
	scope    Scope
	wanted   []bool // by kind of link
	keep     []bool // by row of entity
	parts    [][]edge[live.EntityRow]
	excluded int // links, see Scope.excludes
}

func wantedKinds(s Scope) []bool {
	vocabulary := graph.Predicates()
	wanted := make([]bool, len(vocabulary))
	for i, p := range vocabulary {
		wanted[i] = p.IsLink() && (s.Kinds == nil || slices.Contains(s.Kinds, p.Name))
	}
	return wanted
}

// excludes reports whether a link is no evidence of conduct, and such are not asked
// for.
func (s *Scope) excludes(f *live.LinkSummary) bool {
	return !s.IncludeNonImplicative && !predicates[f.Kind].Bearing.Implicative()
}

// all reads the whole view, the links in ranges on all processors, in the order in which
// the reader saw them recorded.
func (b *builder) all() {
	for row := range b.v.EntityRowsOf(b.scope.EntityKinds...) {
		b.keep[row] = b.scope.Where == nil || b.scope.Where(b.v.EntityAt(row))
	}
	workers := runtime.GOMAXPROCS(0)
	excluded := make([]int, workers)
	b.parts = make([][]edge[live.EntityRow], workers)
	size := b.v.LinkRows()/live.LinkRow(workers) + 1
	parallel(workers, func(i int) {
		from := live.LinkRow(i) * size
		part, out := rowPool.get(int(size)), 0
		b.v.LinkSummaries(from, from+size, func(f live.LinkSummary) {
			switch {
			case !b.wanted[f.Kind] || !b.keep[f.Source] || !b.keep[f.Target]:
			case b.scope.excludes(&f):
				out++
			default:
				part = append(part, edgeOf(f))
			}
		})
		b.parts[i], excluded[i] = part, out
	})
	for _, count := range excluded {
		b.excluded += count
	}
	b.order()
}

// order puts links in the order of recording that the reader may know of; for most
// readers they are in it already.
func (b *builder) order() {
	if b.v.SeesAll() {
		return
	}
	list := slices.Concat(b.parts...)
	slices.SortFunc(list, func(x, y edge[live.EntityRow]) int {
		return cmp.Compare(b.v.LinkOrderOf(x.row), b.v.LinkOrderOf(y.row))
	})
	b.parts = [][]edge[live.EntityRow]{list}
}

// parallel runs f for 0 to n-1, all at once.
func parallel(n int, f func(i int)) {
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { f(i) })
	}
	wait.Wait()
}
