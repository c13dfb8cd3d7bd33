package analysis

import (
	"context"
	"errors"
	"sync/atomic"
)

// ErrBudget says that an algorithm stopped because its budget of work was used
// up. What it returns beside the error is partial.
var ErrBudget = errors.New("the work budget is used up")

// Meter counts work in link slots read and stops it at a limit or when the
// context ends. A nil Meter counts nothing and never stops. It is safe for use by
// many goroutines.
type Meter struct {
	ctx   context.Context
	limit int64
	used  atomic.Int64
	total *Progress // may be nil
}

// NewMeter makes a meter; limit 0 is no limit. The context is watched, and kept
// no longer than the computation that the meter is made for.
func NewMeter(ctx context.Context, limit int64) *Meter {
	total, _ := ctx.Value(progressKey{}).(*Progress)
	return &Meter{ctx: ctx, limit: limit, total: total}
}

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
		return ErrBudget
	}
	return m.ctx.Err()
}

// Used is how many slots were counted.
func (m *Meter) Used() int64 {
	if m == nil {
		return 0
	}
	return m.used.Load()
}
