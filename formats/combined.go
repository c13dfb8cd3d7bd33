package formats

import (
	"context"
	"iter"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Combination is a second view that is taken together with the first.
type Combination struct {
	How live.SetOperation
	// Lens and Selection are what the second view shows. Who is one is as the first view holds it.
	Lens      graph.Lens
	Selection live.Selection
}

// combined is something with the views that it is in; "" where there is one view alone.
type combined[T any] struct {
	item T
	in   live.CombinedIn
}

// items are what a table holds, which can be gone through again, and how many they are.
func (t *tableOf[T, L]) items(ctx context.Context, v *live.View, o Options) (func(context.Context) iter.Seq[combined[T]], int, error) {
	if o.Combine == nil {
		n, err := t.count(v, ctx, o.Selection)
		return func(ctx context.Context) iter.Seq[combined[T]] {
			return func(yield func(combined[T]) bool) {
				for x := range t.selected(v, ctx, o.Selection) {
					if !yield(combined[T]{item: x}) {
						return
					}
				}
			}
		}, n, err
	}
	second, err := v.WithSameEntities(&o.Combine.Lens)
	if err != nil {
		return nil, 0, graph.Renamed(err, func(path string) string { return "with." + strings.TrimPrefix(path, "lens.") })
	}
	items := func(ctx context.Context) iter.Seq[combined[T]] { return t.ofTwo(ctx, v, second, o) }
	n := 0
	for range items(ctx) {
		n++
	}
	return items, n, ctx.Err()
}

// ofTwo are what is taken of two views: those of the first in its order, then those that the second
// alone has. Nothing of them is kept.
func (t *tableOf[T, L]) ofTwo(ctx context.Context, first, second *live.View, o Options) iter.Seq[combined[T]] {
	c := o.Combine
	return func(yield func(combined[T]) bool) {
		for x := range t.selected(first, ctx, o.Selection) {
			in := live.InFirst
			both := t.selects(second, c.Selection, x)
			if both {
				in = live.InBoth
			}
			taken := c.How.Takes(true, both) || both && c.How == live.Difference && t.alone(second, o, x)
			if taken && !yield(combined[T]{x, in}) {
				return
			}
		}
		if !c.How.Takes(false, true) {
			return
		}
		for x := range t.selected(second, ctx, c.Selection) {
			if !t.selects(first, o.Selection, x) && !yield(combined[T]{x, live.InSecond}) {
				return
			}
		}
	}
}

var linkTable = tableOf[*live.Link, *LinkLine]{
	columns: LinkTable, count: (*live.View).CountLinks, selected: (*live.View).SelectLinks, line: newLinkLine,
	selects: (*live.View).SelectsLink,
	alone:   func(*live.View, Options, *live.Link) bool { return false },
}

var entityTable = tableOf[live.Entity, *EntityLine]{
	columns: EntityTable, count: (*live.View).CountEntities, selected: (*live.View).SelectEntities,
	line:    func(x combined[live.Entity]) *EntityLine { return newEntityLine(x.item) },
	selects: (*live.View).SelectsEntity,
	alone: func(second *live.View, o Options, e live.Entity) bool { // a link that is taken joins it
		return e.Base().JoinedBy(o.Selection, func(l *live.Link) bool { return !second.SelectsLink(o.Combine.Selection, l) })
	},
}
