package analysis

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/live"
)

// ErrBudget says that an algorithm stopped because its budget of work was used
// up. What it returns beside the error is partial.
var ErrBudget = errors.New("the work budget is used up")

// overBudget is an ErrBudget that says which budget.
type overBudget struct {
	reason string
	limit  int64
}

// The budgets.
const (
	slotBudget  = "WORK_BUDGET"    // link slots read
	waysBudget  = "WAYS_TRIED"     // ways from one entity to another that were begun
	linksBudget = "LINKS_COMPARED" // links folded anew
	tiesBudget  = "TIES_MADE"      // ties between what shares something
	timeBudget  = "TIME"           // seconds
)

func (e *overBudget) Error() string {
	what := map[string]string{slotBudget: "link slots that may be read", waysBudget: "ways that may be tried", linksBudget: "links that may be compared", tiesBudget: "ties that may be made", timeBudget: "seconds that it may take"}
	return fmt.Sprintf("the %d %s are used up; what was found by then is told: ask for less", e.limit, what[e.reason])
}

func (e *overBudget) Is(target error) bool { return target == ErrBudget }

// partialBy says that an answer is partial because a budget was used up; other errors
// stay errors.
func partialBy(err error) (*live.Truncation, error) {
	if over, ok := errors.AsType[*overBudget](err); ok {
		return &live.Truncation{Reason: over.reason, Limit: int(over.limit)}, nil
	}
	return nil, err
}

// Meter counts work in link slots read and stops it at a limit, or when the
// context is about to end or ends. A nil Meter counts nothing and never stops. It is safe for use by
// many goroutines.
type Meter struct {
	ctx    context.Context
	reason string
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
	m := &Meter{ctx: ctx, reason: slotBudget, limit: limit, total: total}
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
		return &overBudget{m.reason, m.limit}
	}
	if m.late.Load() {
		return &overBudget{timeBudget, int64(math.Ceil(m.time.Seconds()))}
	}
	if m.of != nil {
		return m.of.Spend(n)
	}
	return m.ctx.Err()
}

// within is a meter for a part of the work that has a budget of its own, because what
// it counts costs more than a slot.
func (m *Meter) within(reason string, limit int64) *Meter {
	part := &Meter{reason: reason, limit: limit, of: m, ctx: context.Background()}
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
