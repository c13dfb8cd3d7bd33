package resolvers

import (
	"context"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// network opens the network of a view for a field that answers with first rows.
// The meter counts the field's work anew: what opening took depends on whether the
// network was kept from before, and the same question has the same answer.
func (r *Resolver) network(
	ctx context.Context, view *analysis.ViewInput, first int,
) (*analysis.Network, *algo.Meter, error) {
	if err := pageable(first); err != nil {
		return nil, nil, err
	}
	n, err := view.Open(live.FromContext(ctx), r.Networks, r.meter(ctx))
	return n, r.meter(ctx), err
}

// links is network for a field that tells of links.
func (r *Resolver) links(
	ctx context.Context, view *analysis.ViewInput, first int,
) (*analysis.Network, *algo.Meter, error) {
	if err := pageable(first); err != nil {
		return nil, nil, err
	}
	n, err := view.OpenLinks(live.FromContext(ctx), r.Networks)
	return n, r.meter(ctx), err
}

// paths is links for a field that looks for paths.
func (r *Resolver) paths(
	ctx context.Context, view *analysis.ViewInput, first int,
) (analysis.PathGraph, *algo.Meter, error) {
	if err := pageable(first); err != nil {
		return nil, nil, err
	}
	n, err := view.OpenPaths(live.FromContext(ctx), r.Networks)
	return n, r.meter(ctx), err
}

func pageable(first int) error {
	if first < 0 || first > page.MaxSize {
		return graph.Invalid("BAD_PAGE", "first", fmt.Sprintf("%d is not 0 to %d", first, page.MaxSize), "ask for fewer rows")
	}
	return nil
}

// meter counts the work of one field.
func (r *Resolver) meter(ctx context.Context) *algo.Meter {
	return algo.NewMeter(ctx, r.WorkBudget)
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
		n, err := view.Under(lens).OpenLinks(live.FromContext(ctx), r.Networks)
		if err != nil {
			return nil, err
		}
		networks[i] = n
	}
	return analysis.Diff(networks[0], networks[1], first, r.meter(ctx))
}

// partly answers with a list that a budget cut short, and an error that says so beside
// it: a list has no room to.
func partly[T any](ctx context.Context, list []T, err error) ([]T, error) {
	if errors.Is(err, algo.ErrBudget) {
		graphql.AddError(ctx, err)
		return list, nil
	}
	return list, err
}
