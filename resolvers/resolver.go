// Package resolvers answers the schema from live views: one file a schema file,
// a line or three a field.
package resolvers

import (
	"context"
	"fmt"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/work"
)

// Resolver is the root. Reads use the request's live.Reader, which the context
// carries, and nothing else.
type Resolver struct {
	// Record commits a batch and returns when it is visible; nil refuses writes.
	Record func(context.Context, graph.Batch) (graph.Commit, error)
	// Store is the kind of store, Health how the graph stands with it.
	Store  string
	Health func() live.Health
	// Networks keeps what link analysis has projected; nil keeps nothing.
	Networks *analysis.Cache
}

// viewOf opens a lens for the request, which counts what is read of it. It fails once the
// request's time is up, and so does through: what is left of a query then ends at once.
func viewOf(ctx context.Context, lens *graph.Lens) (*live.View, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v, err := live.FromContext(ctx).View(lens)
	if err != nil {
		return nil, err
	}
	return v.Within(work.RequestOf(ctx).Records()), nil
}

// through is the same thing under another lens, or itself for nil; the request counts
// what is read of it.
func through[T interface {
	Through(*graph.Lens, *work.Meter) (T, error)
}](ctx context.Context, thing T, lens *graph.Lens) (T, error) {
	if err := ctx.Err(); err != nil {
		return *new(T), err
	}
	return thing.Through(lens, work.RequestOf(ctx).Records())
}

func pageArgs(first *int, after *string, last *int, before *string) page.Args {
	return page.Args{First: first, After: after, Last: last, Before: before}
}

// entity is the entity of type T with the id, or nil when it is of another kind
// or not there.
func entity[T live.Entity](ctx context.Context, id graph.ID, lens *graph.Lens) (found T, err error) {
	v, err := viewOf(ctx, lens)
	if err != nil {
		return found, err
	}
	e, _ := v.Entity(id)
	found, _ = e.(T)
	return found, nil
}

// entities is a page of the entities of one kind.
func entities[T live.Entity](ctx context.Context, kind graph.EntityKind, where *live.EntityWhere, orderBy []*live.EntityOrder, p page.Args, lens *graph.Lens) (*page.Connection[T], error) {
	v, err := viewOf(ctx, lens)
	if err != nil {
		return nil, err
	}
	return live.EntityPage[T](v, live.EntityQuery{Kind: kind, Where: where, OrderBy: orderBy, Page: p})
}

// node is whatever has the id, or nil.
func node(v *live.View, id graph.ID) live.Node {
	switch {
	case id.IsClaim():
		if c, ok := v.Claim(id); ok {
			return c
		}
	case id.IsLink():
		if l, ok := v.Link(id); ok {
			return l
		}
	case id.IsSource():
		if s, ok := v.Source(id); ok {
			return s
		}
	default:
		if e, ok := v.Entity(id); ok {
			return e
		}
	}
	return nil
}

// maxIDs is how many ids nodes takes.
const maxIDs = 500

func tooMany(path string, n int) error {
	return graph.Invalid("TOO_MANY", path, fmt.Sprintf("there are %d, at most %d are taken", n, maxIDs), "ask in parts")
}

// someKinds is the kinds asked for: all without a list, and none for an empty one,
// which a view would take for all.
func someKinds(kinds []graph.EntityKind) []graph.EntityKind {
	if kinds != nil && len(kinds) == 0 {
		return []graph.EntityKind{""}
	}
	return kinds
}
