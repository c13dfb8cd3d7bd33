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
