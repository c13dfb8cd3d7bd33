package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server"
)

// loader brings a served graph to where it can answer: what the store holds, then
// the seeds.
type loader struct {
	seeds    bool // load the seeds where there is nothing
	follower *live.Follower
	log      *slog.Logger
	loaded   chan struct{} // closed once the graph is complete
}

func newLoader(seeds bool, f *live.Follower, log *slog.Logger) *loader {
	return &loader{seeds: seeds, follower: f, log: log, loaded: make(chan struct{})}
}

// errLoading is why there is nothing to read yet.
var errLoading = errors.New("the graph is being loaded; ask again soon")

// noStoreError says why there is nothing to read as long as the store cannot be read.
type noStoreError struct{ why error }

func (e noStoreError) Error() string {
	if why, ok := errors.AsType[*graph.UnavailableError](e.why); ok {
		return why.Reason() + ". There is nothing to read until then"
	}
	return "the store does not answer, and there is nothing to read until it has; ask again later"
}

// pending is nil once the graph has been loaded.
func (l *loader) pending() error {
	select {
	case <-l.loaded:
		return nil
	default:
	}
	if err := l.follower.Health().Err; err != nil {
		return noStoreError{err}
	}
	return errLoading
}

// ready is nil when the graph is loaded and the store answers and takes writes.
func (l *loader) ready(context.Context) error {
	if err := l.pending(); err != nil {
		return err
	}
	return l.follower.Health().Err
}

// loadWait is how long a request waits for a graph that is being loaded.
const loadWait = 2 * time.Second

// begin lets no request read a graph that is not complete, which would say of what
// it lacks that there is no such thing. A graph that is being loaded is waited for a
// little.
func (l *loader) begin(next beginFunc) beginFunc {
	return func(ctx context.Context) (context.Context, uint64, error) {
		for start := time.Now(); ; wait(ctx) {
			err := l.pending()
			switch {
			case err == nil:
				return next(ctx)
			case ctx.Err() != nil:
				return ctx, 0, ctx.Err()
			case !errors.Is(err, errLoading) || time.Since(start) > loadWait:
				return ctx, 0, err
			}
		}
	}
}

type beginFunc = func(context.Context) (context.Context, uint64, error)

// load waits until all of the store has been read, and loads the seeds if they are
// wanted and the store holds nothing. It is false when the context ended first. Seeds
// that the store refuses are left out: it is served without them.
func (l *loader) load(ctx context.Context) bool {
	for ; ; wait(ctx) {
		h := l.follower.Health()
		switch {
		case ctx.Err() != nil:
			return false
		case h.Loaded && (!l.seeds || h.Head > 0):
			close(l.loaded)
			return true
		case !h.Loaded || h.Err != nil:
			continue
		}
		err := seed(ctx, l.follower)
		if ctx.Err() != nil || errors.Is(err, graph.ErrUnavailable) {
			continue // the store went away meanwhile
		}
		if err != nil {
			l.log.Error("the seed graph was not loaded; the rest is served. "+
				"Set seeds to false to do without it", "error", err)
		}
		close(l.loaded)
		return true
	}
}

// wait waits as long as a follower does between two looks at its store.
func wait(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(live.Pace):
	}
}

// withPending is a table of errors that knows too why there is nothing to read yet.
func withPending(table server.ErrorTable) server.ErrorTable {
	return func(err error) (code, message string, extensions map[string]any, ok bool) {
		if none, ok := errors.AsType[noStoreError](err); ok {
			return "UNAVAILABLE", none.Error(), nil, true
		}
		if errors.Is(err, errLoading) {
			return "UNAVAILABLE", errLoading.Error(), nil, true
		}
		return table(err)
	}
}
