package live

import (
	"context"
	"iter"

	"github.com/rabta/rabta/graph"
)

// Export is what a view holds as records: the claims that count, and the entities
// and sources as the view sees them. Recorded in an empty store they give the same
// entities and links. What took claims back is left out, as they are; a claim about
// two claims is there when both are.
//
// Of a selection there are the claims of its links, with its Kinds nil those of the
// attributes of its entities too; the entities that it takes or that such claims
// name; and the sources that these rest on.
type Export struct {
	v     *View
	s     Selection
	want  map[KindCode]bool
	pairs []ClaimRow        // kept claims about two claims, each behind those that it is about
	known map[ClaimRow]bool // whether a claim about two claims is kept
	// sources and entities are the rows that are kept; nil keeps what is seen.
	sources  bitset[sourceRow]
	entities bitset[EntityRow]
	rows     int
}

// Export finds out what of the selection is to be exported. The only error is the
// context's.
func (v *View) Export(ctx context.Context, s Selection) (*Export, error) {
	x := &Export{v: v, s: s, want: kindSet(s.Kinds), known: map[ClaimRow]bool{}}
	if s.Kinds != nil || s.EntityKinds != nil {
		x.sources, x.entities = newBitset(v.sizes.sources), newBitset(v.sizes.entities)
	}
	step := newPacer(ctx)
	for r := range v.sizes.claims {
		if step.over() {
			return nil, step.err
		}
		switch {
		case x.isPair(r):
			x.keepsPair(r)
		case x.keeps(r):
			x.rows++
			x.mark(r)
		}
	}
	x.rows += len(x.pairs)
	for _, r := range x.pairs {
		x.mark(r)
	}
	x.markEntities()
	x.markParents()
	for row := range v.sizes.entities {
		if step.over() {
			return nil, step.err
		}
		if x.keepsEntity(row) {
			x.rows++
		}
	}
	for row := range v.sizes.sources {
		if x.keepsSource(row) {
			x.rows++
		}
	}
	return x, ctx.Err()
}

// Len is the number of records.
func (x *Export) Len() int { return x.rows }

// Lines yields the records in canonical form, without line ends: sources, entities,
// claims, those about claims last. A line is good until the next and must not be
// changed. It ends when the context does.
func (x *Export) Lines(ctx context.Context) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		step := newPacer(ctx)
		for row := range x.v.sizes.sources {
			if step.over() {
				return
			}
			if x.keepsSource(row) {
				s := x.v.sourceRecord(row)
				if !yield(graph.Encode(&s)) {
					return
				}
			}
		}
		for row := range x.v.sizes.entities {
			if step.over() {
				return
			}
			if x.keepsEntity(row) {
				e := x.v.entityRecord(row)
				if !yield(graph.Encode(&e)) {
					return
				}
			}
		}
		for r := range x.v.sizes.claims {
			if step.over() || !x.isPair(r) && x.keeps(r) && !yield(x.v.encoded(r)) {
				return
			}
		}
		for _, r := range x.pairs {
			if !yield(x.v.encoded(r)) {
				return
			}
		}
	}
}

func (x *Export) isPair(r ClaimRow) bool {
	return x.v.g.details.at(r).kind.spec().Shape == graph.ShapeClaimPair
}

// keeps reports whether a claim is kept.
func (x *Export) keeps(r ClaimRow) bool {
	if x.isPair(r) {
		return x.keepsPair(r)
	}
	row := x.v.g.claims.at(r)
	if row.link == none { // it takes back what is left out
		return false
	}
	if x.entities != nil {
		l := x.v.g.links.at(row.link)
		attribute := l.target == none
		if attribute && (x.want != nil || !x.s.takes(x.v, l.source)) || !attribute && !x.s.joins(x.v, x.want, l) {
			return false
		}
	}
	return x.v.counts(r)
}

