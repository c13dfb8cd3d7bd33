package analysis

import (
	"errors"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// The budgets beside those of every meter: of paths from one entity to another that are
// begun, and of links that are folded anew.
var (
	pathsBudget = work.Budget{Code: "WAYS_TRIED", Counts: "ways that may be tried"}
	linksBudget = work.Budget{Code: "LINKS_COMPARED", Counts: "links that may be compared"}
)

// partialBy says that an answer is partial because a budget was used up; other errors
// stay errors.
func partialBy(err error) (*live.Truncation, error) {
	if over, ok := errors.AsType[*work.BudgetError](err); ok {
		return &live.Truncation{Reason: over.Code, Limit: int(over.Limit)}, nil
	}
	return nil, err
}

// Answer is what every answer about a network says beside its result.
type Answer struct {
	NodeCount, LinkCount int
	Excluded             []graph.Exclusion
	// Partial says why the answer is not complete; nil when it is.
	Partial *live.Truncation
	// Work is the link slots read.
	Work int
}

// answer closes an answer: a used-up budget makes it partial, other errors stay
// errors.
func (n *Network) answer(m *work.Meter, err error) (Answer, error) {
	excluded := n.excluded
	for slot, is := range n.cut {
		if is {
			excluded[n.bearing[slot]]++
		}
	}
	a := Answer{NodeCount: n.Len(), LinkCount: n.Links(), Excluded: excluded.Exclusions(), Work: int(m.Used())}
	a.Partial, err = partialBy(err)
	return a, err
}

// entities are the entities of nodes, in their order.
func (n *Network) entities(nodes []algo.Node) []live.Entity {
	out := make([]live.Entity, len(nodes))
	for i, node := range nodes {
		out[i] = n.Entity(node)
	}
	return out
}
