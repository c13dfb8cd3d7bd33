package resolvers

import (
	"context"
	"errors"
	"fmt"
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

// maxUserErrors bounds how much of a hopeless batch an answer tells.
const maxUserErrors = 100

// underInput puts the argument's name before the paths, and says how many problems are
// left out of the answer.
func underInput(problems []graph.Problem) []graph.Problem {
	shown := problems[:min(len(problems), maxUserErrors)]
	out := make([]graph.Problem, len(shown), len(shown)+1)
	for i, p := range shown {
		p.Path = "input." + strings.TrimPrefix(p.Path, "input.")
		out[i] = p
	}
	if more := len(problems) - len(shown); more > 0 {
		out = append(out, graph.Problem{
			Code: "MORE_PROBLEMS", Record: -1, Path: "input",
			Message: fmt.Sprintf("%d more things are wrong and not listed", more),
			Remedy:  "correct what is listed and try again",
		})
	}
	return out
}
