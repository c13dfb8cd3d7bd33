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
	"github.com/rabta/rabta/schema/generated"
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

// entity is the entity of type T that is meant, which is of the kinds; nil when the id is that of
// another kind, so that a query can try several.
func entity[T live.Entity](
	ctx context.Context, id *graph.ID, by *generated.EntityBy, lens *graph.Lens, kinds ...graph.EntityKind,
) (found T, err error) {
	v, err := viewOf(ctx, lens)
	if err != nil {
		return found, err
	}
	path, ref, err := meant(id, by)
	if err != nil {
		return found, err
	}
	if id != nil && ref.By == graph.ByID {
		kinds = nil
	}
	e, err := v.Find(path, ref, kinds...)
	found, _ = e.(T)
	return found, err
}

// meant is what an entity is to be looked up by, and under which argument: exactly one of two is
// given, and of by exactly one key, which the check of a query sees to in what it writes itself
// alone.
func meant(id *graph.ID, by *generated.EntityBy) (path string, ref live.Ref, err error) {
	if (id == nil) == (by == nil) {
		return "", ref, graph.Invalid("NOT_ONE", "by", "exactly one of id and by is taken", "give the one or the other")
	}
	if id != nil {
		return "id", live.RefOf(*id), nil
	}
	given := 0
	take := func(key string, as graph.LookupKey, set bool, text *string) {
		if set {
			given++
		}
		if text != nil {
			path, ref = "by."+key, live.Ref{By: as, Text: *text}
		}
	}
	byID, _ := by.ID.ValueOK()
	take("id", graph.ByID, by.ID.IsSet(), (*string)(byID))
	byName, _ := by.Name.ValueOK()
	take("name", graph.ByName, by.Name.IsSet(), byName)
	byExternal, _ := by.External.ValueOK()
	take("external", graph.ByExternal, by.External.IsSet(), byExternal)
	if given != 1 || path == "" {
		return "", ref, graph.Invalid("NOT_ONE", "by", "exactly one of id, name and external is taken, and not null",
			"leave the others out")
	}
	return path, ref, nil
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
