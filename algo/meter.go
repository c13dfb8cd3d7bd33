package algo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"
)

// ErrBudget says that an algorithm stopped because its budget of work was used
// up. What it returns beside the error is partial.
var ErrBudget = errors.New("the work budget is used up")

// BudgetError is an ErrBudget that says which budget, and how much there was of it.
type BudgetError struct {
	Budget
	Limit int64
}

// Budget is what is counted and may run out.
type Budget struct {
	// Code names it, Counts says what it counts.
	Code, Counts string
}

// The budgets that every meter has.
var (
	WorkBudget = Budget{"WORK_BUDGET", "link slots that may be read"}
	TimeBudget = Budget{"TIME", "seconds that it may take"}
)

func (e *BudgetError) Error() string {
	return fmt.Sprintf("the %d %s are used up; what was found by then is told: ask for less", e.Limit, e.Counts)
}

// Is makes every BudgetError an ErrBudget.
func (e *BudgetError) Is(target error) bool { return target == ErrBudget }

// Meter counts work in link slots read and stops it at a limit, or when the context is
// about to end or ends. A nil Meter counts nothing and never stops. It is safe for use by
// many goroutines.
type Meter struct {
	ctx    context.Context
	budget Budget
	limit  int64
	used   atomic.Int64
	total  *Progress // may be nil
	of     *Meter    // of which this is a part, or nil
	time   time.Duration
	late   atomic.Bool // time is over
}

// NewMeter makes a meter; limit 0 is no limit. The context is watched, and kept
// no longer than the computation that the meter is made for. Before its deadline the
// time counts as used up, so that what was found can still be told.
func NewMeter(ctx context.Context, limit int64) *Meter {
	total, _ := ctx.Value(progressKey{}).(*Progress)
	m := &Meter{ctx: ctx, budget: WorkBudget, limit: limit, total: total}
	if deadline, ok := ctx.Deadline(); ok {
		m.time = time.Until(deadline) * timeShare / 100
		time.AfterFunc(m.time, func() { m.late.Store(true) })
	}
	return m
}

// timeShare is how much of the time, in percent, may be spent on computing.
const timeShare = 85

// Progress adds up the work of many meters while it goes on.
type Progress struct{ slots atomic.Int64 }

// Slots is how many link slots were read so far.
func (p *Progress) Slots() int64 { return p.slots.Load() }

type progressKey struct{}

// WithProgress has the meters that are made under the context add to p.
func WithProgress(ctx context.Context, p *Progress) context.Context {
	return context.WithValue(ctx, progressKey{}, p)
}

// Spend counts n slots. It returns ErrBudget or the context's error when the work
// is to stop. Call it once a node or a round, not once a slot.
func (m *Meter) Spend(n int) error {
	if m == nil {
		return nil
	}
	if m.total != nil {
		m.total.slots.Add(int64(n))
	}
	used := m.used.Add(int64(n))
	if m.limit > 0 && used > m.limit {
		return &BudgetError{m.budget, m.limit}
	}
	if m.late.Load() {
		return &BudgetError{TimeBudget, int64(math.Ceil(m.time.Seconds()))}
	}
	if m.of != nil {
		return m.of.Spend(n)
	}
	return m.ctx.Err()
}

// Within is a meter for a part of the work that has a budget of its own, because what
// it counts costs more than a slot.
func (m *Meter) Within(budget Budget, limit int64) *Meter {
	part := &Meter{budget: budget, limit: limit, of: m, ctx: context.Background()}
	if m != nil {
		part.ctx = m.ctx
	}
	return part
}

// Used is how many slots were counted.
func (m *Meter) Used() int64 {
	if m == nil {
		return 0
	}
	return m.used.Load()
}
