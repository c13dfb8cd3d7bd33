package analysis

import (
	"errors"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/live"
)

// The budgets beside those of every meter.
var (
	waysBudget  = algo.Budget{Code: "WAYS_TRIED", Counts: "ways that may be tried"}         // begun, from one entity to another
	linksBudget = algo.Budget{Code: "LINKS_COMPARED", Counts: "links that may be compared"} // folded anew
)

// partialBy says that an answer is partial because a budget was used up; other errors
// stay errors.
func partialBy(err error) (*live.Truncation, error) {
	if over, ok := errors.AsType[*algo.BudgetError](err); ok {
		return &live.Truncation{Reason: over.Code, Limit: int(over.Limit)}, nil
	}
	return nil, err
}
