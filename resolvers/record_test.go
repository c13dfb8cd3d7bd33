package resolvers

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// A write whose time is up may have been recorded: to ask for less, as is said of queries,
// would not help, and nobody may take it for refused.
func TestAWriteWhoseTimeIsUp(t *testing.T) {
	r := &Resolver{Record: func(context.Context, graph.Batch) (graph.Commit, error) {
		return graph.Commit{}, fmt.Errorf("apply: %w", context.DeadlineExceeded)
	}}
	payload, err := r.record(t.Context(), graph.Batch{})
	code, message, _, ok := Describe(err)
	if payload != nil || !ok || code != "TIMEOUT" || !strings.Contains(message, "send it again under the same id") {
		t.Errorf("the answer is %v, %s: %s", payload, code, message)
	}
	if _, message, _, _ := Describe(context.DeadlineExceeded); strings.Contains(message, "again") {
		t.Errorf("of a query it says %s", message)
	}
}

// Of many notices a hundred are told, some of each list, with how many there are.
func TestNoticesAreCut(t *testing.T) {
	var c graph.Commit
	for i := range 200 {
		c.Notices = append(c.Notices, graph.Problem{Code: graph.BelowClearance, Path: fmt.Sprintf("claims[%d]", i)})
	}
	c.Notices = append(c.Notices, graph.Problem{Code: graph.BelowClearance, Path: "sources[0]"})
	r := &Resolver{Record: func(context.Context, graph.Batch) (graph.Commit, error) { return c, nil }}
	got, err := r.record(t.Context(), graph.Batch{})
	if err != nil || got.Commit == nil || len(got.UserErrors) != 0 || len(got.Notices) != maxUserErrors || got.More != 101 {
		t.Fatalf("%d notices and %d more, %v", len(got.Notices), got.More, err)
	}
	first, last := got.Notices[0], got.Notices[len(got.Notices)-1]
	if first.Path != "input.claims[0]" || first.Count != 200 || last.Path != "input.sources[0]" || last.Count != 1 {
		t.Errorf("from %+v to %+v", first, last)
	}
}
