package analysis

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// Combination is a second view, and what is taken of the two.
type Combination struct {
	How live.SetOperation
	// With is the second view. What it leaves open is as in the first; how links are read is
	// not its to say.
	With ViewInput
}

// MaxCombined is how many views may be combined with a first one.
const MaxCombined = 4

// checkCombination reports what of the input two views cannot be combined with.
func (r *ViewInput) checkCombination() error {
	path, depth := "view", 0
	for c := r.Combine; c != nil; c = c.With.Combine {
		path += ".combine"
		if depth++; depth > MaxCombined {
			return graph.Invalid("TOO_DEEP", path, fmt.Sprintf("a view is combined with at most %d others", MaxCombined),
				"combine fewer, or ask for some of them apart")
		}
		path += ".with"
	}
	return nil
}

// second is the view that the input is combined with.
func (r *ViewInput) second() *ViewInput {
	w := r.Combine.With
	if w.Lens == nil {
		w.Lens = r.Lens
	}
	if w.Around == nil {
		w.Around = r.Around
	}
	if w.Depth == nil {
		w.Depth = r.Depth
	}
	if w.Where == nil {
		w.Where = r.Where
	}
	if w.EntityKinds == nil {
		w.EntityKinds = r.EntityKinds
	}
	if w.Kinds == nil {
		w.Kinds = r.Kinds
	}
	if w.Bearings == nil {
		w.Bearings = r.Bearings
	}
	return &w
}

// eachLens is the input with other lenses, in the views that it is combined with too.
func (r *ViewInput) eachLens(other func(graph.Lens) graph.Lens) *ViewInput {
	changed := *r.orEverything()
	if changed.Lens == nil {
		changed.Lens = &graph.Lens{}
	}
	lens := other(*changed.Lens)
	changed.Lens = &lens
	if changed.Combine != nil {
		with := changed.Combine.With
		if with.Lens != nil || with.Combine != nil {
			if with.Lens == nil {
				with.Lens = r.Lens
			}
			with = *with.eachLens(other)
		}
		changed.Combine = &Combination{changed.Combine.How, with}
	}
	return &changed
}

// less is the input without a source.
func (r *ViewInput) less(source graph.ID) *ViewInput {
	return r.eachLens(func(lens graph.Lens) graph.Lens {
		lens.WithoutSources = append(slices.Clone(lens.WithoutSources), source)
		return lens
	})
}

// Views are those of which the links of the input are read, the first one first.
func (r *ViewInput) Views(reader *live.Reader) ([]*live.View, error) {
	v, err := reader.View(r.orEverything().Lens)
	if err != nil {
		return nil, err
	}
	out := []*live.View{v}
	for r = r.orEverything(); r.Combine != nil && r.Combine.How == live.Union; {
		r = r.second()
		second, err := v.WithSameEntities(r.Lens)
		if err != nil {
			return nil, graph.Renamed(err, inSecond)
		}
		out = append(out, second)
	}
	return out, nil
}

// inSecond is the path of what is wrong with the view that another is combined with.
func inSecond(path string) string {
	if len(path) > 5 && path[:5] == "view." {
		path = path[5:]
	}
	return "view.combine.with." + path
}

// combiner takes views together. Who is one is as the first view holds it, so that what several
// views show has the same ids in all of them.
//
//	view 1   e --- f        entities   0: e of view 1   1: f of view 1   2: g of view 2
//	view 2   e --- g        links      0: e --- f of view 1             1: e --- g of view 2
//
// Entities and links have rows of their own, numbered as they come: in a network of several
// views these stand where in one of a single view its rows stand.
type combiner struct {
	*combination
	meter *work.Meter
	byID  map[graph.ID]live.EntityRow
	kept  []bool // by row: whether a view takes the entity, and not a link of it alone
}

// combination is the entities and links of several views.
type combination struct {
	views    []*live.View
	read     []bool             // by view: whether links are read as it reads them
	rows     [][]live.EntityRow // by view and its row: one more than the row here; 0 is none
	entities []entityIn         // by row
	in       [][]live.EntityRow // by view and row here: one more than the view's row; 0 is none
	links    []linkIn           // by row
	order    []live.ClaimRow    // by row of a link
}

