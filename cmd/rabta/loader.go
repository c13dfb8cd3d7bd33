package main

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server"
)

// loader brings a served graph to where it can answer: what the store holds, then
// the seeds.
type loader struct {
	settings *settings
	follower *live.Follower
	log      *slog.Logger
	done     atomic.Bool
}

// errLoading says that the graph is not complete yet.
var errLoading = errors.New("the graph is being loaded; ask again soon")

// ready is nil when the graph is loaded and the store answers.
func (l *loader) ready(context.Context) error {
	if err := l.follower.Health().Err; err != nil {
		return err
	}
	if !l.done.Load() {
		return errLoading
	}
	return nil
}

// load waits for the store, and loads the seeds if they are wanted. It is false
// when the context ended first. Seeds that the store refuses are left out: what it
// holds is served without them.
func (l *loader) load(ctx context.Context) bool {
	for ; ; pause(ctx) {
		if ctx.Err() != nil {
			return false
		}
		if l.follower.Ready() != nil {
			continue
		}
		err := seed(ctx, l.settings, l.follower)
		if ctx.Err() != nil || errors.Is(err, graph.ErrUnavailable) {
			continue // the store went away meanwhile
		}
		if err != nil {
			l.log.Error("the seed graph was not loaded; the rest is served. Correct what the store holds, or set seeds to false", "error", err)
		}
		l.done.Store(true)
		return true
	}
}

func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(live.Pace):
	}
}

// withLoading is a table of errors that knows errLoading too.
func withLoading(table server.ErrorTable) server.ErrorTable {
	return func(err error) (code, message string, extensions map[string]any, ok bool) {
		if errors.Is(err, errLoading) {
			return "UNAVAILABLE", errLoading.Error(), nil, true
		}
		return table(err)
	}
}
