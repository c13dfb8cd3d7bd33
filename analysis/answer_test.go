package analysis

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// TestPartialBy: a used-up budget makes an answer partial, and says by which; what else
// goes wrong stays an error.
func TestPartialBy(t *testing.T) {
	m := work.NewMeter(t.Context(), 10)
	for _, c := range []struct {
		err  error
		want *live.Truncation
	}{
		{m.Within(pathsBudget, 3).Spend(4), &live.Truncation{Reason: "WAYS_TRIED", Limit: 3}},
		{m.Within(linksBudget, 3).Spend(4), &live.Truncation{Reason: "LINKS_COMPARED", Limit: 3}},
		{m.Spend(11), &live.Truncation{Reason: "WORK_BUDGET", Limit: 10}},
		{nil, nil},
	} {
		got, err := partialBy(c.err)
		if d := cmp.Diff(c.want, got); d != "" || err != nil {
			t.Errorf("%v: %v (-want +got):\n%s", c.err, err, d)
		}
	}
	if got, err := partialBy(context.Canceled); got != nil || err != context.Canceled {
		t.Errorf("%+v, %v", got, err)
	}
}