type entityIn struct {
	view int
	row  live.EntityRow
}

// linkIn is a link as a view shows it, and how it is in two views.
type linkIn struct {
	linkOf
	in     live.CombinedIn
	second linkOf // with InBoth
}

type linkOf struct {
	view int
	row  live.LinkRow
}

// taking is what is taken of a view, or of several.
type taking struct {
	keep  map[live.EntityRow]bool
	links []takenLink
}

// takenLink is a link with its ends in rows of the combination.
type takenLink struct {
	edge[live.EntityRow]
	key    takenKey
	is     linkIn
	wanted bool // it has a bearing that was asked for
}

// takenKey is what the id of a link is a hash of.
type takenKey struct {
	kind           uint8
	source, target live.EntityRow
	discriminator  string
}

// combined makes the network of an input that combines views; v is the first.
func combined(v *live.View, r *ViewInput, m *work.Meter) (*Network, error) {
	if err := r.checkCombination(); err != nil {
		return nil, err
	}
	c := &combiner{combination: new(combination), meter: m.Aside(), byID: map[graph.ID]live.EntityRow{}}
	t, err := c.take(v, r, true)
	if err != nil {
		return nil, err
	}
	keep := make([]bool, len(c.entities))
	for row := range t.keep {
		keep[row] = true
	}
	n := &Network{view: c.combination, void: new(onNoDay)}
	var edges []edge[live.EntityRow]
	for _, l := range t.links {
		if !l.wanted {
			n.excluded[l.bearing]++
			continue
		}
		l.edge.row = live.LinkRow(len(c.links))
		c.links = append(c.links, l.is)
		edges = append(edges, l.edge)
	}
	c.finish()
	parts := [][]edge[live.EntityRow]{edges}
	n.fill(parts, n.number(keep, parts))
	return n, nil
}

// take takes what an input names of a view, and of those that it is combined with.
func (c *combiner) take(v *live.View, r *ViewInput, read bool) (*taking, error) {
	s, err := r.scope(v, c.meter)
	if err != nil {
		return nil, err
	}
	s.every = true
	b, err := gather(v, s, c.meter)
	if err != nil {
		return nil, err
	}
	t, err := c.number(v, b, read)
	if err != nil || r.Combine == nil {
		return t, err
	}
	w := r.second()
	second, err := c.views[0].WithSameEntities(w.Lens)
	if err != nil {
		return nil, graph.Renamed(err, inSecond)
	}
	other, err := c.take(second, w, read && r.Combine.How == live.Union)
	if err != nil {
		return nil, graph.Renamed(err, inSecond)
	}
	return c.combine(t, other, r.Combine.How)
}

// combineSlots is what it costs to look a link up among those of another view.
const combineSlots = indexSlots

// number gives what was gathered of a view rows of the combination.
func (c *combiner) number(v *live.View, b *builder, read bool) (*taking, error) {
	at := len(c.views)
	c.views, c.read = append(c.views, v), append(c.read, read)
	c.rows, c.in = append(c.rows, make([]live.EntityRow, len(b.keep))), append(c.in, nil)
	t := &taking{keep: map[live.EntityRow]bool{}}
	for row, kept := range b.keep {
		if kept {
			here := c.numberOne(at, live.EntityRow(row))
			t.keep[here] = true
			if !c.kept[here] {
				c.kept[here], c.entities[here] = true, entityIn{at, live.EntityRow(row)}
			}
		}
	}
	for _, part := range b.parts {
		if !c.meter.Continue(combineSlots * len(part)) {
			return nil, c.meter.Err()
		}
		for _, e := range part {
			l := takenLink{edge: e, is: linkIn{linkOf: linkOf{at, e.row}}, wanted: b.bearings.HasCode(e.bearing)}
			l.source, l.target = c.numberOne(at, e.source), c.numberOne(at, e.target)
			l.key = takenKey{e.kind, l.source, l.target, v.DiscriminatorAt(e.row)}
			t.links = append(t.links, l)
		}
		rowPool.put(part)
	}
	return t, nil
}

