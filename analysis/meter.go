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
}

// NewMeter makes a meter; limit 0 is no limit. The context is watched, and kept
// no longer than the computation that the meter is made for.
func NewMeter(ctx context.Context, limit int64) *Meter { return &Meter{ctx: ctx, limit: limit} }

// Spend counts n slots. It returns ErrBudget or the context's error when the work
// is to stop. Call it once a node or a round, not once a slot.
func (m *Meter) Spend(n int) error {
	if m == nil {
		return nil
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
