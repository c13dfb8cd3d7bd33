package analysis

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// toldOf is a view, or several taken together, by definition.
type toldOf struct {
	Nodes    map[graph.ID]string // under which lens each is read
	Links    map[graph.ID]linkTold
	Excluded int
	Ties     map[[2]graph.ID]float64
	Order    []graph.ID

	barred map[graph.ID]bool
	links  map[graph.ID]*live.Link
}

type linkTold struct {
	Said   string
	In     live.CombinedIn
	Second string // how the second reads it
}

func readingOf(t *testing.T, l *live.Link) string {
	t.Helper()
	if l == nil {
		return ""
	}
	return fmt.Sprint(l.ID(), l.SourceID(), l.TargetID(), l.Status(), l.Hedge(), l.Credibility(), edtf(l.ValidFrom()), claimsOf(t, l))
}

func lensOf(v *live.View) string { return fmt.Sprintf("%+v", *ptr(v.Lens())) }

// tell reads a view with all that it is combined with.
func tell(t *testing.T, first, v *live.View, q *ViewInput) toldOf {
	t.Helper()
	steps := *q
	steps.Depth = either(q.Depth, ptr(1))
	steps.Around = slices.Clone(q.Around)
	for i, id := range q.Around {
		e, _ := v.Entity(id)
		steps.Around[i] = e.Base().ID()
	}
	of := partOf(v, &steps)
	out := toldOf{
		Nodes: map[graph.ID]string{}, Links: map[graph.ID]linkTold{}, barred: of.barred, links: map[graph.ID]*live.Link{},
	}
	for _, id := range of.Nodes {
		out.Nodes[id] = lensOf(v)
	}
	for l := range v.Links() {
		if slices.Contains(of.Links, l.ID()) {
			out.Links[l.ID()] = linkTold{Said: readingOf(t, l)}
			out.links[l.ID()], out.Order = l, append(out.Order, l.ID())
		}
	}
	if q.Combine == nil {
		return out
	}
	w := q.Combine.With
	w.Lens, w.Around, w.Where = either(w.Lens, q.Lens), eitherList(w.Around, q.Around), either(w.Where, q.Where)
	w.Kinds, w.Bearings = eitherList(w.Kinds, q.Kinds), eitherList(w.Bearings, q.Bearings)
	w.EntityKinds, w.Depth = eitherList(w.EntityKinds, q.EntityKinds), either(w.Depth, q.Depth)
	other := tell(t, first, must(first.WithSameEntities(w.Lens)), &w)
	return out.with(q.Combine.How, other)
}

