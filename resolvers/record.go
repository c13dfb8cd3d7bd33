package resolvers

import (
	"context"
	"errors"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// record commits a batch. What is wrong with the input is data for its author;
// other failures are errors.
func (r *Resolver) record(ctx context.Context, b graph.Batch) (*live.RecordPayload, error) {
	if r.Record == nil {
		return nil, ErrReadOnly
	}
	c, err := r.Record(ctx, b)
	var invalid *graph.InvalidError
	if errors.As(err, &invalid) {
		return &live.RecordPayload{UserErrors: underInput(invalid.Problems)}, nil
	}
	if err != nil {
		return nil, err
	}
	return &live.RecordPayload{Commit: &c, UserErrors: []graph.Problem{}}, nil
}

// underInput puts the argument's name before the paths.
func underInput(problems []graph.Problem) []graph.Problem {
	out := make([]graph.Problem, len(problems))
	for i, p := range problems {
		p.Path = "input." + strings.TrimPrefix(p.Path, "input.")
		out[i] = p
	}
	return out
}