// numberOne is the row of an entity of a view.
func (c *combiner) numberOne(view int, row live.EntityRow) live.EntityRow {
	if here := c.rows[view][row]; here != 0 {
		return here - 1
	}
	id := c.views[view].EntityAt(row).Base().ID()
	here, known := c.byID[id]
	if !known {
		here = live.EntityRow(len(c.entities))
		c.byID[id] = here
		c.entities, c.kept = append(c.entities, entityIn{view, row}), append(c.kept, false)
	}
	c.rows[view][row] = here + 1
	for len(c.in[view]) <= int(here) {
		c.in[view] = append(c.in[view], 0)
	}
	c.in[view][here] = row + 1
	return here
}

// combine takes of two what an operation does. Links of bearings that were not asked for are
// taken so too, to be counted.
func (c *combiner) combine(a, b *taking, how live.SetOperation) (*taking, error) {
	if !c.meter.Continue(combineSlots * (len(a.links) + len(b.links))) {
		return nil, c.meter.Err()
	}
	at := make(map[takenKey]int, len(b.links))
	for i := range b.links {
		at[b.links[i].key] = i
	}
	out := &taking{keep: map[live.EntityRow]bool{}}
	both := make([]bool, len(b.links))
	for i := range a.links {
		var other *takenLink
		if j, ok := at[a.links[i].key]; ok {
			other, both[j] = &b.links[j], true
		}
		out.add(&a.links[i], other, how)
	}
	for j := range b.links {
		if !both[j] {
			out.add(nil, &b.links[j], how)
		}
	}
	for row := range a.keep {
		if how.Takes(true, b.keep[row]) {
			out.keep[row] = true
		}
	}
	for row := range b.keep {
		if !a.keep[row] && how.Takes(false, true) {
			out.keep[row] = true
		}
	}
	return out, nil
}

// add adds a link of two views, of which one may have none.
func (t *taking) add(first, second *takenLink, how live.SetOperation) {
	inFirst, inSecond := first != nil && first.wanted, second != nil && second.wanted
	wanted := how.Takes(inFirst, inSecond)
	if !wanted && !how.Takes(first != nil, second != nil) {
		return
	}
	var l takenLink
	switch {
	case inFirst && inSecond:
		l = *first
		l.is.in, l.is.second = live.InBoth, second.is.linkOf
	case inFirst || first != nil && !inSecond:
		l = *first
		l.is.in = live.InFirst
	default:
		l = *second
		l.is.in = live.InSecond
	}
	if l.wanted = wanted; wanted {
		t.keep[l.source], t.keep[l.target] = true, true
	}
	t.links = append(t.links, l)
}

// finish puts the links in order: those of the first view as they were recorded, then those of
// the next.
func (c *combination) finish() {
	rows := make([]live.LinkRow, len(c.links))
	for i := range rows {
		rows[i] = live.LinkRow(i)
	}
	slices.SortFunc(rows, func(x, y live.LinkRow) int {
		a, b := c.links[x].linkOf, c.links[y].linkOf
		return cmp.Or(cmp.Compare(a.view, b.view),
			cmp.Compare(c.views[a.view].LinkOrderOf(a.row), c.views[b.view].LinkOrderOf(b.row)), cmp.Compare(x, y))
	})
	c.order = make([]live.ClaimRow, len(rows))
	for i, row := range rows {
		c.order[row] = live.ClaimRow(i)
	}
}

// bytes is the memory that it takes.
func (c *combination) bytes() (n int) {
	for view := range c.views {
		n += 4 * (len(c.rows[view]) + len(c.in[view]))
	}
	return n + 16*len(c.entities) + 68*len(c.links)
}

// EntityAt is the entity of a row, of the first view that has it.
func (c *combination) EntityAt(row live.EntityRow) live.Entity {
	e := c.entities[row]
	return c.views[e.view].EntityAt(e.row)
}

// KindAt is the kind of the entity of a row.
func (c *combination) KindAt(row live.EntityRow) graph.EntityKind {
	e := c.entities[row]
	return c.views[e.view].KindAt(e.row)
}

