package work

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"
)

// ErrBudget says that work stopped because its budget was used up. What an algorithm
// returns beside the error is partial.
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
	// untold says that nothing is told of what was found.
	untold bool
}

// The budgets that every meter has.
var (
	WorkBudget = Budget{Code: "WORK_BUDGET", Counts: "link slots that may be read"}
	TimeBudget = Budget{Code: "TIME", Counts: "seconds that it may take"}
	// RecordBudget is that of lists and filters. Of a page that was not read to its
	// end nothing can be told: what comes first is not known.
	RecordBudget = Budget{
		Code: "WORK_BUDGET", Counts: "slots of work that reading and filtering records may cost", untold: true,
	}
)

func (e *BudgetError) Error() string {
	if e.untold {
		return fmt.Sprintf("the %d %s are used up before the answer was whole: ask for less: "+
			"a narrower filter with fewer levels, fewer fields at once", e.Limit, e.Counts)
	}
	return fmt.Sprintf("the %d %s are used up; what was found by then is told: ask for less", e.Limit, e.Counts)
}

// Untold reports whether nothing is told of what was found before the budget was used up.
func (e *BudgetError) Untold() bool { return e.untold }

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
	late   *atomic.Bool // time is over
	aside  *Meter       // see Aside
	// request is what the meter is of, or nil. Continue keeps what it has not spent yet in
	// pending, and why it stopped in stopped.
	request *Request
	pending atomic.Int64
	stopped atomic.Pointer[error]
}

// NewMeter makes a meter; limit 0 is no limit. The context is watched, and kept
// no longer than the computation that the meter is made for. Before its deadline the
// time counts as used up, so that what was found can still be told.
func NewMeter(ctx context.Context, limit int64) *Meter {
	m := newMeter(ctx, limit)
	m.watchTime()
	m.addAside()
	return m
}

func (m *Meter) addAside() {
	aside := newMeter(m.ctx, m.limit)
	aside.budget = RecordBudget
	aside.time, aside.late = m.time, m.late
	m.aside = aside
}

func newMeter(ctx context.Context, limit int64) *Meter {
	total, _ := ctx.Value(progressKey{}).(*Progress)
	m := &Meter{ctx: ctx, budget: WorkBudget, limit: limit, total: total, late: new(atomic.Bool)}
	m.aside = m
	return m
}

// watchTime has the meter stop before the deadline.
func (m *Meter) watchTime() {
	if deadline, ok := m.ctx.Deadline(); ok {
		m.time = time.Until(deadline) * timeShare / 100
		time.AfterFunc(m.time, func() { m.late.Store(true) })
	}
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
	if m.request != nil {
		if err := m.request.spend(int64(n)); err != nil {
			return err
		}
	}
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

// Continue counts n slots, and reports whether the work is to go on: Spend for loops that
// cannot return an error. What was read in a loop that it ended is not to be told:
// Request.Err says why. Once it has said no it does so for ever.
func (m *Meter) Continue(n int) bool {
	if m == nil {
		return true
	}
	if m.stopped.Load() != nil {
		return false
	}
	if m.pending.Add(int64(n)) < m.atOnce() {
		return true
	}
	err := m.Spend(int(m.pending.Swap(0)))
	if err == nil {
		return true
	}
	if m.request != nil {
		m.request.fail(err)
	}
	m.stopped.CompareAndSwap(nil, &err)
	return false
}

// atOnce is how many slots Continue spends together: a loop asks it often.
func (m *Meter) atOnce() int64 {
	const most = 1024
	if m.limit > 0 {
		return min(m.limit/64, most)
	}
	return most
}

// Err is why Continue said no; nil when it did not.
func (m *Meter) Err() error {
	if m == nil {
		return nil
	}
	if err := m.stopped.Load(); err != nil {
		return *err
	}
	return nil
}

// Within is a meter for a part of the work that has a budget of its own, because what
// it counts costs more than a slot.
func (m *Meter) Within(budget Budget, limit int64) *Meter {
	part := newMeter(context.Background(), limit)
	part.budget, part.of = budget, m
	if m != nil {
		part.ctx, part.aside = m.ctx, m.aside
	}
	return part
}

// Aside is the meter of what is done for the work beside it: reading a network, which
// costs nothing when it was kept from before, and what it costs tells of records that not
// every reader may see. It has the same budget once more, and Used does not count it.
func (m *Meter) Aside() *Meter {
	if m == nil {
		return nil
	}
	return m.aside
}

// Used is how many slots were counted.
func (m *Meter) Used() int64 {
	if m == nil {
		return 0
	}
	return m.used.Load()
}
