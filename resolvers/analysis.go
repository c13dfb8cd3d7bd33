package resolvers

import (
	"context"
	"fmt"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// network opens the network of a view for a field that answers with first rows.
func (r *Resolver) network(ctx context.Context, view *analysis.Request, first int) (*analysis.Network, error) {
	if first < 0 || first > live.MaxPage {
		return nil, graph.Invalid("BAD_PAGE", "first", fmt.Sprintf("%d is not 0 to %d", first, live.MaxPage), "ask for fewer rows")
	}
	return view.Open(live.FromContext(ctx), r.Networks)
}

// meter counts the work of one field.
func (r *Resolver) meter(ctx context.Context) *analysis.Meter {
	return analysis.NewMeter(ctx, r.WorkBudget)
}

// diff compares one part of the graph under two lenses.
func (r *Resolver) diff(ctx context.Context, before, after graph.Lens, view *analysis.Request) (*analysis.GraphDiff, error) {
	var networks [2]*analysis.Network
	for i, lens := range []*graph.Lens{&before, &after} {
		n, err := view.Under(lens).Open(live.FromContext(ctx), r.Networks)
		if err != nil {
			return nil, err
		}
		networks[i] = n
	}
	return analysis.Diff(networks[0], networks[1]), nil
}