// EntityRow is the row of an entity.
func (c *combination) EntityRow(id graph.ID) (live.EntityRow, bool) {
	for i, v := range c.views {
		if row, ok := v.EntityRow(id); ok && c.rows[i][row] != 0 {
			return c.rows[i][row] - 1, true
		}
	}
	return 0, false
}

// EntityRowsOf yields the rows of the entities of some kinds.
func (c *combination) EntityRowsOf(kinds ...graph.EntityKind) iter.Seq[live.EntityRow] {
	return func(yield func(live.EntityRow) bool) {
		for row := range live.EntityRow(len(c.entities)) {
			if slices.Contains(kinds, c.KindAt(row)) && !yield(row) {
				return
			}
		}
	}
}

// IsVital reports whether some claim may say when an entity began or ended.
func (c *combination) IsVital(row live.EntityRow) bool {
	return c.anyIn(row, (*live.View).IsVital)
}

// anyIn reports whether something is so of an entity in a view by which links are read.
func (c *combination) anyIn(row live.EntityRow, is func(*live.View, live.EntityRow) bool) (any bool) {
	c.eachIn(row, func(v *live.View, row live.EntityRow, _ int) { any = any || is(v, row) })
	return any
}

func (c *combination) eachIn(row live.EntityRow, f func(v *live.View, row live.EntityRow, view int)) {
	for i, in := range c.in {
		if c.read[i] && int(row) < len(in) && in[row] != 0 {
			f(c.views[i], in[row]-1, i)
		}
	}
}

// HasParties reports whether somebody may be a party to an incident.
func (c *combination) HasParties() bool { return slices.ContainsFunc(c.views, (*live.View).HasParties) }

// CampsOf are the camps of those who are parties to an incident, in whichever view.
func (c *combination) CampsOf(incident live.EntityRow) map[live.EntityRow]graph.Camps {
	out := map[live.EntityRow]graph.Camps{}
	c.eachIn(incident, func(v *live.View, row live.EntityRow, view int) {
		for e, camps := range v.CampsOf(row) {
			if c.rows[view][e] != 0 {
				out[c.rows[view][e]-1] |= camps
			}
		}
	})
	return out
}

// LinkAt is the link of a row, which says in which views it is.
func (c *combination) LinkAt(row live.LinkRow) *live.Link {
	l := &c.links[row]
	return c.views[l.view].LinkAt(l.row).AsCombined(l.in, c.views[l.second.view], l.second.row)
}

// LinkOrderOf says where a link comes.
func (c *combination) LinkOrderOf(row live.LinkRow) live.ClaimRow { return c.order[row] }

// JoinsOn are the days on which a path may go by a link.
func (c *combination) JoinsOn(row live.LinkRow) interval.Days {
	l := &c.links[row]
	return c.views[l.view].JoinsOn(l.row)
}

// OnNoDay reports whether lives leave nothing of a link's times.
func (c *combination) OnNoDay(row live.LinkRow) bool {
	l := &c.links[row]
	return c.views[l.view].OnNoDay(l.row)
}

// Layer is that of a tie between associates.
func (c *combination) Layer(row live.LinkRow) string {
	l := &c.links[row]
	return c.views[l.view].Layer(l.row)
}

// Source finds a source.
func (c *combination) Source(id graph.ID) (*live.Source, bool) {
	for _, v := range c.views {
		if s, ok := v.Source(id); ok {
			return s, true
		}
	}
	return nil, false
}

// Living is the entity of an id, which is an error where no view has it.
func (c *combination) Living(path string, id graph.ID) (live.Entity, error) {
	e, err := c.views[0].Living(path, id)
	for _, v := range c.views[1:] {
		if err == nil {
			break
		}
		if other, told := v.Living(path, id); told == nil {
			e, err = other, nil
		}
	}
	return e, err
}

// Sequence is the last commit that a view sees.
func (c *combination) Sequence() graph.Sequence {
	last := graph.Sequence(0)
	for _, v := range c.views {
		last = max(last, v.Sequence())
	}
	return last
}