func either[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

func eitherList[T any](a, b []T) []T {
	if a != nil {
		return a
	}
	return b
}

func (a toldOf) with(how live.SetOperation, b toldOf) toldOf {
	out := toldOf{
		Nodes: map[graph.ID]string{}, Links: map[graph.ID]linkTold{}, barred: map[graph.ID]bool{}, links: map[graph.ID]*live.Link{},
	}
	takes := map[live.SetOperation]func(a, b bool) bool{
		live.Union:        func(a, b bool) bool { return a || b },
		live.Intersection: func(a, b bool) bool { return a && b },
		live.Difference:   func(a, b bool) bool { return a && !b },
	}[how]
	for _, id := range slices.Concat(a.Order, b.Order) {
		x, inA := a.Links[id]
		y, inB := b.Links[id]
		if !takes(inA, inB) || out.links[id] != nil {
			continue
		}
		out.Order = append(out.Order, id)
		switch {
		case inA && inB:
			out.Links[id], out.links[id] = linkTold{x.Said, live.InBoth, y.Said}, a.links[id]
		case inA:
			out.Links[id], out.links[id] = linkTold{x.Said, live.InFirst, ""}, a.links[id]
		default:
			out.Links[id], out.links[id] = linkTold{y.Said, live.InSecond, ""}, b.links[id]
		}
	}
	for _, x := range []toldOf{b, a} {
		for id, lens := range x.Nodes {
			_, inA := a.Nodes[id]
			_, inB := b.Nodes[id]
			ends := slices.ContainsFunc(out.Order, func(l graph.ID) bool {
				return out.links[l].SourceID() == id || out.links[l].TargetID() == id
			})
			if takes(inA, inB) || ends {
				out.Nodes[id] = lens
			}
		}
	}
	for _, x := range []toldOf{a, b} {
		for id := range x.barred {
			has := func(y toldOf) bool { _, ok := y.Links[id]; return ok || y.barred[id] }
			if _, there := out.Links[id]; takes(has(a), has(b)) && !there {
				out.barred[id] = true
			}
		}
	}
	return out
}

// told is what a network says of itself.
func (n *Network) told(t *testing.T) toldOf {
	t.Helper()
	out := toldOf{Nodes: map[graph.ID]string{}, Links: map[graph.ID]linkTold{}, Ties: read(n, must(n.whole().Graph(nil)))}
	for v := range algo.Node(n.Len()) {
		out.Nodes[n.ID(v)] = lensOf(n.Entity(v).Base().View())
	}
	for _, l := range must(n.Subgraph(live.MaxNodes, nil)).Links {
		c := l.Combined()
		out.Links[l.ID()] = linkTold{readingOf(t, l), c.In, readingOf(t, c.Second())}
		out.Order = append(out.Order, l.ID())
	}
	for _, x := range n.Excluded() {
		out.Excluded += x.Links
	}
	return out
}

// drawCombined draws a view of several, of reports or of a society.
func drawCombined(t *testing.T, r *rand.Rand) (*live.Reader, *ViewInput) {
	t.Helper()
	b := reports(r)
	if r.IntN(2) == 0 {
		b = society(r)
		giveDates(r, &b)
	}
	reader := readerOf(t, b)
	draw := func() *ViewInput {
		q := drawRequest(r)
		if !slices.ContainsFunc(b.Entities, func(e graph.Entity) bool { return e.ID == "i4" }) && q.Around != nil {
			q.Around = []graph.ID{"g1"}
		}
		if q.Around == nil {
			q.Depth = nil
		}
		if r.IntN(3) > 0 {
			q.Kinds, q.EntityKinds = nil, nil
		}
		if r.IntN(4) > 0 {
			q.Lens = drawSomeLens(r)
		}
		return q
	}
	q := draw()
	q.Combine = &Combination{How: drawHow(r), With: *draw()}
	if r.IntN(3) == 0 {
		q.Combine.With.Combine = &Combination{How: drawHow(r), With: *draw()}
	}
	return reader, q
}

// combineSome combines a view with another under a lens that names no source, or leaves it as it is.
func combineSome(r *rand.Rand, q *ViewInput) {
	if r.IntN(2) == 0 {
		return
	}
	lens := drawSomeLens(r)
	lens.WithoutSources = nil
	q.Combine = &Combination{How: drawHow(r), With: ViewInput{Lens: lens}}
}

func drawHow(r *rand.Rand) live.SetOperation {
	return []live.SetOperation{live.Union, live.Intersection, live.Difference}[r.IntN(3)]
}

func drawSomeLens(r *rand.Rand) *graph.Lens {
	lens := &graph.Lens{}
	if r.IntN(2) == 0 {
		lens.WithoutSources = [][]graph.ID{{"s_a"}, {"s_b"}, {"s_a", "s_c"}}[r.IntN(3)]
	}
	if r.IntN(3) == 0 {
		lens.MinCredibility = ptr(2 + r.IntN(3))
	}
	if r.IntN(3) == 0 {
		lens.AsOf = ptr(must(graph.ParseDay([]string{"2001-05-05", "2005-01-01", "2010-10-10"}[r.IntN(3)])))
	}
	return lens
}

// TestCombinedIsNaive: of two views there is what they are said to have, as read by whom it is said to be.
func TestCombinedIsNaive(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(181, 182))
	counts := map[string]int{}
	for range 900 {
		reader, q := drawCombined(t, r)
		v := must(reader.View(q.Lens))
		want := tell(t, v, v, q)
		want.Excluded, want.Ties = len(want.barred), map[[2]graph.ID]float64{}
		for _, l := range want.links {
			a, b, w := l.SourceID(), l.TargetID(), q.strength(l)
			symmetric := l.Kind().Spec().Symmetric
			if symmetric || q.direction() != algo.Backward {
				want.Ties[[2]graph.ID{a, b}] += w
			}
			if symmetric || q.direction() != algo.Forward {
				want.Ties[[2]graph.ID{b, a}] += w
			}
		}
		got := must(q.Open(reader, nil, nil)).told(t)
		d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(toldOf{}), cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty())
		if d != "" {
			t.Fatalf("%+v %+v: %s", q, q.Combine, d)
		}
		for _, l := range got.Links {
			counts[string(l.In)]++
			if l.Second != "" && l.Second != l.Said {
				counts["told otherwise"]++
			}
		}
		counts["excluded"] += got.Excluded
		if !judgesAlike(v, must(reader.View(q.second().Lens))) {
			counts["others are one"]++
		}
	}
	for _, what := range []string{"FIRST", "SECOND", "BOTH", "told otherwise", "excluded", "others are one"} {
		if counts[what] < 40 {
			t.Errorf("%d of %s: the test says little", counts[what], what)
		}
	}
}

// judgesAlike reports whether the same entities are one under two lenses.
func judgesAlike(a, b *live.View) bool {
	same := func(v *live.View) (out [][]graph.ID) {
		for e := range v.Entities() {
			out = append(out, e.Base().SameIDs())
		}
		return out
	}
	return cmp.Equal(same(a), same(b))
}

