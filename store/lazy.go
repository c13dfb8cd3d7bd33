package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Lazy is Open for a service that must start before its store does. A file and
// memory are opened at once. A server is opened when it is first needed and asked
// again at every use until it answers; until then everything is ErrUnavailable. An
// address that cannot be a server's is an ErrInvalid at once.
func Lazy(ctx context.Context, url string, o Options) (graph.Store, error) {
	if err := CheckURL(url); err != nil {
		return nil, err
	}
	if scheme, _, _ := strings.Cut(url, ":"); server(scheme) {
		return newLazy(func(ctx context.Context) (graph.Store, error) { return Open(ctx, url, o) }), nil
	}
	return Open(ctx, url, o)
}

type lazy struct {
	dial func(context.Context) (graph.Store, error)

	turn   chan struct{} // one at a time; what follows is for who has it
	store  graph.Store
	closed bool
}

func newLazy(dial func(context.Context) (graph.Store, error)) *lazy {
	return &lazy{dial: dial, turn: make(chan struct{}, 1)}
}

// open gives the store, and opens it if it is not open. Others wait meanwhile, no
// longer than their contexts let them.
func (l *lazy) open(ctx context.Context) (graph.Store, error) {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	switch {
	case l.closed:
		return nil, fmt.Errorf("%w: it was closed", graph.ErrUnavailable)
	case l.store != nil:
		return l.store, nil
	}
	s, err := l.dial(ctx)
	if err != nil {
		return nil, err
	}
	l.store = s
	return s, nil
}

// Apply is graph.Store's.
func (l *lazy) Apply(ctx context.Context, b graph.Batch) (graph.Commit, error) {
	s, err := l.open(ctx)
	if err != nil {
		return graph.Commit{}, err
	}
	return s.Apply(ctx, b)
}

// Changes is graph.Store's.
func (l *lazy) Changes(ctx context.Context, since graph.Sequence) iter.Seq2[graph.Change, error] {
	s, err := l.open(ctx)
	if err != nil {
		return func(yield func(graph.Change, error) bool) { yield(graph.Change{}, err) }
	}
	return s.Changes(ctx, since)
}

// Head is graph.Store's.
func (l *lazy) Head(ctx context.Context) (graph.Sequence, error) {
	s, err := l.open(ctx)
	if err != nil {
		return 0, err
	}
	return s.Head(ctx)
}

// Close is graph.Store's.
func (l *lazy) Close() error {
	l.turn <- struct{}{}
	defer func() { <-l.turn }()
	l.closed = true
	if l.store == nil {
		return nil
	}
	err := l.store.Close()
	l.store = nil
	if errors.Is(err, graph.ErrUnavailable) {
		return nil // it is gone already
	}
	return err
}
