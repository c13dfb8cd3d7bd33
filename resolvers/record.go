package resolvers

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
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
		return refused(invalid.Problems), nil
	}
	if err != nil {
		return nil, &recordError{err}
	}
	return taken(&c), nil
}

// taken tells of a batch that was taken.
func taken(c *graph.Commit) *live.RecordPayload {
	out := &live.RecordPayload{Commit: c, UserErrors: []live.UserError{}, Notices: []live.Notice{}}
	var list []live.UserError
	list, out.More = told(c.Notices)
	for _, n := range list {
		out.Notices = append(out.Notices, live.Notice{UserError: n})
	}
	return out
}

// recordError is why a batch was not acknowledged.
type recordError struct{ error }

func (e *recordError) Unwrap() error { return e.error }

// maxUserErrors bounds how much of a hopeless batch an answer tells.
const maxUserErrors = 100

// refused tells what is wrong with a batch.
func refused(problems []graph.Problem) *live.RecordPayload {
	list, more := told(problems)
	return &live.RecordPayload{UserErrors: list, Notices: []live.Notice{}, More: more}
}

// told are so many of some problems, some of each kind, in the order of the batch, each
// with how many of its kind there are; and how many more.
func told(problems []graph.Problem) (out []live.UserError, more int) {
	kinds := map[string][]int{}
	for i, p := range problems {
		kinds[kindOf(p)] = append(kinds[kindOf(p)], i)
	}
	out = []live.UserError{}
	for _, i := range shown(len(problems), kinds) {
		one := live.UserError{Problem: problems[i], Count: len(kinds[kindOf(problems[i])])}
		one.Path = strings.TrimSuffix("input."+strings.TrimPrefix(one.Path, "input."), ".")
		out = append(out, one)
	}
	return out, max(0, len(problems)-maxUserErrors)
}

// kindOf is what problems of one kind have in common: the code and the field.
func kindOf(p graph.Problem) string {
	return p.Code + " " + itemNumber.ReplaceAllString(p.Field(), "[]")
}

var itemNumber = regexp.MustCompile(`\[[0-9]+\]`)

// shown are the positions of the problems that are told, in order. Of each kind the first
// are, as many as of any other while there are.
func shown(n int, kinds map[string][]int) []int {
	of := make([]int, n) // how many of its kind come before it
	for _, list := range kinds {
		for place, i := range list {
			of[i] = place
		}
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(of[a], of[b]) })
	all = all[:min(n, maxUserErrors)]
	slices.Sort(all)
	return all
}
