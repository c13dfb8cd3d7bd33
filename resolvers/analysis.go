package resolvers

import (
	"context"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/work"
)

// network opens the network of a view for a field that answers with first rows.
func (r *Resolver) network(
	ctx context.Context, view *analysis.ViewInput, first int,
) (*analysis.Network, *work.Meter, error) {
	if err := pageable(first); err != nil {
		return nil, nil, err
	}
	m := meter(ctx)
	n, err := view.Open(live.FromContext(ctx), r.Networks, m)
	return n, m, err
}

// links is network for a field that tells of links.
func (r *Resolver) links(
	ctx context.Context, view *analysis.ViewInput, first int,
) (*analysis.Network, *work.Meter, error) {
	if err := pageable(first); err != nil {
		return nil, nil, err
	}
	m := meter(ctx)
	n, err := view.OpenLinks(live.FromContext(ctx), r.Networks, m)
	return n, m, err
}

// paths is links for a field that looks for paths.
func (r *Resolver) paths(
	ctx context.Context, view *analysis.ViewInput, first int,
) (analysis.PathGraph, *work.Meter, error) {
	if err := pageable(first); err != nil {
		return nil, nil, err
	}
	m := meter(ctx)
	n, err := view.OpenPaths(live.FromContext(ctx), r.Networks, m)
	return n, m, err
}

func pageable(first int) error {
	if first < 0 || first > page.MaxSize {
		return graph.Invalid("BAD_PAGE", "first", fmt.Sprintf("%d is not 0 to %d", first, page.MaxSize), "ask for fewer rows")
	}
	return nil
}

// meter counts what a field at the root computes, and all below it.
func meter(ctx context.Context) *work.Meter { return work.RequestOf(ctx).Field(rootField(ctx)) }

// rootField is the name under which the answer holds the field at the root that is
// resolved; "" outside of one.
func rootField(ctx context.Context) (name string) {
	for f := graphql.GetFieldContext(ctx); f != nil; f = f.Parent {
		if f.Field.Field != nil {
			name = f.Field.Alias
		}
	}
	return name
}

// diff compares one part of the graph under two lenses.
func (r *Resolver) diff(
	ctx context.Context, before, after graph.Lens, view *analysis.ViewInput, first int,
) (*analysis.GraphDiff, error) {
	if err := pageable(first); err != nil {
		return nil, err
	}
	var networks [2]*analysis.Network
	for i, lens := range []*graph.Lens{&before, &after} {
		n, err := view.OfAll().Under(lens).OpenLinks(live.FromContext(ctx), r.Networks, meter(ctx))
		if err != nil {
			return nil, err
		}
		networks[i] = n
	}
	return analysis.Diff(networks[0], networks[1], first, meter(ctx))
}

// grouped is how a list is to be aggregated.
func grouped(by []*aggregate.GroupBy, order aggregate.RowOrder, first int) aggregate.Request {
	return aggregate.Request{By: by, Order: order, First: first}
}

// partly answers with a list that a budget cut short, and an error that says so beside
// it: a list has no room to.
func partly[T any](ctx context.Context, list []T, err error) ([]T, error) {
	if errors.Is(err, work.ErrBudget) {
		graphql.AddError(ctx, err)
		return list, nil
	}
	return list, err
}