// combinedWith is a view together with another.
func (r *ViewInput) combinedWith(how live.SetOperation, other ViewInput) *ViewInput {
	with := *r
	with.Combine = &Combination{how, other}
	return &with
}

// TestLawsOfSets: whatever is asked of a view, of two views taken together so that they come to the same
// it is answered alike. What a view has is what it has without another and what it has with it.
func TestLawsOfSets(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(183, 184))
	links := 0
	for range raced.Few(25) {
		reader, q := drawCombined(t, r)
		b := q.Combine.With
		b.Combine, q.Combine = nil, nil
		here := func(how live.SetOperation) ViewInput { return ViewInput{Combine: &Combination{how, b}} }
		and := q.combinedWith(live.Intersection, b)
		for name, pair := range map[string][2]*ViewInput{
			"A or A":          {q, q.combinedWith(live.Union, ViewInput{})},
			"A and A":         {q, q.combinedWith(live.Intersection, ViewInput{})},
			"A or (A and B)":  {q, q.combinedWith(live.Union, here(live.Intersection))},
			"A and (A or B)":  {q, q.combinedWith(live.Intersection, here(live.Union))},
			"A or (A less B)": {q, q.combinedWith(live.Union, here(live.Difference))},
			"A and (A and B)": {and, q.combinedWith(live.Intersection, ViewInput{Combine: &Combination{live.Intersection, b}})},
		} {
			want, got := everyAnswer(t, reader, pair[0]), everyAnswer(t, reader, pair[1])
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%s, %+v, %+v: %s", name, q, b, d)
			}
		}
		for name, empty := range map[string]*ViewInput{
			"A less A":        q.combinedWith(live.Difference, ViewInput{}),
			"A less (A or B)": q.combinedWith(live.Difference, here(live.Union)),
		} {
			if n := must(empty.Open(reader, nil, nil)); n.Len() > 0 || n.Links() > 0 || len(n.Excluded()) > 0 {
				t.Fatalf("%s: %d nodes, %d links, %v", name, n.Len(), n.Links(), n.Excluded())
			}
		}
		less := ViewInput{Combine: &Combination{live.Difference, b}}
		all := linksIn(t, reader, q)
		parts := append(linksIn(t, reader, q.combinedWith(live.Difference, b)), linksIn(t, reader, and)...)
		slices.Sort(parts)
		if d := cmp.Diff(all, parts); d != "" {
			t.Fatalf("A less B, and A and B, are not A: %s", d)
		}
		if d := cmp.Diff(linksIn(t, reader, and), linksIn(t, reader, q.combinedWith(live.Difference, less))); d != "" {
			t.Fatalf("A less (A less B) is not A and B: %s", d)
		}
		links += len(all)
	}
	if links < raced.Few(60) {
		t.Errorf("%d links: the test says little", links)
	}
}

// linksIn are the ids of the links of a view, in order.
func linksIn(t *testing.T, reader *live.Reader, q *ViewInput) (ids []graph.ID) {
	t.Helper()
	n := must(q.Open(reader, nil, nil))
	for slot := range Slot(n.Links()) {
		ids = append(ids, n.Link(slot).ID())
	}
	slices.Sort(ids)
	return ids
}

// TestCombinedEitherWay: which of two views is the first changes how links are read, and not which there are.
func TestCombinedEitherWay(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(185, 186))
	for range 200 {
		reader, q := drawCombined(t, r)
		a, b := *q, *q.second()
		a.Combine, b.Combine = nil, nil
		if !judgesAlike(must(reader.View(a.Lens)), must(reader.View(b.Lens))) {
			continue
		}
		a.Lens, b.Lens = either(a.Lens, &graph.Lens{}), either(b.Lens, &graph.Lens{})
		if (a.Around == nil) != (b.Around == nil) || (a.Where == nil) != (b.Where == nil) ||
			(a.Kinds == nil) != (b.Kinds == nil) || (a.EntityKinds == nil) != (b.EntityKinds == nil) ||
			(a.Bearings == nil) != (b.Bearings == nil) {
			continue // what is left open is as in the first
		}
		for _, how := range []live.SetOperation{live.Union, live.Intersection} {
			one := must(a.combinedWith(how, b).Open(reader, nil, nil)).told(t)
			other := must(b.combinedWith(how, a).Open(reader, nil, nil)).told(t)
			keys := func(x toldOf) (out []graph.ID) {
				for id := range x.Links {
					out = append(out, id)
				}
				for id := range x.Nodes {
					out = append(out, id)
				}
				slices.Sort(out)
				return out
			}
			if d := cmp.Diff(keys(one), keys(other)); d != "" {
				t.Fatalf("%s of %+v and %+v: %s", how, a, b, d)
			}
		}
	}
}