// keepsPair reports whether a claim about two claims is kept, which it is when both
// are: they may be such claims themselves.
func (x *Export) keepsPair(r ClaimRow) bool {
	kept, ok := x.known[r]
	if !ok {
		rest := x.v.g.details.at(r)
		kept = x.v.counts(r) && x.keepsEnd(rest.about) && x.keepsEnd(rest.against)
		x.known[r] = kept
		if kept {
			x.pairs = append(x.pairs, r)
		}
	}
	return kept
}

func (x *Export) keepsEnd(r ClaimRow) bool {
	return x.keeps(x.v.current(x.v.g.details.at(r).first, x.v.sizes.claims))
}

func (x *Export) keepsSource(row sourceRow) bool {
	if x.sources != nil {
		return x.sources.has(row)
	}
	return x.v.sourceExists(row)
}

func (x *Export) keepsEntity(row EntityRow) bool {
	if x.entities != nil {
		return x.entities.has(row)
	}
	return x.v.entityExists(row)
}

// mark keeps what a claim names.
func (x *Export) mark(r ClaimRow) {
	if x.entities == nil {
		return
	}
	row, rest := x.v.g.claims.at(r), x.v.g.details.at(r)
	for _, e := range []EntityRow{rest.subject, rest.speaker, rest.attributor} {
		x.entities.set(e)
	}
	if row.link != none {
		l := x.v.g.links.at(row.link)
		x.entities.set(l.source)
		x.entities.set(l.target)
	}
	x.sources.set(row.source)
	x.sources.set(row.origin)
}

// markEntities keeps the entities that the selection takes, and the sources in which
// names of those that are kept were met.
func (x *Export) markEntities() {
	if x.entities == nil {
		return
	}
	for row := range x.v.sizes.entities {
		if x.want == nil && x.s.takes(x.v, row) && x.v.entityExists(row) {
			x.entities.set(row)
		}
		if !x.entities.has(row) {
			continue
		}
		for _, n := range x.v.visibleEntity(row).Names {
			if source, ok := x.v.sourceRow(n.Source); ok {
				x.sources.set(source)
			}
		}
	}
}

// markParents keeps all that the sources that are kept derive from.
func (x *Export) markParents() {
	if x.sources == nil {
		return
	}
	var open []sourceRow
	for row := range x.v.sizes.sources {
		if x.sources.has(row) {
			open = append(open, row)
		}
	}
	for len(open) > 0 {
		row := open[len(open)-1]
		open = open[:len(open)-1]
		for _, parent := range x.v.parents(row) {
			if !x.sources.has(parent) {
				x.sources.set(parent)
				open = append(open, parent)
			}
		}
	}
}

// bitset is a set of rows, a bit each.
type bitset[R ~uint32] []uint64

func newBitset[R ~uint32](rows R) bitset[R] { return make(bitset[R], rows/64+1) }

func (m bitset[R]) set(row R) {
	if row != none {
		m[row/64] |= 1 << (row % 64)
	}
}

func (m bitset[R]) has(row R) bool { return m[row/64]&(1<<(row%64)) != 0 }

// sourceRecord is a source without what it derives from that the reader may not
// see.
func (v *View) sourceRecord(row sourceRow) graph.Source {
	s := *v.sourceVersion(row).merged
	s.Marking = inForce(s.Marking, v.sourceLevel(row))
	s.DerivedFrom = nil
	for _, parent := range v.parents(row) {
		s.DerivedFrom = append(s.DerivedFrom, v.g.sources.at(parent).id)
	}
	return s
}

// entityRecord is an entity without spellings from sources that the reader may not
// see.
func (v *View) entityRecord(row EntityRow) graph.Entity {
	e := *v.visibleEntity(row)
	e.Marking = inForce(e.Marking, v.entityLevel(row))
	if len(e.Names) == 0 {
		e.Names = []graph.Name{{Value: string(e.ID), Primary: true}}
	}
	return e
}

// inForce is the marking of a record, or that which was given to it since.
func inForce(m graph.Marking, own level) graph.Marking {
	if levelOf(m) == own {
		return m
	}
	return graph.Markings[own]
}
