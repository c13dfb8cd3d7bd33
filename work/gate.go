package work

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// ErrBusy says that a request was refused because as many heavy ones as may at once
// are running and waiting. Asking again in a moment may help.
var ErrBusy = errors.New("as many heavy queries as may at once are running; ask again in a moment, or ask for less")

// Gate lets so many heavy requests run at once; a few more wait a moment for their
// turn. A nil Gate lets all run. It is safe for use by many goroutines.
type Gate struct {
	slots    chan struct{}
	waiting  atomic.Int64
	refused  atomic.Int64
	most     int64
	patience time.Duration
}

// NewGate makes a gate for so many at once, which lets so many wait, each no longer than
// patience.
func NewGate(atOnce, waiting int, patience time.Duration) *Gate {
	return &Gate{slots: make(chan struct{}, atOnce), most: int64(waiting), patience: patience}
}

// enter returns when the request may run, and then leave has to be called; it returns
// ErrBusy, or the context's error, when it may not.
func (g *Gate) enter(ctx context.Context) error {
	select {
	case g.slots <- struct{}{}:
		return nil
	default:
	}
	if g.waiting.Add(1) > g.most {
		g.waiting.Add(-1)
		return g.refuse()
	}
	defer g.waiting.Add(-1)
	patience := time.NewTimer(g.patience)
	defer patience.Stop()
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-patience.C:
		return g.refuse()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wait is enter for a request that was let in before: it waits as long as its context lets
// it, among those who wait for their turn.
func (g *Gate) wait(ctx context.Context) error {
	g.waiting.Add(1)
	defer g.waiting.Add(-1)
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *Gate) refuse() error {
	g.refused.Add(1)
	return ErrBusy
}

func (g *Gate) leave() { <-g.slots }

// Running is how many heavy requests run now.
func (g *Gate) Running() int { return len(g.slots) }

// Waiting is how many wait for their turn now.
func (g *Gate) Waiting() int { return int(g.waiting.Load()) }

// Refused is how many were refused so far.
func (g *Gate) Refused() int64 { return g.refused.Load() }
